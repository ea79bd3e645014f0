/** How well do escalations work: how many were false, how fast are decisions, how far do cases climb? */
import { LEVELS, type Level } from '../escalation.ts';
import { median } from '../statistics/median.ts';
import type { ClosedAs } from './refusal.ts';

/** One case as the figures look at it. */
export interface FiguredCase {
  readonly id: string;
  readonly closedAs: ClosedAs | null;
  /** The highest rung on which somebody got its message; null before the first. */
  readonly reached: Level | null;
  /** Whether it has reached the sponsor. */
  readonly isWithSponsor: boolean;
}

/** What a programme office wants to know of its own messages. */
export interface EscalationFigures {
  readonly opened: number;
  readonly byLevel: Readonly<Record<Level, number>>;
  /** Cases that reached the sponsor, and how many of these were called wrong or known. */
  readonly sponsor: number;
  readonly wrong: number;
  /** Hours from the card to the decision, half of them faster; null without a decision. */
  readonly medianHours: number | null;
  readonly decisions: number;
}

const HOUR = 3_600_000;

/** Above this share of false ones thresholds should be raised: sponsors stop reading. */
export const TOO_MANY_WRONG = 0.2;

/**
 * The figures of some cases and decisions.
 *
 * @example
 * figuresOf([{ id: 'a', closedAs: 'false_alarm', reached: 'L3', isWithSponsor: true }, { id: 'b', closedAs: null, reached: 'L1', isWithSponsor: false }], [{ askedAt: 0, at: 7_200_000 }]) // { opened: 2, byLevel: { L1: 1, L2: 0, L3: 1, L4: 0 }, sponsor: 1, wrong: 1, medianHours: 2, decisions: 1 }
 */
export function figuresOf(
  cases: readonly FiguredCase[],
  decisions: readonly { readonly askedAt: number | null; readonly at: number }[],
): EscalationFigures {
  const sponsor = cases.filter(({ isWithSponsor }) => isWithSponsor);
  const waits = decisions.flatMap(({ askedAt, at }) => (askedAt === null ? [] : [(at - askedAt) / HOUR]));
  return {
    opened: cases.length,
    byLevel: Object.fromEntries(
      LEVELS.map((level) => [level, cases.filter(({ reached }) => reached === level).length]),
    ) as Record<Level, number>,
    sponsor: sponsor.length,
    wrong: sponsor.filter(({ closedAs }) => closedAs === 'false_alarm' || closedAs === 'accepted_risk')
      .length,
    medianHours: waits.length === 0 ? null : median(waits),
    decisions: decisions.length,
  };
}
