/** Which of two numbers is larger, quickly where doubles can tell and exactly where they cannot? */

import { Decimal } from 'decimal.js';
import type { DecimalText } from './criterion.ts';

/** Decimals whose sums and products are never rounded. */
export const Exact = Decimal.clone({ defaults: true, precision: 20_000, toExpNeg: -9e15, toExpPos: 9e15 });

const Shown = Decimal.clone({ defaults: true, precision: 20, toExpNeg: -9e15, toExpPos: 9e15 });

/** An exact number `top / bottom`; `bottom` is above 0. */
export interface Fraction {
  readonly top: Decimal;
  readonly bottom: Decimal;
}

/** A number known as a double that is off by at most `error`; `exact` gives it without rounding. */
export interface Amount {
  readonly approx: number;
  readonly error: number;
  readonly exact: () => Fraction;
}

const ONE = new Exact(1);

/**
 * The relative error allowed for each rounded operation: eight times what a double can be off, so that a parse, a
 * conversion and a product together stay below it.
 */
export const ROUNDING = 2 ** -50;

// Below this doubles lose digits one by one, and the relative bound no longer holds.
const SMALLEST = 1e-280;

/**
 * A fraction from a number and what it is divided by.
 *
 * @example
 * decimalText(fraction('1', '8')) // '0.125'
 */
export function fraction(top: Decimal.Value, bottom?: Decimal.Value): Fraction {
  if (bottom === undefined) return { top: new Exact(top), bottom: ONE };
  const below = new Exact(bottom);
  return below.isNegative()
    ? { top: new Exact(top).neg(), bottom: below.neg() }
    : { top: new Exact(top), bottom: below };
}

/**
 * The exact sum of two fractions.
 *
 * @example
 * decimalText(plus(fraction('0.1'), fraction('0.2'))) // '0.3'
 */
export function plus(a: Fraction, b: Fraction): Fraction {
  if (a.bottom.eq(b.bottom)) return { top: a.top.plus(b.top), bottom: a.bottom };
  return { top: a.top.times(b.bottom).plus(b.top.times(a.bottom)), bottom: a.bottom.times(b.bottom) };
}

/**
 * The exact product of two fractions.
 *
 * @example
 * decimalText(times(fraction('1', '3'), fraction('3', '4'))) // '0.25'
 */
export function times(a: Fraction, b: Fraction): Fraction {
  return { top: a.top.times(b.top), bottom: a.bottom.times(b.bottom) };
}

/**
 * Decimal text of a fraction: exact where it ends within 20 digits, else rounded to 20.
 *
 * @example
 * decimalText(fraction('200', '3')) // '66.666666666666666667'
 */
export function decimalText(value: Fraction): DecimalText {
  const text = value.bottom.eq(1) ? value.top.toString() : new Shown(value.top).div(value.bottom).toString();
  return text === '-0' ? '0' : text;
}

/**
 * An amount from decimal text.
 *
 * @example
 * amountOf('0.3').approx // 0.3
 */
export function amountOf(text: DecimalText): Amount {
  const approx = Number(text);
  return { approx, error: ROUNDING * Math.abs(approx), exact: () => fraction(text) };
}

/**
 * An amount from an exact fraction.
 *
 * @example
 * amountFrom(fraction('1', '4')).approx // 0.25
 */
export function amountFrom(exact: Fraction): Amount {
  const approx = exact.top.toNumber() / exact.bottom.toNumber();
  return { approx, error: ROUNDING * Math.abs(approx), exact: () => exact };
}

/**
 * -1, 0 or 1 as the first amount lies below, at or above the second. Doubles decide where their errors cannot matter;
 * exact fractions decide the rest.
 *
 * @example
 * compare({ approx: 0.1 + 0.2, error: 1e-15, exact: () => fraction('0.3') }, amountOf('0.3')) // 0
 * compare(amountOf('39.96'), amountOf('40')) // -1
 */
export function compare(a: Amount, b: Amount): number {
  const apart = a.approx - b.approx;
  if (Math.abs(apart) > a.error + b.error + SMALLEST && Number.isFinite(apart)) return Math.sign(apart);
  return compareFractions(a.exact(), b.exact());
}

/**
 * -1, 0 or 1 as the first fraction is below, at or above the second.
 *
 * @example
 * compareFractions(fraction('1', '3'), fraction('0.3333')) // 1
 */
export function compareFractions(a: Fraction, b: Fraction): number {
  return a.top.times(b.bottom).cmp(b.top.times(a.bottom));
}
