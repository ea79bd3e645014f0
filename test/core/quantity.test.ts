import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareText, rounded, spaced } from '../../src/core/decimal-text.ts';
import {
  formatBeside,
  formatQuantity,
  formatSpan,
  parseQuantity,
  parseRange,
  parseYesNo,
} from '../../src/core/quantity.ts';
import { unitNamed, withUnit } from '../../src/core/unit.ts';

describe('a number as people type it', () => {
  it.each([
    ['12', '12'],
    ['12.50', '12.50'],
    ['12,5', '12.5'],
    ['12,50', '12.50'],
    ['0,125', '0.125'],
    ['.5', '0.5'],
    ['007', '7'],
    ['1.234', '1.234'],
    ['1234,567', '1234.567'],
    ['1,234.50', '1234.50'],
    ['1.234,50', '1234.50'],
    ['1,234,567', '1234567'],
    ['1.234.567', '1234567'],
    ['1.234.567,8', '1234567.8'],
    ['1 234', '1234'],
    ['1\u00a0234,5', '1234.5'],
    ['1\u202f234\u202f567', '1234567'],
    ['1’234.50', '1234.50'],
    ["1'234", '1234'],
    ['-5', '-5'],
    ['\u22125,5', '-5.5'],
    ['+5', '5'],
    ['- 5', '-5'],
    ['-0', '0'],
    ['-0,0', '0.0'],
    ['  42  ', '42'],
  ])('%j is %s', (text, value) => {
    expect(parseQuantity(text)).toEqual({ value });
  });

  it.each([
    ['12,5 %', '12.5', 'percent'],
    ['12.5%', '12.5', 'percent'],
    ['85 percent', '85', 'percent'],
    ['+5 pp', '5', 'pp'],
    ['2.1 points', '2.1', 'pp'],
    ['€12.50', '12.50', 'EUR'],
    ['12,50 €', '12.50', 'EUR'],
    ['-€5', '-5', 'EUR'],
    ['€-5', '-5', 'EUR'],
    ['€ \u22125', '-5', 'EUR'],
    ['12.50 EUR', '12.50', 'EUR'],
    ['EUR 12.5', '12.5', 'EUR'],
    ['chf 1’200.00', '1200.00', 'CHF'],
    ['$3', '3', 'USD'],
    ['€12.50 per claim', '12.50', 'EUR/claim'],
    ['€12.50/claim', '12.50', 'EUR/claim'],
    ['12.50 EUR/claim', '12.50', 'EUR/claim'],
    ['38 hours', '38', 'h'],
    ['90 min', '90', 'min'],
    ['31 tickets/week', '31', 'tickets/week'],
  ])('%j is %s in %s', (text, value, unit) => {
    expect(parseQuantity(text)).toEqual({ value, unit });
  });

  it.each([
    ['€12.50', 'EUR/claim', 'EUR/claim'],
    ['12.50 EUR per Claim', 'EUR/claim', 'EUR/claim'],
    ['$12', 'CAD', 'CAD'],
    ['$12', 'EUR', 'USD'],
    ['12 tickets', 'tickets', 'tickets'],
    ['12 min', 'h', 'min'],
    ['12 %', 'EUR', 'percent'],
  ])('%j where %s is expected is in %s', (text, expected, unit) => {
    expect(parseQuantity(text, expected)).toMatchObject({ unit });
  });

  it.each([
    ['1,234', ['1234', '1.234']],
    ['-1,234', ['-1234', '-1.234']],
    ['12,000 EUR', ['12000', '12.000']],
    ['€1,234', ['1234', '1.234']],
  ])('%j has two readings and is refused with both', (text, readings) => {
    expect(parseQuantity(text)).toEqual({ problem: 'AMBIGUOUS', readings });
  });

  it.each([
    ['', 'EMPTY'],
    [' \u00a0 ', 'EMPTY'],
    ['abc', 'NOT_A_NUMBER'],
    ['NaN', 'NOT_A_NUMBER'],
    ['Infinity', 'NOT_A_NUMBER'],
    ['1e5', 'NOT_A_NUMBER'],
    ['1e400', 'NOT_A_NUMBER'],
    ['0x10', 'NOT_A_NUMBER'],
    ['--5', 'NOT_A_NUMBER'],
    ['+-5', 'NOT_A_NUMBER'],
    ['-€-5', 'NOT_A_NUMBER'],
    ['5.', 'NOT_A_NUMBER'],
    ['.', 'NOT_A_NUMBER'],
    ['1 23', 'NOT_A_NUMBER'],
    ['12,34,567', 'NOT_A_NUMBER'],
    ['1.234,5.6', 'NOT_A_NUMBER'],
    ['1,2.345', 'NOT_A_NUMBER'],
    ['1/2', 'NOT_A_NUMBER'],
    ['(5)', 'NOT_A_NUMBER'],
    ['1_000', 'NOT_A_NUMBER'],
    ['2026-01-12', 'NOT_A_NUMBER'],
    ['€12 EUR', 'NOT_A_NUMBER'],
    ['5 EUR 6', 'NOT_A_NUMBER'],
    ['=1+1', 'NOT_A_NUMBER'],
    [`1${'0'.repeat(70)}`, 'TOO_LARGE'],
    ['٣', 'OTHER_DIGITS'],
    ['１２', 'OTHER_DIGITS'],
    ['९%', 'OTHER_DIGITS'],
    ['9999999999999999', 'TOO_LARGE'],
    [`1.${'1'.repeat(80)}`, 'TOO_LARGE'],
    ['x'.repeat(80), 'NOT_A_NUMBER'],
    ['12 tickets', 'UNKNOWN_UNIT'],
    ['12 m', 'UNKNOWN_UNIT'],
    ['12 <!channel>', 'NOT_A_NUMBER'],
  ])('%j is refused: %s', (text, problem) => {
    expect(parseQuantity(text)).toEqual({ problem });
  });

  it('whatever is typed is a number or a reason, never an accident', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 20 }), (text) => {
        const read = parseQuantity(text);
        expect('problem' in read || /^-?\d+(\.\d+)?$/.test(read.value)).toBe(true);
      }),
    );
  });

  it('what is shown can be typed again', () => {
    const units = ['EUR', 'percent', 'h', 'count', 'CHF', 'EUR/claim', 'pp'];
    fc.assert(
      fc.property(
        fc.integer({ min: -9_999_999, max: 9_999_999 }),
        fc.constantFrom(...units),
        (cents, unit) => {
          const value = new Decimal(cents).div(100).toString();
          const read = parseQuantity(formatQuantity(value, unit), unit);
          const shown = 'problem' in read ? read.problem : read.value;
          const isMoney = unit.length === 3 && unit !== 'pp';
          const places = (isMoney || unit.includes('/')) && Math.abs(cents) >= 1_000_000 ? 0 : 2;
          expect(Number(shown)).toBe(new Decimal(value).toDecimalPlaces(places).toNumber());
        },
      ),
    );
  });
});

