/** How is a PostgreSQL database migrated by one replica at a time, and are its safeguards in place? */

import type { ClientBase, Pool } from 'pg';
import type { Applied, MigrationPlan, Problem } from './database.ts';
import { journal, missing, triggerNames } from './migrations.ts';

/** Any constant that nothing else in the database uses: replicas wait for each other under it. */
const migrationLock = 7_126_453_001;

/** What was applied, oldest first; empty for a new database. */
export async function appliedOnPostgres(client: Pool | ClientBase): Promise<Applied> {
  const known = await client.query("select 1 where to_regclass('applied_migrations') is not null");
  if (known.rowCount === 0) return [];
  const text = 'select name, checksum from applied_migrations order by position';
  return (await client.query<Applied[number]>(text)).rows;
}

/** Applies what is missing, within the transaction `client` is in. */
export async function migratePostgres(client: ClientBase, plan: MigrationPlan): Promise<string[]> {
  await client.query('set local statement_timeout = 0');
  await client.query('select pg_advisory_xact_lock($1)', [migrationLock]);
  const before = await appliedOnPostgres(client);
  const lacking = missing(before, plan);
  if (!lacking.triggers) return [];
  await client.query(journal);
  for (const migration of lacking.migrations) {
    for (const statement of migration.statements) await client.query(statement);
  }
  for (const statement of plan.triggers.statements) await client.query(statement);
  await client.query('delete from applied_migrations where name = $1', [plan.triggers.name]);
  for (const { name, checksum } of [...lacking.migrations, plan.triggers]) {
    await client.query(
      'insert into applied_migrations (position, name, checksum) select coalesce(max(position), 0) + 1, $1, $2 from applied_migrations',
      [name, checksum],
    );
  }
  return lacking.migrations.map(({ name }) => name);
}

/** Triggers that are gone or switched off, and references that were never checked. */
export async function inspectPostgres(pool: Pool, plan: MigrationPlan): Promise<Problem | null> {
  const on = await pool.query<{ name: string }>(
    "select tgname as name from pg_trigger where not tgisinternal and tgenabled in ('O', 'A')",
  );
  const there = new Set(on.rows.map(({ name }) => name));
  const gone = triggerNames(plan).find((name) => !there.has(name));
  if (gone)
    return trouble('logbook', `The trigger ${gone} that protects the logbook is gone or switched off.`);
  const unchecked = await pool.query<{ name: string; table: string }>(
    "select conname as name, conrelid::regclass::text as table from pg_constraint where contype = 'f' and not convalidated",
  );
  const first = unchecked.rows[0];
  return first
    ? trouble(first.table, `The reference ${first.name} of ${first.table} was never checked.`)
    : null;
}

function trouble(table: string, sentence: string): Problem {
  return { workspace: null, table, row: '', sentence };
}
