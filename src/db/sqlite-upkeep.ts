/** How is a SQLite database migrated without losing rows, and what can it say about its own health? */

import type BetterSqlite3 from 'better-sqlite3';
import { type Applied, DatabaseProblem, type MigrationPlan, type Problem } from './database.ts';
import { journal, missing, triggerNames } from './migrations.ts';

type Client = BetterSqlite3.Database;

/** What was applied, oldest first; empty for a new file. */
export function appliedOnSqlite(client: Client): Applied {
  const known = client.prepare("select 1 from sqlite_schema where name = 'applied_migrations'").get();
  if (!known) return [];
  return client
    .prepare<[], Applied[number]>('select name, checksum from applied_migrations order by position')
    .all();
}

/**
 * Applies what is missing in one transaction.
 *
 * Changing a table often means building it anew and dropping the old one. With references enforced that would take
 * the rows of other tables along, and switching enforcement off does nothing once a transaction has begun; so it is
 * switched off before, and every reference is checked before the commit. Triggers disappear with their table, so all
 * of them are made again.
 */
export function migrateSqlite(client: Client, plan: MigrationPlan): string[] {
  if (!missing(appliedOnSqlite(client), plan).triggers) return [];
  client.pragma('foreign_keys = OFF');
  try {
    return client.transaction(() => applyMissing(client, plan)).immediate();
  } finally {
    client.pragma('foreign_keys = ON');
  }
}

/** Damaged pages, tables that take any type, and triggers that are gone. */
export function inspectSqlite(client: Client, plan: MigrationPlan): Problem | null {
  const damage = client
    .prepare<[], { integrity_check: string }>('pragma integrity_check(1)')
    .all()
    .find((row) => row.integrity_check !== 'ok');
  if (damage) return trouble('', `The file is damaged: ${damage.integrity_check}.`);
  const [loose] = looseTables(client);
  if (loose) return trouble(loose, `The table ${loose} is not STRICT.`);
  const there = new Set(triggers(client));
  const gone = triggerNames(plan).find((name) => !there.has(name));
  return gone ? trouble('logbook', `The trigger ${gone} that protects the logbook is gone.`) : null;
}

function applyMissing(client: Client, plan: MigrationPlan): string[] {
  client.exec(`${journal} strict`);
  const { migrations } = missing(appliedOnSqlite(client), plan);
  // A trigger that names a table which a migration replaces would make the renaming fail.
  for (const name of triggers(client)) client.exec(`drop trigger "${name}"`);
  for (const migration of migrations) {
    for (const statement of migration.statements) client.exec(statement);
  }
  for (const statement of plan.triggers.statements) client.exec(statement);
  refuseLoss(client);
  const note = client.prepare<[string, string]>(
    'insert into applied_migrations (name, checksum) values (?, ?)',
  );
  client.prepare<[string]>('delete from applied_migrations where name = ?').run(plan.triggers.name);
  for (const { name, checksum } of [...migrations, plan.triggers]) note.run(name, checksum);
  return migrations.map(({ name }) => name);
}

function refuseLoss(client: Client): void {
  const [orphan] = client.prepare<[], { table: string; parent: string }>('pragma foreign_key_check').all();
  if (orphan) {
    throw new DatabaseProblem(
      `The migration was undone: a row of ${orphan.table} would refer to a row of ${orphan.parent} that is not there.`,
    );
  }
  const [loose] = looseTables(client);
  if (loose) throw new DatabaseProblem(`The migration was undone: the table ${loose} would not be STRICT.`);
}

function looseTables(client: Client): string[] {
  return client
    .prepare<[], { name: string }>(
      "select name from pragma_table_list where schema = 'main' and type = 'table' and strict = 0 and name not like 'sqlite%'",
    )
    .all()
    .map(({ name }) => name);
}

function triggers(client: Client): string[] {
  return client
    .prepare<[], { name: string }>("select name from sqlite_schema where type = 'trigger' order by name")
    .all()
    .map(({ name }) => name);
}

function trouble(table: string, sentence: string): Problem {
  return { workspace: null, table, row: '', sentence };
}
