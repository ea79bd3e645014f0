import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { type Sandbox, startSandbox, type WorkspaceSeed } from '../../sandbox/server/index.ts';
import type { Finding } from '../../src/cli/doctor/finding.ts';
import { OPTIONAL_SCOPES, SCOPES } from '../../src/cli/manifest/describe.ts';
import type { Database } from '../../src/db/database.ts';
import { onBothEngines } from '../support/databases.ts';
import { aPerson, aPilot, aWorkspace } from '../support/rows.ts';
import { type CallOptions, call } from './call.ts';

const SECRETS = { bot: 'xoxb-very-secret-bot', app: 'xapp-very-secret-app' } as const;

const seed = (scopes: readonly string[] = Object.keys(SCOPES)): WorkspaceSeed => ({
  team: { id: 'T1', name: 'Acme', domain: 'acme' },
  people: [{ id: 'U1', name: 'anna', realName: 'Anna Arens' }],
  channels: [
    { id: 'C1', name: 'claims', members: ['anna', 'Pilotage'] },
    { id: 'C2', name: 'elsewhere', members: ['anna'] },
    { id: 'C3', name: 'old', members: ['Pilotage'], isArchived: true },
    { id: 'C4', name: 'partner', members: ['Pilotage'], isExtShared: true },
  ],
  apps: [
    {
      name: 'Pilotage',
      botToken: SECRETS.bot,
      appToken: SECRETS.app,
      signingSecret: 'very-secret-signing',
      scopes: [...scopes],
      commands: [],
      homeTab: true,
      mode: 'socket',
    },
  ],
});

async function slackWith(scopes?: readonly string[]): Promise<Sandbox> {
  const slack = await startSandbox({ seed: seed(scopes) });
  onTestFinished(() => slack.close());
  return slack;
}

const settings = (slack: Sandbox, databaseUrl: string) => ({
  SLACK_BOT_TOKEN: SECRETS.bot,
  SLACK_APP_TOKEN: SECRETS.app,
  SLACK_API_URL: slack.apiUrl,
  DATABASE_URL: databaseUrl,
});

/** What was found; the clock of these tests is the machine's, as Slack's is. */
async function examine(env: Readonly<Record<string, string>>, options: Pick<CallOptions, 'now'> = {}) {
  const now = options.now ?? (() => Date.now());
  const { code, out, err } = await call(['doctor', '--json'], { env, now });
  expect(err).toBe('');
  const { ok, findings } = JSON.parse(out) as { ok: boolean; findings: Finding[] };
  expect(ok).toBe(code === 0);
  const wrong = findings.filter(({ state }) => state === 'finding' || state === 'failed');
  return { code, out, findings, wrong };
}

