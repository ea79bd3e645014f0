/** Are the sentences about what was seen true on the day they are read? */
import { describe, expect, it } from 'vitest';
import { evidenceText } from '../../src/views/stall-text.ts';

const names = {
  criteria: new Map([['c1', 'After-call work']]),
  blockers: new Map<string, string>(),
  today: '2026-11-16',
};
const seen = { rule: 'old_data', criterion: 'c1', metric: 'm1', days: 22, limit: 9 } as const;

describe('old numbers', () => {
  it.each([
    // A look of some days ago has counted 22 days since the number was asked for.
    ['2026-10-12', '2026-10-25', 'the newest number is of 12 October, asked for since Sun 25 Oct'],
    [null, '2026-10-25', 'no number yet, asked for since Sun 25 Oct'],
    ['2026-10-12', null, 'the newest number is of 12 October, 35 days old'],
    ['2026-11-15', null, 'the newest number is of 15 November, 1 day old'],
    [null, null, 'no number yet, 22 days after one was due'],
  ])('of %s, asked for on %s', (newest, askedOn, words) => {
    expect(evidenceText({ ...seen, newest, askedOn }, names)).toBe(`After-call work: ${words}`);
  });
});

describe('what a look has counted some days ago', () => {
  const phase = { rule: 'late_phase', stage: 'build', since: '2026-08-31', days: 70 } as const;
  it.each([
    [
      { ...phase, limit: 52.5, by: 'plan', planned: 42 },
      ['building for 10 weeks, planned for 6 weeks', 'building for 11 weeks, planned for 6 weeks'],
    ],
    [
      { ...phase, limit: 30, by: 'others', finished: 20, within: 17 },
      [
        'building for 70 days, where 17 of 20 finished pilots took 30 or fewer',
        'building for 77 days, where 17 of 20 finished pilots took 30 or fewer',
      ],
    ],
    [
      { rule: 'no_decision_date', start: '2026-07-01', days: 131, limit: 112 },
      [
        'running for 19 weeks without a day on which it is decided about',
        'running for 20 weeks without a day on which it is decided about',
      ],
    ],
    [
      { rule: 'purgatory', since: '2026-05-04', days: 189, limit: 182, extendedUntil: null },
      [
        'no progress since Mon 4 May: for 27 weeks nothing was reached, cleared or newly agreed',
        'no progress since Mon 4 May: for 28 weeks nothing was reached, cleared or newly agreed',
      ],
    ],
    [
      { ...seen, newest: null, askedOn: null },
      [
        'After-call work: no number yet, 22 days after one was due',
        'After-call work: no number yet, 29 days after one was due',
      ],
    ],
  ] as const)('is said as of today: %o', (evidence, [onItsDay, aWeekLater]) => {
    expect(evidenceText(evidence, { ...names, seenOn: names.today })).toBe(onItsDay);
    expect(evidenceText(evidence, { ...names, seenOn: '2026-11-09' })).toBe(aWeekLater);
  });
});

describe('what is not set up', () => {
  it.each([
    ['no_criteria', 'nothing is agreed 42 days after the start'],
    ['no_baseline', 'After-call work: where it starts was not measured 42 days after the start'],
  ] as const)('by %s', (rule, words) => {
    // A look of some days ago has counted 38.
    const start = { start: '2026-10-05', days: 38, limit: 14 };
    const evidence = rule === 'no_baseline' ? { rule, criterion: 'c1', ...start } : { rule, ...start };
    expect(evidenceText(evidence, names)).toBe(words);
  });
});
