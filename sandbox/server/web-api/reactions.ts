/** How do apps react to messages? */
import { announce } from '../delivery/events.ts';
import type { JsonObject } from '../json.ts';
import { describeMessage } from '../world/messages.ts';
import { react, unreact } from '../world/reactions.ts';
import type { Channel, Message } from '../world/workspace.ts';
import { refuse } from './answer.ts';
import { requiredText } from './arguments.ts';
import { channelArgument, messageArgument, timestampArgument } from './find.ts';
import type { Call, Methods } from './method.ts';

/** Methods about reactions. */
export const reactionMethods: Methods = {
  'reactions.add': {
    scopes: ['reactions:write'],
    tier: 3,
    required: ['channel', 'name', 'timestamp'],
    handle(call) {
      const { channel, message } = item(call);
      if (channel.isArchived) refuse('is_archived');
      const name = requiredText(call.args, 'name');
      if (!/^[\p{L}\p{N}_+'-]+(::skin-tone-[2-6])?$/u.test(name)) refuse('invalid_name');
      if (!react(call.parts.workspace, channel, message, call.app.botUserId, name)) refuse('already_reacted');
      call.afterwards(() => tell(call, 'reaction_added', channel, message, name));
      return {};
    },
  },
  'reactions.remove': {
    scopes: ['reactions:write'],
    tier: 2,
    required: ['name'],
    optional: ['channel', 'timestamp', 'file', 'file_comment'],
    handle(call) {
      const { channel, message } = item(call);
      const name = requiredText(call.args, 'name');
      if (!unreact(call.parts.workspace, channel, message, call.app.botUserId, name)) refuse('no_reaction');
      call.afterwards(() => tell(call, 'reaction_removed', channel, message, name));
      return {};
    },
  },
  'reactions.get': {
    scopes: ['reactions:read'],
    tier: 3,
    json: false,
    optional: ['channel', 'timestamp', 'file', 'file_comment', 'full'],
    handle(call) {
      const { channel, message } = item(call);
      return { type: 'message', channel: channel.id, message: describeMessage(message, false) };
    },
  },
};

function item(call: Call): { channel: Channel; message: Message } {
  if (call.args['channel'] === undefined || call.args['timestamp'] === undefined) refuse('no_item_specified');
  timestampArgument(call, 'timestamp', 'bad_timestamp');
  const channel = channelArgument(call);
  return { channel, message: messageArgument(call, channel, 'timestamp') };
}

function tell(
  call: Call,
  type: string,
  channel: Channel,
  message: Message,
  reaction: string,
): Promise<unknown> {
  const event: JsonObject = {
    type,
    user: call.app.botUserId,
    reaction,
    item: { type: 'message', channel: channel.id, ts: message.ts },
    item_user: message.user ?? '',
    event_ts: call.parts.workspace.timestamp(),
  };
  return announce(call.parts, event, { channel });
}
