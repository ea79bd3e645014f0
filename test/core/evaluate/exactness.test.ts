import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calendarFrom, criterionFrom, type Observation } from '../../../src/core/evaluate/index.ts';
import { conversion } from '../../../src/core/evaluate/units.ts';
import { FINAL, judged, row } from './portfolio.ts';

const CALENDAR = calendarFrom({ start: '2026-01-05', deadline: '2026-03-29' });
const Exact = Decimal.clone({ precision: 400, toExpNeg: -9e15, toExpPos: 9e15 });
const RUNS = { numRuns: 500, seed: 4_711 };

/** Decimal text with many digits, so that doubles cannot hold it. */
const long = fc
  .tuple(
    fc.integer({ min: -99, max: 99 }),
    fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 0, maxLength: 25 }),
  )
  .map(([whole, digits]) => (digits.length === 0 ? String(whole) : `${whole}.${digits.join('')}`));

function finalVerdict(criterion: ReturnType<typeof criterionFrom>, observations: readonly Observation[]) {
  return judged({ criterion, calendar: CALENDAR, observations, now: FINAL }).verdict;
}

const last = (given: readonly Partial<Observation>[]) =>
  given.map((each, i) => row(13 - given.length + i, each));

describe('however close the value comes to the goal', () => {
  it('a sum is compared as written', () => {
    fc.assert(
      fc.property(
        fc.array(long, { minLength: 2, maxLength: 4 }),
        fc.constantFrom('-1e-30', '0', '1e-30'),
        (values, off) => {
          const sum = values.reduce((total, value) => total.plus(value), new Exact(0));
          const target = sum.plus(off).toString();
          const criterion = criterionFrom({ kind: 'at_least', target, agg: 'sum', window: values.length });
          const expected = sum.gte(target) ? 'met' : 'missed';
          expect(finalVerdict(criterion, last(values.map((value) => ({ value }))))).toBe(expected);
        },
      ),
      RUNS,
    );
  });

  it('a mean is compared as the fraction it is', () => {
    fc.assert(
      fc.property(fc.tuple(long, long, long), fc.constantFrom('-1e-30', '0', '1e-30'), (values, off) => {
        const sum = values.reduce((total, value) => total.plus(value), new Exact(0));
        const target = sum.div(3).toDecimalPlaces(30).plus(off).toString();
        const criterion = criterionFrom({ kind: 'at_most', target, agg: 'mean', window: 3 });
        const expected = sum.lte(new Exact(target).times(3)) ? 'met' : 'missed';
        expect(finalVerdict(criterion, last(values.map((value) => ({ value }))))).toBe(expected);
      }),
      RUNS,
    );
  });

  it('a rate is compared as the fraction it is', () => {
    const counts = fc.tuple(fc.nat(1000), fc.integer({ min: 1, max: 1000 }));
    fc.assert(
      fc.property(counts, counts, fc.constantFrom('-1e-30', '0', '1e-30'), ([a, b], [c, d], off) => {
        const target = new Exact(100 * (a + c))
          .div(b + d)
          .toDecimalPlaces(30)
          .plus(off)
          .toString();
        const criterion = criterionFrom({
          kind: 'at_least',
          target,
          unit: 'percent',
          agg: 'rate',
          window: 2,
        });
        const expected = new Exact(100 * (a + c)).gte(new Exact(target).times(b + d)) ? 'met' : 'missed';
        const rows = last([
          { num: String(a), den: String(b) },
          { num: String(c), den: String(d) },
        ]);
        expect(finalVerdict(criterion, rows)).toBe(expected);
      }),
      RUNS,
    );
  });

  it('a percentile of raw values is interpolated exactly', () => {
    const raw = fc.array(long, { minLength: 4, maxLength: 12 });
    fc.assert(
      fc.property(
        raw,
        fc.constantFrom('-1e-40', '0', '1e-40'),
        fc.integer({ min: 30, max: 70 }),
        (values, off, p) => {
          const sorted = values.map((value) => new Exact(value)).sort((a, b) => a.cmp(b));
          const at = new Exact(p).div(100).times(sorted.length - 1);
          const below = at.floor().toNumber();
          const low = sorted[below] ?? new Exact(0);
          const value = low.plus(at.minus(below).times((sorted[below + 1] ?? low).minus(low)));
          const target = value.plus(off).toString();
          const criterion = criterionFrom({
            kind: 'at_least',
            target,
            agg: 'percentile',
            percentile: String(p),
            min_periods: 1,
          });
          expect(finalVerdict(criterion, last([{ raw: values }]))).toBe(value.gte(target) ? 'met' : 'missed');
        },
      ),
      RUNS,
    );
  });

  it('short decimals that are added as whole numbers are added right', () => {
    const cents = fc.array(fc.integer({ min: -9_999_999, max: 9_999_999 }), { minLength: 2, maxLength: 12 });
    fc.assert(
      fc.property(cents, fc.integer({ min: 0, max: 4 }), (numbers, places) => {
        const values = numbers.map((number) => new Exact(number).div(10 ** places).toString());
        const sum = values.reduce((total, value) => total.plus(value), new Exact(0)).toString();
        const criterion = criterionFrom({ kind: 'at_least', target: '0', agg: 'sum', window: 12 });
        const observations = last(values.map((value) => ({ value })));
        expect(judged({ criterion, calendar: CALENDAR, observations, now: FINAL }).value).toBe(sum);
      }),
      RUNS,
    );
  });
});

