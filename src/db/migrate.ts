/** How does a database get the shape this version of the code expects? */

import { type Database, DatabaseProblem } from './database.ts';
import { missing, readPlan } from './migrations.ts';

/**
 * Brings a database to the current schema, all or nothing. Replicas that start together take turns.
 *
 * @returns the names of the migrations applied; empty when there was nothing to do
 * @throws {DatabaseProblem} when the database is newer than the code, or rows would lose what they refer to
 */
export async function migrate(db: Database): Promise<{ applied: string[] }> {
  return { applied: [...(await db.upkeep.migrate(readPlan(db.engine)))] };
}

/**
 * Makes sure that a database has exactly the current schema, and changes nothing.
 *
 * @throws {DatabaseProblem} when it is older or newer than the code
 */
export async function requireMigrated(db: Database): Promise<void> {
  const lacking = missing(await db.upkeep.applied(), readPlan(db.engine));
  if (lacking.triggers) {
    throw new DatabaseProblem('The database is older than this version of Pilotage; run: pilotage migrate');
  }
}
