/** How does an address become an open database? */

import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseAddress } from './address.ts';
import { type Database, DatabaseProblem, type Opener } from './database.ts';

/**
 * Opens a database and makes the folder of a file; does not migrate.
 *
 * @param parts.url `file:./data/x.db`, `file::memory:` or `postgres://…`
 * @param parts.salt a fresh unguessable text at every call, for the logbook
 * @param parts.as `app` claims a SQLite file for this process alone; a `tool` (the default) may open it beside the app
 * @throws {DatabaseProblem} in one sentence with the remedy
 */
export async function openDatabase(parts: {
  url: string;
  salt: () => string;
  as?: Opener;
}): Promise<Database> {
  const { salt } = parts;
  const address = parseAddress(parts.url);
  if (address.engine === 'postgres') {
    // Drivers are loaded by who needs them: pg and its part of drizzle cost memory that SQLite's users keep.
    const { openPostgres } = await import('./postgres.ts');
    return openPostgres({ url: address.url, salt });
  }
  const { openSqlite } = await import('./sqlite.ts');
  if (address.file === ':memory:') return openSqlite({ file: address.file, salt, release: () => {} });
  makeFolder(dirname(address.file));
  if (parts.as !== 'app') return openSqlite({ file: address.file, salt, release: () => {}, forTool: true });
  const { claimFile } = await import('./one-app.ts');
  const release = claimFile(address.file);
  try {
    return openSqlite({ file: address.file, salt, release });
  } catch (error) {
    release();
    throw error;
  }
}

/**
 * Makes a folder and those above it.
 *
 * @throws {DatabaseProblem} when it cannot be made
 */
export function makeFolder(folder: string): void {
  try {
    makeMissing(folder);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new DatabaseProblem(
      `The folder ${folder} cannot be made (${why}); check the path in DATABASE_URL.`,
      {
        cause: error,
      },
    );
  }
}

/** One by one: where folders cannot be made at all, as in /proc, Node's own way of making several never ends. */
function makeMissing(folder: string): void {
  if (isFolder(folder)) return;
  makeMissing(dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    // Another process may have been faster.
    if (!isFolder(folder)) throw error;
  }
}

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