describe('units convert exactly or not at all', () => {
  it.each([
    ['min', 'h', '1', 60],
    ['h', 'min', '60', 1],
    ['d', 's', '86400', 1],
    ['ms', 's', '1', 1000],
    ['ratio', 'percent', '100', 1],
    ['percent', 'ratio', '1', 100],
    ['%', 'percent', '1', 1],
  ])('%s to %s', (from, to, times, by) => {
    expect(conversion(from, to)).toEqual({ times, by });
  });

  it.each([
    ['USD', 'EUR'],
    ['count', 'percent'],
    ['EUR', 'EUR/case'],
    ['pp', 'percent'],
    ['score', 'count'],
    ['h', 'percent'],
    ['eur', 'EUR'],
    ['toString', 'EUR'],
  ])('not %s to %s', (from, to) => {
    expect(conversion(from, to)).toBeNull();
  });
});

it('a tiny value far below what doubles hold is still above zero', () => {
  const tiny = `0.${'0'.repeat(320)}1`;
  const criterion = criterionFrom({ kind: 'at_most', target: '0', min_periods: 1 });
  expect(finalVerdict(criterion, last([{ value: tiny }]))).toBe('missed');
});

it('values that are equal in different units are ties for the forecast', () => {
  const shown = [57, 57, 57, 56, 57, 57, 57, 56, 57, 56, 56, 57];
  const criterion = criterionFrom({ kind: 'at_most', target: '50', baseline: '58', unit: 'percent' });
  const hours = criterionFrom({ kind: 'at_most', target: '50', baseline: '58', unit: 'h' });
  const forecast = (of: typeof criterion, write: (value: number, at: number) => Partial<Observation>) => {
    const observations = shown.map((value, at) => row(at + 1, write(value, at)));
    return judged({ criterion: of, calendar: CALENDAR, observations, now: FINAL }).forecast;
  };
  const plain = forecast(criterion, (value) => ({ value: String(value) }));
  const isOdd = (at: number) => at % 2 === 1;
  expect(
    forecast(criterion, (value, at) =>
      isOdd(at) ? { value: `0.${value}`, unit: 'ratio' } : { value: String(value) },
    ),
  ).toEqual(plain);
  expect(
    forecast(hours, (value, at) =>
      isOdd(at) ? { value: String(value * 60), unit: 'min' } : { value: String(value) },
    ),
  ).toEqual(plain);
  expect(plain?.slope).toBe(0);
});
