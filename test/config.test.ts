import { describe, expect, it } from 'vitest';
import { readConfig, VARIABLES } from '../src/config.ts';

const SOCKET = { SLACK_BOT_TOKEN: 'xoxb-1-abc', SLACK_APP_TOKEN: 'xapp-1-abc' };
const HTTP = { SLACK_BOT_TOKEN: 'xoxb-1-abc', SLACK_SIGNING_SECRET: 'abcdef0123' };

type Env = Record<string, string | undefined>;
function configOf(env: Env, need: 'slack' | 'database' = 'slack') {
  const read = readConfig(env, need);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.config;
}
function problemsOf(env: Env, need: 'slack' | 'database' = 'slack'): Record<string, string> {
  const read = readConfig(env, need);
  return read.ok
    ? {}
    : Object.fromEntries(read.problems.map(({ variable, sentence }) => [variable, sentence]));
}

describe('the configuration', () => {
  it('has defaults for everything but the connection', () => {
    expect(configOf({}, 'database')).toEqual({
      slack: null,
      databaseUrl: 'file:./data/pilotage.db',
      command: '/pilot',
      timezone: 'UTC',
      logLevel: 'info',
      httpPort: null,
    });
    expect(configOf(SOCKET).slack).toEqual({
      botToken: 'xoxb-1-abc',
      mode: { kind: 'socket', appToken: 'xapp-1-abc' },
      apiUrl: undefined,
    });
  });

  it('takes what is set', () => {
    const set = {
      ...HTTP,
      PORT: '8080',
      SLACK_API_URL: 'http://127.0.0.1:4390/api/',
      DATABASE_URL: 'postgres://u:p@h/d',
      PILOTAGE_COMMAND: '/steer',
      PILOTAGE_TIMEZONE: 'Europe/Berlin',
      PILOTAGE_LOG_LEVEL: 'debug',
      PILOTAGE_HTTP_PORT: '9090',
    };
    expect(configOf(set)).toEqual({
      slack: {
        botToken: 'xoxb-1-abc',
        mode: { kind: 'http', signingSecret: 'abcdef0123', port: 8080 },
        apiUrl: 'http://127.0.0.1:4390/api/',
      },
      databaseUrl: 'postgres://u:p@h/d',
      command: '/steer',
      timezone: 'Europe/Berlin',
      logLevel: 'debug',
      httpPort: 9090,
    });
  });

  it('takes a blank value for none, and no blanks around one', () => {
    const blank = Object.fromEntries(Object.keys(VARIABLES).map((name) => [name, ' \n']));
    expect(configOf(blank, 'database')).toEqual(configOf({}, 'database'));
    expect(configOf({ SLACK_BOT_TOKEN: ' xoxb-1-abc\n', SLACK_APP_TOKEN: 'xapp-1-abc\r\n' })).toEqual(
      configOf(SOCKET),
    );
  });

  it.each([
    [SOCKET, 'socket'],
    [HTTP, 'http'],
    [{ ...SOCKET, ...HTTP }, 'socket'],
    [{ ...SOCKET, ...HTTP, SLACK_MODE: 'http' }, 'http'],
    [{ ...SOCKET, ...HTTP, SLACK_MODE: 'socket' }, 'socket'],
  ] as const)('of %o connects by %s', (env, kind) => {
    expect(configOf(env).slack?.mode.kind).toBe(kind);
  });

  it('needs no connection for a command that does not connect', () => {
    expect(problemsOf({ SLACK_BOT_TOKEN: 'wrong', SLACK_MODE: 'wrong' }, 'database')).toEqual({});
  });
});

