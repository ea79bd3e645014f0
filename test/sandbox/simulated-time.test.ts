import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox/server/index.ts';
import { callApi } from './call-api.ts';
import { connectSocket } from './raw-app.ts';
import { createSetClock, passTime, type SetClock, startOfTime } from './set-clock.ts';

const day = 86_400_000;
let slack: Sandbox;
let clock: SetClock;
beforeEach(async () => {
  clock = createSetClock();
  slack = await startSandbox({ clock });
});
afterEach(() => slack.close());

const post = (text: string) => callApi(slack, 'chat.postMessage', { channel: 'C0PROJECT01', text });
const seen = () => slack.control.read.messages('amara', '#project').map(({ text }) => text);

describe('simulated time', () => {
  it('stamps messages with the clock', async () => {
    await post('One');
    clock.move(day);
    await post('Two');
    const stamps = slack.control.read.messages('amara', '#project').map(({ ts }) => Number(ts));
    expect(stamps.map((ts) => Math.floor(ts) * 1000)).toEqual([startOfTime, startOfTime + day]);
  });

  it('keeps timestamps increasing when the clock goes back', async () => {
    await post('One');
    clock.move(-day);
    await post('Two');
    const [one, two] = slack.control.read.messages('amara', '#project').map(({ ts }) => Number(ts));
    expect(two).toBeGreaterThan(one ?? 0);
    expect(seen()).toEqual(['One', 'Two']);
  });

  it('has nothing to do when nothing is due', async () => {
    await post('One');
    expect(slack.nextDue()).toBeNull();
    await slack.runDue();
  });

  it('forgets messages after the retention, and tells when that will be', async () => {
    await post('One');
    clock.move(1000);
    const { ts } = await post('Two');
    slack.control.setRetention(1);
    expect(slack.nextDue()).toBe(startOfTime + day + 1);
    await passTime(slack, clock, day - 1000 + 1);
    expect(seen()).toEqual(['Two']);
    await passTime(slack, clock, 1000);
    expect(seen()).toEqual([]);
    expect(await callApi(slack, 'chat.update', { channel: 'C0PROJECT01', ts, text: 'x' })).toMatchObject({
      error: 'message_not_found',
    });
    expect(slack.nextDue()).toBeNull();
  });

  it('is settled only when a delivery has its answer', async () => {
    const socket = await connectSocket(slack);
    const order: string[] = [];
    const acted = slack.control.openHome('amara').then(() => order.push('acted'));
    const envelope = await socket.next('events_api');
    const settled = slack.settled().then(() => order.push('settled'));
    order.push('acknowledged');
    socket.acknowledge(envelope);
    await Promise.all([acted, settled]);
    expect(order).toEqual(['acknowledged', 'acted', 'settled']);
  });

  it('tells listeners when the clock has moved', async () => {
    const moved = slack.control.next(({ kind }) => kind === 'clock');
    clock.move(day);
    await slack.runDue();
    expect(await moved).toMatchObject({ at: startOfTime + day });
  });
});
