/** What happens when a person types into a form without pressing anything, or opens a menu the app fills? */
import { carryState, stateEntry } from '../block-kit/state.ts';
import { findElement, type Placed } from '../block-kit/walk.ts';
import { isEphemeral, messageSource, viewSource } from '../delivery/payloads.ts';
import type { JsonObject } from '../json.ts';
import type { Parts } from '../parts.ts';
import { appOf } from '../world/messages.ts';
import { appNamed, conversationFor } from '../world/names.ts';
import { blocksOf, enter, findView } from '../world/views.ts';
import type { InstalledApp, OpenView, Person } from '../world/workspace.ts';
import { actor } from './actor.ts';
import { blocksIn, visibleMessages } from './press-message.ts';
import { askApp, askForOptions } from './suggestions.ts';
import { enteredValue } from './values.ts';

/** An element on a page: in a view, or in a message. */
export interface Place {
  user: string;
  blockId: string;
  actionId: string;
  /** Id of the view, when it is in one. */
  view?: string;
  /** Conversation and timestamp of the message, when it is in one. */
  channel?: string;
  ts?: string;
}

interface Found {
  person: Person;
  app: InstalledApp;
  placed: Placed;
  /** The view or message as payloads carry it. */
  origin: JsonObject;
  keep(entry: JsonObject): void;
}

/** Remembers what a person has entered; the app learns of it with the next press or submission. */
export async function enterQuietly(parts: Parts, place: Place, value: unknown): Promise<void> {
  const found = find(parts, place);
  const { app, person, placed, origin } = found;
  const suggest = (query: string): Promise<JsonObject[]> =>
    askForOptions(parts, app, person, placed, origin, query);
  const entered = await enteredValue({ parts, person, suggest }, placed.element, value);
  found.keep(stateEntry(placed.element, entered));
}

/**
 * The choices an app offers for what a person has typed into a menu.
 * @throws Error when the app did not answer in time
 */
export async function choicesFor(parts: Parts, place: Place, query: string): Promise<JsonObject[]> {
  const { app, person, placed, origin } = find(parts, place);
  const options = await askApp(parts, app, person, placed, origin, query);
  if (options === undefined) throw new Error(`${app.name} did not answer.`);
  return options;
}

function find(parts: Parts, place: Place): Found {
  const person = actor(parts, place.user);
  return place.view === undefined
    ? findInMessage(parts, person, place)
    : findInView(parts, person, place.view, place);
}

function findInView(parts: Parts, person: Person, id: string, place: Place): Found {
  const view = findView(parts.workspace, id);
  if (view === undefined || view.userId !== person.id) throw new Error('That form is not open any more.');
  const placed = elementAt(blocksOf(view), place);
  return {
    person,
    placed,
    app: appNamed(parts.workspace, view.appId),
    origin: viewSource(parts.workspace, view),
    keep: (entry) => keepInView(parts, view, place, entry),
  };
}

function keepInView(parts: Parts, view: OpenView, place: Place, entry: JsonObject): void {
  enter(parts.workspace, view, place.blockId, place.actionId, entry);
}

function findInMessage(parts: Parts, person: Person, place: Place): Found {
  const channel = conversationFor(parts.workspace, person, place.channel ?? '');
  const source = visibleMessages(parts, person, channel).find(
    (candidate) => (isEphemeral(candidate) ? candidate.message.ts : candidate.ts) === place.ts,
  );
  if (source === undefined) throw new Error('That message is not there any more.');
  const message = isEphemeral(source) ? source.message : source;
  const app = appOf(parts.workspace, message);
  if (app === undefined) throw new Error('This message is not from an app.');
  const blocks = blocksIn(message);
  return {
    person,
    app,
    placed: elementAt(blocks, place),
    origin: messageSource(channel, source),
    keep(entry) {
      const key = `${channel.id}:${message.ts}:${person.id}`;
      const state = carryState(parts.workspace.messageStates.get(key) ?? {}, blocks);
      state[place.blockId] = { ...state[place.blockId], [place.actionId]: entry };
      parts.workspace.messageStates.set(key, state);
      parts.feed.tell('update', { channel: channel.id, ts: message.ts, user: person.id });
    },
  };
}

function elementAt(blocks: readonly JsonObject[], { blockId, actionId }: Place): Placed {
  const placed = findElement(blocks, blockId, actionId);
  if (placed === undefined) throw new Error('That field is not there any more.');
  return placed;
}
