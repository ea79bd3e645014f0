import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  watch,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { columnLists } from '../../src/db/bulk-insert.ts';
import { columns } from '../../src/db/columns.sqlite.ts';
import type { Database } from '../../src/db/database.ts';
import { tableNames } from '../../src/db/fill.ts';
import { readPlan } from '../../src/db/migrations.ts';
import { tables } from '../../src/db/schema.sqlite.ts';
import { openSnapshot } from '../../src/db/snapshot.ts';
import { verify } from '../../src/db/verify.ts';
import { fill, openRaw } from '../db/filled.ts';
import { engines, freshDatabases, onBothEngines } from '../support/databases.ts';
import { anEntry, anOutboxRow, aPilot } from '../support/rows.ts';
import { call } from './call.ts';
import { plantPilots } from './planted.ts';

const require = createRequire(import.meta.url);
const Connection: typeof import('better-sqlite3') = require('better-sqlite3');
const PROGRAM = fileURLToPath(new URL('../../bin/pilotage.js', import.meta.url));

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pilotage-backup-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string) => join(folder, name);

const backup = (url: string, file: string, ...more: string[]) =>
  call(['backup', file, ...more], { env: { DATABASE_URL: url } });
const restore = (url: string, file: string, ...more: string[]) =>
  call(['restore', file, ...more], { env: { DATABASE_URL: url } });

/** Every row of every table, the same on both engines. */
async function contents(db: Database): Promise<Record<string, unknown[]>> {
  const rows = await Promise.all(
    tableNames.map(async (name) => {
      const list = await db.q.select().from(db.tables[name]);
      return [name, list.map((row) => JSON.stringify(row)).sort()] as const;
    }),
  );
  return Object.fromEntries(rows);
}

/** Two pilots and three entries of a logbook. */
async function plant(db: Database): Promise<void> {
  await plantPilots(db);
  for (const pilot of ['P1', 'P2', 'P1']) {
    await db.atomically('T1', (log) => [log(anEntry({ pilot, personal: { words: '¡Olé! 😀' } }))]);
  }
}

/** A backup of what `plant` writes. */
async function plantedBackup(file: string): Promise<void> {
  const source = `file:${at('source.db')}`;
  await call(['migrate'], { env: { DATABASE_URL: source } });
  const { openDatabase } = await import('../../src/db/open.ts');
  const db = await openDatabase({ url: source, salt: () => 'salt' });
  await plant(db);
  await db.close();
  expect((await backup(source, file)).code).toBe(0);
}

/** Changes a file of SQLite behind the app's back. */
function tamper(file: string, ...statements: string[]): void {
  const client = new Connection(file);
  client.pragma('foreign_keys = OFF');
  for (const statement of statements) client.exec(statement);
  client.close();
}

const [sqlite, postgres] = [freshDatabases('sqlite'), freshDatabases('postgres')];
const freshOf = { sqlite, postgres };

describe.each(
  engines.flatMap((from) => engines.map((to) => [from, to] as const)),
)('a backup of %s restored to %s', (from, to) => {
  it('holds every row of every table', async () => {
    const url = await freshOf[from].url();
    const raw = await openRaw(url);
    await fill(raw, from);
    await raw.close();
    const before = await contents(await freshOf[from].open(url));
    expect(Object.values(before).every((rows) => rows.length === 2)).toBe(true);

    expect(await backup(url, at('a.db'))).toMatchObject({ code: 0, err: '' });
    const target = await freshOf[to].bareUrl();
    // The rows are no real logbook.
    expect(await restore(target, at('a.db'), '--anyway')).toMatchObject({ code: 1, err: '' });
    expect(await contents(await freshOf[to].open(target))).toEqual(before);
  });

  it('says what it found, and the logbook is whole', async () => {
    const url = await freshOf[from].url();
    await plant(await freshOf[from].open(url));
    const kept = await backup(url, at('a.db'));
    expect(kept.out).toMatch(
      /^Kept in .*a\.db: 2 pilots, 3 entries in the logbook, the newest of 2026-01-12 06:40 UTC \(\d+ kB\)\.\n$/,
    );
    const target = await freshOf[to].bareUrl();
    const back = await restore(target, at('a.db'));
    expect(back.out).toBe(
      `${kept.out.replace('Kept in', 'Restored from').trimEnd()}\nThe logbook and every reference are whole.\n`,
    );
    const db = await freshOf[to].open(target);
    expect(await verify(db)).toBeNull();
    // And the chain goes on.
    await db.atomically('T1', (log) => [log(anEntry())]);
    expect(await verify(db)).toBeNull();
  });
});

