/** What is the measured value at a period's end, and on how many cases does it stand? */

import { type Cadence, type Day, epochDay, periodNumbered } from '../day.ts';
import { quantile } from '../statistics/quantile.ts';
import type { Criterion } from './criterion.ts';
import {
  type Amount,
  compare,
  compareFractions,
  Exact,
  type Fraction,
  fraction,
  plus,
  ROUNDING,
  times,
} from './exact.ts';
import { type Meaning, ownExact, rawSorted } from './own.ts';
import type { Reading } from './readings.ts';
import { SAME } from './units.ts';

// Twelve signs leave room for the smallest places of each to be moved up without touching the last bit of a double.
const SHORT = 12;
const LARGEST_WHOLE = 2 ** 53;

/** What a value is computed from: the usable periods, oldest first, and how they are put together. */
export interface Values {
  readonly criterion: Pick<Criterion, 'agg' | 'unit' | 'window' | 'percentile'>;
  readonly calendar: { readonly start: Day; readonly cadence: Cadence };
  readonly used: readonly Reading[];
}

// The scheduled periods by calendar that end with the one at index `at`; absent ones are neither filled nor replaced.
function windowAt(values: Values, at: number): readonly Reading[] {
  const { criterion, calendar, used } = values;
  const newest = used[at];
  if (newest === undefined) return [];
  if (criterion.agg === 'latest' || (criterion.window === 1 && criterion.agg !== 'pilot_sum'))
    return [newest];
  if (criterion.agg === 'pilot_sum') return used.slice(0, at + 1);
  const before = windowStart(calendar, newest, criterion.window);
  let from = at;
  while ((used[from - 1]?.end ?? before) > before) from -= 1;
  return used.slice(from, at + 1);
}

/**
 * The value over the window that ends with the reading at index `at`; null where nothing was counted.
 *
 * @example
 * valueAt({ criterion: { agg: 'rate', window: 2 }, calendar: { cadence: { days: 7 } }, used: [{ end: 7, top: 9000, bottom: 100, error: 0 }, { end: 14, top: 1000, bottom: 50, error: 0 }] }, 1)?.approx.toFixed(4) // '66.6667'
 */
export function valueAt(values: Values, at: number): Amount | null {
  return over(values.criterion, windowAt(values, at));
}

/**
 * The own value of the reading at index `at`, whatever the window; null where nothing was counted.
 *
 * @example
 * ownAt({ criterion: { agg: 'mean', window: 4 }, used: [{ end: 7, top: 12, bottom: 1 }] }, 0)?.approx // 12
 */
export function ownAt(values: Values, at: number): Amount | null {
  return over(values.criterion, values.used.slice(at, at + 1));
}

/**
 * On how many cases the value at index `at` stands: denominators, raw values, or what each value stands for, summed.
 *
 * @example
 * casesAt({ criterion: { agg: 'latest', window: 1 }, used: [{ end: 7, n: 40 }] }, 0) // 40
 */
export function casesAt(values: Values, at: number): number {
  return windowAt(values, at).reduce((sum, reading) => sum + reading.n, 0);
}

/**
 * The trust of the value at index `at`: the lowest in its window.
 *
 * @example
 * trustAt({ criterion: { agg: 'latest', window: 1 }, used: [{ end: 7, row: { trust: 2 } }] }, 0) // 2
 */
export function trustAt(values: Values, at: number): number {
  return windowAt(values, at).reduce((lowest, reading) => Math.min(lowest, reading.row.trust), 3);
}

function over(criterion: Values['criterion'], readings: readonly Reading[]): Amount | null {
  if (criterion.agg === 'percentile') return percentile(criterion.percentile, readings);
  const counted = readings.filter((reading) => reading.bottom > 0);
  const [first] = counted;
  if (first === undefined) return null;
  if (criterion.agg === 'rate') return pooled(criterion, counted);
  if (counted.length === 1) return single(criterion, first);
  if (criterion.agg === 'min' || criterion.agg === 'max') return extreme(criterion, counted);
  return summed(criterion, counted);
}

function single(meaning: Meaning, reading: Reading): Amount {
  return {
    approx: reading.top / reading.bottom,
    error: (2 * reading.error) / reading.bottom,
    exact: () => exactly(meaning, reading),
  };
}

