/** What is true in the workspace right now? */
import type { Clock } from '../clock.ts';
import { createTimestamps } from '../clock.ts';
import type { Feed } from '../feed.ts';
import { createIds, type Ids } from '../ids.ts';
import type { JsonObject } from '../json.ts';
import type { CommandSeed, ShortcutSeed } from './seed.ts';

export interface Person {
  id: string;
  teamId: string;
  name: string;
  realName: string;
  email: string;
  tz: string;
  locale: string;
  isAdmin: boolean;
  isOwner: boolean;
  guest: 'multi' | 'single' | null;
  isBot: boolean;
  deleted: boolean;
  /** Set for the bot user of an app. */
  appId: string | null;
  /** Epoch milliseconds between which notifications are held back. */
  doNotDisturb: { from: number; until: number } | null;
  updated: number;
}

/** A message in the shape Slack returns it. */
export interface Message extends JsonObject {
  type: 'message';
  ts: string;
  text: string;
  user?: string;
  bot_id?: string;
  app_id?: string;
  subtype?: string;
  blocks?: JsonObject[];
  attachments?: JsonObject[];
  files?: JsonObject[];
  thread_ts?: string;
  parent_user_id?: string;
  reply_count?: number;
  reply_users?: string[];
  reply_users_count?: number;
  latest_reply?: string;
  metadata?: JsonObject;
  reactions?: { name: string; users: string[]; count: number }[];
}

/** A message only one person sees; Slack does not keep it. */
export interface Ephemeral {
  user: string;
  message: Message;
}

export interface Channel {
  id: string;
  kind: 'channel' | 'im';
  name: string;
  isPrivate: boolean;
  isArchived: boolean;
  isExtShared: boolean;
  isGeneral: boolean;
  creator: string;
  created: number;
  previousNames: string[];
  members: Set<string>;
  /** By timestamp, in order. */
  messages: Map<string, Message>;
  ephemerals: Map<string, Ephemeral>;
}

export interface InstalledApp {
  id: string;
  name: string;
  botId: string;
  botUserId: string;
  botToken: string;
  appToken: string;
  signingSecret: string;
  verificationToken: string;
  scopes: Set<string>;
  events: Set<string>;
  commands: CommandSeed[];
  shortcuts: ShortcutSeed[];
  homeTab: boolean;
  messagesTab: 'on' | 'read_only' | 'off';
  mode: 'socket' | 'http';
  requestUrl: string | null;
  state: 'installed' | 'token_revoked' | 'uninstalled';
}

/** A modal or Home as one person has it open. */
export interface OpenView {
  id: string;
  appId: string;
  userId: string;
  type: 'modal' | 'home';
  /** What the app sent, with block ids filled in. */
  definition: JsonObject;
  /** What has been entered: block id → action id → value. */
  state: Record<string, Record<string, JsonObject>>;
  hash: string;
  rootViewId: string;
  previousViewId: string | null;
  /** Shown beside inputs after a refused submission: block id → sentence. */
  errors: Record<string, string>;
}

export interface StoredFile {
  id: string;
  name: string;
  title: string;
  mimetype: string;
  altText: string;
  owner: string;
  appId: string;
  declaredLength: number;
  content: Uint8Array | null;
  created: number;
  channels: Set<string>;
  completed: boolean;
}

/** Something Slack tells a person outside any message, such as that a command failed. */
export interface Notice {
  n: number;
  at: number;
  user: string;
  text: string;
  /** What it is about, such as the command or the view's callback id. */
  about: string;
}

export interface Workspace {
  clock: Clock;
  ids: Ids;
  feed: Feed;
  /** The next message timestamp. */
  timestamp(): string;
  team: { id: string; name: string; domain: string };
  people: Map<string, Person>;
  channels: Map<string, Channel>;
  /** Direct messages by their two members. */
  directMessages: Map<string, Channel>;
  apps: Map<string, InstalledApp>;
  files: Map<string, StoredFile>;
  /** What each person has entered into a message: by `channel:ts:person`. */
  messageStates: Map<string, OpenView['state']>;
  /** The modals each person has open, the one in front last. */
  modals: Map<string, OpenView[]>;
  /** Published Homes by `app:person`. */
  homes: Map<string, OpenView>;
  notices: Notice[];
  /** Messages older than this many days are gone; null keeps everything. */
  retentionDays: number | null;
}

/** An empty workspace. */
export function createWorkspace(clock: Clock, feed: Feed, team: Workspace['team']): Workspace {
  return {
    clock,
    feed,
    ids: createIds(team.id),
    timestamp: createTimestamps(clock),
    team,
    people: new Map(),
    channels: new Map(),
    directMessages: new Map(),
    apps: new Map(),
    files: new Map(),
    messageStates: new Map(),
    modals: new Map(),
    homes: new Map(),
    notices: [],
    retentionDays: null,
  };
}

/** Epoch seconds of the workspace's clock. */
export function secondsNow(workspace: Workspace): number {
  return Math.floor(workspace.clock.now() / 1000);
}

/** Shows a person a sentence outside any message. */
export function notify(workspace: Workspace, user: string, text: string, about: string): Notice {
  const notice = { n: workspace.notices.length + 1, at: workspace.clock.now(), user, text, about };
  workspace.notices.push(notice);
  workspace.feed.tell('notice', { user, detail: { text, about } });
  return notice;
}
