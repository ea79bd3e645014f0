/** What becomes of messages, decisions and forms when Slack fails in every way it can? */
import { expect, it } from 'vitest';
import { verify } from '../../src/db/verify.ts';
import { asks, newest, reads, register, signedPilot, told } from '../support/acts.ts';
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
import { startWorld } from '../support/world.ts';

const START = { 'Start date': '2026-01-05', 'Decision date': '2026-04-05' };
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

onBothEngines('when Slack fails', (openFresh) => {
  it('brings a request to the sponsor at least once, twice only when an answer was lost', async () => {
    const world = await startWorld(await openFresh());
    for (const [index, { what, failure, isDone }] of TROUBLES.entries()) {
      const name = `Pilot ${index + 1}`;
      const key = await readyToAsk(world, name, { fields: { Channel: '' } });
      await whileFailing(world, 'chat.postMessage', failure, () =>
        world.control.command('ana', '#general', `/pilot sign-off ${key}`),
      );
      await passes(world, 5 * MINUTE);
      const open = requestsFor(world, name).length;
      expect(open, what).toBeGreaterThanOrEqual(1);
      expect(open, what).toBeLessThanOrEqual(isDone ? 2 : 1);
      await world.control.press('priya', { channel: 'Pilotage', label: 'Sign charter' });
      await world.settle();
      expect(newest(world, 'ana', 'Pilotage'), what).toMatch(`Priya Shah signed ${name}`);
    }
    expect((await rowsOf(world, 'sign-request')).map(({ state }) => state)).toEqual(
      TROUBLES.map(() => 'sent'),
    );
    expect(faultsOf(world)).toEqual([]);
    expect(await verify(world.db)).toBeNull();
  });

  it('posts a digest at most once, and shows the programme office those nobody knows about', async () => {
    const world = await startWorld(await openFresh());
    await signedPilot(world, 'Claims triage', { fields: START });
    let certain = 0;
    for (const { what, failure, isDone } of TROUBLES) {
      const before = digestsPosted(world).length;
      await whileFailing(world, 'chat.postMessage', failure, () =>
        world.control.command('ana', '#ai-pilots', '/pilot digest now'),
      );
      await passes(world, 5 * MINUTE);
      const [row] = (await rowsOf(world, 'digest')).slice(-1);
      const posted = digestsPosted(world).length - before;
      expect(posted, what).toBe(isDone || row?.state === 'sent' ? 1 : 0);
      expect(['sent', 'unknown'], what).toContain(row?.state);
      certain += row?.state === 'sent' ? 1 : 0;
    }
    expect(certain).toBe(2);
    expect(await homeOf(world, 'lena')).toMatch(
      new RegExp(`Not delivered this week: ${TROUBLES.length - certain}[\\s\\S]*digest.*it may have arrived`),
    );
    expect(await homeOf(world, 'ana')).not.toMatch(/Not delivered/);
    expect(faultsOf(world)).toEqual([]);
  });

  it('makes a card true in the end, whatever becomes of one edit', async () => {
    const world = await startWorld(await openFresh());
    await signedPilot(world, 'Claims triage', { fields: { ...START, Channel: '#claims' } });
    await world.time.advanceTo(Date.parse('2026-01-13T08:00:00Z'));
    let value = 18;
    for (const { what, failure } of TROUBLES) {
      value -= 0.1;
      const typed = value.toFixed(2);
      await whileFailing(world, 'chat.update', failure, () =>
        world.control.command(
          'ana',
          '#general',
          `/pilot record claims-triage cost-per-claim ${typed} 2026-01-08`,
        ),
      );
      await passes(world, 5 * MINUTE);
      expect(reads(world, 'omar', '#claims')[0], what).toMatch(`€${typed}`);
    }
    expect(faultsOf(world)).toEqual([]);
  });

  it('says so when a form cannot be opened, and opens it at the next press', async () => {
    const world = await startWorld(await openFresh());
    await register(world);
    const refusals = [
      'expired_trigger_id',
      'invalid_arguments',
      'not_enabled',
      'internal_error',
      'ratelimited',
    ];
    for (const error of refusals) {
      await world.control.closeView('ana').catch(() => undefined);
      // The client for people who wait tries once more by itself.
      const failure = world.slack.failures.call('views.open', { kind: 'error', error });
      const answer = await asks(world, 'ana', '/pilot criteria claims-triage');
      failure.stop();
      if (error === 'internal_error') continue;
      expect(answer, error).toMatch(/press again|type it again|Try again/i);
      expect(world.control.openView('ana'), error).toBeNull();
    }
    await asks(world, 'ana', '/pilot criteria claims-triage');
    expect(world.control.openView('ana')).toMatchObject({ title: { text: 'Add criterion' } });
  });

  it('keeps what was typed when something breaks while a form is saved', async () => {
    const db = await openFresh();
    let broken = false;
    const world = await startWorld({
      ...db,
      atomically: (workspace, build) =>
        broken ? Promise.reject(new Error('the disk is full')) : db.atomically(workspace, build),
    });
    await register(world);
    await asks(world, 'ana', '/pilot criteria claims-triage');
    await world.control.fill('ana', {
      Metric: 'Cost per claim',
      Kind: 'at most',
      Unit: 'EUR per claim',
      Baseline: '18.40',
      Target: '12.50',
    });
    broken = true;
    const refused = await world.control.submit('ana');
    expect(refused.ok).toBe(false);
    expect(refused.notice).toBeNull();
    expect(Object.values(refused.errorsByLabel)[0]).toMatch(/nothing was saved[\s\S]*the number \w+/);
    expect(faultsOf(world)).toEqual(['a request failed']);
    broken = false;
    expect((await world.control.submit('ana')).ok).toBe(true);
    await world.settle();
    expect(told(world, 'ana')[0]).toMatch(/Cost per claim/);
  });

  it('works through two days without Slack: what was decided arrives, and of what was missed the latest', async () => {
    const world = await startWorld(await openFresh());
    await signedPilot(world, 'Claims triage', { fields: START });
    const key = await readyToAsk(world, 'Churn model', { fields: START });
    await asks(world, 'ana', '/pilot digest here weekly tuesday 9:00', '#ai-pilots');
    const outages = [
      [{ kind: 'status', status: 503 }, 2 * DAY],
      [{ kind: 'reset_before' }, DAY / 4],
    ] as const;
    for (const [failure, length] of outages) {
      const before = world.control.read.log().at(-1)?.n ?? 0;
      const down = world.slack.failures.call('*', failure);
      await world.control.command('ana', '#general', `/pilot sign-off ${key}`);
      await world.settle();
      await passes(world, length);
      down.stop();
      // One question in a while, instead of a try for every message.
      expect(world.control.read.log({ since: before }).length).toBeLessThan(300);
      await passes(world, 20 * MINUTE);
      expect(requestsFor(world, 'Churn model'), failure.kind).toHaveLength(1);
      await world.control.press('ana', { channel: '#general', label: 'Withdraw request' });
      await world.settle();
      expect(requestsFor(world, 'Churn model')).toEqual([]);
    }
    expect(digestsPosted(world)).toHaveLength(1);
    expect(await verify(world.db)).toBeNull();
    expect(faultsOf(world)).toEqual([]);
  });
});
