/** On which days did a pilot rest, as it was known at some instant? */
import { type Day, dayOf } from './day.ts';
import type { Holders } from './pilot.ts';

/** A stretch in which a pilot rests, as epoch ms; null as end means: it still does. */
export interface Pause {
  readonly since: number;
  readonly until: number | null;
}

/** The same as days: `[first day, the day it goes on]`; null as end means: it still rests. */
export type PausedDays = readonly [Day, Day | null];

/**
 * The pauses of a pilot as days of a zone, as known at `now` (epoch ms): one that began later is not known yet, one that
 * ended later still runs. A pause that ends on the day it began takes no day.
 *
 * @example
 * pausedDays([{ since: Date.UTC(2026, 1, 2, 9), until: Date.UTC(2026, 1, 9, 9) }], 'UTC', Date.UTC(2026, 2, 1)) // [['2026-02-02', '2026-02-09']]
 * pausedDays([{ since: Date.UTC(2026, 1, 2, 9), until: Date.UTC(2026, 1, 9, 9) }], 'UTC', Date.UTC(2026, 1, 5)) // [['2026-02-02', null]]
 * pausedDays([{ since: Date.UTC(2026, 1, 2, 9), until: null }], 'UTC', Date.UTC(2026, 1, 1)) // []
 */
export function pausedDays(pauses: readonly Pause[], zone: string, now: number): PausedDays[] {
  return pauses
    .filter(({ since }) => since <= now)
    .map(
      ({ since, until }): PausedDays => [
        dayOf(since, zone),
        until === null || until > now ? null : dayOf(until, zone),
      ],
    )
    .filter(([from, to]) => to === null || from < to);
}

/**
 * Whether somebody may let a pilot rest and go on: its owner, its sponsor, whoever stands in for them, the programme
 * office.
 *
 * @example
 * mayPause({ owner: 'U1', sponsor: 'U2' }, { id: 'U2', office: false }) // true
 * mayPause({ owner: 'U1', production_owner: 'U3' }, { id: 'U3', office: false }) // false
 */
export const mayPause = (holders: Holders, who: { readonly id: string; readonly office: boolean }): boolean =>
  who.office || whoMayPause(holders).includes(who.id);

/**
 * Who may let a pilot rest and go on, most likely first, the programme office left aside.
 *
 * @example
 * whoMayPause({ owner: 'U1', sponsor: 'U2' }) // ['U1', 'U2']
 */
export function whoMayPause({ owner, backup, sponsor, delegate }: Holders): string[] {
  return [...new Set([owner, sponsor, backup, delegate])].filter((id) => id !== undefined);
}
