/** Who reacted to what? */
import type { Channel, Message, Workspace } from './workspace.ts';

/** Adds a reaction; false when the person had reacted so already. */
export function react(
  workspace: Workspace,
  channel: Channel,
  message: Message,
  user: string,
  name: string,
): boolean {
  message.reactions ??= [];
  const existing = message.reactions.find((reaction) => reaction.name === name);
  if (existing?.users.includes(user) === true) return false;
  if (existing === undefined) message.reactions.push({ name, users: [user], count: 1 });
  else {
    existing.users.push(user);
    existing.count += 1;
  }
  workspace.feed.tell('reaction', { channel: channel.id, ts: message.ts });
  return true;
}

/** Takes a reaction back; false when there was none. */
export function unreact(
  workspace: Workspace,
  channel: Channel,
  message: Message,
  user: string,
  name: string,
): boolean {
  const existing = message.reactions?.find((reaction) => reaction.name === name);
  if (existing === undefined || !existing.users.includes(user)) return false;
  existing.users = existing.users.filter((candidate) => candidate !== user);
  existing.count = existing.users.length;
  const left = (message.reactions ?? []).filter((reaction) => reaction.count > 0);
  if (left.length === 0) Reflect.deleteProperty(message, 'reactions');
  else message.reactions = left;
  workspace.feed.tell('reaction', { channel: channel.id, ts: message.ts });
  return true;
}
