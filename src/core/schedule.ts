/** When does something that happens every week happen next? */
import { Temporal } from 'temporal-polyfill';

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
 * exist that day gives the first minute after the gap; one that exists twice gives the first of the two.
 *
 * @example
 * nextWeekly({ weekday: 1, time: '09:00' }, 'Europe/Berlin', Date.UTC(2026, 1, 20)) // 1771833600000
 */
export function nextWeekly(rule: WeeklyRule, zone: string, after: number): number {
  const from = Temporal.Instant.fromEpochMilliseconds(after).toZonedDateTimeISO(zone).toPlainDate();
  const ahead = (rule.weekday - from.dayOfWeek + 7) % 7;
  for (let week = 0; week < 3; week += 1) {
    const instant = instantAt(from.add({ days: ahead + 7 * week }), rule.time, zone);
    if (instant > after) return instant;
  }
  throw new RangeError('nextWeekly: no occurrence within three weeks');
}

/**
 * The instant (epoch ms) of a wall time 'HH:MM' on a day in a zone, with the rules of {@link nextWeekly} for clock changes.
 *
 * @example
 * wallInstant('2026-03-29', '02:30', 'Europe/Berlin') // 1774746000000
 */
export function wallInstant(day: string, time: string, zone: string): number {
  return instantAt(Temporal.PlainDate.from(day), time, zone);
}

function instantAt(day: Temporal.PlainDate, time: string, zone: string): number {
  const wall = day.toPlainDateTime(Temporal.PlainTime.from(time));
  const zoned = wall.toZonedDateTime(zone, { disambiguation: 'earlier' });
  if (zoned.toPlainDateTime().equals(wall)) return zoned.epochMilliseconds;
  const later = wall.toZonedDateTime(zone, { disambiguation: 'later' });
  return later.getTimeZoneTransition('previous')?.epochMilliseconds ?? later.epochMilliseconds;
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
  if (dayWord === undefined || dayWord.length < 3) return null;
  const weekday = WEEKDAYS.findIndex((name) => name.toLowerCase().startsWith(dayWord.replace(/s$/, ''))) + 1;
  if (weekday === 0) return null;
  if (rest.length === 0) return { weekday, time: '09:00' };
  const match = /^(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm)?$/.exec(rest.join(''));
  if (match === null) return null;
  let hour = Number(match[1]);
  const minute = Number(match[2] ?? '0');
  if (match[3] !== undefined) {
    if (hour < 1 || hour > 12) return null;
    hour = (hour % 12) + (match[3] === 'pm' ? 12 : 0);
  }
  if (hour > 23 || minute > 59) return null;
  return { weekday, time: `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}` };
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
export function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
