/** How does PostgreSQL keep the promises of `Database`? */

import { createRequire } from 'node:module';
import type { PoolClient } from 'pg';
import { postgresInserts } from './bulk-insert.ts';
import { buildBatch, emptyHead, type Head, isGuard, type LogbookRow } from './chain.ts';
import { columns } from './columns.postgres.ts';
import {
  type Database,
  DatabaseProblem,
  type Guard,
  type Queries,
  Stale,
  type Statement,
} from './database.ts';
import { insertedRow } from './inserted-row.ts';
import { statementKeeper } from './kept-statement.ts';
import { appliedOnPostgres, inspectPostgres, migratePostgres } from './postgres-upkeep.ts';
import { tables } from './schema.postgres.ts';
import { errorCodes, refuseUnstorable } from './storable.ts';

// This file is imported only when the address says postgres, so pg costs nobody else its memory.
const require = createRequire(import.meta.url);
const { Pool }: typeof import('pg') = require('pg');
const { drizzle }: typeof import('drizzle-orm/node-postgres') = require('drizzle-orm/node-postgres');

const attempts = 5;
/** serialization_failure and deadlock_detected: nothing was written, and trying again is the remedy. */
const passing = new Set(['40001', '40P01']);

/**
 * Opens a PostgreSQL database and makes sure that it answers.
 *
 * @param parts.url `postgres://user:password@host:port/database`
 * @throws {DatabaseProblem} when it cannot be reached, is older than 14 or does not store text as UTF-8
 */
export async function openPostgres(parts: { url: string; salt: () => string }): Promise<Database> {
  const pool = new Pool({
    connectionString: parts.url,
    max: 10,
    keepAlive: true,
    connectionTimeoutMillis: 10_000,
    statement_timeout: 60_000,
    idle_in_transaction_session_timeout: 30_000,
    application_name: 'pilotage',
  });
  // Without a listener a connection that breaks while idle would end the process; the pool replaces it by itself.
  pool.on('error', () => {});
  const checks = { logQuery: (_text: string, params: unknown[]) => refuseUnstorable(params) };
  const orm = drizzle(pool, { logger: checks });
  // The cast gives builders SQLite's types: the tables carry those already, and awaiting gives the same rows.
  const q = orm as unknown as Queries;

  await requireUsable(pool, parts.url);

  const written = statementKeeper(q);
  const batch = async (workspace: string, build: Parameters<Database['atomically']>[1]): Promise<void> => {
    await inTransaction(pool, async (client) => {
      const head = await lockHead(client, workspace);
      const insert = (row: LogbookRow) => insertedRow({ written, tables }, 'logbook', row);
      const built = buildBatch({ workspace, head, salt: parts.salt, insert, build });
      for (const item of built.list) await runItem(client, item);
      if (built.head.n > head.n) {
        const { n, hash } = built.head;
        await client.query('update logbook_heads set n = $1, hash = $2 where workspace = $3', [
          n,
          hash,
          workspace,
        ]);
      }
    });
  };

  // One batch per workspace at a time from this process: waiting for the row lock would occupy the pool's connections.
  const inTurn = turns();
  const atomically: Database['atomically'] = (workspace, build) =>
    inTurn(workspace, async () => {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await batch(workspace, build);
        } catch (error) {
          if (attempt === attempts || !errorCodes(error).some((code) => passing.has(code))) throw error;
        }
      }
    });

  const kept = new Map<string, { execute(args: Record<string, unknown>): Promise<unknown[]> }>();
  const prepared: Database['prepared'] = (name, build) => async (args) => {
    let statement = kept.get(name);
    if (!statement) {
      // Every builder of rows can be prepared; the shared type leaves the engines' different ways out.
      const built = build(q) as unknown as {
        prepare(name: string): { execute(args: Record<string, unknown>): Promise<unknown[]> };
      };
      statement = built.prepare(name);
      kept.set(name, statement);
    }
    return (await statement.execute(args)) as never;
  };

  let closing: Promise<void> | undefined;
  return {
    engine: 'postgres',
    url: parts.url,
    tables,
    q,
    prepared,
    written,
    atomically,
    insertMany: (name, lists) => postgresInserts(tables[name], lists),
    // Selects of this engine have `for`; the shared type does not show it.
    skipLocked: (select) =>
      (select as { for(how: 'update', more: { skipLocked: true }): typeof select }).for('update', {
        skipLocked: true,
      }),
    isDuplicate: (error) => errorCodes(error).includes('23505'),
    close: () => {
      closing ??= pool.end();
      return closing;
    },
    upkeep: {
      describe: columns.describe,
      rows: async (query) => (await orm.execute(query)).rows,
      applied: async () => appliedOnPostgres(pool),
      migrate: (plan) => inTransaction(pool, (client) => migratePostgres(client, plan)),
      inspect: (plan) => inspectPostgres(pool, plan),
    },
  };
}

