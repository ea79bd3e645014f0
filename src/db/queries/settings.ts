/** What have a workspace and its people set, and how is a change of it written? */
import { z } from 'zod';
import { isDay } from '../../core/day.ts';
import type { Json } from '../../core/logbook.ts';
import type { Rhythm } from '../../core/rhythm.ts';
import { UNSET, type WorkspaceSettings } from '../../core/workspace-settings.ts';
import type { Database, Statement } from '../database.ts';
import { and, eq, inArray, sql } from '../sql.ts';
import type { WorkspaceRow } from './people.ts';
import type { OwnCalendar } from './rhythm.ts';

const time = z
  .string()
  .regex(/^\d{2}:\d{2}$/)
  .nullable();
const weekday = z.number().int().min(1).max(7);
const rhythm = z.union([
  z.object({ every: z.enum(['week', 'fortnight']), weekday, time }),
  z.object({
    every: z.literal('month'),
    week: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal('last')]),
    weekday,
    time,
  }),
  z.object({ every: z.literal('month'), date: z.number().int().min(1).max(31), time }),
  z.object({ every: z.literal('never') }),
]);
const day = z.string().refine(isDay);
const hours = z.object({ from: z.string(), to: z.string() });

// What cannot be read counts as not set: settings must never keep people from working. What is missing has its default,
// because a fault that is caught costs far more, and these are read with every request.
const usual = UNSET.rhythm as z.infer<typeof rhythm>;
const workspaceShape = z.object({
  officeName: z.string().min(1).nullable().default(UNSET.officeName).catch(UNSET.officeName),
  members: z.array(z.string()).default([]).catch([]),
  rhythm: rhythm.default(usual).catch(usual),
  holidays: z.array(day).default([]).catch([]),
  place: z.string().nullable().default(null).catch(null),
});

const calendarShape = z
  .object({
    zone: z.string().optional().catch(undefined),
    hours: hours.optional().catch(undefined),
    weekend: z.array(weekday).optional().catch(undefined),
    country: z.string().nullable().optional().catch(undefined),
    slot: z.string().optional().catch(undefined),
    holidays: z.array(day).optional().catch(undefined),
    leave: z
      .array(z.object({ from: day, until: day, delegate: z.string().nullable() }))
      .optional()
      .catch(undefined),
  })
  .catch({});

/** The settings of a workspace; what is not set, or cannot be read, is as in `UNSET`. */
export const workspaceSettings = (row: Pick<WorkspaceRow, 'settings'>): WorkspaceSettings =>
  workspaceShape.parse(row.settings);

/** The rhythm a row of the schedules holds; null when it holds none. */
function rhythmIn(rule: unknown): Rhythm | null {
  const read = rhythm.safeParse(rule);
  return read.success ? read.data : null;
}

/**
 * Changes what a workspace has set, and its zone, if it is still as it was read; touches no row otherwise. What is not
 * named in the change stays.
 */
export function changeWorkspaceSettings(
  db: Database,
  seen: Pick<WorkspaceRow, 'id' | 'settings' | 'timezone'>,
  change: Partial<WorkspaceSettings>,
  timezone: string,
): Statement {
  const { workspaces: t } = db.tables;
  return db.q
    .update(t)
    .set({ settings: { ...seen.settings, ...(change as Record<string, Json>) }, timezone })
    .where(
      and(
        eq(t.id, seen.id),
        eq(t.timezone, seen.timezone),
        sql`cast(${t.settings} as text) = ${JSON.stringify(seen.settings)}`,
      ),
    )
    .returning({ id: t.id });
}

/** What somebody has set for themselves. `setAt` is null before they have set anything. */
export interface Preferences {
  readonly workspace: string;
  readonly person: string;
  readonly settings: Readonly<Record<string, Json>>;
  readonly calendar: OwnCalendar;
  readonly setAt: number | null;
}

/** What somebody has set for themselves. */
export async function preferencesOf(db: Database, workspace: string, person: string): Promise<Preferences> {
  const { preferences: t } = db.tables;
  const [row] = await db.q
    .select()
    .from(t)
    .where(and(eq(t.workspace, workspace), eq(t.person, person)));
  const settings = row?.settings ?? {};
  const read = calendarShape.parse(settings['calendar'] ?? {});
  // A key that is not set is left out, so that it takes its default where the calendar is made.
  const calendar = Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined));
  return { workspace, person, settings, calendar, setAt: row?.setAt ?? null };
}

/** Changes what somebody has set, if it is still as it was read; touches no row otherwise. */
export function changePreferences(
  db: Database,
  seen: Preferences,
  change: { readonly calendar: OwnCalendar; readonly place?: string | null },
  at: number,
): Statement {
  const { preferences: t } = db.tables;
  const settings = {
    ...seen.settings,
    calendar: change.calendar as unknown as Json,
    ...(change.place === undefined ? {} : { place: change.place }),
  };
  const { workspace, person } = seen;
  if (seen.setAt === null)
    return db.q
      .insert(t)
      .values({ workspace, person, settings, setAt: at })
      .onConflictDoNothing()
      .returning({ person: t.person });
  return (
    db.q
      .update(t)
      // Rises with every change, even within one millisecond and after a clock went back.
      .set({ settings, setAt: Math.max(at, seen.setAt + 1) })
      .where(and(eq(t.workspace, workspace), eq(t.person, person), eq(t.setAt, seen.setAt)))
      .returning({ person: t.person })
  );
}

/** Makes every check-in of a workspace be thought through again now. */
export function rethinkAllCheckIns(db: Database, workspace: string): Statement {
  const { schedules: t } = db.tables;
  return db.q
    .update(t)
    .set({ nextAt: 0 })
    .where(and(eq(t.workspace, workspace), eq(t.kind, 'check-in'), sql`${t.enabled}`));
}

/** Gives the pilots that follow the workspace's rhythm another one, and makes their check-ins be thought through again. */
export function followRhythm(db: Database, workspace: string, before: Rhythm, after: Rhythm): Statement {
  const { schedules: t } = db.tables;
  return db.q
    .update(t)
    .set({ rule: { ...after }, nextAt: 0 })
    .where(
      and(
        eq(t.workspace, workspace),
        eq(t.kind, 'check-in'),
        sql`${t.enabled}`,
        sql`cast(${t.rule} as text) = ${JSON.stringify(before)}`,
      ),
    );
}

/** The rhythms of pilots by their ids; one that is not asked about is absent. */
export async function checkInRhythms(
  db: Database,
  workspace: string,
  pilots: readonly string[],
): Promise<ReadonlyMap<string, Rhythm>> {
  const { schedules: t } = db.tables;
  const rows = await db.q
    .select({ pilot: t.subject, rule: t.rule })
    .from(t)
    .where(
      and(
        eq(t.workspace, workspace),
        eq(t.kind, 'check-in'),
        sql`${t.enabled}`,
        inArray(t.subject, [...pilots]),
      ),
    );
  return new Map(
    rows.flatMap(({ pilot, rule }) => {
      const read = rhythmIn(rule);
      return read === null ? [] : [[pilot, read] as const];
    }),
  );
}