function summed(meaning: Meaning, readings: readonly Reading[]): Amount {
  const share = meaning.agg === 'mean' ? readings.length : 1;
  let sum = 0;
  let error = 0;
  for (const reading of readings) {
    sum += reading.top / reading.bottom;
    error += (2 * reading.error) / reading.bottom;
  }
  return {
    approx: sum / share,
    // Adding n numbers loses at most n roundings of what each of them weighs.
    error: (error * readings.length) / share,
    exact: () => {
      const total = scaledSum(readings) ?? readings.map((reading) => exactly(meaning, reading)).reduce(plus);
      return { top: total.top, bottom: total.bottom.times(share) };
    },
  };
}

// Short decimals add up without rounding as whole numbers of their smallest place; null where they are not short.
function scaledSum(readings: readonly Reading[]): Fraction | null {
  let places = 0;
  for (const { row, conversion } of readings) {
    if (typeof row.value !== 'string' || conversion !== SAME || row.value.length > SHORT) return null;
    const point = row.value.indexOf('.');
    if (point >= 0) places = Math.max(places, row.value.length - point - 1);
  }
  const scale = 10 ** places;
  let sum = 0;
  for (const { row } of readings) sum += Math.round(Number(row.value) * scale);
  return Math.abs(sum) < LARGEST_WHOLE ? fraction(sum, scale) : null;
}

function pooled(meaning: Meaning, readings: readonly Reading[]): Amount {
  let top = 0;
  let bottom = 0;
  let error = 0;
  for (const reading of readings) {
    top += reading.top;
    bottom += reading.bottom;
    error += reading.error;
  }
  return {
    approx: top / bottom,
    error: (2 * error * readings.length) / bottom,
    exact: () => {
      const parts = readings.map((reading) => ownExact(meaning, reading.row, reading.conversion));
      const tops = parts.map((part) => part.top).reduce(plus);
      return divided(tops, parts.map((part) => part.bottom).reduce(plus));
    },
  };
}

function extreme(meaning: Meaning, readings: readonly Reading[]): Amount {
  const lowest = meaning.agg === 'min';
  const [first, ...rest] = readings.map((reading) => single(meaning, reading));
  let best = first as Amount;
  for (const measure of rest) {
    if (compare(measure, best) < 0 === lowest) best = measure;
  }
  return best;
}

// Type 7: position (n - 1)p among the pooled raw values, straight line between neighbours.
function percentile(share: string | null, readings: readonly Reading[]): Amount | null {
  const raw = readings.flatMap((reading) => {
    const factor = Number(reading.conversion.times) / reading.conversion.by;
    return (reading.row.raw ?? []).map((value) => Number(value) * factor);
  });
  if (raw.length === 0 || share === null) return null;
  return {
    approx: quantile(raw, Number(share) / 100),
    error: ROUNDING * (raw.length + 8) * raw.reduce((most, value) => Math.max(most, Math.abs(value)), 0),
    exact: () => {
      const sorted = readings
        .flatMap((reading) => rawSorted(reading.row.raw ?? [], reading.conversion))
        .sort(compareFractions);
      const position = new Exact(share).times('0.01').times(sorted.length - 1);
      const below = position.floor();
      const low = sorted[below.toNumber()] ?? fraction(0);
      const high = sorted[below.toNumber() + 1] ?? low;
      const step = plus(high, { top: low.top.neg(), bottom: low.bottom });
      return plus(low, times(fraction(position.minus(below)), step));
    },
  };
}

/**
 * The own value of a reading without rounding; its `bottom` must be above 0.
 *
 * @example
 * exactly({ agg: 'latest', unit: 'percent' }, { row: { value: '0.57' }, conversion: { times: '100', by: 1 } }).top.toString() // '57'
 */
export function exactly(meaning: Meaning, reading: Pick<Reading, 'row' | 'conversion'>): Fraction {
  const { top, bottom } = ownExact(meaning, reading.row, reading.conversion);
  return divided(top, bottom);
}

function divided(top: Fraction, bottom: Fraction): Fraction {
  return { top: top.top.times(bottom.bottom), bottom: top.bottom.times(bottom.top) };
}

function windowStart(calendar: Values['calendar'], newest: Reading, width: number): number {
  const { start, cadence } = calendar;
  if ('days' in cadence) return newest.end - width * cadence.days;
  return epochDay(periodNumbered(start, cadence, newest.period - width + 1).start);
}
