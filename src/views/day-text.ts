/** How are days and periods written for people? */
import { addDays, type Day, type Period, weekdayOf } from '../core/day.ts';
import type { CadenceName } from '../core/metric.ts';

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;
const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;

const dateOf = (day: Day): number => Number(day.slice(8, 10));
const monthOf = (day: Day): string => MONTHS[Number(day.slice(5, 7)) - 1] ?? '';
const yearOf = (day: Day): string => day.slice(0, 4);

/** '28 March'; with the year when it is not that of `today`. */
export function dayText(day: Day, today: Day): string {
  const year = yearOf(day) === yearOf(today) ? '' : ` ${yearOf(day)}`;
  return `${dateOf(day)} ${monthOf(day)}${year}`;
}

/** 'Thu 14 Jan'; with the year when it is not that of `today`. */
export function weekdayText(day: Day, today: Day): string {
  const year = yearOf(day) === yearOf(today) ? '' : ` ${yearOf(day)}`;
  return `${WEEKDAYS[weekdayOf(day) - 1]} ${dateOf(day)} ${monthOf(day).slice(0, 3)}${year}`;
}

/** '5–11 January', '29 December–4 January', or '5 January' for a single day. */
export function periodText(period: Pick<Period, 'start' | 'end'>): string {
  const last = addDays(period.end, -1);
  if (last <= period.start) return `${dateOf(period.start)} ${monthOf(period.start)}`;
  return monthOf(period.start) === monthOf(last)
    ? `${dateOf(period.start)}–${dateOf(last)} ${monthOf(last)}`
    : `${dateOf(period.start)} ${monthOf(period.start)}–${dateOf(last)} ${monthOf(last)}`;
}

/** What the period is called when there is no room for its days: 'week of 8 Feb', 'month from 5 Feb'. */
export function periodName(period: Pick<Period, 'start'>, cadence: CadenceName): string {
  const from = `${dateOf(period.start)} ${monthOf(period.start).slice(0, 3)}`;
  if (cadence === 'week') return `week of ${from}`;
  if (cadence === 'fortnight') return `two weeks from ${from}`;
  return `${cadence} from ${from}`;
}
