/** Which migrations does this version bring, and which of them does a database lack? */

import { readdirSync, readFileSync } from 'node:fs';
import { sha256 } from './chain.ts';
import {
  type Applied,
  type Database,
  DatabaseProblem,
  type Migration,
  type MigrationPlan,
} from './database.ts';

const folders = new URL('../../drizzle/', import.meta.url);
const breakpoint = '--> statement-breakpoint';

/** The statement that makes the journal; both engines understand it, SQLite adds its own ending. */
export const journal =
  'create table if not exists applied_migrations (position integer primary key, name text not null, checksum text not null)';

/** The migrations of one engine, read from `drizzle/`. */
export function readPlan(engine: Database['engine']): MigrationPlan {
  const folder = new URL(`${engine}/`, folders);
  const names = readdirSync(folder)
    .filter((name) => /^\d{4}_\w+\.sql$/.test(name))
    .sort();
  return {
    migrations: names.map((name) => readMigration(new URL(name, folder), name)),
    triggers: readMigration(new URL('triggers.sql', folder), 'triggers.sql'),
  };
}

/** Cuts a migration's text into statements. Line ends of other systems make no difference. */
export function parseMigration(name: string, text: string): Migration {
  const unified = text.replaceAll('\r\n', '\n');
  const statements = unified
    .split(breakpoint)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '');
  return { name: name.replace(/\.sql$/, ''), statements, checksum: sha256(unified) };
}

/**
 * What a database lacks.
 *
 * @returns the migrations to apply, and whether the triggers must be made again
 * @throws {DatabaseProblem} when the database has seen migrations this version does not know, or another text of one
 */
export function missing(
  applied: Applied,
  plan: MigrationPlan,
): { migrations: Migration[]; triggers: boolean } {
  const done = applied.filter(({ name }) => name !== plan.triggers.name);
  for (const [i, { name, checksum }] of done.entries()) {
    const known = plan.migrations[i];
    if (!plan.migrations.some((migration) => migration.name === name)) {
      throw new DatabaseProblem(
        `The database was used by a newer version of Pilotage (it has ${name}); install that version, or restore a backup.`,
      );
    }
    if (known?.name !== name || known.checksum !== checksum) {
      throw new DatabaseProblem(
        `The database was made with another text of migration ${name}; use the version of Pilotage that made it.`,
      );
    }
  }
  const migrations = plan.migrations.slice(done.length);
  const triggers = applied.find(({ name }) => name === plan.triggers.name);
  return { migrations, triggers: migrations.length > 0 || triggers?.checksum !== plan.triggers.checksum };
}

/** The names of the triggers that `triggers.sql` makes. */
export function triggerNames(plan: MigrationPlan): string[] {
  return plan.triggers.statements.flatMap((text) =>
    [...text.matchAll(/create trigger (\w+)/g)].map((match) => match[1] ?? ''),
  );
}

function readMigration(file: URL, name: string): Migration {
  return parseMigration(name, readFileSync(file, 'utf8'));
}
