/** What has been answered about how sponsors stand behind their pilots, and by whom? */
import type { SponsorSaid } from '../../core/sponsor.ts';
import type { Database, Statement } from '../database.ts';
import type { Tables } from '../schema.ts';
import { and, asc, eq, sql } from '../sql.ts';

/** One answer as it is kept: it is never changed, a newer one counts instead. */
export type SponsorAnswerRow = Tables['sponsorAnswers']['$inferSelect'];

/** Keeps answers. */
export const insertSponsorAnswers = (db: Database, rows: readonly SponsorAnswerRow[]): Statement =>
  db.q.insert(db.tables.sponsorAnswers).values([...rows]);

/** Every answer about the sponsors of one pilot, oldest first. */
export function sponsorAnswersOf(
  db: Database,
  of: { readonly workspace: string; readonly pilot: string },
): Promise<SponsorAnswerRow[]> {
  const { sponsorAnswers: t } = db.tables;
  return db.prepared<typeof of, SponsorAnswerRow>('sponsor answers of pilot', (q) =>
    q
      .select()
      .from(t)
      .where(and(eq(t.workspace, sql.placeholder('workspace')), eq(t.pilot, sql.placeholder('pilot'))))
      .orderBy(asc(t.at), asc(t.id)),
  )(of);
}

/** Every answer in a workspace by pilot, oldest first. */
export async function sponsorAnswersByPilot(
  db: Database,
  workspace: string,
): Promise<ReadonlyMap<string, readonly SponsorSaid[]>> {
  const { sponsorAnswers: t } = db.tables;
  const rows = await db.prepared<{ workspace: string }, SponsorAnswerRow>('sponsor answers', (q) =>
    q
      .select()
      .from(t)
      .where(eq(t.workspace, sql.placeholder('workspace')))
      .orderBy(asc(t.at), asc(t.id)),
  )({ workspace });
  return Map.groupBy(rows, ({ pilot }) => pilot);
}
