/** How much working time lies between two instants, and when may somebody next be written to? */
import { endOfLeave, hoursAt, hoursOn, type WorkingCalendar } from './calendar.ts';
import { addDays, type Day, dayOf } from './day.ts';
import { wallInstant } from './schedule.ts';

export { type WorkingCalendar, workingCalendar } from './calendar.ts';

/** The hours in which a message may come: office hours, or from the person's own slot on if that is earlier. */
export type Window = 'hours' | 'slot';

/**
 * Whether somebody is at work at an instant (epoch ms).
 *
 * @example
 * isWorking(workingCalendar({ zone: 'UTC' }), Date.UTC(2026, 0, 5, 9)) // true
 * isWorking(workingCalendar({ zone: 'UTC' }), Date.UTC(2026, 0, 5, 17)) // false
 */
export function isWorking(calendar: WorkingCalendar, instant: number): boolean {
  const hours = hoursAt(calendar, dayOf(instant, calendar.zone));
  return hours !== null && hours.from <= instant && instant < hours.to;
}

/**
 * The instant itself where somebody is at work then, else the next beginning of their work (epoch ms).
 *
 * @example
 * nextWorking(workingCalendar({ zone: 'UTC' }), Date.UTC(2026, 0, 10, 11)) // 1768208400000
 */
export function nextWorking(calendar: WorkingCalendar, instant: number): number {
  for (const span of spansFrom(calendar, instant)) return Math.max(span.from, instant);
  return instant;
}

/**
 * The first instant (epoch ms) by which so much working time (ms) has passed. None has passed at the instant itself.
 *
 * @example
 * addWorkingTime(workingCalendar({ zone: 'UTC' }), Date.UTC(2026, 0, 9, 16), 8 * 3_600_000) // 1768233600000
 */
export function addWorkingTime(calendar: WorkingCalendar, instant: number, ms: number): number {
  if (ms <= 0) return instant;
  let left = ms;
  for (const span of spansFrom(calendar, instant)) {
    const from = Math.max(span.from, instant);
    if (left <= span.to - from) return from + left;
    left -= span.to - from;
  }
  return instant;
}

/**
 * As far into the day, a number of working days later (epoch ms); at most the end of that day's work. Counted from when work
 * next begins; a day is a day, however short it is worked.
 *
 * @example
 * addWorkingDays(workingCalendar({ zone: 'UTC' }), Date.UTC(2026, 0, 9, 16), 1) // 1768233600000
 * addWorkingDays(workingCalendar({ zone: 'UTC' }), Date.UTC(2026, 0, 10, 11), 1) // 1768294800000
 */
export function addWorkingDays(calendar: WorkingCalendar, instant: number, days: number): number {
  let left = days;
  let into = 0;
  for (const span of spansFrom(calendar, instant)) {
    if (left === days) into = Math.max(0, instant - span.from);
    if (left <= 0) return Math.min(span.from + into, span.to);
    left -= 1;
  }
  return instant;
}

/**
 * How much working time (ms) lies between two instants; 0 when the second comes first.
 *
 * @example
 * workingTimeBetween(workingCalendar({ zone: 'UTC' }), Date.UTC(2026, 0, 9, 16), Date.UTC(2026, 0, 12, 10)) / 3_600_000 // 2
 */
export function workingTimeBetween(calendar: WorkingCalendar, from: number, to: number): number {
  let sum = 0;
  if (to <= from) return 0;
  for (const span of spansFrom(calendar, from)) {
    if (span.from >= to) break;
    sum += Math.min(span.to, to) - Math.max(span.from, from);
  }
  return sum;
}

/**
 * Whether a message may reach somebody at an instant (epoch ms): at work, and Slack may disturb them.
 *
 * @example
 * isSendable(workingCalendar({ zone: 'UTC', slot: '08:30' }), Date.UTC(2026, 0, 5, 8, 30), 'slot') // true
 * isSendable(workingCalendar({ zone: 'UTC', slot: '08:30' }), Date.UTC(2026, 0, 5, 8, 30)) // false
 */
export function isSendable(calendar: WorkingCalendar, instant: number, window: Window = 'hours'): boolean {
  const open = openOn(calendar, dayOf(instant, calendar.zone), window);
  return (
    open !== null && open.from <= instant && instant < open.to && endOfQuiet(calendar, instant) === instant
  );
}

/**
 * The first instant (epoch ms), not before the given one, at which a message may reach somebody.
 *
 * @example
 * firstSendable(workingCalendar({ zone: 'UTC' }), Date.UTC(2026, 0, 10, 11)) // 1768208400000
 */
export function firstSendable(calendar: WorkingCalendar, instant: number, window: Window = 'hours'): number {
  let at = instant;
  for (let day = dayOf(instant, calendar.zone); ; day = addDays(endOfLeave(calendar, day), 1)) {
    const open = openOn(calendar, day, window);
    if (open === null) continue;
    at = endOfQuiet(calendar, Math.max(at, open.from));
    if (at < open.to) return at;
  }
}

/**
 * When somebody's next message of the day goes out (epoch ms), not before the given instant: at their slot on a working
 * day, later that day where Slack may not disturb them at the slot.
 *
 * @example
 * nextSlot(workingCalendar({ zone: 'UTC', slot: '08:30' }), Date.UTC(2026, 0, 5, 8, 31)) // 1767688200000
 */
export function nextSlot(calendar: WorkingCalendar, instant: number): number {
  for (let day = dayOf(instant, calendar.zone); ; day = addDays(endOfLeave(calendar, day), 1)) {
    const slot = slotOn(calendar, day);
    if (slot !== null && slot >= instant) return slot;
  }
}

/**
 * When somebody's message of that day goes out (epoch ms); null on a day off, and where quiet hours leave no time for it.
 *
 * @example
 * slotOn(workingCalendar({ zone: 'UTC' }), '2026-01-05') // 1767603600000
 * slotOn(workingCalendar({ zone: 'UTC' }), '2026-01-04') // null
 */
export function slotOn(calendar: WorkingCalendar, day: Day): number | null {
  const open = openOn(calendar, day, 'slot');
  if (open === null) return null;
  const slot = wallInstant(day, calendar.slot, calendar.zone);
  const at = endOfQuiet(calendar, slot < open.to ? slot : open.from);
  return at < open.to ? at : null;
}

// The hours of each working day from the one an instant lies in, for ever.
function* spansFrom(calendar: WorkingCalendar, instant: number) {
  for (let day = dayOf(instant, calendar.zone); ; day = addDays(endOfLeave(calendar, day), 1)) {
    const span = hoursAt(calendar, day);
    if (span !== null && span.to > instant) yield span;
  }
}

function openOn(calendar: WorkingCalendar, day: Day, window: Window) {
  const hours = hoursAt(calendar, day);
  if (hours === null || window === 'hours' || calendar.slot >= (hoursOn(calendar, day)?.from ?? '')) {
    return hours;
  }
  return { from: wallInstant(day, calendar.slot, calendar.zone), to: hours.to };
}

function endOfQuiet({ quiet }: Pick<WorkingCalendar, 'quiet'>, instant: number): number {
  let at = instant;
  for (const { from, until } of quiet) if (from <= at && at < until) at = until;
  return at;
}
