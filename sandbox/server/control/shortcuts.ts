/** What happens when a person uses a shortcut? */
import { channelDetail, interaction, isEphemeral } from '../delivery/payloads.ts';
import type { Parts } from '../parts.ts';
import { describeMessage } from '../world/messages.ts';
import { conversationFor } from '../world/names.ts';
import type { InstalledApp } from '../world/workspace.ts';
import { type Acted, interact } from './acted.ts';
import { actor } from './actor.ts';
import { visibleMessages } from './press-message.ts';

/** A person starts a global shortcut. */
export function startShortcut(parts: Parts, user: string, callbackId: string): Promise<Acted> {
  const person = actor(parts, user);
  const app = appWithShortcut(parts, callbackId, 'global');
  const payload = {
    ...interaction(parts.workspace, app, person, 'shortcut'),
    callback_id: callbackId,
    action_ts: parts.workspace.timestamp(),
    trigger_id: parts.triggers.issue({ appId: app.id, userId: person.id, viewId: null, channelId: null }),
  };
  return interact(parts, app, person, payload, callbackId);
}

/** A person starts a shortcut from the menu of a message. */
export function startMessageShortcut(
  parts: Parts,
  user: string,
  callbackId: string,
  at: { channel: string; ts: string },
): Promise<Acted> {
  const person = actor(parts, user);
  const app = appWithShortcut(parts, callbackId, 'message');
  const channel = conversationFor(parts.workspace, person, at.channel);
  const message = visibleMessages(parts, person, channel).find(
    (source) => !isEphemeral(source) && source.ts === at.ts,
  );
  if (message === undefined || isEphemeral(message))
    throw new Error(`@${person.name} sees no message ${at.ts} there.`);
  const target = { appId: app.id, userId: person.id, channelId: channel.id, source: message };
  const payload = {
    ...interaction(parts.workspace, app, person, 'message_action'),
    callback_id: callbackId,
    action_ts: parts.workspace.timestamp(),
    trigger_id: parts.triggers.issue({
      appId: app.id,
      userId: person.id,
      viewId: null,
      channelId: channel.id,
    }),
    response_url: `${parts.url}${parts.responseUrls.issue(target)}`,
    channel: channelDetail(channel),
    message_ts: message.ts,
    message: describeMessage(message, true),
  };
  return interact(parts, app, person, payload, callbackId);
}

function appWithShortcut(parts: Parts, callbackId: string, type: 'global' | 'message'): InstalledApp {
  const app = [...parts.workspace.apps.values()].find((candidate) =>
    candidate.shortcuts.some((shortcut) => shortcut.callbackId === callbackId && shortcut.type === type),
  );
  if (app === undefined) throw new Error(`No app here has a ${type} shortcut "${callbackId}".`);
  return app;
}
