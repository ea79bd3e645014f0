/** Does SQLite keep what it acknowledged, and keep a second app away? */

import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { DatabaseProblem } from '../../src/db/database.ts';
import { openDatabase } from '../../src/db/open.ts';
import { and, asc, eq, inArray, isNull, sql } from '../../src/db/sql.ts';
import { verify } from '../../src/db/verify.ts';
import { freshDatabases } from '../support/databases.ts';
import { anEntry, aWorkspace } from '../support/rows.ts';
import { openRaw } from './filled.ts';

const fresh = freshDatabases('sqlite');
const salt = () => 'salt';
const fileOf = (url: string) => url.slice('file:'.length);
const openTs = fileURLToPath(new URL('../../src/db/open.ts', import.meta.url));

describe('a SQLite file', () => {
  it('is written through to the disk at every commit, with references enforced', async () => {
    const db = await fresh.open(await fresh.url());
    const settings = ['journal_mode', 'synchronous', 'foreign_keys', 'trusted_schema', 'busy_timeout'];
    const rows = await Promise.all(settings.map((name) => db.upkeep.rows(sql.raw(`pragma ${name}`))));
    expect(rows.flat().map((row) => Object.values(row)[0])).toEqual(['wal', 2, 1, 0, 5000]);
  });

  it('has only STRICT tables and every trigger of the logbook after migrating', async () => {
    const db = await fresh.database();
    const loose = await db.upkeep.rows(
      sql`select name from pragma_table_list where schema = 'main' and strict = 0 and name not like 'sqlite%'`,
    );
    expect(loose).toEqual([]);
    const triggers = await db.upkeep.rows(
      sql`select name from sqlite_schema where type = 'trigger' order by name`,
    );
    expect(triggers.map((row) => row['name'])).toEqual([
      'logbook_no_delete',
      'logbook_no_replace',
      'logbook_only_erase',
    ]);
  });

  it('refuses to replace a logbook entry, which would delete it without asking', async () => {
    const url = await fresh.url();
    const db = await fresh.open(url);
    await db.atomically('T1', (log) => [log(anEntry())]);
    const raw = await openRaw(url);
    const replace =
      'insert or replace into logbook select workspace, n, 0, kind, pilot, actor, body, null, null, commitment, prev, hash from logbook';
    await expect(raw.rows(replace)).rejects.toThrow(/the logbook cannot be changed/);
    await raw.close();
  });

  it('is complete in one file after the app closed it, even while a tool still reads it', async () => {
    const url = await fresh.url();
    const [app, tool] = [await fresh.open(url), await fresh.open(url)];
    await app.q.insert(app.tables.workspaces).values(aWorkspace());
    expect(await tool.q.$count(tool.tables.workspaces)).toBe(1);
    await app.close();
    await app.close();
    expect(statSync(`${fileOf(url)}-wal`).size).toBe(0);
  });

  it('takes a write right after a read, whatever a tool has written in between', async () => {
    const url = await fresh.url();
    const [app, tool] = [await fresh.open(url), await openRaw(url)];
    const { workspaces: t } = app.tables;
    await app.q.insert(t).values(aWorkspace());
    const named = app.prepared<{ name: string }, { id: string }>('workspace by name', (q) =>
      q
        .select({ id: t.id })
        .from(t)
        .where(eq(t.name, sql.placeholder('name'))),
    );
    const written = Promise.all([
      named({ name: 'Other' }),
      tool.rows("update workspaces set name = 'Other'"),
      app.q.update(t).set({ timezone: 'Asia/Tokyo' }),
    ]);
    expect((await written)[0]).toEqual([]);
    expect(await named({ name: 'Other' })).toEqual([{ id: aWorkspace().id }]);
    await tool.close();
  });

  it('is found damaged when an index does not agree with its table', async () => {
    const url = await fresh.url();
    const db = await fresh.open(url);
    await db.q.insert(db.tables.seen).values([{ workspace: 'T1', id: 'a', at: 1 }]);
    await db.close();
    // Make the index claim another column than the one its entries were made from.
    const bytes = readFileSync(fileOf(url));
    const [from, to] = ['`seen` (`at`)', '`seen` (`id`)'];
    const place = bytes.indexOf(from);
    expect(place).toBeGreaterThan(0);
    bytes.write(to, place);
    writeFileSync(fileOf(url), bytes);
    expect((await verify(await fresh.open(url)))?.sentence).toMatch(/^The file is damaged: .*seen_at/);
  });

  it('is made together with its folder', async () => {
    const file = join(dirname(fileOf(await fresh.bareUrl())), 'new', 'folder', 'x.db');
    await fresh.open(`file:${file}`);
    expect(existsSync(file)).toBe(true);
  });

  it.each([
    [
      'a folder',
      (file: string) => mkdirSync(file),
      /cannot be opened \(.*\); check the path in DATABASE_URL/,
    ],
    [
      'no database',
      (file: string) => writeFileSync(file, 'text '.repeat(500)),
      /cannot be opened \(file is not a database\)/,
    ],
  ])('is refused in one sentence when it is %s', async (_name, make, sentence) => {
    const url = await fresh.bareUrl();
    make(fileOf(url));
    const act = openDatabase({ url, salt });
    await expect(act).rejects.toThrow(DatabaseProblem);
    await expect(act).rejects.toThrow(sentence);
  });

  it('is refused in one sentence when its folder cannot be made', async () => {
    const file = fileOf(await fresh.bareUrl());
    writeFileSync(file, '');
    await expect(openDatabase({ url: `file:${file}/x.db`, salt })).rejects.toThrow(
      /^The folder .* cannot be made/,
    );
  });
});

