/** What does a look at a pilot mean for one of its cases: an event, a case again, or nothing yet? */

import { workingCalendar } from '../business-time.ts';
import type { WorkingCalendar } from '../calendar.ts';
import { workingDaysBetween } from '../calendar.ts';
import { dayOf } from '../day.ts';
import type { CaseEvent } from '../escalation.ts';
import type { ClosedAs } from './refusal.ts';

export { workingCalendar };

/** What a look found about one cause. */
export interface Finding {
  readonly weight: number;
  /** A fact, or something that has been confirmed: it counts at once. */
  readonly isSure: boolean;
  /** Harm is being done. */
  readonly isCritical: boolean;
}

/** The newest case of the same cause that has ended. */
export interface Before {
  readonly as: ClosedAs;
  /** Epoch ms. */
  readonly at: number;
  /** What it weighed when it ended. */
  readonly weight: number;
  /** Whether the matter has looked right at some look since. */
  readonly hasCleared: boolean;
}

/** Within so many working days a cause comes back instead of beginning anew, and a closed one stays quiet. */
export const MEMORY_DAYS = 20;

/**
 * The event that a look is for a case. Harm is told once; while it lasts it is a condition like others, so that a snooze taken in
 * full knowledge of it holds.
 *
 * @param wasCritical whether the look before found harm already
 * @example
 * eventOf(null, false) // 'cond_false'
 * eventOf({ weight: 2, isSure: false, isCritical: false }, false) // 'cond_true'
 * eventOf({ weight: 4, isSure: true, isCritical: true }, false) // 'critical'
 * eventOf({ weight: 4, isSure: true, isCritical: true }, true) // 'cond_true_immediate'
 */
export function eventOf(finding: Finding | null, wasCritical: boolean): CaseEvent {
  if (finding === null) return 'cond_false';
  if (finding.isCritical && !wasCritical) return 'critical';
  return finding.isSure ? 'cond_true_immediate' : 'cond_true';
}

/**
 * Whether a cause that has had a case may have one again, and how it begins. What was resolved and is back within twenty working
 * days begins one rung higher. What somebody decided about, called a false alarm or knowingly accepted stays quiet as long as it
 * is the same: it has not looked right since, weighs no more, does no harm, and twenty working days have not passed.
 *
 * @param calendar of the owner, or the workspace
 * @param now epoch ms
 * @example
 * openingOf(null, { weight: 1, isSure: true, isCritical: false }, workingCalendar({ zone: 'UTC' }), 0) // 'open'
 * openingOf({ as: 'resolved', at: 0, weight: 1, hasCleared: true }, { weight: 1, isSure: true, isCritical: false }, workingCalendar({ zone: 'UTC' }), 86_400_000) // 'reopen'
 * openingOf({ as: 'accepted_risk', at: 0, weight: 1, hasCleared: false }, { weight: 1, isSure: true, isCritical: false }, workingCalendar({ zone: 'UTC' }), 86_400_000) // 'quiet'
 */
export function openingOf(
  before: Before | null,
  finding: Finding,
  calendar: WorkingCalendar,
  now: number,
): 'open' | 'reopen' | 'quiet' {
  if (before === null || finding.isCritical) return 'open';
  const since = dayOf(before.at, calendar.zone);
  const isFresh = workingDaysBetween(calendar, since, dayOf(now, calendar.zone)) <= MEMORY_DAYS;
  if (!isFresh || before.as === 'pilot_ended') return 'open';
  if (before.as === 'resolved') return 'reopen';
  return before.hasCleared || finding.weight > before.weight ? 'open' : 'quiet';
}
