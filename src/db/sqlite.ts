/** How does SQLite keep the promises of `Database`? */

import { createRequire } from 'node:module';
import type BetterSqlite3 from 'better-sqlite3';
import { buildBatch, emptyHead, type Head, isGuard, type LogbookRow } from './chain.ts';
import { columns } from './columns.sqlite.ts';
import {
  type Database,
  DatabaseProblem,
  type Guard,
  type Queries,
  Stale,
  type Statement,
} from './database.ts';
import { tables } from './schema.sqlite.ts';
import { appliedOnSqlite, inspectSqlite, migrateSqlite } from './sqlite-upkeep.ts';
import { errorCodes, refuseUnstorable } from './storable.ts';

const require = createRequire(import.meta.url);
const Connection: typeof BetterSqlite3 = require('better-sqlite3');
const { drizzle }: typeof import('drizzle-orm/better-sqlite3') = require('drizzle-orm/better-sqlite3');

const keptStatements = 500;

/**
 * Opens a SQLite database: write-ahead log, every commit on disk before it is reported, references enforced.
 *
 * @param parts.file a path, or `:memory:`
 * @param parts.release what to let go of when the database is closed
 * @throws {DatabaseProblem} when the file cannot be opened or is no database
 */
export function openSqlite(parts: { file: string; salt: () => string; release: () => void }): Database {
  const client = connect(parts.file);
  const orm = drizzle(client, { logger: { logQuery: (_text, params) => refuseUnstorable(params) } });
  // The cast hides what builders of PostgreSQL do not have (`run`, `all`, `get`) and what a write without `returning`
  // gives, which differs. Awaiting a builder with rows gives the same rows on both engines; the contract suite says so.
  const q = orm as unknown as Queries;
  const run = runner(client);

  const insert = (row: LogbookRow) => q.insert(tables.logbook).values(row);
  const atomically: Database['atomically'] = async (workspace, build) => {
    // A batch started while another is being built would become part of it.
    if (client.inTransaction) throw new TypeError('A batch cannot start inside another one');
    const transaction = client.transaction(() => {
      const head = readHead(run, workspace);
      const batch = buildBatch({ workspace, head, salt: parts.salt, insert, build });
      for (const item of batch.list) run.item(item);
      if (batch.head.n > head.n) moveHead(run, workspace, batch.head);
    });
    transaction.immediate();
  };

  const kept = new Map<string, { all(args: Record<string, unknown>): unknown[] }>();
  const prepared: Database['prepared'] = (name, build) => async (args) => {
    let statement = kept.get(name);
    if (!statement) {
      // Every builder of rows can be prepared; the shared type leaves the engines' different ways out.
      statement = (
        build(q) as unknown as { prepare(): { all(args: Record<string, unknown>): unknown[] } }
      ).prepare();
      kept.set(name, statement);
    }
    return statement.all(args) as never;
  };

  return {
    engine: 'sqlite',
    tables,
    q,
    prepared,
    atomically,
    skipLocked: (select) => select,
    isDuplicate: (error) =>
      errorCodes(error).some((code) => /^SQLITE_CONSTRAINT_(UNIQUE|PRIMARYKEY)$/.test(code)),
    close: async () => {
      if (!client.open) return;
      client.pragma('wal_checkpoint(TRUNCATE)');
      client.close();
      parts.release();
    },
    upkeep: {
      describe: columns.describe,
      rows: async (query) => orm.all<Record<string, unknown>>(query),
      applied: async () => appliedOnSqlite(client),
      migrate: async (plan) => migrateSqlite(client, plan),
      inspect: async (plan) => inspectSqlite(client, plan),
    },
  };
}

function connect(file: string): BetterSqlite3.Database {
  try {
    const client = new Connection(file, { timeout: 5000 });
    client.pragma('journal_mode = WAL');
    // better-sqlite3 comes with NORMAL, which loses acknowledged commits when the power goes.
    client.pragma('synchronous = FULL');
    client.pragma('foreign_keys = ON');
    client.pragma('trusted_schema = OFF');
    return client;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new DatabaseProblem(
      `The database ${file} cannot be opened (${why}); check the path in DATABASE_URL.`,
      {
        cause: error,
      },
    );
  }
}

type Runner = ReturnType<typeof runner>;

/** The head of a workspace's chain; makes it for a new workspace. */
function readHead(run: Runner, workspace: string): Head {
  const [known] = run.text('select n, hash from logbook_heads where workspace = ?', [workspace]);
  if (known) return { n: Number(known['n']), hash: String(known['hash']) };
  const { n, hash } = emptyHead;
  run.text('insert into logbook_heads (workspace, n, hash) values (?, ?, ?)', [workspace, n, hash]);
  return emptyHead;
}

function moveHead(run: Runner, workspace: string, { n, hash }: Head): void {
  run.text('update logbook_heads set n = ?, hash = ? where workspace = ?', [n, hash, workspace]);
}

/** Runs statements at once, and keeps the compiled ones. */
function runner(client: BetterSqlite3.Database) {
  const statements = new Map<string, BetterSqlite3.Statement<unknown[], Record<string, unknown>>>();
  const compiled = (text: string) => {
    const known = statements.get(text);
    if (known) return known;
    if (statements.size >= keptStatements) statements.clear();
    const statement = client.prepare<unknown[], Record<string, unknown>>(text);
    statements.set(text, statement);
    return statement;
  };
  return {
    /** The rows of a text with parameters; none for a write. */
    text(text: string, params: readonly unknown[]): Record<string, unknown>[] {
      refuseUnstorable(params);
      const statement = compiled(text);
      if (statement.reader) return statement.all(...params);
      statement.run(...params);
      return [];
    },
    /** One item of a batch; throws `Stale` for a guard that touches no row. */
    item(item: Statement | Guard): void {
      const { sql, params } = (isGuard(item) ? item.guarded : item).toSQL();
      refuseUnstorable(params);
      const statement = compiled(sql);
      const touched = statement.reader ? statement.all(...params).length : statement.run(...params).changes;
      if (isGuard(item) && touched === 0) throw new Stale(item.what);
    },
  };
}
