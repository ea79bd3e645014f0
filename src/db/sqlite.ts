/** How does SQLite keep the promises of `Database`? */

import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import type BetterSqlite3 from 'better-sqlite3';
import { sqliteInserts } from './bulk-insert.ts';
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
import { rowMaker, type SelectedField } from './flat-rows.ts';
import { committer } from './group-commit.ts';
import { insertedRow } from './inserted-row.ts';
import { parameterFrom, statementKeeper } from './kept-statement.ts';
import { type ReadSnapshot, readSnapshot } from './read-snapshot.ts';
import { tables } from './schema.sqlite.ts';
import { appliedOnSqlite, inspectSqlite, migrateSqlite } from './sqlite-upkeep.ts';
import { errorCodes, refuseUnstorable } from './storable.ts';

const require = createRequire(import.meta.url);
const Connection: typeof BetterSqlite3 = require('better-sqlite3');
const { drizzle }: typeof import('drizzle-orm/sqlite-proxy') = require('drizzle-orm/sqlite-proxy');
const { SQLiteAsyncDialect }: typeof import('drizzle-orm/sqlite-core') = require('drizzle-orm/sqlite-core');
const { Column }: typeof import('drizzle-orm') = require('drizzle-orm');

const MOST_STATEMENTS = 500;
/** A tool goes through a file once or twice: it needs less of it in memory than the app. */
const TOOL_CACHE_KB = 4000;
/**
 * In pages of the log. A file that is imported writes the same pages again and again: they are moved where they belong seldom. A
 * tool does so twice as often as the app, so that people who press do not wait while the app moves what a tool has written.
 */
const CHECKPOINT_PAGES = 4000;
const TOOL_CHECKPOINT_PAGES = 2000;

/**
 * Opens a SQLite database: write-ahead log, every commit on disk before it is reported, references enforced.
 *
 * @param parts.file a path, or `:memory:`
 * @param parts.release what to let go of when the database is closed
 * @param parts.forTool it is opened for one piece of work, maybe beside the app
 * @throws {DatabaseProblem} when the file cannot be opened or is no database
 */
