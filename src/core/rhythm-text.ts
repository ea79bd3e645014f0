/** How is a rhythm of check-ins said, and on which days does it ask somebody next? */
import { Temporal } from 'temporal-polyfill';
import { firstSendable, nextSlot } from './business-time.ts';
import type { WorkingCalendar } from './calendar.ts';
import type { DayHours } from './calendar-settings.ts';
import { type Day, dayOf, startOfDay } from './day.ts';
import { nextDueDays, type Rhythm } from './rhythm.ts';
import { WEEKDAYS, wallInstant } from './schedule.ts';
import { timeText } from './typed-calendar.ts';

const ORDINALS = { 1: 'first', 2: 'second', 3: 'third', 4: 'fourth', last: 'last' } as const;

/**
 * A rhythm in words that `readRhythm` reads back.
 *
 * @example
 * rhythmText({ every: 'week', weekday: 4, time: null }) // 'every Thursday'
 * rhythmText({ every: 'fortnight', weekday: 2, time: '09:30' }) // 'every other Tuesday at 9:30'
 * rhythmText({ every: 'month', week: 'last', weekday: 5, time: null }) // 'the last Friday of the month'
 * rhythmText({ every: 'month', date: 15, time: null }) // 'monthly on the 15th'
 * rhythmText({ every: 'never' }) // 'never'
 */
export function rhythmText(rhythm: Rhythm): string {
  if (rhythm.every === 'never') return 'never';
  const time = rhythm.time === null ? '' : ` at ${timeText(rhythm.time)}`;
  if (rhythm.every === 'month' && 'date' in rhythm)
    return `monthly on the ${rhythm.date}${endingOf(rhythm.date)}${time}`;
  const day = WEEKDAYS[rhythm.weekday - 1] ?? '';
  if (rhythm.every === 'month') return `the ${ORDINALS[rhythm.week]} ${day} of the month${time}`;
  return `every ${rhythm.every === 'fortnight' ? 'other ' : ''}${day}${time}`;
}

function endingOf(date: number): string {
  if (date >= 11 && date <= 13) return 'th';
  return ['th', 'st', 'nd', 'rd'][date % 10] ?? 'th';
}

/**
 * The next instants (epoch ms) at which somebody is asked in a rhythm that counts from `anchor`: a time of the rhythm, else
 * their own slot, moved to when they work.
 *
 * @example
 * nextAsks({ every: 'week', weekday: 4, time: null }, '2026-01-05', workingCalendar({ zone: 'UTC', slot: '08:30' }), Date.UTC(2026, 0, 5, 12), 2) // [1767861000000, 1768465800000]
 */
export function nextAsks(
  rhythm: Rhythm,
  anchor: Day,
  calendar: WorkingCalendar,
  now: number,
  count: number,
): number[] {
  if (rhythm.every === 'never') return [];
  const { time } = rhythm;
  const today = dayOf(now, calendar.zone);
  const asks = nextDueDays(rhythm, anchor, today, count + 1).map((day) =>
    time === null
      ? nextSlot(calendar, startOfDay(day, calendar.zone))
      : firstSendable(calendar, wallInstant(day, time, calendar.zone), 'slot'),
  );
  // Two days of the rhythm may both move to the end of somebody's leave: then one question is left.
  return [...new Set(asks)].slice(0, count);
}

/**
 * The time of day at an instant (epoch ms) in a zone, the way people write it.
 *
 * @example
 * clockText(Date.UTC(2026, 0, 5, 7, 30), 'Europe/Berlin') // '8:30'
 */
export function clockText(instant: number, zone: string): string {
  const wall = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone);
  return `${wall.hour}:${String(wall.minute).padStart(2, '0')}`;
}

/** When a sponsor who has set nothing gets their message of the day, unless they begin earlier. */
const SPONSOR_SLOT = '08:30';

/**
 * When the message of the day comes for somebody who has not set it: when their work begins, and no later than 8:30 for
 * a sponsor.
 *
 * @example
 * usualSlot({ from: '09:00', to: '17:00' }, false) // '09:00'
 * usualSlot({ from: '09:00', to: '17:00' }, true) // '08:30'
 * usualSlot({ from: '07:00', to: '15:00' }, true) // '07:00'
 */
export const usualSlot = (hours: DayHours, isSponsor: boolean): string =>
  isSponsor && hours.from > SPONSOR_SLOT ? SPONSOR_SLOT : hours.from;

export { workingCalendar } from './calendar.ts';
