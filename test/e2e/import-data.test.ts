/** Does a file dropped in Slack show first what it would do, and count only on confirmation? */
import { expect, it } from 'vitest';
import { asks, newest, reads, signedPilot, told } from '../support/acts.ts';
import { onBothEngines } from '../support/databases.ts';
import { startWorld, type World } from '../support/world.ts';

const START = { 'Start date': '2026-01-05', 'Decision date': '2026-04-05' };

async function drop(world: World, who: string, name: string, content: string): Promise<void> {
  await asks(world, who, '/pilot import');
  await world.control.fill(who, { File: { name, content } as never });
  const submitted = await world.control.submit(who);
  expect(submitted.errorsByLabel).toEqual({});
  await world.settle();
}

onBothEngines('values from a file in Slack', (openFresh) => {
  it('are checked first, each wrong row by its line, and recorded on confirmation', async () => {
    const world = await startWorld(await openFresh());
    await signedPilot(world, 'Claims triage', { fields: START });
    await world.time.advanceTo(Date.parse('2026-01-27T08:00:00Z'));
    const rows = [
      'pilot,metric,end,value,unit,source',
      'claims-triage,cost-per-claim,2026-01-12,17.90,EUR/claim,warehouse',
      'claims-triage,cost-per-claim,2026-01-19,"1,234",EUR/claim,warehouse',
      'claims-triage,price,2026-01-19,16,EUR/claim,warehouse',
      'claims-triage,cost-per-claim,2026-01-26,16.20,EUR/claim,warehouse',
    ];
    await drop(world, 'ana', 'january.csv', rows.join('\n'));
    const dry = told(world, 'ana').at(-1) ?? '';
    expect(dry).toMatch(/january.csv: 2 values would be recorded/);
    expect(dry).toMatch(/Line 3, value: .*1234 or 1.234/);
    expect(dry).toMatch(/Line 4, metric: .*cost-per-claim/);
    expect(await world.db.q.select().from(world.db.tables.observations)).toHaveLength(0);
    await world.control.press('ana', { channel: 'Pilotage', label: 'Record 2' });
    await world.settle();
    expect(newest(world, 'ana', 'Pilotage')).toMatch(/2 values are recorded from january.csv/);
    expect(reads(world, 'omar', '#claims')[0]).toMatch(/€17.05; agreed/);
    await world.control.press('ana', { channel: 'Pilotage', label: 'Record 2' });
    await world.settle();
    expect(newest(world, 'ana', 'Pilotage')).toMatch(/0 values are recorded.*2 were there already/s);
    expect(world.complaints).toEqual([]);
  });

  it('say what is wrong with a file that cannot be read, and hide what somebody may not see', async () => {
    const world = await startWorld(await openFresh());
    await signedPilot(world, 'Claims triage', { fields: START });
    await world.time.advanceTo(Date.parse('2026-01-27T08:00:00Z'));
    await drop(world, 'ana', 'nothing.csv', ' ');
    expect(told(world, 'ana').at(-1)).toMatch(/file is empty[\s\S]*Nothing is recorded yet/);
    await drop(world, 'ana', 'columns.csv', 'pilot,metric,end,value,colour\n');
    expect(told(world, 'ana').at(-1)).toMatch(/colour/);
    const row = 'pilot,metric,end,value\nclaims-triage,cost-per-claim,2026-01-12,17.90';
    await drop(world, 'marek', 'mine.csv', row);
    expect(told(world, 'marek').at(-1)).toMatch(/0 values would be recorded/);
    expect(told(world, 'marek').at(-1)).not.toMatch(/Cost per claim/);
  });
});
