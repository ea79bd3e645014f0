import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { RECEIPT_EVENT } from '../src/app/receipts.ts';
import { harbourMutual } from '../src/cli/demo/people.ts';
import {
  EVENTS,
  LOOK_UP_SCOPES,
  type Manifest,
  OPTIONAL_SCOPES,
  RECEIPT_SCOPES,
  SCOPES,
} from '../src/cli/manifest/describe.ts';
import { features } from '../src/features/index.ts';
import { RECEIPT } from '../src/slack/courier-find.ts';
import { call } from './cli/call.ts';
import { firstColumn, sectionOf } from './docs/page.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

async function printed(...args: string[]): Promise<Manifest> {
  const { code, out, err } = await call(['manifest', ...args]);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return parse(out) as Manifest;
}

/** Which scopes of the bot each method of the Web API needs; none for those that only need a token. */
const NEEDED_BY: Readonly<Record<string, readonly string[]>> = {
  'auth.test': [],
  'apps.connections.open': [],
  'chat.postMessage': ['chat:write'],
  'chat.postEphemeral': ['chat:write'],
  'chat.update': ['chat:write'],
  'chat.delete': ['chat:write'],
  'dnd.info': ['dnd:read'],
  'conversations.info': ['channels:read', 'groups:read'],
  'files.getUploadURLExternal': ['files:write'],
  'files.completeUploadExternal': ['files:write'],
  'users.info': ['users:read'],
  'views.open': [],
  'views.push': [],
  'views.update': [],
  'views.publish': [],
  'conversations.history': [],
  'conversations.replies': [],
  'conversations.open': [],
  // Files are fetched from Slack's own hosts.
  'slack.com': ['files:read'],
};

/** Which scopes of the bot it takes to hear of an event, besides those that its handling needs. */
const HEARD_BY: Readonly<Record<string, readonly string[]>> = {
  user_change: ['users:read'],
  channel_archive: ['channels:read'],
  group_archive: ['groups:read'],
  dnd_updated_user: ['dnd:read'],
};

/** Slack's limits for manifests, from its published schema: the longest text, the most entries. */
const LIMITS: readonly (readonly [path: string, most: number])[] = [
  ['display_information.name', 35],
  ['display_information.description', 140],
  ['display_information.long_description', 4000],
  ['display_information.background_color', 7],
  ['features.bot_user.display_name', 80],
  ['features.shortcuts', 10],
  ['features.shortcuts.*.name', 24],
  ['features.shortcuts.*.description', 150],
  ['features.shortcuts.*.callback_id', 255],
  ['features.slash_commands', 50],
  ['features.slash_commands.*.command', 32],
  ['features.slash_commands.*.description', 2000],
  ['features.slash_commands.*.usage_hint', 1000],
  ['features.slash_commands.*.url', 3000],
  ['oauth_config.scopes.bot', 255],
  ['oauth_config.scopes.bot_optional', 255],
  ['settings.event_subscriptions.bot_events', 100],
  ['settings.event_subscriptions.request_url', 3500],
  ['settings.interactivity.request_url', 3500],
];

/** The keys Slack knows, of those the schema closes. */
const KNOWN: Readonly<Record<string, readonly string[]>> = {
  '': ['_metadata', 'display_information', 'features', 'oauth_config', 'settings'],
  _metadata: ['major_version', 'minor_version'],
  display_information: ['name', 'description', 'long_description', 'background_color'],
  features: ['app_home', 'bot_user', 'shortcuts', 'slash_commands'],
  'features.app_home': ['home_tab_enabled', 'messages_tab_enabled', 'messages_tab_read_only_enabled'],
  'features.bot_user': ['display_name', 'always_online'],
  'features.shortcuts.*': ['name', 'type', 'callback_id', 'description'],
  'features.slash_commands.*': ['command', 'url', 'description', 'usage_hint', 'should_escape'],
  oauth_config: ['scopes'],
  'oauth_config.scopes': ['bot', 'bot_optional'],
  settings: [
    'event_subscriptions',
    'interactivity',
    'org_deploy_enabled',
    'socket_mode_enabled',
    'token_rotation_enabled',
  ],
  'settings.event_subscriptions': ['request_url', 'bot_events', 'metadata_subscriptions'],
  'settings.event_subscriptions.metadata_subscriptions.*': ['app_id', 'event_type'],
  'settings.interactivity': ['is_enabled', 'request_url'],
};

