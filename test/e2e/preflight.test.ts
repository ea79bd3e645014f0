/** Does whoever can mend it hear once, and before it matters, that nobody would stand in? */
import { expect, it } from 'vitest';
import { asks, reads, signedPilot, told } from '../support/acts.ts';
import { onBothEngines } from '../support/databases.ts';
import { startWorld, type World } from '../support/world.ts';

const START = { 'Start date': '2026-01-05', 'Decision date': '2026-04-05' };
const at = (text: string): number => Date.parse(text);

const warned = (world: World, who: string): string[] =>
  told(world, who).filter((text) => /^Before it matters/.test(text));

const presses = async (world: World, who: string, label: string) => {
  await world.control.press(who, { channel: 'Pilotage', label });
  await world.settle();
};

/** Names somebody for a role by the form that is open. */
async function names(world: World, who: string, person: string): Promise<void> {
  await world.control.fill(who, { 'New person': person });
  expect(await world.control.submit(who)).toMatchObject({ ok: true });
  await world.settle();
}

/** Who is programme office, by name. */
async function nameOffice(world: World): Promise<void> {
  await asks(world, 'lena', '/pilot settings workspace');
  await world.control.fill('lena', { 'Members of the programme office': ['@lena'] });
  expect(await world.control.submit('lena')).toMatchObject({ ok: true });
  await world.settle();
}

