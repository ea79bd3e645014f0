/** When may somebody be asked: their zone, their hours, the holidays of the workspace, their leave? */

import { type WorkingCalendar, workingCalendar } from '../core/calendar.ts';
import { calendarProblems, OFFICE_HOURS } from '../core/calendar-settings.ts';
import { isDay } from '../core/day.ts';
import { usualSlot } from '../core/rhythm-text.ts';
import { isZone } from '../core/schedule.ts';
import { workspaceById } from '../db/queries/people.ts';
import { quietOf } from '../db/queries/quiet.ts';
import { ownCalendars } from '../db/queries/rhythm.ts';
import { sponsorsAmong } from '../db/queries/roles.ts';
import type { Parts } from './feature.ts';

/** The working calendars of some people, by their ids. What somebody has set wins over Slack, Slack over the workspace. */
export async function calendarsOf(
  parts: Parts,
  workspace: string,
  people: readonly string[],
): Promise<ReadonlyMap<string, WorkingCalendar>> {
  const [row, own, sponsors, quiet] = await Promise.all([
    workspaceById(parts.db, workspace),
    ownCalendars(parts.db, workspace, people),
    sponsorsAmong(parts.db, workspace, people),
    quietOf(parts.db, workspace, people),
  ]);
  const shared = row?.settings['holidays'];
  const holidays = Array.isArray(shared)
    ? shared.filter((day): day is string => typeof day === 'string' && isDay(day))
    : [];
  const pairs = await Promise.all(
    [...new Set(people)].map(async (id): Promise<[string, WorkingCalendar]> => {
      const person = await parts.people.person(workspace, id);
      const set = own.get(id) ?? {};
      const zone = [set.zone, person.timezone, row?.timezone].find(
        (candidate) => typeof candidate === 'string' && isZone(candidate),
      );
      const hours = set.hours ?? OFFICE_HOURS;
      const slot = usualSlot(hours, sponsors.has(id));
      // The beginning of work needs no naming, and may be earlier than a slot can be chosen.
      const held = quiet.get(id);
      const plain = {
        zone: zone ?? 'UTC',
        holidays,
        ...(slot === hours.from ? {} : { slot }),
        ...(held === undefined ? {} : { quiet: [held] }),
      };
      const whole = { ...plain, ...set, zone: plain.zone, holidays: [...holidays, ...(set.holidays ?? [])] };
      // Settings were checked when they were set; should they not fit any more, asking at plain hours beats not asking.
      return [id, workingCalendar(calendarProblems(whole).length === 0 ? whole : plain)];
    }),
  );
  return new Map(pairs);
}
