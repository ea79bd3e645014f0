/** What has been said, and what became of it? */
import { millisecondsOf } from '../clock.ts';
import type { JsonObject } from '../json.ts';
import { appOfBot, botProfile } from './apps.ts';
import type { Channel, Ephemeral, InstalledApp, Message, Workspace } from './workspace.ts';

const dayInMilliseconds = 86_400_000;

/** Posts a message and counts it in its thread. */
export function addMessage(
  workspace: Workspace,
  channel: Channel,
  content: Omit<Message, 'type' | 'ts'> & { text: string },
): Message {
  const message = {
    ...content,
    type: 'message',
    ts: workspace.timestamp(),
    team: workspace.team.id,
  } as Message;
  const root = message.thread_ts === undefined ? undefined : channel.messages.get(message.thread_ts);
  if (root !== undefined && root.user !== undefined) message.parent_user_id = root.user;
  channel.messages.set(message.ts, message);
  if (root !== undefined) countReplies(channel, root);
  workspace.feed.tell('message', { channel: channel.id, ts: message.ts });
  return message;
}

/** What a message of an app says about its author. */
export function authoredByApp(workspace: Workspace, app: InstalledApp): Partial<Message> {
  return {
    user: app.botUserId,
    bot_id: app.botId,
    app_id: app.id,
    bot_profile: botProfile(workspace, app),
  };
}

/** The message with a timestamp, unless it is deleted or past the workspace's retention. */
export function findMessage(workspace: Workspace, channel: Channel, ts: string): Message | undefined {
  dropExpired(workspace, channel);
  return channel.messages.get(ts);
}

/** Every message of a channel, oldest first. */
export function messagesOf(workspace: Workspace, channel: Channel): Message[] {
  dropExpired(workspace, channel);
  return [...channel.messages.values()];
}

/** Replaces parts of a message; a part that is undefined is removed. */
export function editMessage(
  workspace: Workspace,
  channel: Channel,
  message: Message,
  change: { [Part in keyof Message]?: Message[Part] | undefined },
): void {
  for (const [part, value] of Object.entries(change)) {
    if (value === undefined) delete message[part];
    else message[part] = value;
  }
  workspace.feed.tell('update', { channel: channel.id, ts: message.ts });
}

/** Removes a message; the root of a thread with replies stays as a tombstone. */
export function deleteMessage(workspace: Workspace, channel: Channel, message: Message): void {
  if ((message.reply_count ?? 0) > 0 && message.subtype !== 'tombstone') {
    const { type, ts, thread_ts, reply_count, reply_users, reply_users_count, latest_reply } = message;
    const kept = { type, ts, thread_ts, reply_count, reply_users, reply_users_count, latest_reply };
    for (const part of Object.keys(message)) delete message[part];
    Object.assign(message, kept, {
      subtype: 'tombstone',
      text: 'This message was deleted.',
      user: 'USLACKBOT',
      hidden: true,
    });
  } else {
    channel.messages.delete(message.ts);
    const root = message.thread_ts === undefined ? undefined : channel.messages.get(message.thread_ts);
    if (root !== undefined) countReplies(channel, root);
  }
  workspace.feed.tell('delete', { channel: channel.id, ts: message.ts });
}

/** Shows a message to one person only. */
export function addEphemeral(
  workspace: Workspace,
  channel: Channel,
  user: string,
  content: Omit<Message, 'type' | 'ts'> & { text: string },
): Ephemeral {
  const ts = workspace.timestamp();
  const message = { ...content, type: 'message', ts, is_ephemeral: true } as Message;
  const ephemeral = { user, message };
  channel.ephemerals.set(ts, ephemeral);
  workspace.feed.tell('message', { channel: channel.id, ts, user });
  return ephemeral;
}

/**
 * A message as the Web API returns it.
 * @param withMetadata false leaves the payload of its metadata out, as Slack does unless it is asked for
 */
export function describeMessage(message: Message, withMetadata: boolean): JsonObject {
  const copy: JsonObject = structuredClone(message);
  if (!withMetadata && message.metadata !== undefined) {
    copy['metadata'] = { event_type: message.metadata['event_type'] };
  }
  return copy;
}

/** The app that posted a message. */
export function appOf(workspace: Workspace, message: Message): InstalledApp | undefined {
  if (message.app_id !== undefined) return workspace.apps.get(message.app_id);
  return message.user === undefined ? undefined : appOfBot(workspace, message.user);
}

/** When the next message passes the retention, as an instant of the clock; null when none will. */
export function nextExpiry(workspace: Workspace): number | null {
  if (workspace.retentionDays === null) return null;
  let earliest: number | null = null;
  for (const channel of workspace.channels.values()) {
    const oldest = channel.messages.keys().next();
    if (oldest.done === true) continue;
    const expires = millisecondsOf(oldest.value) + workspace.retentionDays * dayInMilliseconds + 1;
    earliest = Math.min(earliest ?? expires, expires);
  }
  return earliest;
}

/** Removes what is past the retention. */
export function dropExpired(workspace: Workspace, channel: Channel): void {
  if (workspace.retentionDays === null) return;
  const horizon = workspace.clock.now() - workspace.retentionDays * dayInMilliseconds;
  for (const ts of channel.messages.keys()) {
    if (millisecondsOf(ts) >= horizon) break;
    channel.messages.delete(ts);
    workspace.feed.tell('delete', { channel: channel.id, ts });
  }
}

function countReplies(channel: Channel, root: Message): void {
  const replies = [...channel.messages.values()].filter(
    (message) => message.thread_ts === root.ts && message.ts !== root.ts,
  );
  const users = [...new Set(replies.flatMap((reply) => (reply.user === undefined ? [] : [reply.user])))];
  if (replies.length === 0) {
    for (const part of ['thread_ts', 'reply_count', 'reply_users', 'reply_users_count', 'latest_reply'])
      delete root[part];
    return;
  }
  root.thread_ts = root.ts;
  root.reply_count = replies.length;
  root.reply_users = users;
  root.reply_users_count = users.length;
  root.latest_reply = replies.at(-1)?.ts ?? root.ts;
}
