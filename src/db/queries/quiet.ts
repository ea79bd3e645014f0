/** When does Slack hold messages back from people? */
import type { Database } from '../database.ts';
import { and, eq, inArray, sql } from '../sql.ts';
import type { Quiet } from './people.ts';
import { rethinkCheckIns } from './rhythm.ts';
import { pilotsHeldBy } from './roles.ts';

/** Somebody who is quiet for longer is asked all the same: leave is what long absences are for. */
const LONGEST_QUIET_MS = 3 * 24 * 60 * 60 * 1000;

/**
 * When Slack holds messages back from these people, three days at most, by their ids; whoever it does not hold back from is
 * absent.
 */
export async function quietOf(
  db: Database,
  workspace: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Quiet>> {
  if (ids.length === 0) return new Map();
  const { people } = db.tables;
  const rows = await db.q
    .select({ id: people.id, quiet: people.quiet })
    .from(people)
    .where(
      and(
        eq(people.workspace, workspace),
        inArray(people.id, [...ids]),
        sql`cast(${people.quiet} as text) <> 'null'`,
      ),
    );
  return new Map(
    rows.flatMap(({ id, quiet }) => {
      if (quiet === null || quiet.until <= quiet.from) return [];
      return [
        [id, { from: quiet.from, until: Math.min(quiet.until, quiet.from + LONGEST_QUIET_MS) }] as const,
      ];
    }),
  );
}

/**
 * Keeps what Slack says about the do-not-disturb of somebody the app knows, null for none; what they are to be asked is
 * thought through again.
 */
export async function keepQuiet(
  db: Database,
  workspace: string,
  id: string,
  quiet: Quiet | null,
): Promise<void> {
  const { people } = db.tables;
  const pilots = await pilotsHeldBy(db, workspace, id);
  const kept = db.q
    .update(people)
    .set({ quiet: quiet ?? { from: 0, until: 0 } })
    .where(and(eq(people.workspace, workspace), eq(people.id, id)));
  await db.atomically(workspace, () => [
    kept,
    ...(pilots.length === 0 ? [] : [rethinkCheckIns(db, workspace, pilots)]),
  ]);
}
