/** What does a page in front of one person need to draw, in pieces small enough to fetch again and again? */
import { realClock } from '../clock.ts';
import { isEphemeral } from '../delivery/payloads.ts';
import type { JsonObject } from '../json.ts';
import type { Parts } from '../parts.ts';
import { canSee } from '../world/channels.ts';
import { describeMessage } from '../world/messages.ts';
import { conversationFor, personNamed } from '../world/names.ts';
import { isExternal } from '../world/people.ts';
import type { CommandSeed, ShortcutSeed } from '../world/seed.ts';
import type { Channel, Ephemeral, InstalledApp, Message, Person } from '../world/workspace.ts';
import { visibleMessages } from './press-message.ts';
import type { Read, SeenChannel, SeenMessage } from './read.ts';
import { type News, newsFor } from './read-marks.ts';
import { type RefusedPayload, refusedMessages } from './refusals.ts';

/** A person or bot as a page shows them. */
export interface PagePerson {
  id: string;
  name: string;
  realName: string;
  tz: string;
  guest: Person['guest'];
  isExternal: boolean;
  isAdmin: boolean;
  isBot: boolean;
  deleted: boolean;
  appId: string | null;
  /** Unread direct messages and mentions. */
  mentions: number;
}

export interface PageApp {
  id: string;
  name: string;
  botUserId: string;
  commands: CommandSeed[];
  shortcuts: ShortcutSeed[];
  homeTab: boolean;
  messagesTab: InstalledApp['messagesTab'];
  mode: InstalledApp['mode'];
  state: InstalledApp['state'];
  /** Open sockets; always 0 over HTTP. */
  connections: number;
}

export interface PageChannel extends SeenChannel, News {}

export interface PageState {
  /** The number of the newest change: a page that listens continues from here. */
  change: number;
  /** The number of the newest line of the journal. */
  line: number;
  /** Epoch milliseconds of the workspace's clock. */
  now: number;
  /** True when that clock runs by itself. */
  runs: boolean;
  team: { id: string; name: string };
  me: string;
  people: PagePerson[];
  apps: PageApp[];
  channels: PageChannel[];
}

/** A message with what the person has entered into it: block id → action id → entry. */
export interface PageMessage extends SeenMessage {
  entered?: Record<string, Record<string, JsonObject>>;
}

export interface PageMessages {
  channel: string;
  /** The number of the newest change. */
  change: number;
  /** Oldest first. */
  messages: PageMessage[];
  refusals: RefusedPayload[];
}

/** Everything around the messages. */
export function pageState(parts: Parts, read: Read, user: string): PageState {
  const { workspace, clock } = parts;
  const me = personNamed(workspace, user);
  return {
    change: parts.feed.newest(),
    line: parts.journal.read().at(-1)?.n ?? 0,
    now: clock.now(),
    runs: clock === realClock,
    team: { id: workspace.team.id, name: workspace.team.name },
    me: me.id,
    people: pagePeople(parts),
    apps: [...workspace.apps.values()].map((app) => pageApp(parts, app)),
    channels: read.channels(user).map((seen) => {
      const channel = workspace.channels.get(seen.id);
      const news = channel === undefined ? nothingNew : newsFor(workspace, me, channel);
      return { ...seen, ...news };
    }),
  };
}

/** Everyone in the workspace, in the order they came. */
export function pagePeople(parts: Parts): PagePerson[] {
  const mentions = mentionsByPerson(parts);
  return [...parts.workspace.people.values()].map((person) => pagePerson(parts, person, mentions));
}

/**
 * The messages of a conversation with what stands around them.
 * @param only these messages and the roots of their threads; without it all
 */
export function pageMessages(parts: Parts, user: string, where: string, only?: string[]): PageMessages {
  const { workspace } = parts;
  const person = personNamed(workspace, user);
  const channel = conversationFor(workspace, person, where);
  const visible = visibleMessages(parts, person, channel);
  const wanted = only === undefined ? visible : withRoots(visible, new Set(only));
  return {
    channel: channel.id,
    change: parts.feed.newest(),
    messages: wanted.map((source) => pageMessage(parts, person, channel, source)),
    refusals: refusedMessages(parts, person, channel),
  };
}

/** Takes a message away that only this person sees. */
export function dismiss(parts: Parts, user: string, where: string, ts: string): void {
  const person = personNamed(parts.workspace, user);
  const channel = conversationFor(parts.workspace, person, where);
  if (channel.ephemerals.get(ts)?.user !== person.id) throw new Error('There is no such message to dismiss.');
  channel.ephemerals.delete(ts);
  parts.feed.tell('delete', { channel: channel.id, ts, user: person.id });
}

const nothingNew: News = { readUpTo: '', unread: 0, mentions: 0, latest: '' };

function messageOf(source: Message | Ephemeral): Message {
  return isEphemeral(source) ? source.message : source;
}

function withRoots(visible: (Message | Ephemeral)[], wanted: Set<string>): (Message | Ephemeral)[] {
  for (const source of visible) {
    const { ts, thread_ts: root } = messageOf(source);
    if (wanted.has(ts) && root !== undefined) wanted.add(root);
  }
  return visible.filter((source) => wanted.has(messageOf(source).ts));
}

function pageMessage(
  parts: Parts,
  person: Person,
  channel: Channel,
  source: Message | Ephemeral,
): PageMessage {
  const message = messageOf(source);
  const entered = parts.workspace.messageStates.get(`${channel.id}:${message.ts}:${person.id}`);
  return {
    ...(describeMessage(message, true) as Message),
    channel: channel.id,
    is_ephemeral: isEphemeral(source),
    ...(entered === undefined ? {} : { entered: structuredClone(entered) }),
  };
}

function pagePerson(parts: Parts, person: Person, mentions: Map<string, number>): PagePerson {
  const { id, name, realName, tz, guest, isAdmin, isBot, deleted, appId } = person;
  return {
    id,
    name,
    realName,
    tz,
    guest,
    isExternal: isExternal(parts.workspace, person),
    isAdmin,
    isBot,
    deleted,
    appId,
    mentions: mentions.get(id) ?? 0,
  };
}

function pageApp(parts: Parts, app: InstalledApp): PageApp {
  const { id, name, botUserId, commands, shortcuts, homeTab, messagesTab, mode, state } = app;
  const connections = parts.sockets.connections(id);
  return { id, name, botUserId, commands, shortcuts, homeTab, messagesTab, mode, state, connections };
}

function mentionsByPerson({ workspace }: Parts): Map<string, number> {
  const counts = new Map<string, number>();
  for (const channel of workspace.channels.values()) {
    for (const member of channel.members) {
      const person = workspace.people.get(member);
      if (person === undefined || person.isBot || !canSee(workspace, person, channel)) continue;
      const { mentions } = newsFor(workspace, person, channel);
      counts.set(member, (counts.get(member) ?? 0) + mentions);
    }
  }
  return counts;
}
