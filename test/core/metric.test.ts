import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../src/core/day.ts';
import {
  CADENCES,
  type CadenceName,
  cadenceOf,
  endedPeriods,
  findMetric,
  firstEndedAfter,
  lastEnded,
  nextToRecord,
  type PeriodChoice,
  periodFor,
  todayIn,
} from '../../src/core/metric.ts';

const START = '2026-01-05';
const day = fc.integer({ min: -400, max: 1200 }).map((days) => addDays(START, days));
const cadence = fc.constantFrom(...CADENCES);

/** Whether a choice is what its day and today make it. */
function isSound(choice: PeriodChoice, name: CadenceName, inside: string, today: string): boolean {
  if (choice.ok) {
    const { start, end } = choice.period;
    return end <= today && start <= inside && inside < end;
  }
  if (choice.why === 'before_start') return inside < START;
  return choice.from > today && periodFor(START, name, inside, choice.from).ok;
}

describe('the ended periods', () => {
  it('are found one by one as in the list of all of them', () => {
    fc.assert(
      fc.property(cadence, day, day, (name, after, today) => {
        const all = endedPeriods(START, name, today);
        expect(lastEnded(START, name, today)).toEqual(all.at(-1) ?? null);
        expect(firstEndedAfter(START, name, after, today)).toEqual(
          all.find(({ end }) => end > after) ?? null,
        );
      }),
    );
  });

  it('are found from a day that some months do not have', () => {
    for (const today of ['2026-02-27', '2026-02-28', '2026-03-30', '2026-03-31', '2026-05-01']) {
      const all = endedPeriods('2026-01-31', 'month', today);
      expect(lastEnded('2026-01-31', 'month', today)).toEqual(all.at(-1) ?? null);
      expect(firstEndedAfter('2026-01-31', 'month', '2026-02-28', today)).toEqual(all[1] ?? null);
    }
  });
});

describe('a cadence', () => {
  it.each([
    ['week', { days: 7 }],
    ['fortnight', { days: 14 }],
    ['month', { months: 1 }],
    ['quarter', { months: 3 }],
  ] as const)('of one %s is %o', (name, expected) => {
    expect(cadenceOf(name)).toEqual(expected);
  });
});

describe('finding a metric', () => {
  const metrics = [
    { key: 'cost-per-claim', name: 'Cost per claim' },
    { key: 'wrong-denials', name: 'Wrong denials' },
    { key: 'price', name: 'Coût' },
  ];
  it.each([
    ['cost-per-claim', 'cost-per-claim'],
    ['COST-PER-CLAIM', 'cost-per-claim'],
    ['  cost per claim ', 'cost-per-claim'],
    ['Cost, per claim!', 'cost-per-claim'],
    ['coût', 'price'],
    ['Wrong Denials', 'wrong-denials'],
  ])('%j means %s', (word, key) => {
    expect(findMetric(metrics, word).found?.key).toBe(key);
  });

  it.each(['cost', '', '請求', '<!channel>'])('%j means none, and the two nearest are named', (word) => {
    const missing = findMetric(metrics, word);
    expect(missing.found).toBeNull();
    expect('near' in missing && missing.near).toHaveLength(2);
  });

  it('prefers a key to a name that reads the same', () => {
    const twins = [
      { key: 'a', name: 'b' },
      { key: 'b', name: 'c' },
    ];
    expect(findMetric(twins, 'b').found?.key).toBe('b');
  });
});

describe('periods', () => {
  it('end before today, from the start date on', () => {
    expect(endedPeriods(START, 'week', '2026-01-11')).toEqual([]);
    expect(endedPeriods(START, 'week', '2026-01-12')).toEqual([
      { number: 1, start: '2026-01-05', end: '2026-01-12' },
    ]);
    expect(endedPeriods(START, 'month', '2026-03-04').map(({ end }) => end)).toEqual(['2026-02-05']);
    expect(endedPeriods(START, 'quarter', '2025-12-31')).toEqual([]);
  });

  it.each([
    ['2026-01-04', '2026-01-20', { ok: false, why: 'before_start', start: START }],
    [
      '2026-01-19',
      '2026-01-20',
      {
        ok: false,
        why: 'running',
        period: { number: 3, start: '2026-01-19', end: '2026-01-26' },
        from: '2026-01-26',
      },
    ],
    ['2026-01-18', '2026-01-20', { ok: true, period: { number: 2, start: '2026-01-12', end: '2026-01-19' } }],
    ['2026-01-12', '2026-01-19', { ok: true, period: { number: 2, start: '2026-01-12', end: '2026-01-19' } }],
  ])('are found by a day inside them: %s, asked on %s', (inside, today, expected) => {
    expect(periodFor(START, 'week', inside, today)).toEqual(expected);
  });

  it('that still run are never offered and never taken', () => {
    fc.assert(
      fc.property(cadence, day, day, fc.array(day, { maxLength: 5 }), (name, inside, today, recorded) => {
        const choice = periodFor(START, name, inside, today);
        expect(isSound(choice, name, inside, today)).toBe(true);
        const next = nextToRecord(START, name, recorded, today);
        expect(next === null || next.end <= today).toBe(true);
      }),
    );
  });

  it('are offered newest first, those without a value before the others', () => {
    const offer = (...recorded: string[]) => nextToRecord(START, 'week', recorded, '2026-01-27')?.end;
    expect(offer()).toBe('2026-01-26');
    expect(offer('2026-01-26')).toBe('2026-01-19');
    expect(offer('2026-01-26', '2026-01-19', '2026-01-12')).toBe('2026-01-26');
    expect(nextToRecord(START, 'week', [], START)).toBeNull();
  });
});

describe('today', () => {
  it.each([
    ['Asia/Tokyo', '2026-01-06'],
    ['Europe/Berlin', '2026-01-05'],
    ['America/Los_Angeles', '2026-01-05'],
    ['Pacific/Auckland', '2026-01-06'],
  ])('is in %s %s', (zone, expected) => {
    expect(todayIn(zone, Date.UTC(2026, 0, 5, 18))).toBe(expected);
  });
});
