/** Does the card of what looks right again ask nothing, and say what happens by itself? */
import { expect, it } from 'vitest';
import { asks, told } from '../support/acts.ts';
import { onBothEngines } from '../support/databases.ts';
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
});
