/** Which public holidays does a place have, as a suggestion? The data is that of `date-holidays`, CC BY-SA. */
import { createRequire } from 'node:module';
import { addDays, type Day } from '../core/day.ts';
import type { Place } from '../core/typed-calendar.ts';
import type { Holiday } from '../features/feature.ts';

const MS_PER_DAY = 86_400_000;
const require = createRequire(import.meta.url);

// The part of `date-holidays` that is used.
interface Calendar {
  getHolidays(
    year: number,
    language: string,
  ): { date: string; start: Date; end: Date; name: string; type: string }[];
  getStates(country: string, language: string): Record<string, string> | undefined;
}

/**
 * The public holidays of a place in some years, one entry per day, oldest first; none for a place nothing is known
 * about. A part of a country nothing is known about counts as the country. The package is loaded on first use.
 */
export function holidaysOf({ country, region }: Place, years: readonly number[]): Holiday[] {
  const Holidays = require('date-holidays') as new (country?: string, state?: string) => Calendar;
  const states = new Holidays().getStates(country, 'en') ?? {};
  const known = region !== null && region in states;
  const calendar = known ? new Holidays(country, region) : new Holidays(country);
  const names = new Map<Day, string>();
  for (const { date, start, end, name, type } of years.flatMap((year) => calendar.getHolidays(year, 'en'))) {
    if (type !== 'public') continue;
    // Some last for days, and some begin at sunset of the day before: the text names the first whole day.
    const length = Math.max(1, Math.round((end.getTime() - start.getTime()) / MS_PER_DAY));
    for (let nth = 0; nth < length; nth += 1) {
      const day = addDays(date.slice(0, 10), nth);
      if (!names.has(day)) names.set(day, name);
    }
  }
  return [...names].map(([day, name]) => ({ day, name })).sort((a, b) => (a.day < b.day ? -1 : 1));
}
