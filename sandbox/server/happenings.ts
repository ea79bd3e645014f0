/** Whom does the workspace tell when something happens in it? */
import type { Acknowledgement } from './delivery/acknowledgement.ts';
import { announce } from './delivery/events.ts';
import type { JsonObject } from './json.ts';
import type { Parts } from './parts.ts';
import { addMember, changeChannel, channelType, removeMember } from './world/channels.ts';
import { addMessage, describeMessage } from './world/messages.ts';
import { changePerson, describeDoNotDisturb, describePerson } from './world/people.ts';
import type { Channel, InstalledApp, Message, Person } from './world/workspace.ts';

type Told = Promise<Acknowledgement[]>;

/** Tells apps of a new message: `message`, `app_mention` for whom it mentions, and its metadata. */
export async function announceMessage(parts: Parts, channel: Channel, message: Message): Told {
  const described: JsonObject = {
    ...describeMessage(message, true),
    channel: channel.id,
    event_ts: message.ts,
  };
  const { metadata, ...event } = described;
  const told = [announce(parts, { ...event, channel_type: channelType(channel) }, { channel })];
  for (const app of parts.workspace.apps.values()) {
    const mentioned = channel.kind === 'channel' && message.text.includes(`<@${app.botUserId}>`);
    if (mentioned && message.app_id !== app.id) {
      told.push(announce(parts, { ...event, type: 'app_mention' }, { channel, app }));
    }
  }
  if (metadata !== undefined) {
    const posted = {
      type: 'message_metadata_posted',
      channel_id: channel.id,
      team_id: parts.workspace.team.id,
      app_id: message.app_id ?? '',
      bot_id: message.bot_id ?? '',
      user_id: message.user ?? '',
      message_ts: message.ts,
      event_ts: message.ts,
      metadata,
    };
    told.push(announce(parts, posted, { channel }));
  }
  return (await Promise.all(told)).flat();
}

/** Tells apps that a message reads differently now. */
export function announceMessageChanged(
  parts: Parts,
  channel: Channel,
  message: Message,
  before: JsonObject,
): Told {
  const now = describeMessage(message, true);
  return announce(
    parts,
    hidden(parts, channel, 'message_changed', { message: now, previous_message: before }),
    {
      channel,
    },
  );
}

/** Tells apps that a message is gone. */
export function announceMessageDeleted(parts: Parts, channel: Channel, before: JsonObject): Told {
  const gone = { deleted_ts: before['ts'], previous_message: before };
  return announce(parts, hidden(parts, channel, 'message_deleted', gone), { channel });
}

/** Lets someone into a channel, with the line Slack writes about it. */
export async function joinChannel(parts: Parts, channel: Channel, person: Person, inviter?: Person): Told {
  const { workspace } = parts;
  if (!addMember(workspace, channel, person.id)) return [];
  const invited = inviter === undefined ? {} : { inviter: inviter.id };
  const line = addMessage(workspace, channel, {
    subtype: channel.isPrivate ? 'group_join' : 'channel_join',
    user: person.id,
    text: `<@${person.id}> has joined the channel`,
    ...invited,
  });
  const event = {
    type: 'member_joined_channel',
    user: person.id,
    channel: channel.id,
    channel_type: channel.isPrivate ? 'G' : 'C',
    team: workspace.team.id,
    event_ts: line.ts,
    ...invited,
  };
  const told = [announceMessage(parts, channel, line), announce(parts, event, { channel })];
  return (await Promise.all(told)).flat();
}

/** Takes someone out of a channel. */
export async function leaveChannel(parts: Parts, channel: Channel, person: Person): Told {
  const event = {
    type: 'member_left_channel',
    user: person.id,
    channel: channel.id,
    channel_type: channel.isPrivate ? 'G' : 'C',
    team: parts.workspace.team.id,
    event_ts: parts.workspace.timestamp(),
  };
  if (!channel.members.has(person.id)) return [];
  const told = announce(parts, event, { channel });
  removeMember(parts.workspace, channel, person.id);
  return told;
}

/** Archives a channel or brings it back. */
export function archiveChannel(parts: Parts, channel: Channel, archived: boolean, by: string): Told {
  changeChannel(parts.workspace, channel, { isArchived: archived });
  const type = `${channelType(channel)}_${archived ? 'archive' : 'unarchive'}`;
  return announce(
    parts,
    { type, channel: channel.id, user: by, event_ts: parts.workspace.timestamp() },
    { channel },
  );
}

/** Gives a channel another name. */
export function renameChannel(parts: Parts, channel: Channel, name: string): Told {
  changeChannel(parts.workspace, channel, { name });
  const event = {
    type: `${channelType(channel)}_rename`,
    channel: {
      id: channel.id,
      name,
      name_normalized: name,
      created: channel.created,
      is_channel: true,
      is_mpim: false,
    },
    event_ts: parts.workspace.timestamp(),
  };
  return announce(parts, event, { channel });
}

/** Changes a person; each app learns what it may know of them. */
export async function changeProfile(parts: Parts, person: Person, change: Partial<Person>): Told {
  changePerson(parts.workspace, person, change);
  return tellApps(parts, (app) => announcePerson(parts, app, person));
}

/** Holds messages back from a person for a while, or no longer; each app that may know is told. */
export async function changeDoNotDisturb(
  parts: Parts,
  person: Person,
  period: { from: number; until: number } | null,
): Told {
  changePerson(parts.workspace, person, { doNotDisturb: period });
  const event = {
    type: 'dnd_updated_user',
    user: person.id,
    dnd_status: describeDoNotDisturb(parts.workspace, person),
    event_ts: parts.workspace.timestamp(),
  };
  return announce(parts, event, {});
}

/** Tells an app how a person is described now. */
function announcePerson(parts: Parts, app: InstalledApp, person: Person): Told {
  const user = describePerson(parts.workspace, person, app);
  const event = {
    type: 'user_change',
    user,
    cache_ts: person.updated,
    event_ts: parts.workspace.timestamp(),
  };
  return announce(parts, event, { app });
}

async function tellApps(parts: Parts, tell: (app: InstalledApp) => Told): Told {
  return (await Promise.all([...parts.workspace.apps.values()].map(tell))).flat();
}

function hidden(parts: Parts, channel: Channel, subtype: string, rest: JsonObject): JsonObject {
  const ts = parts.workspace.timestamp();
  return {
    type: 'message',
    subtype,
    hidden: true,
    channel: channel.id,
    channel_type: channelType(channel),
    ts,
    event_ts: ts,
    ...rest,
  };
}
