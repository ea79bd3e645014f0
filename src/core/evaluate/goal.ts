/** What has to be reached, is the definition sound, and is a number there? */

import type { Calendar, Criterion, DecimalText, DefinitionError } from './criterion.ts';
import {
  type Amount,
  amountFrom,
  amountOf,
  compare,
  decimalText,
  Exact,
  type Fraction,
  fraction,
  plus,
} from './exact.ts';

/** A level to be at or above (up), at or below (down), a band to be inside, or a yes. */
export type Goal =
  | { readonly shape: 'up' | 'down'; readonly text: DecimalText; readonly limit: Amount }
  | {
      readonly shape: 'band';
      readonly low: Amount;
      readonly high: Amount;
      readonly texts: readonly [DecimalText, DecimalText];
    }
  | { readonly shape: 'yes' };

/**
 * What makes a definition impossible to judge; null when it is sound.
 *
 * @example
 * checkDefinition({ kind: 'increase_pct', target: '10', baseline: '0' }, { start: '2026-01-05', deadline: '2026-03-29' }) // 'PCT_OF_ZERO_BASELINE'
 */
export function checkDefinition(
  criterion: Pick<Criterion, 'kind' | 'target' | 'baseline'>,
  calendar: Pick<Calendar, 'start' | 'deadline'>,
): DefinitionError | null {
  const { kind, target, baseline } = criterion;
  if (isChange(kind)) {
    if (baseline === null) return 'MISSING_BASELINE';
    if (kind.endsWith('_pct') && new Exact(baseline).isZero()) return 'PCT_OF_ZERO_BASELINE';
    if (typeof target !== 'string' || new Exact(target).lte(0)) return 'CHANGE_MUST_BE_POSITIVE';
  }
  if (typeof target === 'object' && target !== null && new Exact(target[0]).gte(target[1]))
    return 'EMPTY_BAND';
  return calendar.deadline < calendar.start ? 'DEADLINE_BEFORE_START' : null;
}

/**
 * The level that has to be reached, as decimal text. For a band it is the edge nearest to a baseline outside it; null for a
 * band without such a journey, for `yes_no`, and where a change lacks its baseline.
 *
 * @example
 * goalOf({ kind: 'increase_pct', target: '50', baseline: '-20' }) // '-10'
 * goalOf({ kind: 'between', target: ['4', '5'], baseline: '7' }) // '5'
 */
export function goalOf(criterion: Pick<Criterion, 'kind' | 'target' | 'baseline'>): DecimalText | null {
  const { kind, target, baseline } = criterion;
  if (target === null) return null;
  if (typeof target !== 'string') {
    if (baseline === null) return null;
    const from = new Exact(baseline);
    if (from.lt(target[0])) return decimalText(fraction(target[0]));
    return from.gt(target[1]) ? decimalText(fraction(target[1])) : null;
  }
  if (!isChange(kind)) return plainText(target);
  if (baseline === null) return null;
  const from = new Exact(baseline);
  const by = kind.endsWith('_pct') ? from.abs().times(target).times('0.01') : new Exact(target);
  return (kind.startsWith('increase') ? from.plus(by) : from.minus(by)).toString();
}

/**
 * The goal in the form the judgement needs. The definition must be sound.
 *
 * @example
 * goalFrom({ kind: 'decrease_abs', target: '12', baseline: '48' }).shape // 'down'
 */
export function goalFrom(criterion: Pick<Criterion, 'kind' | 'target' | 'baseline'>): Goal {
  const { kind, target } = criterion;
  if (kind === 'yes_no' || target === null) return { shape: 'yes' };
  if (typeof target !== 'string') {
    return { shape: 'band', low: amountOf(target[0]), high: amountOf(target[1]), texts: target };
  }
  const text = goalOf(criterion) ?? target;
  const up = kind === 'at_least' || kind.startsWith('increase');
  return { shape: up ? 'up' : 'down', text, limit: amountOf(text) };
}

/**
 * Whether a measured number is at the goal; equality is success.
 *
 * @example
 * reaches({ approx: 35, error: 0 }, goalFrom({ kind: 'decrease_abs', target: '12', baseline: '48' })) // true
 */
export function reaches(measure: Amount, goal: Goal): boolean {
  switch (goal.shape) {
    case 'up':
      return compare(measure, goal.limit) >= 0;
    case 'down':
      return compare(measure, goal.limit) <= 0;
    case 'band':
      return compare(measure, goal.low) >= 0 && compare(measure, goal.high) <= 0;
    case 'yes':
      return measure.approx === 1;
  }
}

/**
 * The goal made easier by an amount: lower for up, higher for down, wider on both sides for a band.
 *
 * @example
 * loosened(goalFrom({ kind: 'at_most', target: '5' }), '1').limit.approx // 6
 */
export function loosened(goal: Goal, by: DecimalText): Goal {
  const amount = new Exact(by);
  if (goal.shape === 'yes' || amount.isZero()) return goal;
  const [more, less] = [fraction(amount), fraction(amount.neg())];
  if (goal.shape === 'band') return { ...goal, low: shifted(goal.low, less), high: shifted(goal.high, more) };
  return { ...goal, limit: shifted(goal.limit, goal.shape === 'up' ? less : more) };
}

/**
 * The goal widened by the share of it that is still at risk rather than lost: of its level, or of the band's width.
 *
 * @example
 * withTolerance(goalFrom({ kind: 'at_least', target: '40' }), '0.1').limit.approx // 36
 */
export function withTolerance(goal: Goal, share: DecimalText): Goal {
  if (goal.shape === 'yes') return goal;
  const size =
    goal.shape === 'band' ? new Exact(goal.texts[1]).minus(goal.texts[0]) : new Exact(goal.text).abs();
  return loosened(goal, size.times(share).toString());
}

function shifted(limit: Amount, by: Fraction): Amount {
  return amountFrom(plus(limit.exact(), by));
}

function isChange(kind: Criterion['kind']): boolean {
  return kind.startsWith('increase') || kind.startsWith('decrease');
}

function plainText(text: DecimalText): DecimalText {
  return new Exact(text).toString();
}
