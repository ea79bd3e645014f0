/** What does an owner type for a criterion, and what can be wrong with it? */
import type { Day } from './day.ts';
import type { Kind, Role } from './evaluate/criterion.ts';
import type { CadenceName } from './metric.ts';

export const MEASURES = ['business', 'model', 'data', 'operations', 'cost', 'adoption'] as const;
export type Measures = (typeof MEASURES)[number];

/** How the numbers of several periods become one, in the engine's names. */
export const METHODS = ['mean', 'rate', 'percentile', 'sum', 'min', 'max', 'pilot_sum'] as const;
export type Method = (typeof METHODS)[number];

/** What a whole number in the form counts. */
export type CountedThing = 'periods' | 'cases' | 'days';
export interface CountLimits {
  readonly least: number;
  readonly most: number;
  readonly what: CountedThing;
}

/** The fields that hold a whole number: from where to where, and what they count. */
export const COUNT_LIMITS = {
  average: { least: 1, most: 99, what: 'periods' },
  sustain: { least: 1, most: 99, what: 'periods' },
  smallest: { least: 0, most: 1_000_000, what: 'cases' },
  breaches: { least: 0, most: 99, what: 'periods' },
  closing: { least: 0, most: 60, what: 'days' },
} as const satisfies Readonly<Record<string, CountLimits>>;

/**
 * A whole number as it is typed; null when it is none or outside of its limits.
 *
 * @example
 * wholeNumber('40', { least: 0, most: 99 }) // 40
 * wholeNumber('040', { least: 0, most: 99 }) // null
 * wholeNumber('100', { least: 0, most: 99 }) // null
 */
export function wholeNumber(
  text: string,
  { least, most }: Pick<CountLimits, 'least' | 'most'>,
): number | null {
  if (!/^(0|[1-9]\d{0,8})$/.test(text)) return null;
  const number = Number(text);
  return number >= least && number <= most ? number : null;
}

/** How sure one wants to be, and how long one waits. Empty is the usual. */
export interface TypedEvidence {
  /** Empty: the average, or the last number where there is only one period to it. */
  readonly method?: Method | null;
  /** Which percentile of single values, as typed: 95 or 99.9. */
  readonly percentile?: string | null;
  /** Conversions from other units, as typed: 1 USD = 0.92 EUR. */
  readonly rates?: string | null;
  /** How many cases must stand behind a number. */
  readonly smallest?: number | null;
  /** Guardrails: how many periods may break the limit. */
  readonly breaches?: number | null;
  /** How many days after the deadline the last number may still come. */
  readonly closing?: number | null;
  /** The lowest trust that counts: 1 typed with proof, 2 from a file or a system. */
  readonly proof?: number | null;
}

/** What the form holds. Everything an owner may leave empty is null. */
export interface TypedCriterion extends TypedEvidence {
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
  /** A unit of answers, not of numbers. */
  | { readonly code: 'unit_for_yes_no'; readonly typed: string }
  /** A change of a percentage that could be meant in points or in per cent of the baseline. */
  | { readonly code: 'percent_or_points'; readonly typed: string; readonly kind: Kind }
  | { readonly code: 'cadence_taken'; readonly cadence: CadenceName; readonly metric: string }
  /** The decision comes before the first period is over, on `first`. */
  | {
      readonly code: 'cadence_too_long';
      readonly cadence: CadenceName;
      readonly first: Day;
      readonly decision: Day;
    }
  | { readonly code: 'target_empty' }
  | { readonly code: 'not_for_yes_no'; readonly typed: string }
  | { readonly code: 'band_unreadable'; readonly typed: string }
  | { readonly code: 'band_empty'; readonly typed: string }
  | { readonly code: 'baseline_needed'; readonly kind: Kind }
  | { readonly code: 'baseline_zero' }
  | { readonly code: 'change_not_positive'; readonly typed: string }
  | { readonly code: 'margin_negative'; readonly typed: string }
  | { readonly code: 'percentile_empty' }
  | { readonly code: 'percentile_unreadable'; readonly typed: string }
  /** The number is worked out in another way. */
  | { readonly code: 'percentile_unused'; readonly typed: string }
  | { readonly code: 'rate_unreadable'; readonly typed: string }
  /** It leads to another unit than that of the criterion. */
  | { readonly code: 'rate_elsewhere'; readonly typed: string; readonly unit: string }
  /** The units convert exactly, or are one and the same. */
  | { readonly code: 'rate_known'; readonly typed: string; readonly unit: string }
  | { readonly code: 'rate_twice'; readonly typed: string }
  | { readonly code: 'deadline_too_early'; readonly first: Day }
  | { readonly code: 'deadline_after_decision'; readonly decision: Day }
  | { readonly code: 'first_effect_late'; readonly deadline: Day }
  /** It is to be held for more periods than are over by the deadline. */
  | {
      readonly code: 'sustain_too_long';
      readonly sustain: number;
      readonly periods: number;
      readonly deadline: Day;
    };

/** The fields of the form a problem can stand at. */
export type CriterionField =
  | 'metric'
  | 'unit'
  | 'baseline'
  | 'target'
  | 'deadline'
  | 'firstEffect'
  | 'every'
  | 'sustain'
  | 'margin'
  | 'percentile'
  | 'rates';

/** What is wrong, field by field. */
export type Problems = Partial<Record<CriterionField, CriterionProblem>>;

/**
 * What is wrong with a typed number, as a problem of a field.
 *
 * @example
 * numberProblem('1,234', { problem: 'AMBIGUOUS', readings: ['1234', '1.234'] }) // { code: 'number_ambiguous', typed: '1,234', readings: ['1234', '1.234'] }
 * numberProblem('soon', { problem: 'NOT_A_NUMBER' }) // { code: 'number_unreadable', typed: 'soon' }
 */
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
