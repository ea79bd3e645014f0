/** What would other thresholds have sent about some pilots in the last four weeks? */
import type { PilotFacts } from '../../core/pilot-facts.ts';
import type { FinishedPhase } from '../../core/stall/phases.ts';
import { type Rehearsed, rehearsedCards } from '../../core/stall/rehearsal.ts';
import type { StallSettings } from '../../core/stall/settings.ts';
import { signalKey } from '../../core/stall/signal.ts';
import { stallLook } from '../../core/stall.ts';
import type { Parts } from '../feature.ts';
import { knownAt, readPilot } from './gather.ts';

const WEEKS_MS = 28 * 24 * 60 * 60 * 1000;

/** Whether cards could have come from a pilot: it is agreed, goes on, and is not watched only. */
export const bringsCards = ({ signed, pilot }: PilotFacts): boolean =>
  signed !== null && pilot.stage !== 'stopped' && pilot.watchedSince === null;

/** What is looked at. */
export interface Rehearsal {
  readonly pilots: readonly PilotFacts[];
  /** The end of the four weeks, epoch ms. */
  readonly at: number;
  readonly sets: readonly StallSettings[];
  /** The phases of pilots that have finished. */
  readonly others: readonly FinishedPhase[];
}

/** What each set of thresholds would have sent, in the order of the sets. Whoever waits for an answer comes between two pilots. */
export async function rehearse(
  parts: Parts,
  { pilots, at, sets, others }: Rehearsal,
): Promise<readonly Rehearsed[]> {
  let sums: readonly Rehearsed[] = sets.map(() => ({ owner: 0, sponsor: 0 }));
  for (const facts of pilots) {
    await new Promise((resolve) => setImmediate(resolve));
    const cards = await cardsOf(parts, facts, { at, sets, others });
    sums = sums.map(({ owner, sponsor }, nth) => ({
      owner: owner + (cards[nth]?.owner ?? 0),
      sponsor: sponsor + (cards[nth]?.sponsor ?? 0),
    }));
  }
  return sums;
}

/** The same of one pilot. What was seen of it while it was watched only would have brought nobody anything. */
async function cardsOf(
  parts: Parts,
  facts: PilotFacts,
  { at, sets, others }: Omit<Rehearsal, 'pilots'>,
): Promise<Rehearsed[]> {
  const read = await readPilot(parts, facts);
  const from = Math.max(at - WEEKS_MS, facts.pilot.releasedAt ?? 0);
  const looks = read.looks
    .filter((look) => look.at >= from && look.at <= at)
    .map((look) => {
      const { stall } = knownAt(read, look.at, others);
      const isPaused = read.pauseRows.some(
        ({ since, until }) => since <= look.at && (until === null || until > look.at),
      );
      return { day: look.day, isFresh: look.isFresh, stall: { ...stall, isPaused } };
    });
  return sets.map((settings) => {
    let seen: readonly string[] = [];
    return rehearsedCards(
      looks.map(({ day, isFresh, stall }) => {
        const now = stallLook({ ...stall, settings }, new Set(seen));
        if (isFresh) seen = now.seen.map(signalKey);
        return { day, score: now.score };
      }),
    );
  });
}
