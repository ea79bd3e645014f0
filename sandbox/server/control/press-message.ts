/** What happens when a person uses a button or menu in a message? */
import { carryState, type EnteredState, stateEntry, valueField } from '../block-kit/state.ts';
import { interaction, isEphemeral, messageSource } from '../delivery/payloads.ts';
import { objectsAt, textAt } from '../json.ts';
import type { Parts } from '../parts.ts';
import { canSee } from '../world/channels.ts';
import { appOf, messagesOf } from '../world/messages.ts';
import { conversationFor } from '../world/names.ts';
import type { Channel, Ephemeral, Message, Person } from '../world/workspace.ts';
import { type Acted, done, interact } from './acted.ts';
import { actionOf } from './actions.ts';
import { actor } from './actor.ts';
import {
  findPressables,
  onePressable,
  type Pointing,
  type Pressable,
  pressableLabels,
} from './find-control.ts';
import { askForOptions } from './suggestions.ts';
import { enteredValue } from './values.ts';

/** Which message, and what in it. */
export interface MessagePointing extends Pointing {
  /** A channel by id or #name, or the direct message with an app or person by name. */
  channel: string;
  /** The message; without it the newest one that has what is pressed. */
  ts?: string;
  /** What a menu or input is set to. */
  value?: unknown;
  /** Whether the person confirms where a confirmation is asked for; default true. */
  confirm?: boolean;
}

/**
 * A person presses a button, picks from an overflow menu, or sets a menu in a message.
 * @throws Error when it is not there, or the person cannot see it
 */
export async function pressInMessage(parts: Parts, user: string, at: MessagePointing): Promise<Acted> {
  const person = actor(parts, user);
  const channel = conversationFor(parts.workspace, person, at.channel);
  const source = findSource(parts, person, channel, at);
  const message = isEphemeral(source) ? source.message : source;
  const blocks = blocksIn(message);
  const hit = onePressable(blocks, at, `message ${message.ts}`);
  if (hit.element['confirm'] !== undefined && at.confirm === false) return done();
  const app = appOf(parts.workspace, message);
  if (app === undefined) throw new Error('This message is not from an app.');
  const key = `${channel.id}:${message.ts}:${person.id}`;
  const state = carryState(parts.workspace.messageStates.get(key) ?? {}, blocks);
  const origin = { ...messageSource(channel, source) };
  const entry = await enter(parts, person, hit, at.value, state, (query) =>
    askForOptions(parts, app, person, hit, origin, query),
  );
  parts.workspace.messageStates.set(key, state);
  const target = { appId: app.id, userId: person.id, channelId: channel.id, source };
  const payload = {
    ...interaction(parts.workspace, app, person, 'block_actions'),
    ...origin,
    trigger_id: parts.triggers.issue({
      appId: app.id,
      userId: person.id,
      viewId: null,
      channelId: channel.id,
    }),
    response_url: `${parts.url}${parts.responseUrls.issue(target)}`,
    state: { values: state },
    actions: [actionOf(hit, entry, parts.workspace.timestamp())],
  };
  return interact(parts, app, person, payload, textAt(hit.element['action_id']));
}

async function enter(
  parts: Parts,
  person: Person,
  { block, element }: Pressable,
  given: unknown,
  state: EnteredState,
  suggest: Parameters<typeof enteredValue>[0]['suggest'],
): Promise<ReturnType<typeof stateEntry> | undefined> {
  if (valueField(textAt(element['type'])) === undefined) return undefined;
  const value = await enteredValue({ parts, person, suggest }, element, given);
  const entry = stateEntry(element, value);
  const blockId = textAt(block['block_id']);
  state[blockId] = { ...state[blockId], [textAt(element['action_id'])]: entry };
  return entry;
}

/** Everything in the conversation this person can see, oldest first. */
export function visibleMessages(parts: Parts, person: Person, channel: Channel): (Message | Ephemeral)[] {
  if (!canSee(parts.workspace, person, channel))
    throw new Error(`@${person.name} cannot see that conversation.`);
  const own = [...channel.ephemerals.values()].filter((ephemeral) => ephemeral.user === person.id);
  const all: (Message | Ephemeral)[] = [...messagesOf(parts.workspace, channel), ...own];
  const tsOf = (source: Message | Ephemeral): number =>
    Number(isEphemeral(source) ? source.message.ts : source.ts);
  return all.sort((a, b) => tsOf(a) - tsOf(b));
}

/** The blocks of a message, those of its attachments included. */
export function blocksIn(message: Message): ReturnType<typeof objectsAt> {
  return [
    ...objectsAt(message.blocks),
    ...objectsAt(message.attachments).flatMap((a) => objectsAt(a['blocks'])),
  ];
}

function findSource(
  parts: Parts,
  person: Person,
  channel: Channel,
  at: MessagePointing,
): Message | Ephemeral {
  const visible = visibleMessages(parts, person, channel);
  if (at.ts !== undefined) {
    const named = visible.find((source) => (isEphemeral(source) ? source.message.ts : source.ts) === at.ts);
    if (named === undefined) throw new Error(`@${person.name} sees no message ${at.ts} there.`);
    return named;
  }
  const blocks = (source: Message | Ephemeral) => blocksIn(isEphemeral(source) ? source.message : source);
  const newest = visible.findLast((source) => findPressables(blocks(source), at).length > 0);
  if (newest !== undefined) return newest;
  const there = [...new Set(visible.slice(-20).flatMap((source) => pressableLabels(blocks(source))))];
  const named = at.label ?? at.actionId ?? '';
  throw new Error(`No message there has "${named}". There are: ${there.join(' · ') || 'no buttons'}.`);
}
