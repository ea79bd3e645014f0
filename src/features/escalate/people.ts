/** Who stands where in a case, can they be reached, and as whom does somebody act? */
import { awayOn, type WorkingCalendar, workingCalendar } from '../../core/calendar.ts';
import { dayOf } from '../../core/day.ts';
import type { Addressee, Cause } from '../../core/escalation/cause.ts';
import { waitsForPress } from '../../core/escalation/cause.ts';
import type { Desk } from '../../core/escalation/delivery.ts';
import type { PressLetter } from '../../core/escalation/press.ts';
import type { Chain } from '../../core/escalation/record.ts';
import { unfitFor } from '../../core/person.ts';
import type { PilotFacts } from '../../core/pilot-facts.ts';
import { lastSentTo } from '../../db/queries/cases.ts';
import { workspaceById } from '../../db/queries/people.ts';
import { calendarsOf } from '../calendars.ts';
import type { Parts } from '../feature.ts';

/** The roles that decide. */
export const DECIDERS = ['sponsor', 'delegate', 'person'] as const;

/** What tells who stands where. */
interface ChainFacts {
  readonly facts: PilotFacts;
  readonly office: readonly string[];
  readonly letters: readonly Pick<PressLetter, 'kind' | 'person'>[];
}

/** Who stands where for a pilot now. */
export function chainOf({ facts, office, letters }: ChainFacts, cause: Cause): Chain {
  const { holders, everAsked, signed, charter } = facts;
  // Nobody but its owners and the programme office knows of a draft, whoever declined it has answered, and whoever was named
  // since is asked to sign before anything else.
  const wasAsked =
    charter.status === 'asked' ||
    letters.some(({ kind, person }) => kind === 'sign-request' && person === holders.sponsor);
  const takesPart = everAsked && (signed !== null || (charter.status !== 'declined' && wasAsked));
  const sponsor = takesPart ? (holders.sponsor ?? null) : null;
  return {
    owner: holders.owner ?? null,
    backup: holders.backup ?? null,
    sponsor,
    delegate: takesPart ? (holders.delegate ?? null) : null,
    office,
    person: waitsForPress(cause) ? sponsor : null,
  };
}

/** A desk for some people and whoever stands in for them, with the calendar of everybody else. */
export interface PeopleDesk extends Desk {
  readonly calendarOf: (person: string) => WorkingCalendar;
}

/** The same desk, knowing when one person last had such a card: they get one a day. */
export async function deskOf(
  parts: Parts,
  workspace: string,
  desk: PeopleDesk,
  person: string,
): Promise<PeopleDesk> {
  const at = await lastSentTo(parts.db, workspace, person, DECIDERS);
  const day = at === null ? null : dayOf(at, desk.calendarOf(person).zone);
  return { ...desk, lastSponsorDay: (id) => (id === person ? day : null) };
}

/** What is known about these people: when they work, and whether they are there. */
export async function deskFor(
  parts: Parts,
  workspace: string,
  people: readonly (string | null | undefined)[],
): Promise<PeopleDesk> {
  const first = [...new Set(people.filter((id): id is string => typeof id === 'string'))];
  const calendars = new Map(await calendarsOf(parts, workspace, first));
  const standIns = [...calendars.values()]
    .flatMap(({ leave }) => leave.map(({ delegate }) => delegate))
    .filter((id): id is string => id !== null && !calendars.has(id));
  for (const [id, calendar] of await calendarsOf(parts, workspace, standIns)) calendars.set(id, calendar);
  const there = new Set<string>();
  await Promise.all(
    [...calendars.keys()].map(async (id) => {
      if (unfitFor(await parts.people.person(workspace, id)) === null) there.add(id);
    }),
  );
  const zone = (await workspaceById(parts.db, workspace))?.timezone ?? 'UTC';
  const plain = workingCalendar({ zone });
  return {
    calendarOf: (person) => calendars.get(person) ?? plain,
    isThere: (person) => there.has(person),
    lastSponsorDay: () => null,
  };
}

/** Everyone who may be written to about a pilot. */
export const everyone = ({ owner, backup, sponsor, delegate, person, office }: Chain) => [
  owner,
  backup,
  sponsor,
  delegate,
  person,
  ...office,
];

/**
 * As whom somebody acts on a case of a pilot now: whoever decides before whoever works, whoever stands in only while the other is
 * away; null for somebody who has no part in it.
 */
export function roleOf(
  { holders }: PilotFacts,
  actor: { readonly id: string; readonly office: boolean },
  cause: Cause,
  desk: PeopleDesk,
  at: number,
): Addressee | null {
  const standsInFor = (id: string | undefined): boolean => {
    if (id === undefined) return false;
    const calendar = desk.calendarOf(id);
    return awayOn(calendar, dayOf(at, calendar.zone))?.delegate === actor.id;
  };
  // Nobody decides about what they do themselves, not even while they stand in.
  const works = actor.id === holders.owner || actor.id === holders.backup;
  if (actor.id === holders.sponsor) return waitsForPress(cause) ? 'person' : 'sponsor';
  if (!works && (actor.id === holders.delegate || standsInFor(holders.sponsor))) return 'delegate';
  if (actor.id === holders.owner) return 'owner';
  if (actor.id === holders.backup || standsInFor(holders.owner)) return 'backup';
  return actor.office ? 'office' : null;
}
