/** On which days is somebody asked, again and again, and how do people say so? */
import { addDays, addMonths, type Day, daysBetween, weekdayOf } from './day.ts';
import { readTime, readWeekday } from './schedule.ts';

/** Which of a month's Thursdays, say. */
export type WeekOfMonth = 1 | 2 | 3 | 4 | 'last';

/** A cadence of check-ins. Weekdays are 1 (Monday) to 7; a `time` of null is each person's own slot. */
export type Rhythm =
  | { readonly every: 'week' | 'fortnight'; readonly weekday: number; readonly time: string | null }
  | {
      readonly every: 'month';
      readonly week: WeekOfMonth;
      readonly weekday: number;
      readonly time: string | null;
    }
  /** The date 31 is the last day of shorter months. */
  | { readonly every: 'month'; readonly date: number; readonly time: string | null }
  | { readonly every: 'never' };

/** The rhythm of a pilot that has none of its own, where the workspace has set none either. */
export const WEEKLY: Rhythm = { every: 'week', weekday: 4, time: null };

const THURSDAY = 4;
const FILLERS = /\b(?:on|at|the|of|a|an|each|day|o'clock|clock|then)\b/g;
const ORDINALS = new Map<string | undefined, WeekOfMonth>([
  ['first', 1],
  ['1st', 1],
  ['second', 2],
  ['2nd', 2],
  ['third', 3],
  ['3rd', 3],
  ['fourth', 4],
  ['4th', 4],
  ['last', 'last'],
]);
const FORTNIGHT = /\b(?:fortnight(?:ly)?|every (?:2|two) weeks|every (?:other|second)(?: week)?)\b/;
const MONTH = /\b(?:monthly|month)\b/;
const WEEK = /\b(?:weekly|week)\b/;
const DATE = /\b([1-9]|[12]\d|3[01])(?:st|nd|rd|th)\b/;

/**
 * Reads a rhythm as people type it: `weekly`, `every Tuesday 9:30`, `every other Friday`, `fortnightly monday`, `monthly`,
 * `last Friday of the month`, `monthly on the 15th at 10`, `never`. Without a weekday it is Thursday, or the first Thursday of a
 * month. Null when it cannot be read, or could mean two things (`biweekly`).
 *
 * @example
 * readRhythm('every Tuesday 9:30') // { every: 'week', weekday: 2, time: '09:30' }
 * readRhythm('fortnightly') // { every: 'fortnight', weekday: 4, time: null }
 * readRhythm('second Tuesday of the month') // { every: 'month', week: 2, weekday: 2, time: null }
 * readRhythm('monthly on the 31st at 8am') // { every: 'month', date: 31, time: '08:00' }
 * readRhythm('never') // { every: 'never' }
 * readRhythm('biweekly') // null
 */
export function readRhythm(text: string): Rhythm | null {
  const said = text.toLowerCase().replace(FILLERS, ' ').replace(/\s+/g, ' ').trim();
  if (/^(?:never|off|none)$/.test(said)) return { every: 'never' };
  if (MONTH.test(said)) return readMonthly(said.replace(MONTH, ' '));
  if (FORTNIGHT.test(said)) return readWeeks(said.replace(FORTNIGHT, ' '), 'fortnight', true);
  const words = said.split(' ');
  if (ORDINALS.has(words[0]) && words.length > 1) return readMonthly(said);
  const isNamed = WEEK.test(said);
  return readWeeks(said.replace(WEEK, ' ').replace(/\bevery\b/, ' '), 'week', isNamed);
}

/**
 * The first day a rhythm falls on after a day, never before `anchor` (the day it counts from); null for never.
 *
 * @example
 * dueDayAfter(WEEKLY, '2026-01-05', '2026-01-08') // '2026-01-15'
 * dueDayAfter({ every: 'fortnight', weekday: 4, time: null }, '2026-01-05', '2026-01-08') // '2026-01-22'
 * dueDayAfter({ every: 'month', date: 31, time: null }, '2026-01-05', '2026-01-31') // '2026-02-28'
 */
export function dueDayAfter(rhythm: Rhythm, anchor: Day, day: Day): Day | null {
  if (rhythm.every === 'never') return null;
  const from = day < anchor ? anchor : addDays(day, 1);
  if (rhythm.every !== 'month') {
    const first = addDays(anchor, ahead(weekdayOf(anchor), rhythm.weekday));
    const step = rhythm.every === 'week' ? 7 : 14;
    return addDays(first, Math.max(0, Math.ceil(daysBetween(first, from) / step)) * step);
  }
  for (let month = firstOfMonth(from); ; month = addMonths(month, 1)) {
    const due = inMonth(rhythm, month);
    if (due >= from) return due;
  }
}

/**
 * The newest day a rhythm fell on, that day included; null before the first. What came before it is overtaken: after a
 * stop only this one is still asked.
 *
 * @example
 * newestDueDay(WEEKLY, '2026-01-05', '2026-01-20') // '2026-01-15'
 * newestDueDay(WEEKLY, '2026-01-05', '2026-01-07') // null
 */
export function newestDueDay(rhythm: Rhythm, anchor: Day, day: Day): Day | null {
  if (rhythm.every === 'never' || day < anchor) return null;
  // No rhythm leaves more than two months between two of its days.
  let newest: Day | null = null;
  const since = addDays(day, -63);
  for (let due = dueDayAfter(rhythm, anchor, since); due !== null && due <= day; ) {
    newest = due;
    due = dueDayAfter(rhythm, anchor, due);
  }
  return newest;
}

/**
 * The next days of a rhythm, to show when it is set; fewer where it is never.
 *
 * @example
 * nextDueDays({ every: 'month', week: 'last', weekday: 5, time: null }, '2026-01-05', '2026-01-05', 3) // ['2026-01-30', '2026-02-27', '2026-03-27']
 */
export function nextDueDays(rhythm: Rhythm, anchor: Day, day: Day, count: number): Day[] {
  const days: Day[] = [];
  let due = dueDayAfter(rhythm, anchor, day);
  while (due !== null && days.length < count) {
    days.push(due);
    due = dueDayAfter(rhythm, anchor, due);
  }
  return days;
}

/**
 * A day one whole step of the rhythm later: the first day somebody may be asked again after a pause that ended then.
 *
 * @example
 * fullStepAfter(WEEKLY, '2026-02-03') // '2026-02-10'
 * fullStepAfter({ every: 'month', date: 1, time: null }, '2026-01-31') // '2026-02-28'
 */
export function fullStepAfter(rhythm: Rhythm, day: Day): Day {
  if (rhythm.every === 'month') return addMonths(day, 1);
  return addDays(day, rhythm.every === 'fortnight' ? 14 : 7);
}

function readWeeks(rest: string, every: 'week' | 'fortnight', isNamed: boolean): Rhythm | null {
  const words = rest.split(' ').filter((word) => word !== '');
  const weekday = readWeekday(words[0] ?? '');
  if (weekday === null && !isNamed) return null;
  const time = timeIn(weekday === null ? words : words.slice(1));
  return time === undefined ? null : { every, weekday: weekday ?? THURSDAY, time };
}

function readMonthly(rest: string): Rhythm | null {
  const said = rest.replace(/\bevery\b/, ' ');
  const words = said.split(' ').filter((word) => word !== '');
  const week = ORDINALS.get(words[0]);
  const weekday = readWeekday(words[week === undefined ? 0 : 1] ?? '');
  if (weekday !== null) {
    const time = timeIn(words.slice(week === undefined ? 1 : 2));
    return time === undefined ? null : { every: 'month', week: week ?? 1, weekday, time };
  }
  const date = week === 'last' ? 31 : Number(DATE.exec(said)?.[1] ?? 0);
  const time = timeIn(said.replace(DATE, ' ').replace('last', ' ').split(' '));
  // A lone number could be a date as well as an hour.
  if (time === undefined || /(?:^| )\d{1,2}$/.test(said.trim())) return null;
  return date === 0 ? { every: 'month', week: 1, weekday: THURSDAY, time } : { every: 'month', date, time };
}

// Undefined is what cannot be read; null is that no time was given.
function timeIn(words: readonly string[]): string | null | undefined {
  const text = words.join('');
  return text === '' ? null : (readTime(text) ?? undefined);
}

function inMonth(rhythm: Rhythm & { readonly every: 'month' }, month: Day): Day {
  const last = addDays(addMonths(month, 1), -1);
  if ('date' in rhythm) {
    const day = addDays(month, rhythm.date - 1);
    return day > last ? last : day;
  }
  if (rhythm.week === 'last') return addDays(last, -ahead(rhythm.weekday, weekdayOf(last)));
  return addDays(month, ahead(weekdayOf(month), rhythm.weekday) + 7 * (rhythm.week - 1));
}

function firstOfMonth(day: Day): Day {
  return `${day.slice(0, 8)}01`;
}

function ahead(from: number, to: number): number {
  return (to - from + 7) % 7;
}
