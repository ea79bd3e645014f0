/** Is a sponsor who is named anew asked to sign before they hear that the pilot is stuck? */
import { expect, it } from 'vitest';
import { addCriterion, asks, askToSign, register, told } from '../support/acts.ts';
import { onBothEngines } from '../support/databases.ts';
import { startWorld, type World } from '../support/world.ts';

const START = { 'Start date': '2026-01-05', 'Decision date': '2026-06-01' };
const at = (text: string): number => Date.parse(text);

/** A pilot whose sponsor declined weeks ago; it is stuck, and the programme office has been told. */
async function declined(world: World, blocker?: string): Promise<void> {
  await asks(world, 'lena', '/pilot settings workspace');
  await world.control.fill('lena', { 'Members of the programme office': ['@lena'] });
  expect(await world.control.submit('lena')).toMatchObject({ ok: true });
  await world.settle();
  await register(world, 'Claims triage', { fields: START });
  await addCriterion(world);
  await askToSign(world);
  await world.control.press('priya', { channel: 'Pilotage', label: 'Decline' });
  await world.settle();
  await world.control.fill('priya', { 'Why not': 'Not my unit.' });
  expect(await world.control.submit('priya')).toMatchObject({ ok: true });
  await world.settle();
  if (blocker !== undefined) {
    await asks(world, 'ana', `/pilot blocker claims-triage ${blocker}`);
    await world.control.submit('ana');
    await world.settle();
  }
  await world.time.advanceTo(at('2026-03-02T12:00:00Z'));
}

async function nameSponsor(world: World, person: string): Promise<void> {
  await asks(world, 'ana', '/pilot sign-off claims-triage');
  await world.control.press('ana', { channel: '#general', label: 'Edit charter' });
  await world.settle();
  await world.control.fill('ana', { 'Executive sponsor': person });
  expect(await world.control.submit('ana')).toMatchObject({ ok: true });
  await world.settle();
}

const stuck = (world: World, who: string): string[] =>
  told(world, who).filter((text) => /is stuck/.test(text));

onBothEngines('a pilot that is stuck for want of a signature', (openFresh) => {
  it('asks a new sponsor to sign first, and says that it is stuck once they have had time to', async () => {
    const world = await startWorld(await openFresh());
    await declined(world, 'ERP test access');
    expect(stuck(world, 'priya')).toEqual([]);
    expect(stuck(world, 'lena').length).toBeGreaterThan(0);
    await nameSponsor(world, '@diego');
    await world.time.advanceTo(at('2026-03-05T12:00:00Z'));
    expect(told(world, 'diego')).toEqual([]);
    const before = told(world, 'lena').length;
    await asks(world, 'ana', '/pilot sign-off claims-triage');
    await world.time.advanceTo(at('2026-03-10T22:00:00Z'));
    const [request, ...more] = told(world, 'diego');
    expect(request).toMatch(/Claims triage: do you sign this\?[\s\S]*Unsigned on Tue 10 Mar/);
    for (const text of more) expect(text).toMatch(/Last reminder/);
    expect(stuck(world, 'diego')).toEqual([]);
    // Nor is somebody looked for who decides while the new sponsor has time to answer.
    expect(stuck(world, 'lena').length).toBeLessThanOrEqual(before);
    expect(told(world, 'lena')).toHaveLength(before);
    await world.time.advanceTo(at('2026-03-13T12:00:00Z'));
    const [card, ...others] = stuck(world, 'diego');
    expect(card).toMatch(/In the way: ERP test access/);
    expect(others).toEqual([]);
    expect(world.complaints).toEqual([]);
  });

  it('does not bother a new sponsor who signs in time', async () => {
    const world = await startWorld(await openFresh());
    await declined(world);
    await nameSponsor(world, '@diego');
    await asks(world, 'ana', '/pilot sign-off claims-triage');
    await world.time.advanceTo(at('2026-03-04T12:00:00Z'));
    await world.control.press('diego', { channel: 'Pilotage', label: 'Sign charter' });
    await world.time.advanceTo(at('2026-03-10T07:00:00Z'));
    expect(stuck(world, 'diego')).toEqual([]);
    expect(told(world, 'diego').join()).toMatch(/Claims triage: signed/);
    expect(world.complaints).toEqual([]);
  });
});
