/** What happens when an app answers through a response URL, or with its acknowledgement of a command? */
import { announceMessage } from '../happenings.ts';
import type { JsonObject } from '../json.ts';
import type { Parts } from '../parts.ts';
import { refuse } from '../web-api/answer.ts';
import { flagArgument, textArgument } from '../web-api/arguments.ts';
import { missingText, readMessage } from '../web-api/message-arguments.ts';
import { addEphemeral, addMessage, authoredByApp, deleteMessage, editMessage } from '../world/messages.ts';
import type { Channel, InstalledApp, Message } from '../world/workspace.ts';
import { isEphemeral } from './payloads.ts';
import type { ResponseTarget } from './response-urls.ts';

/**
 * Posts, replaces or deletes what an answer asks for.
 * @returns what is still to be told to apps
 * @throws Refusal when Slack would not take the message
 */
export async function applyResponse(
  parts: Parts,
  target: ResponseTarget,
  args: JsonObject,
  warn: (text: string) => void,
): Promise<void> {
  const { workspace } = parts;
  const app = workspace.apps.get(target.appId);
  const channel = workspace.channels.get(target.channelId);
  if (app === undefined || channel === undefined) refuse('channel_not_found');
  if (flagArgument(args, 'delete_original')) {
    deleteOriginal(parts, channel, target);
    return;
  }
  const { metadata: _, ...content } = readMessage(args, 'post', workspace.ids, warn);
  if (flagArgument(args, 'replace_original') && target.source !== null) {
    replaceOriginal(parts, channel, target, { text: missingText, ...content });
    return;
  }
  const thread = textArgument(args, 'thread_ts') ?? threadOf(target);
  const message = {
    ...authoredByApp(workspace, app),
    ...content,
    text: content.text ?? missingText,
    ...(thread === undefined ? {} : { thread_ts: thread }),
  };
  if (textArgument(args, 'response_type') !== 'in_channel') {
    addEphemeral(workspace, channel, target.userId, message);
    return;
  }
  if (channel.isArchived) refuse('is_archived');
  await announceMessage(
    parts,
    channel,
    addMessage(workspace, channel, { ...message, subtype: 'bot_message' }),
  );
}

function deleteOriginal(parts: Parts, channel: Channel, target: ResponseTarget): void {
  const { source } = target;
  if (source === null) refuse('message_not_found');
  if (!isEphemeral(source)) {
    deleteMessage(parts.workspace, channel, ownMessage(parts, channel, target, source));
    return;
  }
  channel.ephemerals.delete(source.message.ts);
  parts.feed.tell('delete', { channel: channel.id, ts: source.message.ts, user: source.user });
}

function replaceOriginal(
  parts: Parts,
  channel: Channel,
  target: ResponseTarget,
  content: Partial<Message>,
): void {
  const { source } = target;
  if (source === null) return;
  const fresh = { blocks: undefined, attachments: undefined, ...content };
  if (!isEphemeral(source)) {
    const edited = { user: appOf(parts, target).botUserId, ts: parts.workspace.timestamp() };
    editMessage(parts.workspace, channel, ownMessage(parts, channel, target, source), { ...fresh, edited });
    return;
  }
  const { message } = source;
  for (const [part, value] of Object.entries(fresh)) {
    if (value === undefined) delete message[part];
    else message[part] = value;
  }
  parts.feed.tell('update', { channel: channel.id, ts: message.ts, user: source.user });
}

function ownMessage(parts: Parts, channel: Channel, target: ResponseTarget, source: Message): Message {
  const message = channel.messages.get(source.ts);
  if (message === undefined) refuse('message_not_found');
  if (message.app_id !== appOf(parts, target).id) refuse('cant_update_message');
  return message;
}

function appOf(parts: Parts, target: ResponseTarget): InstalledApp {
  return parts.workspace.apps.get(target.appId) ?? refuse('channel_not_found');
}

/** An answer to something pressed in a thread stays in that thread. */
function threadOf({ source }: ResponseTarget): string | undefined {
  if (source === null) return undefined;
  return isEphemeral(source) ? source.message.thread_ts : source.thread_ts;
}
