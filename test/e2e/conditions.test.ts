/** Is whoever a condition of a go waits for reminded of it, once before its day and once after it? */
import { expect, it } from 'vitest';
import { asks, newest, told } from '../support/acts.ts';
import { onBothEngines } from '../support/databases.ts';
import { goesOnCondition, presses, submits } from '../support/measured-pilot.ts';
import type { World } from '../support/world.ts';

const at = (text: string): number => Date.parse(text);

const about = (world: World, who: string): string[] =>
  told(world, who).filter((text) => /^Claims triage: a condition is /.test(text));

const home = async (world: World, who: string): Promise<string> => {
  await world.control.openHome(who);
  await world.settle();
  return JSON.stringify(world.control.read.home(who));
};

onBothEngines('a condition of a go', (openFresh) => {
  it('is listed for the owner, reminded of three working days before, and gone once it is done', async () => {
    const world = await goesOnCondition(await openFresh(), 'Audit of the first month', '2026-03-06');
    expect(await asks(world, 'ana', '/pilot mine')).toMatch(
      /Claims triage: condition: Audit of the first month, by Fri 6 Mar[\s\S]*\[Done: Audit of the first month\]/,
    );
    expect(await home(world, 'ana')).toMatch(/condition: Audit of the first month, by Fri 6 Mar/);
    expect(await asks(world, 'priya', '/pilot mine')).not.toMatch(/Audit/);
    await world.time.advanceTo(at('2026-03-02T22:00:00Z'));
    expect(about(world, 'ana')).toEqual([]);
    await world.time.advanceTo(at('2026-03-03T07:59:00Z'));
    expect(about(world, 'ana')).toEqual([]);
    await world.time.advanceTo(at('2026-03-04T22:00:00Z'));
    expect(about(world, 'ana')).toHaveLength(1);
    expect(about(world, 'ana')[0]).toMatch(
      /^Claims triage: a condition is due by Fri 6 Mar[\s\S]*Condition: Audit of the first month, by Fri 6 Mar\.[\s\S]*the one reminder before its day[\s\S]*\[Done: Audit of the first month\]/,
    );
    expect(about(world, 'priya')).toEqual([]);
    await presses(world, 'ana', 'Done: Audit of the first month');
    expect(newest(world, 'ana', 'Pilotage')).toMatch(/the condition is done\. No condition is open any more/);
    await presses(world, 'ana', 'Done: Audit of the first month');
    expect(newest(world, 'ana', 'Pilotage')).toMatch(/done already/);
    expect(await asks(world, 'ana', '/pilot mine')).not.toMatch(/Audit/);
    await world.time.advanceTo(at('2026-03-16T22:00:00Z'));
    expect(about(world, 'ana')).toHaveLength(1);
    expect(about(world, 'priya')).toEqual([]);
    expect(world.complaints).toEqual([]);
  });

  it('once overdue is told to its owner, a working day later to the sponsor, and to nobody again', async () => {
    const world = await goesOnCondition(await openFresh(), 'Audit of the first month', '2026-03-06');
    await world.time.advanceTo(at('2026-03-09T22:00:00Z'));
    expect(about(world, 'ana')).toHaveLength(2);
    expect(about(world, 'ana').join()).toMatch(
      /a condition is overdue since Fri 6 Mar[\s\S]*Priya Shah, the sponsor, reads it a working day later/,
    );
    expect(about(world, 'priya')).toEqual([]);
    await world.time.advanceTo(at('2026-03-10T22:00:00Z'));
    expect(about(world, 'priya')).toHaveLength(1);
    expect(about(world, 'priya')[0]).toMatch(
      /a condition is overdue since Fri 6 Mar[\s\S]*Ana Costa was asked; nothing is needed from you\. You hear of it once\.[\s\S]*\[Ask Ana\]/,
    );
    await world.time.advanceTo(at('2026-03-31T22:00:00Z'));
    expect(about(world, 'ana')).toHaveLength(2);
    expect(about(world, 'priya')).toHaveLength(1);
    expect(await asks(world, 'ana', '/pilot mine')).toMatch(
      /condition: Audit of the first month, overdue since Fri 6 Mar/,
    );
    expect(world.complaints).toEqual([]);
  });

  it('rests while its pilot is paused, also between the look and the slot, and is told afterwards', async () => {
    const world = await goesOnCondition(await openFresh(), 'Audit of the first month', '2026-03-06');
    await world.time.advanceTo(at('2026-03-03T05:30:00Z'));
    await asks(world, 'ana', '/pilot pause claims-triage');
    expect(await submits(world, 'ana', { Reason: 'Winter break' })).toMatchObject({ ok: true });
    expect(await asks(world, 'ana', '/pilot mine')).not.toMatch(/Audit/);
    await world.time.advanceTo(at('2026-03-16T22:00:00Z'));
    expect(about(world, 'ana')).toEqual([]);
    expect(about(world, 'priya')).toEqual([]);
    await asks(world, 'ana', '/pilot resume claims-triage');
    await world.settle();
    await world.time.advanceTo(at('2026-03-18T22:00:00Z'));
    expect(about(world, 'ana')).toHaveLength(1);
    expect(about(world, 'ana')[0]).toMatch(/overdue since Fri 6 Mar/);
    expect(world.complaints).toEqual([]);
  });

  it('is reminded of anew when its day has moved, and not before', async () => {
    const world = await goesOnCondition(await openFresh(), 'Audit of the first month', '2026-03-06');
    await world.time.advanceTo(at('2026-03-04T22:00:00Z'));
    expect(about(world, 'ana')).toHaveLength(1);
    await world.db.q.update(world.db.tables.conditions).set({ due: '2026-03-27' });
    await world.time.advanceTo(at('2026-03-23T22:00:00Z'));
    expect(about(world, 'ana')).toHaveLength(1);
    await world.time.advanceTo(at('2026-03-25T22:00:00Z'));
    expect(about(world, 'ana')).toHaveLength(2);
    expect(about(world, 'priya')).toEqual([]);
    expect(world.complaints).toEqual([]);
  });
});
