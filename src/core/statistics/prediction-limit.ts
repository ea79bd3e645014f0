/** Which height should the next values stay below if nothing has changed? */

import { studentQuantile } from './student-t.ts';

/**
 * The one-sided upper limit that all of the next `count` values of a normal series stay below with `confidence`
 * (Bonferroni; US EPA 2009, chapter 18). At least two values.
 *
 * @example
 * predictionLimit([1, 2, 3], 1, 0.5) // 2
 */
export function predictionLimit(values: readonly number[], count: number, confidence: number): number {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1);
  const t = studentQuantile(1 - (1 - confidence) / count, n - 1);
  return mean + t * Math.sqrt(variance * (1 + 1 / n));
}