onBothEngines('doctor', (_, fresh) => {
  let url: string;
  let db: Database;
  beforeEach(async () => {
    url = await fresh.url();
    db = await fresh.open(url);
    await db.q.insert(db.tables.workspaces).values(aWorkspace());
  });
  const pilotIn = (channel: string, key = `in-${channel.toLowerCase()}`) =>
    db.q.insert(db.tables.pilots).values(aPilot({ id: key, key, channel }));
  const digestIn = (channel: string) =>
    db.q.insert(db.tables.schedules).values({
      workspace: 'T1',
      id: `S${channel}`,
      kind: 'channel-digest',
      subject: channel,
      rule: {},
      timezone: 'UTC',
      enabled: true,
      details: {},
      setBy: 'U1',
      setAt: 0,
      fence: 0,
    });

  it('finds nothing where all is fine', async () => {
    await pilotIn('C1');
    const { code, findings, wrong } = await examine(settings(await slackWith(), url));
    expect(wrong).toEqual([]);
    expect(code).toBe(0);
    expect(new Set(findings.map(({ check }) => check))).toEqual(
      new Set([
        'node',
        'configuration',
        'database',
        'slack',
        'clock',
        'scopes',
        'do-not-disturb',
        'channels',
      ]),
    );
    expect(findings.every(({ state }) => state === 'fine')).toBe(true);
  });

  it('finds every channel the app cannot speak in, with what to do', async () => {
    for (const channel of ['C1', 'C2', 'C3', 'C4', 'C9']) await pilotIn(channel);
    await digestIn('C2');
    const { code, wrong } = await examine(settings(await slackWith(), url));
    expect(code).toBe(1);
    expect(wrong.map(({ sentence }) => sentence)).toEqual([
      'The app is not in #elsewhere, the channel of in-c2 and the digest.',
      '#old, the channel of in-c3, is archived.',
      '#partner, the channel of in-c4, is shared with another company, which reads along.',
      'The channel C9 of in-c9 cannot be seen (channel_not_found).',
    ]);
    expect(wrong.every(({ remedy }) => remedy !== null)).toBe(true);
  });

  it('finds the scopes that are missing; what is optional is no finding', async () => {
    const needed = await examine(settings(await slackWith(['chat:write', 'commands']), url));
    expect(needed.code).toBe(1);
    expect(needed.wrong.map(({ check, sentence }) => [check, sentence])).toEqual([
      ['scopes', `The token lacks users:read: ${SCOPES['users:read']}.`],
    ]);
    await pilotIn('C1');
    const optional = await examine(settings(await slackWith(['chat:write', 'commands', 'users:read']), url));
    expect(optional.code).toBe(0);
    // One finding for each, and one for what cannot be looked at without them.
    expect(optional.findings.filter(({ state }) => state === 'skipped')).toHaveLength(
      OPTIONAL_SCOPES.length + 1,
    );
  });

  it('says when nobody’s do-not-disturb is known, which is no finding', async () => {
    await db.q.insert(db.tables.people).values(aPerson());
    const asked = async (slack: Sandbox) => {
      const { code, findings } = await examine(settings(slack, url));
      return [code, findings.find(({ check }) => check === 'do-not-disturb')];
    };
    const slack = await slackWith();
    expect(await asked(slack)).toMatchObject([0, { state: 'fine' }]);
    slack.failures.call('dnd.info', { kind: 'error', error: 'unknown_method' });
    expect(await asked(slack)).toMatchObject([
      0,
      { state: 'skipped', sentence: expect.stringMatching(/unknown_method/) },
    ]);
    const without = Object.keys(SCOPES).filter((scope) => scope !== 'dnd:read');
    const refused = { state: 'skipped', sentence: expect.stringMatching(/may not ask about it/) };
    expect(await asked(await slackWith(without))).toMatchObject([0, refused]);
  });

  it.each([
    [-600_000, '600 seconds behind'],
    [90_000, '90 seconds ahead of'],
  ])('finds a clock that is %i ms off', async (apart, words) => {
    const { code, wrong } = await examine(settings(await slackWith(), url), {
      now: () => Date.now() + apart,
    });
    expect(code).toBe(1);
    expect(wrong.map(({ check }) => check)).toEqual(['clock']);
    expect(wrong[0]?.sentence.replace(/\d+/, (n) => `${Math.round(Number(n) / 5) * 5}`)).toContain(words);
  });

  it('finds tokens that Slack does not accept', async () => {
    const env = settings(await slackWith(), url);
    const bot = await examine({ ...env, SLACK_BOT_TOKEN: 'xoxb-very-secret-other' });
    expect(bot.code).toBe(1);
    expect(bot.wrong.map(({ sentence }) => sentence)).toEqual([
      'Slack does not accept SLACK_BOT_TOKEN (invalid_auth).',
    ]);
    const app = await examine({ ...env, SLACK_APP_TOKEN: 'xapp-very-secret-other' });
    expect(app.code).toBe(1);
    expect(app.wrong.map(({ sentence }) => sentence)).toEqual([
      'Slack does not accept SLACK_APP_TOKEN (invalid_auth).',
    ]);
  });

  it('asks for no Socket Mode connection in HTTP mode', async () => {
    const { SLACK_APP_TOKEN: _, ...env } = settings(await slackWith(), url);
    const { code } = await examine({
      ...env,
      SLACK_SIGNING_SECRET: 'very-secret-signing',
      SLACK_MODE: 'http',
    });
    expect(code).toBe(0);
  });

  it('ends with 3 when Slack does not answer', async () => {
    const gone = await startSandbox({ seed: seed() });
    await gone.close();
    const env = settings(gone, url);
    const { code, wrong } = await examine(env);
    expect(code).toBe(3);
    expect(wrong.map(({ state, sentence }) => [state, sentence])).toEqual([
      ['failed', 'Slack does not answer (ECONNREFUSED).'],
    ]);
  });

  it('finds a database that was never migrated', async () => {
    const { code, wrong } = await examine(settings(await slackWith(), await fresh.bareUrl()));
    expect(code).toBe(1);
    expect(wrong.map(({ sentence }) => sentence)[0]).toMatch(/pilotage migrate|There is no database/);
  });

  it('never prints a secret', async () => {
    const env = settings(await slackWith(), url);
    const printed = [
      await call(['doctor'], { env, now: () => Date.now() }),
      await call(['doctor'], { env: { ...env, SLACK_BOT_TOKEN: 'very-secret-bot', PORT: 'very-secret' } }),
      await call(['doctor'], { env: { ...env, DATABASE_URL: 'postgres://anna:very-secret@127.0.0.1:1/x' } }),
      await call(['doctor'], { env: { ...env, SLACK_API_URL: 'http://127.0.0.1:1/api/' } }),
    ];
    for (const { out, err } of printed) expect(out + err).not.toContain('very-secret');
  });
});

describe('without anything configured', () => {
  it('reports every problem, and makes no database', async () => {
    const { code, wrong } = await examine({
      DATABASE_URL: 'file:/nowhere/at/all.db',
      PILOTAGE_TIMEZONE: 'Mars/Olympus',
    });
    expect(code).toBe(1);
    expect(wrong.map(({ sentence }) => sentence)).toEqual([
      expect.stringMatching(/^PILOTAGE_TIMEZONE: /),
      expect.stringMatching(/^SLACK_BOT_TOKEN: /),
      expect.stringMatching(/^SLACK_APP_TOKEN: /),
      'There is no database at /nowhere/at/all.db yet.',
    ]);
  });

  it('ends with 3 when the database does not answer', async () => {
    const { code, wrong } = await examine({ DATABASE_URL: 'postgres://anna@127.0.0.1:1/x' });
    expect(code).toBe(3);
    expect(wrong.find(({ state }) => state === 'failed')?.sentence).toMatch(
      /^PostgreSQL at 127\.0\.0\.1:1 does not answer/,
    );
  });

  it('is readable line by line', async () => {
    const { out } = await call(['doctor'], { env: { DATABASE_URL: 'nonsense' } });
    expect(
      out
        .trimEnd()
        .split('\n')
        .every((line) => /^(?:fine|finding|failed|skipped) +\w+ +\S.*\.$/.test(line)),
    ).toBe(true);
  });
});
