/** How far has each person read, and what is new to them? */
import type { Parts } from '../parts.ts';
import { messagesOf } from '../world/messages.ts';
import type { Channel, Message, Person, Workspace } from '../world/workspace.ts';

/** What is new in a conversation. */
export interface News {
  /** Timestamp up to which the person has read; empty when they never looked. */
  readUpTo: string;
  unread: number;
  /** How many of those mention the person, or stand in a direct message. */
  mentions: number;
  /** Timestamp of the newest message; empty in an empty conversation. */
  latest: string;
}

// Beside the workspace, because only a page in front of a person has a use for it.
const marks = new WeakMap<Workspace, Map<string, string>>();

/** Remembers that a person has read up to a message; an older mark than the one that is there changes nothing. */
export function markRead(parts: Parts, person: Person, channel: Channel, ts: string): void {
  const { workspace } = parts;
  if (Number(ts) <= Number(readUpTo(workspace, person, channel))) return;
  const own = marks.get(workspace) ?? new Map<string, string>();
  own.set(`${person.id}:${channel.id}`, ts);
  marks.set(workspace, own);
  parts.feed.tell('read', { channel: channel.id, user: person.id });
}

/** What is new to a person in a conversation. Replies in threads count in direct messages only. */
export function newsFor(workspace: Workspace, person: Person, channel: Channel): News {
  const messages = messagesOf(workspace, channel);
  const mark = readUpTo(workspace, person, channel);
  const from = Number(mark);
  let unread = 0;
  let mentions = 0;
  for (let index = messages.length - 1; index >= 0; index -= 1) {
    const message = messages[index];
    if (message === undefined || Number(message.ts) <= from) break;
    if (message.user === person.id || !counts(channel, message)) continue;
    unread += 1;
    if (channel.kind === 'im' || message.text.includes(`<@${person.id}>`)) mentions += 1;
  }
  return { readUpTo: mark, unread, mentions, latest: messages.at(-1)?.ts ?? '' };
}

function readUpTo(workspace: Workspace, person: Person, channel: Channel): string {
  return marks.get(workspace)?.get(`${person.id}:${channel.id}`) ?? '';
}

function counts(channel: Channel, message: Message): boolean {
  if (message.subtype === 'channel_join' || message.subtype === 'group_join') return false;
  return channel.kind === 'im' || message.thread_ts === undefined || message.thread_ts === message.ts;
}
