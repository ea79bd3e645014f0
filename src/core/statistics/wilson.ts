/** Between which bounds does a true share lie, given few cases? */

import { Z_95 } from './normal.ts';

/** Two bounds of an interval. */
export interface Interval {
  readonly lo: number;
  readonly hi: number;
}

/**
 * Wilson's 95 % interval for a share of `hits` among `n` (Newcombe 1998, method 3).
 *
 * @example
 * wilson(0, 20).lo // 0
 * wilson(81, 263).hi.toFixed(4) // '0.3662'
 */
export function wilson(hits: number, n: number): Interval {
  const square = Z_95 * Z_95;
  const centre = 2 * hits + square;
  const spread = Z_95 * Math.sqrt(square + (4 * hits * (n - hits)) / n);
  const width = 2 * (n + square);
  return { lo: hits === 0 ? 0 : (centre - spread) / width, hi: hits === n ? 1 : (centre + spread) / width };
}

/**
 * Newcombe's 95 % interval for the difference of two shares, first minus second (1998, method 10). The shares differ when
 * it leaves out 0.
 *
 * @example
 * newcombe(56, 70, 48, 80).lo.toFixed(4) // '0.0524'
 */
export function newcombe(hits1: number, n1: number, hits2: number, n2: number): Interval {
  const p1 = hits1 / n1;
  const p2 = hits2 / n2;
  const first = wilson(hits1, n1);
  const second = wilson(hits2, n2);
  return {
    lo: p1 - p2 - Math.hypot(p1 - first.lo, second.hi - p2),
    hi: p1 - p2 + Math.hypot(first.hi - p1, p2 - second.lo),
  };
}
