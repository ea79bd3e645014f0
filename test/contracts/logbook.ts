/** What must the logbook do on every engine? */

import { expect, it } from 'vitest';
import { entriesNaming, erasure, pilotEntries, workspaceEntries } from '../../src/db/queries/logbook.ts';
import { eq, sql } from '../../src/db/sql.ts';
import { verify } from '../../src/db/verify.ts';
import type { Fresh } from '../support/databases.ts';
import { anEntry } from '../support/rows.ts';

/** Claims about the logbook; call it inside `onBothEngines`. */
export function logbookContract(fresh: Fresh): void {
  /** Four entries: two by U1, one that names U1, one by the app. */
  const openWithEntries = async () => {
    const db = await fresh.database();
    await db.atomically('T1', (log) => [
      log(
        anEntry({
          kind: 'charter_signed',
          pilot: 'P1',
          body: { role: 'sponsor' },
          personal: { note: 'Go, Anna' },
        }),
      ),
      log(anEntry({ kind: 'asked', pilot: 'P1', actor: 'user:U2', personal: { sponsor: 'U1' } })),
      log(anEntry({ kind: 'noted', pilot: 'P2', actor: 'user:U12', personal: { note: 'see <@U12>' } })),
      log(anEntry({ kind: 'digest_sent', actor: 'system:digest' })),
    ]);
    return db;
  };

  it('shows entries of a pilot newest first and of a workspace in order, page by page', async () => {
    const db = await openWithEntries();
    const of = { workspace: 'T1', pilot: 'P1' };
    const newest = await pilotEntries(db, { ...of, limit: 1 });
    expect(newest).toMatchObject([
      { n: 2, actor: 'user:U2', body: { what: 'something' }, personal: { sponsor: 'U1' } },
    ]);
    expect(await pilotEntries(db, { ...of, limit: 9, before: 2 })).toMatchObject([
      { n: 1, kind: 'charter_signed' },
    ]);
    expect(await pilotEntries(db, { ...of, workspace: 'T2', limit: 9 })).toEqual([]);
    const rest = await workspaceEntries(db, { workspace: 'T1', after: 2, limit: 9 });
    expect(rest.map(({ n, kind, personal }) => [n, kind, personal])).toEqual([
      [3, 'noted', { note: 'see <@U12>' }],
      [4, 'digest_sent', null],
    ]);
  });

  it('forgets a person and the words about them, keeps what was decided, and still verifies', async () => {
    const db = await openWithEntries();
    const theirs = await entriesNaming(db, 'T1', 'U1');
    await db.atomically('T1', (log) => [
      ...erasure(db, 'T1', theirs),
      log(anEntry({ kind: 'forgotten', actor: 'user:U9', body: {} })),
    ]);
    const entries = await workspaceEntries(db, { workspace: 'T1', after: 0, limit: 9 });
    expect(entries.map(({ kind, actor, personal }) => [kind, actor, personal])).toEqual([
      ['charter_signed', 'user', null],
      ['asked', 'user', null],
      ['noted', 'user:U12', { note: 'see <@U12>' }],
      ['digest_sent', 'system:digest', null],
      ['forgotten', 'user:U9', null],
    ]);
    expect(entries[0]?.body).toEqual({ role: 'sponsor' });
    const everything = JSON.stringify(await db.q.select().from(db.tables.logbook));
    expect(everything).not.toMatch(/U1\b|Anna/);
    expect(await verify(db)).toBeNull();
  });

  it('forgets a person once or twice, and a person nobody heard of, with the same result', async () => {
    const db = await openWithEntries();
    for (const person of ['U1', 'U1', 'U404', '%']) {
      const theirs = await entriesNaming(db, 'T1', person);
      await db.atomically('T1', () => erasure(db, 'T1', theirs));
    }
    const kept = await db.q.select().from(db.tables.logbook).where(sql`salt is not null`);
    expect(kept.map(({ n }) => n).sort()).toEqual([3, 4]);
    expect(await verify(db)).toBeNull();
  });

  it('finds a person in words that are JSON themselves, and in names made of several', async () => {
    const db = await openWithEntries();
    const terms = JSON.stringify({ holders: { owner: 'U1' } });
    const entries = [{ text: terms }, { all: 'hand-over:U7:U1' }, { text: JSON.stringify({ owner: 'U12' }) }];
    for (const personal of entries)
      await db.atomically('T1', (log) => [log(anEntry({ actor: 'system:x', personal }))]);
    expect(await entriesNaming(db, 'T1', 'U1')).toEqual([1, 2, 5, 6]);
  });

  it('forgets in one workspace only', async () => {
    const db = await openWithEntries();
    await db.atomically('T2', (log) => [log(anEntry({ personal: { note: 'mine' } }))]);
    const theirs = await entriesNaming(db, 'T1', 'U1');
    await db.atomically('T1', () => erasure(db, 'T1', theirs));
    expect(await workspaceEntries(db, { workspace: 'T2', after: 0, limit: 9 })).toMatchObject([
      { actor: 'user:U1', personal: { note: 'mine' } },
    ]);
  });

  it('refuses every other change of an entry', async () => {
    const db = await openWithEntries();
    const { logbook } = db.tables;
    const erased = { personal: null, salt: null, actor: 'user' };
    const [first] = await db.q.select().from(logbook).where(eq(logbook.n, 1));
    if (!first) throw new Error('no entry');
    const changes: Partial<typeof first>[] = [
      { personal: null, salt: null },
      { personal: null },
      { salt: null },
      { actor: 'user' },
      { ...erased, actor: 'user:U3' },
      { ...erased, actor: 'system:x' },
      { ...erased, personal: '{}' },
      { ...erased, salt: 's' },
      { ...erased, workspace: 'T2' },
      { ...erased, n: 9 },
      { ...erased, at: 0 },
      { ...erased, kind: 'x' },
      { ...erased, pilot: null },
      { ...erased, body: '{}' },
      { ...erased, commitment: 'x' },
      { ...erased, prev: 'x' },
      { ...erased, hash: 'x' },
    ];
    for (const change of changes) {
      const act = db.q.update(logbook).set(change).where(eq(logbook.n, 1));
      await expect(act, JSON.stringify(change)).rejects.toThrow();
    }
    await expect(db.q.delete(logbook).where(eq(logbook.n, 4))).rejects.toThrow();
    await expect(db.q.insert(logbook).values({ ...first, body: '{}' })).rejects.toThrow();
    const replacing = db.q
      .insert(logbook)
      .values({ ...first, body: '{}' })
      .onConflictDoUpdate({ target: [logbook.workspace, logbook.n], set: { body: '{}' } });
    await expect(replacing).rejects.toThrow();
    expect(await db.q.select().from(logbook).where(eq(logbook.n, 1))).toEqual([first]);
    expect(await verify(db)).toBeNull();
  });
}
