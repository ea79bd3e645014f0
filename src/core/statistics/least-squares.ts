/** Which straight line has the smallest squared distances, and how sure is it? */

import { studentQuantile } from './student-t.ts';

/** An ordinary least-squares line `intercept + slope x`, with standard errors. */
export interface Line {
  readonly intercept: number;
  readonly slope: number;
  readonly seIntercept: number;
  readonly seSlope: number;
  /** Standard deviation of the residuals. */
  readonly s: number;
  readonly r2: number;
  readonly n: number;
  readonly meanX: number;
  readonly sxx: number;
}

/**
 * Fits a line by least squares; at least three points with different x.
 *
 * @example
 * leastSquares([1, 2, 3], [3, 5, 7]).slope // 2
 */
export function leastSquares(x: readonly number[], y: readonly number[]): Line {
  const n = x.length;
  const meanX = x.reduce((sum, value) => sum + value, 0) / n;
  const meanY = y.reduce((sum, value) => sum + value, 0) / n;
  let sxx = 0;
  let sxy = 0;
  let syy = 0;
  for (const [i, value] of x.entries()) {
    const dx = value - meanX;
    const dy = (y[i] ?? Number.NaN) - meanY;
    sxx += dx * dx;
    sxy += dx * dy;
    syy += dy * dy;
  }
  const slope = sxy / sxx;
  const intercept = meanY - slope * meanX;
  const residual = x.reduce(
    (sum, value, i) => sum + ((y[i] ?? Number.NaN) - intercept - slope * value) ** 2,
    0,
  );
  const s = Math.sqrt(residual / (n - 2));
  return {
    intercept,
    slope,
    seIntercept: s * Math.sqrt(1 / n + (meanX * meanX) / sxx),
    seSlope: s / Math.sqrt(sxx),
    s,
    r2: 1 - residual / syy,
    n,
    meanX,
    sxx,
  };
}

/**
 * The height of the line at `x` with its interval; `confidence` is a share such as 0.95.
 *
 * @example
 * lineAt(leastSquares([1, 2, 3], [3, 5, 7]), 4, 0.95).mean // 9
 */
export function lineAt(
  line: Line,
  x: number,
  confidence: number,
): { readonly mean: number; readonly lo: number; readonly hi: number } {
  const mean = line.intercept + line.slope * x;
  const t = studentQuantile((1 + confidence) / 2, line.n - 2);
  const half = t * line.s * Math.sqrt(1 / line.n + (x - line.meanX) ** 2 / line.sxx);
  return { mean, lo: mean - half, hi: mean + half };
}