describe('a range as people type it', () => {
  it.each([
    ['4 to 5', '4', '5', undefined],
    ['4–5', '4', '5', undefined],
    ['4 - 5 %', '4', '5', 'percent'],
    ['-4 to -2', '-4', '-2', undefined],
    ['€4 to €5', '4', '5', 'EUR'],
    ['4,5 TO 5,5', '4.5', '5.5', undefined],
  ])('%j', (text, low, high, unit) => {
    expect(parseRange(text)).toEqual({ low, high, ...(unit === undefined ? {} : { unit }) });
  });

  it.each([
    ['', 'EMPTY'],
    ['4', 'NOT_A_NUMBER'],
    ['to', 'NOT_A_NUMBER'],
    ['1,234 to 5', 'AMBIGUOUS'],
    ['4 to x5', 'NOT_A_NUMBER'],
    ['€4 to $5', 'UNKNOWN_UNIT'],
  ])('%j is refused: %s', (text, problem) => {
    expect(parseRange(text)).toMatchObject({ problem });
  });
});

it.each([
  ['yes', true],
  [' True ', true],
  ['0', false],
  ['No', false],
  ['maybe', null],
  ['', null],
])('%j read as yes or no is %s', (text, expected) => {
  expect(parseYesNo(text)).toBe(expected);
});

