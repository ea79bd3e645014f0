/** On which days and hours does somebody work, and who stands in while they are away? */
import {
  type CalendarSettings,
  calendarProblems,
  type DayHours,
  type Leave,
  OFFICE_HOURS,
  type Quiet,
  weekOf,
} from './calendar-settings.ts';
import { addDays, type Day, daysBetween, startOfDay, weekdayOf } from './day.ts';
import { hasDay, wallInstant } from './schedule.ts';

const MS_PER_DAY = 86_400_000;

/** A person's working calendar, ready for questions. */
export interface WorkingCalendar {
  readonly zone: string;
  /** Seven entries, Monday first; null is a day off. */
  readonly week: readonly (DayHours | null)[];
  readonly slot: string;
  readonly holidays: ReadonlySet<Day>;
  readonly leave: readonly Leave[];
  /** In order of time. */
  readonly quiet: readonly Quiet[];
}

/**
 * A working calendar from what was set: nine to five where no hours are set, the weekend of the country, Saturday and
 * Sunday where none is known, messages when work begins. Throws a RangeError for settings with
 * `calendarProblems`.
 *
 * @example
 * workingCalendar({ zone: 'Asia/Riyadh', country: 'SA' }).week.map((span) => span?.from ?? null) // ['09:00', '09:00', '09:00', '09:00', null, null, '09:00']
 * workingCalendar({ zone: 'UTC', hours: { from: '08:00', to: '16:00' } }).slot // '08:00'
 */
export function workingCalendar(settings: CalendarSettings): WorkingCalendar {
  const [problem] = calendarProblems(settings);
  if (problem !== undefined)
    throw new RangeError(`calendar: ${problem.part} ${problem.given} ${problem.why}`);
  return {
    zone: settings.zone,
    week: weekOf(settings),
    slot: settings.slot ?? (settings.hours ?? OFFICE_HOURS).from,
    holidays: new Set(settings.holidays),
    leave: [...(settings.leave ?? [])],
    quiet: [...(settings.quiet ?? [])].sort((a, b) => a.from - b.from),
  };
}

/**
 * The leave somebody is on that day, the longest-lasting where several overlap; null when they are not away.
 *
 * @example
 * awayOn(workingCalendar({ zone: 'UTC', leave: [{ from: '2026-08-03', until: '2026-08-14', delegate: 'U2' }] }), '2026-08-14')?.delegate // 'U2'
 * awayOn(workingCalendar({ zone: 'UTC' }), '2026-08-14') // null
 */
export function awayOn(calendar: Pick<WorkingCalendar, 'leave'>, day: Day): Leave | null {
  let found: Leave | null = null;
  for (const leave of calendar.leave) {
    if (leave.from <= day && day <= leave.until && (found === null || leave.until > found.until))
      found = leave;
  }
  return found;
}

/**
 * Whether somebody works on a day: not on a weekend, a holiday, or leave, nor on a day that their zone skips.
 *
 * @example
 * isWorkingDay(workingCalendar({ zone: 'UTC', holidays: ['2026-01-06'] }), '2026-01-05') // true
 * isWorkingDay(workingCalendar({ zone: 'UTC', holidays: ['2026-01-06'] }), '2026-01-06') // false
 */
export function isWorkingDay(calendar: WorkingCalendar, day: Day): boolean {
  return (
    hoursOn(calendar, day) !== null &&
    !calendar.holidays.has(day) &&
    (calendar.leave.length === 0 || awayOn(calendar, day) === null) &&
    hasDay(day, calendar.zone)
  );
}

/**
 * The n-th working day after a day, before it when n is negative; n must not be 0.
 *
 * @example
 * workingDayFrom(workingCalendar({ zone: 'UTC' }), '2026-01-09', 1) // '2026-01-12'
 * workingDayFrom(workingCalendar({ zone: 'UTC' }), '2026-01-12', -1) // '2026-01-09'
 */
export function workingDayFrom(calendar: WorkingCalendar, day: Day, n: number): Day {
  const step = Math.sign(n);
  if (step === 0) throw new RangeError('workingDayFrom: no day is the working day number 0');
  let at = day;
  for (let left = Math.abs(n); left > 0; ) {
    at = addDays(step > 0 ? endOfLeave(calendar, at) : at, step);
    if (isWorkingDay(calendar, at)) left -= 1;
  }
  return at;
}

