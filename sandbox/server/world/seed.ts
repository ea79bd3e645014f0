/** What does a workspace look like when it starts? */

/** A person; ids, names and zones that are left out are made up. */
export interface PersonSeed {
  id?: string;
  /** The handle, without @. */
  name: string;
  realName: string;
  email?: string;
  /** IANA time zone; default Etc/UTC. */
  tz?: string;
  isAdmin?: boolean;
  isOwner?: boolean;
  /** A guest of several channels, or of one. */
  isGuest?: 'multi' | 'single';
  isBot?: boolean;
  deleted?: boolean;
  /** The team of another company. */
  teamId?: string;
  locale?: string;
}

export interface ChannelSeed {
  id?: string;
  name: string;
  isPrivate?: boolean;
  /** Names or ids of people and apps. */
  members: string[];
  isArchived?: boolean;
  /** Shared with another company. */
  isExtShared?: boolean;
}

export interface CommandSeed {
  /** With the slash. */
  command: string;
  description: string;
  usageHint: string;
  /** Turns @name, #channel and links into Slack's escaped form; default true. */
  shouldEscape?: boolean;
}

export interface ShortcutSeed {
  callbackId: string;
  name: string;
  type: 'global' | 'message';
}

/** An installed app; it gets a bot user of the same name. */
export interface AppSeed {
  id?: string;
  name: string;
  botToken: string;
  appToken: string;
  signingSecret: string;
  scopes: string[];
  commands: CommandSeed[];
  shortcuts?: ShortcutSeed[];
  homeTab: boolean;
  /** Whether people can write to the app; default `on`. */
  messagesTab?: 'on' | 'read_only' | 'off';
  mode: 'socket' | 'http';
  /** Where HTTP deliveries go. */
  requestUrl?: string;
  /** Subscribed event types; default app_home_opened, app_uninstalled, tokens_revoked. */
  events?: string[];
}

export interface WorkspaceSeed {
  team: { id: string; name: string; domain: string };
  people: PersonSeed[];
  channels: ChannelSeed[];
  apps: AppSeed[];
}

/** A small workspace to start from: four people, three channels, one app with every scope. */
export function defaultSeed(): WorkspaceSeed {
  return {
    team: { id: 'T0SANDBOX01', name: 'Harbour Insurance', domain: 'harbour' },
    people: [
      { id: 'U0AMARA0001', name: 'amara', realName: 'Amara Osei', tz: 'Europe/London', isAdmin: true },
      { id: 'U0BELA00001', name: 'bela', realName: 'Béla Novák', tz: 'Europe/Budapest' },
      { id: 'U0CHIEN0001', name: 'chien', realName: 'Chien Wu', tz: 'Asia/Singapore' },
      {
        id: 'U0DANA00001',
        name: 'dana',
        realName: 'Dana Whitfield',
        tz: 'America/New_York',
        isGuest: 'single',
      },
    ],
    channels: [
      { id: 'C0GENERAL01', name: 'general', members: ['amara', 'bela', 'chien'] },
      { id: 'C0PROJECT01', name: 'project', members: ['amara', 'bela', 'dana', 'Test app'] },
      { id: 'C0SECRET001', name: 'secret', isPrivate: true, members: ['amara'] },
    ],
    apps: [
      {
        name: 'Test app',
        botToken: 'xoxb-sandbox',
        appToken: 'xapp-sandbox',
        signingSecret: 'sandbox-signing-secret',
        scopes: [...everyScope],
        commands: [{ command: '/test', description: 'Tries things', usageHint: '[help]' }],
        shortcuts: [
          { callbackId: 'start', name: 'Start a thing', type: 'global' },
          { callbackId: 'attach', name: 'Attach to a thing', type: 'message' },
        ],
        homeTab: true,
        mode: 'socket',
        events: ['app_home_opened', 'app_uninstalled', 'tokens_revoked'],
      },
    ],
  };
}

/** Every bot scope the sandbox knows. */
const everyScope: readonly string[] = [
  'app_mentions:read',
  'channels:history',
  'channels:join',
  'channels:manage',
  'channels:read',
  'chat:write',
  'chat:write.public',
  'commands',
  'dnd:read',
  'files:read',
  'files:write',
  'groups:history',
  'groups:read',
  'groups:write',
  'im:history',
  'im:read',
  'im:write',
  'metadata.message:read',
  'mpim:history',
  'mpim:read',
  'mpim:write',
  'reactions:read',
  'reactions:write',
  'team:read',
  'users:read',
  'users:read.email',
  'users.profile:read',
];
