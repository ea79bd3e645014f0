/** How much of the way is done, and is that as much as should be by now? */

import { epochDay } from '../day.ts';
import { type Clock, elapsed } from './clock.ts';
import type { Criterion, DecimalText, Milestone } from './criterion.ts';
import {
  type Amount,
  amountFrom,
  compare,
  Exact,
  type Fraction,
  fraction,
  plus,
  ROUNDING,
  times,
} from './exact.ts';
import { type Goal, reaches, withTolerance } from './goal.ts';

/** 0 on track, 1 at risk, 2 off track. */
export type Grade = 0 | 1 | 2;

/** The way from where it was to where it should be. */
export interface Journey {
  readonly from: DecimalText;
  readonly to: DecimalText;
}

const ON_TRACK_GAP = new Exact('-0.10');
const AT_RISK_GAP = new Exact('-0.25');

/**
 * The way there is to go; null without a baseline, or when the baseline is already where it should be and the task is to
 * keep it there.
 *
 * @example
 * journeyOf({ baseline: '20' }, { shape: 'up', text: '40' }) // { "from": "20", "to": "40" }
 * journeyOf({ baseline: '95' }, { shape: 'up', text: '95' }) // null
 */
export function journeyOf(criterion: Pick<Criterion, 'baseline'>, goal: Goal): Journey | null {
  const from = criterion.baseline;
  if (from === null || goal.shape === 'yes') return null;
  if (goal.shape === 'band') {
    if (new Exact(from).lt(goal.texts[0])) return { from, to: goal.texts[0] };
    return new Exact(from).gt(goal.texts[1]) ? { from, to: goal.texts[1] } : null;
  }
  const before = new Exact(from).cmp(goal.text);
  return before === (goal.shape === 'up' ? -1 : 1) ? { from, to: goal.text } : null;
}

/**
 * The share of the way that is done, not clamped.
 *
 * @example
 * progressOf({ from: '20', to: '40' }, { approx: 25 }) // 0.25
 */
export function progressOf(journey: Journey, value: Pick<Amount, 'approx'>): number {
  const from = Number(journey.from);
  return (value.approx - from) / (Number(journey.to) - from);
}

/**
 * The share of the way that should be done by a day number: what was agreed in milestones, else the elapsed share.
 *
 * @example
 * expectedAt({ milestones: [] }, { calendar: {}, ramp: 0, limit: 84, pauses: [] }, 21).approx // 0.25
 */
export function expectedAt(criterion: Pick<Criterion, 'milestones'>, clock: Clock, day: number): Amount {
  if (criterion.milestones.length > 0) return amountFrom(between(criterion.milestones, clock, day));
  const { done, all } = elapsed(clock, day);
  return { approx: done / all, error: ROUNDING, exact: () => fraction(done, all) };
}

/**
 * The grade by pace: at most .10 of the way behind what is expected is on track, at most .25 at risk.
 *
 * @example
 * gradeByPace({ from: '20', to: '40' }, { approx: 24, error: 0 }, { approx: 0.25, error: 0 }) // 0
 */
export function gradeByPace(journey: Journey, value: Amount, expected: Amount): Grade {
  if (isThere(journey, value, expected, ON_TRACK_GAP)) return 0;
  return isThere(journey, value, expected, AT_RISK_GAP) ? 1 : 2;
}

/**
 * The grade by distance, where there is no way to go: short of the goal by no more than the tolerance is at risk.
 *
 * @example
 * gradeByDistance({ tolerance: '0.1' }, { shape: 'yes' }, { approx: 0, error: 0 }) // 2
 */
export function gradeByDistance(criterion: Pick<Criterion, 'tolerance'>, goal: Goal, value: Amount): Grade {
  if (reaches(value, goal)) return 0;
  return reaches(value, withTolerance(goal, criterion.tolerance)) ? 1 : 2;
}

/**
 * The grade of something without part-way: on track until more than three quarters of the time are gone, at risk until more
 * than nine tenths are.
 *
 * @example
 * gradeByTime({ done: 68, all: 84 }) // 1
 */
export function gradeByTime({ done, all }: { readonly done: number; readonly all: number }): Grade {
  if (done * 4 <= all * 3) return 0;
  return done * 10 <= all * 9 ? 1 : 2;
}

/**
 * Whether a value has gone through its band and out on the far side.
 *
 * @example
 * hasOvershot({ from: '7', to: '5' }, { shape: 'up' }, { approx: 3 }) // false
 */
export function hasOvershot(journey: Journey, goal: Goal, value: Amount): boolean {
  if (goal.shape !== 'band') return false;
  const rising = new Exact(journey.to).gt(journey.from);
  return rising ? compare(value, goal.high) > 0 : compare(value, goal.low) < 0;
}

function isThere(
  journey: Journey,
  value: Amount,
  expected: Amount,
  gap: InstanceType<typeof Exact>,
): boolean {
  const from = Number(journey.from);
  const way = Number(journey.to) - from;
  const share = expected.approx + gap.toNumber();
  const needed: Amount = {
    approx: from + share * way,
    error: 8 * ROUNDING * (Math.abs(from) + Math.abs(Number(journey.to))),
    exact: () => {
      const whole = new Exact(journey.to).minus(journey.from);
      return plus(fraction(journey.from), times(plus(expected.exact(), fraction(gap)), fraction(whole)));
    },
  };
  const sign = compare(value, needed);
  return new Exact(journey.to).gt(journey.from) ? sign >= 0 : sign <= 0;
}

// A straight line from each agreed point to the next, from nothing at the first day of effect to all at the deadline.
function between(milestones: readonly Milestone[], clock: Clock, day: number): Fraction {
  const points = milestones.map(({ day: by, progress }) => ({ at: epochDay(by) + 1, progress }));
  const line = [{ at: clock.ramp, progress: 0 }, ...points, { at: clock.limit, progress: 1 }];
  const next = line.findIndex(({ at }) => at >= day);
  const to = line[next];
  const from = line[next - 1];
  if (to === undefined) return fraction(1);
  if (from === undefined || to.at === from.at) return fraction(to.progress);
  const rise = new Exact(to.progress).minus(from.progress).times(day - from.at);
  return plus(fraction(from.progress), fraction(rise, to.at - from.at));
}
