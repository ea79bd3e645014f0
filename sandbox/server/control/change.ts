/** How does a tester change the workspace itself? */

import { announce } from '../delivery/events.ts';
import { postToApp } from '../delivery/post-to-app.ts';
import type { DisconnectReason } from '../delivery/sockets.ts';
import {
  archiveChannel,
  changeDoNotDisturb,
  changeProfile,
  joinChannel,
  leaveChannel,
  renameChannel,
} from '../happenings.ts';
import { isObject } from '../json.ts';
import type { Parts } from '../parts.ts';
import { addChannel, changeChannel, describeChannel } from '../world/channels.ts';
import { dropExpired } from '../world/messages.ts';
import { appNamed, findChannel, personNamed } from '../world/names.ts';
import { addPerson, describePerson } from '../world/people.ts';
import type { ChannelSeed, PersonSeed } from '../world/seed.ts';
import type { Channel, InstalledApp, Person } from '../world/workspace.ts';
import { type Acted, done } from './acted.ts';
import { slowest } from './speak.ts';

export interface PeopleChanges {
  /** Someone new arrives; answers their id. */
  add(seed: PersonSeed): Promise<{ id: string }>;
  deactivate(user: string): Promise<Acted>;
  reactivate(user: string): Promise<Acted>;
  rename(user: string, names: { name?: string; realName?: string }): Promise<Acted>;
  setTimezone(user: string, tz: string): Promise<Acted>;
  /** Makes a guest of several channels or of one; null a full member. */
  makeGuest(user: string, kind: 'multi' | 'single' | null): Promise<Acted>;
  makeAdmin(user: string, isAdmin: boolean): Promise<Acted>;
  /** Holds notifications back between two instants, in epoch milliseconds; null ends it. */
  doNotDisturb(user: string, period: { from: number; until: number } | null): Promise<Acted>;
}

export interface ChannelChanges {
  /** Makes a channel; answers its id. */
  create(seed: ChannelSeed): Promise<{ id: string }>;
  archive(channel: string): Promise<Acted>;
  unarchive(channel: string): Promise<Acted>;
  rename(channel: string, name: string): Promise<Acted>;
  /** Adds a person or an app, as /invite does. */
  invite(channel: string, who: string, by?: string): Promise<Acted>;
  /** Removes a person or an app. */
  kick(channel: string, who: string): Promise<Acted>;
  /** Shares the channel with another company. */
  share(channel: string): Promise<Acted>;
}

export interface AppChanges {
  revokeToken(app?: string): Promise<Acted>;
  uninstall(app?: string): Promise<Acted>;
  /** Installs the app again, with a new bot token if one is given. */
  reinstall(botToken?: string, app?: string): Promise<Acted>;
  addScope(scope: string, app?: string): Promise<Acted>;
  removeScope(scope: string, app?: string): Promise<Acted>;
  /** Where deliveries go from now on. */
  setMode(mode: 'socket' | 'http', requestUrl?: string, app?: string): Promise<Acted>;
  /** Whether the app's Messages tab takes messages. */
  setMessagesTab(setting: 'on' | 'read_only' | 'off', app?: string): Promise<Acted>;
  setHomeTab(enabled: boolean, app?: string): Promise<Acted>;
  subscribe(events: string[], app?: string): Promise<Acted>;
  /** Sends `url_verification` to the request URL; ok when the challenge came back. */
  verifyRequestUrl(app?: string): Promise<Acted>;
  /** Tells the app's sockets to go: a refresh by default. */
  disconnectSockets(reason?: DisconnectReason, app?: string): Promise<Acted>;
  /** Cuts the app's sockets without a word. */
  cutSockets(app?: string): Promise<Acted>;
  /** How many sockets the app has open. */
  connections(app?: string): number;
}

export interface Changes {
  people: PeopleChanges;
  channels: ChannelChanges;
  apps: AppChanges;
  /** Removes messages older than this many days, now and from now on; null keeps everything. */
  setRetention(days: number | null): void;
}

/** The changes a tester can make to one workspace; each is announced to the apps that may know. */
export function createChanges(parts: Parts): Changes {
  return {
    people: peopleChanges(parts),
    channels: channelChanges(parts),
    apps: appChanges(parts),
    setRetention(days) {
      parts.workspace.retentionDays = days;
      for (const channel of parts.workspace.channels.values()) dropExpired(parts.workspace, channel);
    },
  };
}

function peopleChanges(parts: Parts): PeopleChanges {
  const change = async (user: string, to: Partial<Person>): Promise<Acted> =>
    done(slowest(await changeProfile(parts, personNamed(parts.workspace, user), to)));
  return {
    async add(seed) {
      const person = addPerson(parts.workspace, seed);
      for (const app of parts.workspace.apps.values()) {
        const event = { type: 'team_join', user: describePerson(parts.workspace, person, app) };
        await announce(parts, { ...event, event_ts: parts.workspace.timestamp() }, { app });
      }
      parts.feed.tell('person', { user: person.id });
      return { id: person.id };
    },
    deactivate: (user) => change(user, { deleted: true }),
    reactivate: (user) => change(user, { deleted: false }),
    rename: (user, names) => change(user, names),
    setTimezone: (user, tz) => change(user, { tz }),
    makeGuest: (user, guest) => change(user, { guest }),
    makeAdmin: (user, isAdmin) => change(user, { isAdmin }),
    doNotDisturb: async (user, period) =>
      done(slowest(await changeDoNotDisturb(parts, personNamed(parts.workspace, user), period))),
  };
}

