/** What becomes of messages and edits when far more is to be said than Slack takes at once? */
import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import type { JsonObject } from '../../sandbox/server/json.ts';
import { type Intent, intend } from '../../src/db/queries/outbox.ts';
import { idMaker } from '../../src/db/uuidv7.ts';
import { SENDING_LIMITS } from '../../src/slack/pace.ts';
import { asks, reads, signedPilot } from '../support/acts.ts';
import { onBothEngines } from '../support/databases.ts';
import { faultsOf, passes } from '../support/failing.ts';
import { idOf } from '../support/raw-acts.ts';
import { startWorld, type World } from '../support/world.ts';

const START = { 'Start date': '2026-01-05', 'Decision date': '2026-04-05', Channel: '#claims' };
const SECOND = 1000;
const MINUTE = 60 * SECOND;
/** How many edits the app asks for in a minute. */
const EDITS = SENDING_LIMITS.methods.edit.perMinute;
const CLAIMS = 'channel:C0CLAIMS001';
const LINE = /^Priya Shah signed version (\d+) of Claims triage/;
/** Line 1 would be that of the real signature. */
const FIRST = 2;

/** A world whose Slack counts, with a signed pilot, in which nothing waits any more. */
async function counting(openFresh: () => Promise<World['db']>): Promise<World> {
  const world = await startWorld(await openFresh(), { slack: { rateLimits: true } });
  await signedPilot(world, 'Claims triage', { fields: START });
  await world.time.advanceTo(Date.parse('2026-01-13T10:00:00Z'));
  return world;
}

/** Has things said about the pilot at once, in this order. */
async function intends(
  world: World,
  said: readonly Pick<Intent, 'kind' | 'addressee' | 'version'>[],
): Promise<void> {
  const { db, clock } = world;
  const newId = idMaker(clock.now, () => randomBytes(10));
  const [pilot] = await db.q.select().from(db.tables.pilots);
  if (pilot === undefined) throw new Error('there is no pilot');
  const details = { answer: 'sign', by: idOf('priya') };
  for (const one of said) {
    const dedupeKey = newId();
    await db.atomically(pilot.workspace, () => [
      intend(db, pilot.workspace, newId(), clock.now(), {
        ...one,
        subject: pilot.id,
        details,
        dedupeKey,
        notBefore: clock.now(),
      }),
    ]);
  }
}

/** Numbered lines for one place. */
const lines = (addressee: string, count: number) =>
  Array.from({ length: count }, (_, index) => ({ kind: 'signed-line', addressee, version: index + FIRST }));

/** The thread under the pilot's card, as the outbox names it. */
async function underTheCard({ db }: World): Promise<string> {
  const [pilot] = await db.q.select().from(db.tables.pilots);
  return `pilot-card:${pilot?.id}`;
}

/** The numbers of the lines somebody reads in a place, or in the threads there, oldest first. */
const numbersIn = (world: World, who: string, place: string, inThread = false): number[] =>
  world.control.read
    .messages(who, place)
    .filter(({ thread_ts }) => (thread_ts !== undefined) === inThread)
    .map((message) => world.control.read.text(message))
    .flatMap((text) => LINE.exec(text)?.[1] ?? [])
    .map(Number)
    .filter((n) => n >= FIRST);

const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + FIRST);

/** What the app asked of Slack by one method since an instant: when, with what, and whether it was one call too many. */
const callsOf = (world: World, method: string, since: number) =>
  world.control.read
    .log()
    .filter(({ direction, name, at }) => direction === 'call' && name === method && at >= since)
    .map(({ at, request, failure }) => ({ at, asked: request as JsonObject, failure }));

