import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, daysBetween, weekdayOf } from '../../src/core/day.ts';
import {
  dueDayAfter,
  fullStepAfter,
  newestDueDay,
  nextDueDays,
  type Rhythm,
  readRhythm,
  WEEKLY,
} from '../../src/core/rhythm.ts';

describe('a rhythm as people type it', () => {
  it.each<[string, Rhythm | null]>([
    ['weekly', WEEKLY],
    ['every week', WEEKLY],
    ['Tuesdays at 9.30', { every: 'week', weekday: 2, time: '09:30' }],
    ['weekly 9:30', { every: 'week', weekday: 4, time: '09:30' }],
    ['every other friday 14:00', { every: 'fortnight', weekday: 5, time: '14:00' }],
    ['every second Tuesday', { every: 'fortnight', weekday: 2, time: null }],
    ['every two weeks on monday', { every: 'fortnight', weekday: 1, time: null }],
    ['monthly', { every: 'month', week: 1, weekday: 4, time: null }],
    ['first monday', { every: 'month', week: 1, weekday: 1, time: null }],
    ['the last Friday of the month', { every: 'month', week: 'last', weekday: 5, time: null }],
    ['second Tuesday of every month at 10am', { every: 'month', week: 2, weekday: 2, time: '10:00' }],
    ['every month on the 15th 9:30', { every: 'month', date: 15, time: '09:30' }],
    ['last day of the month', { every: 'month', date: 31, time: null }],
    ['off', { every: 'never' }],
  ])('%s', (text, rhythm) => {
    expect(readRhythm(text)).toEqual(rhythm);
  });

  it('is refused where it says nothing or two things', () => {
    const odd = [
      '',
      'daily',
      'biweekly',
      'every',
      'second',
      'monthly 15',
      'monthly on the 45th',
      'monthly on the 0th',
    ];
    expect(odd.filter((text) => readRhythm(text) !== null)).toEqual([]);
    expect(['constructor monday', 'monthly __proto__'].map(readRhythm)).toEqual([null, null]);
  });
});

const rhythms: fc.Arbitrary<Exclude<Rhythm, { every: 'never' }>> = fc.oneof(
  fc.record({
    every: fc.constantFrom('week' as const, 'fortnight' as const),
    weekday: fc.integer({ min: 1, max: 7 }),
    time: fc.constant(null),
  }),
  fc.record({
    every: fc.constant('month' as const),
    week: fc.constantFrom(1 as const, 2 as const, 3 as const, 4 as const, 'last' as const),
    weekday: fc.integer({ min: 1, max: 7 }),
    time: fc.constant(null),
  }),
  fc.record({
    every: fc.constant('month' as const),
    date: fc.integer({ min: 1, max: 31 }),
    time: fc.constant(null),
  }),
);
const days = fc.integer({ min: 0, max: 3000 }).map((n) => addDays('2024-01-01', n));

describe('the days of a rhythm', () => {
  it('count a fortnight from its anchor', () => {
    const rhythm: Rhythm = { every: 'fortnight', weekday: 2, time: null };
    expect(nextDueDays(rhythm, '2026-01-05', '2026-01-01', 3)).toEqual([
      '2026-01-06',
      '2026-01-20',
      '2026-02-03',
    ]);
    expect(nextDueDays(rhythm, '2026-01-12', '2026-01-01', 2)).toEqual(['2026-01-13', '2026-01-27']);
  });

  it('come back to the 31st after a short month', () => {
    expect(nextDueDays({ every: 'month', date: 31, time: null }, '2026-01-01', '2026-01-01', 4)).toEqual([
      '2026-01-31',
      '2026-02-28',
      '2026-03-31',
      '2026-04-30',
    ]);
    expect(dueDayAfter({ every: 'month', date: 29, time: null }, '2028-02-01', '2028-02-01')).toBe(
      '2028-02-29',
    );
  });

  it('are none where it is never', () => {
    expect(nextDueDays({ every: 'never' }, '2026-01-05', '2026-01-05', 3)).toEqual([]);
    expect(newestDueDay({ every: 'never' }, '2026-01-05', '2026-02-05')).toBeNull();
  });

  it('lie after the day asked about, not before the anchor, and none is left out', () => {
    fc.assert(
      fc.property(rhythms, days, days, (rhythm, anchor, day) => {
        const due = dueDayAfter(rhythm, anchor, day) ?? '';
        expect(due > day && due >= anchor).toBe(true);
        expect(newestDueDay(rhythm, anchor, due)).toBe(due);
        expect(dueDayAfter(rhythm, anchor, addDays(due, -1))).toBe(due);
        expect('weekday' in rhythm ? rhythm.weekday : weekdayOf(due)).toBe(weekdayOf(due));
        const longest = { week: 7, fortnight: 14, month: 35 }[rhythm.every];
        expect(daysBetween(day < anchor ? addDays(anchor, -1) : day, due)).toBeLessThanOrEqual(longest);
      }),
    );
  });

  it('leave a full step after a pause', () => {
    expect(fullStepAfter(WEEKLY, '2026-02-05')).toBe('2026-02-12');
    expect(dueDayAfter(WEEKLY, '2026-01-05', addDays(fullStepAfter(WEEKLY, '2026-02-06'), -1))).toBe(
      '2026-02-19',
    );
  });
});
