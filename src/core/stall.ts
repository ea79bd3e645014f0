/** Is a pilot stuck, by which signs, and how much do they weigh together? */
import { daysBetween } from './day.ts';
import type { StallCause } from './escalation/cause.ts';
import type { Finding } from './escalation/opening.ts';
import { adoption, drifting, honesty, loosened, setUp } from './stall/conduct.ts';
import type { StallFacts } from './stall/facts.ts';
import { missingPeople, oldBlockers, silentSponsor } from './stall/people.ts';
import { flat, harm, offTrack, regressed } from './stall/progress.ts';
import { missedCheckIns, oldData } from './stall/rhythm.ts';
import { FAMILY, type Family, type Signal, signalKey } from './stall/signal.ts';
import { decisionOverdue, latePhase, purgatory } from './stall/time.ts';

export { stallFacts } from './stall/facts.ts';

type Rule = (facts: StallFacts) => readonly Signal[];

/** Rules that hold from the first day: a rhythm, people, a set-up, and harm. */
const ALWAYS: readonly Rule[] = [missedCheckIns, missingPeople, silentSponsor, setUp, harm];

/** Rules that wait until the pilot has had time to get going. */
const AFTER_GRACE: readonly Rule[] = [
  oldData,
  offTrack,
  regressed,
  flat,
  latePhase,
  purgatory,
  decisionOverdue,
  oldBlockers,
  honesty,
  loosened,
  adoption,
  drifting,
];

/** What the weight of all signals amounts to. */
export type Standing = 'clear' | 'watch' | 'stalling' | 'stalled';

/** The signals of a look that count, and what they amount to. */
export interface StallLook {
  /** Everything that was seen, counted or not; its keys are what the next look wants to know. */
  readonly seen: readonly Signal[];
  readonly counted: readonly Signal[];
  readonly score: number;
  readonly standing: Standing;
}

/**
 * All signals on a pilot on one day. A pilot that rests or has ended shows none.
 *
 * @example
 * signalsOn(stallFacts({ today: '2026-01-20', calendar: null, missedInRow: 1 })).map(({ evidence }) => evidence.rule) // ['missed_check_ins']
 * signalsOn(stallFacts({ today: '2026-01-20', calendar: null, missedInRow: 1, isPaused: true })) // []
 */
export function signalsOn(facts: StallFacts): Signal[] {
  if (facts.isPaused || facts.stage === 'stopped') return [];
  const { graceFrom, today, settings } = facts;
  const isNew = graceFrom !== null && daysBetween(graceFrom, today) < settings.grace_days;
  return (isNew ? ALWAYS : [...ALWAYS, ...AFTER_GRACE]).flatMap((rule) => rule(facts));
}

/**
 * One look at a pilot. What chance may have made counts only where the look before saw it too; of each family the heaviest
 * signal counts, because one trouble shows in many ways.
 *
 * @param seenBefore the keys of what the look before saw (`signalKey`)
 * @example
 * stallLook(stallFacts({ today: '2026-01-20', calendar: null, missedInRow: 4 }), new Set()).standing // 'stalled'
 * stallLook(stallFacts({ today: '2026-01-20', calendar: null, views: [['green', 'off_track']] }), new Set()).score // 0
 * stallLook(stallFacts({ today: '2026-01-20', calendar: null, views: [['green', 'off_track']] }), new Set(['watermelon'])).score // 2
 */
export function stallLook(facts: StallFacts, seenBefore: ReadonlySet<string>): StallLook {
  const seen = signalsOn(facts);
  const counted = seen.filter((signal) => signal.isSure || seenBefore.has(signalKey(signal)));
  const score = scoreOf(counted);
  return { seen, counted, score, standing: standingFor(score) };
}

/**
 * The sum over families of each family's heaviest signal.
 *
 * @example
 * scoreOf([{ cause: 'late_phase', weight: 2 }, { cause: 'purgatory', weight: 4 }, { cause: 'rhythm', weight: 1 }]) // 5
 */
export function scoreOf(signals: readonly Pick<Signal, 'cause' | 'weight'>[]): number {
  const heaviest = new Map<Family, number>();
  for (const { cause, weight } of signals) {
    const family = FAMILY[cause];
    heaviest.set(family, Math.max(weight, heaviest.get(family) ?? 0));
  }
  return [...heaviest.values()].reduce((sum, weight) => sum + weight, 0);
}

/**
 * What a weight amounts to: one critical fact or two major ones are needed before a pilot is stalled.
 *
 * @example
 * [0, 1, 3, 4].map(standingFor) // ['clear', 'watch', 'stalling', 'stalled']
 */
export function standingFor(score: number): Standing {
  if (score >= 4) return 'stalled';
  if (score >= 2) return 'stalling';
  return score >= 1 ? 'watch' : 'clear';
}

/**
 * What a look found about each cause, for its case. A cause that is not there was not found; what does not count yet is there,
 * unsure. A sponsor who lets a request wait counts, and opens no case: the request has one of its own, which asks the sponsor and
 * whoever stands in, and nobody else is asked for what they owe.
 *
 * @example
 * findingsOf({ seen: [{ cause: 'honesty', weight: 2, isSure: false, isCritical: false, evidence: { rule: 'watermelon' } }], counted: [] }).get('honesty') // { weight: 2, isSure: false, isCritical: false }
 */
export function findingsOf({ seen, counted }: Pick<StallLook, 'seen' | 'counted'>): Map<StallCause, Finding> {
  const findings = new Map<StallCause, Finding>();
  const asked = seen.filter(({ evidence }) => evidence.rule !== 'silent_sponsor');
  for (const [cause, signals] of Map.groupBy(asked, (signal) => signal.cause)) {
    const sure = signals.filter((signal) => counted.includes(signal));
    const told = sure.length > 0 ? sure : signals;
    findings.set(cause, {
      weight: Math.max(...told.map(({ weight }) => weight)),
      isSure: sure.length > 0,
      isCritical: sure.some(({ isCritical }) => isCritical),
    });
  }
  return findings;
}
