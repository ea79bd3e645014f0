/** Who follows which pilot? */
import type { Database, Statement } from '../database.ts';
import { and, eq, sql } from '../sql.ts';

/** A person and a pilot in a workspace. */
export interface Following {
  readonly workspace: string;
  readonly person: string;
  readonly pilot: string;
}

/** Begins to follow; a second time changes nothing. */
export const follow = (db: Database, one: Following, since: number): Statement =>
  db.q
    .insert(db.tables.follows)
    .values({ ...one, since })
    .onConflictDoNothing();

/** Ends following; touches no row where nobody followed. */
export function unfollow(db: Database, { workspace, person, pilot }: Following): Statement {
  const { follows: t } = db.tables;
  return db.q
    .delete(t)
    .where(and(eq(t.workspace, workspace), eq(t.person, person), eq(t.pilot, pilot)))
    .returning({ pilot: t.pilot });
}

/** The ids of the pilots somebody follows. */
export async function followedBy(
  db: Database,
  workspace: string,
  person: string,
): Promise<ReadonlySet<string>> {
  const { follows: t } = db.tables;
  const rows = await db.prepared<Pick<Following, 'workspace' | 'person'>, Pick<Following, 'pilot'>>(
    'follows of person',
    (q) =>
      q
        .select({ pilot: t.pilot })
        .from(t)
        .where(and(eq(t.workspace, sql.placeholder('workspace')), eq(t.person, sql.placeholder('person')))),
  )({ workspace, person });
  return new Set(rows.map(({ pilot }) => pilot));
}
