/** Is the logbook whole, and does every row still have what it refers to? */

import { commitmentText, lastingActor } from '../core/logbook.ts';
import { emptyHead, entryHash, type Head, type LogbookRow, sha256 } from './chain.ts';
import type { Database, Problem } from './database.ts';
import { requireMigrated } from './migrate.ts';
import { readPlan } from './migrations.ts';
import { and, asc, eq, gt, max, sql } from './sql.ts';

const page = 1000;

/**
 * Walks the whole database: the engine's own check, every reference, every workspace's chain from its first entry to
 * its head. Entries whose personal part was erased still verify.
 *
 * A chain cannot show that its newest entries and its head were taken away together; keep heads elsewhere for that.
 *
 * @returns the first thing found wrong, null when nothing is
 * @throws {DatabaseProblem} when the schema is not the current one
 */
export async function verify(db: Database): Promise<Problem | null> {
  await requireMigrated(db);
  const engine = await db.upkeep.inspect(readPlan(db.engine));
  if (engine) return engine;
  const orphan = await firstOrphan(db);
  if (orphan) return orphan;
  for (const workspace of await chains(db)) {
    const broken = await walk(db, workspace);
    if (broken) return broken;
  }
  return null;
}

async function firstOrphan(db: Database): Promise<Problem | null> {
  for (const table of Object.values(db.tables)) {
    const child = db.upkeep.describe(table);
    const key = child.primaryKeys[0]?.columns ?? child.columns.filter((column) => column.primary);
    for (const reference of child.foreignKeys) {
      const { columns, foreignColumns, foreignTable } = reference.reference();
      const parent = db.upkeep.describe(foreignTable).name;
      const pairs = columns.map(
        (column, i) =>
          sql`p.${sql.identifier(foreignColumns[i]?.name ?? '')} = c.${sql.identifier(column.name)}`,
      );
      const filled = columns.map((column) => sql`c.${sql.identifier(column.name)} is not null`);
      const shown = key.map((column) => sql`c.${sql.identifier(column.name)}`);
      const owned = child.columns.some(({ name }) => name === 'workspace');
      const [row] = await db.upkeep.rows(
        sql`select ${owned ? sql`c.workspace` : sql`null`} as of_workspace, ${sql.join(shown, sql`, `)} from ${sql.identifier(child.name)} c where ${sql.join(filled, sql` and `)}
          and not exists (select 1 from ${sql.identifier(parent)} p where ${sql.join(pairs, sql` and `)})
          order by ${sql.join(shown, sql`, `)} limit 1`,
      );
      if (row) {
        const { of_workspace: workspace, ...keys } = row;
        return {
          workspace: typeof workspace === 'string' ? workspace : null,
          table: child.name,
          row: named(keys),
          sentence: `The row ${named(keys)} of ${child.name} refers to a row of ${parent} that is not there.`,
        };
      }
    }
  }
  return null;
}

/** Every workspace that has entries or a head, in order. */
async function chains(db: Database): Promise<string[]> {
  const { logbook, logbookHeads } = db.tables;
  const written = await db.q.selectDistinct({ workspace: logbook.workspace }).from(logbook);
  const headed = await db.q.select({ workspace: logbookHeads.workspace }).from(logbookHeads);
  return [...new Set([...written, ...headed].map(({ workspace }) => workspace))].sort();
}

async function walk(db: Database, workspace: string): Promise<Problem | null> {
  const { logbook, logbookHeads } = db.tables;
  // In this order a batch committed in between makes the head newer than the last entry seen, never older.
  const [last] = await db.q
    .select({ n: max(logbook.n) })
    .from(logbook)
    .where(eq(logbook.workspace, workspace));
  const [head] = await db.q.select().from(logbookHeads).where(eq(logbookHeads.workspace, workspace));
  const end = head ?? emptyHead;
  if ((last?.n ?? 0) > end.n) {
    return wrong(workspace, end.n + 1, 'stands after the newest entry the head knows');
  }
  let link: Head = emptyHead;
  while (link.n < end.n) {
    const rows = await db.q
      .select()
      .from(logbook)
      .where(and(eq(logbook.workspace, workspace), gt(logbook.n, link.n)))
      .orderBy(asc(logbook.n))
      .limit(page);
    for (const row of rows.filter(({ n }) => n <= end.n)) {
      const complaint = row.n === link.n + 1 ? complaintAbout(row, link) : 'is missing';
      if (complaint) return wrong(workspace, link.n + 1, complaint);
      link = row;
    }
    if (link.n < end.n && rows.length < page) return wrong(workspace, link.n + 1, 'is missing');
  }
  return link.hash === end.hash ? null : wrong(workspace, end.n, 'is not the one the head knows');
}

function complaintAbout(row: LogbookRow, before: Head): string | null {
  if (row.prev !== before.hash) return 'does not follow from the entry before it';
  if (row.hash !== entryHash(row)) return 'was changed';
  const erased = row.salt === null && row.personal === null && row.actor === lastingActor(row.actor);
  const kept =
    row.salt !== null && row.commitment === sha256(commitmentText(row.salt, row.actor, row.personal));
  return erased || kept ? null : 'has another person or other words than it was written with';
}

function wrong(workspace: string, n: number, complaint: string): Problem {
  const row = named({ workspace, n });
  return {
    workspace,
    table: 'logbook',
    row,
    sentence: `Entry ${n} of the logbook of ${workspace} ${complaint}.`,
  };
}

function named(row: Record<string, unknown>): string {
  return Object.entries(row)
    .map(([column, value]) => `${column}=${value}`)
    .join(', ');
}
