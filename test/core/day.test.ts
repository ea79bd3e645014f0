import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  addMonths,
  type Cadence,
  dayFromEpoch,
  dayOf,
  daysBetween,
  epochDay,
  isDay,
  isTimeZone,
  parseInstant,
  periodContaining,
  periodEnding,
  periodNumbered,
  periodsOf,
  startOfDay,
  weekdayOf,
} from '../../src/core/day.ts';

const at = (text: string) => parseInstant(text) ?? Number.NaN;

describe('days', () => {
  it.each([
    '2026-02-28',
    '2028-02-29',
    '2000-02-29',
    '1970-01-01',
    '0001-01-01',
    '9999-12-31',
  ])('%s is one', (text) => {
    expect(isDay(text)).toBe(true);
  });

  it.each([
    '2026-02-29',
    '1900-02-29',
    '2026-13-01',
    '2026-00-01',
    '2026-01-00',
    '2026-04-31',
    '26-01-01',
    '2026-1-1',
    '2026-01-01 ',
    '',
    '٢٠٢٦-٠١-٠١',
    '2026/01/01',
    '2026-01-01T00:00:00Z',
  ])('%j is none', (text) => {
    expect(isDay(text)).toBe(false);
  });

  it('count back and forth without loss', () => {
    fc.assert(
      fc.property(fc.integer({ min: -719_162, max: 2_932_896 }), (count) => {
        const day = dayFromEpoch(count);
        expect(epochDay(day)).toBe(count);
        expect(isDay(day)).toBe(true);
        expect(startOfDay(day, 'UTC')).toBe(Date.parse(`${day}T00:00:00Z`));
      }),
    );
  });

  it('lie as far apart as they were moved', () => {
    expect(addDays('2026-12-30', 5)).toBe('2027-01-04');
    expect(addDays('2028-03-01', -1)).toBe('2028-02-29');
    expect(daysBetween('2026-03-30', '2026-03-28')).toBe(-2);
  });

  it('know their weekday', () => {
    expect(['2026-01-05', '2026-01-11', '1969-12-31'].map(weekdayOf)).toEqual([1, 7, 3]);
  });
});

describe('a day begins', () => {
  it.each([
    ['2026-03-29', 'Europe/Berlin', '2026-03-28T23:00:00Z', 'before the clocks go forward'],
    ['2026-03-30', 'Europe/Berlin', '2026-03-29T22:00:00Z', 'after the clocks went forward'],
    ['2026-10-25', 'Europe/Berlin', '2026-10-24T22:00:00Z', 'before the clocks go back'],
    ['2026-10-26', 'Europe/Berlin', '2026-10-25T23:00:00Z', 'after the clocks went back'],
    ['2026-03-08', 'America/Havana', '2026-03-08T05:00:00Z', 'at one, where midnight is skipped'],
    ['2026-11-01', 'America/Havana', '2026-11-01T04:00:00Z', 'at the first of two midnights'],
    ['2026-10-04', 'Australia/Lord_Howe', '2026-10-03T13:30:00Z', 'before half an hour is skipped'],
    ['2026-10-05', 'Australia/Lord_Howe', '2026-10-04T13:00:00Z', 'after half an hour was skipped'],
    ['2026-04-06', 'Australia/Lord_Howe', '2026-04-05T13:30:00Z', 'after half an hour came twice'],
    ['2011-12-30', 'Pacific/Apia', '2011-12-30T10:00:00Z', 'on the next day, where Samoa skipped it'],
    ['2011-12-31', 'Pacific/Apia', '2011-12-30T10:00:00Z', 'as it did'],
    ['2026-06-01', 'Asia/Kathmandu', '2026-05-31T18:15:00Z', 'in a zone of quarters'],
    ['2026-03-30', 'America/Los_Angeles', '2026-03-30T07:00:00Z', 'in the west'],
  ])('%s in %s at %s: %s', (day, zone, instant) => {
    expect(startOfDay(day, zone)).toBe(at(instant));
    // Asked twice, the answer comes from memory.
    expect(startOfDay(day, zone)).toBe(at(instant));
  });

  it('and holds until the next one begins', () => {
    const zones = ['Europe/Berlin', 'America/Havana', 'Australia/Lord_Howe', 'America/Los_Angeles', 'UTC'];
    fc.assert(
      fc.property(fc.integer({ min: 20_000, max: 21_500 }), fc.constantFrom(...zones), (count, zone) => {
        const day = dayFromEpoch(count);
        const start = startOfDay(day, zone);
        expect(dayOf(start, zone)).toBe(day);
        expect(dayOf(start - 1, zone)).toBe(dayFromEpoch(count - 1));
      }),
    );
  });

  it('is what the zone says, around every change of clocks and in any order', () => {
    // Newfoundland set clocks back a minute after midnight until 2011, so that a day began twice.
    const changes = [
      ['America/St_Johns', '2010-11-07T02:31:00Z'],
      ['Asia/Beirut', '2026-10-24T21:00:00Z'],
      ['America/Havana', '2026-03-08T05:00:00Z'],
      ['Europe/Berlin', '2026-10-25T01:00:00Z'],
    ] as const;
    const around = fc.integer({ min: -60 * 48, max: 60 * 48 });
    fc.assert(
      fc.property(
        fc.constantFrom(...changes),
        fc.array(around, { minLength: 20 }),
        ([zone, change], minutes) => {
          for (const minute of minutes) {
            const instant = at(change) + minute * 60_000;
            const parts = new Intl.DateTimeFormat('sv', { timeZone: zone }).format(instant);
            expect(dayOf(instant, zone)).toBe(parts);
          }
        },
      ),
    );
  });

  it('skips the day Samoa skipped', () => {
    expect(dayOf(at('2011-12-30T09:59:59Z'), 'Pacific/Apia')).toBe('2011-12-29');
    expect(dayOf(at('2011-12-30T10:00:00Z'), 'Pacific/Apia')).toBe('2011-12-31');
  });
});

