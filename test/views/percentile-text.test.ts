import { describe, expect, it } from 'vitest';
import { KINDS } from '../../src/core/evaluate/index.ts';
import { limitText } from '../../src/views/criterion-text.ts';
import { passText } from '../../src/views/rule-text.ts';
import { aCriterion, aMetric } from '../support/facts.ts';

const HOURS = aMetric({ unit: 'h' });
const single = (over: object) =>
  aCriterion({ agg: 'percentile', percentile: '95', aggWindow: 4, target: '4', targetHigh: '5', ...over });

describe('a percentile of single values', () => {
  const limits: Record<(typeof KINDS)[number], string> = {
    at_least: '4 hours or more for 5 of 100',
    at_most: '4 hours or less for 95 of 100',
    between: 'from 4 hours to 5 hours (what 95 of 100 stay at or below)',
    increase_abs: 'up by 4 hours or more (what 95 of 100 stay at or below)',
    increase_pct: 'up by 4 % or more (what 95 of 100 stay at or below)',
    decrease_abs: 'down by 4 hours or more (what 95 of 100 stay at or below)',
    decrease_pct: 'down by 4 % or more (what 95 of 100 stay at or below)',
    yes_no: 'yes',
  };
  it.each(KINDS)('of kind %s is said as so many of so many', (kind) => {
    expect(limitText(single({ kind }), HOURS)).toBe(limits[kind]);
    expect(limitText(single({ kind, agg: 'mean' }), HOURS)).not.toMatch(/ of 100/);
  });

  it.each([
    [
      { kind: 'at_most' },
      'Passes if at least 95 of 100 single values in the 4 weeks to 29 March are 4 hours or less, on 20 single values or more.',
    ],
    [
      { kind: 'at_most', percentile: '99.9', minN: 400 },
      'Passes if at least 999 of 1,000 single values in the 4 weeks to 29 March are 4 hours or less, on 1,000 single values or more.',
    ],
    [
      { kind: 'at_least', percentile: '99', minN: 500, aggWindow: 1 },
      'Passes if at least 1 of 100 single values in the last period up to 29 March is 4 hours or more, on 500 single values or more.',
    ],
    [
      { kind: 'at_least', percentile: '2.5', minTrust: 2, sustain: 2 },
      'Passes if at least 975 of 1,000 single values in the 4 weeks to 29 March are 4 hours or more, 2 weeks in a row, on 40 single values or more, from a file or a system.',
    ],
    [
      { kind: 'decrease_abs' },
      'Passes if what 95 of 100 single values in the 4 weeks to 29 March stay at or below is down by 4 hours or more, on 20 single values or more.',
    ],
  ])('makes a rule that can be read: %j', (over, rule) => {
    expect(passText(single(over), HOURS, '2026-01-12')).toBe(rule);
  });
});
