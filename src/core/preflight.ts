/** Could everybody be reached who may have to be asked, and would somebody stand in? Told before it matters. */
import { awayOn, type WorkingCalendar, workingDayFrom, workingDaysBetween } from './calendar.ts';
import { addDays, type Day, dayOf, startOfDay } from './day.ts';
import type { Holders } from './pilot.ts';
import { UNANSWERED_DAYS } from './sponsor.ts';

/** The roles that are asked, each with the role that stands in for it. */
const STANDS_IN = { owner: 'backup', sponsor: 'delegate' } as const;
type Asked = keyof typeof STANDS_IN;

/** Something that would be in the way if anything had to be asked. */
export type Gap = {
  readonly role: Asked;
  /** From this day on it is worth telling. */
  readonly tellOn: Day;
} & (
  | { readonly why: 'missing'; readonly person: string | null }
  | { readonly why: 'away'; readonly person: string; readonly from: Day; readonly until: Day }
  | { readonly why: 'no_deputy' }
  | { readonly why: 'unanswered'; readonly since: Day }
);

/** What is looked at in one running pilot. */
export interface PreflightFacts {
  readonly today: Day;
  readonly start: Day | null;
  readonly decision: Day | null;
  readonly holders: Holders;
  readonly isThere: (person: string) => boolean;
  readonly calendarOf: (person: string) => WorkingCalendar;
  /** Since when the sponsor has owed an answer; null while nothing is asked. */
  readonly silentSince: Day | null;
}

/** Working days before somebody goes away on which it is told that nobody stands in. */
const BEFORE_LEAVE = 5;
/** A backup is named by the end of the second week, a delegate two weeks before the decision. */
const TWO_WEEKS = 14;

/**
 * What would be in the way, the heaviest first: nobody there; away with nobody standing in; a question that waits; no deputy.
 *
 * @example
 * preflight({ today: '2026-02-02', start: '2026-01-05', decision: '2026-04-05', holders: { owner: 'U1', sponsor: 'U2', backup: 'U3', delegate: 'U4' }, isThere: () => true, calendarOf: () => ({ leave: [] }), silentSince: null }) // []
 * preflight({ today: '2026-02-02', start: '2026-01-05', decision: '2026-04-05', holders: { owner: 'U1', sponsor: 'U2' }, isThere: () => true, calendarOf: () => ({ leave: [] }), silentSince: null }).map(({ why, role, tellOn }) => [why, role, tellOn]) // [['no_deputy', 'owner', '2026-01-19'], ['no_deputy', 'sponsor', '2026-03-22']]
 */
export function preflight(facts: PreflightFacts): Gap[] {
  const found = (['owner', 'sponsor'] as const).flatMap((role) => gapsOf(facts, role));
  return found.toSorted((a, b) => ORDER.indexOf(a.why) - ORDER.indexOf(b.why));
}

const ORDER: readonly Gap['why'][] = ['missing', 'away', 'unanswered', 'no_deputy'];

/**
 * What tells one gap of a pilot from another: the same one is told once.
 *
 * @example
 * gapKey({ why: 'away', role: 'owner', person: 'U1', from: '2026-03-02', until: '2026-03-06', tellOn: '2026-02-23' }) // 'away:owner:2026-03-02'
 * gapKey({ why: 'no_deputy', role: 'owner', tellOn: '2026-01-19' }) // 'no_deputy:owner'
 */
export function gapKey(gap: Gap): string {
  const day = 'from' in gap ? gap.from : 'since' in gap && gap.since;
  return [gap.why, gap.role, ...(day === false ? [] : [day])].join(':');
}

/**
 * The instant of the next look: early in the morning, so that it is known when people come.
 *
 * @example
 * nextPreflight('UTC', 0) // 21600000
 * nextPreflight('UTC', 21_600_000) // 108000000
 */
export function nextPreflight(zone: string, at: number): number {
  const today = dayOf(at, zone);
  const morning = (day: Day) => startOfDay(day, zone) + EARLY_MS;
  return morning(today) > at ? morning(today) : morning(addDays(today, 1));
}

const EARLY_MS = 6 * 60 * 60 * 1000;

function gapsOf(facts: PreflightFacts, role: Asked): Gap[] {
  const { today, holders, isThere, silentSince } = facts;
  const person = holders[role];
  if (person === undefined || !isThere(person))
    return [{ why: 'missing', role, person: person ?? null, tellOn: today }];
  const deputy = holders[STANDS_IN[role]];
  const hasDeputy = deputy !== undefined && isThere(deputy);
  return [
    ...leaveGap(facts, role, person, hasDeputy ? deputy : null),
    ...(role === 'sponsor' && silentSince !== null
      ? [
          {
            why: 'unanswered' as const,
            role,
            since: silentSince,
            tellOn: addDays(silentSince, UNANSWERED_DAYS),
          },
        ]
      : []),
    ...(hasDeputy ? [] : [{ why: 'no_deputy' as const, role, tellOn: deputyDay(facts, role) }]),
  ];
}

/** The first leave to come during which nobody would answer. */
function leaveGap(facts: PreflightFacts, role: Asked, person: string, deputy: string | null): Gap[] {
  const { today, calendarOf } = facts;
  const calendar = calendarOf(person);
  const open = calendar.leave.find(({ from, until, delegate }) => {
    if (until < today || delegate !== null) return false;
    const first = from < today ? today : from;
    return deputy === null || awayOn(calendarOf(deputy), first) !== null;
  });
  if (open === undefined) return [];
  const { from, until } = open;
  const whole = { ...calendar, leave: [] };
  if (workingDaysBetween(whole, addDays(from, -1), until) === 0) return [];
  return [{ why: 'away', role, person, from, until, tellOn: workingDayFrom(whole, from, -BEFORE_LEAVE) }];
}

function deputyDay({ today, start, decision }: PreflightFacts, role: Asked): Day {
  const settled = start === null ? today : addDays(start, TWO_WEEKS);
  if (role === 'owner' || decision === null) return settled;
  return addDays(decision, -TWO_WEEKS);
}
