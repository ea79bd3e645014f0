/** How does what an owner typed become a criterion that can be judged, and what stands in the way? */

import { type Rates, readRates } from './agreed-rates.ts';
import { definitionProblem, readNumbers } from './criterion-numbers.ts';
import { addDays, type Day, daysBetween, periodContaining, periodNumbered } from './day.ts';
import type { Kind, Role } from './evaluate/criterion.ts';
import { keyOf } from './key.ts';
import { type CadenceName, cadenceOf } from './metric.ts';
import type { Measures, Method, Problems, TypedCriterion } from './typed-criterion.ts';
import { readPercentile } from './typed-percentile.ts';

export {
  COUNT_LIMITS,
  type CountedThing,
  type CountLimits,
  type CriterionField,
  type CriterionProblem,
  MEASURES,
  METHODS,
  type Measures,
  type Method,
  numberProblem,
  type TypedCriterion,
  wholeNumber,
} from './typed-criterion.ts';

/** What the charter and the pilot's other criteria already fix. */
export interface CriterionContext {
  readonly start: Day;
  readonly decision: Day | null;
  /** Metrics the pilot already has; criteria on one metric share its unit and cadence. */
  readonly metrics: readonly {
    readonly key: string;
    readonly unit: string;
    readonly cadence: CadenceName;
    readonly used: boolean;
  }[];
}

/** A criterion ready to be kept. */
export interface DefinedCriterion {
  readonly metricKey: string;
  readonly metricName: string;
  readonly unit: string;
  readonly cadence: CadenceName;
  readonly measures: Measures;
  readonly kind: Kind;
  readonly role: Role;
  readonly baseline: string | null;
  readonly baselineKnownBy: Day | null;
  readonly target: string | null;
  readonly targetHigh: string | null;
  readonly deadline: Day;
  readonly firstEffect: Day | null;
  readonly agg: Method | 'latest';
  readonly aggWindow: number;
  /** Of single values, '95' for the 95th; null where the number is worked out in another way. */
  readonly percentile: string | null;
  readonly sustain: number;
  readonly minN: number;
  readonly minPeriods: number;
  readonly minTrust: number;
  readonly margin: string;
  readonly budget: number | null;
  readonly closingDays: number;
  readonly mode: 'deadline' | 'first_reach';
  /** At which rates values in other units count; null where none is agreed. */
  readonly rates: Rates | null;
}

/** Either a criterion or what is wrong, field by field. */
export type CriterionReading =
  | { readonly ok: true; readonly criterion: DefinedCriterion }
  | { readonly ok: false; readonly problems: Problems };

/**
 * The deadline to offer: the last day of the last whole period that ends a week before the decision date; the last day of
 * the first period where there is no such period.
 *
 * @example
 * usualDeadline('2026-01-05', '2026-04-05', 'week') // '2026-03-29'
 * usualDeadline('2026-01-05', '2026-01-12', 'week') // '2026-01-11'
 */
export function usualDeadline(start: Day, decision: Day, cadence: CadenceName): Day {
  // The period that is still open a week before the decision begins where the last whole one ended.
  const open = periodContaining(start, cadenceOf(cadence), addDays(decision, -6));
  return open === null || open.number === 1 ? firstPeriodEnd(start, cadence) : addDays(open.start, -1);
}

const firstPeriodEnd = (start: Day, cadence: CadenceName): Day =>
  addDays(periodNumbered(start, cadenceOf(cadence), 1).end, -1);

/** How long after the deadline the last number may usually come. */
const USUAL_CLOSING_DAYS = 5;

/** *Measure* begins with the eighth week. */
const DAYS_BEFORE_MEASURE = 49;

/**
 * The first day on which an effect is to be expected: the first day of *measure*, which is that of the eighth week. A pilot
 * that is shorter than that has its measuring begin two thirds of the way.
 *
 * @example
 * usualFirstEffect('2026-01-05', '2026-03-29') // '2026-02-23'
 * usualFirstEffect('2026-01-05', '2026-02-01') // '2026-01-23'
 */
export function usualFirstEffect(start: Day, deadline: Day): Day {
  const measure = addDays(start, DAYS_BEFORE_MEASURE);
  if (measure < deadline) return measure;
  return addDays(start, Math.floor((daysBetween(start, deadline) * 2) / 3));
}

/**
 * Reads a typed criterion; every field's problem is reported at once.
 *
 * @example
 * defineCriterion(
 *   { metric: 'Cost per claim', measures: 'business', kind: 'at_most', unit: null, baseline: '€18.40', baselineKnownBy: null, target: '€12.50 per claim', deadline: null, firstEffect: null, every: 'week', role: 'required', average: null, sustain: null, margin: null },
 *   { start: '2026-01-05', decision: '2026-04-05', metrics: [] },
 * ) // { ok: true, criterion: { metricKey: 'cost-per-claim', metricName: 'Cost per claim', unit: 'EUR/claim', cadence: 'week', measures: 'business', kind: 'at_most', role: 'required', baseline: '18.40', baselineKnownBy: null, target: '12.50', targetHigh: null, deadline: '2026-03-29', firstEffect: '2026-02-23', agg: 'mean', aggWindow: 4, percentile: null, sustain: 1, minN: 0, minPeriods: 2, minTrust: 0, margin: '0', budget: null, closingDays: 5, mode: 'deadline', rates: null } }
 */
