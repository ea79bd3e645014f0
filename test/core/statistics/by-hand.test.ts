import { describe, expect, it } from 'vitest';
import { binomialProbability } from '../../../src/core/statistics/gamma.ts';
import { cumulativeIncidence, kaplanMeier, type Outcome } from '../../../src/core/statistics/kaplan-meier.ts';
import { kendallTail, trendP } from '../../../src/core/statistics/kendall.ts';
import { normalTail, Z_80, Z_95 } from '../../../src/core/statistics/normal.ts';
import { quantile } from '../../../src/core/statistics/quantile.ts';
import { studentQuantile } from '../../../src/core/statistics/student-t.ts';
import { exactRank, slopeLimits } from '../../../src/core/statistics/theil-sen.ts';

describe('exact ranks of the middle 80 % of slopes', () => {
  const table = [
    [5, 2, 9, 0.917],
    [6, 4, 12, 0.864],
    [7, 6, 16, 0.864],
    [8, 9, 20, 0.821],
    [9, 12, 25, 0.82],
    [10, 15, 31, 0.844],
  ] as const;
  for (const [n, lower, upper, coverage] of table) {
    it(`${n} periods take ranks ${lower} and ${upper}`, () => {
      const pairs = (n * (n - 1)) / 2;
      expect(exactRank(n, 0.8)).toBe(lower);
      expect(pairs + 1 - lower).toBe(upper);
      expect(1 - 2 * kendallTail(n, pairs - 2 * lower + 2)).toBeCloseTo(coverage, 2.5);
    });
  }
});

it('the three rank conventions read the same limits differently', () => {
  const slopes = new Float64Array([7, 3, 10, 1, 5, 9, 2, 8, 4, 6]);
  expect(slopeLimits(slopes, 4.6, 'outward')).toEqual({ slope: 5.5, lo: 2, hi: 9 });
  expect(slopeLimits(slopes, 4.6, 'nearest')).toEqual({ slope: 5.5, lo: 3, hi: 8 });
  expect(slopeLimits(slopes, 4.6, 'gilbert').lo).toBeCloseTo(2.7, 12);
  expect(slopeLimits(slopes, 4.6, 'gilbert').hi).toBeCloseTo(8.3, 12);
});

it('a quantile of type 7 lies between its neighbours', () => {
  const twenty = Array.from({ length: 20 }, (_, i) => i + 1);
  expect(quantile(twenty, 0.95)).toBeCloseTo(19.05, 12);
  expect(quantile([7], 0.95)).toBe(7);
  expect(quantile([], 0.5)).toBeNaN();
});

it('the harm rule of the guardrails has the values worked by hand', () => {
  expect(21 * binomialProbability(8, 20, 0.1)).toBeCloseTo(0.00747, 5);
  expect(21 * binomialProbability(5, 20, 0.1)).toBeCloseTo(0.67, 2);
  expect(binomialProbability(0, 5, 0)).toBe(1);
  expect(binomialProbability(4, 5, 1)).toBe(0);
  expect(binomialProbability(500_000, 1_000_000, 0.5)).toBeCloseTo(0.000797884, 8);
});

it('normal tails agree with the constants and far out with the asymptotic series', () => {
  expect(normalTail(Z_80)).toBeCloseTo(0.1, 14);
  expect(normalTail(Z_95)).toBeCloseTo(0.025, 14);
  expect(normalTail(-Z_95)).toBeCloseTo(0.975, 14);
  expect(normalTail(2.999999) / normalTail(3.000001)).toBeCloseTo(1, 4);
  expect(normalTail(8) / 6.220960574271785e-16).toBeCloseTo(1, 10);
});

it('Student quantiles agree with the tables and are symmetrical', () => {
  expect(studentQuantile(0.975, 1)).toBeCloseTo(12.7062047362, 8);
  expect(studentQuantile(0.95, 5)).toBeCloseTo(2.0150483733, 9);
  expect(studentQuantile(0.025, 30)).toBeCloseTo(-2.0422724563, 9);
});

it('a trend of five values in order is exactly 2 in 5!', () => {
  expect(trendP([5, 4, 3, 2, 1])).toBeCloseTo(2 / 120, 14);
  expect(trendP([1, 1, 1, 1, 1])).toBe(1);
  expect(trendP([1, 2, 2, 3, 4, 5, 6])).toBeLessThan(0.01);
});

describe('cumulative incidence of the eight pilots worked by hand', () => {
  const outcomes: Outcome[] = [
    [10, 1],
    [14, 1],
    [20, 1],
    [12, 2],
    [16, 2],
    [6, 0],
    [18, 0],
    [22, 0],
  ];

  it('counts stopping as an end of its own', () => {
    const curve = cumulativeIncidence(outcomes, 1);
    expect(curve.map((step) => step.at)).toEqual([10, 14, 20]);
    expect(curve.map((step) => Number(step.incidence.toFixed(3)))).toEqual([0.143, 0.286, 0.5]);
  });

  it('while one minus Kaplan–Meier overstates it', () => {
    const steps = kaplanMeier(outcomes.map(([time, event]) => [time, event === 1 ? 1 : 0] as const));
    expect(steps.map((step) => step.atRisk)).toEqual([7, 5, 2]);
    expect(1 - (steps.at(-1)?.survival ?? 0)).toBeCloseTo(0.657, 3);
  });
});
