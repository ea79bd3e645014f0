/** How does a backup become the database again, and what was found in it? */
import { closeSync, copyFileSync, mkdtempSync, openSync, readSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type BetterSqlite3 from 'better-sqlite3';
import { parseAddress } from './address.ts';
import { type CopyFacts, factsIn } from './backup.ts';
import type { Applied, Database, Problem } from './database.ts';
import { fillPostgres, notEmpty, type Watch } from './fill.ts';
import { migrate } from './migrate.ts';
import { readPlan } from './migrations.ts';
import { claimFile } from './one-app.ts';
import { makeFolder, openDatabase } from './open.ts';
import { openSnapshot } from './snapshot.ts';
import { inArray, sql } from './sql.ts';
import { appliedOnSqlite } from './sqlite-upkeep.ts';
import { verify } from './verify.ts';
import {
  CopyProblem,
  fileProblem,
  isTaken,
  leftBeside,
  makePrivate,
  partOf,
  putInPlace,
  removeFile,
} from './whole-file.ts';

const require = createRequire(import.meta.url);
const Connection: typeof BetterSqlite3 = require('better-sqlite3');

/** What is restored, where to, and how. */
export interface RestoreOrder {
  readonly file: string;
  /** The address of a database that is not there yet, or is empty. */
  readonly url: string;
  /** Restore what is broken, too. */
  readonly anyway: boolean;
  /** What was waiting to be sent is not sent. */
  readonly dropMessages: boolean;
  readonly now: number;
  readonly watch: Watch;
}

/** What a backup was found to be. */
export interface Restored {
  readonly facts: CopyFacts;
  /** The newest migration the database has now. */
  readonly schema: string;
  /** The first thing that is not as it was written; it was restored because that was asked for. */
  readonly problem: Problem | null;
}

/**
 * Checks a backup, brings it to the current schema, and makes it the database. The file itself is not touched, and until
 * everything is there nothing is: an end in the middle leaves no database, or an empty one.
 *
 * @throws {CopyProblem} and {DatabaseProblem}, each in one sentence with the remedy
 */
export async function restore(order: RestoreOrder): Promise<Restored> {
  const { file } = order;
  requireBackup(file);
  const address = parseAddress(order.url);
  if (address.engine === 'postgres') return intoPostgres(order, address.url);
  return intoSqlite(order, address.file);
}

async function intoSqlite(order: RestoreOrder, target: string): Promise<Restored> {
  if (target === ':memory:')
    throw new CopyProblem(
      'wrong_use',
      'A database in memory ends with this command; name a file in DATABASE_URL.',
    );
  makeFolder(dirname(target));
  requireFree(target);
  // Until the end nobody starts an app on it.
  const release = claimFile(target);
  const part = partOf(target);
  try {
    const restored = await prepare(order, part);
    requireFree(target);
    putInPlace(part, target);
    return restored;
  } catch (error) {
    throw fileProblem(error, target) ?? error;
  } finally {
    removeFile(part);
    release();
  }
}

async function intoPostgres(order: RestoreOrder, url: string): Promise<Restored> {
  // Before the long work: does it answer, and can it be brought to the current schema?
  const db = await openDatabase({ url, salt: unused });
  try {
    const used =
      (await db.upkeep.applied()).length > 0
        ? await db.upkeep.rows(sql`select 1 from workspaces limit 1`)
        : [];
    if (used.length > 0) throw notEmpty('workspaces');
    await migrate(db);
  } finally {
    await db.close();
  }
  const folder = mkdtempSync(join(tmpdir(), 'pilotage-restore-'));
  const part = join(folder, 'copy.db');
  try {
    const restored = await prepare(order, part);
    await pourInto(url, part, order.watch);
    return restored;
  } catch (error) {
    throw fileProblem(error, part) ?? error;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function pourInto(url: string, part: string, watch: Watch): Promise<void> {
  const { connectPostgres } = await import('./snapshot-postgres.ts');
  const client = await connectPostgres(url);
  try {
    const from = await openSnapshot(`file:${part}`);
    try {
      await fillPostgres(client, from, watch);
    } finally {
      await from.close();
    }
  } finally {
    await client.end();
  }
}

/** Copies the backup, and makes of the copy a database of this version that was looked through. */
async function prepare({ file, anyway, dropMessages, now }: RestoreOrder, part: string): Promise<Restored> {
  makePrivate(part);
  copyFileSync(file, part);
  const facts = inspect(file, part);
  const db = await openDatabase({ url: `file:${part}`, salt: unused });
  try {
    await migrate(db);
    const problem = await verify(db);
    if (problem !== null && !anyway)
      throw new CopyProblem(
        'no',
        `${problem.sentence} Nothing was restored; use another backup, or add --anyway to take this one as it is.`,
      );
    if (dropMessages) await dropWaiting(db, now);
    return { facts, schema: newestOf(await db.upkeep.applied()), problem };
  } catch (error) {
    throw fileProblem(error, file) ?? error;
  } finally {
    await db.close();
  }
}

/** What the copy holds; refuses what is no backup and what only a newer version understands. */
function inspect(file: string, part: string): CopyFacts {
  let client: BetterSqlite3.Database | undefined;
  try {
    client = new Connection(part);
    client.pragma('trusted_schema = OFF');
    const applied = appliedOnSqlite(client);
    if (applied.length === 0) throw notABackup(file);
    const plan = readPlan('sqlite');
    const known = new Set([...plan.migrations, plan.triggers].map(({ name }) => name));
    const newer = applied.find(({ name }) => !known.has(name));
    if (newer !== undefined)
      throw new CopyProblem(
        'no',
        `${file} was made by a newer version of Pilotage (it has ${newer.name}); install that version, and restore with it.`,
      );
    return factsIn(client);
  } catch (error) {
    throw fileProblem(error, file) ?? error;
  } finally {
    client?.close();
  }
}

async function dropWaiting(db: Database, now: number): Promise<void> {
  const { outbox } = db.tables;
  await db.q
    .update(outbox)
    .set({ state: 'dropped', error: 'restored', leaseUntil: null, finishedAt: now })
    .where(inArray(outbox.state, ['ready', 'sending']));
}

const newestOf = (applied: Applied): string =>
  applied.findLast(({ name }) => /^\d{4}_/.test(name))?.name ?? '';

const notABackup = (file: string): CopyProblem =>
  new CopyProblem('no', `${file} is not a backup of Pilotage; name a file that pilotage backup has written.`);

/** Says what is wrong with a file before anything is made or copied. */
function requireBackup(file: string): void {
  let facts: ReturnType<typeof statSync>;
  try {
    facts = statSync(file);
  } catch (error) {
    const gone = error instanceof Error && 'code' in error && /^(?:ENOENT|ENOTDIR)$/.test(String(error.code));
    if (gone)
      throw new CopyProblem('wrong_use', `There is no file ${file}; check the path.`, { cause: error });
    throw fileProblem(error, file) ?? error;
  }
  if (facts?.isDirectory()) throw new CopyProblem('wrong_use', `${file} is a folder; name the file in it.`);
  if (facts?.isFile() !== true || !isSqlite(file)) throw notABackup(file);
  // What was written last stands beside a database that is in use, or was when its process died.
  if (leftBeside(file).length > 0)
    throw new CopyProblem(
      'no',
      `${file} is a database in use, not a backup (${leftBeside(file)[0]} stands beside it); make a backup of it with pilotage backup.`,
    );
}

function isSqlite(file: string): boolean {
  const start = Buffer.alloc(16);
  let handle: number | undefined;
  try {
    handle = openSync(file, 'r');
    readSync(handle, start, 0, 16, 0);
  } catch (error) {
    throw fileProblem(error, file) ?? error;
  } finally {
    if (handle !== undefined) closeSync(handle);
  }
  return start.toString('latin1') === 'SQLite format 3\0';
}

/** Says what is in the way of a new database. */
function requireFree(target: string): void {
  if (isTaken(target))
    throw new CopyProblem(
      'wrong_use',
      `There is a database at ${target} already, and it is not written over; move it away, or name another file in DATABASE_URL.`,
    );
  const [left] = leftBeside(target);
  if (left !== undefined)
    throw new CopyProblem('wrong_use', `${left} is left of a database that is gone; move it away first.`);
}

/** Nothing is written to the logbook here. */
const unused = (): string => '';