export function openSqlite(parts: {
  file: string;
  salt: () => string;
  release: () => void;
  forTool?: boolean;
}): Database {
  const client = connect(parts.file);
  if (parts.forTool === true) {
    client.pragma(`cache_size = -${TOOL_CACHE_KB}`);
    client.pragma(`wal_autocheckpoint = ${TOOL_CHECKPOINT_PAGES}`);
  }
  const snapshot = readSnapshot(client);
  const statements = keptStatements(client);
  const commit = committer(client);
  /** Reads read at once. Writes wait for the disk together, and for whoever else is writing. */
  const orm = drizzle(
    async (text, params) => {
      const statement = statements(text);
      if (statement.readonly) return { rows: statement.raw().all(...params) };
      snapshot.close();
      let rows: unknown[] = [];
      await commit(() => {
        if (statement.reader) rows = statement.raw().all(...params);
        else statement.run(...params);
      });
      return { rows };
    },
    { logger: { logQuery: (_text, params) => refuseUnstorable(params) } },
  );
  // The cast hides what builders of PostgreSQL do not have (`run`, `all`, `get`) and what a write without `returning`
  // gives, which differs. Awaiting a builder with rows gives the same rows on both engines; the contract suite says so.
  const q = orm as unknown as Queries;
  const run = runner(client);

  const written = statementKeeper(q);
  const insert = (row: LogbookRow) => insertedRow({ written, tables }, 'logbook', row);
  const write = (workspace: string, build: Build): void => {
    const head = readHead(run, workspace);
    const batch = buildBatch({ workspace, head, salt: parts.salt, insert, build });
    for (const item of batch.list) run.item(item);
    if (batch.head.n > head.n) moveHead(run, workspace, batch.head);
  };
  const atomically: Database['atomically'] = (workspace, build) => {
    snapshot.close();
    return commit(() => write(workspace, build));
  };

  const kept = new Map<string, ReturnType<typeof readerOf>>();
  const prepared: Database['prepared'] = (name, build) => async (args) => {
    let read = kept.get(name);
    if (!read) {
      // Every builder of rows can be prepared; the shared type leaves the engines' different ways out.
      read = readerOf(client, snapshot, (build(q) as unknown as { prepare(): PreparedRows }).prepare());
      kept.set(name, read);
    }
    return read(args) as never;
  };

  return {
    engine: 'sqlite',
    url: parts.file === ':memory:' ? null : `file:${resolve(parts.file)}`,
    tables,
    q,
    prepared,
    written,
    atomically,
    insertMany: (name, lists) => sqliteInserts(tables[name], lists),
    skipLocked: (select) => select,
    isDuplicate: (error) =>
      errorCodes(error).some((code) => /^SQLITE_CONSTRAINT_(UNIQUE|PRIMARYKEY)$/.test(code)),
    close: async () => {
      if (!client.open) return;
      snapshot.close();
      client.pragma('wal_checkpoint(TRUNCATE)');
      client.close();
      parts.release();
    },
    upkeep: {
      describe: columns.describe,
      rows: async (query) => {
        const { sql, params } = new SQLiteAsyncDialect().sqlToQuery(query);
        return client.prepare<unknown[], Record<string, unknown>>(sql).all(...params);
      },
      applied: async () => appliedOnSqlite(client),
      migrate: async (plan) => {
        snapshot.close();
        return migrateSqlite(client, plan);
      },
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
    client.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
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

/** What drizzle prepares: a text, what its parameters are made of, and what is selected. */
interface PreparedRows {
  getQuery(): { readonly sql: string; readonly params: readonly unknown[] };
  all(args: Record<string, unknown>): Promise<unknown[]>;
  readonly fields?: readonly SelectedField[];
}

/** Reads by the driver itself where it can: drizzle looks at each parameter anew at every call. */
function readerOf(
  client: BetterSqlite3.Database,
  snapshot: ReadSnapshot,
  prepared: PreparedRows,
): (args: Record<string, unknown>) => unknown[] | Promise<unknown[]> {
  const { sql: text, params } = prepared.getQuery();
  const statement = client.prepare<unknown[], unknown[]>(text).raw();
  const rows = prepared.fields === undefined ? null : rowMaker(prepared.fields, givesBack);
  if (rows === null || !statement.readonly) return (args) => prepared.all(args);
  const filled = params.map(parameterFrom);
  return (args) => {
    const given = filled.map((fill) => fill(args));
    refuseUnstorable(given);
    snapshot.open();
    return rows(statement.all(...given));
  };
}

/** Columns of text and numbers give back what the driver gives. */
const givesBack = (decoder: object): boolean =>
  'mapFromDriverValue' in decoder && decoder.mapFromDriverValue === Column.prototype.mapFromDriverValue;

type Runner = ReturnType<typeof runner>;
type Build = Parameters<Database['atomically']>[1];

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

/** Compiles a text only once. Drizzle builds its text anew at every call, but nearly always the same. */
function keptStatements(
  client: BetterSqlite3.Database,
): (text: string) => BetterSqlite3.Statement<unknown[]> {
  const statements = new Map<string, BetterSqlite3.Statement<unknown[]>>();
  return (text) => {
    const known = statements.get(text);
    if (known) return known;
    if (statements.size >= MOST_STATEMENTS) statements.clear();
    const statement = client.prepare<unknown[]>(text);
    statements.set(text, statement);
    return statement;
  };
}

/** Runs statements at once, and keeps the compiled ones. */
function runner(client: BetterSqlite3.Database) {
  const compiled = keptStatements(client);
  return {
    /** The rows of a text with parameters; none for a write. */
    text(text: string, params: readonly unknown[]): Record<string, unknown>[] {
      refuseUnstorable(params);
      const statement = compiled(text);
      if (statement.reader) return statement.all(...params) as Record<string, unknown>[];
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
