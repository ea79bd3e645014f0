/** Who is in the workspace, and how does Slack describe them? */
import type { JsonObject } from '../json.ts';
import type { PersonSeed } from './seed.ts';
import type { InstalledApp, Person, Workspace } from './workspace.ts';
import { secondsNow } from './workspace.ts';

/** Adds a person. */
export function addPerson(workspace: Workspace, seed: PersonSeed, appId: string | null = null): Person {
  const id = seed.id ?? workspace.ids.next('U');
  workspace.ids.reserve(id);
  const person: Person = {
    id,
    teamId: seed.teamId ?? workspace.team.id,
    name: seed.name,
    realName: seed.realName,
    email: seed.email ?? `${seed.name}@${workspace.team.domain}.example`,
    tz: seed.tz ?? 'Etc/UTC',
    locale: seed.locale ?? 'en-US',
    isAdmin: seed.isAdmin ?? seed.isOwner ?? false,
    isOwner: seed.isOwner ?? false,
    guest: seed.isGuest ?? null,
    isBot: seed.isBot ?? false,
    deleted: seed.deleted ?? false,
    appId,
    doNotDisturb: null,
    updated: secondsNow(workspace),
  };
  workspace.people.set(id, person);
  return person;
}

/** True for someone of another company. */
export function isExternal(workspace: Workspace, person: Person): boolean {
  return person.teamId !== workspace.team.id;
}

/** True when the two are in one channel that is not a direct message. */
export function shareChannel(workspace: Workspace, one: string, other: string): boolean {
  return [...workspace.channels.values()].some(
    (channel) => channel.kind === 'channel' && channel.members.has(one) && channel.members.has(other),
  );
}

/** Seconds a zone is ahead of UTC at an instant. */
function zoneOffset(tz: string, instant: number): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: tz,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(instant);
  const part = (type: string): number => Number(parts.find((candidate) => candidate.type === type)?.value);
  const local = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  return Math.round((local - Math.floor(instant / 1000) * 1000) / 1000);
}

function zoneLabel(tz: string, instant: number): string {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone: tz, timeZoneName: 'long' }).formatToParts(
    instant,
  );
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? tz;
}

/**
 * A person as `users.info` returns them.
 * @param viewer the app that asks: it learns the e-mail with its scope only, and strangers are marked
 */
export function describePerson(workspace: Workspace, person: Person, viewer: InstalledApp): JsonObject {
  const external = isExternal(workspace, person);
  const stranger = external && !shareChannel(workspace, person.id, viewer.botUserId);
  const app = person.appId === null ? undefined : workspace.apps.get(person.appId);
  const now = workspace.clock.now();
  const [first = '', ...rest] = person.realName.split(' ');
  return {
    id: person.id,
    team_id: person.teamId,
    name: person.name,
    deleted: person.deleted,
    color: '9f69e7',
    real_name: person.realName,
    tz: person.tz,
    tz_label: zoneLabel(person.tz, now),
    tz_offset: zoneOffset(person.tz, now),
    profile: {
      title: '',
      phone: '',
      skype: '',
      real_name: person.realName,
      real_name_normalized: person.realName,
      display_name: person.isBot ? '' : person.name,
      display_name_normalized: person.isBot ? '' : person.name,
      first_name: first,
      last_name: rest.join(' '),
      status_text: '',
      status_emoji: '',
      status_expiration: 0,
      avatar_hash: 'g000000000000',
      team: person.teamId,
      ...(viewer.scopes.has('users:read.email') && !person.isBot ? { email: person.email } : {}),
      ...(app === undefined ? {} : { bot_id: app.botId, api_app_id: app.id, always_active: true }),
    },
    is_admin: person.isAdmin,
    is_owner: person.isOwner,
    is_primary_owner: false,
    is_restricted: person.guest !== null,
    is_ultra_restricted: person.guest === 'single',
    is_bot: person.isBot,
    is_app_user: false,
    is_email_confirmed: !person.isBot,
    ...(external ? { is_stranger: stranger } : {}),
    updated: person.updated,
    who_can_share_contact_card: 'EVERYONE',
  };
}

/** When messages are held back from a person, as `dnd.info` and its event say it. */
export function describeDoNotDisturb(workspace: Workspace, person: Person): JsonObject {
  const quiet = person.doNotDisturb;
  const over = quiet === null || quiet.until <= workspace.clock.now();
  return {
    dnd_enabled: !over,
    next_dnd_start_ts: over ? 1 : Math.floor(quiet.from / 1000),
    next_dnd_end_ts: over ? 1 : Math.floor(quiet.until / 1000),
  };
}

/** Changes a person and remembers when. */
export function changePerson(workspace: Workspace, person: Person, change: Partial<Person>): void {
  Object.assign(person, change, { updated: secondsNow(workspace) });
  workspace.feed.tell('person', { user: person.id });
}
