/** What happens to each row of a file of values, wherever the file comes from? */
import { incomingPilot, pilotIndex } from '../core/incoming-pilots.ts';
import type { IncomingProblem } from '../core/incoming-problem.ts';
import { valueReader } from '../core/incoming-reader.ts';
import { fileMemory } from '../core/incoming-repeat.ts';
import { todayIn } from '../core/metric.ts';
import type { Database } from '../db/database.ts';
import { workspaceById } from '../db/queries/people.ts';
import { allPilots } from '../db/queries/pilots.ts';
import { createTaker, type Origin, type TakenValue } from '../db/take-values.ts';
import { rowsOf } from '../metrics/index.ts';
import type { SourceRow } from '../metrics/source.ts';
import { incomingProblemText } from '../views/incoming-problem-text.ts';
import { sourceProblemText } from '../views/source-problem-text.ts';
import { watchWords } from './watch-words.ts';

/**
 * In a file that is sorted by day every pilot comes again and again, and each time would leave an entry in its logbook. So
 * values are looked at until there are so many for each pilot, or so many in all.
 */
const ENOUGH_EACH = 100;
const ENOUGH = 50_000;
/** A commit keeps every other writer waiting, so it is short: some thousands of rows, or some dozens of pilots. */
const ROWS_PER_COMMIT = 5_000;
const PILOTS_PER_COMMIT = 50;
/** A batch that is all or nothing is held in memory whole, and the logbook waits for it. */
export const MOST_ATOMIC = 100_000;
/** A file of up to so many bytes is taken in at once: about five hundred rows. */
const SMALL_FILE = 32_000;

/** A row that was not taken. `column` is null when the row as a whole could not be read. */
export interface RefusedRow {
  readonly line: number;
  readonly column: string | null;
  readonly code: string;
  readonly message: string;
}

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
  const held: TakenValue[] = [];
  let refused = 0;
  const refuse = (row: RefusedRow) => {
    refused += 1;
    sink.refuse(row);
  };
  const read = rowReader(valueReader(pilotIndex(pilots.map(incomingPilot)), today), {
    today,
    origin,
    repeat: sink.repeat,
    refuse,
  });

  async function take(values: readonly TakenValue[]): Promise<void> {
    const atOnce = !dryRun && !atomic;
    const sorted = atOnce ? await taker.take(values, words.before) : await taker.sortOut(values);
    for (const { line, problem } of sorted.refused) refuse(refusedRow(line, problem, today));
    sink.repeat(sorted.repeated);
    sink.accept(sorted.fresh.length);
    if (dryRun || !atomic) return;
    if (held.length + sorted.fresh.length > MOST_ATOMIC) throw new TooManyForAtomic();
    for (const value of sorted.fresh) held.push(value);
  }

  let waiting = newWaiting();
  for await (const rows of rowsOf(bytes)) {
    for (const row of rows) {
      const value = read(row);
      if (value !== null) wait(waiting, value);
    }
    if (!isEnough(waiting)) continue;
    for (const values of commitsOf(waiting.values)) await take(values);
    waiting = newWaiting();
  }
  for (const values of commitsOf(waiting.values)) await take(values);
  if (!dryRun && atomic && refused === 0 && held.length > 0) {
    await words.before(held);
    await taker.write(held);
  }
  sink.recorded?.();
  if (!dryRun) await words.after();
}

/** Values that are not written yet, and whose they are. */
interface Waiting {
  readonly values: TakenValue[];
  readonly pilots: Set<string>;
  /** Values and everything in them: one value may be thousands of single ones. */
  size: number;
}

const newWaiting = (): Waiting => ({ values: [], pilots: new Set(), size: 0 });

function wait(waiting: Waiting, taken: TakenValue): void {
  waiting.values.push(taken);
  waiting.pilots.add(taken.value.pilot.id);
  waiting.size += 1 + (taken.value.raw?.length ?? 0);
}

const isEnough = ({ values, pilots, size }: Waiting): boolean =>
  size >= ENOUGH || values.length >= Math.max(ROWS_PER_COMMIT, ENOUGH_EACH * pilots.size);

/** Values pilot by pilot, in portions that are written one at a time. */
export function commitsOf(values: readonly TakenValue[]): TakenValue[][] {
  const commits: TakenValue[][] = [];
  let commit: TakenValue[] = [];
  let pilots = 0;
  const end = () => {
    if (commit.length > 0) commits.push(commit);
    commit = [];
    pilots = 0;
  };
  for (const own of Map.groupBy(values, ({ value }) => value.pilot.id).values()) {
    const isFull = commit.length + own.length > ROWS_PER_COMMIT || pilots === PILOTS_PER_COMMIT;
    if (isFull) end();
    pilots += 1;
    for (const value of own) {
      commit.push(value);
      if (commit.length === ROWS_PER_COMMIT) end();
    }
  }
  end();
  return commits;
}

const refusedRow = (line: number, problem: IncomingProblem, today: string): RefusedRow => ({
  line,
  column: problem.field,
  code: problem.code,
  message: incomingProblemText(problem, today),
});

/** Reads rows one after the other: the value, or nothing when the row was refused or says what was said before. */
function rowReader(
  read: ReturnType<typeof valueReader>,
  { today, origin, repeat, refuse }: Pick<FileSink, 'repeat' | 'refuse'> & { today: string; origin: Origin },
): (row: SourceRow) => TakenValue | null {
  // Who writes a file cannot choose the hash it has, so no file can be made that is slow to remember.
  const memory = fileMemory(Number.parseInt(origin.sha256.slice(0, 8), 16) || 0);
  return (row) => {
    const { line } = row;
    if ('problem' in row) {
      const message = sourceProblemText(row.problem) + (row.stops ? ' Nothing after it was read.' : '');
      refuse({ line, column: null, code: row.problem.code, message });
      return null;
    }
    const result = read(row.given);
    if ('problem' in result) {
      refuse(refusedRow(line, result.problem, today));
      return null;
    }
    const source = result.value.source ?? origin.file;
    const meeting = memory.meet(line, result.value, source);
    if (meeting === 'new') return { line, value: result.value, source };
    if (meeting === 'repeated') repeat(1);
    else refuse(refusedRow(line, meeting, today));
    return null;
  };
}