it('every table is named behind the tables its rows refer to', () => {
  const named = new Set<string>();
  for (const name of tableNames) {
    const { name: table, foreignKeys } = columns.describe(tables[name]);
    named.add(table);
    const parents = foreignKeys.map((key) => columns.describe(key.reference().foreignTable).name);
    expect(parents.filter((parent) => !named.has(parent))).toEqual([]);
  }
});

onBothEngines('backup', (_, fresh) => {
  it('reads everything as of one instant while others write', async () => {
    const url = await fresh.url();
    const db = await fresh.open(url);
    await plant(db);
    const snapshot = await openSnapshot(url);
    const before = await snapshot.size();
    await db.q.insert(db.tables.pilots).values(aPilot({ id: 'P7', key: 'later' }));
    expect(await snapshot.size()).toBe(before);
    const keys: unknown[] = [];
    for await (const rows of snapshot.pages('pilots')) keys.push(...rows.map((row) => row['key']));
    expect(keys).toEqual(['claims-triage', 'churn']);
    await snapshot.close();
    expect(await contents(db)).toMatchObject({ pilots: { length: 3 } });
  });

  it('reads tables of more than a page in the order of their keys', async () => {
    const url = await fresh.url();
    const db = await fresh.open(url);
    await plant(db);
    const ids = Array.from({ length: 2500 }, (_, i) => `x${String(i).padStart(5, '0')}`);
    await db.atomically('T1', () =>
      db.insertMany('outbox', columnLists(ids.map((id) => anOutboxRow({ id })))),
    );
    const snapshot = await openSnapshot(url);
    const seen: unknown[] = [];
    for await (const rows of snapshot.pages('outbox')) seen.push(...rows.map((row) => row['id']));
    await snapshot.close();
    expect(seen).toEqual(ids);
  });

  it('never writes over a file, and leaves nothing behind when it cannot write', async () => {
    const url = await fresh.url();
    await plant(await fresh.open(url));
    writeFileSync(at('there.db'), 'mine');
    symlinkSync(at('nowhere'), at('link.db'));
    for (const name of ['there.db', 'link.db']) {
      const { code, out, err } = await backup(url, at(name));
      expect({ code, out }).toEqual({ code: 2, out: '' });
      expect(err).toBe(`${at(name)} is there already and is not written over; name another file.\n`);
    }
    expect(readFileSync(at('there.db'), 'utf8')).toBe('mine');
    expect(await backup(url, at('no/folder/a.db'))).toMatchObject({
      code: 2,
      err: `There is no folder ${at('no/folder')}; make it, or check the path.\n`,
    });
    expect(await backup(url, at('x'.repeat(300)))).toMatchObject({ code: 2 });
    expect(await backup(url, at('a\u0000b'))).toMatchObject({ code: 2 });
    expect(await backup(url, '')).toMatchObject({ code: 2, err: 'That is no name for a file; name one.\n' });
    expect(readdirSync(folder).sort()).toEqual(['link.db', 'there.db']);
  });

  it('may be read by its owner only', async () => {
    await backup(await fresh.url(), at('a.db'));
    expect(statSync(at('a.db')).mode & 0o777).toBe(0o600);
  });

  it('tells programs the same', async () => {
    const url = await fresh.url();
    await plant(await fresh.open(url));
    const { out } = await backup(url, at('a.db'), '--json');
    expect(JSON.parse(out)).toMatchObject({
      file: at('a.db'),
      workspaces: 1,
      pilots: 2,
      entries: 3,
      waiting: 0,
    });
  });

  it('of nothing is refused', async () => {
    const { code, err } = await backup(await fresh.bareUrl(), at('a.db'));
    expect(code).toBeGreaterThan(0);
    expect(err).toMatch(/^(There is no database at .*; check DATABASE_URL|The database is older .*)\.?\n$/);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('without room says so and leaves nothing behind', async () => {
    const url = await fresh.url();
    const db = await fresh.open(url);
    await plant(db);
    const child = spawn('sh', ['-c', `ulimit -f 100; exec "${process.execPath}" "${PROGRAM}" backup a.db`], {
      cwd: folder,
      env: { DATABASE_URL: url },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', (chunk) => {
      said += chunk;
    });
    const [code] = (await once(child, 'close')) as [number];
    expect({ code, said }).toEqual({
      code: 3,
      said: expect.stringMatching(/^(There is no room for a\.db|a\.db could not be written)[^\n]+\n$/),
    });
    expect(readdirSync(folder)).toEqual([]);
  });
});

onBothEngines('restore', (_, fresh) => {
  it('never writes over a database that is there', async () => {
    await plantedBackup(at('a.db'));
    const url = await fresh.url();
    const db = await fresh.open(url);
    await plant(db);
    await db.q.update(db.tables.pilots).set({ name: 'Mine' });
    const { code, err } = await restore(url, at('a.db'));
    expect(code).toBe(2);
    expect(err).toMatch(/ and (it )?is not written over; [^\n]+\.\n$/);
    expect((await db.q.select().from(db.tables.pilots)).map(({ name }) => name)).toEqual(['Mine', 'Mine']);
  });

  /** What a restore that was refused has left: rows of PostgreSQL, or files. */
  const leftIn = async (url: string): Promise<unknown[]> => {
    if (fresh.engine === 'sqlite') {
      const files = existsSync(at('data')) ? readdirSync(at('data')) : [];
      return files.filter((name) => !name.endsWith('.lock'));
    }
    const db = await fresh.open(url);
    return (await db.upkeep.applied()).length === 0 ? [] : Object.values(await contents(db)).flat();
  };

  const refusals: [string, (file: string) => void, number, RegExp][] = [
    ['no file', (file) => rmSync(file), 2, /^There is no file .*a\.db; check the path\.\n$/],
    [
      'a folder',
      (file) => {
        rmSync(file);
        mkdirSync(file);
      },
      2,
      /^.*a\.db is a folder; name the file in it\.\n$/,
    ],
    ['text', (file) => writeFileSync(file, 'hello'), 1, /^.*a\.db is not a backup of Pilotage; name a file/],
    ['an empty file', (file) => writeFileSync(file, ''), 1, /is not a backup of Pilotage/],
    [
      'somebody else’s database',
      (file) => {
        rmSync(file);
        tamper(file, 'create table a (b text)');
      },
      1,
      /is not a backup of Pilotage/,
    ],
    [
      'a file that was cut off',
      (file) => truncateSync(file, statSync(file).size - 8192),
      1,
      /^.*(is damaged|The file is damaged)[^\n]+\n$/,
    ],
    [
      'a newer schema',
      (file) => tamper(file, "insert into applied_migrations (name, checksum) values ('0999_later', 'ff')"),
      1,
      /^.*a\.db was made by a newer version of Pilotage \(it has 0999_later\); install that version, and restore with it\.\n$/,
    ],
    [
      'a broken logbook',
      (file) => tamper(file, "update logbook_heads set hash = 'ff'"),
      1,
      /^Entry 3 of the logbook of T1 is not the one the head knows\. Nothing was restored; use another backup, or add --anyway to take this one as it is\.\n$/,
    ],
    [
      'a row without its pilot',
      (file) => tamper(file, "insert into roles values ('T1', 'R1', 'gone', 'owner', 'U1', 0, null)"),
      1,
      /^The row id=R1 of roles refers to a row of pilots that is not there\. Nothing was restored;/,
    ],
    [
      'a database in use',
      (file) => writeFileSync(`${file}-wal`, 'x'),
      1,
      /a\.db is a database in use, not a backup \(.*a\.db-wal stands beside it\); make a backup of it with pilotage backup\.\n$/,
    ],
  ];
  it.each(refusals)('refuses %s and makes nothing', async (_name, change, code, sentence) => {
    await plantedBackup(at('a.db'));
    change(at('a.db'));
    const url = fresh.engine === 'sqlite' ? `file:${at('data/new.db')}` : await fresh.bareUrl();
    const answer = await restore(url, at('a.db'));
    expect(answer).toMatchObject({ code, out: '' });
    expect(answer.err).toMatch(sentence);
    expect(await leftIn(url)).toEqual([]);
  });

  it('takes a broken one as it is when that is asked for, and says so', async () => {
    await plantedBackup(at('a.db'));
    tamper(at('a.db'), "update logbook_heads set hash = 'ff'");
    const url = await fresh.bareUrl();
    const { code, out } = await restore(url, at('a.db'), '--anyway');
    expect(code).toBe(1);
    expect(out).toContain('It is not whole, and was restored as it is: Entry 3 of the logbook');
    expect(await verify(await fresh.open(url))).toMatchObject({ table: 'logbook' });
  });

  it('brings a backup of an older version to the current schema, and leaves the file as it is', async () => {
    const client = new Connection(at('old.db'));
    const [first] = readPlan('sqlite').migrations;
    client.exec(
      'create table applied_migrations (position integer primary key, name text not null, checksum text not null) strict',
    );
    for (const text of first?.statements ?? []) client.exec(text);
    client
      .prepare('insert into applied_migrations (name, checksum) values (?, ?)')
      .run(first?.name, first?.checksum);
    client.close();
    const before = readFileSync(at('old.db'));
    const newest = readPlan('sqlite').migrations.at(-1)?.name;
    const url = await fresh.bareUrl();
    expect(await restore(url, at('old.db'))).toMatchObject({
      code: 0,
      out: expect.stringContaining(`It had the schema 0000_start and now has ${newest}.\n`),
    });
    expect(await verify(await fresh.open(url))).toBeNull();
    expect(readFileSync(at('old.db'))).toEqual(before);
  });

  it('says what was waiting to be sent, and drops it when that is asked for', async () => {
    const source = await fresh.url();
    const db = await fresh.open(source);
    await plant(db);
    await db.q
      .insert(db.tables.outbox)
      .values([
        anOutboxRow({ id: 'X1' }),
        anOutboxRow({ id: 'X2', state: 'sending', leaseUntil: 5 }),
        anOutboxRow({ id: 'X3', state: 'sent' }),
      ]);
    await backup(source, at('a.db'));
    const states = async (url: string) => {
      const { q, tables } = await fresh.open(url);
      return (await q.select().from(tables.outbox)).map(({ state }) => state).sort();
    };
    const kept = await fresh.bareUrl();
    expect((await restore(kept, at('a.db'))).out).toContain(
      '2 messages were waiting to be sent and will be sent when Pilotage starts.\n',
    );
    expect(await states(kept)).toEqual(['ready', 'sending', 'sent']);
    const dropped = await fresh.bareUrl();
    expect((await restore(dropped, at('a.db'), '--drop-messages')).out).toContain(
      '2 messages were waiting to be sent and will not be sent.\n',
    );
    expect(await states(dropped)).toEqual(['dropped', 'dropped', 'sent']);
  });
});

/** The real program, killed as soon as `met` says so. */
async function killedRestore(url: string, met: Promise<unknown>): Promise<void> {
  const child = spawn(process.execPath, [PROGRAM, 'restore', at('a.db')], {
    env: { DATABASE_URL: url, TMPDIR: folder },
    stdio: 'ignore',
  });
  const gone = once(child, 'exit');
  await met;
  child.kill('SIGKILL');
  await gone;
}

describe('a restore that is killed in the middle', () => {
  it('leaves no SQLite database, and is simply run again', async () => {
    await plantedBackup(at('a.db'));
    mkdirSync(at('data'));
    const url = `file:${at('data/new.db')}`;
    const watcher = watch(at('data'));
    const begun = new Promise((resolve) => {
      watcher.on('change', (_event, name) => String(name).endsWith('.part') && resolve(null));
    });
    await killedRestore(url, begun);
    watcher.close();
    expect(existsSync(at('data/new.db'))).toBe(false);
    expect(await restore(url, at('a.db'))).toMatchObject({ code: 0, err: '' });
    expect(await verify(await sqlite.open(url))).toBeNull();
  });

  it('leaves an empty PostgreSQL database, and is simply run again', async () => {
    await plantedBackup(at('a.db'));
    const url = await postgres.url();
    const { Client }: typeof import('pg') = require('pg');
    const other = new Client({ connectionString: url });
    await other.connect();
    // Everything but the logbook is written when the restore has to wait.
    await other.query(`select pg_advisory_lock(7);
      create function wait_here() returns trigger language plpgsql as $$ begin perform pg_advisory_lock(7); return new; end $$;
      create trigger wait_here before insert on logbook for each row execute function wait_here()`);
    const waiting = async () => {
      const { rowCount } = await other.query(
        "select 1 from pg_stat_activity where application_name = 'pilotage copy' and wait_event = 'advisory'",
      );
      return rowCount === 1;
    };
    const met = async () => {
      while (!(await waiting()));
    };
    await killedRestore(url, met());
    await other.query('select pg_advisory_unlock(7); drop trigger wait_here on logbook');
    await other.end();
    const db = await postgres.open(url);
    expect(Object.values(await contents(db)).flat()).toEqual([]);
    expect(await restore(url, at('a.db'))).toMatchObject({ code: 0, err: '' });
    expect(await verify(db)).toBeNull();
  });
});

describe('leftovers', () => {
  it('of a database that is gone are never mixed with another one', async () => {
    await plantedBackup(at('a.db'));
    writeFileSync(at('new.db-wal'), 'old words');
    expect(await restore(`file:${at('new.db')}`, at('a.db'))).toEqual({
      code: 2,
      out: '',
      err: `${at('new.db-wal')} is left of a database that is gone; move it away first.\n`,
    });
  });

  it('of an app that runs keep a restore away', async () => {
    await plantedBackup(at('a.db'));
    const { claimFile } = await import('../../src/db/one-app.ts');
    const release = claimFile(at('new.db'));
    expect(await restore(`file:${at('new.db')}`, at('a.db'))).toMatchObject({
      code: 3,
      err: expect.stringContaining('Another Pilotage is running on'),
    });
    release();
    copyFileSync(at('a.db'), at('b.db'));
    expect(await restore(`file:${at('new.db')}`, at('b.db'))).toMatchObject({ code: 0 });
  });
});
