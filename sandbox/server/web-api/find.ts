/** Which conversation, person or message does an argument name, as far as this app may know? */
import { isTimestamp } from '../clock.ts';
import { channelType } from '../world/channels.ts';
import { findMessage } from '../world/messages.ts';
import type { Channel, Message, Person } from '../world/workspace.ts';
import { refuse } from './answer.ts';
import { requiredText, textArgument } from './arguments.ts';
import { requireScope } from './authenticate.ts';
import type { Call } from './method.ts';

const scopePrefix = { im: 'im', group: 'groups', channel: 'channels' } as const;

/** The conversation in an argument, if the app can see it: public, or the bot is in it. */
export function channelArgument(call: Call, name = 'channel'): Channel {
  const channel = call.parts.workspace.channels.get(requiredText(call.args, name));
  if (channel === undefined || !isVisible(call, channel)) refuse('channel_not_found');
  return channel;
}

/** The conversation in an argument, after checking the scope for its kind, such as `groups:history`. */
export function scopedChannelArgument(call: Call, ability: string): Channel {
  const channel = channelArgument(call);
  requireScopeFor(call, channel, ability);
  return channel;
}

/** Checks the scope for a kind of conversation. */
function requireScopeFor(call: Call, channel: Channel, ability: string): void {
  requireScope(call.app, [`${scopePrefix[channelType(channel)]}:${ability}`]);
}

/** True when the bot is in the conversation. */
export function isMember(call: Call, channel: Channel): boolean {
  return channel.members.has(call.app.botUserId);
}

/** The person in an argument. */
export function personArgument(call: Call, name = 'user'): Person {
  const person = call.parts.workspace.people.get(requiredText(call.args, name));
  if (person === undefined) refuse('user_not_found');
  return person;
}

/** The message a timestamp argument names in a conversation. */
export function messageArgument(call: Call, channel: Channel, name: string): Message {
  const ts = requiredText(call.args, name);
  const message = findMessage(call.parts.workspace, channel, ts);
  if (message === undefined || message.subtype === 'tombstone') refuse('message_not_found');
  return message;
}

/** A timestamp argument, checked for its form. */
export function timestampArgument(call: Call, name: string, error: string): string | undefined {
  const value = textArgument(call.args, name);
  if (value === undefined || value === '') return undefined;
  if (!isTimestamp(value) && !/^\d+$/.test(value)) refuse(error);
  return value;
}

function isVisible(call: Call, channel: Channel): boolean {
  return isMember(call, channel) || (channel.kind === 'channel' && !channel.isPrivate);
}
