/** How well do escalations work: how far do matters climb, how many were false, how fast are decisions? */
import { type Level, partsOf } from '../escalation.ts';
import { median } from '../statistics/median.ts';
import type { Case } from './record.ts';
import type { ClosedAs } from './refusal.ts';

/** One case as the figures look at it. */
export interface FiguredCase {
  readonly state: Case['state'];
  readonly closedAs: ClosedAs | null;
  /** Whether it is about the decision on its day: nothing is in the way then, and it begins with the sponsor. */
  readonly isDecision: boolean;
  /** The highest rung on which somebody got its message; null before the first. */
  readonly reached: Level | null;
  /** Whether whoever decides got one. */
  readonly isWithSponsor: boolean;
}

/** How far a matter has got. */
export const REACHES = ['owner', 'backup', 'sponsor', 'beyond', 'gone', 'waiting'] as const;
export type Reach = (typeof REACHES)[number];

/** What a programme office wants to know of its own messages. */
export interface EscalationFigures {
  /** Matters in the way of pilots. */
  readonly opened: number;
  /** The same by how far they got, each once. */
  readonly byReach: Readonly<Record<Reach, number>>;
  /** Matters that reached a sponsor, and how many of these were called wrong or known. */
  readonly sponsor: number;
  readonly wrong: number;
  /** Pilots whose result was put before a sponsor on its day. */
  readonly results: number;
  readonly decisions: number;
  /** Decisions that answered a card, and the hours they took, half of them less; null without one. */
  readonly answered: number;
  readonly medianHours: number | null;
}

const HOUR = 3_600_000;

/** Above this share of false ones thresholds should be raised: sponsors stop reading. */
export const TOO_MANY_WRONG = 0.2;

/**
 * How far a matter has got: to the owner, to owner and backup, to the sponsor, beyond; gone before anybody was told, or not told
 * yet. What climbed and was gone before the sponsor's card went out has not reached the sponsor.
 *
 * @example
 * reachOf({ state: 'L3', closedAs: null, isDecision: false, reached: 'L3', isWithSponsor: true }) // 'sponsor'
 * reachOf({ state: 'CLOSED', closedAs: 'resolved', isDecision: false, reached: 'L3', isWithSponsor: false }) // 'backup'
 * reachOf({ state: 'CLOSED', closedAs: 'resolved', isDecision: false, reached: null, isWithSponsor: false }) // 'gone'
 * reachOf({ state: 'L1', closedAs: null, isDecision: false, reached: null, isWithSponsor: false }) // 'waiting'
 */
export function reachOf({ state, reached, isWithSponsor }: FiguredCase): Reach {
  switch (reached) {
    case 'L1':
      return 'owner';
    case 'L2':
      return 'backup';
    case 'L3':
      return isWithSponsor ? 'sponsor' : 'backup';
    case 'L4':
      return 'beyond';
    case null:
      return partsOf(state).mode === 'CLOSED' ? 'gone' : 'waiting';
  }
}

/**
 * The figures of some cases and decisions. Those by reach add up to what was opened.
 *
 * @example
 * figuresOf([{ state: 'CLOSED', closedAs: 'false_alarm', isDecision: false, reached: 'L3', isWithSponsor: true }, { state: 'L1', closedAs: null, isDecision: false, reached: 'L1', isWithSponsor: false }], [{ askedAt: 0, at: 7_200_000 }]) // { opened: 2, byReach: { owner: 1, backup: 0, sponsor: 1, beyond: 0, gone: 0, waiting: 0 }, sponsor: 1, wrong: 1, results: 0, decisions: 1, answered: 1, medianHours: 2 }
 */
export function figuresOf(
  cases: readonly FiguredCase[],
  decisions: readonly { readonly askedAt: number | null; readonly at: number }[],
): EscalationFigures {
  const matters = cases.filter(({ isDecision }) => !isDecision);
  const sponsor = matters.filter(({ isWithSponsor }) => isWithSponsor);
  const waits = decisions.flatMap(({ askedAt, at }) => (askedAt === null ? [] : [(at - askedAt) / HOUR]));
  const reaches = matters.map(reachOf);
  return {
    opened: matters.length,
    byReach: Object.fromEntries(
      REACHES.map((reach) => [reach, reaches.filter((one) => one === reach).length]),
    ) as Record<Reach, number>,
    sponsor: sponsor.length,
    wrong: sponsor.filter(({ closedAs }) => closedAs === 'false_alarm' || closedAs === 'accepted_risk')
      .length,
    results: cases.filter(({ isDecision, isWithSponsor }) => isDecision && isWithSponsor).length,
    decisions: decisions.length,
    answered: waits.length,
    medianHours: waits.length === 0 ? null : median(waits),
  };
}
