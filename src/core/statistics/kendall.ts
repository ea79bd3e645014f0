/** Does a series rise or fall by more than chance? */

import { normalTail } from './normal.ts';

/** Kendall's S with what is needed to judge it; `p` is two-sided. */
export interface TrendTest {
  readonly s: number;
  readonly variance: number;
  readonly tau: number;
  readonly z: number;
  readonly p: number;
}

// Rising pairs minus falling pairs.
function kendallS(values: ArrayLike<number>): number {
  let s = 0;
  for (let j = 1; j < values.length; j += 1) {
    for (let i = 0; i < j; i += 1) s += Math.sign((values[j] as number) - (values[i] as number));
  }
  return s;
}

/**
 * The variance of S when there is no trend, lessened for equal values.
 *
 * @example
 * kendallVariance([1, 2, 3, 4]).toFixed(4) // '8.6667'
 * kendallVariance([1, 1, 1]) // 0
 */
export function kendallVariance(values: ArrayLike<number>): number {
  const sorted = Float64Array.from(values).sort();
  const n = sorted.length;
  let sum = n * (n - 1) * (2 * n + 5);
  for (let from = 0; from < n; ) {
    let to = from + 1;
    while (to < n && sorted[to] === sorted[from]) to += 1;
    const ties = to - from;
    sum -= ties * (ties - 1) * (2 * ties + 5);
    from = to;
  }
  return sum / 18;
}

/**
 * The exact chance of S at least this large among n values without ties and without trend: permutations counted by their
 * number of inversions.
 *
 * @example
 * kendallTail(4, 6).toFixed(3) // '0.042'
 * kendallTail(5, 10).toFixed(4) // '0.0083'
 */
export function kendallTail(n: number, s: number): number {
  const pairs = (n * (n - 1)) / 2;
  let chances = [1];
  for (let k = 2; k <= n; k += 1) {
    const next = new Array<number>(chances.length + k - 1).fill(0);
    for (const [inversions, chance] of chances.entries()) {
      for (let added = 0; added < k; added += 1)
        next[inversions + added] = (next[inversions + added] ?? 0) + chance / k;
    }
    chances = next;
  }
  // S = pairs - 2 inversions, so a large S means few inversions.
  const most = Math.floor((pairs - s) / 2);
  let tail = 0;
  for (const chance of chances.slice(0, Math.max(0, most + 1))) tail += chance;
  return Math.min(1, tail);
}

/**
 * The Mann–Kendall test for a trend, with the normal approximation and its correction for continuity and ties.
 *
 * @example
 * mannKendall([1, 2, 3, 4, 5]).s // 10
 */
export function mannKendall(values: ArrayLike<number>): TrendTest {
  const n = values.length;
  const s = kendallS(values);
  const variance = kendallVariance(values);
  const z = variance === 0 ? 0 : (s - Math.sign(s)) / Math.sqrt(variance);
  return { s, variance, tau: (2 * s) / (n * (n - 1)), z, p: 2 * normalTail(Math.abs(z)) };
}

/**
 * The two-sided p-value of a trend: exact up to 40 values without ties, the normal approximation beyond.
 *
 * @example
 * trendP([1, 2, 3, 4, 5]).toFixed(4) // '0.0167'
 */
export function trendP(values: ArrayLike<number>): number {
  const distinct = new Set(Array.from(values)).size === values.length;
  if (!distinct || values.length > 40) return Math.min(1, mannKendall(values).p);
  return Math.min(1, 2 * kendallTail(values.length, Math.abs(kendallS(values))));
}
