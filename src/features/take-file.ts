/** What happens to each row of a file of values, wherever the file comes from? */
import { incomingPilot, pilotIndex } from '../core/incoming-pilots.ts';
import type { IncomingProblem } from '../core/incoming-problem.ts';
import { fileMemory } from '../core/incoming-repeat.ts';
import { incomingValue } from '../core/incoming-value.ts';
import { todayIn } from '../core/metric.ts';
import type { PilotFacts } from '../core/pilot-facts.ts';
import type { Database } from '../db/database.ts';
import type { WorkspaceRow } from '../db/queries/people.ts';
import { createTaker, type Origin, type TakenValue } from '../db/take-values.ts';
import { rowsOf } from '../metrics/index.ts';
import type { SourceRow } from '../metrics/source.ts';
import { incomingProblemText } from '../views/incoming-problem-text.ts';
import { sourceProblemText } from '../views/source-problem-text.ts';
import { watchWords } from './watch-words.ts';

const ROWS_PER_BATCH = 400;
/** A batch that is all or nothing is held in memory whole, and the logbook waits for it. */
export const MOST_ATOMIC = 100_000;

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
  refused(): number;
}

/** A file of values, and what is to be done with it. */
export interface FileToTake {
  readonly bytes: () => AsyncIterable<Uint8Array>;
  readonly origin: Origin;
  /** Write nothing. */
  readonly dryRun: boolean;
  /** Write nothing if one row is wrong. */
  readonly atomic: boolean;
  /** Only pilots this says yes to exist for whoever brings the file. */
  readonly maySee?: (facts: PilotFacts) => boolean;
}

/** More values than can be recorded all or nothing. */
export class TooManyForAtomic extends Error {
  override readonly name = 'TooManyForAtomic';
}

/**
 * Takes a file in: rows that are fine are recorded, the others named; with `atomic` it is all or nothing.
 *
 * @param pilots every pilot of the workspace
 * @throws {TooManyForAtomic}
 */
export async function takeFile(
  parts: {
    readonly db: Database;
    readonly workspace: WorkspaceRow;
    readonly pilots: readonly PilotFacts[];
    readonly now: () => number;
    readonly newId: () => string;
  },
  file: FileToTake,
  sink: FileSink,
): Promise<void> {
  const { db, workspace, now, newId } = parts;
  const today = todayIn(workspace.timezone, now());
  const visible = parts.pilots.filter((pilot) => file.maySee?.(pilot) !== false);
  const byId = new Map(visible.map((pilot) => [pilot.pilot.id, pilot]));
  const facts = (pilot: string) => byId.get(pilot);
  const taker = createTaker({ db, workspace: workspace.id, origin: file.origin, facts, now, newId });
  const words = watchWords({ db, workspace, now, newId, facts });
  const read = rowReader(pilotIndex(visible.map(incomingPilot)), today, file.origin.file, sink);
  const writes = !file.dryRun;
  const held: TakenValue[] = [];

  async function take(batch: readonly TakenValue[]): Promise<void> {
    const atOnce = writes && !file.atomic;
    if (atOnce) await words.before(batch);
    const sorted = atOnce ? await taker.take(batch) : await taker.sortOut(batch);
    for (const { line, problem } of sorted.refused) sink.refuse(refusedRow(line, problem, today));
    sink.repeat(sorted.repeated);
    sink.accept(sorted.fresh.length);
    if (!writes || !file.atomic) return;
    if (held.length + sorted.fresh.length > MOST_ATOMIC) throw new TooManyForAtomic();
    held.push(...sorted.fresh);
  }

  for await (const batch of batches(file, read)) await take(batch);
  if (writes && file.atomic && sink.refused() === 0 && held.length > 0) {
    await words.before(held);
    await taker.write(held);
  }
  if (writes) await words.after();
}

const refusedRow = (line: number, problem: IncomingProblem, today: string): RefusedRow => ({
  line,
  column: problem.field,
  code: problem.code,
  message: incomingProblemText(problem, today),
});

/** Reads rows one after the other: the value, or nothing when the row was refused or says what was said before. */
function rowReader(
  pilots: ReturnType<typeof pilotIndex>,
  today: string,
  fileName: string,
  sink: FileSink,
): (row: SourceRow) => TakenValue | null {
  const memory = fileMemory();
  return (row) => {
    const { line } = row;
    if ('problem' in row) {
      const message = sourceProblemText(row.problem) + (row.stops ? ' Nothing after it was read.' : '');
      sink.refuse({ line, column: null, code: row.problem.code, message });
      return null;
    }
    const result = incomingValue(row.given, pilots, today);
    if ('problem' in result) {
      sink.refuse(refusedRow(line, result.problem, today));
      return null;
    }
    const source = result.value.source ?? fileName;
    const meeting = memory.meet(line, result.value, source);
    if (meeting === 'new') return { line, value: result.value, source };
    if (meeting === 'repeated') sink.repeat(1);
    else sink.refuse(refusedRow(line, meeting, today));
    return null;
  };
}

/** The values of a file, a few hundred at a time. */
async function* batches(
  file: FileToTake,
  read: (row: SourceRow) => TakenValue | null,
): AsyncGenerator<readonly TakenValue[]> {
  let batch: TakenValue[] = [];
  for await (const rows of rowsOf(file.bytes())) {
    for (const row of rows) {
      const value = read(row);
      if (value === null) continue;
      batch.push(value);
      if (batch.length < ROWS_PER_BATCH) continue;
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}
