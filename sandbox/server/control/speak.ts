/** What happens when a person types? */

import { fillIn } from '../block-kit/fill-in.ts';
import type { Acknowledgement } from '../delivery/acknowledgement.ts';
import { deliver } from '../delivery/deliver.ts';
import { commandPayload } from '../delivery/payloads.ts';
import { applyResponse } from '../delivery/respond.ts';
import { announceMessage } from '../happenings.ts';
import { isObject, type JsonObject } from '../json.ts';
import type { Parts } from '../parts.ts';
import { Refusal } from '../web-api/answer.ts';
import { canSee, otherMember } from '../world/channels.ts';
import { addMessage } from '../world/messages.ts';
import { conversationFor } from '../world/names.ts';
import { isExternal } from '../world/people.ts';
import { typedRichText, typedText } from '../world/typed-text.ts';
import type { Channel, InstalledApp, Message, Person } from '../world/workspace.ts';
import { type Acted, done, troubled } from './acted.ts';
import { actor } from './actor.ts';

/**
 * A person types a slash command.
 * @param typed the whole line, such as `/pilot list`
 * @throws Error when the person cannot type there
 */
export async function runCommand(parts: Parts, user: string, where: string, typed: string): Promise<Acted> {
  const person = actor(parts, user);
  const channel = writableConversation(parts, person, where);
  const [word = '', ...rest] = typed.trim().split(/\s/);
  const app = [...parts.workspace.apps.values()].find(
    (candidate) =>
      candidate.state !== 'uninstalled' && candidate.commands.some(({ command }) => command === word),
  );
  if (app === undefined || isExternal(parts.workspace, person)) {
    return troubled(parts, person, `${word} is not a valid command.`, word);
  }
  const raw = typed.trim().slice(word.length).trim();
  const escaped = app.commands.find(({ command }) => command === word)?.shouldEscape ?? true;
  const text = rest.length > 0 && escaped ? typedText(parts.workspace, person, raw, true) : raw;
  const target = { appId: app.id, userId: person.id, channelId: channel.id, source: null };
  const payload = commandPayload(parts.workspace, app, person, channel, {
    command: word,
    text,
    triggerId: parts.triggers.issue({
      appId: app.id,
      userId: person.id,
      viewId: null,
      channelId: channel.id,
    }),
    responseUrl: `${parts.url}${parts.responseUrls.issue(target)}`,
  });
  const acknowledgement = await deliver(parts, app, 'slash_commands', word, payload);
  if (!acknowledgement.ok) {
    const error = acknowledgement.failure === 'timeout' ? 'operation_timeout' : 'dispatch_failed';
    return troubled(parts, person, commandFailed(word, error), word, { ms: acknowledgement.ms });
  }
  return answerCommand(parts, app, person, channel, word, typed, acknowledgement);
}

/** A person types a message. */
export async function typeMessage(
  parts: Parts,
  user: string,
  where: string,
  typed: string,
  options: { threadTs?: string } = {},
): Promise<Acted & { ts: string; channel: string }> {
  const person = actor(parts, user);
  const channel = writableConversation(parts, person, where);
  const message = sayAs(parts, channel, person, typed, options.threadTs);
  const told = await announceMessage(parts, channel, message);
  return { ...done(slowest(told)), ts: message.ts, channel: channel.id };
}

/** The acknowledgement that took longest, as the outcome of an act nobody is told the failure of. */
export function slowest(told: readonly Acknowledgement[]): Partial<Acted> {
  return { ok: told.every(({ ok }) => ok), ms: Math.max(0, ...told.map(({ ms }) => ms)) };
}

function sayAs(parts: Parts, channel: Channel, person: Person, typed: string, threadTs?: string): Message {
  const root = threadTs === undefined ? undefined : channel.messages.get(threadTs);
  if (threadTs !== undefined && root === undefined)
    throw new Error(`No message ${threadTs} here to reply to.`);
  return addMessage(parts.workspace, channel, {
    user: person.id,
    text: typedText(parts.workspace, person, typed, false),
    blocks: fillIn([typedRichText(parts.workspace, person, typed)], parts.workspace.ids),
    client_msg_id: parts.workspace.ids.secret('client message', 32),
    ...(root === undefined ? {} : { thread_ts: root.thread_ts ?? root.ts }),
  });
}

/** Shows what came with the acknowledgement of a command: to the person alone, unless it says `in_channel`. */
async function answerCommand(
  parts: Parts,
  app: InstalledApp,
  person: Person,
  channel: Channel,
  word: string,
  typed: string,
  { ms, body }: Acknowledgement,
): Promise<Acted> {
  const answer = commandAnswer(body);
  if (answer === undefined) return done({ ms, answer: body });
  if (answer['response_type'] === 'in_channel') sayAs(parts, channel, person, typed);
  const target = { appId: app.id, userId: person.id, channelId: channel.id, source: null };
  try {
    await applyResponse(parts, target, answer, () => undefined);
    return done({ ms, answer: body });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const more = { ms, answer: error.answer };
    return troubled(parts, person, commandFailed(word, 'dispatch_failed'), word, more);
  }
}

function commandAnswer(body: unknown): JsonObject | undefined {
  if (typeof body === 'string') return body.trim() === '' ? undefined : { text: body };
  if (!isObject(body) || Object.keys(body).length === 0) return undefined;
  return body;
}

function commandFailed(word: string, error: string): string {
  return `${word} failed with the error "${error}"`;
}

function writableConversation(parts: Parts, person: Person, where: string): Channel {
  const channel = conversationFor(parts.workspace, person, where);
  if (!canSee(parts.workspace, person, channel)) throw new Error(`@${person.name} cannot see ${where}.`);
  if (!channel.members.has(person.id)) throw new Error(`@${person.name} is not in ${where}.`);
  if (channel.isArchived) throw new Error(`${where} is archived.`);
  const bot = channel.kind === 'im' ? parts.workspace.people.get(otherMember(channel, person.id)) : undefined;
  const app =
    bot?.appId === undefined || bot.appId === null ? undefined : parts.workspace.apps.get(bot.appId);
  if (app !== undefined && app.messagesTab !== 'on') {
    throw new Error(`Sending messages to ${app.name} has been turned off.`);
  }
  return channel;
}
