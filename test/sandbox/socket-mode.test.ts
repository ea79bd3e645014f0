import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type Sandbox, startSandbox } from '../../sandbox/server/index.ts';
import { callApi } from './call-api.ts';
import { times } from './payloads.ts';
import { connectSocket } from './raw-app.ts';
import { createSetClock, passTime, type SetClock } from './set-clock.ts';

let slack: Sandbox;
let clock: SetClock;
beforeEach(async () => {
  clock = createSetClock();
  slack = await startSandbox({ clock, ackTimeoutMs: 200 });
});
afterEach(() => slack.close());

const eventsIn = (received: readonly Record<string, unknown>[]) =>
  received.flatMap(({ type, payload, retry_attempt, retry_reason }) => {
    if (type !== 'events_api') return [];
    return [{ id: (payload as Record<string, unknown>)['event_id'], retry_attempt, retry_reason }];
  });

describe('Socket Mode', () => {
  it('greets a new connection with the number of connections', async () => {
    const first = await connectSocket(slack);
    const second = await connectSocket(slack);
    expect(first.received[0]).toMatchObject({ type: 'hello', num_connections: 1 });
    expect(second.received[0]).toMatchObject({ type: 'hello', num_connections: 2 });
    expect(slack.control.apps.connections()).toBe(2);
  });

  it('lets a ticket be used once', async () => {
    const { url } = await callApi(slack, 'apps.connections.open', {}, 'xapp-sandbox');
    const [first, second] = [new WebSocket(String(url)), new WebSocket(String(url))];
    const outcome = (socket: WebSocket): Promise<string> =>
      new Promise((resolve) => {
        socket.once('open', () => resolve('open'));
        socket.once('error', ({ message }) => resolve(message));
      });
    const outcomes = await Promise.all([outcome(first), outcome(second)]);
    expect(outcomes.sort()).toEqual(['Unexpected server response: 401', 'open']);
    first.terminate();
    second.terminate();
  });

  it('gives connections only to app tokens', async () => {
    expect(await callApi(slack, 'apps.connections.open')).toMatchObject({ error: 'not_allowed_token_type' });
    expect(await callApi(slack, 'auth.test', {}, 'xapp-sandbox')).toMatchObject({
      error: 'not_allowed_token_type',
    });
  });

  it('sends each payload to one connection, and an eleventh connection away', async () => {
    const sockets = await Promise.all(times(10, () => connectSocket(slack, () => ({}))));
    for (let n = 0; n < 10; n += 1) await slack.control.command('amara', '#project', `/test ${n}`);
    const counts = sockets.map(
      ({ received }) => received.filter(({ type }) => type === 'slash_commands').length,
    );
    expect(counts).toEqual(times(10, () => 1));
    const eleventh = await connectSocket(slack);
    expect(eleventh.received[0]).toMatchObject({ type: 'disconnect', reason: 'too_many_websockets' });
    await eleventh.closed;
  });

  it('takes the payload of an acknowledgement as the answer', async () => {
    await connectSocket(slack, () => ({ text: 'Hello there' }));
    await slack.control.command('amara', '#project', '/test');
    expect(slack.control.read.messages('amara', '#project')).toMatchObject([
      { text: 'Hello there', is_ephemeral: true },
    ]);
  });

  it('sends an event that nobody acknowledges again, three times, on the workspace clock', async () => {
    const { received } = await connectSocket(slack);
    expect(await slack.control.openHome('amara')).toMatchObject({ ok: false });
    expect(slack.nextDue()).toBe(clock.now() + 3000);
    await passTime(slack, clock, 10 * 60_000);
    const id = eventsIn(received)[0]?.id;
    expect(eventsIn(received)).toEqual([
      { id, retry_attempt: 0, retry_reason: '' },
      { id, retry_attempt: 1, retry_reason: 'timeout' },
      { id, retry_attempt: 2, retry_reason: 'timeout' },
      { id, retry_attempt: 3, retry_reason: 'timeout' },
    ]);
    const envelopes = received.flatMap(({ envelope_id: envelope }) =>
      envelope === undefined ? [] : [envelope],
    );
    expect(new Set(envelopes).size).toBe(4);
    expect(slack.nextDue()).toBeNull();
  });

  it('waits one and five minutes between the later attempts', async () => {
    await connectSocket(slack);
    await slack.control.openHome('amara');
    const start = clock.now();
    await passTime(slack, clock, 20 * 60_000);
    const attempts = slack.control.read.log().filter(({ name }) => name === 'app_home_opened');
    expect(attempts.map(({ at }) => (at - start) / 1000)).toEqual([0, 3, 66, 369]);
  });

  it('delivers an event that came while nobody was connected once somebody is', async () => {
    await slack.control.openHome('amara');
    await slack.settled();
    const { received } = await connectSocket(slack, () => ({}));
    await passTime(slack, clock, 60_000);
    expect(eventsIn(received)).toMatchObject([{ retry_attempt: 2, retry_reason: 'connection_failed' }]);
    expect(slack.nextDue()).toBeNull();
  });

  it('does not send commands again, and shows the person what Slack shows', async () => {
    const { received } = await connectSocket(slack);
    expect(await slack.control.command('amara', '#project', '/test')).toMatchObject({
      ok: false,
      notice: '/test failed with the error "operation_timeout"',
    });
    await passTime(slack, clock, 10 * 60_000);
    expect(received.filter(({ type }) => type === 'slash_commands')).toHaveLength(1);
    expect(slack.control.read.notices('amara')).toMatchObject([{ about: '/test' }]);
    expect(slack.control.read.notices('bela')).toEqual([]);
  });

  it('shows dispatch_failed when nobody is connected', async () => {
    expect(await slack.control.command('amara', '#project', '/test')).toMatchObject({
      ok: false,
      notice: '/test failed with the error "dispatch_failed"',
    });
  });

  it('tells connections to refresh, and closes them', async () => {
    const socket = await connectSocket(slack);
    const goodbye = socket.next('disconnect');
    await slack.control.apps.disconnectSockets('refresh_requested');
    expect(await goodbye).toMatchObject({ reason: 'refresh_requested' });
    await socket.closed;
    expect(slack.control.apps.connections()).toBe(0);
  });

  it('warns without closing', async () => {
    const socket = await connectSocket(slack);
    const goodbye = socket.next('disconnect');
    await slack.control.apps.disconnectSockets('warning');
    expect(await goodbye).toMatchObject({ reason: 'warning' });
    expect(slack.control.apps.connections()).toBe(1);
  });

  it('disables the link when the app switches to HTTP', async () => {
    const socket = await connectSocket(slack);
    const goodbye = socket.next('disconnect');
    await slack.control.apps.setMode('http', 'http://127.0.0.1:9/slack/events');
    expect(await goodbye).toMatchObject({ reason: 'link_disabled' });
    await socket.closed;
    expect(await callApi(slack, 'apps.connections.open', {}, 'xapp-sandbox')).toMatchObject({ ok: false });
  });
});
