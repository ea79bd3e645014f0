import { describe, expect, it } from 'vitest';
import { kaplanMeier, survivalTime } from '../../../src/core/statistics/kaplan-meier.ts';
import { kendallTail, mannKendall } from '../../../src/core/statistics/kendall.ts';
import { kolmogorovSmirnov } from '../../../src/core/statistics/kolmogorov-smirnov.ts';
import { leastSquares, lineAt } from '../../../src/core/statistics/least-squares.ts';
import { median, medianInPlace, ranked } from '../../../src/core/statistics/median.ts';
import { Z_95 } from '../../../src/core/statistics/normal.ts';
import { predictionLimit } from '../../../src/core/statistics/prediction-limit.ts';
import { holt, smoothed } from '../../../src/core/statistics/smoothing.ts';
import { stabilityIndex } from '../../../src/core/statistics/stability-index.ts';
import { pairwiseSlopes, type RankMode, theilSen } from '../../../src/core/statistics/theil-sen.ts';
import { newcombe, wilson } from '../../../src/core/statistics/wilson.ts';
import { xmr } from '../../../src/core/statistics/xmr.ts';
import published from '../../vectors/published.json' with { type: 'json' };

const Z: Record<string, number> = { '0.93': 1.8119106729525978, '0.95': Z_95 };

function near(actual: number, expected: number, relative = 5e-8): void {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(relative * Math.max(1, Math.abs(expected)));
}

function indexed(x: number[] | string, length: number): number[] {
  return typeof x === 'string' ? Array.from({ length }, (_, i) => i + 1) : x;
}

describe('Theil–Sen slopes give the printed answers in every rank convention', () => {
  const rows = published.theil_sen.filter((row) => row.mode !== 'statpsych');
  for (const [i, row] of rows.entries()) {
    it(`${i + 1} ${row.mode}: ${row.name.slice(0, 60)}`, () => {
      const x = indexed(row.x, row.y.length);
      const found = theilSen(x, row.y, Z[String(row.conf)] ?? Number.NaN, row.mode as RankMode);
      near(found.slope, row.slope);
      near(found.lo, row.lo, 2e-7);
      near(found.hi, row.hi, 2e-7);
    });
  }

  it('pairwise slopes have the ranks statpsych prints, which rounds inward and ignores ties', () => {
    const row = published.theil_sen.find((entry) => entry.mode === 'statpsych');
    const slopes = pairwiseSlopes(indexed(row?.x ?? [], 0), row?.y ?? []);
    const n = row?.y.length ?? 0;
    const width = Z_95 * Math.sqrt((n * (n - 1) * (2 * n + 5)) / 18);
    expect(medianInPlace(slopes)).toBe(row?.slope);
    near(ranked(slopes, Math.floor((slopes.length - width) / 2) + 1), row?.lo ?? 0, 1e-7);
    near(ranked(slopes, Math.ceil((slopes.length + width) / 2)), row?.hi ?? 0, 1e-7);
  });

  it('covers each of the three rank conventions', () => {
    const modes = new Set(published.theil_sen.map((row) => row.mode));
    expect([...modes]).toEqual(expect.arrayContaining(['outward', 'nearest', 'gilbert']));
  });

  it('gives Sen 1968 its joint and its Conover intercept', () => {
    const row = published.theil_sen[0];
    const x = indexed(row?.x ?? [], 0);
    const y = row?.y ?? [];
    const { slope } = theilSen(x, y, 1.96, 'outward');
    expect(median(y.map((value, i) => value - slope * (x[i] ?? 0)))).toBe(row?.intercept_joint);
    expect(median(y) - slope * median(x)).toBe(row?.intercept_conover);
  });
});

describe('Mann–Kendall gives the printed answers', () => {
  it('for sulfate at the US EPA site', () => {
    const row = published.theil_sen[1];
    const found = mannKendall(row?.y ?? []);
    near(found.z, row?.z ?? 0, 1e-7);
    expect(Math.abs(found.p / (row?.p ?? 1) - 1)).toBeLessThan(2e-7);
    // The manual divides by the pairs that differ in x; all do.
    near(found.tau, row?.tau_a ?? 0, 1e-7);
  });

  it('for sediment at Maxau', () => {
    const row = published.theil_sen[4];
    const found = mannKendall(row?.y ?? []);
    near(found.z, row?.z ?? 0, 5e-5);
    near(found.p, row?.p ?? 0, 5e-8);
  });

  it('for discharge at Maxau', () => {
    const row = published.mann_kendall[0];
    const found = mannKendall(row?.y ?? []);
    expect([found.s, found.variance]).toEqual([row?.S, row?.varS]);
    near(found.tau, row?.tau_a ?? 0, 1e-7);
    near(found.z, row?.z ?? 0, 5e-5);
    near(found.p, row?.p ?? 0, 5e-5);
  });
});

