/** What goes into somebody's one message of the day, and when does it go out? */
import { firstSendable, nextSlot, type WorkingCalendar, workingCalendar } from './business-time.ts';
import { addDays, type Day, dayOf, startOfDay } from './day.ts';

export { workingCalendar };

/** Something somebody is to be told or asked, not before `at` (epoch ms). */
export interface Duty {
  readonly person: string;
  readonly at: number;
}

/** One message to one person, not before `at` (epoch ms). */
export interface DailyMessage<D extends Duty> {
  readonly person: string;
  readonly at: number;
  readonly duties: readonly D[];
}

/**
 * One message per person with everything that is due by the end of its day: when the first of it is due, within the person's
 * hours, and on a day on which they have not had such a message. Late duties go out at once, never as a backlog of messages.
 *
 * @param lastDays the local day of each person's newest such message
 * @example
 * dailyMessages([{ person: 'U1', at: 1767603600000, what: 'a' }, { person: 'U1', at: 1767610800000, what: 'b' }],
 *   () => workingCalendar({ zone: 'UTC' }), new Map(), 0).map(({ at, duties }) => [at, duties.length]) // [[1767603600000, 2]]
 */
export function dailyMessages<D extends Duty>(
  duties: readonly D[],
  calendarOf: (person: string) => WorkingCalendar,
  lastDays: ReadonlyMap<string, Day>,
  now: number,
): DailyMessage<D>[] {
  const byPerson = Map.groupBy(duties, ({ person }) => person);
  return [...byPerson].map(([person, owed]) => {
    const calendar = calendarOf(person);
    const first = Math.min(...owed.map(({ at }) => at));
    const at = free(calendar, Math.max(first, now), lastDays.get(person) ?? null);
    const until = startOfDay(addDays(dayOf(at, calendar.zone), 1), calendar.zone);
    return { person, at, duties: owed.filter((duty) => duty.at < until) };
  });
}

function free(calendar: WorkingCalendar, from: number, last: Day | null): number {
  const at = firstSendable(calendar, from, 'slot');
  if (last === null || dayOf(at, calendar.zone) > last) return at;
  return nextSlot(calendar, startOfDay(addDays(last, 1), calendar.zone));
}