describe('what is wrong with the configuration', () => {
  it.each([
    [{}, 'SLACK_BOT_TOKEN', /missing.*OAuth & Permissions/],
    [{}, 'SLACK_APP_TOKEN', /missing.*connections:write.*or set SLACK_SIGNING_SECRET/],
    [{ ...SOCKET, SLACK_BOT_TOKEN: 'xapp-1-abc' }, 'SLACK_BOT_TOKEN', /does not start with xoxb-/],
    [{ ...SOCKET, SLACK_BOT_TOKEN: 'xoxb-1 2' }, 'SLACK_BOT_TOKEN', /not a whole token/],
    [{ ...SOCKET, SLACK_APP_TOKEN: 'xoxb-1-abc' }, 'SLACK_APP_TOKEN', /does not start with xapp-/],
    [{ ...SOCKET, SLACK_APP_TOKEN: 'xapp-' }, 'SLACK_APP_TOKEN', /not a whole token/],
    [{ ...HTTP, SLACK_MODE: 'socket' }, 'SLACK_APP_TOKEN', /missing/],
    [{ ...SOCKET, SLACK_MODE: 'http' }, 'SLACK_SIGNING_SECRET', /missing.*Basic Information/],
    [{ ...HTTP, SLACK_SIGNING_SECRET: 'a b' }, 'SLACK_SIGNING_SECRET', /not a secret of Slack/],
    [{ ...SOCKET, SLACK_MODE: 'Socket' }, 'SLACK_MODE', /"Socket" is neither socket nor http/],
    [{ ...HTTP, PORT: '65536' }, 'PORT', /"65536" is not a port/],
    [{ ...HTTP, PORT: '-1' }, 'PORT', /"-1" is not a port/],
    [{ PILOTAGE_HTTP_PORT: '65536' }, 'PILOTAGE_HTTP_PORT', /"65536" is not a port/],
    [{ ...HTTP, PORT: '0x50' }, 'PORT', /"0x50" is not a port/],
    [{ ...HTTP, PORT: '1e3' }, 'PORT', /"1e3" is not a port/],
    [{ ...SOCKET, SLACK_API_URL: 'https://slack.com/api' }, 'SLACK_API_URL', /ends in \/api\//],
    [
      { ...SOCKET, SLACK_API_URL: 'ftp://slack.com/api/' },
      'SLACK_API_URL',
      /like https:\/\/slack.com\/api\//,
    ],
    [{ ...SOCKET, SLACK_API_URL: 'https://slack.com/api/?x=/api/' }, 'SLACK_API_URL', /no address/],
    [{ DATABASE_URL: 'mysql://u:secret@h/d' }, 'DATABASE_URL', /neither file:… nor postgres/],
    [{ DATABASE_URL: 'file:' }, 'DATABASE_URL', /for example file:\.\/data\/pilotage\.db/],
    [{ DATABASE_URL: 'postgres://[' }, 'DATABASE_URL', /neither/],
    [{ PILOTAGE_COMMAND: 'pilot' }, 'PILOTAGE_COMMAND', /"pilot" is not a slash command/],
    [{ PILOTAGE_COMMAND: '/Pilot' }, 'PILOTAGE_COMMAND', /small letters/],
    [{ PILOTAGE_COMMAND: `/${'p'.repeat(32)}` }, 'PILOTAGE_COMMAND', /up to 31/],
    [{ PILOTAGE_TIMEZONE: 'Mars/Olympus' }, 'PILOTAGE_TIMEZONE', /like Europe\/Berlin/],
    [{ PILOTAGE_LOG_LEVEL: 'loud' }, 'PILOTAGE_LOG_LEVEL', /"loud" is none of fatal, error/],
  ])('of %o is said at %s', (env, variable, sentence) => {
    expect(problemsOf(env)[variable]).toMatch(sentence);
  });

  it('takes the whole range of ports and the longest command', () => {
    for (const PORT of ['0', '1', '65535']) expect(problemsOf({ ...HTTP, PORT })).toEqual({});
    expect(problemsOf({ PILOTAGE_COMMAND: `/${'p'.repeat(31)}` }, 'database')).toEqual({});
  });

  it('is said all at once, each with its variable', () => {
    const wrong = Object.fromEntries(Object.keys(VARIABLES).map((name) => [name, 'wrong value']));
    expect(Object.keys(problemsOf({ ...wrong, SLACK_MODE: 'http' })).toSorted()).toEqual(
      Object.keys(VARIABLES)
        .filter((name) => name !== 'SLACK_MODE' && name !== 'SLACK_APP_TOKEN')
        .toSorted(),
    );
    expect(Object.keys(problemsOf({ ...wrong, SLACK_MODE: 'socket' }))).toContain('SLACK_APP_TOKEN');
  });

  it('never repeats a secret', () => {
    const secrets = {
      SLACK_BOT_TOKEN: 'my-secret',
      SLACK_APP_TOKEN: 'my-secret',
      SLACK_SIGNING_SECRET: 'my-secret with blanks',
      DATABASE_URL: 'mysql://me:my-secret@host/db',
      SLACK_API_URL: 'https://me:my-secret@host/wrong',
    };
    for (const SLACK_MODE of ['socket', 'http']) {
      expect(JSON.stringify(problemsOf({ ...secrets, SLACK_MODE }))).not.toContain('my-secret');
    }
  });

  it('repeats a wrong value short and without what would disturb a terminal', () => {
    const { PILOTAGE_COMMAND: said } = problemsOf({
      PILOTAGE_COMMAND: `\u001b[2J\u009b\u202e${'x'.repeat(900)}`,
    });
    expect(said).toMatch(/^"�\[2J��x+" is not/);
    expect(said?.length).toBeLessThan(140);
  });
});