onBothEngines('before it matters', (openFresh) => {
  it('the owner hears once that no backup is named, names one, and hears no more', async () => {
    const world = await startWorld(await openFresh());
    await nameOffice(world);
    await signedPilot(world, 'Claims triage', { fields: START });
    await world.time.advanceTo(at('2026-01-19T05:30:00Z'));
    expect(warned(world, 'ana')).toEqual([]);
    await world.time.advanceTo(at('2026-01-28T12:00:00Z'));
    const [first, ...more] = warned(world, 'ana');
    expect(more).toEqual([]);
    expect(first).toMatch(/Claims triage: no backup is named who answers when you cannot\./);
    expect(first).toMatch(/\[Name a backup\]/);
    expect(warned(world, 'lena')).toEqual([]);
    expect(warned(world, 'priya')).toEqual([]);
    await presses(world, 'ana', 'Name a backup');
    expect(JSON.stringify(world.control.openView('ana'))).toMatch(/Backup owner/);
    await names(world, 'ana', '@marek');
    expect(reads(world, 'ana', 'Pilotage').join()).toMatch(
      /Marek Nowak is backup owner of Claims triage now/,
    );
    await world.time.advanceTo(at('2026-03-20T12:00:00Z'));
    expect(warned(world, 'ana')).toHaveLength(1);
    expect(world.complaints).toEqual([]);
  });

  it('the programme office hears that nobody decides two weeks before the decision, with the remedy', async () => {
    const world = await startWorld(await openFresh());
    await nameOffice(world);
    await signedPilot(world, 'Claims triage', {
      fields: { 'Start date': '2026-01-05', 'Decision date': '2026-02-06' },
    });
    await asks(world, 'ana', '/pilot hand-over claims-triage');
    await world.control.fill('ana', { Role: 'Backup owner' });
    await names(world, 'ana', '@marek');
    await world.time.advanceTo(at('2026-01-22T12:00:00Z'));
    expect(warned(world, 'lena')).toEqual([]);
    await world.time.advanceTo(at('2026-01-27T12:00:00Z'));
    const [first, ...more] = warned(world, 'lena');
    expect(more).toEqual([]);
    expect(first).toMatch(/Claims triage: no delegate is named who decides when Priya Shah cannot\./);
    expect(warned(world, 'ana')).toEqual([]);
    await presses(world, 'lena', 'Name a delegate');
    await names(world, 'lena', '@omar');
    expect(reads(world, 'lena', 'Pilotage').join()).toMatch(/Omar Haddad is delegate of Claims triage now/);
    expect(await asks(world, 'lena', '/pilot stalls')).not.toMatch(/Before it matters/);
    expect(world.complaints).toEqual([]);
  });

  it('a leave without anybody who stands in is told a week ahead, and what is mended in between is not told', async () => {
    const world = await startWorld(await openFresh());
    await nameOffice(world);
    await signedPilot(world, 'Claims triage', { fields: START });
    await signedPilot(world, 'Churn model', { fields: START });
    await asks(world, 'priya', '/pilot away 2026-01-19 2026-01-30');
    expect(await world.control.submit('priya')).toMatchObject({ ok: true });
    await world.settle();
    await world.time.advanceTo(at('2026-01-12T05:30:00Z'));
    // The look at six has found it; before the office is at work somebody is named for one of the two.
    await asks(world, 'priya', '/pilot hand-over claims-triage');
    await world.control.fill('priya', { Role: 'Delegate of the sponsor' });
    await names(world, 'priya', '@omar');
    await world.time.advanceTo(at('2026-01-13T12:00:00Z'));
    const [first, ...more] = warned(world, 'lena');
    expect(more).toEqual([]);
    expect(first).toMatch(
      /Churn model: Priya Shah is away from Mon 19 Jan to Fri 30 Jan, and nobody decides meanwhile\./,
    );
    expect(first).not.toMatch(/Claims triage/);
    expect(world.complaints).toEqual([]);
  });

  it('an admin hears once that nobody is named as programme office, and how to name its members', async () => {
    const world = await startWorld(await openFresh());
    await asks(world, 'lena', '/pilot list');
    await signedPilot(world, 'Claims triage', { fields: START });
    await world.time.advanceTo(at('2026-01-16T12:00:00Z'));
    const [first, ...more] = warned(world, 'lena');
    expect(more).toEqual([]);
    expect(first).toMatch(/Nobody is named for the programme office/);
    await presses(world, 'lena', 'Name its members');
    expect(world.control.openView('lena')?.title).toMatchObject({ text: 'Workspace settings' });
    expect(world.complaints).toEqual([]);
  });

  it('nothing is said while a pilot is paused, and nothing where all is well', async () => {
    const world = await startWorld(await openFresh());
    await nameOffice(world);
    await signedPilot(world, 'Claims triage', { fields: START });
    await asks(world, 'ana', '/pilot pause claims-triage');
    await world.control.fill('ana', { Reason: 'Budget freeze', 'Return day': '2026-03-02' });
    await world.control.submit('ana');
    await world.settle();
    await world.time.advanceTo(at('2026-02-10T12:00:00Z'));
    for (const who of ['ana', 'lena', 'priya']) expect(warned(world, who)).toEqual([]);
    expect(world.complaints).toEqual([]);
  });

  it('stands on one screen of a phone, and the rest behind a button', async () => {
    const world = await startWorld(await openFresh());
    for (const name of ['Alpha', 'Beta', 'Gamma', 'Delta', 'Omega', 'Sigma', 'Theta'])
      await signedPilot(world, name, { fields: START });
    const first = await asks(world, 'lena', '/pilot stalls');
    expect(first.match(/: no backup is named/g)).toHaveLength(5);
    expect(first).toMatch(/and 2 more pilots[\s\S]*\[Show all\] \[Change thresholds\]/);
    await world.control.press('lena', { channel: '#general', label: 'Show all' });
    await world.settle();
    const all = reads(world, 'lena', '#general').at(-1) ?? '';
    expect(all.match(/: no backup is named/g)).toHaveLength(7);
    expect(all).not.toMatch(/more pilots|Show all|Next/);
    expect(world.complaints).toEqual([]);
  });

  it('how the sponsor stands behind it is told to those who work on it, and how long they let wait to the office', async () => {
    const world = await startWorld(await openFresh());
    await signedPilot(world, 'Claims triage', { fields: START });
    const confirmed =
      /The sponsor: signed that the result is theirs \(unit, budget, own goal\), 5 of 5 confirmed; last answered on/;
    expect(await asks(world, 'ana', '/pilot show claims-triage')).toMatch(confirmed);
    expect(await asks(world, 'priya', '/pilot show claims-triage')).toMatch(confirmed);
    expect(await asks(world, 'nora', '/pilot show claims-triage')).not.toMatch(/The sponsor:|last answered/);
    expect(reads(world, 'omar', '#claims').join()).not.toMatch(/The sponsor:|last answered/);
    await world.time.advanceTo(at('2026-03-20T12:00:00Z'));
    expect(await asks(world, 'lena', '/pilot show claims-triage')).toMatch(/a question has waited since/);
    expect(await asks(world, 'ana', '/pilot show claims-triage')).not.toMatch(/has waited/);
    expect(await asks(world, 'lena', '/pilot stalls')).toMatch(/answering within 21 days 0 of 1/);
    await asks(world, 'lena', '/pilot hand-over claims-triage');
    await world.control.fill('lena', { Role: 'Executive sponsor' });
    await names(world, 'lena', '@diego');
    const handed = await asks(world, 'lena', '/pilot show claims-triage');
    expect(handed).toMatch(
      /The sponsor: 0 of 5 confirmed, nothing known yet; has not signed it themselves; the next version asks them to\.$/m,
    );
    expect(world.complaints).toEqual([]);
  });
});
