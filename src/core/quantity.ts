/** Which number did a person type, and how is a number shown? */

import { Decimal } from 'decimal.js';
import { compareText, rounded, spaced } from './decimal-text.ts';
import { decimalTyped, type UnreadableQuantity } from './decimal-typed.ts';
import { centsOf, currencyOf, unitNamed, withUnit } from './unit.ts';

/** A number as decimal text, with its unit when one was written. */
export interface Quantity {
  readonly value: string;
  readonly unit?: string;
}

const MINUS = /^[-\u2212]/;
const SPACES = /[\u00a0\u2007\u2009\u202f]/g;
const LONGEST = 60;
const ONLY_DIGITS = /^[-+\u2212]?\d+(?:[.,]\d+)?$/;

/**
 * Reads what a person typed as one number with an optional unit. Decimal comma and point, thousands separators and
 * spaces, currency signs and codes are understood; what can be read in two ways is refused with both. `expected` is the
 * unit the number should have: it is recognised by name, and completes a bare currency sign.
 *
 * @example
 * parseQuantity('12,5 %') // { "value": "12.5", "unit": "percent" }
 * parseQuantity('1.234,50') // { "value": "1234.50" }
 * parseQuantity('1 234') // { "value": "1234" }
 * parseQuantity('€12.50', 'EUR/claim') // { "value": "12.50", "unit": "EUR/claim" }
 * parseQuantity('1,234') // { "problem": "AMBIGUOUS", "readings": ["1234", "1.234"] }
 * parseQuantity('0x10') // { "problem": "NOT_A_NUMBER" }
 */
