/** How do apps open, join, leave and change conversations? */
import { archiveChannel, joinChannel, leaveChannel, renameChannel } from '../happenings.ts';
import type { JsonObject } from '../json.ts';
import { addChannel, describeChannel, findDirectMessage, openDirectMessage } from '../world/channels.ts';
import { findChannel } from '../world/names.ts';
import { isExternal, shareChannel } from '../world/people.ts';
import type { Channel, Person } from '../world/workspace.ts';
import { refuse } from './answer.ts';
import { flagArgument, listArgument, requiredText, textArgument } from './arguments.ts';
import { requireScope } from './authenticate.ts';
import { channelArgument, isMember } from './find.ts';
import type { Call, Methods } from './method.ts';

/** Methods that change conversations. */
export const conversationChangeMethods: Methods = {
  'conversations.open': {
    tier: 3,
    optional: ['channel', 'users', 'return_im', 'prevent_creation'],
    handle(call) {
      requireScope(call.app, ['im:write']);
      if (textArgument(call.args, 'channel') !== undefined) return opened(call, channelArgument(call), true);
      const users = listArgument(call.args, 'users');
      const [user] = users;
      if (user === undefined) refuse('users_list_not_supplied');
      if (users.length > 1) refuse('method_not_supported_for_channel_type');
      const { workspace } = call.parts;
      const person = workspace.people.get(user);
      if (person === undefined) refuse('user_not_found');
      if (person.isBot) refuse('cannot_dm_bot');
      if (person.deleted) refuse('user_disabled');
      if (isExternal(workspace, person) && !shareChannel(workspace, user, call.app.botUserId)) {
        refuse('invalid_user_combination');
      }
      const existing = findDirectMessage(workspace, call.app.botUserId, user);
      const channel = openDirectMessage(workspace, call.app.botUserId, user);
      return opened(call, channel, existing !== undefined);
    },
  },
  'conversations.join': {
    scopes: ['channels:join'],
    tier: 3,
    required: ['channel'],
    handle(call) {
      const channel = channelArgument(call);
      if (channel.kind === 'im' || channel.isPrivate) refuse('method_not_supported_for_channel_type');
      if (channel.isArchived) refuse('is_archived');
      const already = isMember(call, channel);
      call.afterwards(() => joinChannel(call.parts, channel, bot(call)));
      return {
        ...described(call, channel),
        ...(already
          ? { warning: 'already_in_channel', response_metadata: { warnings: ['already_in_channel'] } }
          : {}),
      };
    },
  },
  'conversations.invite': {
    tier: 3,
    required: ['channel', 'users'],
    optional: ['force'],
    async handle(call) {
      const channel = manageableChannel(call);
      if (channel.isArchived) refuse('is_archived');
      const people = listArgument(call.args, 'users').map((id) => {
        const person = call.parts.workspace.people.get(id);
        if (person === undefined || person.deleted) refuse('user_not_found');
        if (id === call.app.botUserId) refuse('cant_invite_self');
        if (channel.members.has(id)) refuse('already_in_channel');
        return person;
      });
      if (people.length === 0) refuse('no_user');
      call.afterwards(() =>
        Promise.all(people.map((person) => joinChannel(call.parts, channel, person, bot(call)))),
      );
      return described(call, channel);
    },
  },
  'conversations.leave': {
    tier: 3,
    required: ['channel'],
    handle(call) {
      const channel = manageableChannel(call);
      if (channel.isGeneral) refuse('cant_leave_general');
      call.afterwards(() => leaveChannel(call.parts, channel, bot(call)));
      return {};
    },
  },
  'conversations.archive': {
    tier: 2,
    required: ['channel'],
    handle(call) {
      const channel = manageableChannel(call);
      if (channel.isGeneral) refuse('cant_archive_general');
      if (channel.isArchived) refuse('already_archived');
      call.afterwards(() => archiveChannel(call.parts, channel, true, call.app.botUserId));
      return {};
    },
  },
  'conversations.unarchive': {
    tier: 2,
    required: ['channel'],
    handle(call) {
      const channel = channelArgument(call);
      requireScope(call.app, [channel.isPrivate ? 'groups:write' : 'channels:manage']);
      if (!channel.isArchived) refuse('not_archived');
      call.afterwards(() => archiveChannel(call.parts, channel, false, call.app.botUserId));
      return {};
    },
  },
  'conversations.rename': {
    tier: 2,
    required: ['channel', 'name'],
    handle(call) {
      const channel = manageableChannel(call);
      const name = freeName(call);
      call.afterwards(() => renameChannel(call.parts, channel, name));
      return {
        channel: { ...(described(call, channel)['channel'] as JsonObject), name, name_normalized: name },
      };
    },
  },
  'conversations.create': {
    tier: 2,
    required: ['name'],
    optional: ['is_private', 'team_id'],
    handle(call) {
      const isPrivate = flagArgument(call.args, 'is_private');
      requireScope(call.app, [isPrivate ? 'groups:write' : 'channels:manage']);
      const members = [call.app.botUserId];
      const name = freeName(call);
      const channel = addChannel(call.parts.workspace, { name, isPrivate, members });
      call.parts.feed.tell('channel', { channel: channel.id });
      return described(call, channel);
    },
  },
};

function opened(call: Call, channel: Channel, already: boolean): JsonObject {
  const full = flagArgument(call.args, 'return_im');
  return {
    ...(already ? { no_op: true, already_open: true } : {}),
    channel: full ? describeChannel(call.parts.workspace, channel, call.app) : { id: channel.id },
  };
}

function described(call: Call, channel: Channel): JsonObject {
  return { channel: describeChannel(call.parts.workspace, channel, call.app) };
}

function bot(call: Call): Person {
  const person = call.parts.workspace.people.get(call.app.botUserId);
  return person ?? refuse('user_not_found');
}

/** A channel the bot is in and may manage. */
function manageableChannel(call: Call): Channel {
  const channel = channelArgument(call);
  if (channel.kind === 'im') refuse('method_not_supported_for_channel_type');
  requireScope(call.app, [channel.isPrivate ? 'groups:write' : 'channels:manage']);
  if (!isMember(call, channel)) refuse('not_in_channel');
  return channel;
}

function freeName(call: Call): string {
  const name = requiredText(call.args, 'name');
  if ([...name].length > 80) refuse('invalid_name_maxlength');
  if (!/^[\p{Ll}\p{Lo}\p{N}_-]+$/u.test(name)) refuse('invalid_name_specials');
  if (findChannel(call.parts.workspace, name) !== undefined) refuse('name_taken');
  return name;
}
