/** Is another app process using this SQLite file already? */

import { existsSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import type BetterSqlite3 from 'better-sqlite3';
import { DatabaseProblem } from './database.ts';
import { errorCodes } from './storable.ts';

const require = createRequire(import.meta.url);
const Connection: typeof BetterSqlite3 = require('better-sqlite3');

/**
 * Claims a database file for one app process, for as long as it lives.
 *
 * The claim is an exclusive SQLite lock on an empty file beside it. The system drops the lock when the process ends,
 * however it ends, so nothing stale is left behind. Tools do not claim, and may work beside the app.
 *
 * @returns what gives the claim back
 * @throws {DatabaseProblem} when another app has it
 */
export function claimFile(file: string): () => void {
  // Locks belong to files, not to names, but a link to the database would get a lock of its own.
  const path = `${existsSync(file) ? realpathSync(file) : file}.lock`;
  let claim: BetterSqlite3.Database | undefined;
  try {
    claim = new Connection(path, { timeout: 0 });
    claim.exec('begin exclusive');
  } catch (error) {
    claim?.close();
    if (!errorCodes(error).includes('SQLITE_BUSY')) {
      throw new DatabaseProblem(`The file ${path} cannot be made; check the path in DATABASE_URL.`, {
        cause: error,
      });
    }
    throw new DatabaseProblem(
      `Another Pilotage is running on ${file}; stop it first, or use PostgreSQL for several at once.`,
      { cause: error },
    );
  }
  const held = claim;
  return () => held.close();
}
