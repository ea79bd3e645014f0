import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { supports, valuesNeeded } from '../../../src/core/evaluate/percentile.ts';

describe('the single values a percentile needs', () => {
  it.each([
    ['95', 20],
    ['99', 100],
    ['99.9', 1000],
    ['50', 2],
    ['5', 20],
    ['1', 100],
    ['90', 10],
    ['97.5', 40],
    ['66.6', 3],
  ])('for %s are %i', (percentile, values) => {
    expect(valuesNeeded(percentile)).toBe(values);
  });

  it('are the fewest that support it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999 }), (tenths) => {
        const percentile = String(tenths / 10);
        const values = valuesNeeded(percentile);
        expect([supports(percentile, values), supports(percentile, values - 1)]).toEqual([true, false]);
      }),
    );
  });
});
