/** Does the card of what looks right again ask nothing, and say what happens by itself? */
import { expect, it } from 'vitest';
import { eq } from '../../src/db/sql.ts';
import { asks, newest, told } from '../support/acts.ts';
import { onBothEngines } from '../support/databases.ts';
import { presses } from '../support/measured-pilot.ts';
import { silent } from '../support/silent-pilot.ts';
import type { World } from '../support/world.ts';

const at = (text: string): number => Date.parse(text);

const checksIn = async (world: World) => {
  await asks(world, 'ana', '/pilot check-in claims-triage');
  await world.control.fill('ana', { 'My view': 'Amber, some risk' });
  expect((await world.control.submit('ana')).ok).toBe(true);
  await world.settle();
};

const cardOf = (world: World, who: string): string =>
  told(world, who).findLast((text) => /Claims triage(:| is stuck| looks right)/.test(text)) ?? '';

onBothEngines('a stuck pilot that answers', (openFresh) => {
  it('has a card without decisions until the next check-in closes it', async () => {
    const world = await silent(await openFresh());
    await world.time.advanceTo(at('2026-01-27T12:00:00Z'));
    expect(cardOf(world, 'priya')).toMatch(/is stuck\. Can you unblock it\?[\s\S]*\[Unblock\]/);
    await checksIn(world);
    // A check-in is news about what is in the way as well.
    const sponsors = cardOf(world, 'priya');
    expect(sponsors).toMatch(
      /^Claims triage looks right again\nIt was about: something in the way, without news\.\nCloses by itself if the next look shows the same, by Tue 3 Feb at the latest\./,
    );
    expect(sponsors).toMatch(/Nothing is asked meanwhile\. If it comes back, you are asked again\./);
    expect(sponsors).not.toMatch(/Unblock|Stop|I'm on it|Suggested|No answer by/);
    await world.time.advanceTo(at('2026-01-29T12:00:00Z'));
    await checksIn(world);
    expect(cardOf(world, 'priya')).toMatch(/^Claims triage: looks right again since 29 January/);
    expect(world.complaints).toEqual([]);
  });

  it('is closed at once by whoever may say so, and asks again one step higher when it comes back', async () => {
    const world = await silent(await openFresh());
    await world.time.advanceTo(at('2026-01-27T12:00:00Z'));
    await checksIn(world);
    expect(cardOf(world, 'priya')).toMatch(/^Claims triage looks right again[\s\S]*\[Close it now\]/);
    // What has reached the sponsor is the sponsor's to close.
    expect(cardOf(world, 'ana')).not.toMatch(/Close it now/);
    await presses(world, 'priya', 'Close it now');
    expect(newest(world, 'priya', 'Pilotage')).toBe(
      'Claims triage: Closed. If it comes back, it is asked again.',
    );
    expect(told(world, 'priya').join('\n')).toMatch(/looks right again, closed by Priya Shah on 27 January/);
    const { cases } = world.db.tables;
    const closed = (await world.db.q.select().from(cases)).filter(({ cause }) => cause !== 'signature');
    expect(closed.map(({ closedAs }) => closedAs)).toEqual(['resolved', 'resolved']);
    expect(await world.db.q.select().from(world.db.tables.decisions)).toEqual([]);
    // Nobody answers again: what came back is with owner and backup at once.
    await world.time.advanceTo(at('2026-02-03T12:00:00Z'));
    const again = (await world.db.q.select().from(cases)).filter(({ closedAt }) => closedAt === null);
    expect(again.map(({ cause, state }) => [cause, state])).toEqual([['rhythm', 'L2']]);
    expect(world.complaints).toEqual([]);
  });

  it('is not closed by an old card once it does not look right any more', async () => {
    const world = await silent(await openFresh());
    await world.time.advanceTo(at('2026-01-27T12:00:00Z'));
    await checksIn(world);
    const { cases } = world.db.tables;
    const [row] = (await world.db.q.select().from(cases)).filter(({ state }) => state === 'RESOLVING(L3)');
    const record = { ...(row?.record as object), state: 'L3' };
    await world.db.q
      .update(cases)
      .set({ state: 'L3', record })
      .where(eq(cases.id, row?.id ?? ''));
    await presses(world, 'priya', 'Close it now');
    expect(newest(world, 'priya', 'Pilotage')).toMatch(
      /Claims triage does not look right at the moment, so there is something to answer\. Nothing has changed\./,
    );
    expect(world.complaints).toEqual([]);
  });
});
