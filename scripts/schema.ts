/** Do the migrations and the schema dumps in `drizzle/` say what `src/db/schema.ts` says? Writes them, or checks them. */

import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Database } from '../src/db/database.ts';
import { migrate } from '../src/db/migrate.ts';
import { openDatabase } from '../src/db/open.ts';
import { sql } from '../src/db/sql.ts';
import { startPostgres } from '../test/support/postgres-server.ts';

type Engine = Database['engine'];
type Snapshot = { id: string; prevId: string };

const require = createRequire(import.meta.url);
const kit: typeof import('drizzle-kit/api') = require('drizzle-kit/api');
const root = fileURLToPath(new URL('../drizzle/', import.meta.url));
const engines: readonly Engine[] = ['sqlite', 'postgres'];
/** Tables whose rows lie in the order of their key on SQLite: it is long, and a second tree for it would double them. */
const keptByKey: ReadonlySet<string> = new Set(['observations']);
const nobody = '00000000-0000-0000-0000-000000000000';

type SqliteShape = Awaited<ReturnType<typeof kit.generateSQLiteDrizzleJson>>;
type PostgresShape = ReturnType<typeof kit.generateDrizzleJson>;

/** The schema as described now; without the ids drizzle-kit draws, so that the same schema gives the same file. */
export async function describedNow(engine: Engine): Promise<Snapshot> {
  const snapshot =
    engine === 'sqlite'
      ? await kit.generateSQLiteDrizzleJson((await import('../src/db/schema.sqlite.ts')).tables)
      : kit.generateDrizzleJson((await import('../src/db/schema.postgres.ts')).tables);
  return { ...snapshot, id: nobody, prevId: nobody };
}

/**
 * The statements that lead from one snapshot (from nothing, without one) to the schema as described now. SQLite's
 * tables are made STRICT; PostgreSQL's text sorts by bytes, as SQLite's does.
 */
export async function statementsFrom(engine: Engine, from?: Snapshot): Promise<string[]> {
  // Snapshots are drizzle-kit's own, read from where `write` put them: each engine's has that engine's shape.
  const now = await describedNow(engine);
  if (engine === 'sqlite') {
    const before = (from ?? (await kit.generateSQLiteDrizzleJson({}))) as SqliteShape;
    const statements = await kit.generateSQLiteMigration(before, now as SqliteShape);
    const columnsBefore = (table: string) => Object.keys(before.tables[table]?.columns ?? {});
    return statements.filter(isNeeded).map((statement) => strict(copyingKnown(statement, columnsBefore)));
  }
  const before = (from ?? kit.generateDrizzleJson({})) as PostgresShape;
  return (await kit.generateMigration(before, now as PostgresShape)).map(sortedByBytes);
}

// `migrate` switches references off and on itself: within a transaction these two do nothing.
const isNeeded = (statement: string) => !/^PRAGMA foreign_keys/i.test(statement.trim());

const strict = (statement: string) => {
  const table = /^CREATE TABLE `(?:__new_)?(\w+)`/i.exec(statement.trim())?.[1];
  if (table === undefined) return statement;
  return statement.replace(/\);\s*$/, keptByKey.has(table) ? ') STRICT, WITHOUT ROWID;' : ') STRICT;');
};

/** A rebuilt table is filled from the old one; drizzle-kit also selects columns that the old one does not have. */
const copyingKnown = (statement: string, columnsBefore: (table: string) => string[]) =>
  statement.replace(
    /^(\s*INSERT INTO `__new_(\w+)`)\(([^)]*)\) SELECT [^;]* FROM/,
    (_whole, start: string, table: string, list: string) => {
      const known = columnsBefore(table).map((name) => `"${name}"`);
      const columns = list.split(', ').filter((name) => known.includes(name));
      return `${start}(${columns.join(', ')}) SELECT ${columns.join(', ')} FROM`;
    },
  );

