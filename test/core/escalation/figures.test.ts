import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FiguredCase, figuresOf, REACHES } from '../../../src/core/escalation/figures.ts';
import { CLOSINGS } from '../../../src/core/escalation/refusal.ts';

const matter = (over: Partial<FiguredCase> = {}): FiguredCase => ({
  state: 'L1',
  closedAs: null,
  isDecision: false,
  reached: 'L1',
  isWithSponsor: false,
  ...over,
});

const anyCase: fc.Arbitrary<FiguredCase> = fc.record({
  state: fc.constantFrom('L1', 'L2', 'L3', 'L4', 'ACKED(L2)', 'RESOLVING(L3)', 'PAUSED(L1)', 'CLOSED'),
  closedAs: fc.constantFrom(null, ...CLOSINGS),
  isDecision: fc.boolean(),
  reached: fc.constantFrom(null, 'L1', 'L2', 'L3', 'L4'),
  isWithSponsor: fc.boolean(),
});

describe('the figures of a programme office', () => {
  it('count every matter once, and results on their day beside them', () => {
    fc.assert(
      fc.property(fc.array(anyCase), (cases) => {
        const { opened, byReach, sponsor, wrong, results } = figuresOf(cases, []);
        expect(REACHES.reduce((sum, reach) => sum + byReach[reach], 0)).toBe(opened);
        expect(opened).toBe(cases.filter(({ isDecision }) => !isDecision).length);
        expect(sponsor).toBeLessThanOrEqual(opened);
        expect(wrong).toBeLessThanOrEqual(sponsor);
        expect(results).toBeLessThanOrEqual(cases.length - opened);
      }),
    );
  });

  it('leave out of those that reached a sponsor what only its owner had read on that rung', () => {
    const { byReach, sponsor } = figuresOf(
      [matter({ reached: 'L3' }), matter({ reached: 'L3', isWithSponsor: true })],
      [],
    );
    expect([byReach.backup, byReach.sponsor, sponsor]).toEqual([1, 1, 1]);
  });

  it('measure how fast decisions are on those that answered a card', () => {
    const hour = 3_600_000;
    const made = [4, 2, 9].map((hours) => ({ askedAt: 0, at: hours * hour }));
    expect(figuresOf([], [...made, { askedAt: null, at: 99 * hour }])).toMatchObject({
      decisions: 4,
      answered: 3,
      medianHours: 4,
    });
  });
});