describe('one app per file', () => {
  it('refuses a second app, by whatever path, lets tools in, and ends with the first app', async () => {
    const url = await fresh.url();
    const folder = dirname(fileOf(await fresh.bareUrl()));
    const links = [join(folder, 'folder'), join(folder, 'file.db')] as const;
    symlinkSync(dirname(fileOf(url)), links[0]);
    symlinkSync(fileOf(url), links[1]);
    const byLink = [join(links[0], 'test.db'), links[1]].map((file) => `file:${file}`);
    const app = await openDatabase({ url, salt, as: 'app' });
    for (const second of [url, ...byLink]) {
      const act = openDatabase({ url: second, salt, as: 'app' });
      await expect(act).rejects.toThrow(DatabaseProblem);
      await expect(act).rejects.toThrow(/^Another Pilotage is running on .*; stop it first/);
    }
    const tool = await openDatabase({ url, salt });
    await tool.atomically('T1', (log) => [log(anEntry())]);
    await app.atomically('T1', (log) => [log(anEntry())]);
    expect(await verify(tool)).toBeNull();
    await tool.close();
    await app.close();
    for (const next of byLink) await (await openDatabase({ url: next, salt, as: 'app' })).close();
  });

  it('leaves nothing behind that would stop the next start after a kill', async () => {
    const url = await fresh.url();
    const text = `
      const { openDatabase } = await import(${JSON.stringify(openTs)});
      await openDatabase({ url: ${JSON.stringify(url)}, salt: () => '', as: 'app' });
      console.log('open');
      setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', text]);
    await once(child.stdout, 'data');
    await expect(openDatabase({ url, salt, as: 'app' })).rejects.toThrow(/Another Pilotage/);
    child.kill('SIGKILL');
    await once(child, 'exit');
    await (await openDatabase({ url, salt, as: 'app' })).close();
  });
});

describe('SQLite', () => {
  it('loads no driver of PostgreSQL, and drizzle in its small form', () => {
    const text = `
      import Module from 'node:module';
      const { openDatabase } = await import(${JSON.stringify(openTs)});
      const db = await openDatabase({ url: 'file::memory:', salt: () => '' });
      console.log(JSON.stringify(Object.keys(Module._cache)));`;
    const loaded: string[] = JSON.parse(
      execFileSync(process.execPath, ['--input-type=module', '-e', text], { encoding: 'utf8' }),
    );
    expect(loaded.filter((path) => /node_modules\/(pg|drizzle-orm\/node-postgres)\//.test(path))).toEqual([]);
    expect(loaded.some((path) => path.includes('drizzle-orm/sqlite-core'))).toBe(true);
  });

  it('refuses a batch that is started while another one is built', async () => {
    const db = await fresh.database();
    let inner: Promise<void> | undefined;
    await db.atomically('T1', (log) => {
      inner = db.atomically('T1', () => []);
      inner.catch(() => {});
      return [log(anEntry())];
    });
    await expect(inner).rejects.toThrow(/cannot start inside another/);
    expect(await verify(db)).toBeNull();
  });

  it('locks out other writers before it builds a batch', async () => {
    const url = await fresh.url();
    const [db, raw] = [await fresh.open(url), await openRaw(url)];
    await raw.rows('pragma busy_timeout = 0');
    await db.atomically('T1', (log) => [log(anEntry())]);
    let other: Promise<unknown> | undefined;
    await db.atomically('T1', (log) => {
      other = raw.rows("insert into seen values ('T1', 'x', 0)").catch((error: unknown) => error);
      return [log(anEntry())];
    });
    expect(await other).toMatchObject({ code: 'SQLITE_BUSY' });
    await raw.close();
  });

  it('finds what is due by the small indexes made for it', async () => {
    const db = await fresh.database();
    const { outbox, messages, schedules, roles } = db.tables;
    const { q } = db;
    const due = [
      q.select().from(outbox).where(sql`${outbox.state} = 'ready' and ${outbox.notBefore} <= ${5}`),
      q.select().from(outbox).where(sql`${outbox.state} = 'sending' and ${outbox.leaseUntil} <= ${5}`),
      q.select().from(messages).where(sql`${messages.live} and ${messages.shown} < ${messages.wanted}`),
      q
        .select()
        .from(schedules)
        .where(sql`${schedules.enabled} and ${schedules.nextAt} <= ${5}`)
        .orderBy(asc(schedules.nextAt)),
      q
        .select()
        .from(roles)
        .where(and(eq(roles.workspace, 'T1'), inArray(roles.person, ['U1']), isNull(roles.until))),
    ];
    const raw = await openRaw(await fresh.url());
    const plans = await Promise.all(
      due.map(async (select) => {
        const { sql: text, params } = select.toSQL();
        const [row] = await raw.rows(`explain query plan ${text}`, params);
        return String(row?.['detail']);
      }),
    );
    await raw.close();
    const names = ['outbox_ready', 'outbox_sending', 'messages_behind', 'schedules_next', 'roles_person_now'];
    for (const [i, name] of names.entries()) expect(plans[i]).toContain(name);
  });
});
