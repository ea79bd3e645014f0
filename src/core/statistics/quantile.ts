/** Below which value does a given share of the data lie? */

/**
 * The quantile of type 7 (the default of R, NumPy and spreadsheets): position (n - 1)p, straight line between neighbours.
 * `p` is a share from 0 to 1. NaN for an empty list.
 *
 * @example
 * quantile([1, 2, 3, 4, 5], 0.25) // 2
 * quantile([10, 20], 0.5) // 15
 */
export function quantile(values: ArrayLike<number>, p: number): number {
  const sorted = Float64Array.from(values).sort();
  const position = (sorted.length - 1) * p;
  const below = Math.floor(position);
  const low = sorted[below] ?? Number.NaN;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] ?? Number.NaN;
  return low + (position - below) * (high - low);
}
