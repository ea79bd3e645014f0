/** Which calendar day is it, where does it begin, and which period does it lie in? */

import { Temporal } from 'temporal-polyfill';

/** A calendar day without a zone, `YYYY-MM-DD`. Days compare correctly as text. */
export type Day = string;

/** How long a period is: a number of days (a week is 7) or of calendar months (a quarter is 3). */
export type Cadence = { readonly days: number } | { readonly months: number };

/** A stretch of days: `end` is the day after its last day. `number` counts from 1. */
export interface Period {
  readonly number: number;
  readonly start: Day;
  readonly end: Day;
}

const MS_PER_DAY = 86_400_000;
const DAY_SHAPE = /^\d{4}-\d{2}-\d{2}$/;

/**
 * Days since 1970-01-01, by arithmetic alone. The text must be a valid day.
 *
 * @example
 * epochDay('1970-01-02') // 1
 * epochDay('2026-01-05') // 20458
 */
export function epochDay(day: Day): number {
  const month = twoDigits(day, 5);
  const year = twoDigits(day, 0) * 100 + twoDigits(day, 2) - (month <= 2 ? 1 : 0);
  const monthFromMarch = (month + 9) % 12;
  const dayOfYear = Math.floor((153 * monthFromMarch + 2) / 5) + twoDigits(day, 8) - 1;
  const leapDays = Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400);
  return year * 365 + leapDays + dayOfYear - 719_468;
}

/**
 * The day that lies a number of days after 1970-01-01.
 *
 * @example
 * dayFromEpoch(20458) // '2026-01-05'
 */