onBothEngines('a channel that is told more than it takes', (openFresh) => {
  it('gets all of it in order, once, a second apart, and holds no other place up', async () => {
    const world = await counting(openFresh);
    const start = world.clock.now();
    await intends(world, [
      ...lines(CLAIMS, 120),
      ...lines('channel:C0PILOTS001', 3),
      ...['ana', 'omar', 'lena'].flatMap((name) => lines(`user:${idOf(name)}`, 2)),
    ]);
    await world.settle();
    expect(world.clock.now()).toBe(start);
    expect(numbersIn(world, 'omar', '#claims')).toEqual(upTo(3));
    expect(numbersIn(world, 'omar', '#ai-pilots')).toEqual(upTo(3));
    for (const who of ['ana', 'omar', 'lena']) expect(numbersIn(world, who, 'Pilotage')).toEqual(upTo(2));

    // What comes later waits behind what is there, in a thread too; elsewhere not at all.
    await passes(world, 30 * SECOND);
    await intends(world, [
      ...lines(await underTheCard(world), 20),
      { kind: 'signed-line', addressee: CLAIMS, version: 121 + FIRST - 1 },
      { kind: 'signed-line', addressee: 'channel:C0PILOTS001', version: 4 + FIRST - 1 },
    ]);
    await world.settle();
    expect(numbersIn(world, 'omar', '#ai-pilots')).toEqual(upTo(4));
    expect(numbersIn(world, 'omar', '#claims').length).toBeLessThan(40);

    await passes(world, 3 * MINUTE);
    expect(numbersIn(world, 'omar', '#claims')).toEqual(upTo(121));
    expect(numbersIn(world, 'omar', '#claims', true)).toEqual(upTo(20));
    const posts = callsOf(world, 'chat.postMessage', start);
    expect(posts.filter(({ failure }) => failure !== null)).toEqual([]);
    expect(posts).toHaveLength(121 + 20 + 4 + 6);
    const rows = await world.db.q.select().from(world.db.tables.outbox);
    expect(rows.filter(({ state }) => state !== 'sent')).toEqual([]);
    expect(faultsOf(world)).toEqual([]);
  });

  it('gets a card that waits with what is true when its turn comes, and nothing to mend after it', async () => {
    const world = await counting(openFresh);
    await world.db.q.update(world.db.tables.messages).set({ live: false });
    const start = world.clock.now();
    await intends(world, [...lines(CLAIMS, 30), { kind: 'pilot-card', addressee: CLAIMS, version: 1 }]);
    await world.settle();
    for (const value of ['17.90', '17.80', '17.70']) {
      await asks(world, 'ana', `/pilot record claims-triage cost-per-claim ${value} 2026-01-08`);
      await passes(world, 2 * SECOND);
    }
    await passes(world, 2 * MINUTE);
    expect(reads(world, 'omar', '#claims').at(-1)).toMatch(/€17\.70/);
    expect(callsOf(world, 'chat.update', start)).toEqual([]);
  });
});

onBothEngines('more cards than Slack lets the app edit in a minute', (openFresh) => {
  it('show the newest state, and those that waited are edited once, with that alone', async () => {
    const world = await counting(openFresh);
    await intends(
      world,
      Array.from({ length: 60 }, () => ({ kind: 'pilot-card', addressee: CLAIMS, version: 1 })),
    );
    await passes(world, 2 * MINUTE);
    const start = world.clock.now();
    for (const value of ['17.90', '17.80', '17.70']) {
      await asks(world, 'ana', `/pilot record claims-triage cost-per-claim ${value} 2026-01-08`);
      await passes(world, 5 * SECOND);
    }
    expect(callsOf(world, 'chat.update', start)).toHaveLength(EDITS);
    await passes(world, 3 * MINUTE);
    const edits = callsOf(world, 'chat.update', start);
    expect(edits.filter(({ failure }) => failure !== null)).toEqual([]);
    // The owner's card and the sponsor's request show the pilot too, and its first card.
    const cards = Map.groupBy(edits, ({ asked }) => `${asked['channel']} ${asked['ts']}`);
    expect(cards.size).toBe(60 + 3);
    expect([...cards.values()].filter((of) => of.length === 1)).toHaveLength(cards.size - EDITS);
    expect([...cards.values()].filter((of) => of.length > 2)).toEqual([]);
    expect(edits.filter(({ asked }) => JSON.stringify(asked['blocks']).includes('17.80'))).toEqual([]);
    expect(reads(world, 'omar', '#claims').filter((text) => text.includes('€17.70'))).toHaveLength(60 + 1);
    expect(reads(world, 'omar', '#claims').filter((text) => text.includes('€17.90'))).toEqual([]);
    expect(faultsOf(world)).toEqual([]);
  });
});
