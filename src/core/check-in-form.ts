/** Which numbers does a check-in ask for, and what is known about each already? */
import { addDays, type Day, type Period } from './day.ts';
import type { Role } from './evaluate/criterion.ts';
import { currentValues } from './judge.ts';
import { lastEnded } from './metric.ts';
import {
  type Criterion,
  criteriaOfVersion,
  type Metric,
  type PilotFacts,
  type RecordedValue,
  versionInForce,
} from './pilot-facts.ts';

/** One metric of the criteria in force with its newest ended period. */
export interface NumberState {
  readonly metric: Metric;
  /** The criterion that weighs most among those on this metric. */
  readonly criterion: Criterion;
  readonly period: Period;
  /** The value of that period, or null while it is missing. */
  readonly value: RecordedValue | null;
  /** The value before it. */
  readonly last: RecordedValue | null;
  /** Every number that counts was due: nothing is asked any more, and the last day that counts is this one. */
  readonly countedUntil: Day | null;
}

/** What one person's check-in shows and asks. */
export interface CheckInForm {
  /** Numbers to type, one field each. */
  readonly fields: readonly NumberState[];
  /** What else could be typed. */
  readonly more: readonly NumberState[];
  /** Numbers that are there, whoever or whatever brought them; those that are fed but late are not asked for. */
  readonly arrived: readonly NumberState[];
  /** Numbers that are not asked for any more, since what is measured now counts for nothing. */
  readonly over: readonly NumberState[];
  /** There is nothing to type: the message itself can take the answer. */
  readonly isOnlyView: boolean;
}

const WEIGHT: readonly Role[] = ['required', 'guardrail', 'informative'];
const FIELDS = 3;

/**
 * Each metric of the criteria in force whose first period has ended by `today`, in the order of the criteria, required ones
 * first. Only periods that end by a deadline count, and data may come until its closing days are over: after that the next
 * criterion on the metric that still runs says which period is asked for, and without one the metric is over.
 *
 * @example
 * numberStates({ signed: null, charter: { n: 1, fields: { start: null } }, versions: [], metrics: [], criteria: [] }, [], '2026-01-20') // []
 */
export function numberStates(facts: PilotFacts, values: readonly RecordedValue[], today: Day): NumberState[] {
  const version = versionInForce(facts);
  const { start } = version.fields;
  if (start === null) return [];
  const criteria = criteriaOfVersion(facts, version.n).toSorted(
    (a, b) => WEIGHT.indexOf(a.role) - WEIGHT.indexOf(b.role) || a.position - b.position,
  );
  return [...Map.groupBy(criteria, ({ metric }) => metric)].flatMap(([id, all]) => {
    const metric = facts.metrics.find((one) => one.id === id);
    const running = all.find((one) => !isOver(one, today));
    const criterion = running ?? all[0];
    if (metric === undefined || criterion === undefined) return [];
    const end = addDays(criterion.deadline, 1);
    const period = lastEnded(start, metric.cadence, end < today ? end : today);
    if (period === null) return [];
    const current = currentValues(values.filter((row) => row.metric === metric.id));
    return [
      {
        metric,
        criterion,
        period,
        value: current.find(({ periodEnd }) => periodEnd === period.end) ?? null,
        last: current.findLast(({ periodEnd }) => periodEnd < period.end) ?? null,
        countedUntil: running === undefined ? criterion.deadline : null,
      },
    ];
  });
}

const isOver = ({ deadline, closingDays }: Criterion, today: Day): boolean =>
  today > addDays(deadline, closingDays);

/**
 * What a check-in asks of one person: the missing numbers of required criteria they report, three at most, the rest under
 * more. `fed` are the ids of metrics that a connected source brings; they are never asked for, nor are percentiles of
 * single values.
 *
 * @param isTheirs whether a metric is reported by this person
 * @example
 * checkInForm([], new Set(), () => true) // { fields: [], more: [], arrived: [], over: [], isOnlyView: true }
 */
export function checkInForm(
  numbers: readonly NumberState[],
  fed: ReadonlySet<string>,
  isTheirs: (metric: Metric) => boolean,
): CheckInForm {
  const missing = numbers.filter(
    ({ metric, criterion, value, countedUntil }) =>
      value === null &&
      countedUntil === null &&
      // Nobody types the single values a percentile is worked out from.
      criterion.agg !== 'percentile' &&
      !fed.has(metric.id) &&
      isTheirs(metric),
  );
  const fields = missing.filter(({ criterion }) => criterion.role === 'required').slice(0, FIELDS);
  return {
    fields,
    more: missing.filter((number) => !fields.includes(number)),
    arrived: numbers.filter(({ value, countedUntil }) => value !== null && countedUntil === null),
    over: numbers.filter(({ countedUntil }) => countedUntil !== null),
    isOnlyView: missing.length === 0,
  };
}
