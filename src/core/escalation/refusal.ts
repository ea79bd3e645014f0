/** May somebody do this to a case, and if not, why? */

import { type CaseState, type Level, partsOf } from '../escalation.ts';
import { type Addressee, type Cause, isPress, waitsForPress } from './cause.ts';

/** How a case ended. Only the first has a decision. */
export const CLOSINGS = [
  'decided',
  'resolved',
  'false_alarm',
  'accepted_risk',
  'duplicate',
  'pilot_ended',
] as const;
export type ClosedAs = (typeof CLOSINGS)[number];

/** What a sponsor can decide about a case. */
export const DECISIONS = [
  'unblock',
  'extend',
  'restructure',
  'stop',
  'go',
  'conditional_go',
  'not_yet',
] as const;
export type Decision = (typeof DECISIONS)[number];

/** What somebody wants to do. Days of the person who acts; a snooze or plan ends with that many working days. */
export type Act =
  | { readonly act: 'ack'; readonly next: string; readonly days: number }
  | { readonly act: 'snooze'; readonly reason: string; readonly days: number }
  | { readonly act: 'close'; readonly as: 'false_alarm' | 'accepted_risk' | 'duplicate' | 'resolved' }
  | { readonly act: 'decide'; readonly decision: Decision };

/** What is known about the case that somebody acts on. */
export interface ActedOn {
  readonly cause: Cause;
  readonly state: CaseState;
  /** How often its plan has been moved, and how often it has been snoozed. */
  readonly extensions: number;
  readonly snoozes: number;
  /** Whether the pilot's one extension is used up. */
  readonly isExtended: boolean;
  /** Whether a message of the case has reached the sponsor. */
  readonly isSponsorTold: boolean;
}

/** Why somebody may not. */
export type ActRefusal =
  | 'closed'
  | 'not_open'
  | 'not_resolving'
  | 'paused'
  | 'not_yours'
  | 'needs_next_step'
  | 'needs_reason'
  | 'needs_date'
  | 'too_long'
  | 'too_often'
  | 'not_for_this'
  | 'extension_used';

/** The longest snooze and plan, in working days, and how often each can be renewed. */
export const LIMITS = { snoozeDays: 10, snoozes: 2, planDays: 20, extensions: 2 } as const;

/**
 * Why somebody may not do something to a case, or null when they may. A pilot in purgatory and an overdue decision cannot be
 * put aside: neither is snoozed or closed as known, and the first is not acknowledged either.
 *
 * @param as in which role of the case they act
 * @example
 * refusalOf({ act: 'ack', next: 'ask Finance IT', days: 3 }, 'owner', { cause: 'progress', state: 'L1', extensions: 0, snoozes: 0, isExtended: false, isSponsorTold: false }) // null
 * refusalOf({ act: 'ack', next: 'wait', days: 3 }, 'sponsor', { cause: 'purgatory', state: 'L3', extensions: 0, snoozes: 0, isExtended: false, isSponsorTold: false }) // 'not_for_this'
 * refusalOf({ act: 'close', as: 'resolved' }, 'owner', { cause: 'progress', state: 'L1', extensions: 0, snoozes: 0, isExtended: false, isSponsorTold: false }) // 'not_resolving'
 * refusalOf({ act: 'snooze', reason: 'holidays', days: 5 }, 'owner', { cause: 'progress', state: 'L3', extensions: 0, snoozes: 0, isExtended: false, isSponsorTold: false }) // 'not_yours'
 */
export function refusalOf(act: Act, as: Addressee, on: ActedOn): ActRefusal | null {
  const { mode, level, isPaused } = partsOf(on.state);
  if (mode === 'CLOSED') return 'closed';
  if (level === null) return 'not_open';
  if (isPaused && act.act !== 'decide') return 'paused';
  if (!mayAct(act, as, level, on)) return 'not_yours';
  switch (act.act) {
    case 'ack':
      if (mode === 'RESOLVING') return 'not_open';
      return ackRefusal(act, on, mode === 'ACKED');
    case 'snooze':
      if (mode === 'RESOLVING' || mode === 'SNOOZED') return 'not_open';
      return snoozeRefusal(act, on);
    case 'close':
      return closeRefusal(act, on, mode === 'RESOLVING');
    case 'decide':
      if (!decisionsFor(on.cause).includes(act.decision)) return 'not_for_this';
      return act.decision === 'extend' && on.isExtended ? 'extension_used' : null;
  }
}

/**
 * What can be decided about a cause. Six months without progress leave three ways: a new shape, an end, or one extension with
 * a date.
 *
 * @example
 * decisionsFor('purgatory') // ['extend', 'restructure', 'stop']
 * decisionsFor('decision_overdue') // ['go', 'conditional_go', 'not_yet', 'restructure', 'stop']
 * decisionsFor('signature') // []
 */
export function decisionsFor(cause: Cause): readonly Decision[] {
  if (isPress(cause)) return [];
  if (cause === 'purgatory') return ['extend', 'restructure', 'stop'];
  if (cause === 'decision_overdue') return ['go', 'conditional_go', 'not_yet', 'restructure', 'stop'];
  return ['unblock', 'extend', 'restructure', 'stop'];
}

// Up to the second rung it is the owner's; from the third on whoever decides, decides about delay too. The owner has the card a
// day before the sponsor, and until then can say that it is wrong.
function mayAct(act: Act, as: Addressee, level: Level, { cause, isSponsorTold }: ActedOn): boolean {
  const decides = as === 'sponsor' || as === 'delegate' || as === 'person';
  if (act.act === 'decide') return decides;
  if (decides || as === 'office') return true;
  if (waitsForPress(cause)) return false;
  const isFalse = act.act === 'close' && act.as === 'false_alarm';
  return level === 'L1' || level === 'L2' || (level === 'L3' && isFalse && !isSponsorTold);
}

function ackRefusal({ next, days }: Act & { act: 'ack' }, on: ActedOn, isAgain: boolean): ActRefusal | null {
  if (on.cause === 'purgatory') return 'not_for_this';
  if (next.trim() === '') return 'needs_next_step';
  if (!(days >= 1)) return 'needs_date';
  if (days > LIMITS.planDays) return 'too_long';
  return isAgain && on.extensions >= LIMITS.extensions ? 'too_often' : null;
}

function closeRefusal(
  { as }: Act & { act: 'close' },
  { cause }: ActedOn,
  isRight: boolean,
): ActRefusal | null {
  if (cause === 'purgatory' || waitsForPress(cause)) return 'not_for_this';
  return as === 'resolved' && !isRight ? 'not_resolving' : null;
}

function snoozeRefusal({ reason, days }: Act & { act: 'snooze' }, on: ActedOn): ActRefusal | null {
  if (on.cause === 'purgatory' || waitsForPress(on.cause)) return 'not_for_this';
  if (reason.trim() === '') return 'needs_reason';
  if (!(days >= 1)) return 'needs_date';
  if (days > LIMITS.snoozeDays) return 'too_long';
  return on.snoozes >= LIMITS.snoozes ? 'too_often' : null;
}
