/** Who are the people the app deals with, and which of them are the programme office? */
import { type Person, unfitFor } from '../core/person.ts';
import { isOfficeMember, UNSET, type WorkspaceSettings } from '../core/workspace-settings.ts';
import type { Database } from '../db/database.ts';
import {
  namesByIds,
  personById,
  personHeardOf,
  rememberPerson,
  workspaceById,
} from '../db/queries/people.ts';
import { ownCalendars, rethinkCheckIns } from '../db/queries/rhythm.ts';
import { pilotsHeldBy } from '../db/queries/roles.ts';
import { openSchedule, PERSON_CHANGED } from '../db/queries/schedules.ts';
import { workspaceSettings } from '../db/queries/settings.ts';
import type { Directory } from '../features/feature.ts';
import type { Courier, SlackPerson } from '../slack/courier.ts';
import { isKnownZone } from './known-zone.ts';

/** How long what Slack said about somebody is taken as true. */
const FRESH_MS = 60 * 60 * 1000;

/** What a person is called nobody knows anything about. */
const unknown = (id: string): Person => ({
  id,
  name: id,
  timezone: null,
  isBot: false,
  isDeactivated: false,
  isGuest: false,
  isExternal: false,
  isAdmin: false,
});

/** Makes the directory: what is known comes from the database, and Slack is asked when that is old. */
export function createDirectory(
  db: Database,
  courier: Courier,
  now: () => number,
  newId: () => string,
): Directory {
  async function settingsOf(workspace: string): Promise<WorkspaceSettings> {
    const row = await workspaceById(db, workspace);
    return row === null ? UNSET : workspaceSettings(row);
  }

  /** The zone somebody has set for themselves wins over what Slack says. */
  async function asSet(workspace: string, person: Person): Promise<Person> {
    const zone = (await ownCalendars(db, workspace, [person.id])).get(person.id)?.zone;
    return typeof zone === 'string' && isKnownZone(zone) ? { ...person, timezone: zone } : person;
  }

  /** Keeps what Slack says; where it is something new about somebody with a part here, what depends on it is due. */
  async function learn(workspace: string, known: Person | null, person: Person, at: number): Promise<void> {
    const isNew = known === null || (sameHours(known, person) && sameStanding(known, person));
    const pilots = isNew ? [] : await pilotsHeldBy(db, workspace, person.id);
    if (pilots.length === 0) {
      await rememberPerson(db, workspace, person, at);
      return;
    }
    await db.atomically(workspace, () => [
      personHeardOf(db, workspace, person, at),
      rethinkCheckIns(db, workspace, pilots),
      ...(known !== null && sameStanding(known, person)
        ? []
        : [
            openSchedule(db, {
              workspace,
              id: newId(),
              kind: PERSON_CHANGED,
              subject: person.id,
              rule: {},
              timezone: 'UTC',
              nextAt: at,
              details: {},
              setBy: 'system:slack',
              setAt: at,
            }),
          ]),
    ]);
  }

  /** What Slack says about somebody: now, or as last heard where that is fresh enough. */
  async function asTold(workspace: string, id: string, freshMs = FRESH_MS): Promise<Person> {
    const known = await personById(db, workspace, id);
    const at = now();
    // A clock that went back must not make old knowledge look fresh for ever.
    if (known !== null && Math.abs(at - known.refreshedAt) < freshMs) return known;
    const home = await workspaceById(db, workspace);
    // A workspace that has removed the app is not asked anything either.
    if (home !== null && home.uninstalledAt !== null) return known ?? unknown(id);
    const asked = await courier.person(id);
    if (asked.kind === 'done') {
      const person = fromSlack(asked.value, workspace);
      await learn(workspace, known, person, at);
      return person;
    }
    if (asked.kind === 'unreachable') {
      const gone = { ...(known ?? unknown(id)), isDeactivated: true };
      await learn(workspace, known, gone, at);
      return gone;
    }
    return known ?? unknown(id);
  }

  return {
    person: async (workspace, id) => asSet(workspace, await asTold(workspace, id)),
    async changed(workspace, id) {
      // Of those nobody here has heard of there is nothing to keep true.
      if ((await personById(db, workspace, id)) !== null) await asTold(workspace, id, 0);
    },
    async names(workspace, ids) {
      const wanted = [...new Set(ids.filter((id): id is string => typeof id === 'string'))];
      const known = await namesByIds(db, workspace, wanted);
      const names = new Map(wanted.map((id) => [id, id]));
      for (const person of known) names.set(person.id, person.name);
      return names;
    },
    isKnown: async (workspace, id) => (await personById(db, workspace, id)) !== null,
    isOffice: async (workspace, person) => isOfficeMember(await settingsOf(workspace), person),
    officeName: async (workspace) => (await settingsOf(workspace)).officeName ?? 'the programme office',
  };
}

const sameHours = (one: Person, other: Person): boolean => one.timezone === other.timezone;

/** Whether they are called the same and may still hold what they hold. */
const sameStanding = (one: Person, other: Person): boolean =>
  one.name === other.name && unfitFor(one) === unfitFor(other);

function fromSlack(person: SlackPerson, workspace: string): Person {
  return {
    id: person.id,
    name: person.name,
    timezone: person.timezone,
    isBot: person.isBot,
    isDeactivated: person.isDeactivated,
    isGuest: person.isGuest,
    isExternal: person.team !== null && person.team !== workspace,
    isAdmin: person.isAdmin,
  };
}
