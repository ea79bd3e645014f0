/** Is somebody who is away left alone, and does whoever stands in for them get what waits, for as long as that lasts? */
import { expect, it } from 'vitest';
import { verify } from '../../src/db/verify.ts';
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

const START = { 'Start date': '2026-01-05', 'Decision date': '2026-04-05' };
type Given = Record<string, string | null>;

const at = (world: World, instant: string) => world.time.advanceTo(Date.parse(instant));
const from = (list: readonly string[], pattern: RegExp) => list.filter((text) => pattern.test(text));

const shown = (world: World, who: string): string => {
  const view = world.control.openView(who);
  return view === null ? '' : world.control.read.text(view as never);
};

async function goAway(world: World, who: string, fields: Given): Promise<string> {
  await world.control.command(who, '#general', '/pilot away');
  await world.settle();
  await world.control.fill(who, fields as never);
  const submitted = await world.control.submit(who);
  await world.settle();
  if (submitted.ok) return newest(world, who, '#general');
  await world.control.closeView(who);
  return Object.values(submitted.errorsByLabel).join(' ');
}

const heldBy = async (world: World, person: string) =>
  (await world.db.q.select().from(world.db.tables.roles))
    .filter((role) => role.until === null && role.person === person)
    .map(({ role }) => role)
    .sort();

