/** What may an app learn of conversations? */
import type { JsonObject } from '../json.ts';
import { channelType, describeChannel } from '../world/channels.ts';
import { describeMessage, messagesOf } from '../world/messages.ts';
import type { Channel, Message } from '../world/workspace.ts';
import { refuse } from './answer.ts';
import { flagArgument, listArgument, textArgument } from './arguments.ts';
import { requireScope } from './authenticate.ts';
import { isMember, scopedChannelArgument, timestampArgument } from './find.ts';
import type { Call, Methods } from './method.ts';
import { page } from './pages.ts';

const historyArguments = ['cursor', 'include_all_metadata', 'inclusive', 'latest', 'limit', 'oldest'];

/** Methods that read conversations. */
export const conversationReadMethods: Methods = {
  'conversations.info': {
    tier: 3,
    json: false,
    required: ['channel'],
    optional: ['include_locale', 'include_num_members'],
    handle(call) {
      const channel = scopedChannelArgument(call, 'read');
      const locale = flagArgument(call.args, 'include_locale') ? { locale: 'en-US' } : {};
      const count = flagArgument(call.args, 'include_num_members')
        ? { num_members: channel.members.size }
        : {};
      return {
        channel: { ...describeChannel(call.parts.workspace, channel, call.app), ...locale, ...count },
      };
    },
  },
  'conversations.list': {
    tier: 2,
    json: false,
    optional: ['cursor', 'exclude_archived', 'limit', 'team_id', 'types'],
    handle: (call) => listChannels(call, (channel) => isMember(call, channel) || !channel.isPrivate),
  },
  'users.conversations': {
    tier: 3,
    json: false,
    optional: ['cursor', 'exclude_archived', 'exclude_muted', 'limit', 'team_id', 'types', 'user'],
    handle(call) {
      const user = textArgument(call.args, 'user') ?? call.app.botUserId;
      return listChannels(
        call,
        (channel) => channel.members.has(user) && (isMember(call, channel) || !channel.isPrivate),
      );
    },
  },
  'conversations.members': {
    tier: 4,
    json: false,
    required: ['channel'],
    optional: ['cursor', 'limit'],
    handle(call) {
      const channel = scopedChannelArgument(call, 'read');
      const { items, metadata } = page(call, [...channel.members], 100);
      return { members: items, response_metadata: metadata };
    },
  },
  'conversations.history': {
    tier: 3,
    required: ['channel'],
    optional: historyArguments,
    handle(call) {
      const channel = readableChannel(call);
      const top = messagesOf(call.parts.workspace, channel).filter(
        (message) =>
          message.thread_ts === undefined ||
          message.thread_ts === message.ts ||
          message.subtype === 'thread_broadcast',
      );
      return { ...messagePage(call, within(call, top).reverse()), pin_count: 0 };
    },
  },
  'conversations.replies': {
    tier: 3,
    json: false,
    required: ['channel', 'ts'],
    optional: ['ts', ...historyArguments],
    handle(call) {
      const channel = readableChannel(call);
      const ts = timestampArgument(call, 'ts', 'thread_not_found') ?? '';
      const all = messagesOf(call.parts.workspace, channel);
      const named = all.find((message) => message.ts === ts);
      if (named === undefined) refuse('thread_not_found');
      const root = named.thread_ts ?? named.ts;
      const thread = all.filter((message) => message.ts === root || message.thread_ts === root);
      return messagePage(call, [...thread.slice(0, 1), ...within(call, thread.slice(1))]);
    },
  },
};

function listChannels(call: Call, test: (channel: Channel) => boolean): JsonObject {
  const types = listArgument(call.args, 'types');
  const wanted = types.length === 0 ? ['public_channel'] : types;
  const kinds = new Set(wanted.map((type) => kindOf(call, type)));
  const withoutArchived = flagArgument(call.args, 'exclude_archived');
  const channels = [...call.parts.workspace.channels.values()].filter(
    (channel) => kinds.has(channelType(channel)) && !(withoutArchived && channel.isArchived) && test(channel),
  );
  const { items, metadata } = page(call, channels, 100);
  return {
    channels: items.map((channel) => describeChannel(call.parts.workspace, channel, call.app)),
    response_metadata: metadata,
  };
}

function kindOf(call: Call, type: string): string {
  const kinds: Record<string, { kind: string; scope: string }> = {
    public_channel: { kind: 'channel', scope: 'channels:read' },
    private_channel: { kind: 'group', scope: 'groups:read' },
    im: { kind: 'im', scope: 'im:read' },
    mpim: { kind: 'mpim', scope: 'mpim:read' },
  };
  const known = kinds[type];
  if (known === undefined) refuse('invalid_types');
  requireScope(call.app, [known.scope]);
  return known.kind;
}

function readableChannel(call: Call): Channel {
  const channel = scopedChannelArgument(call, 'history');
  if (!isMember(call, channel)) refuse('not_in_channel');
  return channel;
}

/** The messages between `oldest` and `latest`. */
function within(call: Call, messages: readonly Message[]): Message[] {
  const oldest = Number(timestampArgument(call, 'oldest', 'invalid_ts_oldest') ?? 0);
  const latest = Number(timestampArgument(call, 'latest', 'invalid_ts_latest') ?? Number.POSITIVE_INFINITY);
  const inclusive = flagArgument(call.args, 'inclusive');
  return messages.filter(({ ts }) => {
    const at = Number(ts);
    return (at > oldest && at < latest) || (inclusive && (at === oldest || at === latest));
  });
}

function messagePage(call: Call, messages: readonly Message[]): JsonObject {
  const { items, hasMore, metadata } = page(call, messages, 100, 999);
  const withMetadata = flagArgument(call.args, 'include_all_metadata');
  return {
    messages: items.map((message) => describeMessage(message, withMetadata)),
    has_more: hasMore,
    ...(hasMore ? { response_metadata: metadata } : {}),
  };
}
