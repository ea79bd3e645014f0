/** What do a pilot's recorded values say about one criterion of its charter? */
import type { Rates } from './agreed-rates.ts';
import type { Day } from './day.ts';
import {
  type Aggregation,
  type Criterion,
  calendarFrom,
  criterionFrom,
  type Evaluation,
  type Kind,
  type Observation,
  type Refused,
  type Role,
} from './evaluate/criterion.ts';
import { evaluate } from './evaluate/index.ts';
import { ownOf } from './evaluate/own.ts';
import { conversion } from './evaluate/units.ts';
import { type CadenceName, cadenceOf } from './metric.ts';
import type { PausedDays } from './pause.ts';

/** A criterion as it is kept. Days are local to the workspace's zone; numbers are decimal text. */
export interface CriterionFacts {
  readonly id: string;
  readonly version: number;
  readonly kind: Kind;
  readonly role: Role;
  readonly baseline: string | null;
  readonly target: string | null;
  readonly targetHigh: string | null;
  readonly deadline: Day;
  readonly firstEffect: Day | null;
  readonly agg: string;
  readonly aggWindow: number;
  readonly percentile: string | null;
  readonly sustain: number;
  readonly minN: number;
  readonly minPeriods: number;
  readonly minTrust: number;
  readonly margin: string;
  readonly budget: number | null;
  readonly closingDays: number;
  readonly mode: 'deadline' | 'first_reach';
  readonly tolerance: string;
  /** At which rates values in other units count; null where none is agreed. */
  readonly rates: Rates | null;
}

/** A metric as it is kept. */
export interface MetricFacts {
  readonly unit: string;
  readonly cadence: CadenceName;
}

/** A recorded value as it is kept. */
export interface ValueFacts {
  readonly id: string;
  readonly periodEnd: Day;
  readonly value: string | null;
  readonly num: string | null;
  readonly den: string | null;
  readonly raw: unknown;
  readonly n: number | null;
  readonly unit: string;
  readonly trust: number;
  readonly recordedAt: number;
  readonly withdrawn: boolean;
}

/** The stretch of time a pilot's criteria are judged in. */
export interface PilotCalendar {
  readonly start: Day;
  readonly zone: string;
  /** Days on which the pilot rested: they take no time from it. */
  readonly pauses?: readonly PausedDays[];
}

/**
 * The criterion as the engine takes it.
 *
 * @example
 * engineCriterion({ kind: 'between', target: '4', targetHigh: '5', aggWindow: 4 }, { unit: 'percent' }).target // ['4', '5']
 */
export function engineCriterion(facts: CriterionFacts, metric: MetricFacts): Criterion {
  return criterionFrom({
    id: facts.id,
    version: facts.version,
    kind: facts.kind,
    role: facts.role,
    baseline: facts.baseline,
    target:
      facts.kind === 'between' && facts.target !== null && facts.targetHigh !== null
        ? [facts.target, facts.targetHigh]
        : facts.target,
    unit: metric.unit,
    agg: facts.agg as Aggregation,
    window: facts.aggWindow,
    percentile: facts.percentile,
    sustain: facts.sustain,
    min_n: facts.minN,
    min_periods: facts.minPeriods,
    min_trust: facts.minTrust,
    margin: facts.margin,
    budget: facts.budget,
    tolerance: facts.tolerance,
    evaluate: facts.mode,
    rates: facts.rates ?? {},
  });
}

/**
 * Judges one criterion on the values of its metric, as known at `now` (epoch ms). The values may stand in any order and
 * include corrections and withdrawals.
 *
 * @example
 * judge(
 *   { kind: 'at_most', role: 'required', baseline: '18.40', target: '12.50', deadline: '2026-03-29', firstEffect: null, agg: 'latest', aggWindow: 1, sustain: 1, minN: 0, minPeriods: 1, minTrust: 0, margin: '0', budget: null, closingDays: 5, mode: 'deadline', tolerance: '0.1' },
 *   { unit: 'EUR/case', cadence: 'week' },
 *   { start: '2026-01-05', zone: 'Europe/Berlin' },
 *   [{ id: 'a', periodEnd: '2026-01-12', value: '12.50', unit: 'EUR/case', trust: 1, recordedAt: 0, withdrawn: false }],
 *   Date.UTC(2026, 0, 13),
 * ).verdict // 'met'
 */
export function judge(
  facts: CriterionFacts,
  metric: MetricFacts,
  calendar: PilotCalendar,
  values: readonly ValueFacts[],
  now: number,
): Evaluation | Refused {
  return evaluate({
    criterion: engineCriterion(facts, metric),
    calendar: calendarFrom({
      start: calendar.start,
      deadline: facts.deadline,
      tz: calendar.zone,
      cadence: cadenceOf(metric.cadence),
      first_effect: facts.firstEffect,
      closing_days: facts.closingDays,
      pauses: calendar.pauses ?? [],
    }),
    observations: values.map(engineObservation),
    now,
  });
}

/**
 * What one row says by itself, in the unit of its metric; null where it says nothing by itself, as single values of which only a
 * percentile counts. In doubles: to be shown beside a verdict, not to judge by.
 *
 * @example
 * ownNumber({ kind: 'at_most', role: 'required', baseline: '40', target: '25', agg: 'rate' }, { unit: 'percent', cadence: 'week' }, { id: 'a', periodEnd: '2026-01-12', value: null, num: '9', den: '10', unit: 'percent', trust: 1, recordedAt: 0, withdrawn: false }) // 90
 */
export function ownNumber(facts: CriterionFacts, metric: MetricFacts, row: ValueFacts): number | null {
  const criterion = engineCriterion(facts, metric);
  const how = conversion(row.unit, metric.unit, criterion.rates);
  if (how === null || facts.agg === 'percentile') return null;
  const own = ownOf(criterion, engineObservation(row), how);
  return own === null || own.bottom === 0 ? null : own.top / own.bottom;
}

function engineObservation(row: ValueFacts): Observation {
  return {
    id: row.id,
    end: row.periodEnd,
    value: row.value,
    num: row.num,
    den: row.den,
    raw: Array.isArray(row.raw) ? row.raw.map(String) : null,
    unit: row.unit,
    n: row.n,
    trust: row.trust,
    recorded_at: row.recordedAt,
    withdrawn: row.withdrawn,
  };
}

/**
 * The rows of one metric that count now, one per period, oldest period first: the newest row of each period, unless it
 * withdraws.
 *
 * @example
 * currentValues([
 *   { id: 'a', periodEnd: '2026-01-12', recordedAt: 1, withdrawn: false },
 *   { id: 'b', periodEnd: '2026-01-12', recordedAt: 2, withdrawn: false },
 *   { id: 'c', periodEnd: '2026-01-19', recordedAt: 3, withdrawn: true },
 * ]).map(({ id }) => id) // ['b']
 */
export function currentValues<V extends Pick<ValueFacts, 'id' | 'periodEnd' | 'recordedAt' | 'withdrawn'>>(
  values: readonly V[],
): V[] {
  const newest = new Map<Day, V>();
  for (const row of values) {
    const before = newest.get(row.periodEnd);
    if (
      before === undefined ||
      row.recordedAt > before.recordedAt ||
      (row.recordedAt === before.recordedAt && row.id > before.id)
    ) {
      newest.set(row.periodEnd, row);
    }
  }
  return [...newest.values()]
    .filter(({ withdrawn }) => !withdrawn)
    .sort((a, b) => (a.periodEnd < b.periodEnd ? -1 : 1));
}
