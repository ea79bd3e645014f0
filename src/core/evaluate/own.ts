/** What does one row say by itself, in the criterion's unit? */

import type { Criterion, Observation } from './criterion.ts';
import { Exact, type Fraction, fraction, ROUNDING, times } from './exact.ts';
import { type Conversion, isShareOfOne, wholeOf } from './units.ts';

/** A row's own value as `top / bottom` in doubles; no value where `bottom` is 0. */
export interface Own {
  readonly top: number;
  readonly bottom: number;
  /** How far `top` may be off. */
  readonly error: number;
  /** How many cases it stands for. */
  readonly n: number;
  /** How the row's numbers become the criterion's unit. */
  readonly conversion: Conversion;
}

/** What a row's numbers mean: the unit wanted and how periods are put together. */
export type Meaning = Pick<Criterion, 'unit' | 'agg'>;

/** The numbers of a row. */
export type Numbers = Pick<Observation, 'value' | 'num' | 'den' | 'raw' | 'n'>;

/**
 * Reads a row: a value, a numerator over a denominator, or raw values. Null when it holds none of them. Under `rate` a plain
 * value weighs as many cases as it stands for; under `percentile` only raw values count.
 *
 * @example
 * ownOf({ unit: 'percent', agg: 'rate' }, { num: '9', den: '10' }, { times: '1', by: 1 })?.top // 900
 * ownOf({ unit: 'count', agg: 'latest' }, {}, { times: '1', by: 1 }) // null
 */
export function ownOf(meaning: Meaning, row: Numbers, conversion: Conversion): Own | null {
  const factor = Number(conversion.times) / conversion.by;
  if (row.raw)
    return row.raw.length === 0 ? null : ofRaw(row.raw.map(Number), meaning.agg, conversion, factor);
  // One value cannot stand for a distribution: the period counts as reported, without a case of its own.
  if (meaning.agg === 'percentile') return { top: 0, bottom: 0, error: 0, n: 0, conversion };
  if (row.value !== null && row.value !== undefined) {
    const n = row.n ?? 1;
    const weight = meaning.agg === 'rate' ? n : 1;
    const top = asNumber(row.value) * factor * weight;
    return { top, bottom: weight, error: doubt(top), n, conversion };
  }
  if (row.num === null || row.num === undefined || row.den === null || row.den === undefined) return null;
  const den = Number(row.den);
  if (den < 0) return null;
  const counted = ofCounts(meaning.unit, conversion);
  const top = Number(row.num) * (Number(counted.times) / counted.by);
  return { top, bottom: den, error: doubt(top), n: den, conversion: counted };
}

/**
 * The same without rounding: numerator and denominator of the row's own value.
 *
 * @example
 * ownExact({ unit: 'h', agg: 'latest' }, { value: '90' }, { times: '1', by: 60 }).top.top.toString() // '90'
 */
export function ownExact(
  meaning: Meaning,
  row: Numbers,
  conversion: Conversion,
): { readonly top: Fraction; readonly bottom: Fraction } {
  const converted = (top: Fraction): Fraction => ({
    top: top.top.times(conversion.times),
    bottom: top.bottom.times(conversion.by),
  });
  if (row.raw) {
    const { top, bottom } = rawExact(row.raw, meaning.agg);
    return { top: converted(top), bottom: fraction(bottom) };
  }
  if (row.value !== null && row.value !== undefined) {
    const weight = meaning.agg === 'rate' ? (row.n ?? 1) : 1;
    const value = isYesNo(row.value) ? asNumber(row.value) : String(row.value);
    return { top: converted(times(fraction(value), fraction(weight))), bottom: fraction(weight) };
  }
  return { top: converted(fraction(row.num ?? 0)), bottom: fraction(row.den ?? 0) };
}

/**
 * Raw values in the criterion's unit without rounding, ascending.
 *
 * @example
 * rawSorted(['2', '10', '3'], { times: '1', by: 1 }).map((value) => value.top.toString()) // ['2', '3', '10']
 */
export function rawSorted(raw: readonly string[], conversion: Conversion): Fraction[] {
  return raw
    .map((value) => new Exact(value).times(conversion.times))
    .sort((a, b) => a.cmp(b))
    .map((value) => fraction(value, conversion.by));
}

// Numerator over denominator is a share of one, whatever unit of shares the row names.
function ofCounts(unit: string, conversion: Conversion): Conversion {
  return isShareOfOne(unit) ? { times: String(wholeOf(unit)), by: 1 } : conversion;
}

function ofRaw(raw: readonly number[], agg: Criterion['agg'], conversion: Conversion, factor: number): Own {
  const n = raw.length;
  if (agg === 'min' || agg === 'max') {
    const top = raw.reduce((a, b) => (agg === 'min' ? Math.min(a, b) : Math.max(a, b))) * factor;
    return { top, bottom: 1, error: doubt(top), n, conversion };
  }
  let sum = 0;
  let sizes = 0;
  for (const value of raw) {
    sum += value;
    sizes += Math.abs(value);
  }
  const bottom = isTotal(agg) ? 1 : n;
  return { top: sum * factor, bottom, error: doubt(sizes * factor, n), n, conversion };
}

function rawExact(raw: readonly string[], agg: Criterion['agg']): { top: Fraction; bottom: number } {
  const values = raw.map((value) => new Exact(value));
  if (agg === 'min' || agg === 'max') {
    const extreme = values.reduce((a, b) => (a.lt(b) === (agg === 'min') ? a : b));
    return { top: fraction(extreme), bottom: 1 };
  }
  const sum = values.reduce((total, value) => total.plus(value), new Exact(0));
  return { top: fraction(sum), bottom: isTotal(agg) ? 1 : raw.length };
}

function isTotal(agg: Criterion['agg']): boolean {
  return agg === 'sum' || agg === 'pilot_sum';
}

function doubt(size: number, terms = 1): number {
  return ROUNDING * (terms + 4) * Math.abs(size);
}

function isYesNo(value: string | boolean): boolean {
  return typeof value === 'boolean' || value === 'true' || value === 'false';
}

function asNumber(value: string | boolean): number {
  if (isYesNo(value)) return value === true || value === 'true' ? 1 : 0;
  return Number(value);
}
