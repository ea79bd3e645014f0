/** Can a value in one unit be turned into another exactly, and by which factor? */

import type { DecimalText } from './criterion.ts';

/** Multiply by `times`, divide by `by`; both exact. */
export interface Conversion {
  readonly times: DecimalText;
  readonly by: number;
}

/** No conversion at all. */
export const SAME: Conversion = { times: '1', by: 1 };

// How many of the smallest unit of its dimension one unit is.
const DURATIONS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};
const SHARES: Readonly<Record<string, number>> = { percent: 1, '%': 1, ratio: 100 };

/**
 * How a value in unit `from` becomes one in unit `to`; null when the two are of different kinds, as any two currencies are.
 * `rates` are conversions that were agreed.
 *
 * @example
 * conversion('min', 'h') // { "times": "1", "by": 60 }
 * conversion('ratio', 'percent') // { "times": "100", "by": 1 }
 * conversion('USD', 'EUR') // null
 * conversion('constructor', 'h') // null
 * conversion('USD', 'EUR', { USD: '0.92' }) // { "times": "0.92", "by": 1 }
 */
export function conversion(
  from: string,
  to: string,
  rates: Readonly<Record<string, DecimalText>> = {},
): Conversion | null {
  if (from === to) return SAME;
  for (const dimension of [DURATIONS, SHARES]) {
    // A unit may be any word, the name of something every object has included.
    const [size, target] = [from, to].map((unit) =>
      Object.hasOwn(dimension, unit) ? dimension[unit] : undefined,
    );
    if (size !== undefined && target !== undefined) {
      const shared = Math.min(size, target);
      return { times: String(size / shared), by: target / shared };
    }
  }
  const agreed = Object.hasOwn(rates, from) ? rates[from] : undefined;
  return agreed === undefined ? null : { times: agreed, by: 1 };
}

/**
 * Whether values in unit `from` may be recorded for something measured in unit `to`.
 *
 * @example
 * convertible('h', 'min') // true
 * convertible('count', 'percent') // false
 */
export function convertible(from: string, to: string): boolean {
  return conversion(from, to) !== null;
}

/**
 * How many of a unit make a whole: 100 per cent, else 1.
 *
 * @example
 * wholeOf('percent') // 100
 */
export function wholeOf(unit: string): number {
  return unit === 'percent' || unit === '%' ? 100 : 1;
}

/**
 * Whether numbers of this unit are shares of one.
 *
 * @example
 * isShareOfOne('ratio') // true
 * isShareOfOne('EUR/case') // false
 */
export function isShareOfOne(unit: string): boolean {
  return Object.hasOwn(SHARES, unit);
}