describe('a number as it is shown', () => {
  it.each([
    ['12.5', 'EUR/case', '€12.50'],
    ['0.004', 'EUR', '€0.004'],
    ['12345.678', 'EUR', '€12\u00a0346'],
    ['-5', 'EUR', '-€5.00'],
    ['-12345.6', 'SEK', 'SEK -12\u00a0346'],
    ['1234', 'JPY', '¥1234'],
    ['85.0', 'percent', '85 %'],
    ['66.666666', 'percent', '66.67 %'],
    ['2.10', 'pp', '2.1 points'],
    ['1', 'pp', '1 point'],
    ['38', 'h', '38 hours'],
    ['1005', 'count', '1005'],
    ['12345678', 'count', '12\u00a0345\u00a0678'],
    ['0.00123456', 'ratio', '0.00123'],
    ['0', 'score', '0'],
    ['31', 'tickets/week', '31 tickets per week'],
    ['7', 'tickets', '7 tickets'],
  ])('%s %s is %s', (value, unit, expected) => {
    expect(formatQuantity(value, unit)).toBe(expected);
  });

  it('names what money is per where asked', () => {
    expect(withUnit('12.50', 'EUR/claim', true)).toBe('€12.50 per claim');
  });

  it.each([
    ['39.996', '40', 'count', ['39.996', '40']],
    ['39.96', '40', 'count', ['39.96', '40']],
    ['12.504', '12.5', 'EUR', ['€12.504', '€12.50']],
    ['10000.4', '10000', 'EUR', ['€10\u00a0000.4', '€10\u00a0000']],
    ['-0.0001', '0', 'count', ['-0.0001', '0']],
    ['40', '40', 'percent', ['40 %', '40 %']],
  ])('%s beside %s in %s', (value, goal, unit, expected) => {
    expect(formatBeside(value, [goal], unit)).toEqual(expected);
  });

  it('never reads as another order than the numbers have', () => {
    const number = fc
      .integer({ min: -99_999_999, max: 99_999_999 })
      .map((n) => new Decimal(n).div(1_000_000).toString());
    fc.assert(
      fc.property(number, fc.integer({ min: -3, max: 3 }), (value, off) => {
        const goal = new Decimal(value).plus(new Decimal(off).div(1_000_000)).toString();
        const [shown = '', target = ''] = formatBeside(value, [goal], 'count').map((text) =>
          text.replaceAll('\u00a0', ''),
        );
        expect(Math.sign(Number(shown) - Number(target))).toBe(new Decimal(value).cmp(goal));
      }),
    );
  });

  it.each([
    [41.2, 43.9, 40, 'count', '41–44'],
    [39.6, 44, 40, 'percent', '39.6–44 %'],
    [43, 43, 40, 'h', '43 hours'],
    [-3.2, 5, 0, 'count', '-3 to 5'],
    [11.2, 13.4, 12.5, 'EUR', '€11–€13'],
    [0.012, 0.016, 0.02, 'ratio', '0.012–0.016'],
    [39.99999999999999, 44, 40, 'count', '40–44'],
  ])('the range %d to %d beside %d in %s is %s', (lo, hi, beside, unit, expected) => {
    expect(formatSpan(lo, hi, [beside], unit)).toBe(expected);
  });
});

describe('decimal text', () => {
  it('is rounded as arithmetic on paper rounds', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.integer({ min: 0, max: 9 }),
        fc.integer({ min: 0, max: 6 }),
        (n, places, decimals) => {
          const text = new Decimal(n).div(10 ** places).toString();
          fc.pre(!text.includes('e'));
          const wanted = new Decimal(text).toDecimalPlaces(decimals, Decimal.ROUND_HALF_UP);
          expect(rounded(text, decimals)).toBe(wanted.isZero() ? '0' : wanted.toString());
        },
      ),
    );
  });

  it('is compared beyond the digits of a double', () => {
    expect(compareText('0.30000000000000000001', '0.3')).toBe(1);
    expect(compareText('-1', '1')).toBe(-1);
    expect(compareText('1.0', '1')).toBe(0);
  });

  it('is spaced from ten thousand on', () => {
    expect(spaced('-12345.6', 2)).toBe('-12\u00a0345.60');
    expect(spaced('1234', 0)).toBe('1234');
  });
});

it.each([
  ['per cent', undefined, 'percent'],
  ['Hours', undefined, 'h'],
  ['usd', undefined, 'USD'],
  ['€ / case', undefined, 'EUR/case'],
  ['cases per day', undefined, 'cases/day'],
  ['stars', 'Stars', 'Stars'],
  ['stars', undefined, null],
  ['xyz', undefined, null],
  ['', undefined, null],
])('unit %j (expected %s) is %s', (text, expected, unit) => {
  expect(unitNamed(text, expected)).toBe(unit);
});

it.each(['__proto__', 'constructor', 'toString', 'valueOf'])('%s is a word like any other', (word) => {
  expect(unitNamed(word)).toBeNull();
  expect(unitNamed(word, 'EUR/claim')).toBeNull();
  expect(unitNamed(`12 per ${word}`)).toBeNull();
  expect(withUnit('12', word)).toBe(`12 ${word}`);
});
