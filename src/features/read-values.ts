/** Which values does a file hold, and what is wrong with the rest? */
import {
  addValue,
  countOfValues,
  type GrowingColumns,
  noValues,
  type TakenValue,
  type ValueColumns,
} from '../core/incoming-columns.ts';
import { type IncomingPilot, pilotIndex } from '../core/incoming-pilots.ts';
import type { IncomingProblem } from '../core/incoming-problem.ts';
import { valueReader } from '../core/incoming-reader.ts';
import { fileMemory } from '../core/incoming-repeat.ts';
import { rowsOf } from '../metrics/index.ts';
import type { SourceRow } from '../metrics/source.ts';
import { incomingProblemText } from '../views/incoming-problem-text.ts';
import { sourceProblemText } from '../views/source-problem-text.ts';
import { commitsOf, ROWS_PER_COMMIT } from './value-commits.ts';

/**
 * In a file that is sorted by day every pilot comes again and again, and each time would leave an entry in its logbook. So
 * values are looked at until there are so many for each pilot, or so many in all.
 */
const ENOUGH_EACH = 100;
const ENOUGH = 50_000;

/** A row that was not taken. `column` is null when the row as a whole could not be read. */
export interface RefusedRow {
  readonly line: number;
  readonly column: string | null;
  readonly code: string;
  readonly message: string;
}

/** What reading a file needs to know. */
export interface ReadTask {
  /** Only these exist for whoever brings the file. */
  readonly pilots: readonly IncomingPilot[];
  /** In the workspace's zone. */
  readonly today: string;
  /** What the file is called, without its folder. */
  readonly file: string;
  /** SHA-256 of its bytes, in hexadecimal. */
  readonly sha256: string;
}

/** What has been read: values that go into one commit, or none, and what became of other rows meanwhile. */
export interface ReadPortion {
  readonly values: ValueColumns | null;
  readonly refused: readonly RefusedRow[];
  /** How many rows say again what an earlier row said. */
  readonly repeated: number;
}

/**
 * Reads a file, portion by portion.
 *
 * @throws {Undecodable}
 */
export async function* readValues(
  task: ReadTask,
  bytes: AsyncIterable<Uint8Array>,
): AsyncGenerator<ReadPortion> {
  let refused: RefusedRow[] = [];
  let repeated = 0;
  const read = rowReader(task, {
    repeat: () => {
      repeated += 1;
    },
    refuse: (row) => refused.push(row),
  });
  /** The portion with these values, and with what became of other rows since the one before. */
  const portion = (values: ValueColumns | null): ReadPortion => {
    const said = { values, refused, repeated };
    refused = [];
    repeated = 0;
    return said;
  };

  let waiting = newWaiting();
  for await (const rows of rowsOf(bytes)) {
    for (const row of rows) {
      const value = read(row);
      if (value !== null) wait(waiting, value);
    }
    if (isEnough(waiting)) {
      for (const values of commitsOf(waiting.values)) yield portion(values);
      waiting = newWaiting();
    } else if (refused.length > 0) yield portion(null);
  }
  for (const values of commitsOf(waiting.values)) yield portion(values);
  if (refused.length > 0 || repeated > 0) yield portion(null);
}

/** Values that are not written yet, and whose they are. */
interface Waiting {
  readonly values: GrowingColumns;
  readonly pilots: Set<string>;
  /** Values and everything in them: one value may be thousands of single ones. */
  size: number;
}

const newWaiting = (): Waiting => ({ values: noValues(), pilots: new Set(), size: 0 });

function wait(waiting: Waiting, taken: TakenValue): void {
  addValue(waiting.values, taken);
  waiting.pilots.add(taken.value.pilot.id);
  waiting.size += 1 + (taken.value.raw?.length ?? 0);
}

const isEnough = ({ values, pilots, size }: Waiting): boolean =>
  size >= ENOUGH || countOfValues(values) >= Math.max(ROWS_PER_COMMIT, ENOUGH_EACH * pilots.size);

/** A row with what is wrong with it, in a sentence. */
export const refusedRow = (line: number, problem: IncomingProblem, today: string): RefusedRow => ({
  line,
  column: problem.field,
  code: problem.code,
  message: incomingProblemText(problem, today),
});

/** Reads rows one after the other: the value, or nothing when the row was refused or says what was said before. */
function rowReader(
  { pilots, today, file, sha256 }: ReadTask,
  { repeat, refuse }: { readonly repeat: () => void; readonly refuse: (row: RefusedRow) => void },
): (row: SourceRow) => TakenValue | null {
  const read = valueReader(pilotIndex(pilots), today);
  // Who writes a file cannot choose the hash it has, so no file can be made that is slow to remember.
  const memory = fileMemory(Number.parseInt(sha256.slice(0, 8), 16) || 0);
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
    const source = result.value.source ?? file;
    const meeting = memory.meet(line, result.value, source);
    if (meeting === 'new') return { line, value: result.value, source };
    if (meeting === 'repeated') repeat();
    else refuse(refusedRow(line, meeting, today));
    return null;
  };
}
