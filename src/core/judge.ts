/** What do a pilot's recorded values say about one criterion of its charter? */
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
import { type CadenceName, cadenceOf } from './metric.ts';

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
}

/** The criterion as the engine takes it. */
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
  });
}

/**
 * Judges one criterion on the values of its metric, as known at `now` (epoch ms). The values may stand in any order and
 * include corrections and withdrawals.
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
    }),
    observations: values.map(engineObservation),
    now,
  });
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
