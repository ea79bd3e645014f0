/** When is somebody asked next about the pilots they own? */

import type { WorkingCalendar } from '../../core/calendar.ts';
import { dayOf } from '../../core/day.ts';
import { isWatched } from '../../core/pilot.ts';
import { nextAsks } from '../../core/rhythm-text.ts';
import { allPilots } from '../../db/queries/pilots.ts';
import { checkInRhythms } from '../../db/queries/settings.ts';
import type { Line } from '../../slack/text.ts';
import { asksLine } from '../../views/settings-text.ts';
import type { Scene } from '../feature.ts';

const MOST_PILOTS = 5;
const DATES = 3;

/** A line per pilot with its next three dates; none for somebody who owns nothing that runs. */
export async function nextAsksLines(scene: Scene, calendar: WorkingCalendar): Promise<Line[]> {
  const { db, workspace, at, actor } = scene;
  const owned = (await allPilots(db, workspace)).filter(
    ({ pilot, holders, signed }) =>
      holders.owner === actor.id &&
      signed !== null &&
      pilot.stage !== 'stopped' &&
      pilot.pausedSince === null &&
      !isWatched(pilot),
  );
  const shown = owned.slice(0, MOST_PILOTS);
  const rhythms = await checkInRhythms(
    db,
    workspace,
    shown.map(({ pilot }) => pilot.id),
  );
  const today = dayOf(at, calendar.zone);
  const lines = shown.flatMap(({ pilot, signed }): Line[] => {
    const rhythm = rhythms.get(pilot.id);
    const start = signed?.fields.start ?? null;
    if (rhythm === undefined || start === null) return [];
    return [asksLine(pilot.name, nextAsks(rhythm, start, calendar, at, DATES), calendar.zone, today)];
  });
  return lines.length === 0 ? [] : ['You are asked next:', ...lines];
}
