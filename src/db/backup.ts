/** How is a copy made of a database that is in use, and what does such a copy hold? */
import { createRequire } from 'node:module';
import type BetterSqlite3 from 'better-sqlite3';
import { parseAddress } from './address.ts';
import { fillSqlite, type Watch } from './fill.ts';
import { openSnapshot } from './snapshot.ts';
import { openFile } from './snapshot-sqlite.ts';
import { appliedOnSqlite } from './sqlite-upkeep.ts';
import {
  CopyProblem,
  fileProblem,
  isTaken,
  makePrivate,
  partOf,
  putInPlace,
  removeFile,
  taken,
} from './whole-file.ts';

const require = createRequire(import.meta.url);
const Connection: typeof BetterSqlite3 = require('better-sqlite3');

/** What a copy holds, in figures. */
export interface CopyFacts {
  /** The newest migration it has seen. */
  readonly schema: string;
  readonly workspaces: number;
  readonly pilots: number;
  /** Entries of all logbooks. */
  readonly entries: number;
  /** When the newest of them was written, in epoch milliseconds; null without entries. */
  readonly newestAt: number | null;
  /** Messages that were still to be sent. */
  readonly waiting: number;
  /** Bytes. */
  readonly size: number;
}

/**
 * Writes a copy of the database as it is now, while others go on using it. Whatever the engine, the copy is one SQLite
 * file; it appears under its name when it is complete and was checked, and never in place of another file.
 *
 * @throws {CopyProblem} and {DatabaseProblem}, each in one sentence with the remedy
 */
export async function writeBackup(url: string, file: string, watch: Watch): Promise<CopyFacts> {
  if (isTaken(file)) throw taken(file);
  const part = partOf(file);
  try {
    makePrivate(part);
    const address = parseAddress(url);
    if (address.engine === 'sqlite') copySqlite(address.file, part);
    else await copyPostgres(address.url, part, watch);
    const facts = lookInto(part);
    putInPlace(part, file);
    return facts;
  } catch (error) {
    throw fileProblem(error, file) ?? error;
  } finally {
    removeFile(part);
  }
}

function copySqlite(from: string, part: string): void {
  const client = openFile(from);
  try {
    if (appliedOnSqlite(client).length === 0)
      throw new CopyProblem('wrong_use', `${from} holds nothing of Pilotage; check DATABASE_URL.`);
    client.prepare('vacuum into ?').run(part);
  } finally {
    client.close();
  }
}

async function copyPostgres(url: string, part: string, watch: Watch): Promise<void> {
  const snapshot = await openSnapshot(url);
  try {
    await fillSqlite(part, snapshot, watch);
  } finally {
    await snapshot.close();
  }
}

/** Checks a copy and counts what is in it. */
function lookInto(part: string): CopyFacts {
  const client = new Connection(part, { readonly: true });
  try {
    if (client.pragma('integrity_check(1)', { simple: true }) !== 'ok')
      throw new CopyProblem('no', 'The database is damaged, so no copy was kept; run: pilotage verify');
    return factsIn(client);
  } finally {
    client.close();
  }
}

/** What a database of any version holds. */
export function factsIn(client: BetterSqlite3.Database): CopyFacts {
  const number = (text: string) => client.prepare(text).pluck().get() as number | null;
  return {
    schema: appliedOnSqlite(client).findLast(({ name }) => /^\d{4}_/.test(name))?.name ?? '',
    workspaces: number('select count(*) from workspaces') ?? 0,
    pilots: number('select count(*) from pilots where deleted_at is null') ?? 0,
    entries: number('select count(*) from logbook') ?? 0,
    newestAt: number('select max(at) from logbook'),
    waiting: number("select count(*) from outbox where state in ('ready', 'sending')") ?? 0,
    size: number('select page_count * page_size from pragma_page_count(), pragma_page_size()') ?? 0,
  };
}
