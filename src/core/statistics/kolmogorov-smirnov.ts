/** Do two samples come from the same source? */

/**
 * The two-sample Kolmogorov–Smirnov test, exact and two-sided: the largest gap between the two step functions, and the
 * share of orderings with a gap at least as large (counted on the lattice, so for small samples without ties).
 *
 * @example
 * kolmogorovSmirnov([0], [1]) // { "d": 1, "p": 1 }
 */
export function kolmogorovSmirnov(
  first: readonly number[],
  second: readonly number[],
): { readonly d: number; readonly p: number } {
  const m = first.length;
  const n = second.length;
  const gap = Math.max(
    ...[...first, ...second].map((at) => Math.abs(upTo(first, at) * n - upTo(second, at) * m)),
  );
  return { d: gap / (m * n), p: 1 - pathsBelow(m, n, gap) };
}

function upTo(values: readonly number[], limit: number): number {
  return values.filter((value) => value <= limit).length;
}

// The chance that a random path from (0,0) to (m,n) never strays as far as `gap`, all orderings alike.
function pathsBelow(m: number, n: number, gap: number): number {
  let row = new Array<number>(n + 1).fill(0);
  for (let i = 0; i <= m; i += 1) {
    const next = new Array<number>(n + 1).fill(0);
    for (let j = 0; j <= n; j += 1) {
      if (Math.abs(i * n - j * m) >= gap) continue;
      if (i === 0 && j === 0) next[j] = 1;
      else {
        const across = ((row[j] ?? 0) * i) / (i + j);
        const up = j === 0 ? 0 : ((next[j - 1] ?? 0) * j) / (i + j);
        next[j] = across + up;
      }
    }
    row = next;
  }
  return row[n] ?? 0;
}
