/** Does something that must not get worse still hold? */

import { binomialProbability } from '../statistics/gamma.ts';
import type { Reason, Verdict } from './criterion.ts';
import { type Evidence, isReached, periodBefore } from './evidence.ts';
import { type Goal, loosened, reaches } from './goal.ts';
import { isShareOfOne, wholeOf } from './units.ts';
import { ownAt, valueAt } from './value.ts';

/** What a look at a guardrail gives. */
export interface Look {
  readonly verdict: Verdict;
  readonly reasons: readonly Reason[];
}

const HARM_LEVEL = 0.05;
const PERIODS_FOR_BUDGET = 8;

/**
 * Whether cases pooled over all periods are clearly worse than the limit: beyond it, and by Robbins' beta-binomial bound, which
 * stays valid however often one looks. `limit` is a share from 0 to 1.
 *
 * @example
 * isClearHarm(8, 20, 0.1, 'down') // true
 * isClearHarm(5, 20, 0.1, 'down') // false
 * isClearHarm(2, 200, 0.1, 'down') // false
 */
export function isClearHarm(hits: number, cases: number, limit: number, better: 'up' | 'down'): boolean {
  if (cases <= 0 || hits < 0 || hits > cases || limit < 0 || limit > 1) return false;
  const beyond = better === 'down' ? hits / cases > limit : hits / cases < limit;
  return beyond && (cases + 1) * binomialProbability(hits, cases, limit) < HARM_LEVEL;
}

/**
 * The counts of all usable periods pooled.
 *
 * @example
 * pooledCounts({ used: [{ row: { num: '8', den: '20' } }, { row: { value: '3' } }] }) // { "hits": 8, "cases": 20 }
 */
export function pooledCounts(evidence: Pick<Evidence, 'used'>): {
  readonly hits: number;
  readonly cases: number;
} {
  let hits = 0;
  let cases = 0;
  for (const { row } of evidence.used) {
    if (typeof row.num !== 'string' || typeof row.den !== 'string') continue;
    hits += Number(row.num);
    cases += Number(row.den);
  }
  return { hits, cases };
}

/**
 * Whether a rate guardrail shows clear harm at this look, its margin included.
 *
 * @example
 * showsHarm({ criterion: { role: 'required' } }) // false
 */
export function showsHarm(evidence: Evidence): boolean {
  const { criterion } = evidence;
  if (criterion.role !== 'guardrail' || criterion.agg !== 'rate') return false;
  if (!isShareOfOne(criterion.unit) && criterion.unit !== 'count') return false;
  const { hits, cases } = pooledCounts(evidence);
  const goal = loosened(evidence.goal, criterion.margin);
  const whole = wholeOf(criterion.unit);
  if (goal.shape === 'band') {
    return (
      isClearHarm(hits, cases, goal.high.approx / whole, 'down') ||
      isClearHarm(hits, cases, goal.low.approx / whole, 'up')
    );
  }
  return goal.shape !== 'yes' && isClearHarm(hits, cases, goal.limit.approx / whole, goal.shape);
}

/**
 * A guardrail that does not hold, while live: within the margin it is at risk, beyond it at risk once and off track when the
 * newest periods broke it twice running, each by its own value.
 *
 * @example
 * breachLook({ criterion: { margin: '0', agg: 'latest', window: 1 }, goal: { shape: 'yes' }, calendar: { cadence: { days: 7 } }, used: [{ end: 7, top: 0, bottom: 1, error: 0 }] }).reasons // ['breach_1']
 */
export function breachLook(evidence: Evidence): Look {
  const { used, criterion } = evidence;
  const limit = loosened(evidence.goal, criterion.margin);
  const newest = used.length - 1;
  const value = valueAt(evidence, newest);
  if (value === null || reaches(value, evidence.goal))
    return { verdict: 'on_track', reasons: ['sustain_pending'] };
  if (reaches(value, limit)) return { verdict: 'at_risk', reasons: ['within_margin'] };
  const before = periodBefore(evidence, newest);
  const twice = breaks(evidence, newest, limit) && before !== null && breaks(evidence, before, limit);
  return twice
    ? { verdict: 'off_track', reasons: ['breach_2'] }
    : { verdict: 'at_risk', reasons: ['breach_1'] };
}

/**
 * A guardrail at the decision: met when the last window holds, its margin included, and no more periods than budgeted broke it by
 * their own value.
 *
 * @example
 * finalLook({ criterion: { margin: '0', budget: null, agg: 'latest', window: 1, sustain: 1 }, goal: { shape: 'yes' }, calendar: { cadence: { days: 7 } }, used: [{ end: 7, top: 1, bottom: 1, error: 0 }] }).verdict // 'met'
 */
export function finalLook(evidence: Evidence): Look {
  const limit = loosened(evidence.goal, evidence.criterion.margin);
  const newest = evidence.used.length - 1;
  const reasons: Reason[] = [];
  if (!isReached(evidence, newest, limit)) {
    const before = periodBefore(evidence, newest);
    reasons.push(before !== null && breaks(evidence, before, limit) ? 'breach_2' : 'breach_1');
  }
  if (isOverBudget(evidence)) reasons.push('budget');
  if (reasons.length > 0) return { verdict: 'missed', reasons };
  return { verdict: 'met', reasons: [isReached(evidence, newest) ? 'holding' : 'within_margin'] };
}

/**
 * Whether more periods broke the limit, margin included, than the budget allows: one from eight measured periods on unless
 * something else was agreed.
 *
 * @example
 * isOverBudget({ criterion: { margin: '0', budget: null, agg: 'latest' }, goal: { shape: 'yes' }, used: [{ end: 7, top: 0, bottom: 1, error: 0 }] }) // true
 */
export function isOverBudget(evidence: Evidence): boolean {
  const { criterion, used } = evidence;
  const limit = loosened(evidence.goal, criterion.margin);
  const budget = criterion.budget ?? (used.length >= PERIODS_FOR_BUDGET ? 1 : 0);
  let broken = 0;
  for (const at of used.keys()) {
    const own = ownAt(evidence, at);
    if (own !== null && !reaches(own, limit)) broken += 1;
  }
  return broken > budget;
}

// What one period adds to a total says nothing about the total's limit: there the running value is compared.
function breaks(evidence: Evidence, at: number, limit: Goal): boolean {
  const { agg } = evidence.criterion;
  const value = agg === 'sum' || agg === 'pilot_sum' ? valueAt(evidence, at) : ownAt(evidence, at);
  return value !== null && !reaches(value, limit);
}