onBothEngines('being away', (openFresh) => {
  it('is kept, listed and taken back', async () => {
    const db = await openFresh();
    const world = await startWorld(db);
    expect(await goAway(world, 'ana', { From: '2026-08-03', 'Last day': '2026-08-14' })).toMatch(
      /You are away Mon 3 Aug to Fri 14 Aug; nobody stands in[\s\S]*Nothing is sent to you on these days/,
    );
    expect(await goAway(world, 'ana', { From: '2026-02-02', 'Last day': '2026-02-02' })).toMatch(
      /You are away Mon 2 Feb;/,
    );
    expect(await goAway(world, 'ana', { From: '2026-08-10', 'Last day': '2026-08-21' })).toMatch(
      /Mon 10 Aug to Fri 21 Aug[\s\S]*This takes the place of Mon 3 Aug to Fri 14 Aug/,
    );
    await world.control.command('ana', '#general', '/pilot away 2026-03-02 2026-03-06 @omar');
    await world.settle();
    expect(shown(world, 'ana')).toMatch(
      /Mon 2 Feb; nobody stands in[\s\S]*Mon 10 Aug to Fri 21 Aug; nobody stands in/,
    );
    expect(JSON.stringify(world.control.openView('ana'))).toMatch(/2026-03-02.*2026-03-06.*U0OMAR00001/);
    await world.control.pressInView('ana', { actionId: 'cancel-leave#0' });
    await world.settle();
    expect(shown(world, 'ana')).not.toMatch(/Mon 2 Feb/);
    expect(shown(world, 'ana')).toMatch(/Mon 10 Aug/);
    await world.control.closeView('ana');
    await world.control.press('ana', { channel: '#general', label: 'Take back' });
    await world.settle();
    expect(newest(world, 'ana', '#general')).toMatch(/You are not away Mon 10 Aug to Fri 21 Aug any more/);
    await world.control.press('ana', { channel: '#general', label: 'Take back' });
    await world.settle();
    expect(newest(world, 'ana', '#general')).toMatch(
      /not among your days away any more. Nothing has changed/,
    );
    const [row] = await db.q.select().from(db.tables.preferences);
    expect((row?.settings['calendar'] as { leave: unknown[] }).leave).toEqual([]);
    expect(await verify(db)).toBeNull();
    expect(world.complaints).toEqual([]);
  });

  it('is refused in words where it makes no sense', async () => {
    const world = await startWorld(await openFresh());
    const cases: [Given, RegExp][] = [
      [{ From: '2026-08-14', 'Last day': '2026-08-03' }, /The last day comes before the first/],
      [{ From: '2026-01-01', 'Last day': '2026-01-04' }, /4 January is over already/],
      [{ From: '2026-02-01', 'Last day': '2029-02-01' }, /More than two years is a hand-over/],
      [{ 'Last day': '2026-01-09', 'Who stands in': '@ana' }, /You are away yourself/],
      [{ 'Last day': '2026-01-09', 'Who stands in': '@greg' }, /guest/],
      [{ 'Last day': '2026-01-09', 'Who stands in': '@karl' }, /deactivated/],
      [{ 'Last day': '2026-01-09', 'Who stands in': '@eve' }, /another company/],
    ];
    for (const [fields, words] of cases)
      expect(await goAway(world, 'ana', fields), String(words)).toMatch(words);
  });

  it('leaves the owner alone and asks whoever stands in, who may check in', async () => {
    const db = await openFresh();
    const world = await startWorld(db);
    await signedPilot(world, 'Claims triage', { fields: START });
    expect(
      await goAway(world, 'ana', { From: '2026-01-07', 'Last day': '2026-01-13', 'Who stands in': '@marek' }),
    ).toMatch(/Marek Nowak stands in/);
    expect(told(world, 'marek')).toHaveLength(1);
    expect(told(world, 'marek')[0]).toMatch(
      /You stand in for Ana Costa[\s\S]*When: Wed 7 Jan to Tue 13 Jan[\s\S]*You report for them: Claims triage/,
    );
    expect(await heldBy(world, 'U0MAREK0001')).toEqual([]);
    await at(world, '2026-01-07T08:00:00Z');
    expect(await heldBy(world, 'U0MAREK0001')).toEqual(['backup']);
    await at(world, '2026-01-08T15:00:00Z');
    expect(from(told(world, 'ana'), /check-in due/)).toHaveLength(0);
    expect(from(told(world, 'marek'), /check-in due/)).toHaveLength(1);
    expect(await asks(world, 'marek', '/pilot check-in claims-triage')).not.toMatch(/cannot/);
    await world.control.closeView('marek');
    await at(world, '2026-01-14T08:00:00Z');
    expect(await heldBy(world, 'U0MAREK0001')).toEqual([]);
    expect(from(told(world, 'marek'), /You stood in for Ana Costa/)).toHaveLength(1);
    expect(await asks(world, 'marek', '/pilot check-in claims-triage')).toMatch(
      /cannot check in for Claims triage/,
    );
    await at(world, '2026-01-15T15:00:00Z');
    expect(from(told(world, 'ana'), /check-in due/)).toHaveLength(1);
    expect(await verify(db)).toBeNull();
    expect(world.complaints).toEqual([]);
  });

  it('gives the sponsor’s open request to whoever stands in, shown as one for the other', async () => {
    const db = await openFresh();
    const world = await startWorld(db);
    await register(world, 'Claims triage', { fields: START });
    await addCriterion(world);
    await askToSign(world);
    await goAway(world, 'priya', { From: '2026-01-05', 'Last day': '2026-01-16', 'Who stands in': '@nora' });
    expect(await heldBy(world, 'U0NORA00001')).toEqual(['delegate']);
    expect(from(told(world, 'nora'), /Claims triage: do you sign this/)).toHaveLength(1);
    await world.control.press('nora', { channel: 'Pilotage', label: 'Sign charter' });
    await world.settle();
    expect(reads(world, 'omar', '#claims').join('\n')).toMatch(/Nora Byrne for Priya Shah signed version 1/);
    expect(from(told(world, 'ana'), /Nora Byrne for Priya Shah signed Claims triage/)).toHaveLength(1);
    expect(await verify(db)).toBeNull();
  });

  it('asks whoever stands in at once when the sponsor is away on the day of asking', async () => {
    const world = await startWorld(await openFresh());
    await register(world, 'Claims triage', { fields: START });
    await addCriterion(world);
    await goAway(world, 'priya', { From: '2026-01-05', 'Last day': '2026-01-16', 'Who stands in': '@nora' });
    expect(told(world, 'nora').join('\n')).not.toMatch(/Claims triage/);
    await askToSign(world);
    expect(newest(world, 'ana', '#general')).toMatch(
      /Priya Shah is away until Fri 16 Jan; Nora Byrne is asked for them/,
    );
    expect(from(told(world, 'nora'), /Claims triage: do you sign this/)).toHaveLength(1);
  });

  it('ends at once when it is taken back, and whoever stood in reads it in the same message', async () => {
    const world = await startWorld(await openFresh());
    await signedPilot(world, 'Claims triage', { fields: START });
    await goAway(world, 'ana', { From: '2026-01-05', 'Last day': '2026-01-16', 'Who stands in': '@marek' });
    expect(await heldBy(world, 'U0MAREK0001')).toEqual(['backup']);
    await goAway(world, 'ana', { From: '2026-01-05', 'Last day': '2026-01-20', 'Who stands in': '@jonas' });
    expect(await heldBy(world, 'U0MAREK0001')).toEqual([]);
    expect(await heldBy(world, 'U0JONAS0001')).toEqual(['backup']);
    expect(told(world, 'marek')).toHaveLength(1);
    expect(told(world, 'marek')[0]).toMatch(/You need not stand in for Ana Costa/);
    await world.control.press('ana', { channel: '#general', label: 'Take back' });
    await world.settle();
    expect(await heldBy(world, 'U0JONAS0001')).toEqual([]);
    expect(told(world, 'jonas')[0]).toMatch(/You need not stand in for Ana Costa/);
    await goAway(world, 'ana', { From: '2026-01-06', 'Last day': '2026-01-16', 'Who stands in': '@jonas' });
    await goAway(world, 'ana', { From: '2026-01-05', 'Last day': '2026-01-20', 'Who stands in': '@jonas' });
    expect(await heldBy(world, 'U0JONAS0001')).toEqual(['backup']);
  });

  it('gives nobody a place on both sides, and leaves people who were named by hand where they are', async () => {
    const world = await startWorld(await openFresh());
    await signedPilot(world, 'Claims triage', { fields: START });
    await signedPilot(world, 'Claims letters', { fields: START });
    expect(
      await goAway(world, 'priya', { From: '2026-01-05', 'Last day': '2026-01-09', 'Who stands in': '@ana' }),
    ).toMatch(/Nobody stands in for you in Claims letters, Claims triage: Ana Costa is on its other side/);
    expect(await heldBy(world, 'U0ANA000001')).toEqual(['owner', 'owner']);
    await world.control.command('ana', '#general', '/pilot hand-over claims-triage');
    await world.settle();
    await world.control.fill('ana', { Role: 'Backup owner', 'New person': '@jonas' });
    await world.control.submit('ana');
    await world.settle();
    await goAway(world, 'ana', { From: '2026-01-05', 'Last day': '2026-01-06', 'Who stands in': '@marek' });
    expect(await heldBy(world, 'U0MAREK0001')).toEqual(['backup']);
    expect(await heldBy(world, 'U0JONAS0001')).toEqual(['backup']);
    await at(world, '2026-01-08T08:00:00Z');
    expect(await heldBy(world, 'U0MAREK0001')).toEqual([]);
    expect(await heldBy(world, 'U0JONAS0001')).toEqual(['backup']);
  });

  it('reaches pilots that come during it, and says when both are away', async () => {
    const world = await startWorld(await openFresh());
    await goAway(world, 'marek', { From: '2026-01-08', 'Last day': '2026-01-09' });
    expect(
      await goAway(world, 'ana', { From: '2026-01-05', 'Last day': '2026-01-16', 'Who stands in': '@marek' }),
    ).toMatch(/Marek Nowak is away Thu 8 Jan to Fri 9 Jan too/);
    await register(world, 'Claims triage', { fields: START });
    expect(await heldBy(world, 'U0MAREK0001')).toEqual([]);
    await at(world, '2026-01-06T08:00:00Z');
    expect(await heldBy(world, 'U0MAREK0001')).toEqual(['backup']);
  });
});
