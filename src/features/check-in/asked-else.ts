/** Who else was asked for a check-in, this once, and is it still to come? */
import { z } from 'zod';
import { type CheckInFacts, nextCheckInStep } from '../../core/check-in.ts';
import type { Day } from '../../core/day.ts';
import type { PilotFacts } from '../../core/pilot-facts.ts';
import type { Database } from '../../db/database.ts';
import type { OutboxRow } from '../../db/queries/outbox.ts';
import { checkInLogOf } from '../../db/queries/rhythm.ts';
import { and, desc, eq } from '../../db/sql.ts';
import type { Scene } from '../feature.ts';

export const ASKED_ELSE = 'check-in-for';

const shape = z.object({
  /** The day of the rhythm it is about. */
  due: z.string(),
  /** Who has asked. */
  by: z.string(),
  note: z.string().nullable(),
  /** Who has taken it back, or handed it back; null while it stands. */
  ended: z.object({ by: z.string(), at: z.number() }).nullable(),
});

/** What is kept about it. */
export type AskedElseDetails = z.infer<typeof shape>;

/** Somebody else who was asked: the row of the outbox, and what has become of it. */
export interface AskedElse extends AskedElseDetails {
  readonly row: OutboxRow;
  readonly person: string;
}

/** A row as what it is; null for any other. */
export function readAskedElse(row: OutboxRow | null): AskedElse | null {
  const read = shape.safeParse(row?.kind === ASKED_ELSE ? row.details : null);
  if (row === null || !read.success) return null;
  return { ...read.data, row, person: row.addressee.slice('user:'.length) };
}

/** Whoever was asked last for the check-in of a day, also when that has ended; null when nobody was. */
export async function askedElseFor(
  db: Database,
  workspace: string,
  pilot: string,
  due: Day,
): Promise<AskedElse | null> {
  const { outbox } = db.tables;
  const rows = await db.q
    .select()
    .from(outbox)
    .where(and(eq(outbox.workspace, workspace), eq(outbox.kind, ASKED_ELSE), eq(outbox.subject, pilot)))
    .orderBy(desc(outbox.createdAt), desc(outbox.id))
    .limit(1);
  const asked = readAskedElse(rows[0] ?? null);
  return asked?.due === due ? asked : null;
}

/** How the check-in of a day stands: it is still to come, somebody has checked in, or its time is over. */
export function stateOf(rhythm: CheckInFacts | null, due: Day, at: number): 'open' | 'done' | 'over' {
  if (rhythm === null) return 'over';
  if (rhythm.checkIns.some((checkIn) => checkIn.due === due)) return 'done';
  return nextCheckInStep(rhythm, at)?.due === due ? 'open' : 'over';
}

/** Whether somebody was asked for the newest check-in in the place of whoever owes it, and still may give it. */
export async function isAskedElse(scene: Scene, { pilot }: PilotFacts): Promise<boolean> {
  const { db, workspace, actor } = scene;
  const log = await checkInLogOf(db, { workspace, pilot: pilot.id });
  const newest = log.findLast(({ what }) => what === 'ask');
  if (newest === undefined) return false;
  const asked = await askedElseFor(db, workspace, pilot.id, newest.due);
  return asked !== null && asked.ended === null && asked.person === actor.id;
}
