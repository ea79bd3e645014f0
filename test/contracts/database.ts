/** What must every engine's database do, in the same way? */

import { expect, it } from 'vitest';
import { Stale } from '../../src/db/database.ts';
import { insertedRow } from '../../src/db/inserted-row.ts';
import { asc, count, desc, eq, like, max, sql } from '../../src/db/sql.ts';
import type { Fresh } from '../support/databases.ts';
import {
  aCharter,
  aMetric,
  anEntry,
  anObservation,
  anOutboxRow,
  aPerson,
  aPilot,
  aWorkspace,
} from '../support/rows.ts';

/** Claims about writing and reading; call it inside `onBothEngines`. */
export function databaseContract(fresh: Fresh): void {
  /** A database with the workspace T1 in it. */
  const openWithWorkspace = async () => {
    const db = await fresh.database();
    await db.q.insert(db.tables.workspaces).values(aWorkspace());
    return db;
  };

  it('gives back every kind of column as it was written', async () => {
    const db = await openWithWorkspace();
    const { people, pilots, charterVersions, metrics, observations } = db.tables;
    const raw = { z: 1, a: [true, null, 'x\u0000\ud800', 0.1, 1e21], m: { 10: 'ten', 9: 'nine' } };
    const observation = anObservation({
      n: 2 ** 53 - 1,
      recordedAt: 1_768_200_000_123,
      raw,
      withdrawn: true,
    });
    await db.q.insert(people).values([aPerson(), aPerson({ id: 'U2', timezone: null, isBot: true })]);
    await db.q.insert(pilots).values(aPilot());
    await db.q.insert(charterVersions).values(aCharter({ fields: { problem: 'slow', list: [] } }));
    await db.q.insert(metrics).values(aMetric());
    await db.q.insert(observations).values(observation);

    expect(await db.q.select().from(people).orderBy(asc(people.id))).toEqual([
      aPerson(),
      aPerson({ id: 'U2', timezone: null, isBot: true }),
    ]);
    const [pilot] = await db.q.select().from(pilots);
    expect(pilot).toMatchObject({ ...aPilot(), pausedSince: null, channel: null });
    const [version] = await db.q.select().from(charterVersions);
    expect(version?.fields).toEqual({ problem: 'slow', list: [] });
    const [value] = await db.q.select().from(observations);
    expect(value).toMatchObject(observation);
    expect(JSON.stringify(value?.raw)).toBe(JSON.stringify(raw));
  });

  it('joins, counts and finds the greatest as numbers', async () => {
    const db = await openWithWorkspace();
    const { pilots, charterVersions } = db.tables;
    await db.q.insert(pilots).values([aPilot(), aPilot({ id: 'P2', key: 'churn' })]);
    await db.q
      .insert(charterVersions)
      .values([aCharter(), aCharter({ id: 'V2', n: 2, askedAt: 1_768_200_000_000 })]);
    const rows = await db.q
      .select({ pilot: pilots.id, versions: count(charterVersions.id), asked: max(charterVersions.askedAt) })
      .from(pilots)
      .leftJoin(charterVersions, eq(charterVersions.pilot, pilots.id))
      .groupBy(pilots.id)
      .orderBy(asc(pilots.id));
    expect(rows).toEqual([
      { pilot: 'P1', versions: 2, asked: 1_768_200_000_000 },
      { pilot: 'P2', versions: 0, asked: null },
    ]);
    expect(await db.q.$count(charterVersions, eq(charterVersions.status, 'draft'))).toBe(2);
  });

  it('builds a prepared statement once and runs it with each set of arguments', async () => {
    const db = await openWithWorkspace();
    const { people } = db.tables;
    await db.q.insert(people).values([aPerson(), aPerson({ id: 'U2', isBot: true })]);
    let built = 0;
    const named = (id: string) =>
      db.prepared<{ id: string }, { id: string; isBot: boolean }>('person by id', (q) => {
        built += 1;
        return q
          .select({ id: people.id, isBot: people.isBot })
          .from(people)
          .where(eq(people.id, sql.placeholder('id')));
      })({ id });
    expect([await named('U1'), await named('U2'), await named('U3')]).toEqual([
      [{ id: 'U1', isBot: false }],
      [{ id: 'U2', isBot: true }],
      [],
    ]);
    expect(built).toBe(1);
  });

  it('builds a statement for batches once and runs it with each set of arguments', async () => {
    const db = await openWithWorkspace();
    const { pilots } = db.tables;
    let built = 0;
    const rename = db.written('rename pilot for the test', (q) => {
      built += 1;
      return q
        .update(pilots)
        .set({ name: sql`${sql.placeholder('name')}` })
        .where(eq(pilots.id, sql.placeholder('id')));
    });
    await db.atomically('T1', () => [
      insertedRow(db, 'pilots', aPilot()),
      insertedRow(db, 'pilots', aPilot({ id: 'P2', key: 'churn' })),
      rename({ id: 'P1', name: 'First' }),
      rename({ id: 'P2', name: 'Second' }),
    ]);
    expect(built).toBe(1);
    const rows = await db.q.select({ name: pilots.name }).from(pilots).orderBy(asc(pilots.id));
    expect(rows).toEqual([{ name: 'First' }, { name: 'Second' }]);
    expect(() => rename({ id: 'P1' }).toSQL()).toThrow('without "name"');
  });

  it('adds one row of every kind of column, with defaults for what is not named', async () => {
    const db = await openWithWorkspace();
    const { observations } = db.tables;
    const plain = anObservation({ raw: { a: [true, null, 0.1] }, withdrawn: true, ingestKey: 'K1' });
    const other = { ...anObservation({ id: 'O2', value: null, n: null }), evidence: undefined };
    await db.atomically('T1', () => [
      insertedRow(db, 'pilots', aPilot()),
      insertedRow(db, 'metrics', aMetric()),
      insertedRow(db, 'observations', plain),
      // What is undefined is not named, as the builders have it too.
      insertedRow(db, 'observations', other as typeof observations.$inferInsert),
    ]);
    const rows = await db.q.select().from(observations).orderBy(asc(observations.id));
    expect(rows).toMatchObject([plain, { id: 'O2', value: null, n: null, evidence: null, withdrawn: false }]);

    const again = { ...plain, id: 'O3' };
    const adding = (when: 'always' | 'unless there') =>
      db.atomically('T1', () => [insertedRow(db, 'observations', again, when)]);
    await adding('unless there');
    const error = await adding('always').catch((problem: unknown) => problem);
    expect(db.isDuplicate(error)).toBe(true);
    expect(await db.q.$count(observations)).toBe(2);
  });

  it('knows a duplicate from other errors', async () => {
    const db = await openWithWorkspace();
    const { pilots, people, outbox } = db.tables;
    await db.q.insert(pilots).values(aPilot());
    await db.q.insert(people).values(aPerson());
    await db.q.insert(outbox).values(anOutboxRow());
    const caught = async (work: PromiseLike<unknown>) =>
      Promise.resolve(work).catch((error: unknown) => error);
    const duplicates = [
      await caught(db.q.insert(pilots).values(aPilot({ id: 'P2' }))),
      await caught(db.q.insert(people).values(aPerson())),
      await caught(
        db.atomically('T1', () => [db.q.insert(outbox).values(anOutboxRow({ id: 'X2', dedupeKey: 'X1' }))]),
      ),
    ];
    expect(duplicates.map((error) => db.isDuplicate(error))).toEqual([true, true, true]);
    const others = [
      await caught(db.q.insert(pilots).values(aPilot({ id: 'P3', key: 'x', workspace: 'none' }))),
      await caught(db.q.insert(pilots).values(aPilot({ id: 'P4', key: 'y', name: null as never }))),
      new Stale('x'),
      undefined,
    ];
    expect(others.map((error) => db.isDuplicate(error))).toEqual([false, false, false, false]);
    await db.q
      .insert(outbox)
      .values(anOutboxRow({ id: 'X3', dedupeKey: 'X1' }))
      .onConflictDoNothing();
    expect(await db.q.$count(outbox)).toBe(1);
  });

  it('accepts an ingest key once per source, and any number of values without one', async () => {
    const db = await openWithWorkspace();
    const { pilots, metrics, observations } = db.tables;
    await db.q.insert(pilots).values(aPilot());
    await db.q.insert(metrics).values(aMetric());
    await db.q.insert(observations).values([anObservation(), anObservation({ id: 'O2' })]);
    await db.q.insert(observations).values(anObservation({ id: 'O3', ingestKey: 'k' }));
    await db.q.insert(observations).values(anObservation({ id: 'O4', ingestKey: 'k', source: 'http' }));
    const again = db.q.insert(observations).values(anObservation({ id: 'O5', ingestKey: 'k' }));
    await expect(again).rejects.toThrow();
  });

  it('lets no row refer across workspaces, nor a criterion to another pilot’s metric', async () => {
    const db = await openWithWorkspace();
    const { workspaces, pilots, roles, metrics, observations } = db.tables;
    await db.q.insert(workspaces).values(aWorkspace({ id: 'T2' }));
    await db.q.insert(pilots).values([aPilot(), aPilot({ id: 'P2', key: 'other' })]);
    await db.q.insert(pilots).values(aPilot({ id: 'P3', workspace: 'T2' }));
    await db.q.insert(metrics).values(aMetric());
    const role = { id: 'R1', role: 'sponsor', person: 'U1', since: 0 } as const;
    await expect(db.q.insert(roles).values({ ...role, workspace: 'T2', pilot: 'P1' })).rejects.toThrow();
    await expect(db.q.insert(metrics).values(aMetric({ id: 'M2', pilot: 'P3' }))).rejects.toThrow();
    await expect(db.q.insert(observations).values(anObservation({ pilot: 'P2' }))).rejects.toThrow();
    await expect(db.q.delete(pilots).where(eq(pilots.id, 'P1'))).rejects.toThrow();
    await db.q.insert(roles).values({ ...role, workspace: 'T1', pilot: 'P1' });
  });

  it('stores hostile text as it is and sorts text by its bytes', async () => {
    const db = await openWithWorkspace();
    const { people } = db.tables;
    const names = [
      `'; drop table people; --`,
      '%_\\"`$1 ?1 :a',
      'Zoë',
      'a\u202Eb\u200B\uFEFF',
      'zoe',
      'Änne',
      '\u{1F9EA} e\u0301',
      '\uFFFD\uFFFF',
      'x'.repeat(100_000),
    ];
    await db.q.insert(people).values(names.map((name, i) => aPerson({ id: `U${i}`, name })));
    const rows = await db.q.select({ name: people.name }).from(people).orderBy(asc(people.name));
    const bytes = (text: string) => Buffer.from(text);
    expect(rows.map(({ name }) => name)).toEqual([...names].sort((a, b) => bytes(a).compare(bytes(b))));
  });

  it('refuses what the engines would store differently, wherever it is said', async () => {
    const db = await openWithWorkspace();
    const { people, pilots, seen } = db.tables;
    const insert = (over: Parameters<typeof aPerson>[0]) => db.q.insert(people).values(aPerson(over));
    await expect(insert({ name: 'a\u0000b' })).rejects.toThrow();
    await expect(insert({ name: 'half \ud83e' })).rejects.toThrow();
    for (const refreshedAt of [Number.NaN, Number.POSITIVE_INFINITY, 1.5]) {
      await expect(insert({ refreshedAt })).rejects.toThrow();
    }
    await expect(db.q.select().from(people).where(eq(people.id, '\u0000'))).rejects.toThrow();
    const byId = db.prepared('by id', (q) =>
      q
        .select()
        .from(people)
        .where(eq(people.id, sql.placeholder('id'))),
    );
    await expect(byId({ id: 'U\u0000' })).rejects.toThrow();
    await expect(byId({})).rejects.toThrow();
    const batch = [
      db.q.insert(pilots).values(aPilot()),
      db.q.insert(seen).values({ workspace: 'T1', id: '\ud83e', at: 1 }),
    ];
    await expect(db.atomically('T1', () => batch)).rejects.toThrow(/surrogate/);
    await expect(db.atomically('T1', (log) => [log(anEntry({ kind: '\u0000' }))])).rejects.toThrow(/U\+0000/);
    expect([await db.q.$count(people), await db.q.$count(pilots), await db.q.$count(seen)]).toEqual([
      0, 0, 0,
    ]);
  });

  it('searches without regard to case when both sides are lowered, and sorts nulls where told', async () => {
    const db = await openWithWorkspace();
    const { people } = db.tables;
    await db.q
      .insert(people)
      .values([
        aPerson({ id: 'U1', name: 'ANNA', timezone: null }),
        aPerson({ id: 'U2', name: 'annabel', timezone: 'UTC' }),
        aPerson({ id: 'U3', name: 'Ann', timezone: 'Asia/Tokyo' }),
      ]);
    const found = await db.q
      .select({ id: people.id })
      .from(people)
      .where(like(sql`lower(${people.name})`, 'Anna%'.toLowerCase()))
      .orderBy(desc(people.id));
    expect(found.map(({ id }) => id)).toEqual(['U2', 'U1']);
    const byZone = await db.q
      .select({ id: people.id })
      .from(people)
      .orderBy(sql`${people.timezone} asc nulls last`);
    expect(byZone.map(({ id }) => id)).toEqual(['U3', 'U2', 'U1']);
  });
}
