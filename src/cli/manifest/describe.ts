/** What must Slack know about the app: its commands, its permissions, and where it listens? */
import { RECEIPT_EVENT } from '../../app/receipts.ts';
import type { Feature } from '../../features/feature.ts';
import { RECEIPT } from '../../slack/courier-find.ts';

/** What the app may do in a workspace, and why it has to. Nothing else is asked for. */
export const SCOPES = {
  'chat:write': 'posts and edits cards, requests, reminders and digests',
  commands: 'the slash command and the shortcut',
  'users:read': 'time zones, and who is a guest, a bot or gone: they cannot sign',
  'channels:read': 'checks a public channel before anything is posted there',
  'groups:read': 'the same for private channels the app was invited to',
  'dnd:read': 'asks nobody while Slack holds messages back from them',
  'files:read': 'reads a file of values that somebody hands in by the import form',
  'files:write': 'hands an export to whoever asked for it',
} as const;
export type Scope = keyof typeof SCOPES;

/** What a workspace may refuse: a channel is then found out about when something is posted, a file imported and exported elsewhere. */
export const OPTIONAL_SCOPES: readonly Scope[] = [
  'channels:read',
  'groups:read',
  'dnd:read',
  'files:read',
  'files:write',
];

/**
 * What the app needs in order to look up whether Slack has a message when an answer was lost. Asked for only when the
 * operator wants it: it lets the app read the history of the conversations it is in.
 */
export const LOOK_UP_SCOPES = {
  'channels:history': 'finds a message of ours again in a public channel',
  'groups:history': 'the same in a private channel',
  'im:history': 'the same in the conversation with one person',
  'im:write': 'tells which conversation that is',
} as const;

/**
 * What the app needs for Slack to tell it of its own messages: of one whose answer was lost, too. Asked for only when the
 * operator wants it: it lets the app read the metadata of messages in the conversations it is in.
 */
export const RECEIPT_SCOPES = {
  'metadata.message:read': 'hears that a message of ours stands in Slack',
} as const;

/** What Slack tells the app about without being asked. */
export const EVENTS = [
  'app_home_opened',
  'app_uninstalled',
  'member_joined_channel',
  'tokens_revoked',
  'user_change',
  'dnd_updated_user',
  'channel_archive',
  'group_archive',
] as const;

/** How the shortcuts of the features are called in Slack's menus. */
const SHORTCUTS: Readonly<Record<string, { readonly name: string; readonly description: string }>> = {
  register_pilot: { name: 'Register a pilot', description: 'Opens the form for a new pilot' },
};

/** Where Slack's requests are answered, below the address of the installation. */
const ENDPOINT = '/slack/events';

/** A manifest as Slack reads it: version 2 of its schema. */
export type Manifest = ReturnType<typeof describeApp>;

/**
 * Describes the app for Slack.
 *
 * @param parts.lookUp whether lost messages may be looked up
 * @param parts.receiptsOf the id of the app, if Slack is to tell it of its own messages
 * @param parts.url the public address in HTTP mode, without the endpoint; null for Socket Mode
 */
export function describeApp(parts: {
  readonly features: readonly Feature[];
  readonly command: string;
  readonly url: string | null;
  readonly lookUp?: boolean;
  readonly receiptsOf?: string;
}) {
  const { features, command, url, receiptsOf } = parts;
  const wanted = [
    ...(parts.lookUp === true ? Object.keys(LOOK_UP_SCOPES) : []),
    ...(receiptsOf === undefined ? [] : Object.keys(RECEIPT_SCOPES)),
  ];
  const events: readonly string[] = receiptsOf === undefined ? EVENTS : [...EVENTS, RECEIPT_EVENT];
  const receipts =
    receiptsOf === undefined ? {} : { metadata_subscriptions: [{ app_id: receiptsOf, event_type: RECEIPT }] };
  const requestUrl = url === null ? {} : { request_url: `${url}${ENDPOINT}` };
  return {
    _metadata: { major_version: 2, minor_version: 1 },
    display_information: {
      name: 'Pilotage',
      description: 'Gets AI pilots to a decision',
      long_description:
        'Pilotage writes down what success of an AI pilot means before work starts and has the executive sponsor sign it. ' +
        'It compares measured values with what was signed, says every week where each pilot stands, and puts the ' +
        'decision in front of the sponsor in time.',
      background_color: '#1f3a4d',
    },
    features: {
      app_home: {
        home_tab_enabled: true,
        messages_tab_enabled: true,
        messages_tab_read_only_enabled: true,
      },
      bot_user: { display_name: 'Pilotage', always_online: false },
      shortcuts: features
        .flatMap((feature) => feature.shortcuts ?? [])
        .map(({ id }) => ({
          name: SHORTCUTS[id]?.name ?? id,
          type: 'global',
          callback_id: id,
          description: SHORTCUTS[id]?.description ?? id,
        })),
      slash_commands: [
        {
          command,
          ...(url === null ? {} : { url: `${url}${ENDPOINT}` }),
          description: 'Get AI pilots to a decision',
          usage_hint: usageHint(features),
          should_escape: true,
        },
      ],
    },
    oauth_config: {
      scopes: {
        bot: [...Object.keys(SCOPES), ...wanted],
        bot_optional: [...OPTIONAL_SCOPES, ...wanted],
      },
    },
    settings: {
      event_subscriptions: { ...requestUrl, bot_events: [...events], ...receipts },
      interactivity: { is_enabled: true, ...requestUrl },
      org_deploy_enabled: false,
      socket_mode_enabled: url === null,
      token_rotation_enabled: false,
    },
  };
}

function usageHint(features: readonly Feature[]): string {
  const names = features.flatMap((feature) => feature.commands ?? []).map(({ name }) => name);
  return [...names, 'help'].join(' | ');
}
