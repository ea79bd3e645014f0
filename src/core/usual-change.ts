/** Is the newest number different from the usual ups and downs of the ones before it? */
import { trendP } from './statistics/kendall.ts';
import { xmr } from './statistics/xmr.ts';

/** Where a metric usually lies, and whether its newest number does. */
export interface UsualChange {
  readonly lo: number;
  readonly hi: number;
  readonly isOutside: boolean;
  /** How many numbers before the newest the limits come from. */
  readonly earlier: number;
  /** From fewer than twelve numbers: the limits will still move. */
  readonly isTrial: boolean;
}

/** Fewer say nothing about what is usual. */
const FEWEST = 6;
const SETTLED = 12;
/** Above it, a course of the earlier numbers may be chance. */
const CHANCE = 0.05;

/**
 * Compares the newest number with the natural limits (mean ± 2.66 mean moving ranges, outliers screened) of those before it.
 * It is a note, never an alarm, so only this one of the rules for such charts is used: several together find something in
 * half of all series in which nothing has happened. Null with fewer than six earlier numbers, and where these rise or fall
 * (Mann–Kendall): what is on its way has no usual place. Limits do not go below zero where
 * no number does.
 *
 * @param values one for each period, oldest first
 *
 * @example
 * usualChange([10, 12, 10, 12, 10, 12, 20]) // { lo: 5.68, hi: 16.32, isOutside: true, earlier: 6, isTrial: true }
 * usualChange([10, 12, 10, 12, 20]) // null
 * usualChange([20, 18, 17, 15, 14, 12, 10]) // null
 */
export function usualChange(values: readonly number[]): UsualChange | null {
  const newest = values.at(-1);
  const earlier = values.slice(0, -1);
  if (newest === undefined || earlier.length < FEWEST) return null;
  if (trendP(earlier) <= CHANCE) return null;
  const limits = xmr(earlier, 2.66, true);
  const isPositive = values.every((value) => value >= 0);
  return {
    lo: isPositive ? Math.max(0, limits.lo) : limits.lo,
    hi: limits.hi,
    isOutside: newest < limits.lo || newest > limits.hi,
    earlier: earlier.length,
    isTrial: earlier.length < SETTLED,
  };
}
