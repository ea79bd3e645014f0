import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { BENCHES } from '../../bench/list.ts';

const page = readFileSync(new URL('../../docs/benchmarks.md', import.meta.url), 'utf8');
const rows = [...page.matchAll(/^\| `([\w-]+)` \|.*\| (.*) \|$/gm)].map(([, name, budget]) => ({
  name,
  budget,
}));

describe('docs/benchmarks.md', () => {
  it('has a row for every benchmark', () => {
    expect(rows.map(({ name }) => name)).toEqual(BENCHES.map(({ name }) => name));
  });

  it.each(BENCHES)('names what $name is judged by', ({ name, budgets }) => {
    const row = rows.find((candidate) => candidate.name === name);
    for (const { figure, compare, limit } of budgets) {
      const numbers = figure === 'presses' ? [`${limit * 100} %`] : [`${limit}`, `${limit / 1000} s`];
      expect(
        numbers.some((number) => row?.budget?.includes(number)),
        `${figure} ${compare} ${limit}`,
      ).toBe(true);
    }
  });
});
