/** How is a person taken out of everything that is kept, so that what was decided stays and still verifies? */
import { createRequire } from 'node:module';
import {
  FORGOTTEN,
  jsonWithoutPerson,
  namesPerson,
  saysName,
  withoutMembers,
  withoutPerson,
  withoutWordsOf,
} from '../core/forgotten.ts';
import type { Json } from '../core/logbook.ts';
import type { Database, Statement } from './database.ts';
import { tableNames } from './fill.ts';
import { FORGET_RULES, type OwnMembers, type WordsBeside } from './forget-rules.ts';
import { entriesNaming, erasure } from './queries/logbook.ts';
import { touched } from './queries/messages.ts';
import type { Tables } from './schema.ts';
import type { Row } from './snapshot.ts';
import { and, count, eq, isNull, or, type SQL, sql } from './sql.ts';

const require = createRequire(import.meta.url);
const { getTableColumns, getTableName }: typeof import('drizzle-orm') = require('drizzle-orm');

/** Somebody who is to be forgotten. */
export interface Whom {
  readonly workspace: string;
  readonly person: string;
  /** How they are called, for what was sent in words. */
  readonly names: readonly string[];
}

/** What somebody still is: it has to be passed on first, or nobody would be left to do it. */
export type StillHolds =
  | { readonly what: 'role'; readonly role: Tables['roles']['$inferSelect']['role']; readonly key: string }
  | { readonly what: 'office' };

/** What there is of a person, table by table: rows that would be changed or deleted. */
export type Traces = ReadonlyMap<string, number>;

type Columns = Record<
  string,
  { readonly name: string; readonly dataType: string; readonly primary: boolean }
>;

/** Several passes, because the app may write while one is made; a quiet database needs one. */
const PASSES = 5;

/** The roles somebody holds in pilots that go on, and whether they are a member of the programme office. */
export async function stillHolds(db: Database, { workspace, person }: Whom): Promise<StillHolds[]> {
  const { pilots, roles, workspaces } = db.tables;
  const held = await db.q
    .select({ role: roles.role, key: pilots.key })
    .from(roles)
    .innerJoin(pilots, eq(pilots.id, roles.pilot))
    .where(
      and(
        eq(roles.workspace, workspace),
        eq(roles.person, person),
        isNull(roles.until),
        isNull(pilots.deletedAt),
        sql`${pilots.stage} <> 'stopped'`,
      ),
    )
    .orderBy(pilots.key, roles.role);
  const [row] = await db.q.select().from(workspaces).where(eq(workspaces.id, workspace));
  const members = row?.settings['members'];
  const isMember = Array.isArray(members) && members.includes(person);
  return [
    ...held.map((one) => ({ what: 'role' as const, ...one })),
    ...(isMember ? [{ what: 'office' as const }] : []),
  ];
}

/** What there is of somebody, by table; empty when nothing is. Changes nothing. */
export async function tracesOf(db: Database, whom: Whom): Promise<Traces> {
  const traces = new Map<string, number>();
  const entries = await entriesNaming(db, whom.workspace, whom.person, whom.names);
  if (entries.length > 0) traces.set('logbook', entries.length);
  for (const name of tableNames) {
    const rows = await rowsNaming(db, name, whom);
    if (rows.length > 0) traces.set(getTableName(db.tables[name]), rows.length);
  }
  return traces;
}

/**
 * Takes somebody out: their id everywhere, their words where it is known whose they are, what is only about them, and the
 * personal part of what the logbook says of them. All or nothing in each pass, with an entry that says an erasure happened.
 *
 * @returns what there was
 * @throws {Error} when the app writes about them all the while
 */
