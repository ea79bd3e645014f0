/** How many single values does a percentile take before it says anything? */

import type { DecimalText } from './criterion.ts';
import { Exact } from './exact.ts';

/**
 * How many single values a percentile needs: so many that one of them lies beyond it on average, n · min(p, 1 - p) ≥ 1.
 *
 * @example
 * valuesNeeded('95') // 20
 * valuesNeeded('99.9') // 1000
 * valuesNeeded('50') // 2
 * valuesNeeded('5') // 20
 */
export function valuesNeeded(percentile: DecimalText): number {
  const share = Number(percentile);
  // A double may be off by one either way; the exact rule has the last word.
  let values = Math.max(1, Math.floor(100 / Math.min(share, 100 - share)) - 1);
  while (values < Number.POSITIVE_INFINITY && !supports(percentile, values)) values += 1;
  return values;
}

/**
 * Whether so many single values are enough for a percentile; without a percentile they never are.
 *
 * @example
 * supports('95', 20) // true
 * supports('95', 19) // false
 * supports(null, 1000) // false
 */
export function supports(percentile: DecimalText | null, values: number): boolean {
  if (percentile === null) return false;
  const share = new Exact(percentile);
  return Exact.min(share, new Exact(100).minus(share)).times(values).gte(100);
}
