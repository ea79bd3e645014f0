import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Rates, ratesText, readRates, unitKept } from '../../src/core/agreed-rates.ts';
import { charterText } from '../../src/core/charter.ts';
import { incomingNumbers } from '../../src/core/incoming-number.ts';
import { judge } from '../../src/core/judge.ts';
import { firstAgreed, isEasier } from '../../src/core/loosening.ts';
import { aCriterion, aMetric, aValue, signedFacts } from '../support/facts.ts';

describe('an agreed conversion', () => {
  it.each([
    ['1 USD = 0.92 EUR', 'EUR', { USD: '0.92' }],
    ['1 usd=0,92 eur', 'EUR', { USD: '0.92' }],
    ['$1 = €0.92', 'EUR/claim', { 'USD/claim': '0.92' }],
    ['1 USD per claim = 0.92 EUR per claim', 'EUR/claim', { 'USD/claim': '0.92' }],
    ['1 USD/Claim = 0.92', 'EUR/claim', { 'USD/claim': '0.92' }],
    ['1 GBP = 1.170 EUR; 1.0 USD = 0.92 EUR;', 'EUR', { GBP: '1.17', USD: '0.92' }],
    ['1 JPY = 0.0000000062 EUR', 'EUR', { JPY: '0.0000000062' }],
    ['1 hour = 50 EUR', 'EUR/claim', { 'h/claim': '50' }],
    ['1 h = 60 min', 'min/claim', { 'h/claim': '60' }],
    ['1 USD = 5', 'count', { USD: '5' }],
    [' ; ', 'EUR', null],
  ])('"%s" to %s is read', (typed, unit, rates) => {
    expect(readRates(typed, unit)).toEqual({ rates, problems: {} });
  });

  it.each([
    ['0.92', 'EUR', 'rate_unreadable'],
    ['1 USD', 'EUR', 'rate_unreadable'],
    ['1 USD = ', 'EUR', 'rate_unreadable'],
    ['1 USD = 0 EUR', 'EUR', 'rate_unreadable'],
    ['1 USD = -0.92 EUR', 'EUR', 'rate_unreadable'],
    ['2 USD = 1.84 EUR', 'EUR', 'rate_unreadable'],
    ['1 = 0.92 EUR', 'EUR', 'rate_unreadable'],
    ['1 dozen = 12', 'count', 'rate_unreadable'],
    ['1 USD = 0.92 EUR = 1', 'EUR', 'rate_unreadable'],
    ['1 USD = 1,234 EUR', 'EUR', 'number_ambiguous'],
    ['1 USD = 0.79 GBP', 'EUR', 'rate_elsewhere'],
    ['1 USD = 0.92 ducats', 'EUR', 'rate_elsewhere'],
    ['1 USD/case = 0.92 EUR', 'EUR/claim', 'rate_elsewhere'],
    ['1 USD/case = 0.92 EUR', 'EUR', 'rate_elsewhere'],
    ['1 EUR = 1 EUR', 'EUR', 'rate_known'],
    ['1 h = 60 min', 'min', 'rate_known'],
    ['1 d = 8 h', 'h', 'rate_known'],
    ['1 ratio = 100 %', 'percent', 'rate_known'],
    ['1 USD = 0.92 EUR; $1 = 0.93 EUR', 'EUR', 'rate_twice'],
    ['1 USD = 0.92 EUR', 'bool', 'not_for_yes_no'],
    ['1 constructor = 2 EUR', 'EUR', 'rate_unreadable'],
  ])('"%s" to %s is refused: %s', (typed, unit, code) => {
    expect(readRates(typed, unit)).toMatchObject({ rates: null, problems: { rates: { code } } });
  });

  it('is typed as it is shown', () => {
    const some = fc.dictionary(
      fc.constantFrom('USD', 'GBP', 'CHF', 'JPY'),
      fc.integer({ min: 1, max: 99_999_999 }).map((rate) => String(rate / 10_000)),
      { minKeys: 1 },
    );
    fc.assert(
      fc.property(some, fc.constantFrom('EUR', 'EUR/claim', 'count'), (given, unit) => {
        const per = unit.includes('/') ? '/claim' : '';
        const rates = Object.fromEntries(Object.entries(given).map(([of, rate]) => [`${of}${per}`, rate]));
        expect(readRates(ratesText(rates, unit), unit)).toEqual({ rates, problems: {} });
      }),
    );
  });
});

