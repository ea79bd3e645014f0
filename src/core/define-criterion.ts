/** How does what an owner typed become a criterion that can be judged, and what stands in the way? */
import { addDays, type Day, daysBetween, periodsOf, step } from './day.ts';
import type { Kind, Role } from './evaluate/criterion.ts';
import { calendarFrom, criterionFrom } from './evaluate/criterion.ts';
import { checkDefinition } from './evaluate/index.ts';
import { keyOf } from './key.ts';
import { type CadenceName, cadenceOf } from './metric.ts';
import { parseQuantity, parseRange, type Quantity } from './quantity.ts';
import { unitNamed } from './unit.ts';

export const MEASURES = ['business', 'model', 'data', 'operations', 'cost', 'adoption'] as const;
export type Measures = (typeof MEASURES)[number];

/** What the form holds. Everything an owner may leave empty is null. */
export interface TypedCriterion {
  readonly metric: string;
  readonly measures: Measures;
  readonly kind: Kind;
  readonly unit: string | null;
  readonly baseline: string | null;
  readonly baselineKnownBy: Day | null;
  readonly target: string | null;
  readonly deadline: Day | null;
  readonly firstEffect: Day | null;
  readonly every: CadenceName;
  readonly role: Role;
  readonly average: number | null;
  readonly sustain: number | null;
  readonly margin: string | null;
}

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
  readonly agg: 'latest' | 'mean';
  readonly aggWindow: number;
  readonly sustain: number;
  readonly minPeriods: number;
  readonly margin: string;
  readonly mode: 'deadline' | 'first_reach';
}

/** What can be wrong with a field; the words are the views'. */
export type CriterionProblem =
  | { readonly code: 'no_key'; readonly name: string }
  | { readonly code: 'number_unreadable'; readonly typed: string }
  | { readonly code: 'number_ambiguous'; readonly typed: string; readonly readings: readonly string[] }
  | { readonly code: 'number_too_large'; readonly typed: string }
  | { readonly code: 'other_digits'; readonly typed: string }
  | { readonly code: 'unit_unknown'; readonly typed: string }
  | { readonly code: 'unit_differs'; readonly typed: string; readonly unit: string }
  | { readonly code: 'unit_taken'; readonly unit: string; readonly metric: string }
  | { readonly code: 'cadence_taken'; readonly cadence: CadenceName; readonly metric: string }
  | { readonly code: 'target_empty' }
  | { readonly code: 'band_unreadable'; readonly typed: string }
  | { readonly code: 'band_empty'; readonly typed: string }
  | { readonly code: 'baseline_needed'; readonly kind: Kind }
  | { readonly code: 'baseline_zero' }
  | { readonly code: 'change_not_positive'; readonly typed: string }
  | { readonly code: 'deadline_too_early'; readonly first: Day }
  | { readonly code: 'deadline_after_decision'; readonly decision: Day }
  | { readonly code: 'first_effect_late'; readonly deadline: Day };

/** The fields of the form a problem can stand at. */
export type CriterionField =
  | 'metric'
  | 'unit'
  | 'baseline'
  | 'target'
  | 'deadline'
  | 'firstEffect'
  | 'every'
  | 'margin';

/** Either a criterion or what is wrong, field by field. */
export type CriterionReading =
  | { readonly ok: true; readonly criterion: DefinedCriterion }
  | { readonly ok: false; readonly problems: Partial<Record<CriterionField, CriterionProblem>> };

/**
 * The deadline to offer: the last day of the last whole period that ends a week before the decision date; without such a
 * period the day a week before, but never before the first period is over.
 *
 * @example
 * usualDeadline('2026-01-05', '2026-04-05', 'week') // '2026-03-29'
 */
export function usualDeadline(start: Day, decision: Day, cadence: CadenceName): Day {
  const periods = periodsOf(start, cadenceOf(cadence), addDays(decision, -7));
  const last = periods.at(-1);
  return last === undefined ? addDays(step(start, cadenceOf(cadence), 1), -1) : addDays(last.end, -1);
}

/**
 * The first day on which an effect is to be expected: the first day of *measure*, eight weeks in. A pilot that is shorter
 * than that has its measuring begin two thirds of the way.
 *
 * @example
 * usualFirstEffect('2026-01-05', '2026-03-29') // '2026-03-02'
 * usualFirstEffect('2026-01-05', '2026-02-01') // '2026-01-23'
 */
export function usualFirstEffect(start: Day, deadline: Day): Day {
  const measure = addDays(start, 56);
  if (measure < deadline) return measure;
  return addDays(start, Math.floor((daysBetween(start, deadline) * 2) / 3));
}

