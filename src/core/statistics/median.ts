/** Which value lies in the middle? */

/**
 * The middle value; the mean of the two middle ones when their number is even. NaN for an empty list.
 *
 * @example
 * median([1, 2, 4]) // 2
 * median([4, 1, 2, 3]) // 2.5
 */
export function median(values: ArrayLike<number>): number {
  return medianOfSorted(Float64Array.from(values).sort());
}

/**
 * The same for values already in ascending order.
 *
 * @example
 * medianOfSorted([1, 2, 3, 4]) // 2.5
 */
export function medianOfSorted(sorted: ArrayLike<number>): number {
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}