function channelChanges(parts: Parts): ChannelChanges {
  const { workspace } = parts;
  const named = (name: string): Channel => {
    const channel = findChannel(workspace, name);
    if (channel === undefined) throw new Error(`No channel "${name}" here.`);
    return channel;
  };
  const someone = (who: string): Person => {
    const app = [...workspace.apps.values()].find(({ name, id }) => name === who || id === who);
    return personNamed(workspace, app?.botUserId ?? who);
  };
  const by = (channel: Channel): string => channel.creator;
  return {
    async create({ members, ...seed }) {
      const channel = addChannel(workspace, {
        ...seed,
        members: members.map((member) => someone(member).id),
      });
      parts.feed.tell('channel', { channel: channel.id });
      const app = [...workspace.apps.values()][0];
      if (app !== undefined && !channel.isPrivate) {
        const event = { type: 'channel_created', channel: describeChannel(workspace, channel, app) };
        await announce(parts, { ...event, event_ts: workspace.timestamp() }, {});
      }
      return { id: channel.id };
    },
    archive: async (name) => done(slowest(await archiveChannel(parts, named(name), true, by(named(name))))),
    unarchive: async (name) =>
      done(slowest(await archiveChannel(parts, named(name), false, by(named(name))))),
    rename: async (name, to) => done(slowest(await renameChannel(parts, named(name), to))),
    async invite(name, who, inviter) {
      const host = inviter === undefined ? undefined : someone(inviter);
      return done(slowest(await joinChannel(parts, named(name), someone(who), host)));
    },
    kick: async (name, who) => done(slowest(await leaveChannel(parts, named(name), someone(who)))),
    async share(name) {
      const channel = named(name);
      changeChannel(workspace, channel, { isExtShared: true });
      const event = { type: 'channel_shared', channel: channel.id, connected_team_id: 'T0PARTNER01' };
      return done(slowest(await announce(parts, { ...event, event_ts: workspace.timestamp() }, { channel })));
    },
  };
}

function appChanges(parts: Parts): AppChanges {
  const { workspace } = parts;
  const change = (name: string | undefined, to: (app: InstalledApp) => void): Promise<Acted> => {
    const app = appNamed(workspace, name);
    to(app);
    parts.feed.tell('app', { detail: { app: app.id } });
    return Promise.resolve(done());
  };
  const tell = async (app: InstalledApp, event: Record<string, unknown>): Promise<Acted> =>
    done(slowest(await announce(parts, event, { app })));
  return {
    async revokeToken(name) {
      const app = appNamed(workspace, name);
      await change(name, (it) => Object.assign(it, { state: 'token_revoked' }));
      return tell(app, { type: 'tokens_revoked', tokens: { oauth: [], bot: [app.botUserId] } });
    },
    async uninstall(name) {
      const app = appNamed(workspace, name);
      await change(name, (it) => Object.assign(it, { state: 'uninstalled' }));
      const revoked = { type: 'tokens_revoked', tokens: { oauth: [], bot: [app.botUserId] } };
      const told = await Promise.all([tell(app, revoked), tell(app, { type: 'app_uninstalled' })]);
      return told[1];
    },
    reinstall: (botToken, name) =>
      change(name, (app) => Object.assign(app, { state: 'installed', botToken: botToken ?? app.botToken })),
    addScope: (scope, name) => change(name, (app) => app.scopes.add(scope)),
    removeScope: (scope, name) => change(name, (app) => app.scopes.delete(scope)),
    setMode: (mode, requestUrl, name) =>
      change(name, (app) => {
        Object.assign(app, { mode, requestUrl: requestUrl ?? app.requestUrl });
        if (mode === 'http') parts.sockets.disconnect(app.id, 'link_disabled');
      }),
    setMessagesTab: (messagesTab, name) => change(name, (app) => Object.assign(app, { messagesTab })),
    setHomeTab: (homeTab, name) => change(name, (app) => Object.assign(app, { homeTab })),
    subscribe: (events, name) =>
      change(name, (app) => {
        app.events = new Set(events);
      }),
    async verifyRequestUrl(name) {
      const app = appNamed(workspace, name);
      const challenge = workspace.ids.secret('challenge', 32);
      const payload = { token: app.verificationToken, challenge, type: 'url_verification' };
      const now = parts.realClock.now();
      const how = { timeoutMs: parts.ackTimeoutMs, now, retry: undefined, closing: parts.closing };
      const { body, ms } = await parts.inFlight.track(postToApp(app, 'events_api', payload, how));
      const echoed = isObject(body) ? body['challenge'] : body;
      return done({ ok: echoed === challenge, ms, answer: body });
    },
    disconnectSockets: (reason, name) =>
      change(name, (app) => parts.sockets.disconnect(app.id, reason ?? 'refresh_requested')),
    cutSockets: (name) => change(name, (app) => parts.sockets.cut(app.id)),
    connections: (name) => parts.sockets.connections(appNamed(workspace, name).id),
  };
}
