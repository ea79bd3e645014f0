/** On which days and hours does somebody work, and who stands in while they are away? */
import { addDays, type Day, daysBetween, isDay, isTimeZone, weekdayOf } from './day.ts';
import { hasDay, wallInstant } from './schedule.ts';

/** Wall times 'HH:MM'; `to` is the first minute after work and may be '24:00'. */
export interface DayHours {
  readonly from: string;
  readonly to: string;
}

/** Days somebody is away, the last one included, and who is asked instead. */
export interface Leave {
  readonly from: Day;
  readonly until: Day;
  readonly delegate: string | null;
}

/** A stretch in which Slack disturbs nobody, as epoch ms; `until` is its end. */
export interface Quiet {
  readonly from: number;
  readonly until: number;
}

/** What a person or a workspace has set; what is left out takes the defaults of {@link workingCalendar}. */
export interface CalendarSettings {
  /** IANA zone. */
  readonly zone: string;
  readonly hours?: DayHours;
  /** Hours of single weekdays, 1 (Monday) to 7, where they differ; null is a day off. */
  readonly weekdays?: Readonly<Partial<Record<number, DayHours | null>>>;
  /** Days off, 1 (Monday) to 7. */
  readonly weekend?: readonly number[];
  /** Two letters; says the weekend where none is set. */
  readonly country?: string | null;
  /** When this person wants the day's message. */
  readonly slot?: string;
  readonly holidays?: readonly Day[];
  readonly leave?: readonly Leave[];
  readonly quiet?: readonly Quiet[];
}

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

const OFFICE_HOURS: DayHours = { from: '09:00', to: '17:00' };
const SATURDAY_SUNDAY: readonly number[] = [6, 7];
// Countries whose office week does not end on Friday. Only a suggestion: people confirm or change theirs.
const WEEKENDS: Readonly<Record<string, readonly number[]>> = {
  AF: [4, 5],
  BN: [5, 7],
  DJ: [5],
  IR: [4, 5],
  NP: [6],
  SO: [4, 5],
  ...Object.fromEntries(
    'BD BH DZ EG IL IQ JO KW LY MV OM PS QA SA SD SY YE'.split(' ').map((country) => [country, [5, 6]]),
  ),
};
const WALL_TIME = /^(?:[01]\d|2[0-3]):[0-5]\d$/;
// Whoever is away for longer hands over instead.
const LONGEST_LEAVE = 731;
// Nobody means a message at four in the morning, whatever they typed.
const EARLIEST_SLOT = '06:00';
const LATEST_SLOT = '21:59';

/**
 * The days off of a country's working week, 1 (Monday) to 7.
 *
 * @example
 * weekendOf('SA') // [5, 6]
 * weekendOf('de') // [6, 7]
 * weekendOf(null) // [6, 7]
 */
export function weekendOf(country: string | null): readonly number[] {
  return (country === null ? undefined : WEEKENDS[country.toUpperCase()]) ?? SATURDAY_SUNDAY;
}

/** What is wrong with calendar settings: which part, and the text or number that was given. */
export interface CalendarProblem {
  readonly part: 'zone' | 'hours' | 'weekend' | 'slot' | 'holiday' | 'leave';
  readonly why:
    | 'unknown'
    | 'not_a_time'
    | 'ends_first'
    | 'no_working_day'
    | 'at_night'
    | 'not_a_day'
    | 'too_long';
  readonly given: string;
}

/**
 * Everything that stands against calendar settings; an empty list when they can be used.
 *
 * @example
 * calendarProblems({ zone: 'Europe/Berlin' }) // []
 * calendarProblems({ zone: 'Europe/Berlin', hours: { from: '17:00', to: '09:00' } }) // [{ part: 'hours', why: 'ends_first', given: '17:00–09:00' }]
 * calendarProblems({ zone: 'UTC', weekend: [1, 2, 3, 4, 5, 6, 7] }) // [{ part: 'weekend', why: 'no_working_day', given: '1 2 3 4 5 6 7' }]
 */
export function calendarProblems(settings: CalendarSettings): CalendarProblem[] {
  const problems: CalendarProblem[] = [];
  const { zone, hours, weekdays = {}, weekend = [], slot, holidays = [], leave = [] } = settings;
  if (!isTimeZone(zone)) problems.push({ part: 'zone', why: 'unknown', given: zone });
  for (const span of [hours, ...Object.values(weekdays)]) {
    const why = span == null ? null : hoursProblem(span);
    if (span != null && why !== null) problems.push({ part: 'hours', why, given: `${span.from}–${span.to}` });
  }
  for (const weekday of [...weekend, ...Object.keys(weekdays).map(Number)]) {
    if (![1, 2, 3, 4, 5, 6, 7].includes(weekday)) {
      problems.push({ part: 'weekend', why: 'unknown', given: String(weekday) });
    }
  }
  if (weekOf(settings).every((span) => span === null)) {
    problems.push({ part: 'weekend', why: 'no_working_day', given: weekend.join(' ') });
  }
  if (slot !== undefined && !WALL_TIME.test(slot)) {
    problems.push({ part: 'slot', why: 'not_a_time', given: slot });
  } else if (slot !== undefined && (slot < EARLIEST_SLOT || slot > LATEST_SLOT)) {
    problems.push({ part: 'slot', why: 'at_night', given: slot });
  }
  for (const day of holidays.filter((given) => !isDay(given))) {
    problems.push({ part: 'holiday', why: 'not_a_day', given: day });
  }
  for (const { from, until } of leave) {
    const given = `${from}–${until}`;
    if (!isDay(from) || !isDay(until)) problems.push({ part: 'leave', why: 'not_a_day', given });
    else if (until < from) problems.push({ part: 'leave', why: 'ends_first', given });
    else if (daysBetween(from, until) > LONGEST_LEAVE)
      problems.push({ part: 'leave', why: 'too_long', given });
  }
  return problems;
}

/**
 * A working calendar from what was set: nine to five where no hours are set, the weekend of the country, Saturday and
 * Sunday where none is known, messages when work begins. Throws a RangeError for settings with
 * {@link calendarProblems}.
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
  let count = 0;
  const days = daysBetween(from, to);
  for (let ahead = 1; ahead <= days; ahead += 1) {
    if (isWorkingDay(calendar, addDays(from, ahead))) count += 1;
  }
  return count;
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

function weekOf({ hours = OFFICE_HOURS, weekdays = {}, weekend, country }: CalendarSettings) {
  const off = weekend ?? weekendOf(country ?? null);
  return [1, 2, 3, 4, 5, 6, 7].map((weekday) => {
    const own = weekdays[weekday];
    if (own !== undefined) return own;
    return off.includes(weekday) ? null : hours;
  });
}

function hoursProblem({ from, to }: DayHours): 'not_a_time' | 'ends_first' | null {
  if (!WALL_TIME.test(from) || (to !== '24:00' && !WALL_TIME.test(to))) return 'not_a_time';
  return from < to ? null : 'ends_first';
}
