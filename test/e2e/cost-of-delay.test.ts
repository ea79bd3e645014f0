/** Does a sponsor read what waiting costs, and only with the name of whoever says so? */
import { expect, it } from 'vitest';
import { addCriterion, asks, askToSign, reads, register, told } from '../support/acts.ts';
import { onBothEngines } from '../support/databases.ts';
import { silent } from '../support/silent-pilot.ts';
import type { World } from '../support/world.ts';

const at = (text: string): number => Date.parse(text);

/** Signs what the owner has drafted, after trying to say what a delay costs in every way but the right one. */
async function agreeWithCost(world: World): Promise<void> {
  await register(world, 'Shelf planner', {
    fields: { 'Start date': '2026-01-05', 'Decision date': '2026-04-05' },
  });
  await addCriterion(world, 'shelf-planner');
  await asks(world, 'ana', '/pilot show shelf-planner');
  expect((await world.control.press('ana', { channel: '#general', label: 'Edit charter' })).ok).toBe(true);
  await world.settle();
  const tries = async (fields: Record<string, string>): Promise<string> => {
    await world.control.fill('ana', fields);
    return JSON.stringify((await world.control.submit('ana')).errorsByLabel ?? {});
  };
  expect(await tries({ [COST]: '8000 to 15000' })).toContain('names no currency');
  expect(await tries({ [COST]: '8,000 to 15,000 EUR' })).toContain('can be read in two ways');
  expect(await tries({ [COST]: '15000 to 8000 EUR' })).toContain('begins with the larger number');
  expect(await tries({ [COST]: '8000 EUR' })).toContain('is no range of money');
  expect(await tries({ [COST]: '8000 to 15000 EUR' })).toContain('Say who estimates this cost');
  expect(await tries({ 'Who says so': 'Finance, May forecast' })).toBe('{}');
  await world.settle();
  await askToSign(world, 'shelf-planner');
  await world.control.press('priya', { channel: 'Pilotage', label: 'Sign charter' });
  await world.settle();
  await asks(world, 'ana', '/pilot blocker shelf-planner ERP test access');
  await world.control.submit('ana');
  await world.settle();
}

const COST = 'Cost of delay, a week';

onBothEngines('what a delay costs', (openFresh) => {
  it('stands on the sponsor’s card with its source, and on none without', async () => {
    const world = await silent(await openFresh());
    await agreeWithCost(world);
    await world.time.advanceTo(at('2026-01-29T12:00:00Z'));
    const cards = told(world, 'priya').filter((text) => /is stuck/.test(text));
    const cardOf = (name: string) => cards.findLast((text) => text.startsWith(name)) ?? '';
    expect(cardOf('Claims triage')).toMatch(/Measured:/);
    expect(cardOf('Claims triage')).not.toMatch(/Waiting costs/);
    await asks(world, 'priya', '/pilot decide shelf-planner');
    const shown = reads(world, 'priya', '#general').at(-1) ?? '';
    expect(shown).toMatch(
      /Waiting costs: €8000(?:\.00)? to €15.000(?:\.00)? a week \(Finance, May forecast\)\./,
    );
    expect(world.complaints).toEqual([]);
  });
});
