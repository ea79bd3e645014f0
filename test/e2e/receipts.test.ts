/** Does every message stand in Slack once where Slack tells what was posted, and is nobody else believed? */
import { expect, it } from 'vitest';
import { harbourMutual } from '../../src/cli/demo/people.ts';
import { verify } from '../../src/db/verify.ts';
import { asks, reads, signedPilot, told } from '../support/acts.ts';
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
import { startWorld, type WorldOptions } from '../support/world.ts';

const START = { 'Start date': '2026-01-05', 'Decision date': '2026-04-05' };
const MINUTE = 60_000;
const EVENT = 'message_metadata_posted';

/** A workspace that tells the app of what it has posted, and does not let it look. */
function withReceipts(): WorldOptions {
  const seed = structuredClone(harbourMutual);
  for (const app of seed.apps) app.events.push(EVENT);
  return { seed, scopes: ['metadata.message:read'] };
}

onBothEngines('messages Slack tells of', (openFresh) => {
  it('stand there once and are known to, whatever becomes of the answer', async () => {
    const world = await startWorld(await openFresh(), withReceipts());
    await signedPilot(world, 'Claims triage', { fields: START });
    for (const [index, { what, failure, isDone }] of TROUBLES.entries()) {
      const name = `Pilot ${index + 1}`;
      const key = await readyToAsk(world, name, { fields: { Channel: '' } });
      await whileFailing(world, 'chat.postMessage', failure, () =>
        world.control.command('ana', '#general', `/pilot sign-off ${key}`),
      );
      await passes(world, 5 * MINUTE);
      expect(requestsFor(world, name), what).toHaveLength(1);
      const before = digestsPosted(world).length;
      await whileFailing(world, 'chat.postMessage', failure, () =>
        world.control.command('ana', '#ai-pilots', '/pilot digest now'),
      );
      await passes(world, 5 * MINUTE);
      const stands = digestsPosted(world).length - before;
      // That something is not there is told by nobody: then it is left to people.
      const state = (await rowsOf(world, 'digest')).at(-1)?.state;
      expect([stands, state], what).toEqual(stands === 1 ? [1, 'sent'] : [0, 'unknown']);
      expect(stands, what).toBeGreaterThanOrEqual(isDone ? 1 : 0);
    }
    expect(new Set((await rowsOf(world, 'sign-request')).map(({ state }) => state))).toEqual(
      new Set(['sent']),
    );
    expect(faultsOf(world)).toEqual([]);
    expect(await verify(world.db)).toBeNull();
  });

  it('stay where they stood first when they were said again, and the younger one goes', async () => {
    const world = await startWorld(await openFresh(), withReceipts());
    await signedPilot(world, 'Claims triage', { fields: START });
    const key = await readyToAsk(world, 'Churn model', { fields: { Channel: '' } });
    const late = world.slack.failures.delivery(EVENT, 'drop', { times: 2 });
    await whileFailing(world, 'chat.postMessage', { kind: 'lose_answer' }, () =>
      world.control.command('ana', '#general', `/pilot sign-off ${key}`),
    );
    await passes(world, 30_000);
    expect(late.struck()).toBe(2);
    expect(requestsFor(world, 'Churn model')).toHaveLength(2);
    const [first] = world.control.read.dm('priya', 'Pilotage').slice(-2);
    await passes(world, 2 * MINUTE);
    expect(requestsFor(world, 'Churn model')).toHaveLength(1);
    expect(world.control.read.dm('priya', 'Pilotage').at(-1)?.ts).toBe(first?.ts);
    // What stays is the card that is kept true.
    await world.control.press('priya', { channel: 'Pilotage', label: 'Sign charter' });
    await world.settle();
    expect(requestsFor(world, 'Churn model')).toEqual([]);
    expect(told(world, 'ana').at(-1)).toMatch(/Priya Shah signed Churn model/);
    expect(world.complaints.map(({ words }) => words)).not.toContain('a card could not be drawn again');
    expect(faultsOf(world)).toEqual([]);
  });

  it('are taken away later where Slack has no time for that now', async () => {
    const world = await startWorld(await openFresh(), withReceipts());
    await signedPilot(world, 'Claims triage', { fields: START });
    const key = await readyToAsk(world, 'Churn model', { fields: { Channel: '' } });
    world.slack.failures.delivery(EVENT, 'drop', { times: 2 });
    const busy = world.slack.failures.call('chat.delete', { kind: 'rate_limited', retryAfter: 600 });
    await whileFailing(world, 'chat.postMessage', { kind: 'lose_answer' }, () =>
      world.control.command('ana', '#general', `/pilot sign-off ${key}`),
    );
    await passes(world, 5 * MINUTE);
    expect(requestsFor(world, 'Churn model')).toHaveLength(2);
    busy.stop();
    await passes(world, 15 * MINUTE);
    expect(requestsFor(world, 'Churn model')).toHaveLength(1);
    expect(faultsOf(world)).toEqual([]);
  });

  it('settle what was left open, and the Home tab says so', async () => {
    const world = await startWorld(await openFresh(), withReceipts());
    await signedPilot(world, 'Claims triage', { fields: START });
    world.slack.failures.delivery(EVENT, 'drop', { times: 2 });
    await whileFailing(world, 'chat.postMessage', { kind: 'lose_answer' }, () =>
      world.control.command('ana', '#ai-pilots', '/pilot digest now'),
    );
    await passes(world, 30_000);
    expect(await homeOf(world, 'lena')).toMatch(/Not delivered this week: 1[\s\S]*it may have arrived/);
    await passes(world, 2 * MINUTE);
    expect((await rowsOf(world, 'digest')).map(({ state }) => state)).toEqual(['sent']);
    expect(await homeOf(world, 'lena')).not.toMatch(/Not delivered/);
    expect(digestsPosted(world)).toHaveLength(1);
  });

  it('are ours: what another app posts in our name changes nothing', async () => {
    const options = withReceipts();
    const [app] = options.seed?.apps ?? [];
    if (app === undefined || options.seed === undefined) throw new Error('no app');
    const other = { ...app, name: 'Impostor', botToken: 'xoxb-other', appToken: 'xapp-other', commands: [] };
    const seed = {
      ...options.seed,
      apps: [app, other],
      channels: options.seed.channels.map((channel) => ({
        ...channel,
        members:
          channel.name === 'ai-pilots' ? [...(channel.members ?? []), 'Impostor'] : (channel.members ?? []),
      })),
    };
    const world = await startWorld(await openFresh(), { ...options, seed });
    await signedPilot(world, 'Claims triage', { fields: START });
    await asks(world, 'ana', '/pilot digest now', '#ai-pilots');
    const [row] = await rowsOf(world, 'digest');
    const answer = await fetch(`${world.slack.apiUrl}chat.postMessage`, {
      method: 'POST',
      headers: { authorization: 'Bearer xoxb-other', 'content-type': 'application/json' },
      body: JSON.stringify({
        channel: row?.channel,
        text: 'not from Pilotage',
        metadata: { event_type: 'pilotage_outbox', event_payload: { id: row?.id } },
      }),
    });
    expect(await answer.json()).toMatchObject({ ok: true });
    await passes(world, 5 * MINUTE);
    expect(reads(world, 'omar', '#ai-pilots').at(-1)).toMatch(/not from Pilotage/);
    expect(await rowsOf(world, 'digest')).toMatchObject([{ state: 'sent', ts: row?.ts }]);
    const removed = world.control.read.log().filter(({ name }) => name === 'chat.delete');
    expect(removed).toEqual([]);
  });
});
