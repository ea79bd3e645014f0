/** How does Slack describe to an app what a person did? */
import type { JsonObject } from '../json.ts';
import { payloadChannelName } from '../world/channels.ts';
import { describeMessage } from '../world/messages.ts';
import { describeView } from '../world/views.ts';
import type {
  Channel,
  Ephemeral,
  InstalledApp,
  Message,
  OpenView,
  Person,
  Workspace,
} from '../world/workspace.ts';

/** What every interaction says: who, where, for which app. */
export function interaction(
  workspace: Workspace,
  app: InstalledApp,
  person: Person,
  type: string,
): JsonObject {
  return {
    type,
    user: { id: person.id, username: person.name, name: person.name, team_id: person.teamId },
    api_app_id: app.id,
    token: app.verificationToken,
    team: { id: workspace.team.id, domain: workspace.team.domain },
    enterprise: null,
    is_enterprise_install: false,
  };
}

/** The channel as interactions carry it. */
export function channelDetail(channel: Channel): JsonObject {
  return { id: channel.id, name: payloadChannelName(channel) };
}

/** Where something was pressed: a view. */
export function viewSource(workspace: Workspace, view: OpenView): JsonObject {
  return { container: { type: 'view', view_id: view.id }, view: describeView(workspace, view) };
}

/** Where something was pressed: a message, or one that only this person sees. */
export function messageSource(channel: Channel, source: Message | Ephemeral): JsonObject {
  const ephemeral = isEphemeral(source);
  const message = ephemeral ? source.message : source;
  const thread = message.thread_ts === undefined ? {} : { thread_ts: message.thread_ts };
  return {
    container: {
      type: 'message',
      message_ts: message.ts,
      channel_id: channel.id,
      is_ephemeral: ephemeral,
      ...thread,
    },
    channel: channelDetail(channel),
    // Slack does not keep messages that one person sees, so it cannot send them back.
    ...(ephemeral ? {} : { message: describeMessage(message, true) }),
  };
}

/** True for a message that one person sees. */
export function isEphemeral(source: Message | Ephemeral): source is Ephemeral {
  return 'message' in source && typeof source['message'] === 'object';
}

/** The form fields of a slash command. */
export function commandPayload(
  workspace: Workspace,
  app: InstalledApp,
  person: Person,
  channel: Channel,
  said: { command: string; text: string; triggerId: string; responseUrl: string },
): JsonObject {
  return {
    token: app.verificationToken,
    team_id: workspace.team.id,
    team_domain: workspace.team.domain,
    channel_id: channel.id,
    channel_name: payloadChannelName(channel),
    user_id: person.id,
    user_name: person.name,
    command: said.command,
    text: said.text,
    api_app_id: app.id,
    is_enterprise_install: 'false',
    response_url: said.responseUrl,
    trigger_id: said.triggerId,
  };
}

/** An event in the wrapper of the Events API. */
export function eventPayload(
  workspace: Workspace,
  app: InstalledApp,
  event: JsonObject,
  channel: Channel | undefined,
): JsonObject {
  return {
    token: app.verificationToken,
    team_id: workspace.team.id,
    context_team_id: workspace.team.id,
    context_enterprise_id: null,
    api_app_id: app.id,
    event,
    type: 'event_callback',
    event_id: workspace.ids.next('Ev'),
    event_time: Math.floor(workspace.clock.now() / 1000),
    authorizations: [
      {
        enterprise_id: null,
        team_id: workspace.team.id,
        user_id: app.botUserId,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: channel?.isExtShared ?? false,
    event_context: `4-${workspace.ids.secret('event context', 32)}`,
  };
}
