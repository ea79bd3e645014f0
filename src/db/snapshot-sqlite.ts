/** How does SQLite keep one reader at one instant? By a transaction of its own on a connection of its own. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import type BetterSqlite3 from 'better-sqlite3';
import { columns } from './columns.sqlite.ts';
import { DatabaseProblem, type Queries, type Reading } from './database.ts';
import { tables } from './schema.sqlite.ts';
import { appliedOnSqlite } from './sqlite-upkeep.ts';

const require = createRequire(import.meta.url);
const Connection: typeof BetterSqlite3 = require('better-sqlite3');
const { drizzle }: typeof import('drizzle-orm/better-sqlite3') = require('drizzle-orm/better-sqlite3');

/**
 * Opens a file that is there, beside whoever else uses it.
 *
 * @throws {DatabaseProblem} when there is none, or it is no database
 */
export function openFile(file: string): BetterSqlite3.Database {
  if (file === ':memory:')
    throw new DatabaseProblem('A database in memory ends with its process; name a file in DATABASE_URL.');
  if (!existsSync(file)) throw new DatabaseProblem(`There is no database at ${file}; check DATABASE_URL.`);
  let client: BetterSqlite3.Database | undefined;
  try {
    client = new Connection(file, { timeout: 5000, fileMustExist: true });
    client.pragma('trusted_schema = OFF');
    client.prepare('select count(*) from sqlite_schema').get();
    return client;
  } catch (error) {
    client?.close();
    const why = error instanceof Error ? error.message : String(error);
    throw new DatabaseProblem(`The database ${file} cannot be opened (${why}); check DATABASE_URL.`, {
      cause: error,
    });
  }
}

/** Opens the file and stays at this instant until it is closed. Writers are not kept waiting. */
export function readSqlite(file: string): Reading {
  const client = openFile(file);
  client.exec('begin');
  return {
    engine: 'sqlite',
    tables,
    describe: columns.describe,
    // Only awaited selects are used, and those give the same rows on both engines.
    q: drizzle(client) as unknown as Queries,
    // The first statement that reads decides which instant it is.
    applied: async () => appliedOnSqlite(client),
    close: async () => {
      if (client.inTransaction) client.exec('rollback');
      client.close();
    },
  };
}
