/** What can a case be about, and who is asked for what on each of its rungs, for how long? */
import { type Level, RECIPIENTS } from '../escalation.ts';

/** Families of stall signals; time gone by has three causes of its own. */
export const STALL_CAUSES = [
  'rhythm',
  'data',
  'progress',
  'late_phase',
  'purgatory',
  'decision_overdue',
  'people',
  'blockers',
  'honesty',
  'adoption',
  'setup',
  'drift',
] as const;
export type StallCause = (typeof STALL_CAUSES)[number];

const FACTS: readonly StallCause[] = ['people', 'blockers', 'setup', 'late_phase', 'purgatory'];

/**
 * Causes that are facts: they are gone when they are gone, whether or not something was reported since.
 *
 * @example
 * isFact('blockers') // true
 * isFact('progress') // false
 */
export const isFact = (cause: StallCause): boolean => FACTS.includes(cause);

/** What waits for one person's press. */
export const PRESS_CAUSES = ['signature', 'amendment', 'gate', 'position', 'request'] as const;
export type PressCause = (typeof PRESS_CAUSES)[number];

/** One open case at most per pilot and cause. */
export type Cause = StallCause | PressCause;

/** Whom a rung can address; the person is whoever's press is waited for. */
export type Addressee = 'owner' | 'backup' | 'sponsor' | 'delegate' | 'office' | 'person';

/** One rung of a ladder. */
export interface Rung {
  /** Everyone who gets the message. */
  readonly to: readonly Addressee[];
  /** Who is asked, the first one there first; the others read along. */
  readonly asked: readonly Addressee[];
  /** Working days of whoever is asked, from delivery, until the next thing happens. */
  readonly days: number;
}

export type Ladder = Readonly<Record<Level, Rung>>;

const STALL_LADDER: Ladder = {
  L1: { to: RECIPIENTS.L1, asked: ['owner'], days: 2 },
  L2: { to: RECIPIENTS.L2, asked: ['owner', 'backup'], days: 2 },
  L3: { to: RECIPIENTS.L3, asked: ['sponsor'], days: 3 },
  L4: { to: RECIPIENTS.L4, asked: ['delegate', 'office', 'sponsor'], days: 5 },
};

// The first rung is the request itself, the second its one reminder. The owner is never chased for what others owe.
const pressLadder = (days: number): Ladder => {
  const reminded = Math.floor(days / 2);
  return {
    L1: { to: ['person'], asked: ['person'], days: days - reminded },
    L2: { to: ['person'], asked: ['person'], days: reminded },
    L3: { to: ['delegate'], asked: ['delegate'], days: 3 },
    L4: { to: ['office'], asked: ['office'], days: 5 },
  };
};

/** Working days until a delegate is asked for a press, where nothing else is set. */
export const PRESS_DAYS = 3;
const DECISION_DAYS = 5;

/**
 * Whether a cause waits for the press of one person: it goes to that person, their delegate, the programme office, however
 * little it weighs, and the owner need not hear first.
 *
 * @example
 * waitsForPress('decision_overdue') // true
 * waitsForPress('progress') // false
 */
export function waitsForPress(cause: Cause): boolean {
  return cause === 'decision_overdue' || isPress(cause);
}

/**
 * Whether a case is about nothing but somebody's answer: a signature, an amendment, a gate, a position, a question. A decision
 * waits for a press too, and is about a pilot.
 *
 * @example
 * isPress('signature') // true
 * isPress('decision_overdue') // false
 */
export const isPress = (cause: Cause): cause is PressCause => PRESS_CAUSES.some((press) => press === cause);

/**
 * Who is asked on each rung of a cause, and how long an answer may take: three working days in all until a delegate is asked
 * for a signature or the like, five for a decision.
 *
 * @param pressDays working days until a delegate is asked for a press (`press_days` of the thresholds), two at least
 * @example
 * ladderOf('progress').L3.asked // ['sponsor']
 * ladderOf('signature').L1.days + ladderOf('signature').L2.days // 3
 * ladderOf('signature', 6).L2.days // 3
 * ladderOf('decision_overdue').L1.days + ladderOf('decision_overdue').L2.days // 5
 */
export function ladderOf(cause: Cause, pressDays = PRESS_DAYS): Ladder {
  if (!waitsForPress(cause)) return STALL_LADDER;
  return pressLadder(cause === 'decision_overdue' ? DECISION_DAYS : pressDays);
}

/**
 * The highest rung a case may climb to by time alone: small matters never reach the sponsor by waiting. What waits for a
 * press always may.
 *
 * @param score the pilot's weight of all that is wrong
 * @example
 * capOf('progress', 1) // 'L1'
 * capOf('progress', 3) // 'L2'
 * capOf('progress', 4) // 'L4'
 * capOf('signature', 0) // 'L4'
 */
export function capOf(cause: Cause, score: number): Level {
  if (waitsForPress(cause) || score >= 4) return 'L4';
  return score >= 2 ? 'L2' : 'L1';
}
