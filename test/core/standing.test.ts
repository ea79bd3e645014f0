import { describe, expect, it } from 'vitest';
import { standingOf } from '../../src/core/standing.ts';
import {
  aCriterion,
  aMetric,
  aValue,
  aVersion,
  daysLater,
  signedFacts,
  signedVersion,
  someFacts,
  someFields,
} from '../support/facts.ts';

const NOW = daysLater(13);
const ZONE = 'Europe/Berlin';

describe('where a pilot stands', () => {
  it('is the worst of what decides', () => {
    const facts = signedFacts({
      metrics: [aMetric(), aMetric({ id: 'M2', key: 'denials', name: 'Wrong denials', unit: 'percent' })],
      criteria: [
        aCriterion({ position: 1 }),
        aCriterion({ position: 2, metric: 'M2', role: 'guardrail', target: '2', baseline: '2' }),
        aCriterion({ position: 3, kind: 'at_least', target: '14', baseline: '14', role: 'informative' }),
      ],
    });
    const values = [aValue({ value: '12' }), aValue({ id: 'O2', metric: 'M2', value: '2', unit: 'percent' })];
    const standing = standingOf(facts, values, ZONE, NOW);
    expect(
      standing.criteria.map(({ metric, evaluation }) => [
        metric.id,
        'verdict' in evaluation && evaluation.verdict,
      ]),
    ).toEqual([
      ['M1', 'met'],
      ['M2', 'on_track'],
      ['M1', 'off_track'],
    ]);
    expect(standing.worst).toBe('on_track');
  });

  it('gives every criterion the values of its own metric only', () => {
    const values = [aValue({ metric: 'M9', value: '1' })];
    const [only] = standingOf(signedFacts(), values, ZONE, NOW).criteria;
    expect(only?.evaluation).toMatchObject({ value: null });
  });

  it('is nothing without a start date, without criteria, or where none can be judged', () => {
    const undated = someFacts({ charter: aVersion({ fields: someFields({ start: null }) }) });
    expect(standingOf(undated, [aValue()], ZONE, NOW)).toEqual({ criteria: [], worst: null });
    expect(standingOf(someFacts({ criteria: [] }), [], ZONE, NOW)).toEqual({ criteria: [], worst: null });
    const change = signedFacts({ criteria: [aCriterion({ kind: 'increase_abs', baseline: null })] });
    const standing = standingOf(change, [aValue()], ZONE, NOW);
    expect(standing.worst).toBeNull();
    expect(standing.criteria[0]?.evaluation).toEqual({ error: 'MISSING_BASELINE' });
    const orphan = signedFacts({ metrics: [] });
    expect(standingOf(orphan, [], ZONE, NOW).criteria).toEqual([]);
  });

  it('is that of the signed version while another one is agreed', () => {
    const signed = signedVersion();
    const facts = signedFacts({
      signed,
      charter: aVersion({ n: 2, fields: someFields({ start: '2026-02-02' }) }),
      criteria: [aCriterion({ version: 1 }), aCriterion({ id: 'K2', version: 2, target: '1' })],
    });
    const standing = standingOf(facts, [aValue({ value: '12' })], ZONE, NOW);
    expect(standing.criteria.map(({ criterion }) => criterion.version)).toEqual([1]);
    expect(standing.worst).toBe('met');
  });
});
