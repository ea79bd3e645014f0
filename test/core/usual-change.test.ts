import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ownNumber } from '../../src/core/judge.ts';
import { usualChange } from '../../src/core/usual-change.ts';
import { usualChangeText } from '../../src/views/usual-change-text.ts';
import { aCriterion, aValue } from '../support/facts.ts';

const NOISE = [50, 48, 51, 49, 52, 50, 47, 51, 49, 50, 52, 48];

describe('the newest number', () => {
  it.each([
    ['lies within', [...NOISE, 53], false, 12, false],
    ['lies above', [...NOISE, 60], true, 12, false],
    ['lies below', [...NOISE, 40], true, 12, false],
    ['is held against few', [...NOISE.slice(0, 6), 60], true, 6, true],
  ])('%s the usual ups and downs', (_name, values, isOutside, earlier, isTrial) => {
    expect(usualChange(values)).toMatchObject({ isOutside, earlier, isTrial });
  });

  it('has nothing to be held against while there are fewer than six before it', () => {
    expect(usualChange([1, 2, 1, 2, 1, 9])).toBeNull();
    expect(usualChange([])).toBeNull();
  });

  it('has no usual place while the numbers before it are on their way', () => {
    expect(usualChange([140, 139, 137, 135, 130, 124, 118, 112])).toBeNull();
    expect(usualChange([140, 135, 139, 137, 136, 140, 138, 112])).toMatchObject({ isOutside: true });
  });

  it('is not made usual by one outlier before it', () => {
    const flat = [1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1];
    expect(usualChange([...flat, 6])).toMatchObject({ isOutside: true });
  });

  it('is judged the same in another unit', () => {
    const values = fc.array(fc.integer({ min: -500, max: 500 }), { minLength: 7, maxLength: 30 });
    fc.assert(
      fc.property(values, (list) => {
        const one = usualChange(list);
        const other = usualChange(list.map((value) => value * 8));
        expect(other?.isOutside).toBe(one?.isOutside);
      }),
    );
  });

  it.each([
    [[...NOISE, 53], 'within the usual ups and downs of the 12 before it (43–57 minutes).'],
    [
      [...NOISE, 60],
      'outside the usual ups and downs of the 12 before it (43–57 minutes), so the change is likely real.',
    ],
    [
      [...NOISE.slice(0, 6), 60],
      'outside the usual ups and downs of the 6 before it (44–56 minutes), so the change may be real.',
    ],
  ])('is told of in a sentence', (values, sentence) => {
    const change = usualChange(values);
    expect(change === null ? null : usualChangeText(change, values.at(-1) ?? 0, 'min')).toBe(sentence);
  });
});

describe('what a row says by itself', () => {
  const metric = { unit: 'min', cadence: 'week' } as const;
  const nothing = { value: null, num: null, den: null, raw: null, n: null, unit: 'min' };
  it.each([
    ['a value', 'mean', { value: '90' }, 90],
    ['a value in another unit', 'mean', { value: '1.5', unit: 'h' }, 90],
    ['a value in a unit that is none of its kind', 'mean', { value: '3', unit: 'EUR' }, null],
    ['single values', 'mean', { raw: ['2', '4'] }, 3],
    ['single values for a percentile', 'percentile', { raw: ['2', '4'] }, null],
    ['counts of nothing', 'rate', { num: '0', den: '0' }, null],
    ['nothing', 'mean', {}, null],
  ])('%s', (_name, agg, given, said) => {
    expect(ownNumber(aCriterion({ agg }), metric, { ...aValue(), ...nothing, ...given })).toBe(said);
  });
});
