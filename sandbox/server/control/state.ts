/** What does a page need to draw the workspace as one person sees it? */

import type { JsonObject } from '../json.ts';
import type { Parts } from '../parts.ts';
import { personNamed } from '../world/names.ts';
import type { Read, SeenChannel } from './read.ts';

export interface Stateful {
  /** The number of the newest change: a page that listens continues from here. */
  change: number;
  /** Epoch milliseconds of the workspace's clock. */
  now: number;
  nextDue: number | null;
  team: JsonObject;
  me: JsonObject;
  people: JsonObject[];
  apps: JsonObject[];
  channels: SeenChannel[];
  /** By conversation id. */
  messages: Record<string, JsonObject[]>;
  /** By app id. */
  homes: Record<string, JsonObject>;
  views: JsonObject[];
  notices: JsonObject[];
}

/** Everything a person may see, in one object. */
export function workspaceState(parts: Parts, read: Read, user: string): Stateful {
  const { workspace } = parts;
  const me = personNamed(workspace, user);
  const channels = read.channels(user);
  const people = [...workspace.people.values()].map(
    ({ doNotDisturb, updated: _, ...person }): JsonObject => ({ ...person, doNotDisturb }),
  );
  const apps = [...workspace.apps.values()];
  return {
    change: parts.feed.newest(),
    now: parts.clock.now(),
    nextDue: parts.agenda.nextDue(),
    team: { ...workspace.team },
    me: people.find(({ id }) => id === me.id) ?? {},
    people,
    apps: apps.map(({ id, name, botId, botUserId, commands, shortcuts, homeTab, messagesTab, state }) => ({
      id,
      name,
      botId,
      botUserId,
      commands,
      shortcuts,
      homeTab,
      messagesTab,
      state,
      connections: parts.sockets.connections(id),
    })),
    channels,
    messages: Object.fromEntries(channels.map(({ id }) => [id, read.messages(user, id)])),
    homes: Object.fromEntries(
      apps.flatMap(({ id }) => {
        const home = read.home(user, id);
        return home === null ? [] : [[id, home]];
      }),
    ),
    views: read.views(user),
    notices: read.notices(user).map((notice) => ({ ...notice })),
  };
}
