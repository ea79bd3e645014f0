/** Is somebody missing, silent, or sitting on what stands in the way? */
import { leaveBetween, workingDaysBetween } from '../calendar.ts';
import { type Day, daysBetween } from '../day.ts';
import { activeDays, type SponsorSigns, type StallFacts } from './facts.ts';
import { fact, type Signal, weigh } from './signal.ts';

/**
 * Nobody owns the pilot, or nobody sponsors it.
 *
 * @example
 * missingPeople({ isOwnerMissing: true, sponsor: { isMissing: false } }).map(({ evidence }) => evidence.rule) // ['no_owner']
 */
export function missingPeople({ isOwnerMissing, sponsor }: StallFacts): Signal[] {
  return [
    ...(isOwnerMissing ? [fact('people', 2, { rule: 'no_owner' })] : []),
    ...(sponsor.isMissing ? [fact('people', 2, { rule: 'no_sponsor' })] : []),
  ];
}

/**
 * A sponsor who has not been heard of while something waits for their answer. Silence while nothing is asked is no silence;
 * their leave and the pilot's pauses do not count.
 *
 * @example
 * silentSponsor({ today: '2026-03-01', pauses: [], sponsor: { isMissing: false, askedOn: null, heardOn: null, calendar: null } }) // []
 */
export function silentSponsor({ today, pauses, sponsor, settings }: StallFacts): Signal[] {
  const since = silentSince(sponsor);
  if (since === null || sponsor.isMissing) return [];
  const days = activeDays(pauses, since, today) - leaveDays(sponsor, since, today);
  const found = weigh(days, [
    [settings.sponsor_minor, 1],
    [settings.sponsor_major, 2],
  ]);
  if (found === null) return [];
  const { weight, limit } = found;
  return [fact('people', weight, { rule: 'silent_sponsor', since, days, limit })];
}

/**
 * Since when a sponsor is silent: the oldest request that waits, or what was last heard of them if that is later; null while
 * nothing is asked.
 *
 * @example
 * silentSince({ askedOn: '2026-02-01', heardOn: '2026-02-10' }) // '2026-02-10'
 * silentSince({ askedOn: null, heardOn: '2026-02-10' }) // null
 */
export function silentSince({ askedOn, heardOn }: Pick<SponsorSigns, 'askedOn' | 'heardOn'>): Day | null {
  if (askedOn === null) return null;
  return heardOn !== null && heardOn > askedOn ? heardOn : askedOn;
}

/**
 * Blockers nobody has said anything about for long, in working days of whoever is to clear them; each is a signal, the heaviest
 * counts.
 *
 * @example
 * oldBlockers({ today: '2026-03-01', blockers: [] }) // []
 */
export function oldBlockers({ today, blockers, settings }: StallFacts): Signal[] {
  return blockers.flatMap(({ id, heardOn, calendar }) => {
    const workingDays = workingDaysBetween(calendar, heardOn, today);
    const found = weigh(workingDays, [
      [settings.blocker_minor + 1, 1],
      [settings.blocker_major + 1, 2],
    ]);
    if (found === null) return [];
    const limit = found.limit - 1;
    return [
      fact('blockers', found.weight, {
        rule: 'old_blocker',
        blocker: id,
        since: heardOn,
        workingDays,
        limit,
      }),
    ];
  });
}

function leaveDays({ calendar }: SponsorSigns, since: Day, today: Day): number {
  return leaveBetween(calendar, since, today).reduce(
    (sum, { from, until }) => sum + daysBetween(from, until) + 1,
    0,
  );
}