function at(value: unknown, path: string): unknown[] {
  if (path === '') return [value];
  const [key = '', ...rest] = path.split('.');
  const inner = key === '*' ? (value as unknown[]) : [(value as Record<string, unknown>)?.[key]];
  return inner.filter((one) => one !== undefined).flatMap((one) => at(one, rest.join('.')));
}

const EVERY_WAY = [
  [],
  ['--receipts', 'A0123456789'],
  ['--http', 'https://pilotage.example.com'],
  ['--command', '/ai-pilots'],
];

describe.each(
  EVERY_WAY.map((args) => [args.join(' ') || 'nothing', args] as const),
)('the manifest with %s', (_, args) => {
  it.each(LIMITS)('keeps to Slack’s limit of %s', async (path, most) => {
    for (const found of at(await printed(...args), path)) {
      expect((found as string | unknown[]).length).toBeLessThanOrEqual(most);
      expect((found as string | unknown[]).length).toBeGreaterThan(0);
    }
  });

  it.each(Object.entries(KNOWN))('has no key Slack does not know in "%s"', async (path, keys) => {
    for (const found of at(await printed(...args), path)) {
      expect(Object.keys(found as object).filter((key) => !keys.includes(key))).toEqual([]);
    }
  });

  it('has a long description that is long enough, and a colour that is one', async () => {
    const { display_information: shown } = await printed(...args);
    expect(shown.long_description.length).toBeGreaterThanOrEqual(175);
    expect(shown.background_color).toMatch(/^#[0-9a-f]{6}$/);
  });
});

describe('the manifest', () => {
  it('in the root is the one that is printed for Socket Mode', async () => {
    const remedy = 'run: npm run -s pilotage -- manifest > manifest.yml';
    expect(read('manifest.yml'), remedy).toBe((await call(['manifest'])).out);
    expect((await printed()).settings.socket_mode_enabled).toBe(true);
  });

  it('asks for the scopes the calls need, and for no other', async () => {
    const courier = globSync('src/slack/courier*.ts', { cwd: ROOT }).map(read).join('\n');
    const methods = [...courier.matchAll(/'((?:[a-z]+\.)+[a-zA-Z]+)'/g)].map(([, method]) => method ?? '');
    expect([...new Set(methods)].filter((method) => NEEDED_BY[method] === undefined)).toEqual([]);
    const heard = EVENTS.flatMap((event) => HEARD_BY[event] ?? []);
    const needed = new Set(['commands', ...heard, ...methods.flatMap((method) => NEEDED_BY[method] ?? [])]);
    expect(new Set((await printed()).oauth_config.scopes.bot)).toEqual(needed);
    expect(Object.keys(SCOPES).sort()).toEqual([...needed].sort());
    expect(OPTIONAL_SCOPES.filter((scope) => !needed.has(scope))).toEqual([]);
  });

  it('asks for the history only when lost messages are to be looked up', async () => {
    const { scopes } = (await printed('--look-up')).oauth_config;
    const more = ['channels:history', 'groups:history', 'im:history', 'im:write'];
    expect(Object.keys(LOOK_UP_SCOPES)).toEqual(more);
    expect(scopes.bot).toEqual([...Object.keys(SCOPES), ...more]);
    expect(scopes.bot_optional).toEqual([...OPTIONAL_SCOPES, ...more]);
  });

  it('has Slack tell of the messages of the app only when that is wanted', async () => {
    const { oauth_config: oauth, settings } = await printed('--receipts', 'A0123456789');
    const more = Object.keys(RECEIPT_SCOPES);
    expect(oauth.scopes.bot).toEqual([...Object.keys(SCOPES), ...more]);
    expect(oauth.scopes.bot_optional).toEqual([...OPTIONAL_SCOPES, ...more]);
    expect(settings.event_subscriptions).toEqual({
      bot_events: [...EVENTS, RECEIPT_EVENT],
      metadata_subscriptions: [{ app_id: 'A0123456789', event_type: RECEIPT }],
    });
    expect(Object.keys((await printed()).settings.event_subscriptions)).toEqual(['bot_events']);
  });

  it('subscribes to the events that are handled, and to no other', async () => {
    const handlers = ['src/slack/listen.ts', 'src/app/routes.ts'].map(read).join('\n');
    const handled = [...handlers.matchAll(/(?<!=> )\btype === '([a-z_]+)'/g)].map(([, type]) => type ?? '');
    const ofFeatures = features.flatMap(({ events }) => events ?? []).map(({ type }) => type);
    expect([...EVENTS].sort()).toEqual([...new Set([...handled, ...ofFeatures])].sort());
    expect((await printed()).settings.event_subscriptions.bot_events).toEqual([...EVENTS]);
  });

  it('names every subcommand in the usage hint, and every shortcut by words', async () => {
    const { slash_commands: commands, shortcuts } = (await printed()).features;
    const names = features.flatMap((feature) => feature.commands ?? []).map(({ name }) => name);
    expect(commands[0]?.usage_hint.split(' | ')).toEqual([...names, 'help']);
    expect(commands[0]?.should_escape).toBe(true);
    const ids = features.flatMap((feature) => feature.shortcuts ?? []).map(({ id }) => id);
    expect(shortcuts.map(({ callback_id: id }) => id)).toEqual(ids);
    expect(shortcuts.filter(({ name, callback_id: id }) => name === id)).toEqual([]);
  });

  it('is what the demo’s Slack is set up with', async () => {
    const { oauth_config: oauth, features: parts, settings } = await printed();
    const [app] = harbourMutual.apps;
    expect(new Set(app?.scopes)).toEqual(new Set(oauth.scopes.bot));
    expect(settings.event_subscriptions.bot_events.filter((event) => !app?.events.includes(event))).toEqual(
      [],
    );
    expect(app?.commands.map(({ command }) => command)).toEqual(
      parts.slash_commands.map(({ command }) => command),
    );
    expect(app?.shortcuts.map(({ callbackId }) => callbackId)).toEqual(
      parts.shortcuts.map(({ callback_id: id }) => id),
    );
  });

  it.each([
    'https://pilotage.example.com',
    'https://pilotage.example.com/',
    'https://pilotage.example.com/slack/events',
  ])('for HTTP at %s says where every request goes', async (url) => {
    const { features: parts, settings } = await printed('--http', url);
    const target = 'https://pilotage.example.com/slack/events';
    expect(parts.slash_commands).toMatchObject([{ url: target }]);
    expect(settings).toMatchObject({
      event_subscriptions: { request_url: target },
      interactivity: { request_url: target },
      socket_mode_enabled: false,
    });
  });

  it('has the command of this installation', async () => {
    expect((await printed('--command', '/ai')).features.slash_commands[0]?.command).toBe('/ai');
    const { out } = await call(['manifest'], { env: { PILOTAGE_COMMAND: '/from-env' } });
    expect((parse(out) as Manifest).features.slash_commands[0]?.command).toBe('/from-env');
  });

  it.each([
    [['--http', 'ftp://example.com'], /^--http: "ftp:\/\/example\.com" is no web address; [^\n]+\n$/],
    [['--http', 'example.com'], /^--http: "example\.com" is no web address/],
    [['--http', 'https://anna:secret@example.com'], /^--http: leave out the password(?!.*secret@)/],
    [['--http', 'https://example.com/?a=b'], /^--http: leave out/],
    [['--receipts', 'pilotage'], /^--receipts: "pilotage" is no id of an app; /],
    [['--receipts', 'A012\u202e'], /^--receipts: /],
    [['--command', 'pilot'], /^--command: "pilot" is not a slash command: /],
    [['--command', '/Pilot\u202e'], /^--command: /],
    [['--command', ''], /^--command: It is empty/],
  ])('refuses %j', async (args, said) => {
    const { code, out, err } = await call(['manifest', ...args]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(said);
  });
});

describe('docs/commands.md', () => {
  it('says why each scope is asked for', () => {
    const section = sectionOf(read('docs/commands.md'), 'What the app may do');
    expect(firstColumn(section)).toEqual(Object.keys(SCOPES));
    for (const why of Object.values(SCOPES)) expect(section).toContain(why);
  });
});