const sortedByBytes = (statement: string) =>
  statement
    .replaceAll('"public".', '')
    .replace(/("[^"]+" text)(?![a-z[])/g, '$1 COLLATE "C"')
    .replace(/(SET DATA TYPE text)(?![a-z[])/g, '$1 COLLATE "C"');

/** The schema as the engine itself tells it, one line per fact on PostgreSQL, the statements on SQLite. */
export async function dump(db: Database): Promise<string> {
  const query = db.engine === 'sqlite' ? sqliteFacts : postgresFacts;
  const rows = await db.upkeep.rows(sql.raw(query));
  return `${rows.map((row) => String(row['fact'])).join('\n')}\n`;
}

const sqliteFacts = `
  select sql || ';' as fact from sqlite_schema
  where sql is not null and name <> 'applied_migrations'
  order by case type when 'table' then 1 when 'index' then 2 else 3 end, name`;

// cspell:disable, for the names of PostgreSQL's catalogue
const postgresFacts = `
  with mine as (
    select c.oid, c.relname::text collate "C" as name from pg_class c
    where c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace and c.relname <> 'applied_migrations')
  select fact from (
    select 1 as part, m.name, a.attnum as place, m.name || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
      || case when a.attcollation = 'pg_catalog."C"'::regcollation then ' collate "C"' else '' end
      || case when a.attnotnull then ' not null' else '' end as fact
    from mine m join pg_attribute a on a.attrelid = m.oid where a.attnum > 0 and not a.attisdropped
    union all
    select 2, m.name, 0, m.name || ': ' || k.conname || ' ' || pg_get_constraintdef(k.oid)
    from mine m join pg_constraint k on k.conrelid = m.oid where k.contype <> 'n'
    union all
    select 3, m.name, 0, regexp_replace(pg_get_indexdef(i.indexrelid), ' ON \\S+\\.', ' ON ') || ';'
    from mine m join pg_index i on i.indrelid = m.oid
    where not exists (select 1 from pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u'))
    union all
    select 4, m.name, 0, regexp_replace(pg_get_triggerdef(t.oid), ' ON \\S+\\.', ' ON ') || ';'
    from mine m join pg_trigger t on t.tgrelid = m.oid where not t.tgisinternal
    union all
    select 5, p.proname::text, 0, regexp_replace(pg_get_functiondef(p.oid), 'FUNCTION \\S+\\.', 'FUNCTION ')
    from pg_proc p where p.pronamespace = current_schema()::regnamespace
  ) facts order by part, name collate "C", place, fact collate "C"`;
// cspell:enable

/** Runs `look` on an empty database of the engine. */
async function onEmpty<Result>(engine: Engine, look: (db: Database) => Promise<Result>): Promise<Result> {
  const server = engine === 'postgres' ? await startPostgres() : undefined;
  try {
    const url = server ? server.url('postgres') : 'file::memory:';
    const db = await openDatabase({ url, salt: () => '' });
    try {
      return await look(db);
    } finally {
      await db.close();
    }
  } finally {
    await server?.stop();
  }
}

const dumpFile = (engine: Engine) => `${root}${engine}/schema.sql`;
const snapshotFile = (engine: Engine) => `${root}${engine}/meta/snapshot.json`;

function readSnapshot(engine: Engine): Snapshot | undefined {
  const file = snapshotFile(engine);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

const dumpOfMigrations = (engine: Engine) =>
  onEmpty(engine, async (db) => {
    await migrate(db);
    return dump(db);
  });

/** Everything in `drizzle/` that does not follow from the schema as described; empty when all is well. */
async function drift(engine: Engine): Promise<string[]> {
  const found: string[] = [];
  const [lacking] = await statementsFrom(engine, readSnapshot(engine));
  if (lacking) found.push(`drizzle/${engine} lacks a migration: ${lacking.trim().split('\n')[0]}`);
  const written = existsSync(dumpFile(engine)) ? readFileSync(dumpFile(engine), 'utf8') : '';
  if ((await dumpOfMigrations(engine)) !== written) {
    found.push(`drizzle/${engine}/schema.sql is not what the migrations lead to`);
  }
  return found;
}

/** Writes what is missing. Renames are written by hand: from two schemas nobody can tell one from drop and add. */
async function write(engine: Engine, name: string, byHand: boolean): Promise<void> {
  const folder = `${root}${engine}`;
  mkdirSync(`${folder}/meta`, { recursive: true });
  const statements = byHand ? ['-- Written by hand.'] : await statementsFrom(engine, readSnapshot(engine));
  if (statements.length > 0) {
    const count = readdirSync(folder).filter((file) => /^\d{4}_/.test(file)).length;
    const file = `${String(count).padStart(4, '0')}_${name}.sql`;
    const text = statements.map((statement) => statement.trim()).join('\n--> statement-breakpoint\n');
    writeFileSync(`${folder}/${file}`, `${text}\n`);
    process.stdout.write(`drizzle/${engine}/${file}${byHand ? ': write it, then run npm run schema' : ''}\n`);
  }
  writeFileSync(snapshotFile(engine), `${JSON.stringify(await describedNow(engine), null, 2)}\n`);
  writeFileSync(dumpFile(engine), await dumpOfMigrations(engine));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: {
      check: { type: 'boolean', default: false },
      name: { type: 'string', default: 'change' },
      'by-hand': { type: 'boolean', default: false },
    },
  });
  if (!/^\w+$/.test(values.name)) {
    process.stderr.write('The name of a migration has letters, digits and underscores only.\n');
    process.exitCode = 2;
  } else if (values.check) {
    const found = (await Promise.all(engines.map(drift))).flat();
    for (const sentence of found) process.stderr.write(`${sentence}; run: npm run schema\n`);
    process.exitCode = found.length > 0 ? 1 : 0;
  } else {
    for (const engine of engines) await write(engine, values.name, values['by-hand']);
  }
}
