import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultSeed, type Sandbox, startSandbox } from '../../sandbox/server/index.ts';
import { type Delivered, listenForDeliveries, type RawServer, type ServerAnswer } from './raw-app.ts';
import { createSetClock, passTime, type SetClock } from './set-clock.ts';

const realNow = Date.UTC(2026, 10, 20, 12, 0, 0);
let slack: Sandbox;
let clock: SetClock;
let server: RawServer | undefined;
beforeEach(async () => {
  clock = createSetClock();
  slack = await startSandbox({ clock, realClock: { now: () => realNow }, ackTimeoutMs: 200 });
});
afterEach(async () => {
  await server?.close();
  server = undefined;
  await slack.close();
});

const listen = async (answer: (delivery: Delivered) => ServerAnswer): Promise<RawServer> => {
  server = await listenForDeliveries(slack, answer);
  return server;
};
const fields = (delivery: Delivered | undefined): Record<string, string> =>
  Object.fromEntries(new URLSearchParams(delivery?.body));

describe('HTTP delivery', () => {
  it('signs the exact body with the signing secret, at real time', async () => {
    const { delivered } = await listen(() => ({ status: 200 }));
    await slack.control.command('amara', '#project', '/test ünï & more');
    const { headers, body } = delivered[0] ?? { headers: {}, body: '' };
    const timestamp = String(realNow / 1000);
    const digest = createHmac('sha256', 'sandbox-signing-secret')
      .update(`v0:${timestamp}:${body}`)
      .digest('hex');
    expect(headers['x-slack-request-timestamp']).toBe(timestamp);
    expect(headers['x-slack-signature']).toBe(`v0=${digest}`);
  });

  it('sends commands as forms, interactions as a form with a payload, events as JSON', async () => {
    const { delivered } = await listen(() => ({ status: 200 }));
    await slack.control.command('amara', '#project', '/test hello @bela');
    await slack.control.shortcut('amara', 'start');
    await slack.control.openHome('amara');
    const [command, shortcut, event] = delivered;
    expect(delivered.map(({ headers }) => headers['content-type'])).toEqual([
      'application/x-www-form-urlencoded',
      'application/x-www-form-urlencoded',
      'application/json',
    ]);
    expect(fields(command)).toMatchObject({
      command: '/test',
      text: 'hello <@U0BELA00001|bela>',
      channel_id: 'C0PROJECT01',
      channel_name: 'project',
      user_id: 'U0AMARA0001',
      user_name: 'amara',
      team_domain: 'harbour',
      is_enterprise_install: 'false',
    });
    expect(JSON.parse(fields(shortcut)['payload'] ?? '')).toMatchObject({
      type: 'shortcut',
      callback_id: 'start',
    });
    expect(JSON.parse(event?.body ?? '')).toMatchObject({
      type: 'event_callback',
      event: { type: 'app_home_opened', user: 'U0AMARA0001', tab: 'home' },
      authorizations: [{ is_bot: true, team_id: 'T0SANDBOX01' }],
    });
  });

  it('tries an event again at once, after one minute and after five', async () => {
    const { delivered } = await listen(() => ({ status: 500 }));
    await slack.control.openHome('amara');
    await slack.settled();
    expect(delivered).toHaveLength(2);
    const start = clock.now();
    expect(slack.nextDue()).toBe(start + 60_000);
    await passTime(slack, clock, 60_000);
    expect(slack.nextDue()).toBe(start + 360_000);
    await passTime(slack, clock, 300_000);
    expect(
      delivered.map(({ headers }) => [headers['x-slack-retry-num'], headers['x-slack-retry-reason']]),
    ).toEqual([
      [undefined, undefined],
      ['1', 'http_error'],
      ['2', 'http_error'],
      ['3', 'http_error'],
    ]);
    expect(new Set(delivered.map(({ body }) => JSON.parse(body).event_id)).size).toBe(1);
    expect(slack.nextDue()).toBeNull();
  });

  it('names a timeout and stops once the app answers', async () => {
    let answers = 0;
    const { delivered } = await listen(() => {
      answers += 1;
      return answers === 1 ? null : { status: 200 };
    });
    await slack.control.openHome('amara');
    expect(slack.nextDue()).toBe(clock.now() + 3000);
    await passTime(slack, clock, 10 * 60_000);
    expect(delivered.map(({ headers }) => headers['x-slack-retry-reason'])).toEqual([
      undefined,
      'http_timeout',
    ]);
  });

  it('does not try again when the app asks not to', async () => {
    const { delivered } = await listen(() => ({ status: 500, headers: { 'x-slack-no-retry': '1' } }));
    await slack.control.openHome('amara');
    await passTime(slack, clock, 10 * 60_000);
    expect(delivered).toHaveLength(1);
  });

  it('shows the person what Slack shows when the app fails', async () => {
    await listen(({ body }) => (body.includes('command=') ? { status: 500 } : null));
    expect(await slack.control.command('amara', '#project', '/test')).toMatchObject({
      notice: '/test failed with the error "dispatch_failed"',
    });
    expect(await slack.control.shortcut('amara', 'start')).toMatchObject({
      ok: false,
      notice: 'We had some trouble connecting. Try again?',
    });
  });

  it('takes a plain text answer to a command as its message', async () => {
    await listen(() => ({ status: 200, body: 'Just text' }));
    await slack.control.command('amara', '#project', '/test');
    expect(slack.control.read.messages('amara', '#project')).toMatchObject([{ text: 'Just text' }]);
  });

  it('verifies a request URL with a challenge', async () => {
    await listen(({ body }) => ({
      status: 200,
      body: JSON.stringify({ challenge: JSON.parse(body).challenge }),
    }));
    expect(await slack.control.apps.verifyRequestUrl()).toMatchObject({ ok: true });
    await slack.control.apps.setMode('http', 'http://127.0.0.1:9/slack/events');
    expect(await slack.control.apps.verifyRequestUrl()).toMatchObject({ ok: false });
  });

  it('escapes the text of a command only where the command asks for it', async () => {
    await slack.close();
    const seed = defaultSeed();
    const [app] = seed.apps;
    app?.commands.push({
      command: '/raw',
      description: 'Takes text as it is',
      usageHint: '',
      shouldEscape: false,
    });
    slack = await startSandbox({ seed });
    const { delivered } = await listen(() => ({ status: 200 }));
    await slack.control.command('amara', '#project', '/test  @bela & #project <x> ');
    await slack.control.command('amara', '#project', '/raw @bela & #project <x>');
    expect(delivered.map((delivery) => fields(delivery)['text'])).toEqual([
      '<@U0BELA00001|bela> &amp; <#C0PROJECT01|project> &lt;x&gt;',
      '@bela & #project <x>',
    ]);
  });

  it('sends the message with a message shortcut, and hides the names of private channels', async () => {
    const { delivered } = await listen(() => ({ status: 200 }));
    const { ts } = await slack.control.type('amara', '#secret', 'Keep this');
    await slack.control.shortcut('amara', 'attach', { channel: '#secret', ts });
    expect(JSON.parse(fields(delivered[0])['payload'] ?? '')).toMatchObject({
      type: 'message_action',
      callback_id: 'attach',
      channel: { id: 'C0SECRET001', name: 'privategroup' },
      message: { ts, text: 'Keep this' },
      message_ts: ts,
      response_url: expect.stringContaining('/actions/'),
    });
  });
});
