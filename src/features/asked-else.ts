/** Who else was asked for a check-in, this once, and is it still to come? */
import { z } from 'zod';
import { type CheckInFacts, nextCheckInStep } from '../core/check-in.ts';
import type { Day } from '../core/day.ts';
import type { PilotFacts } from '../core/pilot-facts.ts';
import type { Owed } from '../core/worklist.ts';
import type { Database } from '../db/database.ts';
import type { OutboxRow } from '../db/queries/outbox.ts';
import { checkInLogOf } from '../db/queries/rhythm.ts';
import { and, desc, eq } from '../db/sql.ts';
import { checkInFacts } from './check-in-facts.ts';
import type { Moment, Scene } from './feature.ts';

/** How far back is looked for what somebody was asked. */
const MOST_ASKED = 50;

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

/** The check-ins somebody was asked for in the place of their owners and that are still to come, among pilots they may see. */
export async function askedOf(
  moment: Moment | Scene,
  person: string,
  visible: readonly PilotFacts[],
): Promise<Owed[]> {
  const { outbox } = moment.db.tables;
  const rows = await moment.db.q
    .select()
    .from(outbox)
    .where(
      and(
        eq(outbox.workspace, moment.workspace),
        eq(outbox.addressee, `user:${person}`),
        eq(outbox.kind, ASKED_ELSE),
      ),
    )
    .orderBy(desc(outbox.createdAt), desc(outbox.id))
    .limit(MOST_ASKED);
  const newest = new Map(rows.toReversed().map((row) => [row.subject, readAskedElse(row)]));
  const owed = await Promise.all(
    [...newest].map(async ([pilot, asked]): Promise<Owed[]> => {
      const facts = visible.find((one) => one.pilot.id === pilot);
      if (facts === undefined || asked === null || asked.ended !== null) return [];
      const latest = await askedElseFor(moment.db, moment.workspace, pilot, asked.due);
      if (latest?.row.id !== asked.row.id) return [];
      const state = stateOf(await checkInFacts(moment, facts), asked.due, moment.at);
      return state === 'open' ? [{ what: 'check-in', facts, since: asked.row.createdAt }] : [];
    }),
  );
  return owed.flat();
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
