/** Which apps hear of an event, and how often is it tried? */
import type { JsonObject } from '../json.ts';
import { textAt } from '../json.ts';
import { acknowledgeWithin, eventRetryDelays } from '../limits.ts';
import type { Parts } from '../parts.ts';
import { channelType } from '../world/channels.ts';
import type { Channel, InstalledApp } from '../world/workspace.ts';
import type { Acknowledgement, DeliveryFailure } from './acknowledgement.ts';
import { deliver } from './deliver.ts';
import { eventPayload } from './payloads.ts';

/** Scopes of which an app needs one to hear of an event type; an event that is not named needs none. */
const scopesFor: Record<string, readonly string[]> = {
  app_mention: ['app_mentions:read'],
  'message.im': ['im:history'],
  'message.groups': ['groups:history'],
  'message.channels': ['channels:history'],
  message_metadata_posted: ['metadata.message:read'],
  member_joined_channel: ['channels:read', 'groups:read'],
  member_left_channel: ['channels:read', 'groups:read'],
  user_change: ['users:read'],
  team_join: ['users:read'],
  dnd_updated_user: ['dnd:read'],
  channel_archive: ['channels:read'],
  channel_unarchive: ['channels:read'],
  channel_rename: ['channels:read'],
  channel_created: ['channels:read'],
  channel_shared: ['channels:read', 'groups:read'],
  group_archive: ['groups:read'],
  group_unarchive: ['groups:read'],
  group_rename: ['groups:read'],
  reaction_added: ['reactions:read'],
  reaction_removed: ['reactions:read'],
};

/** Events that are about the installation itself and reach an app that is gone. */
const farewells = new Set(['app_uninstalled', 'tokens_revoked']);

/** Where an event happened and whom it concerns. */
export interface Audience {
  /** Only apps whose bot is in this channel hear of it. */
  channel?: Channel;
  /** Only this app hears of it. */
  app?: InstalledApp;
}

/**
 * Sends an event to every app that subscribed to it and may see it; failed ones are tried again.
 * @returns one acknowledgement of the first attempt per app that was told
 */
export function announce(parts: Parts, event: JsonObject, audience: Audience): Promise<Acknowledgement[]> {
  const apps = [...parts.workspace.apps.values()].filter((app) => hears(app, event, audience));
  const payloadFor = (app: InstalledApp): JsonObject =>
    eventPayload(parts.workspace, app, structuredClone(event), audience.channel);
  return Promise.all(apps.map((app) => attempt(parts, app, payloadFor(app), 0, '')));
}

/** Tries once; on failure the next attempt is put on the agenda. */
async function attempt(
  parts: Parts,
  app: InstalledApp,
  payload: JsonObject,
  number: number,
  reason: string,
): Promise<Acknowledgement> {
  const sentAt = parts.clock.now();
  const name = textAt((payload['event'] as JsonObject)['type']);
  const retry = number === 0 ? undefined : { attempt: number, reason };
  const acknowledgement = await deliver(parts, app, 'events_api', name, payload, retry);
  const delay = eventRetryDelays[number];
  if (acknowledgement.ok || !acknowledgement.mayRetry || delay === undefined) return acknowledgement;
  const { failure } = acknowledgement;
  // The time an app had to answer passes on the workspace's clock too, where it may stand still.
  const failedAt = failure === 'timeout' ? sentAt + acknowledgeWithin : sentAt;
  const again = (): Promise<unknown> => attempt(parts, app, payload, number + 1, retryReason(app, failure));
  const due = failedAt + delay;
  if (due <= parts.clock.now()) void parts.inFlight.track(again());
  else parts.agenda.at(due, again);
  return acknowledgement;
}

function retryReason(app: InstalledApp, failure: DeliveryFailure | null): string {
  return failure === 'timeout' && app.mode === 'http' ? 'http_timeout' : (failure ?? 'unknown_error');
}

function hears(app: InstalledApp, event: JsonObject, audience: Audience): boolean {
  if (audience.app !== undefined && audience.app !== app) return false;
  const type = textAt(event['type']);
  if (app.state === 'uninstalled' && !farewells.has(type)) return false;
  const subscription = subscriptionName(type, audience.channel);
  if (!app.events.has(subscription)) return false;
  const scopes = scopesFor[subscription];
  if (scopes !== undefined && !scopes.some((scope) => app.scopes.has(scope))) return false;
  if (audience.channel === undefined) return true;
  return (
    audience.channel.members.has(app.botUserId) ||
    (type.startsWith('channel_') && !audience.channel.isPrivate)
  );
}

function subscriptionName(type: string, channel: Channel | undefined): string {
  if (type !== 'message' || channel === undefined) return type;
  return `message.${{ im: 'im', group: 'groups', channel: 'channels' }[channelType(channel)]}`;
}
