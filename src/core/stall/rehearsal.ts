/** What would a set of thresholds have sent in a stretch of time? */
import { type Day, daysBetween } from '../day.ts';

/** One look as far as messages follow from it, oldest first. */
export interface RehearsedLook {
  readonly day: Day;
  readonly score: number;
}

/** How many messages would have gone out. */
export interface Rehearsed {
  readonly owner: number;
  readonly sponsor: number;
}

// Two working days on each of the first two rungs, with a weekend in between at the most.
const RUNG_DAYS = 3;
const STUCK = 4;
const HELP = 2;

/**
 * About how many cards one pilot would have brought its owner and its sponsor, from the weight of each look: one when something
 * begins to count, a second one when it stays and needs help, the sponsor's when it stays and is stuck. What has been clear once
 * begins anew.
 *
 * @example
 * rehearsedCards([{ day: '2026-01-05', score: 1 }, { day: '2026-01-12', score: 2 }, { day: '2026-01-19', score: 5 }]) // { owner: 2, sponsor: 1 }
 * rehearsedCards([{ day: '2026-01-05', score: 1 }, { day: '2026-01-12', score: 0 }, { day: '2026-01-19', score: 1 }]) // { owner: 2, sponsor: 0 }
 */
export function rehearsedCards(looks: readonly RehearsedLook[]): Rehearsed {
  let owner = 0;
  let sponsor = 0;
  let since: Day | null = null;
  let rung = 0;
  for (const { day, score } of looks) {
    if (score === 0) {
      since = null;
      rung = 0;
      continue;
    }
    if (since === null) {
      since = day;
      rung = 1;
      owner += 1;
    }
    const lasted = daysBetween(since, day);
    if (rung === 1 && score >= HELP && lasted >= RUNG_DAYS) {
      rung = 2;
      owner += 1;
    }
    if (rung === 2 && score >= STUCK && lasted >= 2 * RUNG_DAYS) {
      rung = 3;
      sponsor += 1;
    }
  }
  return { owner, sponsor };
}
