/** Which straight line fits a series without being led astray by single values? */

import { kendallTail, kendallVariance } from './kendall.ts';
import { medianInPlace, ranked } from './median.ts';

/** How a limit that falls between two slopes is read: the outer one, the nearer one, or a point between (Gilbert). */
export type RankMode = 'outward' | 'nearest' | 'gilbert';

/** A slope with its limits. */
export interface SlopeLimits {
  readonly slope: number;
  readonly lo: number;
  readonly hi: number;
}

/**
 * The slopes between all pairs of points with different x, in no order.
 *
 * @example
 * Array.from(pairwiseSlopes([1, 2, 3], [1, 3, 4])) // [2, 1.5, 1]
 */
export function pairwiseSlopes(x: ArrayLike<number>, y: ArrayLike<number>): Float64Array {
  const slopes = new Float64Array((x.length * (x.length - 1)) / 2);
  let count = 0;
  for (let j = 1; j < x.length; j += 1) {
    const xj = x[j] as number;
    const yj = y[j] as number;
    for (let i = 0; i < j; i += 1) {
      const run = xj - (x[i] as number);
      if (run !== 0) slopes[count++] = (yj - (y[i] as number)) / run;
    }
  }
  return slopes.subarray(0, count);
}

/**
 * The median slope with limits from Kendall's S: `z` standard deviations (1.96 for 95 %) on either side. Sen (1968).
 *
 * @example
 * theilSen([1, 2, 3, 4, 10, 12, 18], [9, 15, 19, 20, 45, 55, 78], 1.8119, 'outward').hi // 4.375
 */
export function theilSen(x: ArrayLike<number>, y: ArrayLike<number>, z: number, mode: RankMode): SlopeLimits {
  return slopeLimits(pairwiseSlopes(x, y), z * Math.sqrt(kendallVariance(y)), mode);
}

/**
 * Median and limits of slopes, `width` (in units of S) apart in rank. The list may be left in another order.
 *
 * @example
 * slopeLimits(new Float64Array([6, 1, 2, 5, 3, 4]), 2, 'outward') // { "slope": 3.5, "lo": 2, "hi": 5 }
 */
export function slopeLimits(slopes: Float64Array, width: number, mode: RankMode): SlopeLimits {
  const low = (slopes.length - width) / 2;
  const high = (slopes.length + width) / 2 + 1;
  if (mode === 'gilbert') {
    return { slope: medianInPlace(slopes), lo: between(slopes, low), hi: between(slopes, high) };
  }
  const [down, up] =
    mode === 'outward' ? [Math.floor(low), Math.ceil(high)] : [Math.round(low), Math.round(high)];
  return slopesRanked(slopes, down, up);
}

/**
 * Median and limits at two ranks counted from 1. The list may be left in another order.
 *
 * @example
 * slopesRanked(new Float64Array([6, 1, 2, 5, 3, 4]), 1, 6) // { "slope": 3.5, "lo": 1, "hi": 6 }
 */
export function slopesRanked(slopes: Float64Array, lower: number, upper: number): SlopeLimits {
  const slope = medianInPlace(slopes);
  // The median has parted the list: what is smaller lies before the middle, what is larger behind it.
  const middle = slopes.length >> 1;
  const lo = lower <= middle ? ranked(slopes.subarray(0, middle), lower) : ranked(slopes, lower);
  const hi = upper > middle ? ranked(slopes.subarray(middle), upper - middle) : ranked(slopes, upper);
  return { slope, lo, hi };
}

/**
 * The rank of the lower limit that covers at least `coverage` by exact count; the upper one is as far from the other end.
 *
 * @example
 * exactRank(6, 0.8) // 4
 * exactRank(10, 0.8) // 15
 */
export function exactRank(n: number, coverage: number): number {
  const pairs = (n * (n - 1)) / 2;
  let rank = Math.floor(pairs / 2);
  while (rank > 1 && 1 - 2 * kendallTail(n, pairs - 2 * rank + 2) < coverage) rank -= 1;
  return rank;
}

function between(slopes: Float64Array, rank: number): number {
  const below = Math.floor(rank);
  const low = ranked(slopes, below);
  return low + (rank - below) * (ranked(slopes, below + 1) - low);
}