export function parseQuantity(text: string, expected?: string): Quantity | UnreadableQuantity {
  const rest = text.replace(SPACES, ' ').trim();
  if (rest === '') return { problem: 'EMPTY' };
  if (rest.length > LONGEST) return { problem: ONLY_DIGITS.test(rest) ? 'TOO_LARGE' : 'NOT_A_NUMBER' };
  if (/(?![0-9])\p{Nd}/u.test(rest)) return { problem: 'OTHER_DIGITS' };
  const parts =
    /^([-+\u2212]?) ?(?:([€£$¥₹]|[A-Za-z]{3}(?![A-Za-z])) ?([-\u2212]?) ?)?([\d.,](?:[\d.,' \u2019]*\d)?)(.*)$/.exec(
      rest,
    );
  if (parts === null || (parts[1] !== '' && parts[3])) return { problem: 'NOT_A_NUMBER' };
  const [, outer = '', leading = '', inner = '', digits = '', behind = ''] = parts;
  const negative = MINUS.test(outer) || inner !== '';
  const plain = decimalTyped(digits);
  if (typeof plain !== 'string') return signed(plain, negative);
  const value = (negative && /[1-9]/.test(plain) ? '-' : '') + plain;
  return withTypedUnit(value, leading, behind.trim(), expected);
}

/**
 * Reads a range typed as `4 to 5`, `4–5` or `4 - 5 %` into its two ends; both share one unit.
 *
 * @example
 * parseRange('4 to 5 %') // { "low": "4", "high": "5", "unit": "percent" }
 * parseRange('4') // { "problem": "NOT_A_NUMBER" }
 */
export function parseRange(
  text: string,
  expected?: string,
): { readonly low: string; readonly high: string; readonly unit?: string } | UnreadableQuantity {
  if (text.trim() === '') return { problem: 'EMPTY' };
  const ends = /^(.*\d.*?)(?:\s+to\s+|\s*–\s*|\s+-\s+)(.*\d.*)$/i.exec(text.trim());
  if (ends?.[1] === undefined || ends[2] === undefined) return { problem: 'NOT_A_NUMBER' };
  const low = parseQuantity(ends[1], expected);
  const high = parseQuantity(ends[2], expected);
  if ('problem' in low) return low;
  if ('problem' in high) return high;
  if (low.unit !== undefined && high.unit !== undefined && low.unit !== high.unit)
    return { problem: 'UNKNOWN_UNIT' };
  const unit = high.unit ?? low.unit;
  return { low: low.value, high: high.value, ...(unit === undefined ? {} : { unit }) };
}

/**
 * Reads yes or no, as typed; null for anything else.
 *
 * @example
 * parseYesNo(' Yes ') // true
 * parseYesNo('done') // null
 */
export function parseYesNo(text: string): boolean | null {
  const word = text.trim().toLowerCase();
  if (['yes', 'y', 'true', '1'].includes(word)) return true;
  return ['no', 'n', 'false', '0'].includes(word) ? false : null;
}

/**
 * Shows a number with its unit: money with its cents, everything else with at most two decimals, more only below one.
 * Groups of three from 10 000 on, apart by a no-break space.
 *
 * @example
 * formatQuantity('12.5', 'EUR/case') // '€12.50'
 * formatQuantity('85.0', 'percent') // '85 %'
 * formatQuantity('2.10', 'pp') // '2.1 points'
 * formatQuantity('66.66666666', 'percent') // '66.67 %'
 * formatQuantity('0.00123456', 'count') // '0.00123'
 */
export function formatQuantity(value: string, unit: string): string {
  return withUnit(spaced(rounded(value, usualDecimals(value, unit)), leastDecimals(value, unit)), unit);
}

/**
 * Shows a value beside the numbers it is compared with, all with as many decimals as it takes that what is read says the
 * same as what was compared: 39.96 beside 40 is not shown as 40.
 *
 * @example
 * formatBeside('39.996', ['40'], 'count') // ["39.996", "40"]
 * formatBeside('12.504', ['12.5'], 'EUR') // ["€12.504", "€12.50"]
 */
export function formatBeside(value: string, others: readonly string[], unit: string): string[] {
  const all = [value, ...others];
  let decimals = Math.max(...all.map((text) => usualDecimals(text, unit)));
  while (decimals < 20 && others.some((other) => !tells(value, other, decimals))) decimals += 1;
  return all.map((text) => withUnit(spaced(rounded(text, decimals), leastDecimals(text, unit)), unit));
}

/**
 * Shows a likely range in round numbers, without rounding either end onto or past a number it is compared with.
 *
 * @example
 * formatSpan(41.2, 43.9, [40], 'count') // '41–44'
 * formatSpan(39.6, 44, [40], 'percent') // '39.6–44 %'
 * formatSpan(43, 43, [40], 'h') // '43 hours'
 */
export function formatSpan(lo: number, hi: number, beside: readonly number[], unit: string): string {
  const span = hi - lo;
  let decimals = span > 0 ? Math.min(6, Math.max(0, -Math.floor(Math.log10(span)))) : 2;
  const [low, high] = [plain(lo), plain(hi)];
  const others = beside.map(plain);
  const isTold = () => others.every((other) => isSide(low, other, decimals) && isSide(high, other, decimals));
  while (decimals < 6 && !isTold()) decimals += 1;
  const from = spaced(rounded(low, decimals), 0);
  const to = spaced(rounded(high, decimals), 0);
  if (from === to) return withUnit(to, unit);
  const between = from.startsWith('-') ? ' to ' : '–';
  if (currencyOf(unit) !== null) return withUnit(from, unit) + between + withUnit(to, unit);
  return withUnit(from + between + to, unit);
}

function withTypedUnit(
  value: string,
  leading: string,
  trailing: string,
  expected: string | undefined,
): Quantity | UnreadableQuantity {
  if (leading === '' && trailing === '') return { value };
  // An amount may carry its currency in front and what it is per behind: "€12.50 per claim".
  const per = /^(?:\/|per )/i.test(trailing);
  if (leading !== '' && trailing !== '' && !per) return { problem: 'NOT_A_NUMBER' };
  const unit = unitNamed(per ? `${leading} ${trailing}` : leading + trailing, expected);
  if (unit !== null) return { value, unit };
  return { problem: /^\p{L}[^\d]*$/u.test(leading + trailing) ? 'UNKNOWN_UNIT' : 'NOT_A_NUMBER' };
}

function signed(problem: UnreadableQuantity, negative: boolean): UnreadableQuantity {
  if (!negative || problem.readings === undefined) return problem;
  return { ...problem, readings: problem.readings.map((reading) => `-${reading}`) };
}

function tells(value: string, other: string, decimals: number): boolean {
  return compareText(rounded(value, decimals), rounded(other, decimals)) === compareText(value, other);
}

// What it is compared with is shown in full elsewhere: the rounded end must lie on the same side of it.
function isSide(end: string, other: string, decimals: number): boolean {
  return compareText(rounded(end, decimals), other) === compareText(end, other);
}

// Twelve digits are what a number computed in doubles is good for.
function plain(number: number): string {
  const text = String(Number(number.toPrecision(12)));
  return text.includes('e') ? new Decimal(text).toFixed(12) : text;
}

function usualDecimals(text: string, unit: string): number {
  const size = Math.abs(Number(text));
  const currency = currencyOf(unit);
  if (currency !== null && (size >= 10_000 || (size >= 1 && centsOf(currency) === 0))) return 0;
  return size === 0 || size >= 1 ? 2 : Math.max(2, 2 + Number(size.toExponential().split('e-')[1] ?? 1));
}

function leastDecimals(text: string, unit: string): number {
  const currency = currencyOf(unit);
  return currency === null || Math.abs(Number(text)) >= 10_000 ? 0 : centsOf(currency);
}
