/** Which value stands at a given place when all are put in order? */

/**
 * The middle value; the mean of the two middle ones when their number is even. NaN for an empty list. The list stays as it is.
 *
 * @example
 * median([1, 2, 4]) // 2
 * median([4, 1, 2, 3]) // 2.5
 */
export function median(values: ArrayLike<number>): number {
  return medianInPlace(Float64Array.from(values));
}

/**
 * The same, but the list may be left in another order: nothing is copied.
 *
 * @example
 * medianInPlace(new Float64Array([4, 1, 2, 3])) // 2.5
 */
export function medianInPlace(values: Float64Array): number {
  const middle = values.length >> 1;
  if (values.length % 2 === 1) return ranked(values, middle + 1);
  return (ranked(values, middle) + ranked(values, middle + 1)) / 2;
}

/**
 * The value with a rank counted from 1, the outermost where the rank lies beyond the end; NaN for an empty list. Found by
 * partition around guesses (Hoare), which costs a few passes instead of a sort and leaves the list in another order.
 *
 * @example
 * ranked(new Float64Array([30, 10, 20]), 2) // 20
 * ranked(new Float64Array([30, 10, 20]), 9) // 30
 */
export function ranked(values: Float64Array, rank: number): number {
  const wanted = Math.min(Math.max(rank, 1), values.length) - 1;
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const guess = values[(low + high) >> 1] as number;
    let i = low;
    let j = high;
    while (i <= j) {
      while ((values[i] as number) < guess) i += 1;
      while ((values[j] as number) > guess) j -= 1;
      if (i <= j) {
        const kept = values[i] as number;
        values[i] = values[j] as number;
        values[j] = kept;
        i += 1;
        j -= 1;
      }
    }
    if (wanted <= j) high = j;
    else if (wanted >= i) low = i;
    else break;
  }
  return values[wanted] ?? Number.NaN;
}