describe('a value in another unit', () => {
  const agreed = ['USD/claim'];
  const cost = { name: 'Cost per claim', unit: 'EUR/claim', agreed };

  it('is kept in the unit that was agreed', () => {
    expect(
      ['USD', 'USD/claim', 'usd/CLAIM', 'EUR/claim'].map((unit) => unitKept(unit, 'EUR/claim', agreed)),
    ).toEqual(['USD/claim', 'USD/claim', 'USD/claim', 'EUR/claim']);
    expect(['GBP', 'US', 'USD/case', 'count'].map((unit) => unitKept(unit, 'EUR/claim', agreed))).toEqual(
      Array.from({ length: 4 }, () => null),
    );
  });

  it.each([
    [{ value: '$17.50' }],
    [{ value: '17.50 USD per claim' }],
    [{ value: '17.50', unit: 'USD' }],
    [{ value: '$17.50', unit: 'usd/claim' }],
  ])('%j is taken in where its rate is agreed', (given) => {
    expect(incomingNumbers(given, cost)).toMatchObject({ numbers: { value: '17.50', unit: 'USD/claim' } });
    const { agreed: _agreed, ...without } = cost;
    expect(incomingNumbers(given, without)).toMatchObject({ problem: { code: 'unit_differs' } });
  });

  it('counts at the rate, and is set aside without one', () => {
    const said = (rates: Rates | null) =>
      judge(
        aCriterion({ rates, target: '16.10' }),
        aMetric(),
        { start: '2026-01-05', zone: 'UTC' },
        [aValue({ value: '17.50', unit: 'USD/claim' })],
        Date.UTC(2026, 0, 13),
      );
    expect(said({ 'USD/claim': '0.92' })).toMatchObject({ value: '16.1', verdict: 'met', set_aside: [] });
    expect(said(null)).toMatchObject({ value: null, set_aside: [{ why: 'unit_mismatch' }] });
  });
});

describe('a changed rate', () => {
  it.each([
    ['at_most', { USD: '0.92' }, { USD: '0.80' }, true],
    ['at_most', { USD: '0.92' }, { USD: '1' }, false],
    ['at_most', { USD: '0.92' }, { USD: '0.920' }, false],
    ['at_least', { USD: '0.92' }, { USD: '1' }, true],
    ['at_least', { USD: '0.92' }, { USD: '0.80' }, false],
    ['increase_pct', { USD: '0.92', GBP: '1.1' }, { USD: '0.92', GBP: '1.2' }, true],
    ['decrease_abs', { USD: '0.92' }, { USD: '0.5' }, true],
    // Within a band a value may leave it on either side.
    ['between', { USD: '0.92' }, { USD: '0.5' }, false],
    ['at_most', null, { USD: '0.5' }, false],
    ['at_most', { USD: '0.92' }, null, false],
    ['at_most', { USD: '0.92' }, { GBP: '0.5' }, false],
  ] as const)('of kind %s from %j to %j is easier: %s', (kind, before, after, easier) => {
    const terms = aCriterion({ kind, baseline: '20', target: '10', targetHigh: '30' });
    expect(isEasier({ ...terms, rates: before }, { ...terms, rates: after })).toBe(easier);
  });

  it('is shown beside what was agreed first, whatever order the rates are kept in', () => {
    const first = aCriterion({ version: 1, rates: { USD: '0.92', GBP: '1.17' } });
    const versions = signedFacts().versions.flatMap((one) => [
      { ...one, n: 1, status: 'superseded' as const },
      { ...one, n: 2, status: 'signed' as const },
    ]);
    const now = (rates: Rates | null) => ({ ...first, version: 2, rates });
    expect(firstAgreed({ versions, criteria: [first] }, now({ GBP: '1.17', USD: '0.92' }))).toBeNull();
    expect(firstAgreed({ versions, criteria: [first] }, now({ GBP: '1.17' }))).toEqual(first);
    expect(firstAgreed({ versions, criteria: [first] }, now(null))).toEqual(first);
  });

  it('is part of what is signed, and charters without any keep their text', () => {
    const text = (criterion: object) =>
      charterText({
        ...{ key: 'a', name: 'A', version: 1, unit: null, holders: {}, criteria: [criterion] },
        fields: signedFacts().charter.fields,
      });
    expect(text({ kind: 'at_most', rates: { USD: '0.92' } })).toContain('"rates":{"USD":"0.92"}');
    expect(text({ kind: 'at_most', rates: null })).toBe(text({ kind: 'at_most' }));
  });
});
