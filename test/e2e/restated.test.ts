/** Is it said beside a status that its numbers were corrected, and what was agreed first? */
import { expect, it } from 'vitest';
import {
  addCriterion,
  asks,
  askToSign,
  newest,
  reads,
  register,
  signedPilot,
  told,
} from '../support/acts.ts';
import { onBothEngines } from '../support/databases.ts';
import { startWorld, type World } from '../support/world.ts';

const START = { 'Start date': '2026-01-05', 'Decision date': '2026-01-30' };
const at = (text: string): number => Date.parse(text);

async function opens(world: World, who: string, channel: string): Promise<string> {
  await world.control.press(who, { channel, label: 'How is this computed?' });
  await world.settle();
  const view = world.control.openView(who);
  const page = view === null ? '' : world.control.read.text(view as never);
  await world.control.closeView(who);
  return page;
}

/** Corrects the number that was recorded last, by the button below it. */
async function corrects(world: World, value: string): Promise<void> {
  await world.control.press('ana', { channel: '#general', label: 'Correct' });
  await world.settle();
  await world.control.fill('ana', { Value: value, Reason: 'Two digits swapped' });
  expect((await world.control.submit('ana')).ok).toBe(true);
  await world.settle();
}

async function criterionChanges(world: World, fields: Readonly<Record<string, string>>): Promise<void> {
  await world.control.command('ana', '#general', '/pilot criteria claims-triage');
  await world.settle();
  await world.control.pressInView('ana', { label: 'Edit', blockId: 'edit-0' });
  await world.settle();
  await world.control.fill('ana', fields);
  await world.settle();
  expect((await world.control.submit('ana')).ok).toBe(true);
  await world.settle();
}

async function signs(world: World): Promise<void> {
  await askToSign(world);
  await world.control.press('priya', { channel: 'Pilotage', label: 'Sign charter' });
  await world.settle();
}

const decisionCard = (world: World): string =>
  told(world, 'priya').findLast((text) => /Go to production\?|What next\?/.test(text)) ?? '';

onBothEngines('beside a status', (openFresh) => {
  it('stands that a number was corrected: on the page, on the card where the word changed, and when it is decided', async () => {
    const world = await startWorld(await openFresh());
    await signedPilot(world, 'Claims triage', { fields: START });
    await world.time.advanceTo(at('2026-01-13T10:00:00Z'));
    await asks(world, 'ana', '/pilot record claims-triage cost-per-claim 11.90');
    await world.time.advanceTo(at('2026-01-20T10:00:00Z'));
    await asks(world, 'ana', '/pilot record claims-triage cost-per-claim 17.90');
    expect(await opens(world, 'omar', '#claims')).not.toMatch(/Restated/);
    expect(reads(world, 'omar', '#claims')[0]).not.toMatch(/restated/);
    await world.time.advanceTo(at('2026-01-21T10:00:00Z'));
    await corrects(world, '12.10');
    expect(newest(world, 'ana', '#general')).toMatch(/it replaces €17\.90/);
    expect(await opens(world, 'omar', '#claims')).toMatch(
      /Rows: [\s\S]*\nRestated: the number of 12–18 January was corrected on 21 January\./,
    );
    const card = reads(world, 'omar', '#claims')[0] ?? '';
    expect(card).toMatch(/€12\.00; agreed €12\.50 or less by \d+ January; [a-z ]+; restated on 21 January/);
    // One more correction leaves the word as it is: the card says nothing of it, the page does.
    await world.time.advanceTo(at('2026-01-22T10:00:00Z'));
    await corrects(world, '17.80');
    expect(reads(world, 'omar', '#claims')[0]).not.toMatch(/restated/);
    expect(await opens(world, 'omar', '#claims')).toMatch(/12–18 January was corrected on 22 January\./);
    await world.time.advanceTo(at('2026-02-06T12:00:00Z'));
    expect(decisionCard(world)).toMatch(
      /Cost per claim: €\d+\.\d+; agreed €12\.50 or less\. Not met\. Restated on 22 January\./,
    );
    expect(world.complaints).toEqual([]);
  });

  it('stands what was agreed first, and what that would make of the numbers', async () => {
    const world = await startWorld(await openFresh());
    await register(world, 'Claims triage', { fields: START });
    await addCriterion(world);
    await addCriterion(world, 'claims-triage', { Metric: 'Minutes per claim', Unit: 'minutes', Target: '9' });
    await signs(world);
    await criterionChanges(world, { Target: '14' });
    await world.control.command('ana', '#general', '/pilot criteria claims-triage');
    await world.settle();
    await world.control.pressInView('ana', { label: 'Remove criterion', blockId: 'remove-1' });
    await world.settle();
    await world.control.closeView('ana');
    await signs(world);
    await world.time.advanceTo(at('2026-01-13T10:00:00Z'));
    await asks(world, 'ana', '/pilot record claims-triage cost-per-claim 13.20');
    await world.time.advanceTo(at('2026-01-20T10:00:00Z'));
    await asks(world, 'ana', '/pilot record claims-triage cost-per-claim 13.10');
    expect(await opens(world, 'omar', '#claims')).toMatch(
      /Rule: Passes if [^\n]*€14\.00[\s\S]*\nFirst agreed: €12\.50 or less \(made easier since\)\.[\s\S]*\nMinutes per claim: taken out since; first agreed 9 minutes or less\. By that it would be: numbers out of date\./,
    );
    await world.time.advanceTo(at('2026-02-06T12:00:00Z'));
    expect(decisionCard(world)).toMatch(
      /^Claims triage: met\.[\s\S]*agreed €14\.00 or less\. Met\. First agreed: €12\.50 or less \(made easier since\)\. By that it would be: not met\.\nMinutes per claim: taken out since; first agreed 9 minutes or less\. By that it would be: not shown\./,
    );
    expect(reads(world, 'omar', '#claims').join('\n')).toMatch(/By that it would be: not met\./);
    expect(world.complaints).toEqual([]);
  });
});
