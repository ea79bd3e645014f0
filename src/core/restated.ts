/** Which numbers that count were corrected after they were first known, and is the word another one because of that? */
import type { Day } from './day.ts';
import { judge, type PilotCalendar, type ValueFacts } from './judge.ts';
import type { CriterionStanding } from './standing.ts';

/** One period whose number was changed. */
export interface Restatement {
  /** The day after the period's last day. */
  readonly end: Day;
  /** The newest change, epoch ms. */
  readonly at: number;
  /** It was taken back, and no other came. */
  readonly isWithdrawn: boolean;
}

/** What corrections have done to one criterion. */
export interface Restated {
  /** Oldest period first, at least one. */
  readonly periods: readonly Restatement[];
  /** With the numbers as they first came the verdict would be another one. */
  readonly changesVerdict: boolean;
}

/**
 * What was corrected of the numbers behind a verdict at `now` (epoch ms); null where nothing was, or nothing that counts or
 * once did. `values` are those of the criterion's metric, in any order.
 *
 * @example
 * restatedOf({ criterion: {}, metric: {}, evaluation: { restated: [] } }, [], { start: '2026-01-05', zone: 'UTC' }, 0) // null
 */
export function restatedOf(
  { criterion, metric, evaluation }: CriterionStanding,
  values: readonly ValueFacts[],
  calendar: PilotCalendar,
  now: number,
): Restated | null {
  if ('error' in evaluation || evaluation.restated.length === 0) return null;
  const aside = new Set(evaluation.set_aside.map(({ id }) => id));
  const known = values
    .filter(({ id, recordedAt }) => recordedAt <= now && !aside.has(id))
    .toSorted((one, other) => one.recordedAt - other.recordedAt || (one.id < other.id ? -1 : 1));
  const rowsOf = Map.groupBy(known, ({ periodEnd }) => periodEnd);
  const changed = new Set(evaluation.restated);
  const atFirst = known.filter(
    (row) => !changed.has(row.periodEnd) || rowsOf.get(row.periodEnd)?.[0] === row,
  );
  const before = judge(criterion, metric, calendar, atFirst, now);
  if ('error' in before) return null;
  const counted = new Set([...evaluation.provenance.observations, ...before.provenance.observations]);
  const periods = evaluation.restated.flatMap((end): Restatement[] => {
    const rows = rowsOf.get(end) ?? [];
    const newest = rows.findLast((row, index) => index > 0 && says(row) !== says(rows[index - 1]));
    return newest === undefined || !rows.some(({ id }) => counted.has(id))
      ? []
      : [{ end, at: newest.recordedAt, isWithdrawn: rows.at(-1)?.withdrawn === true }];
  });
  return periods.length === 0 ? null : { periods, changesVerdict: before.verdict !== evaluation.verdict };
}

/** What a row says, whoever said it and when. */
const says = (row: ValueFacts | undefined): string =>
  JSON.stringify([row?.withdrawn, row?.value, row?.num, row?.den, row?.raw]);

/**
 * The instant (epoch ms) of the newest correction.
 *
 * @example
 * restatedAt({ periods: [{ end: '2026-01-12', at: 9, isWithdrawn: false }, { end: '2026-01-19', at: 5, isWithdrawn: false }], changesVerdict: false }) // 9
 */
export const restatedAt = ({ periods }: Restated): number => Math.max(...periods.map(({ at }) => at));
