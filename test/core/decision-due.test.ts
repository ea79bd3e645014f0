/** Is a pilot decided about on the right day, by what is final? */
import { describe, expect, it } from 'vitest';
import { decisionDay, finalFrom, hasPassed, isFinal, recommendedFor } from '../../src/core/decision-due.ts';
import { droppedSince, firstAgreed, isEasier, loosenedAt } from '../../src/core/loosening.ts';
import type { Standing } from '../../src/core/standing.ts';
import { aCriterion, aVersion, daysLater, signedFacts, signedVersion } from '../support/facts.ts';

const entry = (role: string, verdict: string, phase = 'final') =>
  ({ criterion: { role }, evaluation: { verdict, phase, progress: 0.5, arrival: null } }) as never;
const standing = (...criteria: readonly never[]): Standing => ({ criteria, worst: null });

describe('the day of a decision', () => {
  it('is that of the charter, or a later one the sponsor has given it since', () => {
    const facts = signedFacts();
    const made = (decision: string, until: string | null, at = daysLater(20)) => [{ decision, until, at }];
    expect(decisionDay(facts, [])).toBe('2026-04-05');
    expect(decisionDay(facts, made('not_yet', '2026-05-03'))).toBe('2026-05-03');
    expect(decisionDay(facts, made('extend', '2026-03-01'))).toBe('2026-04-05');
    expect(decisionDay(facts, made('not_yet', '2026-05-03', 0))).toBe('2026-04-05');
  });

  it('is none where it has been decided, or nothing is signed', () => {
    const facts = signedFacts();
    for (const decision of ['go', 'conditional_go', 'stop', 'restructure']) {
      expect(decisionDay(facts, [{ decision, until: null, at: daysLater(20) }])).toBeNull();
    }
    expect(decisionDay({ ...facts, signed: null }, [])).toBeNull();
    expect(decisionDay(signedFacts({ pilot: { stage: 'deploy' } }), [])).toBeNull();
  });

  it('waits for the last number of whatever decides', () => {
    const facts = signedFacts({
      criteria: [
        aCriterion(),
        aCriterion({ position: 2, deadline: '2026-04-01', role: 'guardrail' }),
        aCriterion({ position: 3, deadline: '2026-06-01', role: 'informative' }),
      ],
    });
    expect(finalFrom(facts)).toBe('2026-04-07');
    expect(isFinal(standing(entry('required', 'met'), entry('informative', 'met', 'live')))).toBe(true);
    expect(isFinal(standing(entry('required', 'met'), entry('guardrail', 'met', 'closing')))).toBe(false);
  });
});

describe('the result', () => {
  it('is met or not met, nothing between', () => {
    expect(hasPassed(standing(entry('required', 'met'), entry('guardrail', 'met')))).toBe(true);
    expect(hasPassed(standing(entry('required', 'met'), entry('guardrail', 'no_data')))).toBe(false);
    expect(hasPassed(standing(entry('guardrail', 'met')))).toBe(false);
  });

  it('leads to what the eight rules say', () => {
    const ground = { ageWeeks: 12, isExtended: false, isRestructured: false, hasGap: false, diagnosis: null };
    const missed = standing(entry('required', 'missed'));
    expect(recommendedFor(missed, ground)).toEqual({ recommendation: 'restructure', rule: 'R8' });
    expect(recommendedFor(missed, { ...ground, isRestructured: true }).recommendation).toBe('stop');
    expect(recommendedFor(standing(entry('required', 'met')), { ...ground, hasGap: true }).rule).toBe('R2');
  });
});

