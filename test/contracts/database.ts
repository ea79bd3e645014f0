/** What must every engine's database do, in the same way? */

import { expect, it } from 'vitest';
import { guard, Stale } from '../../src/db/database.ts';
import { and, asc, count, desc, eq, inArray, like, max, sql } from '../../src/db/sql.ts';
import { verify } from '../../src/db/verify.ts';
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

  it('writes nothing of a batch whose guard touches no row', async () => {
    const db = await openWithWorkspace();
    const { pilots, outbox, logbook, logbookHeads } = db.tables;
    await db.q.insert(pilots).values(aPilot({ revision: 2 }));
    const act = db.atomically('T1', (log) => [
      db.q.insert(outbox).values(anOutboxRow()),
      log(anEntry()),
      guard(
        db.q
          .update(pilots)
          .set({ stage: 'build' })
          .where(eq(pilots.revision, 1))
          .returning({ id: pilots.id }),
        'pilot P1',
      ),
    ]);
    await expect(act).rejects.toThrow(Stale);
    await expect(act).rejects.toMatchObject({ what: 'pilot P1' });
    for (const table of [outbox, logbook, logbookHeads]) expect(await db.q.$count(table)).toBe(0);
    expect(await db.q.select({ stage: pilots.stage }).from(pilots)).toEqual([{ stage: 'select' }]);
  });

  it('accepts guards that touch a row, with or without returning, and selects that find one', async () => {
    const db = await openWithWorkspace();
    const { pilots, workspaces } = db.tables;
    await db.atomically('T1', (log) => [
      guard(db.q.select({ id: workspaces.id }).from(workspaces).where(eq(workspaces.id, 'T1')), 'workspace'),
      guard(db.q.insert(pilots).values(aPilot()), 'pilot'),
      guard(
        db.q
          .update(pilots)
          .set({ revision: sql`${pilots.revision} + 1` })
          .returning(),
        'revision',
      ),
      log(anEntry({ pilot: 'P1' })),
    ]);
    expect(await db.q.select({ revision: pilots.revision }).from(pilots)).toEqual([{ revision: 2 }]);
    const none = guard(
      db.q.select({ id: workspaces.id }).from(workspaces).where(eq(workspaces.id, 'T2')),
      'T2',
    );
    await expect(db.atomically('T1', () => [none])).rejects.toThrow(Stale);
  });

  it('undoes a batch that a broken reference stops half-way', async () => {
    const db = await openWithWorkspace();
    const { pilots, roles } = db.tables;
    const role = { workspace: 'T1', id: 'R1', pilot: 'none', role: 'owner', person: 'U1', since: 0 } as const;
    const act = db.atomically('T1', (log) => [
      db.q.insert(pilots).values(aPilot()),
      log(anEntry()),
      db.q.insert(roles).values(role),
    ]);
    await expect(act).rejects.toThrow();
    expect(await db.q.$count(pilots)).toBe(0);
    expect(await db.q.$count(db.tables.logbook)).toBe(0);
  });

  it('goes on after a batch that failed while it was built', async () => {
    const db = await openWithWorkspace();
    const fail = () => {
      throw new RangeError('no');
    };
    await expect(db.atomically('T1', fail)).rejects.toThrow(RangeError);
    await expect(db.atomically('T1', (async () => []) as never)).rejects.toThrow(/built synchronously/);
    await db.atomically('T1', (log) => [log(anEntry())]);
    expect(await verify(db)).toBeNull();
  });

  it('refuses a batch that leaves out, repeats or swaps its logbook entries', async () => {
    const db = await openWithWorkspace();
    const wrong: Parameters<typeof db.atomically>[1][] = [
      (log) => (log(anEntry()), []),
      (log) => [log(anEntry()), log(anEntry())].reverse(),
      (log) => {
        const entry = log(anEntry());
        return [entry, entry];
      },
    ];
    for (const build of wrong)
      await expect(db.atomically('T1', build)).rejects.toThrow(/in the order of asking/);
    expect(await db.q.$count(db.tables.logbook)).toBe(0);
  });

  it('lets 400 batches of one workspace at once succeed, from two connections, without a gap', async () => {
    const url = await fresh.url();
    const [one, two] = [await fresh.open(url), await fresh.open(url)];
    await one.q.insert(one.tables.workspaces).values(aWorkspace());
    await Promise.all(
      Array.from({ length: 400 }, (_, i) => {
        const db = i % 2 ? one : two;
        return db.atomically('T1', (log) => [
          db.q.insert(db.tables.outbox).values(anOutboxRow({ id: `X${i}` })),
          log(anEntry({ body: { i } })),
        ]);
      }),
    );
    const { logbook, outbox } = one.tables;
    const written = await one.q
      .select({ n: logbook.n, body: logbook.body })
      .from(logbook)
      .orderBy(asc(logbook.n));
    expect(written.map(({ n }) => n)).toEqual(Array.from({ length: 400 }, (_, i) => i + 1));
    expect(new Set(written.map(({ body }) => body)).size).toBe(400);
    expect(await one.q.$count(outbox)).toBe(400);
    expect(await verify(one)).toBeNull();
  });

  it('gives a claim to exactly one of many who race for it', async () => {
    const url = await fresh.url();
    const racers = await Promise.all(Array.from({ length: 6 }, () => fresh.open(url)));
    const [first] = racers;
    if (!first) throw new Error('no racer');
    const { workspaces, outbox } = first.tables;
    await first.q.insert(workspaces).values(aWorkspace());
    await first.q.insert(outbox).values(anOutboxRow());
    const wins = await Promise.all(
      racers.map((db) =>
        db.q
          .update(outbox)
          .set({ state: 'sending', fence: sql`${outbox.fence} + 1` })
          .where(and(eq(outbox.id, 'X1'), eq(outbox.state, 'ready')))
          .returning({ fence: outbox.fence }),
      ),
    );
    expect(wins.flat()).toEqual([{ fence: 1 }]);
  });

  it('shares out due rows among claimers so that none is claimed twice', async () => {
    const url = await fresh.url();
    const claimers = await Promise.all(Array.from({ length: 4 }, () => fresh.open(url)));
    const [first] = claimers;
    if (!first) throw new Error('no claimer');
    const { workspaces, outbox } = first.tables;
    await first.q.insert(workspaces).values(aWorkspace());
    await first.q.insert(outbox).values(Array.from({ length: 200 }, (_, i) => anOutboxRow({ id: `X${i}` })));
    const claimed = await Promise.all(
      claimers.map(async (db) => {
        const due = () =>
          db.q
            .select({ id: outbox.id })
            .from(outbox)
            .where(sql`${outbox.state} = 'ready'`)
            .orderBy(asc(outbox.notBefore))
            .limit(10);
        const mine: string[] = [];
        for (let turn = 0; turn < 10; turn += 1) {
          const rows = await db.q
            .update(outbox)
            .set({ state: 'sending' })
            .where(inArray(outbox.id, db.skipLocked(due())))
            .returning({ id: outbox.id });
          mine.push(...rows.map(({ id }) => id));
        }
        return mine;
      }),
    );
    const all = claimed.flat();
    expect(new Set(all).size).toBe(all.length);
    expect(all.length).toBe(200);
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

  it('keeps one chain per workspace', async () => {
    const db = await openWithWorkspace();
    for (const workspace of ['T1', 'T2', 'T1']) {
      await db.atomically(workspace, (log) => [log(anEntry({ body: { workspace } }))]);
    }
    const { logbook } = db.tables;
    const rows = await db.q.select().from(logbook).orderBy(asc(logbook.workspace), asc(logbook.n));
    expect(rows.map(({ workspace, n, body }) => [workspace, n, body])).toEqual([
      ['T1', 1, '{"workspace":"T1"}'],
      ['T1', 2, '{"workspace":"T1"}'],
      ['T2', 1, '{"workspace":"T2"}'],
    ]);
    expect(rows[1]?.prev).toBe(rows[0]?.hash);
    expect(rows[2]?.prev).toBe(rows[0]?.prev);
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
      'Ärmel',
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
