/** When does something that happens every week happen next? */
import { Temporal } from 'temporal-polyfill';
import { addDays, type Day, dayOf, isTimeZone, startOfDay, weekdayOf } from './day.ts';

/** Every week on a weekday (1 = Monday … 7 = Sunday) at a wall time 'HH:MM'. */
export interface WeeklyRule {
  readonly weekday: number;
  readonly time: string;
}

export const WEEKDAYS = [
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
  'Sunday',
] as const;

/**
 * The first instant (epoch ms) after `after` at which the rule falls due in an IANA zone. A wall time that does not
 * exist that day gives the first minute after the gap; one that exists twice gives the first of the two; a day that
 * does not exist gives the same wall time a day later.
 *
 * @example
 * nextWeekly({ weekday: 1, time: '09:00' }, 'Europe/Berlin', Date.UTC(2026, 1, 20)) // 1771833600000
 */
export function nextWeekly(rule: WeeklyRule, zone: string, after: number): number {
  const today = dayOf(after, zone);
  // A day that does not exist moves its occurrence to today, so the search begins a day early.
  const ahead = ((rule.weekday - weekdayOf(today) + 8) % 7) - 1;
  for (let week = 0; week < 3; week += 1) {
    const instant = wallInstant(addDays(today, ahead + 7 * week), rule.time, zone);
    if (instant > after) return instant;
  }
  throw new RangeError('nextWeekly: no occurrence within three weeks');
}

const walls = new Map<string, number>();

/**
 * The instant (epoch ms) of a wall time 'HH:MM' on a day in a zone, with the rules of {@link nextWeekly} for clock
 * changes. '24:00' is the end of the day.
 *
 * @example
 * wallInstant('2026-03-29', '02:30', 'Europe/Berlin') // 1774746000000
 * wallInstant('2026-03-29', '02:00', 'Europe/Berlin') // 1774746000000
 * wallInstant('2026-03-28', '24:00', 'Europe/Berlin') // 1774738800000
 */
export function wallInstant(day: Day, time: string, zone: string): number {
  if (time === '24:00') return startOfDay(addDays(day, 1), zone);
  const key = day + time + zone;
  const known = walls.get(key);
  if (known !== undefined) return known;
  const instant = hasDay(day, zone)
    ? instantAt(Temporal.PlainDate.from(day), time, zone)
    : wallInstant(addDays(day, 1), time, zone);
  // As with midnights in day.ts: the answer never changes, so remembering it is not state.
  if (walls.size >= 20_000) walls.clear();
  walls.set(key, instant);
  return instant;
}

/**
 * Whether a day exists in a zone: a place that moves across the date line skips one.
 *
 * @example
 * hasDay('2011-12-30', 'Pacific/Apia') // false
 * hasDay('2011-12-31', 'Pacific/Apia') // true
 */
export function hasDay(day: Day, zone: string): boolean {
  return startOfDay(day, zone) < startOfDay(addDays(day, 1), zone);
}

function instantAt(day: Temporal.PlainDate, time: string, zone: string): number {
  const wall = day.toPlainDateTime(Temporal.PlainTime.from(time));
  const zoned = wall.toZonedDateTime(zone, { disambiguation: 'earlier' });
  if (zoned.toPlainDateTime().equals(wall)) return zoned.epochMilliseconds;
  const later = wall.toZonedDateTime(zone, { disambiguation: 'later' });
  // Asked a moment later, because the wall time that opens the gap falls on the transition itself.
  const gap = later.add({ milliseconds: 1 }).getTimeZoneTransition('previous');
  return gap?.epochMilliseconds ?? later.epochMilliseconds;
}

/**
 * Reads a weekday and a time as people type them: `monday 9:00`, `Mon 09:00`, `fri 9am`, `thursday 14.30`. Null when they
 * cannot be read.
 *
 * @example
 * readWeekly('weekly monday 9:00') // { weekday: 1, time: '09:00' }
 * readWeekly('Fri 9am') // { weekday: 5, time: '09:00' }
 * readWeekly('someday') // null
 */
export function readWeekly(text: string): WeeklyRule | null {
  const words = text
    .toLowerCase()
    .replace(/\b(weekly|every|on|at)\b/g, ' ')
    .trim()
    .split(/\s+/);
  const [dayWord, ...rest] = words;
  const weekday = dayWord === undefined ? null : readWeekday(dayWord);
  if (weekday === null) return null;
  if (rest.length === 0) return { weekday, time: '09:00' };
  const time = readTime(rest.join(''));
  return time === null ? null : { weekday, time };
}

/**
 * Reads the name of a weekday or its first letters, three at least, into 1 (Monday) to 7; null when it is none.
 *
 * @example
 * readWeekday('Tues') // 2
 * readWeekday('Fridays') // 5
 * readWeekday('T') // null
 */
export function readWeekday(word: string): number | null {
  if (word.length < 3) return null;
  const wanted = word.toLowerCase();
  const short = wanted.replace(/s$/, '');
  const at = WEEKDAYS.findIndex((name) => {
    const whole = name.toLowerCase();
    return whole.startsWith(wanted) || whole.startsWith(short);
  });
  return at < 0 || short.length < 3 ? null : at + 1;
}

/**
 * Reads a time of day as people type it into 'HH:MM'; null when it cannot be read.
 *
 * @example
 * readTime('9:30') // '09:30'
 * readTime('9.30 pm') // '21:30'
 * readTime('14h') // '14:00'
 * readTime('25:00') // null
 */
export function readTime(text: string): string | null {
  const match = /^(\d{1,2})(?:[:.](\d{2})|h(\d{2})?)?\s*(am|pm)?$/.exec(text.trim().toLowerCase());
  if (match === null) return null;
  let hour = Number(match[1]);
  const minute = Number(match[2] ?? match[3] ?? '0');
  if (match[4] !== undefined) {
    if (hour < 1 || hour > 12) return null;
    hour = (hour % 12) + (match[4] === 'pm' ? 12 : 0);
  }
  if (hour > 23 || minute > 59) return null;
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

/**
 * The weekly rule in words.
 *
 * @example
 * weeklyWords({ weekday: 1, time: '09:00' }) // 'Mondays at 9:00'
 */
export function weeklyWords(rule: WeeklyRule): string {
  return `${WEEKDAYS[rule.weekday - 1]}s at ${rule.time.replace(/^0(?=\d:)/, '')}`;
}

/**
 * True for a zone name this machine knows.
 *
 * @example
 * isZone('Europe/Berlin') // true
 * isZone('Mars/Olympus') // false
 */
export const isZone = (zone: string): boolean => isTimeZone(zone);
