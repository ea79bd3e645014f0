import { createServer, type Server } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox, type WorkspaceSeed } from '../../sandbox/server/index.ts';
import { harbourMutual } from '../../src/cli/demo/people.ts';
import { freshDatabases } from '../support/databases.ts';
import { call } from './call.ts';

const fresh = freshDatabases('sqlite');
const [APP] = harbourMutual.apps;

let slack: Sandbox;
let other: Server;
let taken = '';
beforeEach(async () => {
  slack = await startSandbox({ seed: structuredClone(harbourMutual) as WorkspaceSeed });
  other = createServer();
  await new Promise<void>((resolve) => other.listen(0, resolve));
  const address = other.address();
  taken = String(typeof address === 'object' ? address?.port : '');
});
afterEach(async () => {
  other.close();
  await slack.close();
});

const start = async (env: Readonly<Record<string, string>>) =>
  call(['start'], {
    env: {
      SLACK_BOT_TOKEN: APP?.botToken ?? '',
      SLACK_API_URL: slack.apiUrl,
      PILOTAGE_LOG_LEVEL: 'fatal',
      DATABASE_URL: await fresh.bareUrl(),
      ...env,
    },
  });
const SOCKET = { SLACK_APP_TOKEN: APP?.appToken ?? '' };

describe('start', () => {
  it('begins, and ends when it is asked to', async () => {
    expect(await start(SOCKET)).toMatchObject({ code: 0, err: '' });
  });

  it.each([
    ['its own endpoints', () => ({ ...SOCKET, PILOTAGE_HTTP_PORT: taken })],
    ['Slack', () => ({ SLACK_MODE: 'http', SLACK_SIGNING_SECRET: APP?.signingSecret ?? '', PORT: taken })],
  ])('says so when the port for %s is in use, and leaves nothing running', async (_name, env) => {
    const { code, err } = await start(env());
    expect(code).toBe(3);
    expect(err).toBe(
      `Port ${taken} is in use. Stop what listens there, or set PORT or PILOTAGE_HTTP_PORT to another.\n`,
    );
    expect(slack.control.read.log().filter(({ name }) => name === 'apps.connections.open')).toEqual([]);
  });

  it('says which token Slack does not accept', async () => {
    const { code, err } = await start({ SLACK_APP_TOKEN: 'xapp-nonsense' });
    expect(code).toBe(3);
    expect(err).toMatch(
      /^Slack does not accept SLACK_APP_TOKEN \(invalid_auth\)\. Make an app-level token [^\n]+\n$/,
    );
    expect((await start({ ...SOCKET, SLACK_BOT_TOKEN: 'xoxb-nonsense' })).err).toMatch(/SLACK_BOT_TOKEN/);
  });
});
