/** Does a number from a file end the silence of a missed check-in, as one that was typed does? */
import { expect, it } from 'vitest';
import { asks, signedPilot } from '../support/acts.ts';
import { onBothEngines } from '../support/databases.ts';
import { startWorld, type World } from '../support/world.ts';

async function drops(world: World, end: string, value: number): Promise<void> {
  await asks(world, 'ana', '/pilot import');
  const content = `pilot,metric,end,value,source\nclaims-triage,cost-per-claim,${end},${value},warehouse`;
  await world.control.fill('ana', { File: { name: `${end}.csv`, content } as never });
  await world.control.submit('ana');
  await world.settle();
  await world.control.press('ana', { channel: 'Pilotage', label: 'Record 1' });
  await world.settle();
}

onBothEngines('numbers that come as files', (openFresh) => {
  it('are heard: a check-in that was missed before them does not count for ever', async () => {
    const world = await startWorld(await openFresh());
    const { looks } = world.db.tables;
    const standings = async () => {
      const rows = await world.db.q.select().from(looks);
      return rows.toSorted((a, b) => a.at - b.at).map(({ standing }) => standing);
    };
    await signedPilot(world, 'Claims triage', {
      fields: { 'Start date': '2026-01-05', 'Decision date': '2026-04-05' },
    });
    // The question of Thursday 15 January for the first week stays without an answer.
    await world.time.advanceTo(Date.parse('2026-01-20T08:00:00Z'));
    expect(await standings()).toContain('watch');
    for (const [end, value] of [
      ['2026-01-19', 17.9],
      ['2026-01-26', 17.2],
      ['2026-02-02', 16.4],
    ] as const) {
      await world.time.advanceTo(Date.parse(`${end}T08:00:00Z`));
      await drops(world, end, value);
    }
    await world.time.advanceTo(Date.parse('2026-02-03T08:00:00Z'));
    expect((await standings()).at(-1)).toBe('clear');
    // Silence begins after the last number, whatever was missed before it.
    await world.time.advanceTo(Date.parse('2026-02-17T08:00:00Z'));
    const newest = (await world.db.q.select().from(looks)).toSorted((a, b) => a.at - b.at).at(-1);
    expect(JSON.stringify(newest?.counted)).toContain('"dues":["2026-02-12"]');
    expect(world.complaints).toEqual([]);
  });
});
