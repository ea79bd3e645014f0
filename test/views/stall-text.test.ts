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
