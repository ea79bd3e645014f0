/** Does PostgreSQL behave when connections break, replicas collide and the server is not what it should be? */

import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { describe, expect, it, vi } from 'vitest';
import { DatabaseProblem } from '../../src/db/database.ts';
import { openDatabase } from '../../src/db/open.ts';
import { eq, sql } from '../../src/db/sql.ts';
import { verify } from '../../src/db/verify.ts';
import { freshDatabases } from '../support/databases.ts';
import { anEntry, aPilot, aWorkspace } from '../support/rows.ts';
import { openRaw } from './filled.ts';

const fresh = freshDatabases('postgres');
const salt = () => 'salt';

async function openWithPilots() {
  const url = await fresh.url();
  const db = await fresh.open(url);
  await db.q.insert(db.tables.workspaces).values(aWorkspace());
  await db.q.insert(db.tables.pilots).values([aPilot(), aPilot({ id: 'P2', key: 'churn' })]);
  return { url, db };
}

describe('PostgreSQL', () => {
  it('tries a batch again after a deadlock, with a new list', async () => {
    const { url, db } = await openWithPilots();
    const { pilots } = db.tables;
    const rival = await openRaw(url);
    await rival.rows("set deadlock_timeout = '1h'");
    await rival.rows('begin');
    await rival.rows("update pilots set name = 'rival' where id = 'P2'");
    let built = 0;
    const batch = db.atomically('T1', (log) => {
      built += 1;
      const rename = (id: string) =>
        db.q
          .update(pilots)
          .set({ name: `batch ${built}` })
          .where(eq(pilots.id, id));
      return [rename('P1'), rename('P2'), log(anEntry({ body: { built } }))];
    });
    const watcher = await openRaw(url);
    await vi.waitUntil(async () => {
      const waiting = await watcher.rows("select 1 from pg_stat_activity where wait_event_type = 'Lock'");
      return waiting.length > 0;
    });
    await rival.rows("update pilots set name = 'rival' where id = 'P1'");
    await rival.rows('commit');
    await batch;
    await Promise.all([rival.close(), watcher.close()]);
    expect(built).toBe(2);
    expect(await db.q.select({ name: pilots.name }).from(pilots)).toEqual([
      { name: 'batch 2' },
      { name: 'batch 2' },
    ]);
    expect(await verify(db)).toBeNull();
  });

  it('outlives connections that are cut while idle and while they work', async () => {
    const { url, db } = await openWithPilots();
    const rival = await openRaw(url);
    const cut = () =>
      rival.rows(
        "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'pilotage' and datname = current_database()",
      );
    await cut();
    await vi.waitUntil(async () =>
      db.q.$count(db.tables.pilots).then(
        () => true,
        () => false,
      ),
    );
    await rival.rows('begin');
    await rival.rows('lock table pilots in access exclusive mode');
    const batch = db.atomically('T1', (log) => [
      log(anEntry()),
      db.q.update(db.tables.pilots).set({ name: 'never' }),
    ]);
    const failed = expect(batch).rejects.toThrow();
    await vi.waitUntil(async () => {
      const waiting = await rival.rows(
        "select 1 from pg_locks where not granted and relation = 'pilots'::regclass",
      );
      return waiting.length > 0;
    });
    await cut();
    await failed;
    await rival.rows('commit');
    await rival.close();
    await db.atomically('T1', (log) => [log(anEntry())]);
    expect(await db.q.$count(db.tables.logbook)).toBe(1);
    expect(await verify(db)).toBeNull();
  });

  it('runs batches of other workspaces while one waits, and those of one workspace in the order of asking', async () => {
    const { url, db } = await openWithPilots();
    await db.atomically('T1', (log) => [log(anEntry({ body: 'first' }))]);
    const rival = await openRaw(url);
    await rival.rows('begin');
    await rival.rows("select 1 from logbook_heads where workspace = 'T1' for update");
    // More than the pool has connections.
    const bodies = Array.from({ length: 30 }, (_, i) => `number ${i}`);
    const held = bodies.map((body) => db.atomically('T1', (log) => [log(anEntry({ body }))]));
    await db.atomically('T2', (log) => [log(anEntry({ body: 'elsewhere' }))]);
    await rival.rows('commit');
    await rival.close();
    await Promise.all(held);
    const { logbook } = db.tables;
    const rows = await db.q
      .select({ body: logbook.body })
      .from(logbook)
      .where(eq(logbook.workspace, 'T1'))
      .orderBy(logbook.n);
    expect(rows.map(({ body }) => JSON.parse(body))).toEqual(['first', ...bodies]);
  });

  it('passes over rows that another replica is claiming', async () => {
    const { url, db } = await openWithPilots();
    const rival = await openRaw(url);
    await rival.rows('begin');
    await rival.rows("select 1 from pilots where id = 'P1' for update");
    const { pilots } = db.tables;
    const free = db.skipLocked(db.q.select({ id: pilots.id }).from(pilots).orderBy(pilots.id).limit(1));
    expect(await free).toEqual([{ id: 'P2' }]);
    await rival.rows('commit');
    await rival.close();
  });

  it('sorts every text column by bytes, whatever the database was made with', async () => {
    const db = await fresh.database();
    const other = await db.upkeep.rows(sql`
      select table_name, column_name from information_schema.columns
      where table_schema = current_schema() and table_name <> 'applied_migrations'
        and data_type = 'text' and collation_name is distinct from 'C'`);
    expect(other).toEqual([]);
    const [sorted] = await db.upkeep.rows(
      sql`select 'a' < 'B' as by_words, 'a' < 'B' collate "C" as by_bytes`,
    );
    // The test server sorts by words by itself, so the claim above is not empty.
    expect(sorted).toEqual({ by_words: true, by_bytes: false });
  });

  it('refuses to empty the logbook', async () => {
    const db = await fresh.database();
    await db.atomically('T1', (log) => [log(anEntry())]);
    await expect(db.upkeep.rows(sql`truncate logbook`)).rejects.toThrow();
    expect(await db.q.$count(db.tables.logbook)).toBe(1);
  });

  it('finds a trigger that is switched off and a reference that was never checked', async () => {
    const url = await fresh.url();
    const [db, raw] = [await fresh.open(url), await openRaw(url)];
    await raw.rows('alter table logbook disable trigger logbook_no_delete');
    expect((await verify(db))?.sentence).toMatch(/logbook_no_delete .* switched off/);
    await raw.rows('alter table logbook enable trigger logbook_no_delete');
    await raw.rows(
      'alter table seen add constraint seen_ws foreign key (workspace) references workspaces (id) not valid',
    );
    expect(await verify(db)).toMatchObject({
      table: 'seen',
      sentence: expect.stringMatching(/seen_ws .* never checked/),
    });
    await raw.close();
  });

  it('says in one sentence, without the password, that the server does not answer', async () => {
    const probe = createServer().listen(0, '127.0.0.1');
    const { port } = await new Promise<AddressInfo>((resolve) => {
      probe.once('listening', () => resolve(probe.address() as AddressInfo));
    });
    await new Promise((resolve) => probe.close(resolve));
    const act = openDatabase({ url: `postgres://me:secret@127.0.0.1:${port}/x`, salt });
    await expect(act).rejects.toThrow(DatabaseProblem);
    await expect(act).rejects.toThrow(
      new RegExp(
        `^PostgreSQL at 127.0.0.1:${port} does not answer \\(.*ECONNREFUSED.*\\); check DATABASE_URL.$`,
      ),
    );
    await expect(act).rejects.not.toThrow(/secret/);
  });

  it('refuses a database that does not store text as UTF-8', async () => {
    const url = await fresh.bareUrl();
    const raw = await openRaw(url);
    const name = `${new URL(url).pathname.slice(1)}_latin`;
    await raw.rows(
      `create database ${name} template template0 encoding 'LATIN1' locale 'C' locale_provider libc`,
    );
    await expect(openDatabase({ url: url.replace(/\w+$/, name), salt })).rejects.toThrow(
      /stores text as LATIN1; create a database with encoding UTF8/,
    );
    await raw.rows(`drop database ${name} with (force)`);
    await raw.close();
  });
});
