/** How is everything read as of one instant, while others go on writing? */
import { createRequire } from 'node:module';
import { parseAddress } from './address.ts';
import { type Database, DatabaseProblem, type Reading } from './database.ts';
import { missing, readPlan } from './migrations.ts';
import type { Tables } from './schema.ts';
import { and, asc, type SQL, sql } from './sql.ts';

const require = createRequire(import.meta.url);
const { getTableColumns }: typeof import('drizzle-orm') = require('drizzle-orm');

/** A row as it is read and written: properties by the names of `src/db/tables`. */
export type Row = Readonly<Record<string, unknown>>;

/** The database as it was at one instant. */
export interface Snapshot extends Pick<Reading, 'engine' | 'tables' | 'q' | 'close'> {
  /** The rows of a table in the order of its key, in pages, so that no table is ever held whole. */
  pages(table: keyof Tables, where?: SQL): AsyncGenerator<readonly Row[]>;
  /** How many rows all tables have together. */
  size(): Promise<number>;
}

const PAGE = 1000;

/**
 * Opens a database for reading all of it as it is now.
 *
 * @throws {DatabaseProblem} when it cannot be opened, or has not the current schema
 */
export async function openSnapshot(url: string): Promise<Snapshot> {
  const reading = await openReading(url);
  try {
    if (missing(await reading.applied(), readPlan(reading.engine)).triggers) {
      throw new DatabaseProblem('The database is older than this version of Pilotage; run: pilotage migrate');
    }
  } catch (error) {
    await reading.close();
    throw error;
  }
  return snapshotOf(reading);
}

/**
 * The same of a database that is open already and that nobody else has: what is in the memory of this process. Closing it leaves
 * the database open.
 */
export const snapshotInPlace = ({ engine, tables, q, upkeep }: Database): Snapshot =>
  snapshotOf({
    engine,
    tables,
    q,
    describe: upkeep.describe,
    applied: upkeep.applied,
    close: async () => {},
  });

function snapshotOf(reading: Reading): Snapshot {
  const { engine, tables, q, close } = reading;
  return {
    engine,
    tables,
    q,
    close,
    pages: (table, where) => pagesOf(reading, tables[table], where),
    async size() {
      let rows = 0;
      for (const table of Object.values(tables)) rows += Number(await q.$count(table));
      return rows;
    },
  };
}

async function openReading(url: string): Promise<Reading> {
  const address = parseAddress(url);
  if (address.engine === 'postgres') {
    const { readPostgres } = await import('./snapshot-postgres.ts');
    return readPostgres(address.url);
  }
  const { readSqlite } = await import('./snapshot-sqlite.ts');
  return readSqlite(address.file);
}

/** Each page begins behind the last key of the one before, so that the last page costs what the first did. */
async function* pagesOf(
  { q, describe }: Reading,
  table: Tables[keyof Tables],
  where: SQL | undefined,
): AsyncGenerator<readonly Row[]> {
  const { columns, primaryKeys } = describe(table);
  const names = new Set(
    (primaryKeys[0]?.columns ?? columns.filter(({ primary }) => primary)).map(({ name }) => name),
  );
  const keys = Object.entries(getTableColumns(table)).filter(([, { name }]) => names.has(name));
  const list = sql.join(
    keys.map(([, column]) => sql`${column}`),
    sql`, `,
  );
  let behind: SQL | undefined;
  for (;;) {
    const rows: readonly Row[] = await q
      .select()
      .from(table)
      .where(and(where, behind))
      .orderBy(...keys.map(([, column]) => asc(column)))
      .limit(PAGE);
    if (rows.length > 0) yield rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) return;
    const values = sql.join(
      keys.map(([property]) => sql`${last[property]}`),
      sql`, `,
    );
    behind = sql`(${list}) > (${values})`;
  }
}
