/** Where does a series go if recent values count most? */

/**
 * Holt's linear smoothing with fixed weights, started at the first value and the first difference. `fitted` holds the
 * one-step forecasts of every value given, `forecast` the next `steps`.
 *
 * @example
 * holt([1, 2, 4], 1, 1, 2) // { "fitted": [2, 1, 3], "forecast": [6, 8] }
 */
export function holt(
  values: readonly number[],
  levelWeight: number,
  trendWeight: number,
  steps: number,
): { readonly fitted: number[]; readonly forecast: number[] } {
  const [first = Number.NaN, second = Number.NaN] = values;
  let level = first;
  let trend = second - first;
  const fitted: number[] = [];
  for (const value of values) {
    const expected = level + trend;
    fitted.push(expected);
    const next = levelWeight * value + (1 - levelWeight) * expected;
    trend = trendWeight * (next - level) + (1 - trendWeight) * trend;
    level = next;
  }
  return { fitted, forecast: Array.from({ length: steps }, (_, i) => level + (i + 1) * trend) };
}

/**
 * Simple exponential smoothing started at the first value: the forecast for the next one.
 *
 * @example
 * smoothed([10, 20], 0.5) // 15
 */
export function smoothed(values: readonly number[], weight: number): number {
  return values.reduce((level, value) => level + weight * (value - level));
}
