/** What can be seen on a pilot that is stuck, and on what does that rest? */
import type { Day } from '../day.ts';
import type { StallCause } from '../escalation/cause.ts';
import type { Stage } from '../pilot.ts';

/** The ten families; of each only the heaviest signal counts. */
export type Family = 'A' | 'B' | 'C' | 'D' | 'E' | 'F' | 'G' | 'H' | 'I' | 'J';

/** The family of each cause. */
export const FAMILY: Readonly<Record<StallCause, Family>> = {
  rhythm: 'A',
  data: 'B',
  progress: 'C',
  late_phase: 'D',
  purgatory: 'D',
  decision_overdue: 'D',
  people: 'E',
  blockers: 'F',
  honesty: 'G',
  adoption: 'H',
  setup: 'I',
  drift: 'J',
};

/** Days in a phase, and whether the limit is the plan or what nearly all others needed. */
export type LatePhase = {
  readonly rule: 'late_phase';
  readonly stage: Stage;
  readonly since: Day;
  readonly days: number;
  readonly limit: number;
} /** Days that are planned; looks of earlier versions do not say. */ & (
  | { readonly by: 'plan'; readonly planned?: number }
  /** How many others have finished the phase, and how many of them within the limit; looks of earlier versions do not say. */
  | { readonly by: 'others'; readonly finished?: number; readonly within?: number }
);

/** What a rule saw. Every number is one that was compared, every `limit` the one it was compared with. */
export type Evidence =
  | {
      readonly rule: 'missed_check_ins';
      readonly missed: number;
      readonly limit: number;
      readonly dues: readonly Day[];
    }
  /** Days since the newest value, or since a check-in asked for it. */
  | {
      readonly rule: 'old_data';
      readonly criterion: string;
      readonly metric: string;
      readonly newest: Day | null;
      readonly askedOn: Day | null;
      readonly days: number;
      readonly limit: number;
    }
  | { readonly rule: 'off_track'; readonly criterion: string; readonly looks: number; readonly limit: number }
  | { readonly rule: 'regressed'; readonly criterion: string; readonly looks: number; readonly limit: number }
  | {
      readonly rule: 'forecast_short';
      readonly criterion: string;
      readonly elapsed: number;
      readonly limit: number;
    }
  /** The steepest likely slope of the newest periods, and the one that would be needed; both per period. */
  | {
      readonly rule: 'flat';
      readonly criterion: string;
      readonly slope: number;
      readonly needed: number;
      readonly periods: number;
    }
  | { readonly rule: 'harm'; readonly criterion: string }
  | LatePhase
  | { readonly rule: 'no_decision_date'; readonly start: Day; readonly days: number; readonly limit: number }
  | {
      readonly rule: 'purgatory';
      readonly since: Day;
      readonly days: number;
      readonly limit: number;
      readonly extendedUntil: Day | null;
    }
  | {
      readonly rule: 'decision_overdue';
      readonly since: Day;
      readonly workingDays: number;
      readonly limit: number;
    }
  | { readonly rule: 'no_owner' }
  | { readonly rule: 'no_sponsor' }
  | { readonly rule: 'silent_sponsor'; readonly since: Day; readonly days: number; readonly limit: number }
  | {
      readonly rule: 'old_blocker';
      readonly blocker: string;
      readonly since: Day;
      readonly workingDays: number;
      readonly limit: number;
    }
  | { readonly rule: 'watermelon' }
  | { readonly rule: 'blind_green' }
  | { readonly rule: 'loosened'; readonly times: number; readonly isLate: boolean }
  | {
      readonly rule: 'few_users';
      readonly criterion: string;
      readonly value: number;
      readonly needed: number;
      readonly elapsed: number;
    }
  | {
      readonly rule: 'users_leave';
      readonly criterion: string;
      readonly value: number;
      readonly peak: number;
      readonly limit: number;
    }
  | { readonly rule: 'no_criteria'; readonly start: Day; readonly days: number; readonly limit: number }
  | {
      readonly rule: 'no_baseline';
      readonly criterion: string;
      readonly start: Day;
      readonly days: number;
      readonly limit: number;
    }
  | { readonly rule: 'drift'; readonly looks: number };

/** Something a rule saw, and what it weighs: 1 minor, 2 major, 4 critical. */
export interface Signal {
  readonly cause: StallCause;
  readonly weight: 1 | 2 | 4;
  /** A fact, or something seen at two looks by its own definition; anything else has to be seen twice to count. */
  readonly isSure: boolean;
  /** Harm is being done: nobody waits for anybody. */
  readonly isCritical: boolean;
  readonly evidence: Evidence;
}

/**
 * What a signal is about, to know it again at the next look.
 *
 * @example
 * signalKey({ evidence: { rule: 'flat', criterion: 'c1', slope: 0, needed: 1, periods: 6 } }) // 'flat c1'
 * signalKey({ evidence: { rule: 'no_owner' } }) // 'no_owner'
 */
export function signalKey({ evidence }: Pick<Signal, 'evidence'>): string {
  if ('criterion' in evidence) return `${evidence.rule} ${evidence.criterion}`;
  return 'blocker' in evidence ? `${evidence.rule} ${evidence.blocker}` : evidence.rule;
}

/**
 * A signal that counts at once.
 *
 * @example
 * fact('people', 2, { rule: 'no_owner' }) // { cause: 'people', weight: 2, isSure: true, isCritical: false, evidence: { rule: 'no_owner' } }
 */
export function fact(cause: StallCause, weight: 1 | 2 | 4, evidence: Evidence): Signal {
  return { cause, weight, isSure: true, isCritical: false, evidence };
}

/**
 * A signal that chance may have made: it counts from the second look on.
 *
 * @example
 * hint('progress', 4, { rule: 'forecast_short', criterion: 'c1', elapsed: 0.8, limit: 0.75 }).isSure // false
 */
export function hint(cause: StallCause, weight: 1 | 2 | 4, evidence: Evidence): Signal {
  return { cause, weight, isSure: false, isCritical: false, evidence };
}

/**
 * The weight a number has against thresholds, lightest first: that of the highest one it has passed, 0 before the first.
 *
 * @example
 * weigh(3, [[1, 1], [2, 2], [4, 4]]) // { weight: 2, limit: 2 }
 * weigh(0, [[1, 1]]) // null
 */
export function weigh(
  value: number,
  steps: readonly (readonly [limit: number, weight: 1 | 2 | 4])[],
): { readonly weight: 1 | 2 | 4; readonly limit: number } | null {
  const passed = steps.findLast(([limit]) => value >= limit);
  return passed === undefined ? null : { limit: passed[0], weight: passed[1] };
}