export async function forget(db: Database, whom: Whom, at: number): Promise<Traces> {
  const found = await tracesOf(db, whom);
  for (let pass = 0; pass < PASSES; pass += 1) {
    const traces = pass === 0 ? found : await tracesOf(db, whom);
    if (traces.size === 0) return found;
    const entries = await entriesNaming(db, whom.workspace, whom.person, whom.names);
    const changes: Statement[] = [];
    const pilots = new Set<string>();
    for (const name of tableNames) {
      for (const found of await rowsNaming(db, name, whom)) {
        const { row } = found;
        changes.push(changeOf(db, name, found, whom));
        if (typeof row['pilot'] === 'string') pilots.add(row['pilot']);
      }
    }
    await db.atomically(whom.workspace, (log) => [
      ...changes,
      ...erasure(db, whom.workspace, entries),
      ...whom.names.map((name) => unsaid(db, whom.workspace, name)),
      log({
        at,
        kind: 'person_forgotten',
        pilot: null,
        actor: 'system:cli',
        body: { erased: Object.fromEntries(traces) },
      }),
      // Their name leaves the cards that stand in Slack.
      ...[...pilots].sort().flatMap((pilot) => touched(db, whom.workspace, pilot)),
    ]);
  }
  throw new Error(`somebody writes about ${whom.person} all the while`);
}

/** Where a name still stands, in words that others wrote or that were agreed: rows by table and column. */
export async function nameLeftIn(db: Database, workspace: string, name: string): Promise<Traces> {
  const left = new Map<string, number>();
  for (const table of tableNames) {
    const columns: Columns = getTableColumns(db.tables[table]);
    for (const [property, column] of Object.entries(columns).filter(holdsText)) {
      const [row] = await db.q
        .select({ n: count() })
        .from(db.tables[table])
        .where(and(ofWorkspace(db, table, workspace), holds(asSql(db, table, property), name)));
      const n = Number(row?.n ?? 0);
      if (n > 0) left.set(`${getTableName(db.tables[table])}.${column.name}`, n);
    }
  }
  return left;
}

/** A row that is changed or deleted, and the words on it whose author stands on another row. */
interface Found {
  readonly row: Row;
  readonly beside: readonly WordsBeside[];
}

/** The rows of a table in which somebody is named, or from which something of theirs would go. */
async function rowsNaming(db: Database, name: keyof Tables, whom: Whom): Promise<Found[]> {
  if (FORGET_RULES[name].isRecord === true) return [];
  const { person, names, workspace } = whom;
  const { inside = [], beside = [] } = FORGET_RULES[name];
  const columns: Columns = getTableColumns(db.tables[name]);
  const texts = Object.entries(columns).filter(holdsText);
  const named = inside.filter(({ by }) => by === undefined);
  const read = (condition: SQL | undefined): Promise<Row[]> =>
    Promise.resolve(
      db.q
        .select()
        .from(db.tables[name])
        .where(and(ofWorkspace(db, name, workspace), condition)),
    );
  const rows = await read(
    or(
      ...texts.map(([property]) => holds(asSql(db, name, property), person)),
      ...named.flatMap(({ json }) => names.map((called) => holds(asSql(db, name, json), called))),
    ),
  );
  const isOf = (row: Row): boolean =>
    texts.some(([property]) => namesPerson(textOf(row[property]), person)) ||
    named.some((rule) => saysTheirName(row, rule, names));
  const others = await Promise.all(
    beside.map(async (rule) =>
      (await read(isBeside(db, name, rule, person))).map((row) => ({ row, beside: [rule] })),
    ),
  );
  return [...rows.filter(isOf).map((row) => ({ row, beside: [] })), ...others.flat()];
}

const textOf = (value: unknown): string => {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
};

/** Whether words that would be erased say the name: those that are erased already say nothing. */
function saysTheirName(row: Row, { json, members }: OwnMembers, names: readonly string[]): boolean {
  const value = (row[json] ?? null) as Json;
  const told = textOf(value);
  return names.some((name) => saysName(told, name)) && textOf(withoutMembers(value, members)) !== told;
}

