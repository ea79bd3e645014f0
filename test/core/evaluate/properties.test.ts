import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Criterion, type Observation, VERDICTS } from '../../../src/core/evaluate/index.ts';
import {
  amount,
  CALENDAR,
  directional,
  FINAL,
  judged,
  moment,
  row,
  rows,
  week,
  weekly,
} from './portfolio.ts';

const RUNS = { numRuns: 400, seed: 20_261_120 };

const times = (text: string, factor: string): string => {
  const [a, b] = [text, factor].map((part) => Math.round(Number(part) * 100)) as [number, number];
  const product = a * b;
  const sign = product < 0 ? '-' : '';
  const digits = String(Math.abs(product)).padStart(5, '0');
  return `${sign}${digits.slice(0, -4)}.${digits.slice(-4)}`;
};

function scaled(criterion: Criterion, factor: string): Criterion {
  const { target, baseline, margin } = criterion;
  return {
    ...criterion,
    target: typeof target === 'string' ? times(target, factor) : target,
    baseline: baseline === null ? null : times(baseline, factor),
    margin: factor.startsWith('-') ? margin : times(margin, factor),
  };
}

function scaledRows(list: readonly Observation[], factor: string): Observation[] {
  return list.map((each) => ({ ...each, value: times(String(each.value), factor) }));
}

