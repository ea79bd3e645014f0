/** What happens to the values of a file, wherever the file comes from? */
import { countOfValues, joinedValues, type ValueColumns } from '../core/incoming-columns.ts';
import { incomingPilot } from '../core/incoming-pilots.ts';
import { todayIn } from '../core/metric.ts';
import type { Database } from '../db/database.ts';
import { workspaceById } from '../db/queries/people.ts';
import { allPilots } from '../db/queries/pilots.ts';
import { createTaker, type Origin } from '../db/take-values.ts';
import { type RefusedRow, readValues, refusedRow } from './read-values.ts';
import { watchWords } from './watch-words.ts';

/** A batch that is all or nothing is held in memory whole, and the logbook waits for it. */
export const MOST_ATOMIC = 100_000;
/** A file of up to so many bytes is taken in at once: about five hundred rows. */
const SMALL_FILE = 32_000;

/** Hears what becomes of the rows. */
export interface FileSink {
  accept(count: number): void;
  repeat(count: number): void;
  refuse(row: RefusedRow): void;
  /** All rows are dealt with and what was to be recorded is. Which words that changes is still looked at. */
  recorded?(): void;
}

/** What is to be done with a file. Plain data: it may be done by another thread. */
export interface FileTask {
  readonly workspace: string;
  readonly origin: Origin;
  /** Write nothing. */
  readonly dryRun: boolean;
  /** Write nothing if one row is wrong. */
  readonly atomic: boolean;
  /** Only these pilots, by id, exist for whoever brings the file; null is all of them. */
  readonly only: readonly string[] | null;
}

/** Takes a file in, here or elsewhere. */
export type TakeFile = (task: FileTask, bytes: AsyncIterable<Uint8Array>, sink: FileSink) => Promise<void>;

/** What taking a file in needs. */
export interface FileParts {
  readonly db: Database;
  readonly now: () => number;
  readonly newId: () => string;
}

/** More values than can be recorded all or nothing. */
export class TooManyForAtomic extends Error {
  override readonly name = 'TooManyForAtomic';
}

/** The work was ended before it was done. What is recorded stays, and nothing is recorded by half. */
export class Unfinished extends Error {
  override readonly name = 'Unfinished';
}

/**
 * Takes a file in: a small one here, a large one where long work is done, so that nobody waits for it.
 *
 * @param size in bytes
 * @throws {TooManyForAtomic} {Undecodable} {Unfinished}
 */
export async function takeFileInPlace(
  parts: FileParts & { readonly longWork: { readonly takeFile: TakeFile } | null },
  size: number,
  ...file: Parameters<TakeFile>
): Promise<void> {
  if (size > SMALL_FILE && parts.longWork !== null) await parts.longWork.takeFile(...file);
  else await takeFile(parts, ...file);
}

/**
 * Takes a file in: rows that are fine are recorded, the others named; with `atomic` it is all or nothing. What is
 * recorded is recorded in whole commits, so a file that was taken in by half is simply taken in again.
 *
 * @throws {TooManyForAtomic} {Undecodable}
 */
export async function takeFile(
  { db, now, newId }: FileParts,
  task: FileTask,
  bytes: AsyncIterable<Uint8Array>,
  sink: FileSink,
): Promise<void> {
  const { origin, dryRun, atomic } = task;
  const workspace = await workspaceById(db, task.workspace);
  if (workspace === null) throw new Error(`there is no workspace ${task.workspace}`);
  const today = todayIn(workspace.timezone, now());
  const only = task.only === null ? null : new Set(task.only);
  const pilots = (await allPilots(db, workspace.id)).filter(({ pilot }) => only?.has(pilot.id) !== false);
  const byId = new Map(pilots.map((facts) => [facts.pilot.id, facts]));
  const facts = (pilot: string) => byId.get(pilot);
  const taker = createTaker({ db, workspace: workspace.id, origin, facts, now, newId });
  const words = watchWords({ db, workspace, now, newId, facts });
  const held: ValueColumns[] = [];
  let heldCount = 0;
  let refused = 0;
  const refuse = (row: RefusedRow) => {
    refused += 1;
    sink.refuse(row);
  };

  async function take(values: ValueColumns): Promise<void> {
    const atOnce = !dryRun && !atomic;
    const sorted = atOnce ? await taker.take(values, words.before) : await taker.sortOut(values);
    for (const { line, problem } of sorted.refused) refuse(refusedRow(line, problem, today));
    const count = countOfValues(sorted.fresh);
    sink.repeat(sorted.repeated);
    sink.accept(count);
    if (dryRun || !atomic) return;
    heldCount += count;
    if (heldCount > MOST_ATOMIC) throw new TooManyForAtomic();
    held.push(sorted.fresh);
  }

  const { file, sha256 } = origin;
  const reading = readValues({ pilots: pilots.map(incomingPilot), today, file, sha256 }, bytes);
  for await (const portion of reading) {
    for (const row of portion.refused) refuse(row);
    sink.repeat(portion.repeated);
    if (portion.values !== null) await take(portion.values);
  }
  if (!dryRun && atomic && refused === 0 && heldCount > 0) {
    const all = joinedValues(held);
    await words.before(all);
    await taker.write(all);
  }
  sink.recorded?.();
  if (!dryRun) await words.after();
}
