/** How do people write working hours, days off, zones and countries, and what is read from it? */
import type { DayHours } from './calendar-settings.ts';
import { isZone, readTime, readWeekday, WEEKDAYS } from './schedule.ts';

/**
 * Reads working hours as people type them: `9-17`, `9:00 to 17:30`, `8.30–24:00`; null when they cannot be read.
 *
 * @example
 * readHours('9-17') // { from: '09:00', to: '17:00' }
 * readHours('8:30 to 5pm') // { from: '08:30', to: '17:00' }
 * readHours('22:00 – 24:00') // { from: '22:00', to: '24:00' }
 * readHours('all day') // null
 */
export function readHours(text: string): DayHours | null {
  const parts = text
    .trim()
    .split(/\s*(?:-|–|—|\bto\b|\buntil\b)\s*/i)
    .filter((part) => part !== '');
  const [first, second] = parts;
  if (parts.length !== 2 || first === undefined || second === undefined) return null;
  const from = readTime(first);
  const to = /^24(?:[:.]00)?$/.test(second) ? '24:00' : readTime(second);
  return from === null || to === null ? null : { from, to };
}

/**
 * A time of day, or hours, the way people write them.
 *
 * @example
 * timeText('08:30') // '8:30'
 */
export const timeText = (time: string): string => time.replace(/^0(?=\d:)/, '');

/**
 * Working hours, the way people write them.
 *
 * @example
 * hoursText({ from: '09:00', to: '17:30' }) // '9:00–17:30'
 */
export const hoursText = ({ from, to }: DayHours): string => `${timeText(from)}–${timeText(to)}`;

/**
 * Reads a list of weekdays into 1 (Monday) to 7, in their order; `none` is none. Null when a word is no weekday.
 *
 * @example
 * readWeekdays('Sunday and sat') // [6, 7]
 * readWeekdays('none') // []
 * readWeekdays('Friday, someday') // null
 */
export function readWeekdays(text: string): number[] | null {
  const words = text
    .toLowerCase()
    .split(/[\s,;+&/]+|\band\b/)
    .filter((word) => word !== '' && word !== 'and');
  if (words.length === 1 && /^(?:none|no|never)$/.test(words[0] ?? '')) return [];
  const days = words.map(readWeekday);
  if (days.length === 0 || days.includes(null)) return null;
  return [...new Set(days.filter((day) => day !== null))].sort((a, b) => a - b);
}

/**
 * Weekdays in words.
 *
 * @example
 * weekdaysText([6, 7]) // 'Saturday, Sunday'
 * weekdaysText([]) // 'none'
 */
export const weekdaysText = (days: readonly number[]): string =>
  days.length === 0 ? 'none' : days.map((day) => WEEKDAYS[day - 1] ?? '').join(', ');

/** A zone that was read, or the names nearest to what was typed. */
export type ZoneRead = { readonly zone: string } | { readonly zone: null; readonly near: readonly string[] };

/**
 * Reads a time zone by its name, or by its city where only one zone is called after it; in any case, blanks for
 * underscores. When it cannot be read: zones whose name holds what was typed.
 *
 * @example
 * readZone('europe/berlin') // { zone: 'Europe/Berlin' }
 * readZone('New York') // { zone: 'America/New_York' }
 * readZone('Mars') // { zone: null, near: [] }
 */
export function readZone(text: string): ZoneRead {
  const wanted = text.trim().replace(/\s+/g, '_').toLowerCase();
  const zones = Intl.supportedValuesOf('timeZone');
  const whole = zones.find((zone) => zone.toLowerCase() === wanted);
  if (whole !== undefined) return { zone: whole };
  if (/^utc$/i.test(wanted)) return { zone: 'UTC' };
  const cities = zones.filter((zone) => zone.toLowerCase().split('/').at(-1) === wanted);
  if (cities.length === 1 && cities[0] !== undefined) return { zone: cities[0] };
  // Names that were replaced by others are still zones; a bare offset knows no summer time.
  if (wanted.includes('/') && isZone(wanted))
    return { zone: new Intl.DateTimeFormat('en', { timeZone: wanted }).resolvedOptions().timeZone };
  const near = wanted === '' ? [] : zones.filter((zone) => zone.toLowerCase().includes(wanted)).slice(0, 3);
  return { zone: null, near };
}

/** A country by its two letters, and a part of it where one was named. */
export interface Place {
  readonly country: string;
  readonly region: string | null;
}

/**
 * Reads a country by its two letters or its English name, with a part of it behind a hyphen; null when there is none.
 *
 * @example
 * readPlace('Germany') // { country: 'DE', region: null }
 * readPlace('de-by') // { country: 'DE', region: 'BY' }
 * readPlace('UK') // { country: 'GB', region: null }
 * readPlace('Atlantis') // null
 */
export function readPlace(text: string): Place | null {
  const typed = text.trim();
  const [, letters, region] = /^([a-z]{2})(?:-([a-z0-9]{1,3}))?$/i.exec(typed) ?? [];
  const country = letters === undefined ? countryNamed(typed) : countryOf(letters);
  return country === null ? null : { country, region: region?.toUpperCase() ?? null };
}

/**
 * A place as it is kept and shown in a field.
 *
 * @example
 * placeText({ country: 'DE', region: 'BY' }) // 'DE-BY'
 */
export const placeText = ({ country, region }: Place): string =>
  region === null ? country : `${country}-${region}`;

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

function countryOf(letters: string): string | null {
  // UK is written for GB, and some codes were replaced by others.
  const code = Intl.getCanonicalLocales(`und-${letters}`)[0]?.split('-')[1] ?? '';
  return nameOfCountry(code) === null ? null : code;
}

function nameOfCountry(code: string): string | null {
  const name = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' }).of(code);
  return name === undefined || name === 'Unknown Region' ? null : name;
}

function countryNamed(name: string): string | null {
  const wanted = name.toLowerCase();
  for (const one of LETTERS) {
    for (const two of LETTERS) {
      const code = `${one}${two}`;
      if (nameOfCountry(code)?.toLowerCase() === wanted) return countryOf(code);
    }
  }
  return null;
}
