/** Does a question find its way to the owner, and the answer back? */
import { expect, it } from 'vitest';
import { addCriterion, askToSign, register, told } from '../support/acts.ts';
import { onBothEngines } from '../support/databases.ts';
import { startWorld } from '../support/world.ts';

onBothEngines('asking about a pilot', (openFresh) => {
  it('goes from the request to the owner within working hours, and the answer to whoever asked', async () => {
    const world = await startWorld(await openFresh());
    await register(world);
    await addCriterion(world);
    await askToSign(world);
    await world.time.advanceTo(Date.parse('2026-01-05T20:00:00Z'));
    await world.control.press('priya', { channel: 'Pilotage', label: 'Ask Ana' });
    await world.settle();
    await world.control.fill('priya', { 'Your question': 'Who pays for the letters?' });
    await world.control.submit('priya');
    await world.settle();
    expect(told(world, 'ana').join()).not.toMatch(/Who pays/);
    await world.time.advanceTo(Date.parse('2026-01-06T08:00:00Z'));
    expect(told(world, 'ana').at(-1)).toMatch(/Priya Shah has a question[\s\S]*Who pays for the letters/);
    await world.control.press('ana', { channel: 'Pilotage', label: 'Answer' });
    await world.settle();
    await world.control.fill('ana', { Answer: 'The claims budget.' });
    await world.control.submit('ana');
    await world.time.advanceTo(Date.parse('2026-01-06T10:00:00Z'));
    expect(told(world, 'priya').at(-1)).toMatch(
      /You asked: "Who pays for the letters\?"\nAna Costa: "The claims budget\."/,
    );
    expect(world.complaints).toEqual([]);
  });
});
