/** How do apps post, change and remove messages? */
import { announceMessage, announceMessageChanged, announceMessageDeleted } from '../happenings.ts';
import { openDirectMessage, otherMember } from '../world/channels.ts';
import {
  addEphemeral,
  addMessage,
  authoredByApp,
  deleteMessage,
  describeMessage,
  editMessage,
} from '../world/messages.ts';
import { findChannel } from '../world/names.ts';
import { isExternal, shareChannel } from '../world/people.ts';
import type { Channel, Message } from '../world/workspace.ts';
import { refuse } from './answer.ts';
import { flagArgument, requiredText, textArgument } from './arguments.ts';
import { channelArgument, isMember, messageArgument, timestampArgument } from './find.ts';
import { missingText, readMessage } from './message-arguments.ts';
import type { Call, Methods } from './method.ts';

const contentArguments = [
  'text',
  'blocks',
  'attachments',
  'markdown_text',
  'metadata',
  'parse',
  'link_names',
  'as_user',
];
const looks = [
  'username',
  'icon_emoji',
  'icon_url',
  'mrkdwn',
  'unfurl_links',
  'unfurl_media',
  'client_msg_id',
];

/** Methods about messages. */
export const chatMethods: Methods = {
  'chat.postMessage': {
    scopes: ['chat:write'],
    tier: 'special',
    required: ['channel'],
    optional: [...contentArguments, ...looks, 'thread_ts', 'reply_broadcast'],
    handle(call) {
      const { workspace } = call.parts;
      const channel = postingChannel(call);
      const content = readMessage(call.args, 'post', workspace.ids, call.warn);
      const clientMessageId = textArgument(call.args, 'client_msg_id');
      const { metadata, ...rest } = content;
      const message = addMessage(workspace, channel, {
        ...authoredByApp(workspace, call.app),
        ...rest,
        text: content.text ?? missingText,
        ...(metadata === undefined || metadata === null ? {} : { metadata }),
        ...(clientMessageId === undefined ? {} : { client_msg_id: clientMessageId }),
        ...threadOf(call, channel),
        ...appearance(call),
      });
      call.afterwards(() => announceMessage(call.parts, channel, message));
      return { channel: channel.id, ts: message.ts, message: describeMessage(message, true) };
    },
  },
  'chat.postEphemeral': {
    scopes: ['chat:write'],
    tier: 4,
    required: ['channel', 'user'],
    optional: [...contentArguments, ...looks, 'thread_ts'],
    handle(call) {
      const { workspace } = call.parts;
      const channel = postingChannel(call);
      const user = requiredText(call.args, 'user');
      if (!channel.members.has(user)) refuse('user_not_in_channel');
      const { metadata: _, ...content } = readMessage(call.args, 'post', workspace.ids, call.warn);
      const { message } = addEphemeral(workspace, channel, user, {
        ...authoredByApp(workspace, call.app),
        ...content,
        text: content.text ?? missingText,
        ...threadOf(call, channel),
        ...appearance(call),
      });
      return { message_ts: message.ts };
    },
  },
  'chat.update': {
    scopes: ['chat:write'],
    tier: 3,
    required: ['channel', 'ts'],
    optional: [...contentArguments, 'reply_broadcast', 'file_ids'],
    handle(call) {
      const { workspace } = call.parts;
      const channel = channelArgument(call);
      const message = messageArgument(call, channel, 'ts');
      if (channel.isArchived) refuse('is_inactive');
      if (message.app_id !== call.app.id) refuse('cant_update_message');
      const { metadata, ...content } = readMessage(call.args, 'update', workspace.ids, call.warn);
      const before = describeMessage(message, true);
      editMessage(workspace, channel, message, {
        ...content,
        ...(metadata === undefined ? {} : { metadata: metadata ?? undefined }),
        edited: { user: call.app.botUserId, ts: workspace.timestamp() },
      });
      call.afterwards(() => announceMessageChanged(call.parts, channel, message, before));
      return {
        channel: channel.id,
        ts: message.ts,
        text: message.text,
        message: describeMessage(message, true),
      };
    },
  },
  'chat.delete': {
    scopes: ['chat:write'],
    tier: 3,
    required: ['channel', 'ts'],
    optional: ['as_user'],
    handle(call) {
      const channel = channelArgument(call);
      const message = messageArgument(call, channel, 'ts');
      if (message.app_id !== call.app.id) refuse('cant_delete_message');
      const before = describeMessage(message, true);
      const { ts } = message;
      deleteMessage(call.parts.workspace, channel, message);
      call.afterwards(() => announceMessageDeleted(call.parts, channel, before));
      return { channel: channel.id, ts };
    },
  },
  'chat.getPermalink': {
    tier: 'special',
    json: false,
    required: ['channel', 'message_ts'],
    handle(call) {
      const { team } = call.parts.workspace;
      const channel = channelArgument(call);
      const { ts, thread_ts: root } = messageArgument(call, channel, 'message_ts');
      const thread = root === undefined || root === ts ? '' : `?thread_ts=${root}&cid=${channel.id}`;
      const permalink = `https://${team.domain}.slack.com/archives/${channel.id}/p${ts.replace('.', '')}${thread}`;
      return { channel: channel.id, permalink };
    },
  },
};

