/** How large are factorials and binomial probabilities, without overflow? */

const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
] as const;

/**
 * The logarithm of the gamma function for x > 0 (Lanczos, g = 7); `logGamma(n + 1)` is ln n!.
 *
 * @example
 * Math.exp(logGamma(5)).toFixed(6) // '24.000000'
 */
export function logGamma(x: number): number {
  const [first, ...rest] = LANCZOS;
  let sum: number = first;
  for (const [i, coefficient] of rest.entries()) sum += coefficient / (x + i);
  const base = x + 6.5;
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(base) - base + Math.log(sum);
}

/**
 * The probability of exactly `successes` in `n` tries that each succeed with probability `p`.
 *
 * @example
 * binomialProbability(8, 20, 0.1).toFixed(7) // '0.0003558'
 * binomialProbability(1, 20, 0) // 0
 */
export function binomialProbability(successes: number, n: number, p: number): number {
  const failures = n - successes;
  if (p <= 0) return successes === 0 ? 1 : 0;
  if (p >= 1) return failures === 0 ? 1 : 0;
  const ways = logGamma(n + 1) - logGamma(successes + 1) - logGamma(failures + 1);
  return Math.exp(ways + successes * Math.log(p) + failures * Math.log1p(-p));
}
