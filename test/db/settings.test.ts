/** Is what people have set kept whole, and never overwritten by somebody who has not seen it? */
import { expect, it } from 'vitest';
import { type Database, guard, Stale, type Statement } from '../../src/db/database.ts';
import { workspaceById } from '../../src/db/queries/people.ts';
import {
  changePreferences,
  changeWorkspaceSettings,
  checkInRhythms,
  followRhythm,
  preferencesOf,
  workspaceSettings,
} from '../../src/db/queries/settings.ts';
import { eq } from '../../src/db/sql.ts';
import { onBothEngines } from '../support/databases.ts';
import { aWorkspace } from '../support/rows.ts';

const write = (db: Database, statement: Statement) =>
  db.atomically('T1', () => [guard(statement, 'settings')]);

async function row(db: Database) {
  const found = await workspaceById(db, 'T1');
  if (found === null) throw new Error('the sample has no workspace');
  return found;
}

onBothEngines('settings', (openFresh) => {
  it('of a workspace are changed only by somebody who has seen them as they are', async () => {
    const db = await openFresh();
    await db.q
      .insert(db.tables.workspaces)
      .values(aWorkspace({ settings: { other: { b: 1, a: [2, 'ß'] } } }));
    const seen = await row(db);
    await write(db, changeWorkspaceSettings(db, seen, { members: ['U1'] }, seen.timezone));
    await expect(
      write(db, changeWorkspaceSettings(db, seen, { members: ['U2'] }, seen.timezone)),
    ).rejects.toBeInstanceOf(Stale);
    const after = await row(db);
    expect(after.settings).toEqual({ other: { b: 1, a: [2, 'ß'] }, members: ['U1'] });
    await write(db, changeWorkspaceSettings(db, after, {}, 'Asia/Tokyo'));
    await expect(write(db, changeWorkspaceSettings(db, after, {}, 'UTC'))).rejects.toBeInstanceOf(Stale);
    expect((await row(db)).timezone).toBe('Asia/Tokyo');
  });

  it('that cannot be read count as not set, and the rest is read', () => {
    const settings = {
      officeName: '',
      members: 'everybody',
      rhythm: { every: 'year' },
      holidays: ['2026-02-30'],
      place: 'DE',
    };
    expect(workspaceSettings({ settings })).toEqual({
      officeName: null,
      members: [],
      rhythm: { every: 'week', weekday: 4, time: null },
      holidays: [],
      place: 'DE',
    });
  });

  it('of a person are changed one after the other, the first ones too', async () => {
    const db = await openFresh();
    await db.q.insert(db.tables.workspaces).values(aWorkspace());
    const none = await preferencesOf(db, 'T1', 'U1');
    expect(none).toMatchObject({ settings: {}, calendar: {}, setAt: null });
    await write(db, changePreferences(db, none, { calendar: { zone: 'UTC' }, place: 'DE' }, 5));
    await expect(write(db, changePreferences(db, none, { calendar: {} }, 6))).rejects.toBeInstanceOf(Stale);
    const first = await preferencesOf(db, 'T1', 'U1');
    expect(first).toMatchObject({ settings: { place: 'DE' }, calendar: { zone: 'UTC' }, setAt: 5 });
    // Even where the clock stands still or goes back.
    await write(db, changePreferences(db, first, { calendar: { slot: '08:15' } }, 5));
    await expect(write(db, changePreferences(db, first, { calendar: {} }, 5))).rejects.toBeInstanceOf(Stale);
    const second = await preferencesOf(db, 'T1', 'U1');
    expect(second).toMatchObject({ settings: { place: 'DE' }, calendar: { slot: '08:15' }, setAt: 6 });
    await db.q
      .update(db.tables.preferences)
      .set({ settings: { calendar: { slot: 7, zone: 'UTC', leave: 'yes' } } })
      .where(eq(db.tables.preferences.person, 'U1'));
    expect((await preferencesOf(db, 'T1', 'U1')).calendar).toEqual({ zone: 'UTC' });
  });

  it('give another rhythm to those that follow the workspace, and to nobody else', async () => {
    const db = await openFresh();
    await db.q.insert(db.tables.workspaces).values(aWorkspace());
    const weekly = { every: 'week', weekday: 4, time: null } as const;
    const own = { every: 'week', weekday: 1, time: '09:30' } as const;
    for (const [subject, rule] of [
      ['P1', weekly],
      ['P2', own],
    ] as const) {
      await db.q.insert(db.tables.schedules).values({
        workspace: 'T1',
        id: `S-${subject}`,
        kind: 'check-in',
        subject,
        rule: { ...rule },
        timezone: 'UTC',
        nextAt: 99,
        enabled: true,
        details: {},
        setBy: 'U1',
        setAt: 1,
        fence: 0,
      });
    }
    const next = { every: 'month', week: 1, weekday: 2, time: null } as const;
    await db.atomically('T1', () => [followRhythm(db, 'T1', weekly, next)]);
    const rhythms = await checkInRhythms(db, 'T1', ['P1', 'P2', 'P3']);
    expect([...rhythms].sort()).toEqual([
      ['P1', next],
      ['P2', own],
    ]);
    const rows = await db.q.select().from(db.tables.schedules);
    expect(rows.map(({ subject, nextAt }) => [subject, nextAt]).sort()).toEqual([
      ['P1', 0],
      ['P2', 99],
    ]);
  });
});