describe('exact Kendall tails agree with the tables', () => {
  for (const [n = 0, s = 0, tail = 0] of published.kendall_exact.tails) {
    it(`n = ${n}, S at least ${s}`, () => {
      // A table prints two or three figures; half a unit of the last one is its precision.
      const figures = String(tail).split('.')[1]?.length ?? 0;
      expect(Math.abs(kendallTail(n, s) - tail)).toBeLessThanOrEqual(0.5001 * 10 ** -figures);
    });
  }
});

describe('least squares', () => {
  it('meets the certified values of NIST Norris', () => {
    const row = published.ols[0];
    const line = leastSquares(row?.x ?? [], row?.y ?? []);
    near(line.intercept, row?.b0 ?? 0, 1e-11);
    near(line.slope, row?.b1 ?? 0, 1e-12);
    near(line.seIntercept, row?.se_b0 ?? 0, 1e-10);
    near(line.seSlope, row?.se_b1 ?? 0, 1e-12);
    near(line.s, row?.s ?? 0, 1e-11);
    near(line.r2, row?.r2 ?? 0, 1e-12);
  });

  it('gives the intervals R prints for stopping distances', () => {
    const row = published.ols[1];
    const line = leastSquares(row?.x ?? [], row?.y ?? []);
    near(line.intercept, row?.b0 ?? 0, 5e-4);
    near(line.slope, row?.b1 ?? 0, 5e-4);
    for (const [at = 0, mean = 0, lo = 0, hi = 0] of row?.ci95 ?? []) {
      const found = lineAt(line, at, 0.95);
      near(found.mean, mean, 0.05);
      expect(found.lo).toBeCloseTo(lo, 1);
      expect(found.hi).toBeCloseTo(hi, 1);
    }
  });
});

it('the prediction limit for arsenic is the one of the US EPA', () => {
  const row = published.prediction_limit;
  near(predictionLimit(row.y, row.k, row.conf), row.upl, 1e-7);
});

it('Holt smoothing follows the Australian air passengers', () => {
  const row = published.holt;
  const found = holt(row.y, row.alpha, row.beta, 5);
  for (const [i, value] of row.forecast5.entries()) near(found.forecast[i] ?? 0, value, 1e-4);
  for (const [i, value] of row.fitted.entries()) near(found.fitted[i] ?? 0, value, 1e-6);
});

it('simple smoothing follows the Saudi oil production', () => {
  const row = published.ses;
  for (const [i, alpha] of row.alpha.entries()) near(smoothed(row.y, alpha), row.forecast1[i] ?? 0, 1e-8);
});

describe('XmR limits', () => {
  for (const row of published.xmr) {
    it(row.name.slice(0, 70), () => {
      const factor = row.factor === '2.66' ? 2.66 : 3 / 1.128;
      const found = xmr(row.y, factor, row.screen ?? false);
      const precision = row.factor === '2.66' ? 5e-3 : 6e-5;
      near(found.mean, row.mean, precision);
      near(found.lo, row.lcl, precision);
      near(found.hi, row.ucl, precision);
      near(found.movingRange, row.mr ?? found.movingRange, precision);
    });
  }
});

describe('intervals of shares', () => {
  for (const [hits = 0, n = 0, lo = 0, hi = 0] of published.wilson95.rows) {
    it(`Wilson for ${hits} of ${n}`, () => {
      const found = wilson(hits, n);
      near(found.lo, lo, 5e-5);
      near(found.hi, hi, 5e-5);
    });
  }

  for (const [a = 0, m = 0, b = 0, n = 0, lo = 0, hi = 0] of published.newcombe_diff95.rows) {
    it(`Newcombe for ${a} of ${m} against ${b} of ${n}`, () => {
      const found = newcombe(a, m, b, n);
      near(found.lo, lo, 5e-5);
      near(found.hi, hi, 5e-5);
    });
  }
});

it('Kaplan–Meier follows the maintained group of R aml', () => {
  const row = published.kaplan_meier;
  const steps = kaplanMeier(row.time.map((time, i) => [time, row.event[i] ?? 0] as const));
  expect(steps.map((step) => step.at)).toEqual(row.at);
  for (const [i, step] of steps.entries()) {
    near(step.survival, row.survival[i] ?? 0, 5.01e-4);
    near(step.se, row.se[i] ?? 0, 5.01e-5);
  }
  expect(survivalTime(steps, 0.5)).toBe(row.median);
});

describe('two-sample Kolmogorov–Smirnov', () => {
  for (const row of published.ks2.rows) {
    const [first, second, d, p] = row as [number[], number[], number, number];
    it(`${first.join(' ')} against ${second.join(' ')}`, () => {
      const found = kolmogorovSmirnov(first, second);
      near(found.d, d);
      near(found.p, p);
    });
  }
});

it('the stability index of the income example', () => {
  near(stabilityIndex(published.psi.expected, published.psi.actual), published.psi.psi, 5e-7);
});
