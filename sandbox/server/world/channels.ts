/** Which conversations are there, and who is in them? */
import { type JsonObject, objectAt, textAt } from '../json.ts';
import type { ChannelSeed } from './seed.ts';
import type { Channel, InstalledApp, Person, Workspace } from './workspace.ts';
import { secondsNow } from './workspace.ts';

/** Adds a channel; members are ids. */
export function addChannel(
  workspace: Workspace,
  seed: Omit<ChannelSeed, 'members'> & { members: string[]; creator?: string },
): Channel {
  const id = seed.id ?? workspace.ids.next('C');
  workspace.ids.reserve(id);
  const channel: Channel = {
    id,
    kind: 'channel',
    name: seed.name,
    isPrivate: seed.isPrivate ?? false,
    isArchived: seed.isArchived ?? false,
    isExtShared: seed.isExtShared ?? false,
    isGeneral: seed.name === 'general',
    creator: seed.creator ?? seed.members[0] ?? '',
    created: secondsNow(workspace),
    previousNames: [],
    members: new Set(seed.members),
    messages: new Map(),
    ephemerals: new Map(),
  };
  workspace.channels.set(id, channel);
  return channel;
}

/** The direct message between two, if it was ever opened. */
export function findDirectMessage(workspace: Workspace, one: string, other: string): Channel | undefined {
  return workspace.directMessages.get(pairKey(one, other));
}

/** The direct message between two, opened if need be. */
export function openDirectMessage(workspace: Workspace, one: string, other: string): Channel {
  const existing = findDirectMessage(workspace, one, other);
  if (existing !== undefined) return existing;
  const id = workspace.ids.next('D');
  const channel = addChannel(workspace, { id, name: '', isPrivate: true, members: [one, other] });
  channel.kind = 'im';
  workspace.directMessages.set(pairKey(one, other), channel);
  return channel;
}

/** The other member of a direct message. */
export function otherMember(channel: Channel, self: string): string {
  return [...channel.members].find((member) => member !== self) ?? self;
}

/** True when a person can open the channel and read it. */
export function canSee(workspace: Workspace, person: Person, channel: Channel): boolean {
  if (person.deleted) return false;
  if (channel.members.has(person.id)) return true;
  if (channel.isPrivate || channel.kind === 'im') return false;
  return person.guest === null && person.teamId === workspace.team.id;
}

/** True when a conversation menu of an element offers the channel. */
export function offersConversation(element: JsonObject, channel: Channel): boolean {
  const filter = objectAt(element['filter']);
  const include = Array.isArray(filter['include']) ? filter['include'].map(String) : null;
  const kind = { im: 'im', group: 'private', channel: 'public' }[channelType(channel)];
  const onlyPublic = textAt(element['type']).endsWith('channels_select');
  if (channel.isArchived || (onlyPublic && kind !== 'public')) return false;
  if (filter['exclude_external_shared_channels'] === true && channel.isExtShared) return false;
  return include === null || include.includes(kind);
}

/** The kind of channel as events and `conversations.list` name it. */
export function channelType(channel: Channel): 'im' | 'group' | 'channel' {
  if (channel.kind === 'im') return 'im';
  return channel.isPrivate ? 'group' : 'channel';
}

/** The name that payloads carry instead of a private one. */
export function payloadChannelName(channel: Channel): string {
  if (channel.kind === 'im') return 'directmessage';
  return channel.isPrivate ? 'privategroup' : channel.name;
}

/** A conversation as `conversations.info` returns it to an app. */
export function describeChannel(workspace: Workspace, channel: Channel, viewer: InstalledApp): JsonObject {
  if (channel.kind === 'im') {
    const other = workspace.people.get(otherMember(channel, viewer.botUserId));
    return {
      id: channel.id,
      created: channel.created,
      is_archived: false,
      is_im: true,
      is_org_shared: false,
      context_team_id: workspace.team.id,
      updated: channel.created * 1000,
      user: other?.id ?? '',
      is_user_deleted: other?.deleted ?? false,
      is_open: true,
      priority: 0,
    };
  }
  const isMember = channel.members.has(viewer.botUserId);
  const topic = { value: '', creator: '', last_set: 0 };
  return {
    id: channel.id,
    name: channel.name,
    is_channel: true,
    is_group: false,
    is_im: false,
    is_mpim: false,
    is_private: channel.isPrivate,
    created: channel.created,
    is_archived: channel.isArchived,
    is_general: channel.isGeneral,
    unlinked: 0,
    name_normalized: channel.name,
    is_shared: channel.isExtShared,
    is_org_shared: false,
    is_ext_shared: channel.isExtShared,
    is_pending_ext_shared: false,
    pending_shared: [],
    context_team_id: workspace.team.id,
    updated: channel.created * 1000,
    creator: channel.creator,
    shared_team_ids: teamsOf(workspace, channel),
    is_member: isMember,
    topic,
    purpose: topic,
    previous_names: channel.previousNames,
  };
}

/** Lets a person in; false when they were in already. */
export function addMember(workspace: Workspace, channel: Channel, id: string): boolean {
  if (channel.members.has(id)) return false;
  channel.members.add(id);
  workspace.feed.tell('channel', { channel: channel.id });
  return true;
}

/** Takes a person out; false when they were not in. */
export function removeMember(workspace: Workspace, channel: Channel, id: string): boolean {
  if (!channel.members.delete(id)) return false;
  workspace.feed.tell('channel', { channel: channel.id });
  return true;
}

/** Changes a channel and tells the feed. */
export function changeChannel(workspace: Workspace, channel: Channel, change: Partial<Channel>): void {
  if (change.name !== undefined && change.name !== channel.name) channel.previousNames.push(channel.name);
  Object.assign(channel, change);
  workspace.feed.tell('channel', { channel: channel.id });
}

function pairKey(one: string, other: string): string {
  return [one, other].sort().join(':');
}

function teamsOf(workspace: Workspace, channel: Channel): string[] {
  const teams = new Set([workspace.team.id]);
  for (const member of channel.members) {
    const person = workspace.people.get(member);
    if (person !== undefined && channel.isExtShared) teams.add(person.teamId);
  }
  return [...teams];
}
