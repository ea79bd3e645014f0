/** Does a migration keep every row, and does it refuse what it must? */

import { describe, expect, it } from 'vitest';
import { DatabaseProblem, type MigrationPlan } from '../../src/db/database.ts';
import { migrate, requireMigrated } from '../../src/db/migrate.ts';
import { missing, parseMigration, readPlan, triggerNames } from '../../src/db/migrations.ts';
import { sql } from '../../src/db/sql.ts';
import { type Engine, engines, type Fresh, freshDatabases, onBothEngines } from '../support/databases.ts';
import { everything, fill, openRaw } from './filled.ts';

/** What drizzle-kit writes on SQLite when a column becomes required: the table is built anew and the old one dropped. */
async function rebuild(url: string, table: string): Promise<string[]> {
  const raw = await openRaw(url);
  const told = await raw.rows('select type, sql from sqlite_schema where tbl_name = ? and sql is not null', [
    table,
  ]);
  await raw.close();
  const texts = (type: string) => told.flatMap((row) => (row['type'] === type ? [String(row['sql'])] : []));
  return [
    ...texts('table').map((text) =>
      text.replace(/^create table [`"]?\w+[`"]?/i, `create table "__new_${table}"`),
    ),
    `insert into "__new_${table}" select * from "${table}"`,
    `drop table "${table}"`,
    `alter table "__new_${table}" rename to "${table}"`,
    ...texts('index'),
  ];
}

/** The real migrations, then one that rebuilds the tables most others refer to and the one with triggers. */
async function withRebuild(fresh: Fresh, url: string): Promise<MigrationPlan> {
  const plan = readPlan(fresh.engine);
  const statements =
    fresh.engine === 'sqlite'
      ? (
          await Promise.all(
            ['workspaces', 'pilots', 'metrics', 'logbook_heads', 'logbook'].map((table) =>
              rebuild(url, table),
            ),
          )
        ).flat()
      : [
          'alter table pilots alter column revision type numeric',
          'alter table logbook alter column n type numeric',
        ];
  const synthetic = { name: '9999_rebuild', statements, checksum: 'x' };
  return { ...plan, migrations: [...plan.migrations, synthetic] };
}

const upTo = (plan: MigrationPlan, count: number): MigrationPlan => ({
  ...plan,
  migrations: plan.migrations.slice(0, count),
});

/** Fills a database of the version before the last migration of `plan`, applies that one, and compares. */
async function expectNothingLost(fresh: Fresh, url: string, plan: MigrationPlan): Promise<void> {
  const db = await fresh.open(url);
  const last = plan.migrations.at(-1);
  await db.upkeep.migrate(upTo(plan, plan.migrations.length - 1));
  const raw = await openRaw(url);
  await fill(raw, fresh.engine);
  const before = await everything(raw, fresh.engine);
  expect(await db.upkeep.migrate(plan)).toEqual([last?.name]);
  const after = await everything(raw, fresh.engine);
  for (const [table, rows] of before) {
    const now = after.get(table);
    // A table or column that is gone was dropped on purpose, in sight of whoever reviewed the migration.
    if (!now) continue;
    expect(now, table).toHaveLength(rows.length);
    for (const [i, row] of rows.entries()) {
      const kept = Object.entries(row).filter(([column]) => column in (now[i] ?? {}));
      expect(now[i], table).toMatchObject(Object.fromEntries(kept));
    }
  }
  expect(await db.upkeep.inspect(plan)).toBeNull();
  await raw.close();
}

onBothEngines('a migration', (_openFresh, fresh) => {
  const plan = readPlan(fresh.engine);
  const names = plan.migrations.map(({ name }) => name);
  // Before the first one there is nothing to lose.
  for (const [i, name] of names.entries()) {
    if (i === 0) continue;
    it(`keeps every row of a filled database: ${name}`, async () => {
      await expectNothingLost(fresh, await fresh.bareUrl(), upTo(plan, i + 1));
    });
  }

  it('keeps every row, reference and trigger when tables are rebuilt', async () => {
    const model = await fresh.url();
    await expectNothingLost(fresh, await fresh.bareUrl(), await withRebuild(fresh, model));
  });

  it('is applied once, in order, and by one of several who start together', async () => {
    const url = await fresh.bareUrl();
    const replicas = await Promise.all([1, 2, 3, 4].map(() => fresh.open(url)));
    const applied = await Promise.all(replicas.map((db) => migrate(db)));
    expect(applied.flatMap((one) => one.applied)).toEqual(names);
    expect(await migrate(replicas[0] ?? (await fresh.open(url)))).toEqual({ applied: [] });
  });

  it('is undone as a whole when a statement of it fails', async () => {
    const url = await fresh.url();
    const db = await fresh.open(url);
    const bad = { name: '9999_bad', statements: ['create table extra (a text)', 'nonsense'], checksum: 'x' };
    await expect(db.upkeep.migrate({ ...plan, migrations: [...plan.migrations, bad] })).rejects.toThrow();
    await requireMigrated(db);
    await expect(db.upkeep.rows(sql`select * from extra`)).rejects.toThrow();
    expect(await db.upkeep.inspect(plan)).toBeNull();
  });

  it('makes the triggers again when only they have changed', async () => {
    const db = await fresh.open(await fresh.url());
    const triggers = { ...plan.triggers, checksum: 'changed' };
    expect(await db.upkeep.migrate({ ...plan, triggers })).toEqual([]);
    expect((await db.upkeep.applied()).filter(({ name }) => name === 'triggers')).toEqual([
      { name: 'triggers', checksum: 'changed' },
    ]);
  });

  it('is refused on a database that is newer than the code, and nothing is touched', async () => {
    const url = await fresh.url();
    const db = await fresh.open(url);
    const raw = await openRaw(url);
    await raw.rows("insert into applied_migrations values (99, '0999_later', 'x')");
    await raw.close();
    for (const act of [() => migrate(db), () => requireMigrated(db)]) {
      await expect(act()).rejects.toThrow(DatabaseProblem);
      await expect(act()).rejects.toThrow(/newer version of Pilotage \(it has 0999_later\); install/);
    }
  });
});

describe('a SQLite migration', () => {
  const fresh = freshDatabases('sqlite');

  it('would not survive the rebuild of a table with references left on', async () => {
    const url = await fresh.url();
    const raw = await openRaw(url);
    await fill(raw, 'sqlite');
    const statements = await rebuild(url, 'pilots');
    await raw.rows('pragma foreign_keys = on');
    await raw.rows('begin');
    // Switching them off inside a transaction, as generated migrations try to, changes nothing.
    await raw.rows('pragma foreign_keys = off');
    const naive = async () => {
      for (const statement of statements) await raw.rows(statement);
      await raw.rows('commit');
    };
    await expect(naive()).rejects.toThrow(/FOREIGN KEY/);
    await raw.close();
  });

  it.each([
    [
      'leaves rows without what they refer to',
      "delete from pilots where id like '%v1%'",
      /a row of \w+ would refer to/,
    ],
    [
      'makes a table that is not STRICT',
      'create table loose (a text)',
      /the table loose would not be STRICT/,
    ],
  ])('is undone when it %s', async (_name, statement, sentence) => {
    const url = await fresh.url();
    const db = await fresh.open(url);
    const raw = await openRaw(url);
    await fill(raw, 'sqlite');
    const before = await everything(raw, 'sqlite');
    const plan = readPlan('sqlite');
    const lossy = { name: '9999_lossy', statements: [statement], checksum: 'x' };
    const act = db.upkeep.migrate({ ...plan, migrations: [...plan.migrations, lossy] });
    await expect(act).rejects.toThrow(sentence);
    expect(await everything(raw, 'sqlite')).toEqual(before);
    await raw.close();
    expect(await db.upkeep.rows(sql`pragma foreign_keys`)).toEqual([{ foreign_keys: 1 }]);
    expect(await db.upkeep.inspect(plan)).toBeNull();
  });
});

describe('the plan', () => {
  it.each(engines)('of %s has migrations and the triggers of the logbook', (engine: Engine) => {
    const plan = readPlan(engine);
    expect(plan.migrations.map(({ name }) => name)).toEqual(
      expect.arrayContaining([expect.stringMatching(/^0000_/)]),
    );
    expect(triggerNames(plan)).toEqual(expect.arrayContaining(['logbook_no_delete', 'logbook_only_erase']));
  });

  it('reads the same text whatever the line ends', () => {
    const text = 'one;\n--> statement-breakpoint\ntwo;\n';
    expect(parseMigration('0000_a.sql', text.replaceAll('\n', '\r\n'))).toEqual(
      parseMigration('0000_a.sql', text),
    );
    expect(parseMigration('0000_a.sql', text).statements).toEqual(['one;', 'two;']);
  });

  it('refuses a database made with another text of a migration', () => {
    const plan = readPlan('sqlite');
    const [first] = plan.migrations;
    const applied = [{ name: first?.name ?? '', checksum: 'other' }];
    expect(() => missing(applied, plan)).toThrow(/another text of migration 0000_/);
  });
});
