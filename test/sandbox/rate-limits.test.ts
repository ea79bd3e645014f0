import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox/server/index.ts';
import { callApi } from './call-api.ts';
import { times } from './payloads.ts';
import { createSetClock, type SetClock } from './set-clock.ts';
import { createClient, failureOf } from './web-client.ts';

let slack: Sandbox;
let clock: SetClock;
beforeEach(async () => {
  clock = createSetClock();
  slack = await startSandbox({ clock, rateLimits: true });
});
afterEach(() => slack.close());

/** How many of a number of calls are answered, one after the other. */
const accepted = async (
  count: number,
  call: (index: number) => Promise<{ ok: boolean }>,
): Promise<number> => {
  const outcomes: boolean[] = [];
  for (const index of times(count, (n) => n)) outcomes.push((await call(index)).ok);
  return outcomes.filter(Boolean).length;
};
const say = (channel = 'C0PROJECT01') => callApi(slack, 'chat.postMessage', { channel, text: 'x' });
const teamInfo = () => callApi(slack, 'team.info');

describe('rate limits', () => {
  it.each<[string, number]>([
    ['conversations.archive', 20],
    ['team.info', 50],
    ['reactions.add', 50],
    ['views.publish', 100],
    ['auth.test', 600],
  ])('let %s through %d times a minute', async (method, most) => {
    let answers: { error?: string }[] = [];
    for (const _ of times(most + 1, () => 0)) answers = [...answers, await callApi(slack, method)];
    const limited = (): number => answers.filter(({ error }) => error === 'ratelimited').length;
    expect(limited()).toBe(1);
    clock.move(60_000);
    answers = [await callApi(slack, method)];
    expect(limited()).toBe(0);
  });

  it('count each method for itself', async () => {
    await accepted(60, teamInfo);
    expect(await callApi(slack, 'auth.test')).toMatchObject({ ok: true });
  });

  it('say how long to wait, and let the call through then', async () => {
    await accepted(49, teamInfo);
    clock.move(20_000);
    await teamInfo();
    const error = await failureOf(createClient(slack).team.info());
    expect(error).toMatchObject({ name: 'WebAPIRateLimitedError', retryAfter: 40 });
    clock.move(39_999);
    expect(await teamInfo()).toMatchObject({ error: 'ratelimited' });
    clock.move(1);
    expect(await teamInfo()).toMatchObject({ ok: true });
  });

  it('let one message a second into a channel, after a short burst', async () => {
    expect(await accepted(5, () => say())).toBe(3);
    expect(await say('C0GENERAL01')).toMatchObject({ ok: true });
    clock.move(1000);
    expect(await accepted(2, () => say())).toBe(1);
    expect(
      (await failureOf(
        createClient(slack).chat.postMessage({ channel: 'C0PROJECT01', text: 'x' }),
      )) as object,
    ).toMatchObject({ retryAfter: 1 });
  });

  it('let 300 messages a minute into the workspace', async () => {
    const ids: string[] = [];
    for (const n of times(310, (index) => index))
      ids.push((await slack.control.people.add({ name: `p${n}`, realName: `P ${n}` })).id);
    expect(await accepted(310, (n) => say(ids[n]))).toBe(300);
  });

  it('can be switched off', async () => {
    slack.control.enforceRateLimits(false);
    expect(await accepted(60, teamInfo)).toBe(60);
  });
});