/** Reads a typed criterion; every field's problem is reported at once. */
export function defineCriterion(typed: TypedCriterion, context: CriterionContext): CriterionReading {
  const problems: Partial<Record<CriterionField, CriterionProblem>> = {};
  const metricKey = keyOf(typed.metric);
  if (metricKey === '') problems.metric = { code: 'no_key', name: typed.metric };
  const existing = context.metrics.find(({ key, used }) => key === metricKey && used);

  let unit = typed.unit === null ? null : (unitNamed(typed.unit) ?? typed.unit);
  const agree = (quantity: Quantity | { readonly unit?: string }, text: string): CriterionProblem | null => {
    if (quantity.unit === undefined) return null;
    unit ??= quantity.unit;
    return quantity.unit === unit || changesPercent(typed.kind, quantity.unit)
      ? null
      : { code: 'unit_differs', typed: text, unit };
  };

  const baseline = readNumber(typed.baseline, unit, (problem) => {
    problems.baseline = problem;
  });
  if (baseline !== null && problems.baseline === undefined) {
    const differs = agree(baseline, typed.baseline ?? '');
    if (differs !== null) problems.baseline = differs;
  }

  let target: string | null = null;
  let targetHigh: string | null = null;
  if (typed.kind === 'between' && typed.target !== null) {
    const band = parseRange(typed.target, unit ?? undefined);
    if ('problem' in band) problems.target = { code: 'band_unreadable', typed: typed.target };
    else {
      target = band.low;
      targetHigh = band.high;
      const differs = agree(band, typed.target);
      if (differs !== null) problems.target = differs;
    }
  } else if (typed.kind !== 'yes_no' && typed.target !== null) {
    const read = readNumber(typed.target, unit, (problem) => {
      problems.target = problem;
    });
    if (read !== null) {
      target = read.value;
      const differs = agree(read, typed.target);
      if (differs !== null) problems.target = differs;
    }
  }
  if (typed.kind !== 'yes_no' && typed.target === null) problems.target = { code: 'target_empty' };

  const margin = readNumber(typed.margin, unit, (problem) => {
    problems.margin = problem;
  });
  const settled = typed.kind === 'yes_no' ? 'bool' : (unit ?? 'count');
  if (existing !== undefined && existing.unit !== settled && problems.unit === undefined) {
    problems.unit = { code: 'unit_taken', unit: existing.unit, metric: typed.metric };
  }
  if (existing !== undefined && existing.cadence !== typed.every) {
    problems.every = { code: 'cadence_taken', cadence: existing.cadence, metric: typed.metric };
  }

  const deadline =
    typed.deadline ??
    usualDeadline(context.start, context.decision ?? addDays(context.start, 84), typed.every);
  const firstPeriod = addDays(step(context.start, cadenceOf(typed.every), 1), -1);
  if (deadline < firstPeriod) problems.deadline = { code: 'deadline_too_early', first: firstPeriod };
  else if (context.decision !== null && deadline > context.decision) {
    problems.deadline = { code: 'deadline_after_decision', decision: context.decision };
  }
  if (typed.firstEffect !== null && typed.firstEffect > deadline) {
    problems.firstEffect = { code: 'first_effect_late', deadline };
  }

  if (Object.keys(problems).length === 0) {
    const refused = checkDefinition(
      criterionFrom({
        kind: typed.kind,
        target:
          typed.kind === 'between' && target !== null && targetHigh !== null ? [target, targetHigh] : target,
        baseline: baseline?.value ?? null,
        unit: settled,
      }),
      calendarFrom({ start: context.start, deadline, cadence: cadenceOf(typed.every) }),
    );
    if (refused === 'PCT_OF_ZERO_BASELINE') problems.baseline = { code: 'baseline_zero' };
    if (refused === 'CHANGE_MUST_BE_POSITIVE')
      problems.target = { code: 'change_not_positive', typed: typed.target ?? '' };
    if (refused === 'EMPTY_BAND') problems.target = { code: 'band_empty', typed: typed.target ?? '' };
    if (refused === 'DEADLINE_BEFORE_START')
      problems.deadline = { code: 'deadline_too_early', first: firstPeriod };
    // A change needs something to change from; until it is known, a date says by when it will be.
    if (refused === 'MISSING_BASELINE' && typed.baselineKnownBy === null) {
      problems.baseline = { code: 'baseline_needed', kind: typed.kind };
    }
  }
  if (Object.keys(problems).length > 0) return { ok: false, problems };

  const window = typed.kind === 'yes_no' ? 1 : Math.max(1, typed.average ?? (typed.every === 'week' ? 4 : 1));
  return {
    ok: true,
    criterion: {
      metricKey,
      metricName: typed.metric,
      unit: settled,
      cadence: typed.every,
      measures: typed.measures,
      kind: typed.kind,
      role: typed.role,
      baseline: baseline?.value ?? null,
      baselineKnownBy: typed.baselineKnownBy,
      target,
      targetHigh,
      deadline,
      firstEffect: typed.firstEffect ?? usualFirstEffect(context.start, deadline),
      agg: window === 1 ? 'latest' : 'mean',
      aggWindow: window,
      sustain: Math.max(1, typed.sustain ?? 1),
      // One value proves little, but where only one period fits it has to do.
      minPeriods: Math.min(2, Math.max(1, periodsOf(context.start, cadenceOf(typed.every), deadline).length)),
      margin: margin?.value ?? '0',
      mode: typed.kind === 'yes_no' ? 'first_reach' : 'deadline',
    },
  };
}

/** A change by per cent is typed with a per cent sign whatever the unit is, and one of per cents in points. */
const changesPercent = (kind: Kind, unit: string): boolean =>
  unit === 'percent'
    ? kind === 'increase_pct' || kind === 'decrease_pct'
    : unit === 'pp' && (kind === 'increase_abs' || kind === 'decrease_abs');

function readNumber(
  typed: string | null,
  unit: string | null,
  wrong: (problem: CriterionProblem) => void,
): Quantity | null {
  if (typed === null) return null;
  const read = parseQuantity(typed, unit ?? undefined);
  if (!('problem' in read)) return read;
  wrong(numberProblem(typed, read));
  return null;
}

/** What is wrong with a typed number, as a problem of a field. */
export function numberProblem(
  typed: string,
  read: { readonly problem: string; readonly readings?: readonly string[] },
): CriterionProblem {
  switch (read.problem) {
    case 'AMBIGUOUS':
      return { code: 'number_ambiguous', typed, readings: read.readings ?? [] };
    case 'TOO_LARGE':
      return { code: 'number_too_large', typed };
    case 'OTHER_DIGITS':
      return { code: 'other_digits', typed };
    case 'UNKNOWN_UNIT':
      return { code: 'unit_unknown', typed };
    default:
      return { code: 'number_unreadable', typed };
  }
}