export function defineCriterion(typed: TypedCriterion, context: CriterionContext): CriterionReading {
  const metricKey = keyOf(typed.metric);
  const shared = context.metrics.find(({ key, used }) => key === metricKey && used);
  const numbers = readNumbers(typed, shared?.unit ?? null);
  const days = readDays(typed, context);
  const { percentile, ...single } = readPercentile(typed);
  const { rates, ...agreed } = readRates(typed.rates ?? null, numbers.unit);
  const problems: Problems = {
    ...days.problems,
    ...metricProblems(typed, metricKey, shared, numbers.unit),
    ...numbers.problems,
    ...single.problems,
    ...agreed.problems,
  };
  Object.assign(problems, definitionProblem(typed, numbers));
  if (Object.keys(problems).length > 0) return { ok: false, problems };

  const { deadline, periods } = days;
  const yesNo = typed.kind === 'yes_no';
  const { agg, window } = workedOut(typed);
  return {
    ok: true,
    criterion: {
      metricKey,
      metricName: typed.metric,
      unit: numbers.unit,
      cadence: typed.every,
      measures: typed.measures,
      kind: typed.kind,
      role: typed.role,
      baseline: numbers.baseline,
      baselineKnownBy: numbers.baseline === null && !yesNo ? typed.baselineKnownBy : null,
      target: numbers.target,
      targetHigh: numbers.targetHigh,
      deadline,
      firstEffect: typed.firstEffect ?? usualFirstEffect(context.start, deadline),
      agg,
      aggWindow: window,
      percentile,
      sustain: Math.max(1, typed.sustain ?? 1),
      // One value proves little, but where only one period fits it has to do.
      minPeriods: periods,
      minN: yesNo ? 0 : (typed.smallest ?? 0),
      minTrust: typed.proof ?? 0,
      margin: numbers.margin ?? '0',
      budget: typed.role === 'guardrail' ? (typed.breaches ?? null) : null,
      closingDays: typed.closing ?? USUAL_CLOSING_DAYS,
      mode: yesNo || isTotalToReach(typed, agg) ? 'first_reach' : 'deadline',
      rates,
    },
  };
}

/** What does not fit the metric: its name, or what another criterion on it has fixed. */
function metricProblems(
  { metric, every }: TypedCriterion,
  key: string,
  shared: CriterionContext['metrics'][number] | undefined,
  unit: string,
): Problems {
  const problems: Problems = {};
  if (key === '') problems.metric = { code: 'no_key', name: metric };
  if (shared === undefined) return problems;
  if (shared.unit !== unit) problems.unit = { code: 'unit_taken', unit: shared.unit, metric };
  if (shared.cadence !== every) problems.every = { code: 'cadence_taken', cadence: shared.cadence, metric };
  return problems;
}

/** How the value is worked out, and of how many periods: weekly numbers of four, others of one. */
function workedOut({ kind, method, average, every }: TypedCriterion): {
  readonly agg: DefinedCriterion['agg'];
  readonly window: number;
} {
  if (kind === 'yes_no') return { agg: 'latest', window: 1 };
  if (method === 'pilot_sum') return { agg: 'pilot_sum', window: 1 };
  const window = Math.max(1, average ?? (every === 'week' ? 4 : 1));
  const agg = method ?? 'mean';
  return { agg: agg === 'mean' && window === 1 ? 'latest' : agg, window };
}

/** A total that grows towards its target is done once it is there; one that must stay below is judged at the end. */
const isTotalToReach = ({ kind, role }: TypedCriterion, agg: DefinedCriterion['agg']): boolean =>
  agg === 'pilot_sum' && kind === 'at_least' && role !== 'guardrail';

/** The days of a criterion, and how many whole periods fit before its deadline, counted up to two. */
function readDays(
  { deadline: typed, every, firstEffect, sustain }: TypedCriterion,
  { start, decision }: CriterionContext,
): { readonly deadline: Day; readonly periods: 1 | 2; readonly problems: Problems } {
  const first = firstPeriodEnd(start, every);
  const deadline = typed ?? usualDeadline(start, decision ?? addDays(start, 84), every);
  const problems: Problems = {};
  if (decision !== null && decision < first) {
    problems.every = { code: 'cadence_too_long', cadence: every, first, decision };
  } else if (deadline < first) problems.deadline = { code: 'deadline_too_early', first };
  else if (decision !== null && deadline > decision) {
    problems.deadline = { code: 'deadline_after_decision', decision };
  }
  if (firstEffect !== null && firstEffect > deadline) {
    problems.firstEffect = { code: 'first_effect_late', deadline };
  }
  // As many as are asked about: a deadline far away has no need to be counted to.
  const wanted = Math.max(2, sustain ?? 1);
  const ends = Array.from({ length: wanted }, (_, index) =>
    addDays(periodNumbered(start, cadenceOf(every), index + 1).end, -1),
  );
  const fit = ends.filter((end) => end <= deadline).length;
  if (sustain !== null && problems.deadline === undefined && problems.every === undefined && sustain > fit)
    problems.sustain = { code: 'sustain_too_long', sustain, periods: fit, deadline };
  return { deadline, periods: fit >= 2 ? 2 : 1, problems };
}
