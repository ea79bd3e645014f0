/** Can the programme office see how stuck pilots are found, and change it knowing what that brings? */
import { expect, it } from 'vitest';
import { asks, newest, signedPilot } from '../support/acts.ts';
import { onBothEngines } from '../support/databases.ts';
import { startWorld, type World } from '../support/world.ts';

const START = { 'Start date': '2026-01-05', 'Decision date': '2026-04-05' };
const at = (text: string): number => Date.parse(text);

const submits = async (world: World, who: string, fields: Readonly<Record<string, string>>) => {
  await world.control.fill(who, fields);
  const result = await world.control.submit(who);
  await world.settle();
  return result;
};

const opens = async (world: World) => {
  await asks(world, 'lena', '/pilot stalls');
  await world.control.press('lena', { channel: '#general', label: 'Change thresholds' });
  await world.settle();
};

onBothEngines('thresholds', (openFresh) => {
  it('are seen, refused with the reason, shown with what they bring, and saved for what comes', async () => {
    const world = await startWorld(await openFresh());
    await signedPilot(world, 'Claims triage', { fields: START });
    await world.time.advanceTo(at('2026-02-03T12:00:00Z'));
    expect(await asks(world, 'ana', '/pilot stalls')).toMatch(/You cannot see how stuck pilots are found/);
    const page = await asks(world, 'lena', '/pilot stalls');
    expect(page).toMatch(/In the last 90 days: \d+ matters?; /);
    expect(page).toMatch(
      /Before it matters:\nClaims triage: no backup [^\n]*; no delegate is named who decides when Priya Shah cannot\./,
    );
    expect(page).toMatch(
      /Sponsors of running pilots: answering within 21 days 1 of 1; confirmed in all five points 1 of 1\./,
    );
    expect(page).toMatch(/Thresholds: normal\./);

    await opens(world);
    const never = await submits(world, 'lena', { Advanced: 'missed_critical 12' });
    expect(never.errorsByLabel['Advanced']).toMatch(
      /a pilot nobody hears of for eight weeks would never reach its sponsor/,
    );
    const always = await submits(world, 'lena', { Advanced: 'missed_major 1\nmissed_critical 1' });
    expect(always.errorsByLabel['Advanced']).toMatch(/one bad week would bring a pilot before its sponsor/);
    const unknown = await submits(world, 'lena', { Advanced: 'missed_crit 3' });
    expect(unknown.errorsByLabel['Advanced']).toMatch(
      /"missed_crit 3" is not a threshold[\s\S]*missed_critical/,
    );
    await submits(world, 'lena', {
      Thresholds: 'Strict: earlier, more messages',
      Advanced: 'blocker_minor 7',
    });
    expect(JSON.stringify(world.control.openView('lena'))).toMatch(
      /the last four weeks would have brought about \d cards? to owners and \d to sponsors/,
    );
    expect(await world.db.q.select().from(world.db.tables.stallSettings)).toEqual([]);
    await world.control.submit('lena');
    await world.settle();
    expect(newest(world, 'lena', '#general')).toMatch(
      /Saved: strict, version 1\. It counts for what is opened from now on/,
    );
    expect(await world.db.q.select().from(world.db.tables.stallSettings)).toMatchObject([
      { version: 1, preset: 'strict', changed: { blocker_minor: 7 } },
    ]);
    expect(await asks(world, 'lena', '/pilot stalls')).toMatch(/Thresholds: strict, 1 changed\./);
    const open = (await world.db.q.select().from(world.db.tables.cases)).filter(
      ({ closedAt }) => closedAt === null,
    );
    expect(open.map(({ settings }) => settings)).toEqual(open.map(() => 0));
    const log = await world.db.q.select().from(world.db.tables.logbook);
    expect(log.some(({ kind }) => kind === 'thresholds_changed')).toBe(true);
    expect(world.complaints).toEqual([]);
  });
});