describe('whatever the criterion and the numbers', () => {
  it('the order of the rows does not matter', () => {
    fc.assert(
      fc.property(directional, rows, moment, fc.infiniteStream(fc.nat()), (criterion, list, now, keys) => {
        const shuffled = list
          .map((each) => ({ each, key: keys.next().value ?? 0 }))
          .sort((a, b) => a.key - b.key)
          .map(({ each }) => each);
        const input = { criterion, calendar: CALENDAR, now };
        expect(judged({ ...input, observations: shuffled })).toEqual(
          judged({ ...input, observations: list }),
        );
      }),
      RUNS,
    );
  });

  it('the same input gives the same answer, and is left as it was', () => {
    fc.assert(
      fc.property(directional, rows, moment, (criterion, list, now) => {
        const input = { criterion, calendar: CALENDAR, observations: list, now };
        const before = JSON.stringify(input);
        const first = JSON.stringify(judged(input));
        expect(JSON.stringify(judged(input))).toBe(first);
        expect(JSON.stringify(input)).toBe(before);
      }),
      RUNS,
    );
  });

  it('there is a sentence that says something', () => {
    fc.assert(
      fc.property(directional, rows, moment, (criterion, list, now) => {
        const { sentence, display, value } = judged({
          criterion,
          calendar: CALENDAR,
          observations: list,
          now,
        });
        expect(sentence).toMatch(/^\S.{8,180}$/);
        expect(sentence).not.toMatch(/undefined|NaN|null|Infinity/);
        expect(display === null).toBe(value === null);
      }),
      RUNS,
    );
  });

  it('larger units change no verdict', () => {
    fc.assert(
      fc.property(
        directional,
        rows,
        moment,
        fc.constantFrom('0.01', '0.3', '7', '12.34', '1000'),
        (criterion, list, now, factor) => {
          const plain = judged({ criterion, calendar: CALENDAR, observations: list, now });
          const large = judged({
            criterion: scaled(criterion, factor),
            calendar: CALENDAR,
            observations: scaledRows(list, factor),
            now,
          });
          expect([large.verdict, large.reasons]).toEqual([plain.verdict, plain.reasons]);
        },
      ),
      RUNS,
    );
  });

  it('negated, at least becomes at most with the same verdict', () => {
    const mirror = { min: 'max', max: 'min' } as Record<string, Criterion['agg']>;
    fc.assert(
      fc.property(directional, rows, moment, (criterion, list, now) => {
        const plain = judged({ criterion, calendar: CALENDAR, observations: list, now });
        const negated = judged({
          criterion: {
            ...scaled(criterion, '-1'),
            kind: criterion.kind === 'at_least' ? 'at_most' : 'at_least',
            agg: mirror[criterion.agg] ?? criterion.agg,
          },
          calendar: CALENDAR,
          observations: scaledRows(list, '-1'),
          now,
        });
        expect([negated.verdict, negated.reasons]).toEqual([plain.verdict, plain.reasons]);
      }),
      RUNS,
    );
  });

  it('an exact change of unit changes nothing', () => {
    fc.assert(
      fc.property(directional, rows, moment, (given, list, now) => {
        const criterion: Criterion = { ...given, unit: 'min' };
        const minutes = judged({ criterion, calendar: CALENDAR, observations: list, now });
        const seconds = judged({
          criterion: { ...scaled(criterion, '60'), unit: 's' },
          calendar: CALENDAR,
          observations: list.map((each) => ({ ...each, unit: 'min' })),
          now,
        });
        expect([seconds.verdict, seconds.reasons]).toEqual([minutes.verdict, minutes.reasons]);
      }),
      RUNS,
    );
  });

  it('a row that is set aside is as if absent', () => {
    fc.assert(
      fc.property(directional, rows, moment, fc.integer({ min: 1, max: 12 }), (given, list, now, number) => {
        const criterion: Criterion = { ...given, unit: 'EUR' };
        const foreign = row(number, { value: '99999', unit: 'USD', recorded_at: FINAL });
        const input = { criterion, calendar: CALENDAR, now, known_at: FINAL };
        const without = judged({ ...input, observations: list });
        const beside = judged({ ...input, observations: [...list, foreign] });
        expect(beside.verdict).toBe(without.verdict);
        expect(beside.provenance).toEqual(without.provenance);
        expect(beside.set_aside).toHaveLength(1);
      }),
      RUNS,
    );
  });

  it('a row that is withdrawn from the start is as if absent', () => {
    fc.assert(
      fc.property(
        directional,
        rows,
        moment,
        fc.integer({ min: 1, max: 12 }),
        (criterion, list, now, number) => {
          const others = list.filter(({ end }) => end !== week(number));
          const gone = row(number, { value: '99999', withdrawn: true });
          const input = { criterion, calendar: CALENDAR, now };
          expect(judged({ ...input, observations: [...others, gone] })).toEqual(
            judged({ ...input, observations: others }),
          );
        },
      ),
      RUNS,
    );
  });

  it('what was recorded after the question is not known', () => {
    fc.assert(
      fc.property(directional, rows, moment, moment, (criterion, list, now, known_at) => {
        const input = { criterion, calendar: CALENDAR, now, known_at };
        const known = list.filter(({ recorded_at }) => recorded_at <= known_at);
        expect(judged({ ...input, observations: list })).toEqual(judged({ ...input, observations: known }));
      }),
      RUNS,
    );
  });

  it('met at the decision stands on enough cases, enough trust and the last period', () => {
    fc.assert(
      fc.property(directional, rows, (criterion, list) => {
        const result = judged({
          criterion,
          calendar: CALENDAR,
          observations: list,
          now: FINAL + 30 * 86_400_000,
        });
        expect(result.phase).toBe('final');
        const isMetAtTheEnd = result.verdict === 'met' && result.reason !== 'latched';
        const used = list.filter(({ end }) => result.provenance.observations.includes(end));
        const newest = used
          .filter(({ end }) => end === week(12))
          .sort((a, b) => a.recorded_at - b.recorded_at)
          .at(-1);
        const proof = newest === undefined ? -1 : newest.trust;
        expect(isMetAtTheEnd && proof < criterion.min_trust).toBe(false);
        expect(isMetAtTheEnd && result.provenance.observations.length < criterion.min_periods).toBe(false);
      }),
      RUNS,
    );
  });
});

describe('a better value', () => {
  const short = fc.array(amount(-60, 60), { minLength: 1, maxLength: 4 });

  it('in the newest week never gives a worse verdict', () => {
    fc.assert(
      fc.property(directional, short, amount(0, 80), fc.boolean(), (given, values, gain, isFinal) => {
        const criterion: Criterion = { ...given, agg: given.agg === 'pilot_sum' ? 'sum' : given.agg };
        const better = criterion.kind === 'at_least' ? Number(gain) : -Number(gain);
        const newest = String(Math.round((Number(values.at(-1)) + better) * 100) / 100);
        const first = isFinal ? 13 - values.length : 1;
        const now = isFinal ? FINAL : Date.parse(`${week(values.length)}T12:00:00Z`);
        const verdictOf = (list: readonly string[]) =>
          judged({ criterion, calendar: CALENDAR, observations: weekly(list, first), now }).verdict;
        const before = VERDICTS.indexOf(verdictOf(values));
        const afterwards = VERDICTS.indexOf(verdictOf([...values.slice(0, -1), newest]));
        expect(afterwards).toBeLessThanOrEqual(before);
      }),
      RUNS,
    );
  });
});