/** The conversation to post to: by id, by #name, or the direct message with a person by their id. */
function postingChannel(call: Call): Channel {
  const { workspace } = call.parts;
  const name = requiredText(call.args, 'channel');
  const channel = /^[UW][A-Z0-9]+$/.test(name) ? directMessage(call, name) : findChannel(workspace, name);
  if (channel === undefined) refuse('channel_not_found');
  if (channel.kind === 'im') {
    const other = workspace.people.get(otherMember(channel, call.app.botUserId));
    if (!isMember(call, channel)) refuse('channel_not_found');
    if (other?.deleted === true) refuse('user_disabled');
    if (call.app.messagesTab === 'off') refuse('messages_tab_disabled');
    return channel;
  }
  if (!isMember(call, channel)) {
    if (channel.isPrivate) refuse('channel_not_found');
    if (!channel.isArchived && !call.app.scopes.has('chat:write.public')) refuse('not_in_channel');
  }
  if (channel.isArchived) refuse('is_archived');
  return channel;
}

function directMessage(call: Call, userId: string): Channel | undefined {
  const { workspace } = call.parts;
  const person = workspace.people.get(userId);
  if (person === undefined) return undefined;
  if (person.isBot) refuse('cannot_dm_bot');
  if (person.deleted) refuse('user_disabled');
  if (isExternal(workspace, person) && !shareChannel(workspace, person.id, call.app.botUserId))
    return undefined;
  return openDirectMessage(workspace, call.app.botUserId, userId);
}

/** The thread a message goes to: that of the root, even when a reply was named. */
function threadOf(call: Call, channel: Channel): Partial<Message> {
  const named = timestampArgument(call, 'thread_ts', 'invalid_thread_ts');
  if (named === undefined) return {};
  const target = channel.messages.get(named);
  if (target === undefined) refuse('cannot_reply_to_message');
  const broadcast = flagArgument(call.args, 'reply_broadcast') ? { subtype: 'thread_broadcast' } : {};
  return { thread_ts: target.thread_ts ?? target.ts, ...broadcast };
}

function appearance(call: Call): Partial<Message> {
  const username = textArgument(call.args, 'username');
  const emoji = textArgument(call.args, 'icon_emoji');
  if (username === undefined && emoji === undefined) return {};
  if (!call.app.scopes.has('chat:write.customize')) {
    call.warn('username and icon_emoji need the scope chat:write.customize and are ignored without it.');
    return {};
  }
  return {
    ...(username === undefined ? {} : { username }),
    ...(emoji === undefined ? {} : { icons: { emoji } }),
  };
}
