/** Which straight line fits a series without being led astray by single values? */

import { kendallTail, kendallVariance } from './kendall.ts';
import { medianOfSorted } from './median.ts';

/** How a limit that falls between two slopes is read: the outer one, the nearer one, or a point between (Gilbert). */
export type RankMode = 'outward' | 'nearest' | 'gilbert';

/** A slope with its limits. */
export interface SlopeLimits {
  readonly slope: number;
  readonly lo: number;
  readonly hi: number;
}

/**
 * The slopes between all pairs of points with different x, ascending.
 *
 * @example
 * Array.from(pairwiseSlopes([1, 2, 3], [1, 3, 4])) // [1, 1.5, 2]
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
  return slopes.subarray(0, count).sort();
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
 * Median and limits of slopes in ascending order, `width` (in units of S) apart in rank.
 *
 * @example
 * slopeLimits([1, 2, 3, 4, 5, 6], 2, 'outward') // { "slope": 3.5, "lo": 2, "hi": 5 }
 */
export function slopeLimits(slopes: ArrayLike<number>, width: number, mode: RankMode): SlopeLimits {
  const low = (slopes.length - width) / 2;
  const high = (slopes.length + width) / 2 + 1;
  const slope = medianOfSorted(slopes);
  if (mode === 'gilbert') return { slope, lo: between(slopes, low), hi: between(slopes, high) };
  const down = mode === 'outward' ? Math.floor(low) : Math.round(low);
  const up = mode === 'outward' ? Math.ceil(high) : Math.round(high);
  return { slope, lo: ranked(slopes, down), hi: ranked(slopes, up) };
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

/**
 * The element with a rank counted from 1, the outermost where the rank lies beyond the end.
 *
 * @example
 * ranked([10, 20, 30], 2) // 20
 * ranked([10, 20, 30], 9) // 30
 */
export function ranked(sorted: ArrayLike<number>, rank: number): number {
  return sorted[Math.min(Math.max(rank, 1), sorted.length) - 1] ?? Number.NaN;
}

function between(sorted: ArrayLike<number>, rank: number): number {
  const below = Math.floor(rank);
  return ranked(sorted, below) + (rank - below) * (ranked(sorted, below + 1) - ranked(sorted, below));
}
