/** What must batches and claims do on every engine, also when many come at once? */

import { expect, it } from 'vitest';
import { guard, Stale } from '../../src/db/database.ts';
import { and, asc, eq, inArray, sql } from '../../src/db/sql.ts';
import { verify } from '../../src/db/verify.ts';
import type { Fresh } from '../support/databases.ts';
import { anEntry, anOutboxRow, aPilot, aWorkspace } from '../support/rows.ts';

/** Claims about the two kinds of write; call it inside `onBothEngines`. */
export function batchContract(fresh: Fresh): void {
  /** A database with the workspace T1 in it. */
  const openWithWorkspace = async () => {
    const db = await fresh.database();
    await db.q.insert(db.tables.workspaces).values(aWorkspace());
    return db;
  };

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
      (log) => {
        log(anEntry());
        return [];
      },
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
}
