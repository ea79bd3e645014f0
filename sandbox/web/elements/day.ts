/** How is a calendar day written, read and counted on? Days are texts such as `2026-01-05`. */

const monthNames = [
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
];

/**
 * A day in words; empty stays empty.
 * @example
 * dayWords('2026-01-05') // "Mon, 5 January 2026"
 */
export function dayWords(day: string): string {
  if (day === '') return '';
  const { year, month, date } = partsOf(day);
  const weekday =
    ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'][new Date(`${day}T00:00Z`).getUTCDay()] ?? '';
  return `${weekday}, ${date} ${monthNames[month - 1] ?? ''} ${year}`;
}

/**
 * The day somebody means, or undefined while that is not clear; nothing typed means no day.
 * @param today what a day without a year is near to
 * @example
 * parseDay('5 jan', '2026-11-20') // "2026-01-05"
 */
export function parseDay(words: string, today: string): string | undefined {
  const clean = words.trim().toLowerCase();
  if (clean === '') return '';
  if (clean === 'today') return today;
  if (clean === 'tomorrow') return addDays(today, 1);
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(clean);
  if (iso !== null) return existing(clean);
  const spoken = /^(?:[a-z]+,?\s+)?(\d{1,2})\.?\s+([a-z]{3,})\.?(?:\s+(\d{4}))?$/.exec(clean);
  if (spoken !== null) return fromWords(spoken[1] ?? '', spoken[2] ?? '', spoken[3] ?? today.slice(0, 4));
  const dotted = /^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})$/.exec(clean);
  return dotted === null
    ? undefined
    : existing(isoDay(Number(dotted[3]), Number(dotted[2]), Number(dotted[1])));
}

/** A day later by so many days. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** The same day of another month, or that month's last. */
export function addMonths(day: string, months: number): string {
  const { year, month, date } = partsOf(day);
  const first = new Date(Date.UTC(year, month - 1 + months, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  return isoDay(first.getUTCFullYear(), first.getUTCMonth() + 1, Math.min(date, last));
}

/** A month in words, such as `January 2026`. */
export function monthWords(day: string): string {
  const { year, month } = partsOf(day);
  return `${monthNames[month - 1] ?? ''} ${year}`;
}

/** The days of a month's weeks, Monday first; days of other months fill the first and the last week. */
export function weeksOf(day: string): string[][] {
  const first = `${day.slice(0, 8)}01`;
  const weekday = (new Date(`${first}T00:00Z`).getUTCDay() + 6) % 7;
  const start = addDays(first, -weekday);
  const weeks = Array.from({ length: 6 }, (_, week) =>
    Array.from({ length: 7 }, (__, index) => addDays(start, week * 7 + index)),
  );
  return weeks.filter((week) => week.some((each) => each.slice(0, 7) === day.slice(0, 7)));
}

function partsOf(day: string): { year: number; month: number; date: number } {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return { year, month, date };
}

function fromWords(date: string, name: string, year: string): string | undefined {
  const month = monthNames.findIndex((candidate) => candidate.toLowerCase().startsWith(name));
  return month === -1 ? undefined : existing(isoDay(Number(year), month + 1, Number(date)));
}

function isoDay(year: number, month: number, date: number): string {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`;
}

function existing(day: string): string | undefined {
  const instant = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(instant) && new Date(instant).toISOString().startsWith(day) ? day : undefined;
}