describe('a promise', () => {
  it('is made easier by a nearer target, more time, a wider band, or not deciding any more', () => {
    const terms = aCriterion();
    expect(isEasier(terms, { ...terms, target: '13' })).toBe(true);
    expect(isEasier(terms, { ...terms, target: '12' })).toBe(false);
    expect(isEasier(terms, { ...terms, deadline: '2026-04-30' })).toBe(true);
    expect(isEasier(terms, { ...terms, role: 'informative' })).toBe(true);
    const band = aCriterion({ kind: 'between', target: '4', targetHigh: '5' });
    expect(isEasier(band, { ...band, targetHigh: '6' })).toBe(true);
    expect(isEasier(band, { ...band, target: '4.5' })).toBe(false);
    expect(isEasier(terms, { ...terms, role: 'guardrail' })).toBe(true);
    expect(isEasier({ ...terms, role: 'guardrail' }, terms)).toBe(false);
  });

  it.each([
    ['a shorter hold', { sustain: 3 }, { sustain: 2 }, true],
    ['a longer hold', { sustain: 2 }, { sustain: 3 }, false],
    ['a smaller sample', { minN: 400 }, { minN: 50 }, true],
    ['fewer periods', { minPeriods: 4 }, { minPeriods: 2 }, true],
    ['weaker proof', { minTrust: 2 }, { minTrust: 1 }, true],
    ['stronger proof', { minTrust: 1 }, { minTrust: 2 }, false],
    ['more closing days', { closingDays: 5 }, { closingDays: 20 }, true],
    ['a margin in a required one, which has none', { margin: '0' }, { margin: '2' }, false],
  ])('knows %s', (_what, before, after, easier) => {
    const terms = aCriterion();
    expect(isEasier({ ...terms, ...before }, { ...terms, ...after })).toBe(easier);
  });

  it.each([
    ['at_most', 'at_most', '95', '90', true],
    ['at_most', 'at_most', '95', '99', false],
    ['at_most', 'at_most', '95', '95', false],
    ['at_least', 'at_least', '5', '10', true],
    ['at_least', 'at_least', '5', '1', false],
    ['increase_abs', 'increase_abs', '5', '50', true],
    ['decrease_pct', 'decrease_pct', '99.9', '99', true],
    ['decrease_abs', 'decrease_abs', '9', '10', false],
    // What lies within a band of one percentile may lie on either side of it for another.
    ['between', 'between', '95', '90', false],
    // A number that is worked out in another way may be larger or smaller.
    ['at_most', 'at_most', null, '50', false],
    ['at_most', 'at_most', '95', null, false],
  ] as const)('%s, then %s, of percentile %s, then %s, is easier: %s', (kind, then, before, after, easier) => {
    const terms = aCriterion({ kind, agg: 'percentile', baseline: '20', target: '10', targetHigh: '30' });
    expect(isEasier({ ...terms, percentile: before }, { ...terms, kind: then, percentile: after })).toBe(
      easier,
    );
  });

  it('is shown as it was first agreed where another percentile is asked for', () => {
    const first = aCriterion({ version: 1, agg: 'percentile', percentile: '95' });
    const now = { ...first, version: 2, percentile: '90' };
    const versions = signedFacts().versions.flatMap((one) => [
      { ...one, n: 1, status: 'superseded' as const },
      { ...one, n: 2, status: 'signed' as const },
    ]);
    expect(firstAgreed({ versions, criteria: [first, now] }, now)).toEqual(first);
    expect(firstAgreed({ versions, criteria: [first, now] }, { ...now, percentile: '95' })).toBeNull();
  });

  it.each([
    ['a breach more', { budget: 1 }, { budget: 2 }, true],
    ['more than the usual one', { budget: null }, { budget: 3 }, true],
    ['none any more', { budget: null }, { budget: 0 }, false],
    ['a wider margin', { margin: '1' }, { margin: '1.5' }, true],
    ['a narrower margin', { margin: '1' }, { margin: '0.5' }, false],
  ])('knows of a guardrail %s', (_what, before, after, easier) => {
    const guardrail = aCriterion({ role: 'guardrail' });
    expect(isEasier({ ...guardrail, ...before }, { ...guardrail, ...after })).toBe(easier);
  });

  it('of a change is made easier by a baseline nearer to where it leads, and by another way to say less', () => {
    const less = aCriterion({ kind: 'decrease_pct', baseline: '100', target: '20' });
    expect(isEasier(less, { ...less, baseline: '120' })).toBe(true);
    expect(isEasier(less, { ...less, baseline: '90' })).toBe(false);
    const more = aCriterion({ kind: 'increase_abs', baseline: '20', target: '20' });
    expect(isEasier(more, { ...more, baseline: '15' })).toBe(true);
    expect(isEasier(more, { ...more, baseline: '25' })).toBe(false);
    expect(isEasier(more, { ...more, kind: 'at_least', target: '40' })).toBe(false);
    expect(isEasier(more, { ...more, kind: 'at_least', target: '39.99' })).toBe(true);
    expect(isEasier(more, { ...more, kind: 'increase_pct', target: '99' })).toBe(true);
    const level = aCriterion({ kind: 'at_least', baseline: '20', target: '40' });
    expect(isEasier(level, { ...level, baseline: '30' })).toBe(false);
  });

  it('is known to have been made easier when the easier version was signed', () => {
    const second = signedVersion({ n: 2, id: 'V2', answeredAt: daysLater(30) });
    const versions = [aVersion({ status: 'superseded', answeredAt: daysLater(3) }), second];
    const criteria = [aCriterion({ version: 1 }), aCriterion({ version: 2, target: '14' })];
    expect(loosenedAt({ versions, criteria })).toEqual([daysLater(30)]);
    expect(
      loosenedAt({ versions, criteria: [aCriterion({ version: 1 }), aCriterion({ version: 2 })] }),
    ).toEqual([]);
  });
});

describe('what was agreed first', () => {
  const versions = [
    aVersion({ status: 'superseded', answeredAt: daysLater(3) }),
    signedVersion({ n: 2, id: 'V2', answeredAt: daysLater(30) }),
    aVersion({ n: 3, id: 'V3' }),
  ];
  const [was, is] = [aCriterion(), aCriterion({ version: 2, target: '14' })];

  it('is the oldest signed version of a promise, where its terms have changed', () => {
    expect(firstAgreed({ versions, criteria: [is, was] }, is)).toBe(was);
    const same = aCriterion({ version: 2, margin: '1' });
    expect(firstAgreed({ versions, criteria: [was, same] }, same)).toBeNull();
    const late = aCriterion({ version: 2, lineage: 'late' });
    expect(firstAgreed({ versions, criteria: [was, late] }, late)).toBeNull();
  });

  it('includes what was taken out, but for information, and whatever a draft does', () => {
    const informative = aCriterion({ lineage: 'other', role: 'informative' });
    const kept = aCriterion({ version: 2, lineage: 'new' });
    expect(droppedSince({ versions, criteria: [was, informative, kept] })).toEqual([was]);
    expect(droppedSince({ versions, criteria: [was, is] })).toEqual([]);
  });
});
