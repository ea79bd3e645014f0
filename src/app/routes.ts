/** Which feature answers what somebody did? */

import { unfitFor } from '../core/person.ts';
import type { Viewer } from '../core/pilot.ts';
import { waitingSince } from '../db/queries/held.ts';
import { markUninstalled, workspaceById } from '../db/queries/people.ts';
import { markSeen, wasSeen } from '../db/queries/seen.ts';
import { unsaidSince } from '../db/queries/watched.ts';
import { ANSWERS } from '../features/answers.ts';
import type { Command, Feature, Parts, Scene } from '../features/feature.ts';
import { overview } from '../features/list-pilots/index.ts';
import { type Message, message, sentence } from '../slack/blocks.ts';
import { helpLines, splitCommand } from '../slack/command.ts';
import type { Incoming } from '../slack/incoming.ts';
import type { Routes } from '../slack/listen.ts';
import { close, nothing, type Reply, say } from '../slack/reply.ts';
import { bold, cleanTyped, unescapeText } from '../slack/text.ts';
import * as buttons from '../views/buttons.ts';
import { withHeldNote } from '../views/held-text.ts';
import { withWatchNote } from '../views/watch-text.ts';
import { isKnownZone } from './known-zone.ts';
import { RECEIPT_EVENT, type Receipts } from './receipts.ts';

