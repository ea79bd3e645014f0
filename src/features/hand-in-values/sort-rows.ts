/** Which rows of a request can be taken, which are set aside for people to settle, and which go back? */
import type { TakenValue } from '../../core/incoming-columns.ts';
import type { PilotIndex } from '../../core/incoming-pilots.ts';
import type { GivenValue, IncomingProblem } from '../../core/incoming-problem.ts';
import { fileMemory } from '../../core/incoming-repeat.ts';
import { incomingValue } from '../../core/incoming-value.ts';
import type { TokenRow } from '../../db/queries/tokens.ts';
import { HttpProblem } from '../../http/route.ts';
import { incomingProblemText } from '../../views/incoming-problem-text.ts';
import { sourceProblemText } from '../../views/source-problem-text.ts';
import type { Row } from './body.ts';

/** A row that was not taken, as the answer names it. */
export interface Untaken {
  readonly index: number;
  readonly code: string;
  readonly message: string;
}

/** A row that is set aside. */
export interface Aside extends Untaken {
  readonly given: GivenValue;
  readonly problem: IncomingProblem;
  /** The id of its pilot. */
  readonly pilot: string;
}

/** What is to be done with the rows of a request. */
export interface SortedRows {
  readonly values: TakenValue[];
  readonly aside: Aside[];
  readonly rejected: Untaken[];
  /** How many say again what an earlier row said. */
  duplicate: number;
}

/** A name a source uses for a metric. */
interface MetricName {
  readonly pilot: string;
  readonly source: string;
  readonly name: string;
  readonly metric: string;
}

/** Causes somebody who knows the pilot can settle; a row with another one has to be sent again, mended. */
const SETTLED_BY_PEOPLE: ReadonlySet<IncomingProblem['code']> = new Set<IncomingProblem['code']>([
  'unknown_metric',
  'unit_unknown',
  'unit_differs',
  'units_disagree',
  'off_grid',
  'before_start',
  'negative',
  'zero_cases',
  'more_than_all',
]);

/**
 * Sorts the rows of a request.
 *
 * @throws {HttpProblem} 403 when a row is about a pilot the token is not for
 */
export function sortRows(
  rows: readonly Row[],
  where: {
    readonly token: TokenRow;
    readonly index: PilotIndex;
    readonly names: readonly MetricName[];
    /** In the workspace's zone. */
    readonly today: string;
  },
): SortedRows {
  const { token, index, names, today } = where;
  const sorted: SortedRows = { values: [], aside: [], rejected: [], duplicate: 0 };
  const memory = fileMemory();
  const refuse = (at: number, problem: IncomingProblem) => sorted.rejected.push(untaken(at, problem, today));
  for (const [at, row] of rows.entries()) {
    if ('problem' in row) {
      sorted.rejected.push({ index: at, code: row.problem.code, message: sourceProblemText(row.problem) });
      continue;
    }
    const source = sourceOf(row.given, token);
    const pilot = index.pilot(textOf(row.given.pilot));
    if (pilot !== null) requireScope(token, pilot, at);
    const read = incomingValue(row.given, named(index, names, source), today);
    if ('value' in read) {
      const meeting = memory.meet(at, read.value, source);
      if (meeting === 'new') sorted.values.push({ line: at, value: read.value, source });
      else if (meeting === 'repeated') sorted.duplicate += 1;
      else refuse(at, meeting);
    } else if (pilot !== null && SETTLED_BY_PEOPLE.has(read.problem.code)) {
      sorted.aside.push({
        ...untaken(at, read.problem, today),
        given: row.given,
        problem: read.problem,
        pilot: pilot.id,
      });
    } else refuse(at, read.problem);
  }
  return sorted;
}

/** A row that is not taken for this reason. */
export const untaken = (index: number, problem: IncomingProblem, today: string): Untaken => ({
  index,
  code: problem.code,
  message: incomingProblemText(problem, today),
});

/** Where a row says it comes from; else what the token is called. */
export const sourceOf = (given: GivenValue, token: TokenRow): string => textOf(given.source) || token.name;

/** The text of a field, `''` where there is none. */
export const textOf = (given: string | readonly string[] | undefined): string =>
  typeof given === 'string' ? given.trim() : '';

function requireScope(
  token: TokenRow,
  pilot: { readonly id: string; readonly key: string },
  at: number,
): void {
  if (token.pilot === null || token.pilot === pilot.id) return;
  const sentence = `Row ${at} is about ${pilot.key}; this token is for another pilot. Nothing was taken.`;
  throw new HttpProblem(403, 'other_pilot', sentence);
}

/** The index, with the names somebody has matched for this source. */
function named(
  index: PilotIndex,
  names: readonly {
    readonly pilot: string;
    readonly source: string;
    readonly name: string;
    readonly metric: string;
  }[],
  source: string,
): PilotIndex {
  return {
    ...index,
    metric(pilot, word) {
      const match = names.find(
        (known) => known.pilot === pilot.id && known.source === source && known.name === word.toLowerCase(),
      );
      const metric = pilot.metrics.find(({ id }) => id === match?.metric);
      return metric === undefined ? index.metric(pilot, word) : { found: metric };
    },
  };
}
