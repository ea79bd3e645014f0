/** Where in the pilot's time does a day lie: how much has elapsed, what is due, which phase is it? */

import {
  addDays,
  type Day,
  dayOf,
  epochDay,
  periodContaining,
  periodNumbered,
  startOfDay,
  step,
} from '../day.ts';
import type { Calendar, Phase } from './criterion.ts';

/** The calendar as day numbers (see `epochDay`), and the phase at `now`. */
export interface Clock {
  readonly calendar: Calendar;
  readonly now: number;
  readonly phase: Phase;
  readonly today: number;
  readonly start: number;
  /** First day from which an effect is expected. */
  readonly ramp: number;
  /** The day after the deadline. */
  readonly limit: number;
  /** Apart from each other and in order; the second is the day after. */
  readonly pauses: readonly (readonly [number, number])[];
}

/**
 * Reads a calendar at an instant (epoch milliseconds).
 *
 * @example
 * clockAt(
 *   { start: '2026-01-05', deadline: '2026-03-29', tz: 'UTC', ramp_days: 0, first_effect: null, closing_days: 5, pauses: [] },
 *   1775120400000,
 * ).phase // 'closing'
 */
export function clockAt(calendar: Calendar, now: number): Clock {
  const start = epochDay(calendar.start);
  const limit = epochDay(calendar.deadline) + 1;
  const today = epochDay(dayOf(now, calendar.tz));
  const ramp =
    calendar.first_effect === null
      ? start + calendar.ramp_days
      : Math.max(start, epochDay(calendar.first_effect));
  return {
    calendar,
    now,
    today,
    start,
    ramp,
    limit,
    phase: phaseAt(calendar, now),
    pauses: merged(calendar, today),
  };
}

// Days that were not paused.
function unpaused(clock: Pick<Clock, 'pauses'>, from: number, to: number): number {
  return to - from - pausedDays(clock, from, to);
}

/**
 * How many days from one day number to another were paused.
 *
 * @example
 * pausedDays({ pauses: [[10, 20]] }, 5, 15) // 5
 */
export function pausedDays(clock: Pick<Clock, 'pauses'>, from: number, to: number): number {
  let days = 0;
  for (const [first, after] of clock.pauses) days += Math.max(0, Math.min(after, to) - Math.max(first, from));
  return days;
}

/**
 * The elapsed share at a day number, as a fraction of whole days: from the first day an effect is expected to the deadline,
 * pauses left out, never below 0 or above all.
 *
 * @example
 * elapsed({ ramp: 0, limit: 84, pauses: [] }, 21) // { "done": 21, "all": 84 }
 */
export function elapsed(clock: Clock, day: number): { readonly done: number; readonly all: number } {
  const all = unpaused(clock, clock.ramp, clock.limit);
  if (all <= 0) return { done: 0, all: 1 };
  const done = day <= clock.ramp ? 0 : unpaused(clock, clock.ramp, day);
  return { done: Math.min(done, all), all };
}

/**
 * Whether the value that follows a day (a period's end, or the first day of effect) is overdue: a cadence and the grace
 * have passed since, pauses left out.
 *
 * @example
 * isOverdue({ now: 1770282000000, pauses: [], calendar: { tz: 'UTC', cadence: { days: 7 }, grace_days: 2 } }, '2026-01-26') // true
 */
export function isOverdue(clock: Clock, since: Day): boolean {
  return clock.now > startOfDay(dueAfter(clock, since), clock.calendar.tz);
}

/**
 * The day whose beginning is the last moment for the value that follows a day.
 *
 * @example
 * dueAfter({ pauses: [], calendar: { cadence: { days: 7 }, grace_days: 2 } }, '2026-01-26') // '2026-02-04'
 */
export function dueAfter(clock: Clock, since: Day): Day {
  const from = epochDay(since);
  const due = epochDay(nextEnd(clock.calendar, since)) + clock.calendar.grace_days;
  let later = 0;
  for (const [first, after] of clock.pauses) {
    if (after > from && first < due + later) later += after - Math.max(first, from);
  }
  return addDays(since, due + later - from);
}

/**
 * The end of the period after the one that ends on a day: by the grid where the day lies on it, else one cadence later.
 *
 * @example
 * nextEnd({ start: '2026-01-31', cadence: { months: 1 } }, '2026-02-28') // '2026-03-31'
 */
export function nextEnd(calendar: Calendar, end: Day): Day {
  if ('days' in calendar.cadence) return addDays(end, calendar.cadence.days);
  const number = periodOf(calendar, end);
  const period = periodNumbered(calendar.start, calendar.cadence, number);
  return period.end === end
    ? periodNumbered(calendar.start, calendar.cadence, number + 1).end
    : step(end, calendar.cadence, 1);
}

/**
 * The number of the period whose last day comes before a day; 0 for what lies before the start.
 *
 * @example
 * periodOf({ start: '2026-01-05', cadence: { days: 7 } }, '2026-01-19') // 2
 */
export function periodOf(calendar: Calendar, end: Day): number {
  return periodContaining(calendar.start, calendar.cadence, addDays(end, -1))?.number ?? 0;
}

/**
 * The number of the last whole period before the deadline.
 *
 * @example
 * lastPeriod({ start: '2026-01-05', deadline: '2026-04-01', cadence: { days: 7 } }) // 12
 */
export function lastPeriod(calendar: Calendar): number {
  const after = addDays(calendar.deadline, 1);
  return (periodContaining(calendar.start, calendar.cadence, after)?.number ?? 1) - 1;
}

function phaseAt(calendar: Calendar, now: number): Phase {
  if (now < startOfDay(addDays(calendar.deadline, 1), calendar.tz)) return 'live';
  const closed = addDays(calendar.deadline, 1 + calendar.closing_days);
  return now < startOfDay(closed, calendar.tz) ? 'closing' : 'final';
}

function merged(calendar: Calendar, today: number): [number, number][] {
  if (calendar.pauses.length === 0) return [];
  const all = calendar.pauses
    .map(([from, to]): [number, number] => [epochDay(from), to === null ? today + 1 : epochDay(to)])
    .filter(([from, to]) => from < to)
    .sort((a, b) => a[0] - b[0]);
  const apart: [number, number][] = [];
  for (const [from, to] of all) {
    const last = apart.at(-1);
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to);
    else apart.push([from, to]);
  }
  return apart;
}
