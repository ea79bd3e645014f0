import { describe, expect, it } from 'vitest';
import type { Budget, Figure } from '../../bench/bench.ts';
import { exitCode, judge, median, percentile } from '../../bench/judge.ts';

const times: Figure = { name: 'p50', unit: 'ms', floor: [1, 2, 4], subject: [1.5, 2, 8] };
const about = (over: Partial<Budget>): Budget => ({
  figure: 'p50',
  compare: 'ratio',
  at: 'most',
  limit: 1.5,
  ...over,
});
const judged = (budget: Budget, figure: Figure = times) =>
  judge({ name: 'it', budgets: [budget] }, [figure])[0];

describe('a budget', () => {
  it('of a ratio takes the median of what the rounds give, not the ratio of the medians', () => {
    expect(judged(about({}))).toMatchObject({ value: 1.5, low: 1, high: 2, met: true });
    expect(judged(about({ limit: 1.49 }))).toMatchObject({ met: false });
  });

  it('of a difference takes the floor away in every round', () => {
    expect(judged(about({ compare: 'difference', limit: 0.4 }))).toMatchObject({
      value: 0.5,
      low: 0,
      high: 4,
      met: false,
    });
  });

  it('of a value looks at the subject alone', () => {
    const alone = { ...times, floor: [] };
    expect(judged(about({ compare: 'value', limit: 2 }), alone)).toMatchObject({ value: 2, met: true });
  });

  it('can ask for at least as much', () => {
    const presses: Figure = { name: 'p50', unit: '/s', floor: [1000], subject: [349] };
    const budget = about({ at: 'least', limit: 0.35 });
    expect(judged(budget, presses)?.met).toBe(false);
    expect(judged(budget, { ...presses, subject: [350] })?.met).toBe(true);
  });

  it('is checked where it is a ratio or memory, and left to people where it is a time of this machine', () => {
    const memory: Figure = { ...times, unit: 'MB' };
    expect(judged(about({}))?.checked).toBe(true);
    expect(judged(about({ compare: 'value' }), memory)?.checked).toBe(true);
    expect(judged(about({ compare: 'value' }))?.checked).toBe(false);
    expect(judged(about({ compare: 'difference' }))?.checked).toBe(false);
  });

  it('is missed, not met, where a number is missing', () => {
    expect(judged(about({}), { ...times, subject: [1, Number.NaN, 1] })?.met).toBe(false);
  });

  it('cannot be judged without its figure, or with another number of rounds than its floor', () => {
    expect(() => judged(about({ figure: 'p99' }))).toThrow('it has a budget for p99, which was not measured');
    expect(() => judged(about({}), { ...times, floor: [1] })).toThrow('p50 has another number of rounds');
    expect(() => judged(about({}), { ...times, subject: [] })).toThrow('p50 was measured in no round');
  });
});

describe('the check', () => {
  const [ratio, difference] = judge(
    { name: 'it', budgets: [about({ limit: 1 }), about({ compare: 'difference', limit: 0 })] },
    [times],
  );

  it('fails on a ratio that was missed', () => {
    expect(ratio?.met).toBe(false);
    expect(exitCode(ratio === undefined ? [] : [ratio])).toBe(1);
  });

  it('does not fail on what people judge', () => {
    expect(difference?.met).toBe(false);
    expect(exitCode(difference === undefined ? [] : [difference])).toBe(0);
  });
});

describe('the statistics', () => {
  it('give the middle, and the mean of the two in the middle', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([4, 1, 3, 2])).toBe(2.5);
  });

  it('give the value that a share of all values do not exceed', () => {
    const hundred = Array.from({ length: 100 }, (_, n) => 100 - n);
    expect(percentile(hundred, 0.5)).toBe(50);
    expect(percentile(hundred, 0.99)).toBe(99);
    expect(percentile([7], 0.99)).toBe(7);
  });
});

it('a tail is checked where enough was measured for it', () => {
  const budget = { figure: 'p99', compare: 'ratio', at: 'most', limit: 1.5, fullOnly: true } as const;
  const figures = [{ name: 'p99', unit: 'ms', floor: [1], subject: [2] }] as const;
  const judged = (quick: boolean) => judge({ name: 'it', budgets: [budget] }, figures, quick);
  expect(exitCode(judged(false))).toBe(1);
  expect(exitCode(judged(true))).toBe(0);
  expect(judged(true)[0]).toMatchObject({ met: false, checked: false });
});
