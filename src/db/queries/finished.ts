/** Which pilots have finished, and when did what happen by which their phases are measured? */
import type { Day } from '../../core/day.ts';
import type { Database } from '../database.ts';
import type { Tables } from '../schema.ts';
import { and, asc, desc, eq, inArray, isNull, lte, min, sql } from '../sql.ts';
import { rowsOfPilots } from './of-pilots.ts';

/** What is known of a finished pilot. Instants are epoch ms. */
export interface FinishedRow {
  readonly pilot: string;
  readonly start: Day | null;
  readonly createdAt: number;
  readonly releasedAt: number | null;
  /** When its charter was first signed. */
  readonly agreedAt: number | null;
  /** When the last of its required metrics got its first number; null while one has none. */
  readonly measuredAt: number | null;
  /** When it was decided to go live or to stop. */
  readonly endedAt: number;
  readonly pauses: readonly Pick<Tables['pauses']['$inferSelect'], 'since' | 'until'>[];
}

/** The newest ones say how it goes today, and they are read within a few milliseconds. */
const NEWEST = 200;

type Ended = Pick<FinishedRow, 'pilot' | 'createdAt' | 'releasedAt'> & { readonly endedAt: number | null };

const ENDS = ['go', 'conditional_go', 'stop'] as const;

/**
 * The pilots of a workspace about which it was decided last to go live or to stop, up to an instant; none where fewer than
 * `least` have finished. Those that are watched only are left out.
 */
export async function finishedPilots(
  db: Database,
  workspace: string,
  { at, least }: { readonly at: number; readonly least: number },
): Promise<FinishedRow[]> {
  const { decisions: d, pilots: p, pauses } = db.tables;
  const ended = await db.prepared<{ workspace: string; at: number }, Ended>('finished pilots', (q) => {
    const endedAt = min(d.effectiveAt);
    return q
      .select({ pilot: p.id, createdAt: p.createdAt, releasedAt: p.releasedAt, endedAt })
      .from(d)
      .innerJoin(p, and(eq(p.workspace, d.workspace), eq(p.id, d.pilot)))
      .where(
        and(
          eq(d.workspace, sql.placeholder('workspace')),
          eq(d.state, 'done'),
          inArray(d.decision, [...ENDS]),
          lte(d.effectiveAt, sql.placeholder('at')),
          isNull(p.deletedAt),
          isNull(p.watchedSince),
        ),
      )
      .groupBy(p.id, p.createdAt, p.releasedAt)
      .orderBy(desc(endedAt), asc(p.id))
      .limit(NEWEST);
  })({ workspace, at });
  if (ended.length < least) return [];
  const of = { workspace, pilots: ended.map(({ pilot }) => pilot) };
  const [versions, firsts, rested] = await Promise.all([
    signedVersions(db, of),
    firstValues(db, of),
    rowsOfPilots<typeof pauses.$inferSelect>(db, 'pauses of finished pilots', of, (q, some) =>
      q
        .select()
        .from(pauses)
        .where(and(eq(pauses.workspace, sql.placeholder('workspace')), inArray(pauses.pilot, some))),
    ),
  ]);
  const [versionsBy, firstsBy, restedBy] = [
    Map.groupBy(versions, ({ pilot }) => pilot),
    Map.groupBy(firsts, ({ pilot }) => pilot),
    Map.groupBy(rested, ({ pilot }) => pilot),
  ];
  return ended.map((row): FinishedRow => {
    const signed = versionsBy.get(row.pilot) ?? [];
    const measured = (firstsBy.get(row.pilot) ?? []).map(({ at: first }) => first);
    const last = measured.includes(null) || measured.length === 0 ? null : Math.max(...measured.map(Number));
    return {
      ...row,
      start: signed.at(-1)?.start ?? null,
      agreedAt: signed[0]?.answeredAt ?? null,
      measuredAt: last,
      endedAt: Number(row.endedAt),
      pauses: restedBy.get(row.pilot) ?? [],
    };
  });
}

type Of = { readonly workspace: string; readonly pilots: readonly string[] };

/** The versions that were signed, oldest first. */
function signedVersions(db: Database, of: Of) {
  const { charterVersions: t } = db.tables;
  return rowsOfPilots(db, 'versions of finished pilots', of, (q, some) =>
    q
      .select({ pilot: t.pilot, answeredAt: t.answeredAt, start: sql<Day | null>`${t.fields} ->> 'start'` })
      .from(t)
      .where(
        and(
          eq(t.workspace, sql.placeholder('workspace')),
          inArray(t.pilot, some),
          sql`${t.hash} is not null and ${t.answeredAt} is not null`,
        ),
      )
      .orderBy(asc(t.pilot), asc(t.n)),
  );
}

/** When each metric that decides got its first number; null where it has none. */
function firstValues(db: Database, of: Of) {
  const { charterVersions: v, criteria: c, observations: o } = db.tables;
  return rowsOfPilots(db, 'first values of finished pilots', of, (q, some) =>
    q
      .select({ pilot: c.pilot, metric: c.metric, at: min(o.recordedAt) })
      .from(v)
      .innerJoin(c, and(eq(c.workspace, v.workspace), eq(c.pilot, v.pilot), eq(c.version, v.n)))
      .leftJoin(o, and(eq(o.workspace, c.workspace), eq(o.pilot, c.pilot), eq(o.metric, c.metric)))
      .where(
        and(
          eq(v.workspace, sql.placeholder('workspace')),
          inArray(v.pilot, some),
          eq(v.status, 'signed'),
          eq(c.role, 'required'),
        ),
      )
      .groupBy(c.pilot, c.metric),
  );
}
