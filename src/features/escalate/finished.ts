/** How long did the phases of finished pilots take, so that another one can be compared with them? */
import { dayOf } from '../../core/day.ts';
import { pausedDays } from '../../core/pause.ts';
import { type FinishedPhase, finishedPhases } from '../../core/stall/phases.ts';
import { ENOUGH_OTHERS } from '../../core/stall/time.ts';
import { finishedPilots } from '../../db/queries/finished.ts';
import { workspaceById } from '../../db/queries/people.ts';
import type { Parts } from '../feature.ts';

/** The phases of a workspace's pilots that are over at `at` (epoch ms); none before enough pilots have finished. */
export async function phasesOfOthers(
  { db }: Pick<Parts, 'db'>,
  workspace: string,
  at: number,
): Promise<FinishedPhase[]> {
  const [home, rows] = await Promise.all([
    workspaceById(db, workspace),
    finishedPilots(db, workspace, { at, least: ENOUGH_OTHERS }),
  ]);
  const zone = home?.timezone ?? 'UTC';
  const day = (instant: number | null) => (instant === null ? null : dayOf(instant, zone));
  return rows.flatMap(({ start, createdAt, releasedAt, agreedAt, measuredAt, endedAt, pauses }) =>
    finishedPhases({
      start,
      created: dayOf(createdAt, zone),
      agreed: day(agreedAt),
      measured: day(measuredAt),
      ended: dayOf(endedAt, zone),
      pauses: pausedDays(pauses, zone, endedAt),
      released: day(releasedAt),
    }),
  );
}
