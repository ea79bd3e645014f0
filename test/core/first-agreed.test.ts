import { describe, expect, it } from 'vitest';
import { asFirstAgreed } from '../../src/core/first-agreed.ts';
import type { Criterion, PilotFacts } from '../../src/core/pilot-facts.ts';
import { type CriterionStanding, standingOf } from '../../src/core/standing.ts';
import {
  aCriterion,
  aMetric,
  aValue,
  aVersion,
  daysLater,
  signedFacts,
  signedVersion,
  someFields,
} from '../support/facts.ts';

const ZONE = 'Europe/Berlin';
/** After 29 March and its closing days. */
const NOW = Date.UTC(2026, 3, 10);
const values = [
  aValue({
    id: 'a',
    periodStart: '2026-03-16',
    periodEnd: '2026-03-23',
    value: '14.20',
    recordedAt: daysLater(81),
  }),
  aValue({
    id: 'b',
    periodStart: '2026-03-23',
    periodEnd: '2026-03-30',
    value: '13.10',
    recordedAt: daysLater(88),
  }),
];

const first = aVersion({ status: 'superseded', answeredAt: daysLater(3) });
const second = signedVersion({ n: 2, id: 'V2', answeredAt: daysLater(30) });

/** A pilot whose second version counts: what was agreed first, and what counts now. */
const amended = (
  was: readonly Criterion[],
  is: readonly Criterion[],
  over: Partial<PilotFacts> = {},
): PilotFacts =>
  signedFacts({
    charter: second,
    signed: second,
    versions: [first, second],
    criteria: [...was, ...is],
    ...over,
  });

const judge = (facts: PilotFacts, now = NOW) => {
  const standing = standingOf(facts, values, ZONE, now);
  return {
    standing,
    first: asFirstAgreed(facts, standing.criteria, { values, zone: ZONE, now, pauses: [] }),
  };
};
function verdict(entry: CriterionStanding | undefined): string | null {
  if (entry === undefined) return null;
  return 'error' in entry.evaluation ? entry.evaluation.error : entry.evaluation.verdict;
}

const now = (over: Partial<Criterion>): Criterion => aCriterion({ id: 'K2', version: 2, ...over });

describe('a promise by the terms on which it was agreed first', () => {
  it.each([
    ['as it is', aCriterion(), now({}), 'missed', null],
    ['an easier target', aCriterion(), now({ target: '13.50' }), 'met', 'missed'],
    ['a harder target', aCriterion({ target: '14' }), now({}), 'missed', 'met'],
    [
      'more time',
      aCriterion({ target: '14', deadline: '2026-03-22' }),
      now({ target: '14' }),
      'met',
      'missed',
    ],
    [
      'the latest instead of the average',
      aCriterion({ target: '13.50', agg: 'mean', aggWindow: 2 }),
      now({ target: '13.50' }),
      'met',
      'missed',
    ],
    [
      'a baseline that was to come',
      aCriterion({ kind: 'decrease_abs', baseline: null, target: '5' }),
      now({}),
      'missed',
      'MISSING_BASELINE',
    ],
    ['more cases behind it', aCriterion({ target: '14', minN: 40 }), now({ target: '14' }), 'met', 'no_data'],
  ] as const)('is judged beside what counts: %s', (_what, was, is, counts, atFirst) => {
    const { standing, first: found } = judge(amended([was], [is]));
    expect(verdict(standing.criteria[0])).toBe(counts);
    expect(verdict(found.amended.get('K2'))).toBe(atFirst);
    expect(found.dropped).toEqual([]);
  });

  it('is judged by its first metric and from the first start date', () => {
    const other = aMetric({ id: 'M2', key: 'hours', name: 'Hours per claim', unit: 'hours' });
    const late = { ...second, fields: someFields({ start: '2026-03-23' }) };
    const facts = amended(
      [aCriterion({ target: '14', minPeriods: 2 })],
      [now({ metric: 'M2', target: '9' })],
      {
        metrics: [aMetric(), other],
        charter: late,
        signed: late,
        versions: [first, late],
      },
    );
    const found = judge(facts).first.amended.get('K2');
    expect(found?.metric.name).toBe('Cost per claim');
    expect(verdict(found)).toBe('met');
  });

  it('is judged where it was taken out since, by its very first terms', () => {
    const facts = amended(
      [aCriterion({ lineage: 'gone', target: '10' }), aCriterion({ lineage: 'aside', role: 'informative' })],
      [now({})],
    );
    const [dropped, ...none] = judge(facts).first.dropped;
    expect([dropped?.criterion.target, verdict(dropped), none]).toEqual(['10', 'missed', []]);
    const third = signedVersion({ n: 3, id: 'V3', answeredAt: daysLater(60) });
    const twice = amended(
      [aCriterion({ lineage: 'gone', target: '10' })],
      [now({ lineage: 'gone', target: '14' }), aCriterion({ id: 'K3', version: 3 })],
      { charter: third, signed: third, versions: [first, { ...second, status: 'superseded' }, third] },
    );
    expect(judge(twice).first.dropped.map(({ criterion }) => criterion.target)).toEqual(['10']);
  });

  it('leaves what counts as it is', () => {
    const facts = amended([aCriterion({ target: '10' })], [now({ target: '14' })]);
    expect(judge(facts).standing.worst).toBe('met');
  });
});
