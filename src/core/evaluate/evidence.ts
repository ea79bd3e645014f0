/** Was the goal reached at a period's end, and is that proven? */

import type { Cadence } from '../day.ts';
import type { Clock } from './clock.ts';
import type { Calendar, Criterion, Reason } from './criterion.ts';
import { amountOf } from './exact.ts';
import { type Goal, reaches } from './goal.ts';
import { supports } from './percentile.ts';
import type { Reading } from './readings.ts';
import { casesAt, trustAt, valueAt } from './value.ts';

/** Everything a verdict is drawn from: the definition, the time and the periods that count. */
export interface Evidence {
  readonly criterion: Criterion;
  readonly calendar: Calendar;
  readonly clock: Clock;
  readonly goal: Goal;
  readonly used: readonly Reading[];
}

/**
 * Whether the value as of the reading at index `at` is at the goal, and was at each of the scheduled periods before it that
 * the criterion asks for.
 *
 * @example
 * isReached({ criterion: { agg: 'latest', window: 1, sustain: 1 }, goal: { shape: 'yes' }, used: [{ end: 7, top: 1, bottom: 1, error: 0 }] }, 0) // true
 */
export function isReached(evidence: Evidence, at: number, goal: Goal = evidence.goal): boolean {
  let index: number | null = at;
  for (let left = evidence.criterion.sustain; index !== null; left -= 1) {
    const value = valueAt(evidence, index);
    if (value === null || !reaches(value, goal)) return false;
    if (left <= 1) return true;
    index = periodBefore(evidence, index);
  }
  return false;
}

/**
 * What is missing before the value at index `at` says anything; empty when nothing is.
 *
 * @example
 * lacking({ criterion: { kind: 'at_least', agg: 'latest', window: 1, min_periods: 2, min_n: 0 }, used: [{ end: 7, n: 1, top: 3, bottom: 1, error: 0 }] }, 0) // ['min_periods']
 */
export function lacking(evidence: Evidence, at: number): Reason[] {
  const { criterion } = evidence;
  if (criterion.kind === 'yes_no') return [];
  const cases = casesAt(evidence, at);
  const reasons: Reason[] = [];
  if (at + 1 < criterion.min_periods) reasons.push('min_periods');
  if (cases < criterion.min_n) reasons.push('min_n');
  if (criterion.agg === 'percentile' && !supports(criterion.percentile, cases))
    reasons.push('percentile_support');
  if (reasons.length === 0 && valueAt(evidence, at) === null) reasons.push('min_n');
  return reasons;
}

/**
 * Whether the value at index `at` comes from sources trusted enough.
 *
 * @example
 * isTrusted({ criterion: { agg: 'latest', window: 1, min_trust: 1 }, used: [{ end: 7, row: { trust: 0 } }] }, 0) // false
 */
export function isTrusted(evidence: Evidence, at: number): boolean {
  return trustAt(evidence, at) >= evidence.criterion.min_trust;
}

/**
 * The first index at which the goal was reached with enough evidence; null when it never was.
 *
 * @example
 * firstProven({ criterion: { min_trust: 0, sustain: 1 }, used: [] }) // null
 */
export function firstProven(evidence: Evidence): number | null {
  for (let at = 0; at < evidence.used.length; at += 1) if (isProven(evidence, at)) return at;
  return null;
}

/**
 * The last index before the newest at which the goal was reached with the evidence asked for now, once an effect was
 * expected; null when it never was.
 *
 * @example
 * lastProvenBefore({ criterion: { min_trust: 0, sustain: 1 }, used: [] }) // null
 */
export function lastProvenBefore(evidence: Evidence): number | null {
  for (let at = evidence.used.length - 2; at >= 0; at -= 1) {
    if ((evidence.used[at]?.end ?? 0) < evidence.clock.ramp) return null;
    if (isProven(evidence, at)) return at;
  }
  return null;
}

/**
 * Whether the criterion is done for good once reached. A yes and a total are, unless they guard against harm; but a total that
 * starts on the good side of its goal is a limit to stay within, and is judged at the deadline.
 *
 * @example
 * latches({ evaluate: null, role: 'required', kind: 'yes_no' }, { shape: 'yes' }) // true
 * latches({ evaluate: null, role: 'guardrail', kind: 'yes_no' }, { shape: 'yes' }) // false
 */
export function latches(
  criterion: Pick<Criterion, 'evaluate' | 'role' | 'kind' | 'agg'>,
  goal: Goal,
): boolean {
  if (criterion.evaluate !== null) return criterion.evaluate === 'first_reach';
  if (criterion.role === 'guardrail') return false;
  if (criterion.kind === 'yes_no') return true;
  return criterion.agg === 'pilot_sum' && !reaches(amountOf('0'), goal);
}

/**
 * The index of the reading for the scheduled period just before the one at index `at`; null when that period is absent.
 *
 * @example
 * periodBefore({ calendar: { cadence: { days: 7 } }, used: [{ end: 7 }, { end: 21 }, { end: 28 }] }, 2) // 1
 * periodBefore({ calendar: { cadence: { days: 7 } }, used: [{ end: 7 }, { end: 21 }] }, 1) // null
 */
export function periodBefore(evidence: PeriodsOnly, at: number): number | null {
  const { cadence } = evidence.calendar;
  const from = evidence.used[at];
  if (from === undefined) return null;
  for (let index = at - 1; index >= 0; index -= 1) {
    const reading = evidence.used[index];
    if (reading === undefined) return null;
    const apart = 'days' in cadence ? (from.end - reading.end) / cadence.days : from.period - reading.period;
    if (apart >= 1) return apart === 1 ? index : null;
  }
  return null;
}

/** The part of the evidence that says which periods there are. */
export interface PeriodsOnly {
  readonly calendar: { readonly cadence: Cadence };
  readonly used: readonly Pick<Reading, 'end' | 'period'>[];
}

function isProven(evidence: Evidence, at: number): boolean {
  return isTrusted(evidence, at) && isReached(evidence, at) && lacking(evidence, at).length === 0;
}
