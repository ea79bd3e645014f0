/** What was seen at the looks at pilots, and under which thresholds? */

import type { Json } from '../../core/logbook.ts';
import {
  PRESETS,
  type Preset,
  type StallSettings,
  settingsOf,
  THRESHOLD_NAMES,
} from '../../core/stall/settings.ts';
import type { Signal } from '../../core/stall/signal.ts';
import type { Database, Statement } from '../database.ts';
import type { Tables } from '../schema.ts';
import { and, asc, desc, eq, sql } from '../sql.ts';

type Row = Tables['looks']['$inferSelect'];

/** One look with its signals. */
export interface LookRow extends Omit<Row, 'counted'> {
  readonly counted: readonly Signal[];
}

type OfPilot = { readonly workspace: string; readonly pilot: string };

const read = (row: Row): LookRow => ({ ...row, counted: row.counted as unknown as readonly Signal[] });

/** The looks at a pilot, oldest first. */
export async function looksOf(db: Database, of: OfPilot): Promise<LookRow[]> {
  const { looks: t } = db.tables;
  const rows = await db.prepared<OfPilot, Row>('looks of pilot', (q) =>
    q
      .select()
      .from(t)
      .where(and(eq(t.workspace, sql.placeholder('workspace')), eq(t.pilot, sql.placeholder('pilot'))))
      .orderBy(asc(t.day)),
  )(of);
  return rows.map(read);
}

/** The newest look at a pilot, or null. */
export async function newestLook(db: Database, of: OfPilot): Promise<LookRow | null> {
  const { looks: t } = db.tables;
  const rows = await db.prepared<{ workspace: string; pilot: string }, typeof t.$inferSelect>(
    'newest look',
    (q) =>
      q
        .select()
        .from(t)
        .where(and(eq(t.workspace, sql.placeholder('workspace')), eq(t.pilot, sql.placeholder('pilot'))))
        .orderBy(desc(t.day))
        .limit(1),
  )({ workspace: of.workspace, pilot: of.pilot });
  return rows[0] === undefined ? null : read(rows[0]);
}

/** The newest look at each pilot of a workspace, by the pilot's id. */
export async function newestLooks(db: Database, workspace: string): Promise<ReadonlyMap<string, LookRow>> {
  const { looks: t } = db.tables;
  const rows = await db.q
    .select()
    .from(t)
    .where(
      and(
        eq(t.workspace, workspace),
        sql`${t.day} = (select max(l.day) from looks l where l.workspace = ${t.workspace} and l.pilot = ${t.pilot})`,
      ),
    );
  return new Map(rows.map((row) => [row.pilot, read(row)]));
}

/** Writes the look of a day; a later one of the same day takes its place. */
export function keepLook(db: Database, row: LookRow): Statement {
  const { looks: t } = db.tables;
  const values = { ...row, counted: row.counted as unknown as Json };
  const { workspace: _workspace, pilot: _pilot, day: _day, ...change } = values;
  return db.q
    .insert(t)
    .values(values)
    .onConflictDoUpdate({ target: [t.workspace, t.pilot, t.day], set: change });
}

/** One version of a workspace's thresholds. */
export interface StallSettingsVersion {
  readonly version: number;
  readonly preset: Preset;
  readonly changed: Partial<StallSettings>;
  readonly settings: StallSettings;
}

const UNSET: StallSettingsVersion = {
  version: 0,
  preset: 'normal',
  changed: {},
  settings: settingsOf('normal'),
};

/** The thresholds of a workspace by version; version 0 is what counts where nothing was ever set. */
export async function stallSettingsOf(
  db: Database,
  workspace: string,
): Promise<ReadonlyMap<number, StallSettingsVersion>> {
  const { stallSettings: t } = db.tables;
  const rows = await db.prepared<{ workspace: string }, Tables['stallSettings']['$inferSelect']>(
    'stall settings',
    (q) =>
      q
        .select()
        .from(t)
        .where(eq(t.workspace, sql.placeholder('workspace')))
        .orderBy(asc(t.version)),
  )({ workspace });
  const versions = rows.map(({ version, preset, changed }): StallSettingsVersion => {
    const known = PRESETS.find((name) => name === preset) ?? 'normal';
    const own = Object.fromEntries(
      Object.entries(changed).filter(([name]) => THRESHOLD_NAMES.some((threshold) => threshold === name)),
    ) as Partial<StallSettings>;
    return { version, preset: known, changed: own, settings: settingsOf(known, own) };
  });
  return new Map([UNSET, ...versions].map((entry) => [entry.version, entry]));
}

/** The thresholds that count now. */
export const newestSettings = (versions: ReadonlyMap<number, StallSettingsVersion>): StallSettingsVersion =>
  [...versions.values()].at(-1) ?? UNSET;

/** Working days until a delegate is asked for a press, as it is set now. */
export const pressDays = async (db: Database, workspace: string): Promise<number> =>
  newestSettings(await stallSettingsOf(db, workspace)).settings.press_days;

/** Adds a version of a workspace's thresholds; the number taken already makes the batch fail as a duplicate. */
export const insertStallSettings = (db: Database, row: Tables['stallSettings']['$inferInsert']): Statement =>
  db.q.insert(db.tables.stallSettings).values(row);

/** Forgets looks that were made by a clock that ran ahead: after an instant that has not come. */
export function dropLooksAfter(db: Database, workspace: string, at: number): Statement {
  const { looks: t } = db.tables;
  return db.q.delete(t).where(and(eq(t.workspace, workspace), sql`${t.at} > ${at}`));
}
