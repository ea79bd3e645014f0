/** Can the database be reached, has it the current schema, and is it whole? */
import { existsSync } from 'node:fs';
import { parseAddress } from '../../db/address.ts';
import { type Database, DatabaseProblem } from '../../db/database.ts';
import { requireMigrated } from '../../db/migrate.ts';
import { readPlan } from '../../db/migrations.ts';
import { openDatabase } from '../../db/open.ts';
import { errorCodes } from '../../db/storable.ts';
import type { Terminal } from '../command.ts';
import { type Finding, findingsOf } from './finding.ts';

const { fine, finding, failed } = findingsOf('database');

/**
 * Looks at the database, and hands it on open for what else is to be asked of it; null when it cannot be used. Whoever
 * calls closes it.
 */
export async function checkDatabase(
  terminal: Terminal,
  url: string,
): Promise<{ readonly findings: Finding[]; readonly db: Database | null }> {
  const address = parseAddress(url);
  // Opening would make the file, and with it the impression that something was there.
  if (address.engine === 'sqlite' && address.file !== ':memory:' && !existsSync(address.file)) {
    const missing = finding(
      `There is no database at ${address.file} yet.`,
      'Run: pilotage migrate. "pilotage start" makes it too.',
    );
    return { findings: [missing], db: null };
  }
  let db: Database | null = null;
  try {
    db = await openDatabase({ url, salt: terminal.salt, as: 'tool' });
    const broken = await lookInside(db);
    if (broken === null) return { findings: [fine(`${nameOf(db)} answers, with the current schema.`)], db };
    await db.close();
    return { findings: [broken], db: null };
  } catch (error) {
    await db?.close().catch(() => undefined);
    if (error instanceof DatabaseProblem) return { findings: [failed(error.message)], db: null };
    const codes = errorCodes(error);
    if (codes.length === 0) throw error;
    return {
      findings: [failed(`The database failed (${codes.join(', ')}).`, 'Check DATABASE_URL and its server.')],
      db: null,
    };
  }
}

async function lookInside(db: Database): Promise<Finding | null> {
  try {
    await requireMigrated(db);
  } catch (error) {
    if (error instanceof DatabaseProblem) return finding(error.message);
    throw error;
  }
  const problem = await db.upkeep.inspect(readPlan(db.engine));
  if (problem === null) return null;
  return finding(problem.sentence, 'Stop the app, keep a copy of the database, and restore the last backup.');
}

const nameOf = (db: Database): string => (db.engine === 'sqlite' ? 'The SQLite file' : 'PostgreSQL');
