/** How far have the shares of a set of classes moved? */

/**
 * The population stability index of actual against expected shares; every share above 0.
 *
 * @example
 * stabilityIndex([0.5, 0.5], [0.5, 0.5]) // 0
 * stabilityIndex([0.4, 0.3, 0.3], [0.35, 0.25, 0.4]).toFixed(6) // '0.044561'
 */
export function stabilityIndex(expected: readonly number[], actual: readonly number[]): number {
  return expected.reduce((sum, share, i) => {
    const now = actual[i] ?? Number.NaN;
    return sum + (now - share) * Math.log(now / share);
  }, 0);
}
