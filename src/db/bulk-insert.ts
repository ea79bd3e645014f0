/** How are thousands of rows added by a few statements, ten times as fast as a builder writes them? */
import { createRequire } from 'node:module';
import type { Statement } from './database.ts';

const require = createRequire(import.meta.url);
const { Column, getTableColumns, getTableName }: typeof import('drizzle-orm') = require('drizzle-orm');

type Lists = Readonly<Record<string, readonly unknown[] | undefined>>;
type Table = Parameters<typeof getTableColumns>[0];

/** A column that some row has a value for, and what every row has, as the driver takes it. */
interface UsedColumn {
  readonly name: string;
  readonly type: string;
  readonly list: readonly unknown[];
}

/** Rows in one statement: enough that compiling and calling cost little, few enough for SQLite's limit of parameters. */
const TOGETHER = [50, 10, 1] as const;

/**
 * Statements that add rows on SQLite, up to fifty at a time. What all of the fifty have in common is given once, and what
 * no row has a value for is not named, so that few texts serve any number of rows.
 *
 * @param lists by column, what each row has in it; all of the same length
 */
export function sqliteInserts(table: Table, lists: Lists): Statement[] {
  const used = usedColumns(table, lists);
  const into = `insert into ${quoted(getTableName(table))}`;
  const count = used[0]?.list.length ?? 0;
  const statements: Statement[] = [];
  let from = 0;
  for (const size of TOGETHER) {
    for (; from + size <= count; from += size) {
      const first = from;
      statements.push({ toSQL: () => together(into, used, first, size) });
    }
  }
  return statements;
}

/** Handing a parameter over costs more than anything else about it, so what the rows have in common is handed over once. */
function together(
  into: string,
  used: readonly UsedColumn[],
  from: number,
  size: number,
): ReturnType<Statement['toSQL']> {
  const common = used.filter(({ list }) => isCommon(list, from, size));
  const own = used.filter((column) => !common.includes(column));
  if (own.length === 0) own.push(...common.splice(0, 1));
  const params = common.map(({ list }) => list[from]);
  for (let at = from; at < from + size; at += 1) for (const { list } of own) params.push(list[at]);
  const names = [...common, ...own].map(({ name }) => quoted(name)).join(', ');
  const selected = [...common.map(() => '?'), ...own.map((_, at) => `column${at + 1}`)].join(', ');
  const rows = repeated(`(${repeated('?', own.length)})`, size);
  return { sql: `${into} (${names}) select ${selected} from (values ${rows})`, params };
}

function isCommon(list: readonly unknown[], from: number, size: number): boolean {
  const value = list[from];
  for (let at = from + 1; at < from + size; at += 1) if (list[at] !== value) return false;
  return true;
}

/**
 * One statement that adds rows on PostgreSQL: a list for each column, so that any number of rows is one short text.
 *
 * @param lists by column, what each row has in it; all of the same length
 */
export function postgresInserts(table: Table, lists: Lists): Statement[] {
  const used = usedColumns(table, lists);
  if (used.length === 0) return [];
  // A list of JSON values would be taken for one JSON value.
  const given = used.map(({ type }, at) => `$${at + 1}::${type === 'json' ? 'text' : type}[]`);
  const parts = used.map(({ type }, at) => `c${at}${type === 'json' ? '::json' : ''}`);
  const sql = `insert into ${quoted(getTableName(table))} (${used.map(({ name }) => quoted(name)).join(', ')}) select ${parts.join(', ')} from unnest(${given.join(', ')}) as given(${used.map((_, at) => `c${at}`).join(', ')})`;
  return [{ toSQL: () => ({ sql, params: used.map(({ list }) => list) }) }];
}

function usedColumns(table: Table, lists: Lists): UsedColumn[] {
  return Object.entries(getTableColumns(table)).flatMap(([property, column]) => {
    const list = lists[property] ?? [];
    if (list.every((value) => value === null)) return [];
    const asIs = column.mapToDriverValue === Column.prototype.mapToDriverValue;
    const encoded = asIs
      ? list
      : list.map((value) => (value === null ? null : column.mapToDriverValue(value)));
    return [{ name: column.name, type: column.getSQLType(), list: encoded }];
  });
}

const quoted = (name: string): string => `"${name}"`;
const repeated = (text: string, count: number): string => text + `, ${text}`.repeat(count - 1);

/**
 * Rows turned into lists by column; null where a row does not have one.
 *
 * @param rows in the form in which they are inserted one by one
 */
export function columnLists<Row extends object>(
  rows: readonly Row[],
): { [Column in keyof Row]: Row[Column][] } {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))] as (keyof Row)[];
  const lists = names.map((name) => [name, rows.map((row) => row[name] ?? null)] as const);
  // Each list holds what the rows have under its name.
  return Object.fromEntries(lists) as { [Column in keyof Row]: Row[Column][] };
}