export function dayFromEpoch(count: number): Day {
  const shifted = count + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const date = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`;
}

/**
 * Whether a text is a day that exists, written `YYYY-MM-DD`.
 *
 * @example
 * isDay('2028-02-29') // true
 * isDay('2026-02-29') // false
 * isDay('5/1/2026') // false
 */
export function isDay(text: string): boolean {
  if (!DAY_SHAPE.test(text)) return false;
  const month = twoDigits(text, 5);
  return month >= 1 && month <= 12 && dayFromEpoch(epochDay(text)) === text;
}

/**
 * The day a number of days later (earlier when negative).
 *
 * @example
 * addDays('2026-02-27', 2) // '2026-03-01'
 */
export function addDays(day: Day, days: number): Day {
  return dayFromEpoch(epochDay(day) + days);
}

/**
 * The same date a number of months later; where that month is too short, its last day.
 *
 * @example
 * addMonths('2026-01-31', 1) // '2026-02-28'
 * addMonths('2026-01-31', 2) // '2026-03-31'
 */
export function addMonths(day: Day, months: number): Day {
  return Temporal.PlainDate.from(day).add({ months }).toString();
}

/**
 * How many days lie between two days; negative when `to` comes first.
 *
 * @example
 * daysBetween('2026-03-28', '2026-03-30') // 2
 */
export function daysBetween(from: Day, to: Day): number {
  return epochDay(to) - epochDay(from);
}

/**
 * Which day of the week it is: 1 is Monday, 7 is Sunday.
 *
 * @example
 * weekdayOf('2026-01-05') // 1
 */
export function weekdayOf(day: Day): number {
  return ((((epochDay(day) + 3) % 7) + 7) % 7) + 1;
}

const midnights = new Map<string, number>();

/**
 * The instant (epoch milliseconds) at which a day begins in an IANA zone: local midnight, or the first instant
 * after it where clocks skip midnight or the whole day. Throws a RangeError for a zone that does not exist.
 *
 * @example
 * startOfDay('2026-03-30', 'Europe/Berlin') // 1774821600000
 */
export function startOfDay(day: Day, zone: string): number {
  if (zone === 'UTC') return epochDay(day) * MS_PER_DAY;
  const key = day + zone;
  const known = midnights.get(key);
  if (known !== undefined) return known;
  const instant = Temporal.PlainDate.from(day).toZonedDateTime(zone).epochMilliseconds;
  // Zone arithmetic costs a thousand times a look-up; the answer never changes, so remembering it is not state.
  if (midnights.size >= 20_000) midnights.clear();
  midnights.set(key, instant);
  return instant;
}

/** A day as the stretch of time it is in a zone. */
interface Stretch {
  readonly day: Day;
  readonly from: number;
  readonly until: number;
}

// The days that overlap a day of UTC, by zone: one look asks for few days, again and again.
const stretches = new Map<string, Stretch[]>();

/**
 * The local day at an instant (epoch milliseconds) in an IANA zone.
 *
 * @example
 * dayOf(1774819800000, 'Europe/Berlin') // '2026-03-29'
 */
export function dayOf(instant: number, zone: string): Day {
  if (zone === 'UTC') return dayFromEpoch(Math.floor(instant / MS_PER_DAY));
  const key = Math.floor(instant / MS_PER_DAY) + zone;
  const known = stretches.get(key);
  const found = known?.find(({ from, until }) => from <= instant && instant < until);
  if (found !== undefined) return found.day;
  const day = Temporal.Instant.fromEpochMilliseconds(instant)
    .toZonedDateTimeISO(zone)
    .toPlainDate()
    .toString();
  const [from, until] = [startOfDay(day, zone), startOfDay(addDays(day, 1), zone)];
  // Where clocks are set back a little after midnight, a day comes twice; such days are not a single stretch.
  if (until - from !== MS_PER_DAY) return day;
  if (stretches.size >= 20_000) stretches.clear();
  stretches.set(key, [...(known ?? []), { day, from, until }]);
  return day;
}

/**
 * Whether a name is a time zone this machine knows.
 *
 * @example
 * isTimeZone('America/Havana') // true
 * isTimeZone('Mars/Olympus') // false
 */
export function isTimeZone(name: string): boolean {
  const told = zones.get(name);
  if (told !== undefined) return told;
  if (zones.size >= MOST_ZONES) zones.clear();
  const isOne = canFormatIn(name);
  zones.set(name, isOne);
  return isOne;
}

/** Asking Intl takes longer than everything else about a person's calendar, and the answer stays the same. */
const zones = new Map<string, boolean>();
const MOST_ZONES = 1000;

function canFormatIn(name: string): boolean {
  try {
    // Temporal also reads a zone out of a written instant; Intl takes names only.
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/**
 * Reads an instant written with its offset (`…Z` or `…+01:00`) into epoch milliseconds; null when it is not one.
 *
 * @example
 * parseInstant('2026-01-27T10:00:00+01:00') // 1769504400000
 * parseInstant('2026-01-27') // null
 */
export function parseInstant(text: string): number | null {
  try {
    return Temporal.Instant.from(text).epochMilliseconds;
  } catch {
    return null;
  }
}

/**
 * Where the period with a given number begins: the start stepped forward by whole cadences. Months are counted
 * from the start itself, so a start on the 31st comes back to the 31st after a short month.
 *
 * @example
 * periodNumbered('2026-01-05', { days: 7 }, 2) // { "number": 2, "start": "2026-01-12", "end": "2026-01-19" }
 * periodNumbered('2026-01-31', { months: 1 }, 2) // { "number": 2, "start": "2026-02-28", "end": "2026-03-31" }
 */
export function periodNumbered(start: Day, cadence: Cadence, number: number): Period {
  return { number, start: step(start, cadence, number - 1), end: step(start, cadence, number) };
}

/**
 * The whole periods from `start` whose last day is `until` or earlier, oldest first. A cadence below 1 is a RangeError.
 *
 * @example
 * periodsOf('2026-01-05', { days: 7 }, '2026-01-20').length // 2
 */
export function periodsOf(start: Day, cadence: Cadence, until: Day): Period[] {
  if (('days' in cadence ? cadence.days : cadence.months) < 1)
    throw new RangeError('a period lasts at least a day');
  const periods: Period[] = [];
  const limit = addDays(until, 1);
  for (let [number, from] = [1, start]; ; number += 1) {
    const end = step(start, cadence, number);
    if (end > limit) return periods;
    periods.push({ number, start: from, end });
    from = end;
  }
}

/**
 * The period a day lies in; null before the start.
 *
 * @example
 * periodContaining('2026-01-05', { days: 7 }, '2026-01-18')?.number // 2
 * periodContaining('2026-01-31', { months: 1 }, '2026-02-28')?.number // 2
 * periodContaining('2026-01-05', { days: 7 }, '2026-01-04') // null
 */
export function periodContaining(start: Day, cadence: Cadence, day: Day): Period | null {
  if (day < start) return null;
  if ('days' in cadence) {
    return periodNumbered(start, cadence, Math.floor(daysBetween(start, day) / cadence.days) + 1);
  }
  const months = (yearOf(day) - yearOf(start)) * 12 + monthOf(day) - monthOf(start);
  const guess = Math.floor(months / cadence.months) + 1;
  const period = periodNumbered(start, cadence, guess);
  return day < period.start ? periodNumbered(start, cadence, guess - 1) : period;
}

/**
 * The period that ends on a day (the day after its last day); null when no period does.
 *
 * @example
 * periodEnding('2026-01-05', { days: 7 }, '2026-01-19')?.number // 2
 * periodEnding('2026-01-05', { days: 7 }, '2026-01-20') // null
 */
export function periodEnding(start: Day, cadence: Cadence, end: Day): Period | null {
  const period = periodContaining(start, cadence, addDays(end, -1));
  return period !== null && period.end === end ? period : null;
}

/**
 * A day stepped by a number of cadences (back when negative).
 *
 * @example
 * step('2026-01-31', { months: 3 }, 1) // '2026-04-30'
 */
export function step(day: Day, cadence: Cadence, count: number): Day {
  return 'days' in cadence ? addDays(day, cadence.days * count) : addMonths(day, cadence.months * count);
}

function yearOf(day: Day): number {
  return twoDigits(day, 0) * 100 + twoDigits(day, 2);
}

function monthOf(day: Day): number {
  return twoDigits(day, 5);
}

function twoDigits(text: string, at: number): number {
  return (text.charCodeAt(at) - 48) * 10 + text.charCodeAt(at + 1) - 48;
}