describe('instants', () => {
  it.each([
    ['2026-01-27T09:00:00Z', 1_769_504_400_000],
    ['2026-01-27T10:00:00+01:00', 1_769_504_400_000],
    ['2026-01-27T09:00Z', 1_769_504_400_000],
  ])('%s is %i', (text, instant) => {
    expect(parseInstant(text)).toBe(instant);
  });

  it.each([
    '2026-01-27',
    '2026-01-27T09:00:00',
    '27.1.2026 9:00',
    '',
    'now',
    '2026-02-30T00:00:00Z',
  ])('%j is none', (text) => {
    expect(parseInstant(text)).toBeNull();
  });

  it.each([
    ['Europe/Berlin', true],
    ['UTC', true],
    ['Mars/Olympus', false],
    ['', false],
    ['Europe/Berlin; drop table', false],
  ])('zone %j exists: %s', (name, expected) => {
    expect(isTimeZone(name)).toBe(expected);
  });
});

describe('months', () => {
  it.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2028-01-31', 1, '2028-02-29'],
    ['2026-01-31', 2, '2026-03-31'],
    ['2026-11-30', 3, '2027-02-28'],
    ['2026-03-31', -1, '2026-02-28'],
  ])('%s and %i months is %s', (day, months, expected) => {
    expect(addMonths(day, months)).toBe(expected);
  });
});

describe('periods', () => {
  const spans = (start: string, cadence: Cadence, until: string) =>
    periodsOf(start, cadence, until).map((period) => `${period.number} ${period.start} ${period.end}`);

  it('are weeks of seven days from the start', () => {
    expect(spans('2026-01-05', { days: 7 }, '2026-01-25')).toEqual([
      '1 2026-01-05 2026-01-12',
      '2 2026-01-12 2026-01-19',
      '3 2026-01-19 2026-01-26',
    ]);
  });

  it('end with the last whole one', () => {
    expect(spans('2026-01-05', { days: 7 }, '2026-01-17')).toEqual(['1 2026-01-05 2026-01-12']);
    expect(spans('2026-01-05', { days: 7 }, '2026-01-01')).toEqual([]);
  });

  it('are calendar months from the start, and come back to the 31st', () => {
    expect(spans('2026-01-31', { months: 1 }, '2026-05-30')).toEqual([
      '1 2026-01-31 2026-02-28',
      '2 2026-02-28 2026-03-31',
      '3 2026-03-31 2026-04-30',
      '4 2026-04-30 2026-05-31',
    ]);
  });

  it('are quarters of three months', () => {
    expect(spans('2025-11-30', { months: 3 }, '2026-09-01')).toEqual([
      '1 2025-11-30 2026-02-28',
      '2 2026-02-28 2026-05-30',
      '3 2026-05-30 2026-08-30',
    ]);
  });

  it('refuse to last no time', () => {
    expect(() => periodsOf('2026-01-05', { days: 0 }, '2026-02-01')).toThrow(RangeError);
  });

  const cadence: fc.Arbitrary<Cadence> = fc.oneof(
    fc.record({ days: fc.integer({ min: 1, max: 40 }) }),
    fc.record({ months: fc.integer({ min: 1, max: 12 }) }),
  );

  it('follow each other without gap or overlap, and each day lies in one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 20_000, max: 22_000 }), cadence, fc.nat(1500), (start, each, later) => {
        const first = dayFromEpoch(start);
        const day = dayFromEpoch(start + later);
        const period = periodContaining(first, each, day);
        expect(period).not.toBeNull();
        const number = period?.number ?? 0;
        expect((period?.start ?? '~') <= day && day < (period?.end ?? '')).toBe(true);
        expect(periodNumbered(first, each, number + 1).start).toBe(period?.end);
        expect(periodEnding(first, each, period?.end ?? '')).toEqual(period);
      }),
    );
  });

  it('lie nowhere before the start', () => {
    expect(periodContaining('2026-01-05', { days: 7 }, '2026-01-04')).toBeNull();
    expect(periodEnding('2026-01-05', { months: 1 }, '2026-01-05')).toBeNull();
  });
});
