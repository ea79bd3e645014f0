/** Do values get in, count, and come back out when they were wrong? */
import { expect, it } from 'vitest';
import { addCriterion, asks, newest, reads, register, signedPilot, told } from '../support/acts.ts';
import { onBothEngines } from '../support/databases.ts';
import { startWorld, type World } from '../support/world.ts';

const DAY = 24 * 60 * 60 * 1000;
const START = { 'Start date': '2026-01-05', 'Decision date': '2026-04-05' };

async function at(world: World, day: string): Promise<void> {
  await world.time.advanceTo(Date.parse(`${day}T08:00:00Z`));
}

onBothEngines('recording values', (openFresh) => {
  it('takes a value by command, says what it means, and edits the card', async () => {
    const world = await startWorld(await openFresh());
    await signedPilot(world, 'Claims triage', { fields: START });
    await at(world, '2026-01-13');
    const answer = await asks(world, 'ana', '/pilot record claims-triage cost-per-claim 17.90');
    expect(answer).toMatch(/Cost per claim, 5–11 January: €17.90 is recorded/);
    expect(answer).toMatch(/agreed €12.50 or less by 29 March/);
    expect(reads(world, 'omar', '#claims')[0]).toMatch(/€17.90; agreed €12.50 or less/);
    expect(reads(world, 'omar', '#claims')[0]).toMatch(/measuring/);
    expect(world.complaints).toEqual([]);
  });

  it('understands the name, a unit, a day inside the period, and refuses the rest in one sentence', async () => {
    const world = await startWorld(await openFresh());
    await signedPilot(world, 'Claims triage', { fields: START });
    await at(world, '2026-01-28');
    const says = (words: string) => asks(world, 'ana', `/pilot record claims-triage ${words}`);
    expect(await says('Cost per claim €16,50 2026-01-14')).toMatch(/12–18 January: €16.50 is recorded/);
    expect(await says('"cost per claim" 15.80')).toMatch(/19–25 January: €15.80 is recorded/);
    expect(await says('cost-per-claim 15.80 2026-01-20')).toMatch(
      /stands there already. Nothing has changed/,
    );
    expect(await says('cost-per-claim 15.60 2026-01-20')).toMatch(/it replaces €15.80/);
    expect(await says('cost-per-claim 1,234')).toMatch(/could mean 1234 or 1.234/);
    expect(await says('cost-per-claim 12 %')).toMatch(/I do not convert/);
    expect(await says('cost-per-claim NaN')).toMatch(/not a number/);
    expect(await says('cost-per-claim 1e400')).toMatch(/not a number|larger than any/);
    expect(await says('cost-per-claim 12 2026-01-27')).toMatch(
      /still running. It can be recorded from Mon 2 Feb/,
    );
    expect(await says('cost-per-claim 12 2026-01-02')).toMatch(/before the start/);
    expect(await says('cost-per-claim 12 28.01.2026')).toMatch(/not a day I can read/);
    expect(await says('cost-per-clam 12')).toMatch(/no metric "cost-per-clam". Near it: cost-per-claim/);
    expect(await asks(world, 'marek', '/pilot record claims-triage cost-per-claim 12')).toMatch(
      /cannot record values of Claims triage. Ana Costa can/,
    );
  });

  it('asks by form for what is missing, with the period and old values as hints, never in the field', async () => {
    const world = await startWorld(await openFresh());
    await signedPilot(world, 'Claims triage', { fields: START });
    await addCriterion(world, 'claims-triage', {
      Metric: 'Live in one unit',
      Kind: 'yes or no',
      Unit: '',
      Baseline: '',
      Target: '',
    });
    await at(world, '2026-01-13');
    await asks(world, 'ana', '/pilot record claims-triage cost-per-claim 17.90');
    await at(world, '2026-01-20');
    await world.control.press('ana', { channel: 'Pilotage', label: 'Record values' });
    await world.settle();
    const form = world.control.openView('ana');
    expect(JSON.stringify(form)).toMatch(/Cost per claim, EUR per claim, 12–18 January/);
    expect(JSON.stringify(form)).toMatch(/last €17.90 · agreed €12.50 or less/);
    expect(JSON.stringify(form)).not.toMatch(/initial_value/);
    expect((await world.control.submit('ana')).ok).toBe(false);
    await world.control.fill('ana', { 'Cost per claim, EUR per claim, 12–18 January': '12 apples' });
    const refused = await world.control.submit('ana');
    expect(Object.values(refused.errorsByLabel)[0]).toMatch(/apples/);
    await world.control.fill('ana', { 'Cost per claim, EUR per claim, 12–18 January': '16.10' });
    expect((await world.control.submit('ana')).ok).toBe(true);
    await world.settle();
    expect(newest(world, 'ana', 'Pilotage')).toMatch(/16.10 is recorded/);
  });

  it('corrects and withdraws a value, keeping what stood there', async () => {
    const db = await openFresh();
    const world = await startWorld(db);
    await signedPilot(world, 'Claims triage', { fields: START });
    await at(world, '2026-01-13');
    await asks(world, 'ana', '/pilot record claims-triage cost-per-claim 71.90');
    await world.control.press('ana', { channel: '#general', label: 'Correct' });
    await world.settle();
    await world.control.fill('ana', { Value: '17.90', Reason: 'Two digits swapped' });
    await world.control.submit('ana');
    await world.settle();
    expect(newest(world, 'ana', '#general')).toMatch(/17.90 is recorded; it replaces €71.90/);
    await world.control.press('ana', { channel: '#general', label: 'Withdraw' });
    await world.settle();
    expect(newest(world, 'ana', '#general')).toMatch(/withdrawn/);
    expect(reads(world, 'omar', '#claims')[0]).not.toMatch(/17.90/);
    const rows = await db.q.select().from(db.tables.observations);
    expect(rows).toHaveLength(3);
    expect(rows.filter(({ withdrawn }) => withdrawn)).toHaveLength(1);
  });

  it('says met and not met only at the end, and tells the channel when the word changes', async () => {
    const world = await startWorld(await openFresh());
    await signedPilot(world, 'Claims triage', { fields: START });
    for (let week = 0; week < 12; week += 1) {
      await at(world, new Date(Date.UTC(2026, 0, 13) + week * 7 * DAY).toISOString().slice(0, 10));
      const answer = await asks(world, 'ana', `/pilot record claims-triage cost-per-claim ${18 - week}`);
      expect(answer).not.toMatch(/not met/);
    }
    await at(world, '2026-04-05');
    expect(reads(world, 'omar', '#claims').join('\n')).toMatch(/at target so far|on track/);
    expect(await asks(world, 'omar', '/pilot show claims-triage')).toMatch(/met/);
    expect(world.complaints).toEqual([]);
  });

  it('lets whoever a criterion names as its source record it', async () => {
    const world = await startWorld(await openFresh());
    await register(world, 'Claims triage', { fields: START });
    await addCriterion(world, 'claims-triage', { Source: '@marek' });
    await at(world, '2026-01-13');
    expect(await asks(world, 'marek', '/pilot record claims-triage cost-per-claim 17')).toMatch(
      /no pilot "claims-triage"/,
    );
    await world.control.command('ana', '#general', '/pilot list');
    expect(told(world, 'marek')).toEqual([]);
  });
});
