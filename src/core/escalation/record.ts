/** What is written down about one case? */
import type { WorkingCalendar } from '../calendar.ts';
import type { CaseEvent, CaseState, Effect, Level } from '../escalation.ts';
import type { Addressee, Cause } from './cause.ts';
import type { ClosedAs, Decision } from './refusal.ts';

/** Who holds which place in the chain of a case. Frozen when it opens; only a hand-over changes it. */
export interface Chain {
  readonly owner: string | null;
  readonly backup: string | null;
  readonly sponsor: string | null;
  readonly delegate: string | null;
  readonly office: readonly string[];
  /** Whose press is waited for. */
  readonly person: string | null;
}

/** A clock; `due` (epoch ms) is null until the message it counts from has been delivered. */
export interface CaseClock {
  readonly kind: 'sla' | 'plan' | 'snooze';
  readonly person: string | null;
  readonly due: number | null;
}

/** A clock that stands still with this much working time (ms) left; null when it had not begun. */
export interface FrozenClock {
  readonly kind: CaseClock['kind'];
  readonly person: string | null;
  readonly left: number | null;
}

/** Somebody has got a message in this role (epoch ms). */
export interface Delivery {
  readonly person: string;
  readonly as: Addressee;
  readonly at: number;
}

/** A message of a rung on its way to its people. */
export interface Notice {
  readonly seq: number;
  readonly level: Level;
  readonly kind: 'notify' | 'renudge';
  /** Nobody gets it before (epoch ms). */
  readonly notBefore: number;
  /** Nor do the sponsor, whoever stands in for them and the programme office before this instant: a signature was just asked for. */
  readonly sponsorFrom?: number;
  /** Harm is being done: nobody waits for anybody. */
  readonly isCritical: boolean;
  readonly delivered: readonly Delivery[];
  /** Roles in which nobody could be reached. */
  readonly failed: readonly Addressee[];
}

/** How and when (epoch ms) a case ended. */
export interface Closing {
  readonly as: ClosedAs;
  readonly decision: Decision | null;
  readonly at: number;
}

/** One case of one pilot and one cause. */
export interface Case {
  readonly cause: Cause;
  readonly state: CaseState;
  /** Counts every change; what was meant for an earlier one comes too late. */
  readonly revision: number;
  readonly chain: Chain;
  readonly openedAt: number | null;
  readonly clock: CaseClock | null;
  readonly frozen: FrozenClock | null;
  readonly notice: Notice | null;
  /** How many messages there have been. */
  readonly notices: number;
  readonly extensions: number;
  readonly snoozes: number;
  readonly closed: Closing | null;
}

/** Something that happens to a case at an instant (epoch ms). */
export interface Happening {
  readonly event: CaseEvent | 'reopen';
  readonly at: number;
  /** The revision it was meant for; left out where it is meant for any. */
  readonly seen?: number | undefined;
  /** With `ack` and `snooze`: until when (epoch ms), and who promises. */
  readonly until?: number | undefined;
  readonly by?: string | undefined;
  /** With `decide`: how it ends. */
  readonly closing?: Pick<Closing, 'as' | 'decision'> | undefined;
}

/** What a case needs to know of the world. */
export interface Surroundings {
  readonly calendarOf: (person: string) => WorkingCalendar;
  /** Days between two check-ins of the pilot: nobody is asked the same again sooner. */
  readonly cadenceDays: number;
  /** Working days until a delegate is asked for a press; left out for what counts where nothing is set. */
  readonly pressDays?: number | undefined;
  /** Until when (epoch ms) a sponsor has time to sign what they were asked for; left out where nothing waits for a first signature. */
  readonly sponsorFrom?: number | undefined;
}

/** A case after something happened, and what the caller has to do about it. */
export interface Step {
  readonly case: Case;
  readonly effects: readonly Effect[];
}

/**
 * The beginning of a case: nothing is wrong yet.
 *
 * @example
 * newCase('progress', { owner: 'U1', backup: null, sponsor: 'U2', delegate: null, office: ['U3'], person: null }).state // 'CLEAR'
 */
export function newCase(cause: Cause, chain: Chain): Case {
  return {
    cause,
    state: 'CLEAR',
    revision: 0,
    chain,
    openedAt: null,
    clock: null,
    frozen: null,
    notice: null,
    notices: 0,
    extensions: 0,
    snoozes: 0,
    closed: null,
  };
}