/**
 * How many working days lie after one day, up to and with another.
 *
 * @example
 * workingDaysBetween(workingCalendar({ zone: 'UTC' }), '2026-01-09', '2026-01-13') // 2
 * workingDaysBetween(workingCalendar({ zone: 'UTC' }), '2026-01-13', '2026-01-09') // 0
 */
export function workingDaysBetween(calendar: WorkingCalendar, from: Day, to: Day): number {
  const days = daysBetween(from, to);
  if (days <= 0) return 0;
  const passed = startOfDay(to, calendar.zone) - startOfDay(from, calendar.zone);
  // A zone that skips a day is rare enough to be counted day by day.
  if (passed < (days - 0.5) * MS_PER_DAY) return countedDays(calendar, from, days);
  let count = workedOn(calendar, from, to);
  for (const span of leaveBetween(calendar, from, to))
    count -= workedOn(calendar, addDays(span.from, -1), span.until);
  return count;
}

/**
 * The stretches of leave after one day, up to and with another, in order and apart from each other; both days included.
 *
 * @example
 * leaveBetween({ leave: [{ from: '2026-01-05', until: '2026-01-09' }, { from: '2026-01-08', until: '2026-01-12' }] }, '2026-01-05', '2026-01-10') // [{ from: '2026-01-06', until: '2026-01-09' }, { from: '2026-01-10', until: '2026-01-10' }]
 */
export function leaveBetween(
  { leave }: Pick<WorkingCalendar, 'leave'>,
  from: Day,
  to: Day,
): { readonly from: Day; readonly until: Day }[] {
  if (leave.length === 0) return [];
  let last = from;
  return leave
    .toSorted((a, b) => (a.from < b.from ? -1 : 1))
    .flatMap((span) => {
      const first = span.from > last ? span.from : addDays(last, 1);
      const until = span.until < to ? span.until : to;
      if (until < first) return [];
      last = until;
      return [{ from: first, until }];
    });
}

/**
 * The instants (epoch ms) between which somebody works on a day; null on a day off.
 *
 * @example
 * hoursAt(workingCalendar({ zone: 'UTC' }), '2026-01-05') // { from: 1767603600000, to: 1767632400000 }
 * hoursAt(workingCalendar({ zone: 'UTC' }), '2026-01-04') // null
 */
export function hoursAt(
  calendar: WorkingCalendar,
  day: Day,
): { readonly from: number; readonly to: number } | null {
  const hours = hoursOn(calendar, day);
  if (hours === null || !isWorkingDay(calendar, day)) return null;
  const from = wallInstant(day, hours.from, calendar.zone);
  const to = wallInstant(day, hours.to, calendar.zone);
  return from < to ? { from, to } : null;
}

/**
 * The last day of the leave a day lies in, the day itself when nobody is away.
 *
 * @example
 * endOfLeave(workingCalendar({ zone: 'UTC', leave: [{ from: '2026-08-03', until: '2026-08-14', delegate: null }] }), '2026-08-05') // '2026-08-14'
 */
export function endOfLeave(calendar: Pick<WorkingCalendar, 'leave'>, day: Day): Day {
  return awayOn(calendar, day)?.until ?? day;
}

/**
 * The hours of a day's weekday, holidays and leave left aside; null on the weekend.
 *
 * @example
 * hoursOn(workingCalendar({ zone: 'UTC', weekdays: { 5: { from: '09:00', to: '12:00' } } }), '2026-01-09')?.to // '12:00'
 */
export function hoursOn(calendar: Pick<WorkingCalendar, 'week'>, day: Day): DayHours | null {
  return calendar.week[weekdayOf(day) - 1] ?? null;
}

function countedDays(calendar: WorkingCalendar, from: Day, days: number): number {
  let count = 0;
  for (let ahead = 1; ahead <= days; ahead += 1) {
    if (isWorkingDay(calendar, addDays(from, ahead))) count += 1;
  }
  return count;
}

// Weekdays that are worked after one day, up to and with another, but for holidays.
function workedOn({ week, holidays }: WorkingCalendar, from: Day, to: Day): number {
  const days = daysBetween(from, to);
  const perWeek = week.reduce((sum, hours) => sum + (hours === null ? 0 : 1), 0);
  const first = weekdayOf(from);
  let count = Math.floor(days / 7) * perWeek;
  for (let ahead = 0; ahead < days % 7; ahead += 1) if (week[(first + ahead) % 7] !== null) count += 1;
  for (const day of holidays) {
    if (from < day && day <= to && week[weekdayOf(day) - 1] !== null) count -= 1;
  }
  return count;
}