/** Builds the routes from the list of features; each request gets parts of its own. */
export function createRoutes(
  features: readonly Feature[],
  partsAtOnce: () => Parts,
  home: {
    readonly timezone: string;
    readonly workspaceName: string;
    /** How many writes this process has begun or ended so far. */
    readonly writes: () => number;
  },
  heard: Receipts['heard'] = async () => {},
): Routes {
  const commands = features.flatMap((feature) => feature.commands ?? []);
  const presses = new Map(
    features.flatMap((feature) => feature.presses ?? []).map((press) => [press.kind, press]),
  );
  const forms = new Map(features.flatMap((feature) => feature.forms ?? []).map((form) => [form.form, form]));
  const events = new Map(
    features.flatMap((feature) => feature.events ?? []).map((handler) => [handler.type, handler]),
  );
  const shortcuts = new Map(
    features.flatMap((feature) => feature.shortcuts ?? []).map((shortcut) => [shortcut.id, shortcut]),
  );

  async function scene(incoming: Incoming): Promise<Scene | { readonly instead: Message }> {
    const stranger = {
      instead: sentence(`Pilotage is for members of ${home.workspaceName}. Nothing has changed.`),
    };
    const parts = partsAtOnce();
    // Where channels are shared, people of another company act in the name of their own workspace.
    const workspace = await workspaceById(parts.db, incoming.workspace);
    if (workspace === null) return stranger;
    const person = await parts.people.person(incoming.workspace, incoming.user);
    if (!(await parts.people.isKnown(incoming.workspace, incoming.user)))
      return {
        instead: sentence('Slack does not tell me who you are at the moment. Try again in a minute.'),
      };
    const outside =
      person.isExternal || (incoming.userTeam !== null && incoming.userTeam !== incoming.workspace);
    if (outside) return stranger;
    if (unfitFor(person) === 'bot') return { instead: sentence('Pilotage answers people, not apps.') };
    const viewer: Viewer = {
      id: person.id,
      office: await parts.people.isOffice(incoming.workspace, person),
      person,
    };
    const zone =
      person.timezone !== null && isKnownZone(person.timezone) ? person.timezone : workspace.timezone;
    return {
      ...parts,
      workspace: incoming.workspace,
      at: parts.now(),
      actor: person,
      viewer,
      zone,
      workspaceZone: workspace.timezone,
      incoming,
      place: { channel: incoming.channel, responseUrl: incoming.responseUrl },
    };
  }

  const within = async (incoming: Incoming, act: (scene: Scene) => Promise<Reply>): Promise<Reply> => {
    const set = await scene(incoming);
    if ('instead' in set) return say(set.instead);
    const before = home.writes();
    const reply = await act(set);
    // Who only looked has caused no message.
    return home.writes() === before ? reply : noted(set, reply);
  };

  /** Whoever has just caused a message to others reads when it waits, or is not sent at all. */
  async function noted(set: Scene, reply: Reply): Promise<Reply> {
    if (reply.do !== 'say' && reply.do !== 'close') return reply;
    const said = reply.do === 'say' ? reply.message : reply.say;
    if (said === undefined) return reply;
    const message = await withNote(set, said);
    if (message === said) return reply;
    return reply.do === 'say' ? say(message) : close(message);
  }

  async function withNote(set: Scene, said: Message): Promise<Message> {
    const { db, workspace, at } = set;
    const unsaid = await unsaidSince(db, workspace, at);
    if (unsaid > 0) return withWatchNote(said, unsaid, await set.people.officeName(workspace));
    const row = await workspaceById(db, workspace);
    if (row === null || row.heldSince === null) return said;
    const waiting = await waitingSince(db, workspace, ANSWERS, at);
    return waiting === 0 ? said : withHeldNote(said, waiting, await set.people.officeName(workspace));
  }

  /** Tokens of people are revoked as well, and those are not ours. */
  async function isOurs(incoming: Incoming, event: Record<string, unknown>): Promise<boolean> {
    const revoked = (event['tokens'] as { bot?: unknown } | undefined)?.bot;
    const workspace = await workspaceById(partsAtOnce().db, incoming.workspace);
    return Array.isArray(revoked) && workspace !== null && revoked.includes(workspace.botUser);
  }

  return {
    command: (incoming, words) =>
      within(incoming, async (set) => {
        const { name, rest } = splitCommand(cleanTyped(unescapeText(words)));
        const command = commands.find((candidate) => candidate.name === name);
        if (command !== undefined) return command.run(set, rest);
        if (name === '') return say(await overview(set, commonLines(set.command, commands)));
        return say(help(set.command, commands, name === 'help' ? null : name));
      }),
    press: (incoming, pressed) =>
      within(incoming, async (set) => {
        if (pressed.kind === buttons.allCommands.id) return say(help(set.command, commands, null));
        const press = presses.get(pressed.kind);
        if (press !== undefined) return press.run(set, pressed.value);
        // A choice inside a form is read when the form is submitted.
        if (incoming.view !== null) return nothing;
        return say(
          sentence(
            `This button is from an older version and does nothing any more. ${set.command} mine shows what waits for you.`,
          ),
        );
      }),
    submit: (incoming, form, view) =>
      within(incoming, async (set) => {
        const handler = forms.get(form);
        return handler === undefined
          ? {
              do: 'close',
              say: sentence('This form is from an older version. Nothing was saved; open it again.'),
            }
          : handler.run(set, view);
      }),
    shortcut: (incoming, id) =>
      within(incoming, async (set) => shortcuts.get(id)?.run(set) ?? say(help(set.command, commands, null))),
    async home(incoming) {
      const set = await scene(incoming);
      if ('instead' in set) return;
      for (const feature of features) await feature.homeOpened?.(set);
    },
    async event(incoming, type, event) {
      // Comes with every message, and changes nothing when it comes again.
      if (type === RECEIPT_EVENT) return heard(incoming.workspace, event);
      const parts = partsAtOnce();
      const { db, now } = parts;
      const id = typeof event['event_id'] === 'string' ? event['event_id'] : '';
      // Delivered again after a reinstallation, an uninstallation of before must not undo it.
      if (id !== '' && (await wasSeen(db, incoming.workspace, id))) return;
      if (type === 'member_joined_channel') {
        const [user, channel] = [String(event['user'] ?? ''), String(event['channel'] ?? '')];
        for (const feature of features) await feature.joined?.(parts, incoming.workspace, user, channel);
      }
      const gone =
        type === 'app_uninstalled' || (type === 'tokens_revoked' && (await isOurs(incoming, event)));
      if (gone) await markUninstalled(db, incoming.workspace, now());
      else await events.get(type)?.run(parts, incoming.workspace, event);
      // Only now: one that breaks off is dealt with when it is delivered again.
      if (id !== '') await markSeen(db, incoming.workspace, id, now());
    },
  };
}

const commonLines = (command: string, commands: readonly Command[]) => [
  '',
  ...helpLines(command, commands.filter(({ common }) => common === true).slice(0, 5)),
];

/** All commands, generated from the list; unknown words are named. */
function help(command: string, commands: readonly Command[], unknown: string | null): Message {
  const notice =
    unknown === null
      ? `What ${command} can do`
      : `I do not know "${unknown.slice(0, 40)}". This is what I know:`;
  return message({
    notice,
    lines: [
      [bold(notice)],
      ...helpLines(command, commands),
      'Words in capitals are yours to fill in; a key is the short name of a pilot, like claims-triage.',
    ],
  });
}
