/** Does every message stand in Slack once where the app may look, whatever Slack does, and is the rest shown? */
import { expect, it } from 'vitest';
import { verify } from '../../src/db/verify.ts';
import { asks, reads, register, signedPilot, told } from '../support/acts.ts';
import { onBothEngines } from '../support/databases.ts';
import {
  digestsPosted,
  faultsOf,
  homeOf,
  passes,
  readyToAsk,
  requestsFor,
  rowsOf,
  TROUBLES,
  whileFailing,
} from '../support/failing.ts';
import { startWorld, type World } from '../support/world.ts';

const START = { 'Start date': '2026-01-05', 'Decision date': '2026-04-05' };
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const MAY_LOOK = ['channels:history', 'groups:history', 'im:history', 'im:write'];

const statesOf = async (world: World, kind: string) => (await rowsOf(world, kind)).map(({ state }) => state);

onBothEngines('messages that may or may not have arrived', (openFresh) => {
  it('stand there once, all of them, where the app may look', async () => {
    const world = await startWorld(await openFresh(), { scopes: MAY_LOOK });
    await signedPilot(world, 'Claims triage', { fields: START });
    for (const [index, { what, failure }] of TROUBLES.entries()) {
      const name = `Pilot ${index + 1}`;
      const key = await readyToAsk(world, name, { fields: { Channel: '' } });
      await whileFailing(world, 'chat.postMessage', failure, () =>
        world.control.command('ana', '#general', `/pilot sign-off ${key}`),
      );
      await passes(world, 5 * MINUTE);
      const before = digestsPosted(world).length;
      await whileFailing(world, 'chat.postMessage', failure, () =>
        world.control.command('ana', '#ai-pilots', '/pilot digest now'),
      );
      await passes(world, 5 * MINUTE);
      expect(requestsFor(world, name), what).toHaveLength(1);
      expect(digestsPosted(world).length - before, what).toBe(1);
    }
    expect(new Set((await rowsOf(world)).map(({ state }) => state))).toEqual(new Set(['sent']));
    await world.control.press('priya', { channel: 'Pilotage', label: 'Sign charter' });
    await world.settle();
    expect(requestsFor(world, `Pilot ${TROUBLES.length}`)).toEqual([]);
    expect(faultsOf(world)).toEqual([]);
    expect(await verify(world.db)).toBeNull();
  });

  it('are looked for again where Slack cannot be asked at once', async () => {
    const world = await startWorld(await openFresh(), { scopes: MAY_LOOK });
    await signedPilot(world, 'Claims triage', { fields: START });
    const history = world.slack.failures.call('conversations.history', {
      kind: 'rate_limited',
      retryAfter: 300,
    });
    await whileFailing(world, 'chat.postMessage', { kind: 'lose_answer' }, () =>
      world.control.command('ana', '#ai-pilots', '/pilot digest now'),
    );
    await passes(world, 4 * MINUTE);
    expect(await statesOf(world, 'digest')).toEqual(['unknown']);
    expect(await homeOf(world, 'lena')).not.toMatch(/Not delivered/);
    history.stop();
    await passes(world, 10 * MINUTE);
    expect(await statesOf(world, 'digest')).toEqual(['sent']);
    expect(digestsPosted(world)).toHaveLength(1);
  });

  it('are not taken for lost after a day, when a workspace keeps nothing longer', async () => {
    const world = await startWorld(await openFresh(), { scopes: MAY_LOOK });
    await world.control.setRetention(1);
    await signedPilot(world, 'Claims triage', { fields: START });
    const down = world.slack.failures.call('conversations.history', { kind: 'status', status: 503 });
    await whileFailing(world, 'chat.postMessage', { kind: 'reset_after' }, () =>
      world.control.command('ana', '#ai-pilots', '/pilot digest now'),
    );
    await passes(world, 26 * HOUR);
    down.stop();
    await passes(world, HOUR);
    expect(digestsPosted(world)).toEqual([]);
    expect(await statesOf(world, 'digest')).toEqual(['unknown']);
    expect(await homeOf(world, 'lena')).toMatch(/Not delivered this week: 1[\s\S]*it may have arrived/);
    // The thread under a message that is gone is said in the channel, and cards that are gone rest.
    await asks(world, 'ana', '/pilot record claims-triage cost-per-claim 17.90');
    await passes(world, HOUR);
    expect((await rowsOf(world)).filter(({ state }) => state === 'ready' || state === 'failed')).toEqual([]);
    expect(faultsOf(world)).toEqual([]);
  });

  it('are sent again by whoever can help, once the app is back in the channel', async () => {
    const world = await startWorld(await openFresh());
    const { control } = world;
    await register(world, 'Churn model', { fields: { ...START, Channel: '#claims' } });
    const key = await readyToAsk(world, 'Claims triage', { fields: START });
    await control.channels.kick('#claims', 'Pilotage');
    await asks(world, 'ana', `/pilot sign-off ${key}`);
    expect(await statesOf(world, 'pilot-card')).toEqual(['failed']);
    expect(told(world, 'ana').at(-1)).toMatch(/One message cannot reach #claims[\s\S]*\/invite/);
    // Too early: it fails again, and the same message says so.
    await control.press('ana', { channel: 'Pilotage', label: 'Retry' });
    await world.settle();
    expect(await statesOf(world, 'pilot-card')).toEqual(['failed']);
    expect(told(world, 'ana').filter((text) => /cannot reach/.test(text))).toHaveLength(1);
    world.slack.failures.delivery('events_api', 'drop');
    await control.channels.invite('#claims', 'Pilotage');
    await control.press('ana', { channel: 'Pilotage', label: 'Retry' });
    await world.settle();
    expect(await statesOf(world, 'pilot-card')).toEqual(['sent']);
    expect(reads(world, 'omar', '#claims').join('\n')).toMatch(/Claims triage/);
    expect(told(world, 'ana').join('\n')).toMatch(/What waited for #claims was sent/);
    expect(faultsOf(world)).toEqual([]);
  });

  it('are sent by themselves when the app is invited, and by the programme office from its Home', async () => {
    const world = await startWorld(await openFresh());
    const { control } = world;
    const key = await readyToAsk(world, 'Claims triage', { fields: START });
    await control.channels.kick('#claims', 'Pilotage');
    await asks(world, 'ana', `/pilot sign-off ${key}`);
    expect(await homeOf(world, 'lena')).toMatch(/Not delivered this week: 1[\s\S]*Retry #claims/);
    await control.pressHome('lena', { label: 'Retry #claims' });
    await world.settle();
    expect(told(world, 'lena').at(-1)).toMatch(/Trying again: one message for #claims/);
    expect(await statesOf(world, 'pilot-card')).toEqual(['failed']);
    await control.channels.invite('#claims', 'Pilotage');
    await world.settle();
    expect(await statesOf(world, 'pilot-card')).toEqual(['sent']);
  });

  it('are not sent again by somebody who has no part in them', async () => {
    const world = await startWorld(await openFresh());
    const key = await readyToAsk(world, 'Claims triage', { fields: START });
    await world.control.channels.kick('#claims', 'Pilotage');
    await asks(world, 'ana', `/pilot sign-off ${key}`);
    const [message] = world.control.read.dm('ana', 'Pilotage').slice(-1);
    expect(JSON.stringify(message)).toMatch(/retry-sending/);
    await asks(world, 'ana', '/pilot hand-over claims-triage');
    await world.db.q.update(world.db.tables.roles).set({ person: 'U0MAREK0001' });
    await world.control.press('ana', { channel: 'Pilotage', label: 'Retry' });
    await world.settle();
    expect(told(world, 'ana').join('\n')).toMatch(/You cannot send this again/);
    expect(await statesOf(world, 'pilot-card')).toEqual(['failed']);
  });
});

onBothEngines('a clock that jumps', (openFresh) => {
  it('holds nothing up when it goes back, and repeats nothing when it has run ahead', async () => {
    const world = await startWorld(await openFresh());
    await signedPilot(world, 'Claims triage', { fields: START });
    await asks(world, 'ana', '/pilot digest here weekly tuesday 9:00', '#ai-pilots');
    const start = world.clock.now();
    const busy = world.slack.failures.call('chat.postMessage', { kind: 'rate_limited', retryAfter: 600 });
    world.clock.set(start + 400 * DAY);
    await register(world, 'Churn model');
    await world.settle();
    busy.stop();
    world.clock.set(start + MINUTE);
    await world.settle();
    await passes(world, 15 * MINUTE);
    expect(told(world, 'ana').join('\n')).toMatch(/Churn model · draft/);
    await world.time.advanceTo(start + 9 * DAY);
    const days = (kind: string, rows: Awaited<ReturnType<typeof rowsOf>>) =>
      rows
        .filter((row) => row.kind === kind)
        .map(({ finishedAt }) => new Date(finishedAt ?? 0).toISOString().slice(0, 10));
    const rows = await rowsOf(world);
    // The first of them was thought due by the clock that ran ahead.
    expect(days('digest', rows)).toEqual(['2026-01-05', '2026-01-13']);
    expect(days('daily', rows)).toEqual(['2026-01-08', '2026-01-09']);
    expect(faultsOf(world)).toEqual([]);
  });
});
