/** Which person, channel or app does a name mean? */
import { openDirectMessage } from './channels.ts';
import type { Channel, InstalledApp, Person, Workspace } from './workspace.ts';

/**
 * The person with an id, a handle (with or without @), an e-mail or a full name.
 * @throws Error that lists who is there
 */
export function personNamed(workspace: Workspace, name: string): Person {
  const person = findPerson(workspace, name);
  if (person !== undefined) return person;
  const known = [...workspace.people.values()].map((candidate) => `@${candidate.name}`);
  throw new Error(`No person "${name}" here. There are ${known.join(', ')}.`);
}

/** The person with an id, a handle (with or without @), an e-mail or a full name, or undefined. */
export function findPerson(workspace: Workspace, name: string): Person | undefined {
  const bare = name.replace(/^@/, '').toLowerCase();
  const people = [...workspace.people.values()];
  return (
    workspace.people.get(name) ??
    people.find((person) => person.name.toLowerCase() === bare) ??
    people.find((person) => person.email.toLowerCase() === bare) ??
    people.find((person) => person.realName.toLowerCase() === bare)
  );
}

/** The channel with an id or a name (with or without #), or undefined. */
export function findChannel(workspace: Workspace, name: string): Channel | undefined {
  const bare = name.replace(/^#/, '');
  const byId = workspace.channels.get(name);
  if (byId !== undefined) return byId;
  return [...workspace.channels.values()].find(
    (channel) => channel.kind === 'channel' && channel.name === bare,
  );
}

/** The app with an id or a name; the only one when no name is given. */
export function appNamed(workspace: Workspace, name?: string): InstalledApp {
  const apps = [...workspace.apps.values()];
  const only = apps.length === 1 ? apps[0] : undefined;
  const app =
    name === undefined ? only : apps.find((candidate) => candidate.id === name || candidate.name === name);
  if (app !== undefined) return app;
  const known = apps.map((candidate) => candidate.name).join(', ');
  throw new Error(
    name === undefined ? `Say which app: ${known}.` : `No app "${name}" here. There are ${known}.`,
  );
}

/**
 * The conversation a person means: a channel by id or #name, or the direct message with an app or a person.
 * @throws Error when there is none
 */
export function conversationFor(workspace: Workspace, person: Person, name: string): Channel {
  const channel = findChannel(workspace, name);
  if (channel !== undefined) return channel;
  const app = [...workspace.apps.values()].find(
    (candidate) => candidate.name === name || candidate.id === name,
  );
  const other = app?.botUserId ?? findPerson(workspace, name)?.id;
  if (other !== undefined) return openDirectMessage(workspace, person.id, other);
  const known = [...workspace.channels.values()].flatMap((candidate) =>
    candidate.kind === 'channel' ? [`#${candidate.name}`] : [],
  );
  throw new Error(
    `No conversation "${name}" here. There are ${known.join(', ')}, and direct messages by name.`,
  );
}
