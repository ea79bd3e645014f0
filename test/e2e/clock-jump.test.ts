/** Does a clock that runs ahead and goes back ask anybody about a case, or lose one? */
import { expect, it } from 'vitest';
import type { Case } from '../../src/core/escalation/record.ts';
import type { Database } from '../../src/db/database.ts';
import { verify } from '../../src/db/verify.ts';
import { asks, told } from '../support/acts.ts';
import { onBothEngines } from '../support/databases.ts';
import { silent } from '../support/silent-pilot.ts';
import type { World } from '../support/world.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const at = (text: string): number => Date.parse(text);
const ASKED = at('2026-01-27T12:00:00Z');

/** A pilot nobody hears of, whose sponsor has just been asked and has until Friday. */
async function waiting(db: Database, until = ASKED): Promise<World> {
  const world = await silent(db);
  // The programme office is known from here on.
  await asks(world, 'lena', '/pilot list');
  await world.time.advanceTo(until);
  return world;
}

const casesOf = async (world: World): Promise<[string, string, Case][]> =>
  (await world.db.q.select().from(world.db.tables.cases).orderBy(world.db.tables.cases.cause)).map((row) => [
    row.cause,
    row.state,
    row.record as unknown as Case,
  ]);

/** How cases have moved since they waited: the day, and where from and to. */
async function moves(world: World): Promise<string[]> {
  const entries = await world.db.q.select().from(world.db.tables.logbook).orderBy(world.db.tables.logbook.n);
  return entries
    .filter((entry) => entry.kind === 'case_moved' && entry.at > ASKED)
    .map((entry) => {
      const { cause, from, to } = JSON.parse(entry.body) as Record<string, string>;
      return `${new Date(entry.at).toISOString().slice(0, 10)} ${cause} ${from} ${to}`;
    });
}

const cards = (world: World, who: string): string[] =>
  told(world, who).filter((text) => /next step\?|is stuck|has no answer|needs help/.test(text));

onBothEngines('a clock that jumps a month ahead and back', (openFresh) => {
  it('asks nobody about a case, and everything goes on as if it had not', async () => {
    const undisturbed = await waiting(await openFresh());
    const world = await waiting(await openFresh());
    const before = await casesOf(world);
    expect(before.some(([, state]) => state === 'L3')).toBe(true);
    const read = ['ana', 'priya', 'lena'].map((who) => cards(world, who).length);
    world.clock.set(ASKED + 30 * DAY);
    await world.settle();
    await world.time.advanceTo(ASKED + 30 * DAY + 40 * MINUTE);
    expect(await casesOf(world)).toEqual(before);
    expect(['ana', 'priya', 'lena'].map((who) => cards(world, who).length)).toEqual(read);
    world.clock.set(ASKED + 5 * MINUTE);
    await world.settle();
    expect(await casesOf(world)).toEqual(before);
    for (const one of [undisturbed, world]) await one.time.advanceTo(at('2026-02-03T22:00:00Z'));
    expect(await moves(undisturbed)).not.toEqual([]);
    expect(await moves(world)).toEqual(await moves(undisturbed));
    expect(cards(world, 'lena').length).toBe(cards(undisturbed, 'lena').length);
    expect(world.complaints).toEqual([]);
    expect(await verify(world.db)).toBeNull();
  });

  it('loses no case when it is set right only after it was believed', async () => {
    // Its owner has been asked; by the clock that runs ahead the sponsor is, and has an answer to give in a month.
    const asked = at('2026-01-26T12:00:00Z');
    const world = await waiting(await openFresh(), asked);
    world.clock.set(asked + 30 * DAY);
    await world.settle();
    await world.time.advanceTo(asked + 32 * DAY);
    const ahead = await casesOf(world);
    expect(ahead.some(([, , { clock }]) => (clock?.due ?? 0) > asked + 30 * DAY)).toBe(true);
    const back = asked + 5 * MINUTE;
    world.clock.set(back);
    await world.settle();
    for (const [cause, , { openedAt, clock, notice, closed }] of await casesOf(world)) {
      expect(openedAt ?? 0, cause).toBeLessThanOrEqual(back);
      expect(closed?.at ?? 0, cause).toBeLessThanOrEqual(back);
      expect(clock?.due ?? 0, cause).toBeLessThan(back + 14 * DAY);
      expect(notice?.notBefore ?? 0, cause).toBeLessThan(back + 7 * DAY + HOUR);
    }
    const looks = await world.db.q.select().from(world.db.tables.looks);
    expect(looks.filter((look) => look.at > back)).toEqual([]);
    // It goes on from here: there are looks on the days that come, and whoever is asked next is asked within them.
    await world.time.advanceTo(at('2026-02-12T22:00:00Z'));
    const later = await world.db.q.select().from(world.db.tables.looks);
    expect(later.filter((look) => look.at > back).length).toBeGreaterThan(1);
    const moved = await moves(world);
    expect(moved.some((line) => line > '2026-01-28' && line < '2026-02-13')).toBe(true);
    expect(world.complaints).toEqual([]);
    expect(await verify(world.db)).toBeNull();
  });

  it('leaves a decision undone for whom it can still be undone', async () => {
    const world = await waiting(await openFresh());
    await world.control.press('priya', { channel: 'Pilotage', label: 'Stop' });
    await world.settle();
    await world.control.fill('priya', { 'In one sentence, why': 'The vendor is leaving.' });
    await world.control.submit('priya');
    await world.settle();
    world.clock.set(ASKED + 30 * DAY);
    await world.settle();
    world.clock.set(ASKED + MINUTE);
    await world.settle();
    expect(told(world, 'ana').join()).not.toMatch(/vendor/);
    await world.time.advanceTo(ASKED + 12 * MINUTE);
    expect(told(world, 'ana').at(-1)).toMatch(/Claims triage: Stop/);
    expect(world.complaints).toEqual([]);
  });
});
