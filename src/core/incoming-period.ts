/** Which period does a value of a file or a request belong to? */
import {
  addDays,
  type Cadence,
  type Day,
  dayFromEpoch,
  daysBetween,
  isDay,
  type Period,
  periodContaining,
} from './day.ts';
import type { IncomingProblem } from './incoming-problem.ts';

/** Beyond this nobody means the day; and the arithmetic of days ends with the year 9999. */
const FAR_DAYS = 3660;
/** Spreadsheets count days from here. */
const SPREADSHEET_EPOCH = 25_569;

/** A period, or why there is none. */
export type IncomingPeriod = { readonly period: Period } | { readonly problem: IncomingProblem };

/** The start of a pilot and how often the metric is measured. */
export interface Grid {
  readonly start: Day;
  readonly cadence: Cadence;
}

/**
 * The period named by its `end` (the day after its last day) or by any `day` inside it. It must have ended by `today`.
 *
 * @example
 * incomingPeriod({ end: '2026-01-12', day: '' }, { start: '2026-01-05', cadence: { days: 7 } }, '2026-01-20') // { period: { number: 1, start: '2026-01-05', end: '2026-01-12' } }
 * incomingPeriod({ end: '', day: '2026-01-11' }, { start: '2026-01-05', cadence: { days: 7 } }, '2026-01-20').period.number // 1
 * incomingPeriod({ end: '', day: '2026-01-13' }, { start: '2026-01-05', cadence: { days: 7 } }, '2026-01-14') // { problem: { field: 'day', given: '2026-01-13', code: 'not_over', from: '2026-01-19' } }
 */
export function incomingPeriod(
  given: { readonly end: string; readonly day: string },
  grid: Grid,
  today: Day,
): IncomingPeriod {
  if (given.end !== '' && given.day !== '') {
    return { problem: { field: 'day', given: given.day, code: 'two_dates' } };
  }
  if (given.end === '' && given.day === '') return { problem: { field: 'end', given: '', code: 'missing' } };
  return given.end === '' ? around(given.day, grid, today) : endingOn(given.end, grid, today);
}

/**
 * The days a text could mean when it is not written `YYYY-MM-DD`: both where day and month could change places.
 *
 * @example
 * dayReadings('5.1.2026') // ['2026-01-05']
 * dayReadings('5/1/2026') // ['2026-01-05', '2026-05-01']
 * dayReadings('soon') // []
 */
export function dayReadings(text: string): Day[] {
  if (/^\d{5}$/.test(text)) return [dayFromEpoch(Number(text) - SPREADSHEET_EPOCH)];
  const written =
    /^(\d{4})(\d{2})(\d{2})$/.exec(text) ?? /^(\d{4})\W(\d{1,2})\W(\d{1,2})(?:[T ].*)?$/.exec(text);
  if (written !== null) return existing([[written[1], written[2], written[3]]]);
  const turned = /^(\d{1,2})([./-])(\d{1,2})\2(\d{4})$/.exec(text);
  if (turned === null) return [];
  const [, first, separator, second, year] = turned;
  const dayFirst = [year, second, first];
  return existing(separator === '.' ? [dayFirst] : [dayFirst, [year, first, second]]);
}

function existing(parts: readonly (readonly (string | undefined)[])[]): Day[] {
  const days = parts.map(([year = '', month = '', day = '']) =>
    [year, month.padStart(2, '0'), day.padStart(2, '0')].join('-'),
  );
  return [...new Set(days)].filter(isDay);
}

function around(given: string, { start, cadence }: Grid, today: Day): IncomingPeriod {
  if (!isDay(given)) return notADay('day', given);
  if (given > today && daysBetween(today, given) > FAR_DAYS) {
    return { problem: { field: 'day', given, code: 'not_over', from: null } };
  }
  const period = periodContaining(start, cadence, given);
  if (period === null) return { problem: { field: 'day', given, code: 'before_start', start } };
  return period.end > today
    ? { problem: { field: 'day', given, code: 'not_over', from: period.end } }
    : { period };
}

function endingOn(given: string, { start, cadence }: Grid, today: Day): IncomingPeriod {
  if (!isDay(given)) return notADay('end', given);
  if (given <= start) return { problem: { field: 'end', given, code: 'before_start', start } };
  if (given > today && daysBetween(today, given) > FAR_DAYS) {
    return { problem: { field: 'end', given, code: 'not_over', from: null } };
  }
  const period = periodContaining(start, cadence, addDays(given, -1));
  if (period === null) return { problem: { field: 'end', given, code: 'before_start', start } };
  if (period.end > today) return { problem: { field: 'end', given, code: 'not_over', from: period.end } };
  return period.end === given ? { period } : { problem: { field: 'end', given, code: 'off_grid', period } };
}

function notADay(field: 'end' | 'day', given: string): IncomingPeriod {
  return { problem: { field, given, code: 'not_a_day', readings: dayReadings(given) } };
}
