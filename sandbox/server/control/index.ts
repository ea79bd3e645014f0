/** How does a tester act as any person, see what they see, and change the workspace? */
import type { Change } from '../feed.ts';
import type { Parts } from '../parts.ts';
import { findMessage } from '../world/messages.ts';
import { conversationFor } from '../world/names.ts';
import { react, unreact } from '../world/reactions.ts';
import { type Acted, done } from './acted.ts';
import { actor } from './actor.ts';
import { type AppChanges, type ChannelChanges, createChanges, type PeopleChanges } from './change.ts';
import { type MessagePointing, pressInMessage } from './press-message.ts';
import { createRead, type Read, type SeenView } from './read.ts';
import { startMessageShortcut, startShortcut } from './shortcuts.ts';
import { runCommand, typeMessage } from './speak.ts';
import { type Stateful, workspaceState } from './state.ts';
import { submit } from './submit.ts';
import { closeView, fill, openAppTab, pressHome, pressModal, type ViewPointing } from './views.ts';

/** A label, or a fuller description of what is meant. */
export type Labelled = string | ViewPointing;

export interface Control {
  /** Types a slash command, such as `/pilot list`, into a conversation. */
  command(user: string, conversation: string, text: string): Promise<Acted>;
  /** Types a message. */
  type(
    user: string,
    conversation: string,
    text: string,
    options?: { threadTs?: string },
  ): Promise<Acted & { ts: string; channel: string }>;
  /** Uses a button, overflow menu or other element in a message. */
  press(user: string, at: MessagePointing): Promise<Acted>;
  /** Picks from an overflow menu or sets a menu in a message. */
  chooseFrom(user: string, at: MessagePointing): Promise<Acted>;
  /** Reacts to a message, or takes the reaction back. */
  react(user: string, at: { channel: string; ts: string; name: string; remove?: boolean }): Promise<Acted>;
  openHome(user: string, app?: string): Promise<Acted>;
  /** Opens the Messages tab of an app. */
  openMessages(user: string, app?: string): Promise<Acted>;
  pressHome(user: string, what: Labelled): Promise<Acted>;
  /** Enters values into the inputs of a Home. */
  fillHome(user: string, values: Record<string, unknown>, app?: string): Promise<Acted>;
  /** Starts a global shortcut, or one of a message. */
  shortcut(user: string, callbackId: string, at?: { channel: string; ts: string }): Promise<Acted>;
  /** The modal in front of a person, or null. */
  openView(user: string): SeenView | null;
  /** Enters values into the modal in front, each found by its label. */
  fill(user: string, values: Record<string, unknown>): Promise<Acted>;
  /** Presses something in the modal in front. */
  pressInView(user: string, what: Labelled): Promise<Acted>;
  submit(user: string): Promise<Acted>;
  closeView(user: string, all?: boolean): Promise<Acted>;
  read: Read;
  /** Everything a page needs to draw the workspace as one person sees it. */
  state(user: string): Stateful;
  people: PeopleChanges;
  channels: ChannelChanges;
  apps: AppChanges;
  setRetention(days: number | null): void;
  /** Switches rate limits on or off. */
  enforceRateLimits(on: boolean): void;
  /** Resolves with the next change that passes the test. */
  next(test: (change: Change) => boolean): Promise<Change>;
  /** Calls back on every change; the returned function stops it. */
  listen(listener: (change: Change) => void): () => void;
}

/** The control of one workspace. */
export function createControl(parts: Parts): Control {
  const read = createRead(parts);
  return {
    command: (user, conversation, text) => runCommand(parts, user, conversation, text),
    type: (user, conversation, text, options) => typeMessage(parts, user, conversation, text, options),
    press: (user, at) => pressInMessage(parts, user, at),
    chooseFrom: (user, at) => pressInMessage(parts, user, at),
    react: (user, at) => Promise.resolve(reactAs(parts, user, at)),
    openHome: (user, app) => openAppTab(parts, user, 'home', app),
    openMessages: (user, app) => openAppTab(parts, user, 'messages', app),
    pressHome: async (user, what) => pressHome(parts, user, pointing(what)),
    fillHome: (user, values, app) => fill(parts, user, values, app ?? true),
    shortcut: async (user, callbackId, at) =>
      at === undefined
        ? startShortcut(parts, user, callbackId)
        : startMessageShortcut(parts, user, callbackId, at),
    openView: (user) => read.views(user).at(-1) ?? null,
    fill: (user, values) => fill(parts, user, values),
    pressInView: async (user, what) => pressModal(parts, user, pointing(what)),
    submit: (user) => submit(parts, user),
    closeView: (user, all) => closeView(parts, user, all),
    read,
    state: (user) => workspaceState(parts, read, user),
    ...createChanges(parts),
    enforceRateLimits: (on) => parts.rateLimits.enforce(on),
    next: (test) => parts.feed.next(test),
    listen: (listener) => parts.feed.listen(listener),
  };
}

function pointing(what: Labelled): ViewPointing {
  return typeof what === 'string' ? { label: what } : what;
}

function reactAs(
  parts: Parts,
  user: string,
  at: { channel: string; ts: string; name: string; remove?: boolean },
): Acted {
  const person = actor(parts, user);
  const channel = conversationFor(parts.workspace, person, at.channel);
  const message = findMessage(parts.workspace, channel, at.ts);
  if (message === undefined) throw new Error(`@${person.name} sees no message ${at.ts} there.`);
  const change = at.remove === true ? unreact : react;
  return done({ ok: change(parts.workspace, channel, message, person.id, at.name) });
}