/** The rows whose words were written by whoever stands on another row. */
function isBeside(db: Database, name: keyof Tables, rule: WordsBeside, person: string): SQL {
  const [to, id, by] = [asSql(db, name, rule.through), asSql(db, rule.of, 'id'), asSql(db, rule.of, rule.by)];
  return sql`(${asSql(db, name, rule.words)} <> ${rule.left} and ${to} in (select ${id} from ${db.tables[rule.of]} where ${by} = ${person}))`;
}

/** What becomes of one row. */
function changeOf(
  db: Database,
  name: keyof Tables,
  { row, beside }: Found,
  { person, names }: Whom,
): Statement {
  const table = db.tables[name];
  const { about = [], words = [], inside = [] } = FORGET_RULES[name];
  const isAbout = about.some((property) => namesPerson(String(row[property]), person));
  if (isAbout) return db.q.delete(table).where(keyOf(db, name, row));
  const change = new Map<string, unknown>();
  const put = (property: string, value: unknown) => {
    if (JSON.stringify(value) !== JSON.stringify(row[property])) change.set(property, value);
  };
  for (const [property, value] of Object.entries(row)) {
    // What must be unique stays so, though several people may be forgotten.
    const instead = property === 'dedupeKey' ? `${FORGOTTEN}-${String(row['id'])}` : FORGOTTEN;
    put(property, without(value, person, instead));
  }
  for (const { json, members, by } of inside) {
    const isTheirs = by === undefined ? saysTheirName(row, { json, members }, names) : row[by] === person;
    if (isTheirs) put(json, withoutMembers((change.get(json) ?? row[json]) as Json, members));
  }
  for (const { words: column, by, left } of words) if (row[by] === person) put(column, left);
  for (const { words: column, left } of beside) put(column, left);
  if (name === 'charterVersions' && row['askedBy'] === person)
    change.set('fields', { ...(row['fields'] as object), note: null });
  if (name === 'outbox') {
    change.set('sent', null);
    // What is finished is not drawn again; its details may be words of theirs.
    if (row['state'] !== 'ready' && row['state'] !== 'sending') change.set('details', {});
  }
  return db.q
    .update(table)
    .set(Object.fromEntries(change) as never)
    .where(keyOf(db, name, row));
}

const without = (value: unknown, person: string, instead: string): unknown =>
  typeof value === 'string'
    ? withoutPerson(value, person, instead)
    : jsonWithoutPerson(withoutWordsOf(value as Json, person), person);

/** Takes a name out of what was sent: the words themselves are in Slack. */
const unsaid = (db: Database, workspace: string, name: string): Statement => {
  const { outbox } = db.tables;
  return db.q
    .update(outbox)
    .set({ sent: null })
    .where(and(eq(outbox.workspace, workspace), holds(sql`${outbox.sent}`, name)));
};

function keyOf(db: Database, name: keyof Tables, row: Row): SQL | undefined {
  const table = db.tables[name];
  const { primaryKeys, columns } = db.upkeep.describe(table);
  const keys = new Set(
    (primaryKeys[0]?.columns ?? columns.filter(({ primary }) => primary)).map((key) => key.name),
  );
  const own: Columns = getTableColumns(table);
  return and(
    ...Object.entries(own)
      .filter(([, column]) => keys.has(column.name))
      .map(([property]) => sql`${asSql(db, name, property)} = ${row[property]}`),
  );
}

const holdsText = ([property, { dataType }]: [string, Columns[string]]): boolean =>
  property !== 'workspace' && (dataType === 'string' || dataType === 'json');
const holds = (column: SQL, words: string): SQL =>
  sql`replace(cast(${column} as text), ${words}, '') <> cast(${column} as text)`;

function asSql(db: Database, name: keyof Tables, property: string): SQL {
  const columns: Record<string, unknown> = getTableColumns(db.tables[name]);
  return sql`${columns[property]}`;
}

const ofWorkspace = (db: Database, name: keyof Tables, workspace: string): SQL =>
  sql`${asSql(db, name, name === 'workspaces' ? 'id' : 'workspace')} = ${workspace}`;
