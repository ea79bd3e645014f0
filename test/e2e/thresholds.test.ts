/** Can the programme office see how stuck pilots are found, and change it knowing what that brings? */
import { expect, it } from 'vitest';
import { eq } from '../../src/db/sql.ts';
import { asks, newest, reads, signedPilot, told } from '../support/acts.ts';
import { onBothEngines } from '../support/databases.ts';
import { multiply } from '../support/multiply.ts';
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
    const [, all = '', parts = ''] = /In the last 90 days: (\d+) matters?: (.*)\./.exec(page) ?? [];
    const counts = parts.split(', ').map((part) => Number.parseInt(part, 10));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(Number(all));
    expect(page).toMatch(
      /Called wrong or known: no such matter has reached a sponsor\.\nDecisions: none was asked for\./,
    );
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

  it('are counted at every pilot: many in stretches, with an answer that goes on where the form left off', {
    timeout: 60_000,
  }, async () => {
    const world = await startWorld(await openFresh());
    const { db, control } = world;
    const t = db.tables;
    await signedPilot(world, 'Claims triage', { fields: START });
    await world.time.advanceTo(at('2026-02-03T12:00:00Z'));
    const STRICT = { Thresholds: 'Strict: earlier, more messages' };
    await opens(world);
    await submits(world, 'lena', STRICT);
    const form = control.openView('lena');
    const [, owner = '', sponsor = ''] =
      /would have brought about (\d+) cards? to owners and (\d+) to sponsors/.exec(
        form === null ? '' : control.read.text(form),
      ) ?? [];
    expect(Number(owner)).toBeGreaterThan(0);
    await control.closeView('lena', true);

    await multiply(db, 250);
    const [first, ...copies] = await db.q.select().from(t.pilots).orderBy(t.pilots.key);
    const [looks, log] = await Promise.all([db.q.select().from(t.looks), db.q.select().from(t.checkInLog)]);
    for (const { id: pilot } of copies) {
      await db.q.insert(t.looks).values(looks.map((row) => ({ ...row, pilot })));
      await db.q.insert(t.checkInLog).values(log.map((row) => ({ ...row, pilot })));
    }
    expect(first?.key).toBe('claims-triage');
    const [watched, released, stopped] = copies.map(({ id }) => eq(t.pilots.id, id));
    await db.q
      .update(t.pilots)
      .set({ watchedSince: at('2026-01-05T12:00:00Z') })
      .where(watched);
    // What was seen of it was seen while nothing would have been said.
    await db.q
      .update(t.pilots)
      .set({ releasedAt: at('2026-02-03T11:00:00Z') })
      .where(released);
    await db.q.update(t.pilots).set({ stage: 'stopped' }).where(stopped);

    await opens(world);
    expect((await submits(world, 'lena', STRICT)).ok).toBe(true);
    expect(reads(world, 'lena', '#general').join('\n')).toMatch(
      /What strict would have brought is being counted: 249 pilots\./,
    );
    await world.time.advanceTo(at('2026-02-03T12:01:00Z'));
    const answer = told(world, 'lena').find((text) => /what they would have brought/.test(text)) ?? '';
    const all = (one: string) => String(Number(one) * 248);
    expect(answer).toContain(`about ${all(owner)} cards to owners and ${all(sponsor)} to sponsors`);
    expect(answer).toMatch(/at 249 pilots[\s\S]*Nothing is saved yet\.\n\[Use these thresholds\]/);

    // As it is while the second stretch is still to come.
    const [row] = (await db.q.select().from(t.schedules)).filter(({ kind }) => kind === 'count-cards');
    const { sums, ...count } = row?.details as { sums: object };
    const details = { ...count, sums: { ...sums, pilots: 199 } };
    await db.q
      .update(t.schedules)
      .set({ enabled: true, nextAt: at('2026-02-04T12:00:00Z'), details })
      .where(eq(t.schedules.id, row?.id ?? ''));
    expect(await asks(world, 'lena', '/pilot stalls')).toMatch(
      /Counting what strict would have brought: 199 of 249 pilots\./,
    );
    await opens(world);
    await submits(world, 'lena', STRICT);
    expect(newest(world, 'lena', '#general')).toMatch(/being counted: 199 of 249 pilots\./);
    await opens(world);
    await submits(world, 'lena', { Thresholds: 'Calm: later, fewer messages' });
    const counts = (await db.q.select().from(t.schedules)).filter(({ kind }) => kind === 'count-cards');
    expect(counts.find(({ id }) => id === row?.id)?.enabled).toBe(false);
    await world.time.advanceTo(at('2026-02-03T12:02:00Z'));
    expect(told(world, 'lena').filter((text) => /what they would have brought/.test(text))).toHaveLength(2);

    await control.press('lena', { channel: 'Pilotage', label: 'Use these thresholds' });
    await world.settle();
    expect((await submits(world, 'lena', { Why: 'Fewer cards' })).ok).toBe(true);
    expect(await db.q.select().from(t.stallSettings)).toMatchObject([{ version: 1, preset: 'calm' }]);
    await control.press('lena', { channel: 'Pilotage', label: 'Use these thresholds' });
    await world.settle();
    expect(newest(world, 'lena', 'Pilotage')).toMatch(
      /Somebody changed the thresholds since you opened them/,
    );
    expect(world.complaints).toEqual([]);
  });
});
