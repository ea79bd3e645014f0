/** What may somebody set about their working time, and what stands against it? */
import { type Day, daysBetween, isDay, isTimeZone } from './day.ts';

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
  readonly hours?: DayHours | undefined;
  /** Hours of single weekdays, 1 (Monday) to 7, where they differ; null is a day off. */
  readonly weekdays?: Readonly<Partial<Record<number, DayHours | null>>> | undefined;
  /** Days off, 1 (Monday) to 7. */
  readonly weekend?: readonly number[] | undefined;
  /** Two letters; says the weekend where none is set. */
  readonly country?: string | null | undefined;
  /** When this person wants the day's message. */
  readonly slot?: string | undefined;
  readonly holidays?: readonly Day[] | undefined;
  readonly leave?: readonly Leave[] | undefined;
  readonly quiet?: readonly Quiet[] | undefined;
}

/** Hours where nobody has set any. */
export const OFFICE_HOURS: DayHours = { from: '09:00', to: '17:00' };
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
const WEEKDAY_NUMBERS = [1, 2, 3, 4, 5, 6, 7];
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
  const { zone, slot, holidays = [], leave = [] } = settings;
  const problems: CalendarProblem[] = [];
  if (!isTimeZone(zone)) problems.push({ part: 'zone', why: 'unknown', given: zone });
  problems.push(...weekProblems(settings));
  const slotWhy = slot === undefined ? null : slotProblem(slot);
  if (slot !== undefined && slotWhy !== null) problems.push({ part: 'slot', why: slotWhy, given: slot });
  for (const day of holidays.filter((given) => !isDay(given))) {
    problems.push({ part: 'holiday', why: 'not_a_day', given: day });
  }
  for (const { from, until } of leave) {
    const why = leaveProblem(from, until);
    if (why !== null) problems.push({ part: 'leave', why, given: `${from}–${until}` });
  }
  return problems;
}

/**
 * The hours of each weekday, Monday first; null is a day off.
 *
 * @example
 * weekOf({ zone: 'UTC', country: 'NP' }).map((hours) => hours?.from ?? null) // ['09:00', '09:00', '09:00', '09:00', '09:00', null, '09:00']
 */
export function weekOf(settings: CalendarSettings): (DayHours | null)[] {
  const { hours = OFFICE_HOURS, weekdays = {}, weekend, country } = settings;
  const off = weekend ?? weekendOf(country ?? null);
  return WEEKDAY_NUMBERS.map((weekday) => {
    const own = weekdays[weekday];
    if (own !== undefined) return own;
    return off.includes(weekday) ? null : hours;
  });
}

function weekProblems(settings: CalendarSettings): CalendarProblem[] {
  const { hours, weekdays = {}, weekend = [] } = settings;
  const problems: CalendarProblem[] = [];
  for (const span of [hours ?? null, ...Object.values(weekdays)]) {
    const why = span === null || span === undefined ? null : hoursProblem(span);
    if (why !== null) problems.push({ part: 'hours', why, given: `${span?.from}–${span?.to}` });
  }
  for (const weekday of [...weekend, ...Object.keys(weekdays).map(Number)]) {
    if (WEEKDAY_NUMBERS.includes(weekday)) continue;
    problems.push({ part: 'weekend', why: 'unknown', given: String(weekday) });
  }
  if (weekOf(settings).every((span) => span === null)) {
    problems.push({ part: 'weekend', why: 'no_working_day', given: weekend.join(' ') });
  }
  return problems;
}

function hoursProblem({ from, to }: DayHours): 'not_a_time' | 'ends_first' | null {
  if (!WALL_TIME.test(from) || (to !== '24:00' && !WALL_TIME.test(to))) return 'not_a_time';
  return from < to ? null : 'ends_first';
}

function slotProblem(slot: string): 'not_a_time' | 'at_night' | null {
  if (!WALL_TIME.test(slot)) return 'not_a_time';
  return slot < EARLIEST_SLOT || slot > LATEST_SLOT ? 'at_night' : null;
}

function leaveProblem(from: Day, until: Day): 'not_a_day' | 'ends_first' | 'too_long' | null {
  if (!isDay(from) || !isDay(until)) return 'not_a_day';
  if (until < from) return 'ends_first';
  return daysBetween(from, until) > LONGEST_LEAVE ? 'too_long' : null;
}
