/** What can the rest of the app ask of a database, whichever engine it runs on? */

import type { BaseSQLiteDatabase } from 'drizzle-orm/sqlite-core';
import type { LogbookDraft } from '../core/logbook.ts';
import type { Columns } from './columns.sqlite.ts';
import type { Tables } from './schema.ts';
import type { SQL } from './sql.ts';

/** Drizzle's builders, and nothing else of it: what is not here does not exist on both engines. */
export type Queries = Pick<
  BaseSQLiteDatabase<'async', void>,
  'select' | 'selectDistinct' | 'insert' | 'update' | 'delete' | '$count'
>;

/** A built statement that was not awaited: an insert, update, delete, or (as a guard) a select. */
export interface Statement {
  toSQL(): { sql: string; params: unknown[] };
}

/** A statement that must touch at least one row. */
export interface Guard {
  readonly guarded: Statement;
  readonly what: string;
}

/** Builds the logbook entry of a batch. Every entry asked for must stand in the list, in the order of asking. */
export type Log = (entry: LogbookDraft) => Statement;

/** Whether this process serves people, or only looks in, as `verify` and `import` do. */
export type Opener = 'app' | 'tool';

/** The first thing found wrong, in words; `table` and `row` say where. */
export interface Problem {
  readonly workspace: string | null;
  readonly table: string;
  /** The primary key of the row, as `column=value` pairs; empty when the trouble is not one row's. */
  readonly row: string;
  readonly sentence: string;
}

/** One migration: a name that sorts by age, and its statements. */
export interface Migration {
  readonly name: string;
  readonly statements: readonly string[];
  /** SHA-256 of its text. */
  readonly checksum: string;
}

/** What this version of the code expects to have happened to a database. */
export interface MigrationPlan {
  /** Oldest first. */
  readonly migrations: readonly Migration[];
  /** Statements that can be repeated, run after the last migration: they make the logbook's triggers. */
  readonly triggers: Migration;
}

/** What has happened to a database: names and checksums, oldest first. */
export type Applied = readonly Pick<Migration, 'name' | 'checksum'>[];

/** What `migrate` and `verify` need; nothing else uses it. */
export interface Upkeep {
  /** The rows of one reading statement, as the driver gives them. */
  rows(query: SQL): Promise<Record<string, unknown>[]>;
  /** What a table is made of: names, keys, references. */
  readonly describe: Columns['describe'];
  /** Empty for a database that was never migrated. */
  applied(): Promise<Applied>;
  /** Applies what is missing, all or nothing and one process at a time; returns the names. */
  migrate(plan: MigrationPlan): Promise<readonly string[]>;
  /** What the engine itself can say about its state. */
  inspect(plan: MigrationPlan): Promise<Problem | null>;
}

/** Rows of a table column by column. */
export type ColumnLists<Name extends keyof Tables> = {
  readonly [Column in keyof Tables[Name]['$inferInsert']]: readonly Tables[Name]['$inferInsert'][Column][];
};

/** An open database. */
export interface Database {
  readonly engine: 'sqlite' | 'postgres';
  /** The address by which another thread can open the same database; null for one in the memory of this process. */
  readonly url: string | null;
  readonly tables: Tables;
  /** Builders; always awaited, never `.run()`, `.all()` or `.get()`, which PostgreSQL's do not have. */
  readonly q: Queries;

  /**
   * A statement that is built once and kept, for hot reads.
   *
   * @param name unique among all prepared statements, at most 63 bytes
   * @param build called at most once; `sql.placeholder('x')` stands for `args.x`
   */
  prepared<Args extends Record<string, unknown>, Row>(
    name: string,
    build: (q: Queries) => PromiseLike<Row[]> & Statement,
  ): (args: Args) => Promise<Row[]>;

  /**
   * A statement for batches whose text is built once and kept, for hot writes.
   *
   * @param name unique among all of them
   * @param build called at most once; `sql.placeholder('x')` stands for `args.x`
   */
  written(
    name: string,
    build: (q: Queries) => Statement,
  ): (args: Readonly<Record<string, unknown>>) => Statement;

  /**
   * Runs a list of statements, all or nothing, while no other batch of this workspace runs.
   *
   * The logbook's head row is locked first, then the list is built, so whatever the batch decides by guards cannot be
   * overtaken. `build` is synchronous and free of effects: on PostgreSQL it is called again after a deadlock.
   *
   * @throws {Stale} when a guard touches no row; nothing is written then
   */
  atomically(workspace: string, build: (log: Log) => readonly (Statement | Guard)[]): Promise<void>;

  /**
   * Statements that add many rows of one table, far faster than a builder does; for a batch. They are put together when
   * they are run, so that the text of a large batch is never held whole.
   *
   * @param lists by column, what each row has in it: lists of the same length. A column without one is null
   */
  insertMany<Name extends keyof Tables>(table: Name, lists: ColumnLists<Name>): Statement[];

  /** Makes a select that picks rows for a claim pass over rows another replica is claiming right now. */
  skipLocked<Select>(select: Select): Select;

  /** Whether this error says that a unique key exists already. */
  isDuplicate(error: unknown): boolean;

  close(): Promise<void>;

  readonly upkeep: Upkeep;
}

/** What an engine opens: one connection inside one reading transaction. */
export interface Reading {
  readonly engine: Database['engine'];
  readonly tables: Tables;
  readonly describe: Columns['describe'];
  readonly q: Pick<Queries, 'select' | '$count'>;
  applied(): Promise<Applied>;
  close(): Promise<void>;
}

/** Somebody was first: a guard of a batch touched no row, and nothing of the batch was written. */
export class Stale extends Error {
  readonly what: string;

  constructor(what: string) {
    super(`Somebody was first: ${what}`);
    this.name = 'Stale';
    this.what = what;
  }
}

/** Waits for a batch that somebody else may overtake: false when somebody was first, and nothing of it was written. */
export async function unlessStale(batch: Promise<void>): Promise<boolean> {
  try {
    await batch;
    return true;
  } catch (error) {
    if (error instanceof Stale) return false;
    throw error;
  }
}

/**
 * Turns a statement into one that must touch at least one row, else its whole batch is undone.
 *
 * @param statement an update, insert or delete; a select works as well, because batches of one workspace exclude each
 *   other, but it says nothing about rows that single statements outside batches change
 * @param what the words `Stale` carries
 */
export function guard(statement: Statement, what: string): Guard {
  return { guarded: statement, what };
}

/** What is wrong with the database or its address, in one sentence with the remedy. */
export class DatabaseProblem extends Error {
  override readonly name = 'DatabaseProblem';
}
