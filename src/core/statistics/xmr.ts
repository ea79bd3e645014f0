/** Is this value different from the usual ups and downs? */

/** Centre and natural limits of a series, with its mean moving range. */
export interface ProcessLimits {
  readonly mean: number;
  readonly movingRange: number;
  readonly lo: number;
  readonly hi: number;
}

/**
 * The limits of an XmR chart: mean ± `factor` × mean moving range (2.66 by custom). `screen` leaves out moving ranges above
 * 3.267 times their mean, so that one outlier does not widen the limits.
 *
 * @example
 * xmr([1, 3, 1, 3], 2.5) // { "mean": 2, "movingRange": 2, "lo": -3, "hi": 7 }
 */
export function xmr(values: readonly number[], factor = 2.66, screen = false): ProcessLimits {
  const mean = average(values);
  const ranges = values.slice(1).map((value, i) => Math.abs(value - (values[i] ?? value)));
  const all = average(ranges);
  const movingRange = screen ? average(ranges.filter((range) => range <= 3.267 * all)) : all;
  return { mean, movingRange, lo: mean - factor * movingRange, hi: mean + factor * movingRange };
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