type Connections = InstanceType<typeof Pool>;

async function requireUsable(pool: Connections, url: string): Promise<void> {
  const place = URL.parse(url)?.host ?? 'the given address';
  const answer = await pool
    .query<{ version: number; encoding: string }>(
      "select current_setting('server_version_num')::int as version, current_setting('server_encoding') as encoding",
    )
    .catch(async (error: unknown) => {
      await pool.end();
      const why = error instanceof Error && error.message ? error.message : errorCodes(error).join(', ');
      throw new DatabaseProblem(`PostgreSQL at ${place} does not answer (${why}); check DATABASE_URL.`, {
        cause: error,
      });
    });
  const { version = 0, encoding = '' } = answer.rows[0] ?? {};
  const complaints: string[] = [];
  if (version < 140_000) complaints.push('is older than version 14; upgrade it or use another server.');
  if (encoding !== 'UTF8')
    complaints.push(`stores text as ${encoding}; create a database with encoding UTF8.`);
  if (complaints[0] === undefined) return;
  await pool.end();
  throw new DatabaseProblem(`PostgreSQL at ${place} ${complaints[0]}`);
}

async function inTransaction<Result>(
  pool: Connections,
  work: (client: PoolClient) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect();
  let broken: Error | undefined;
  // A connection that breaks while it is lent out tells the listeners of the client, not those of the pool.
  const onError = (error: Error) => {
    broken = error;
  };
  client.on('error', onError);
  try {
    await client.query('begin');
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch((failure: Error) => {
      broken ??= failure;
    });
    throw error;
  } finally {
    client.off('error', onError);
    client.release(broken);
  }
}

/** Locks the head of a workspace's chain until the transaction ends; makes it first for a new workspace. */
async function lockHead(client: PoolClient, workspace: string): Promise<Head> {
  const lock = async () => {
    const text = 'select n, hash from logbook_heads where workspace = $1 for update';
    const row = (await client.query<{ n: string; hash: string }>(text, [workspace])).rows[0];
    return row && { n: Number(row.n), hash: row.hash };
  };
  const known = await lock();
  if (known) return known;
  await client.query(
    'insert into logbook_heads (workspace, n, hash) values ($1, $2, $3) on conflict do nothing',
    [workspace, emptyHead.n, emptyHead.hash],
  );
  return (await lock()) ?? emptyHead;
}

/** One item of a batch; throws `Stale` for a guard that touches no row. */
async function runItem(client: PoolClient, item: Statement | Guard): Promise<void> {
  const { sql, params } = (isGuard(item) ? item.guarded : item).toSQL();
  refuseUnstorable(params);
  const { rowCount } = await client.query(sql, params);
  if (isGuard(item) && rowCount === 0) throw new Stale(item.what);
}

/** Runs work of the same name one after another, and work of different names side by side. */
function turns() {
  const last = new Map<string, Promise<unknown>>();
  return async <Result>(name: string, work: () => Promise<Result>): Promise<Result> => {
    const mine = (last.get(name) ?? Promise.resolve()).then(work, work);
    // Whoever comes next waits for the end of this work, whatever its outcome; the outcome belongs to this caller.
    last.set(name, mine);
    try {
      return await mine;
    } finally {
      if (last.get(name) === mine) last.delete(name);
    }
  };
}
