/** How do the rows of one database get into an empty one, whichever engines the two have? */
import { createRequire } from 'node:module';
import type BetterSqlite3 from 'better-sqlite3';
import type { Client } from 'pg';
import { columnLists, postgresInserts, sqliteInserts } from './bulk-insert.ts';
import { readPlan } from './migrations.ts';
import { tables } from './schema.sqlite.ts';
import type { Tables } from './schema.ts';
import type { Row, Snapshot } from './snapshot.ts';
import { migrateSqlite } from './sqlite-upkeep.ts';
import { CopyProblem } from './whole-file.ts';

const require = createRequire(import.meta.url);
const Connection: typeof BetterSqlite3 = require('better-sqlite3');

/** Told how much is done, from 0 to 1. */
export type Watch = (share: number) => void;

/** Every table, each behind what its rows refer to: the order in which `schema` names them. */
export const tableNames = Object.keys(tables) as (keyof Tables)[];

/** Runs one list of rows after the other into `write`, in an order in which every reference finds its row. */
async function pour(
  from: Snapshot,
  watch: Watch,
  write: (table: keyof Tables, rows: readonly Row[]) => Promise<void> | void,
): Promise<ReadonlyMap<keyof Tables, number>> {
  const total = Math.max(1, await from.size());
  const counts = new Map<keyof Tables, number>();
  let done = 0;
  for (const table of tableNames) {
    for await (const rows of from.pages(table)) {
      await write(table, rows);
      counts.set(table, (counts.get(table) ?? 0) + rows.length);
      done += rows.length;
      watch(done / total);
    }
  }
  return counts;
}

/** Makes a SQLite database with the current schema of an empty file, and puts every row into it. */
export async function fillSqlite(file: string, from: Snapshot, watch: Watch): Promise<void> {
  const client = new Connection(file);
  try {
    // Whoever calls keeps the file only when all of it is there, so nothing has to survive a crash.
    client.pragma('journal_mode = MEMORY');
    client.pragma('synchronous = OFF');
    client.pragma('foreign_keys = ON');
    migrateSqlite(client, readPlan('sqlite'));
    const compiled = new Map<string, BetterSqlite3.Statement>();
    client.exec('begin');
    await pour(from, watch, (table, rows) => {
      for (const statement of sqliteInserts(tables[table], columnLists(rows))) {
        const { sql, params } = statement.toSQL();
        const ready = compiled.get(sql) ?? client.prepare(sql);
        compiled.set(sql, ready);
        ready.run(...params);
      }
    });
    client.exec('commit');
  } finally {
    client.close();
  }
}

/**
 * Puts every row into a PostgreSQL database that has the current schema and no rows, all or nothing.
 *
 * @throws {CopyProblem} when it has rows, or not every row arrived
 */
export async function fillPostgres(client: Client, from: Snapshot, watch: Watch): Promise<void> {
  const postgres = await import('./schema.postgres.ts');
  const { columns } = await import('./columns.postgres.ts');
  const name = (table: keyof Tables) => `"${columns.describe(postgres.tables[table]).name}"`;
  await client.query('begin');
  try {
    // Nobody writes until the end: an app that starts meanwhile waits.
    await client.query(`lock table ${tableNames.map(name).join(', ')} in share row exclusive mode`);
    for (const table of tableNames) await requireEmpty(client, name(table));
    const counts = await pour(from, watch, async (table, rows) => {
      for (const statement of postgresInserts(postgres.tables[table], columnLists(rows))) {
        const { sql, params } = statement.toSQL();
        await client.query(sql, params);
      }
    });
    for (const table of tableNames) await requireCount(client, name(table), counts.get(table) ?? 0);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}

async function requireEmpty(client: Client, table: string): Promise<void> {
  const { rowCount } = await client.query(`select 1 from ${table} limit 1`);
  if (rowCount === 0) return;
  throw notEmpty(table.slice(1, -1));
}

/** What is said of a database that is not written over. */
export const notEmpty = (table: string): CopyProblem =>
  new CopyProblem(
    'wrong_use',
    `The database holds data already (its table ${table} has rows) and is not written over; make an empty one and name it in DATABASE_URL.`,
  );

async function requireCount(client: Client, table: string, expected: number): Promise<void> {
  const { rows } = await client.query<{ n: string }>(`select count(*) as n from ${table}`);
  if (Number(rows[0]?.n) === expected) return;
  throw new CopyProblem(
    'failed',
    `Of ${expected} rows of ${table.slice(1, -1)} ${rows[0]?.n} arrived, so nothing was kept; run the restore again.`,
  );
}
