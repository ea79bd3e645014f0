import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CallFailure, type Sandbox, startSandbox } from '../../sandbox/server/index.ts';
import { connectSocket, listenForDeliveries } from './raw-app.ts';
import { createSetClock, passTime, type SetClock } from './set-clock.ts';
import { createClient, errorOf, failureOf } from './web-client.ts';

let slack: Sandbox;
let clock: SetClock;
beforeEach(async () => {
  clock = createSetClock();
  slack = await startSandbox({ clock });
});
afterEach(() => slack.close());

const post = (text = 'x') => createClient(slack).chat.postMessage({ channel: 'C0PROJECT01', text });
const posted = () => slack.control.read.messages('amara', '#project').map(({ text }) => text);
const nameOf = async (call: Promise<unknown>): Promise<unknown> =>
  ((await failureOf(call)) as Error | undefined)?.name;

describe('calls that fail', () => {
  it.each<[string, CallFailure, string, number]>([
    ['reset before Slack did anything', { kind: 'reset_before' }, 'WebAPIRequestError', 0],
    ['reset after Slack did it', { kind: 'reset_after' }, 'WebAPIRequestError', 1],
    ['refused with a status', { kind: 'status', status: 503 }, 'WebAPIHTTPError', 0],
    [
      'answered with a status after Slack did it',
      { kind: 'status', status: 500, accepted: true },
      'WebAPIHTTPError',
      1,
    ],
    ['answered with something that is not JSON', { kind: 'invalid_json' }, 'WebAPIPlatformError', 1],
    ['refused with 429', { kind: 'rate_limited', retryAfter: 7 }, 'WebAPIRateLimitedError', 0],
    ['refused with a code', { kind: 'error', error: 'internal_error' }, 'WebAPIPlatformError', 0],
  ])('are %s', async (_, failure, name, count) => {
    const active = slack.failures.call('chat.postMessage', failure, { times: 1 });
    expect(await nameOf(post())).toBe(name);
    expect(posted()).toHaveLength(count);
    expect(active.struck()).toBe(1);
    await post('after');
    expect(posted().at(-1)).toBe('after');
  });

  it('say in Retry-After how long to wait', async () => {
    slack.failures.call('*', { kind: 'rate_limited', retryAfter: 7 });
    expect(await failureOf(post())).toMatchObject({ retryAfter: 7 });
  });

  it('lose the answer: Slack did it, nothing comes back until the caller gives up', async () => {
    const active = slack.failures.call('chat.postMessage', { kind: 'lose_answer' }, { times: 1 });
    const call = failureOf(post());
    await slack.control.next(
      ({ kind, detail }) => kind === 'call' && detail?.['name'] === 'chat.postMessage',
    );
    await slack.settled();
    expect(posted()).toEqual(['x']);
    active.release();
    expect(await call).toMatchObject({ name: 'WebAPIRequestError' });
  });

  it('strike the method they are for', async () => {
    slack.failures.call('chat.update', { kind: 'reset_before' });
    expect(await post()).toMatchObject({ ok: true });
  });

  it('strike with a probability, the same way for the same seed', async () => {
    const pattern = async (seed: number): Promise<boolean[]> => {
      const active = slack.failures.call(
        'auth.test',
        { kind: 'error', error: 'fatal_error' },
        { probability: 0.5, seed },
      );
      const outcomes: boolean[] = [];
      for (let n = 0; n < 20; n += 1)
        outcomes.push((await errorOf(createClient(slack).auth.test())) === undefined);
      active.stop();
      return outcomes;
    };
    const first = await pattern(7);
    expect(new Set(first).size).toBe(2);
    expect(await pattern(7)).toEqual(first);
    expect(await pattern(8)).not.toEqual(first);
  });

  it('are listed and switched off', async () => {
    slack.failures.call('chat.postMessage', { kind: 'reset_before' });
    slack.failures.delivery('*', 'drop');
    expect(slack.failures.list()).toMatchObject([
      { what: 'chat.postMessage' },
      { what: '*', failure: 'drop' },
    ]);
    slack.failures.clear();
    expect(slack.failures.list()).toEqual([]);
    expect(await post()).toMatchObject({ ok: true });
  });

  it('stand in the log with how they failed', async () => {
    slack.failures.call('chat.postMessage', { kind: 'reset_after' }, { times: 1 });
    await failureOf(post());
    expect(slack.control.read.log().at(-1)).toMatchObject({
      name: 'chat.postMessage',
      failure: 'reset_after',
      status: null,
    });
  });
});

describe('slow calls', () => {
  it('wait until they are let go, without being under way', async () => {
    const active = slack.failures.call('chat.postMessage', { kind: 'slow' }, { times: 1 });
    const held = slack.control.next(({ kind, detail }) => kind === 'call' && detail?.['what'] === 'held');
    const call = post();
    await held;
    await slack.settled();
    expect(posted()).toEqual([]);
    active.release();
    expect(await call).toMatchObject({ ok: true });
    expect(posted()).toEqual(['x']);
  });

  it('wait on the workspace clock', async () => {
    slack.failures.call('chat.postMessage', { kind: 'slow', ms: 2000, accepted: true }, { times: 1 });
    const call = post();
    await slack.control.next(({ kind }) => kind === 'message');
    await slack.settled();
    expect(slack.nextDue()).toBe(clock.now() + 2000);
    await passTime(slack, clock, 2000);
    expect(await call).toMatchObject({ ok: true });
  });
});

describe('deliveries that fail', () => {
  it('come twice with the same event id', async () => {
    const { received } = await connectSocket(slack, () => ({}));
    slack.failures.delivery('events_api', 'duplicate', { times: 1 });
    await slack.control.openHome('amara');
    const events = received
      .filter(({ type }) => type === 'events_api')
      .map(({ payload }) => payload as Record<string, unknown>);
    expect(events).toHaveLength(2);
    expect(new Set(events.map(({ event_id: id }) => id)).size).toBe(1);
  });

  it('are dropped and tried again', async () => {
    const { delivered, close } = await listenForDeliveries(slack, () => ({ status: 200 }));
    slack.failures.delivery('app_home_opened', 'drop', { times: 1 });
    await slack.control.openHome('amara');
    expect(delivered).toHaveLength(0);
    await passTime(slack, clock, 60_000);
    expect(delivered.map(({ headers }) => headers['x-slack-retry-num'])).toEqual(['1']);
    await close();
  });

  it('cut the connection after the envelope has left', async () => {
    const socket = await connectSocket(slack);
    slack.failures.delivery('slash_commands', 'disconnect', { times: 1 });
    expect(await slack.control.command('amara', '#project', '/test')).toMatchObject({ ok: false });
    await socket.closed;
    expect(socket.received.map(({ type }) => type)).toEqual(['hello', 'slash_commands']);
  });

  it('find no connection after the sockets were cut', async () => {
    const socket = await connectSocket(slack, () => ({}));
    await slack.control.apps.cutSockets();
    await socket.closed;
    expect(await slack.control.command('amara', '#project', '/test')).toMatchObject({
      notice: '/test failed with the error "dispatch_failed"',
    });
  });
});
