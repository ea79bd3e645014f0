import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { addDays, dayOf, isTimeZone } from '../../src/core/day.ts';
import {
  hasDay,
  isZone,
  nextWeekly,
  readTime,
  readWeekday,
  readWeekly,
  WEEKDAYS,
  type WeeklyRule,
  wallInstant,
  weeklyWords,
} from '../../src/core/schedule.ts';

// Half-hour and midnight changes, zones of both hemispheres, and one that once skipped a whole day.
const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/St_Johns',
  'America/Havana',
  'America/Sao_Paulo',
  'Asia/Beirut',
  'Africa/Cairo',
  'Africa/Casablanca',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Antarctica/Troll',
  'Pacific/Apia',
];
const zone = fc.constantFrom(...ZONES);
const two = (value: number) => String(value).padStart(2, '0');
const time = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom(0, 15, 30, 59))
  .map(([hour, minute]) => `${two(hour)}:${two(minute)}`);
const rule = fc.record({ weekday: fc.integer({ min: 1, max: 7 }), time });
const instant = fc.integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2040, 0, 1) });

const wallOf = (at: number, where: string) =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(where).toPlainDateTime();

/** Whether the rule falls due at an instant, said with wall clocks instead of instants. */
function fallsDue(weekly: WeeklyRule, where: string, next: number): boolean {
  const wall = wallOf(next, where);
  const wanted = Temporal.PlainTime.from(weekly.time);
  if (wall.toPlainTime().equals(wanted)) {
    return wall.dayOfWeek === weekly.weekday || !hasDay(addDays(wall.toPlainDate().toString(), -1), where);
  }
  // The wall time falls into a gap: it comes before the first instant after it and behind the last one ahead of it.
  const ahead = wallOf(next - 1, where);
  return (
    Temporal.PlainTime.compare(wanted, wall.toPlainTime()) < 0 &&
    Temporal.PlainDateTime.compare(ahead, wall.toPlainDate().toPlainDateTime(wanted)) < 0
  );
}

describe('what happens every week', () => {
  it('happens next after now, on its weekday, at its wall time', () => {
    fc.assert(
      fc.property(rule, zone, instant, (weekly, where, now) => {
        const next = nextWeekly(weekly, where, now);
        expect(next).toBeGreaterThan(now);
        expect(next - now).toBeLessThanOrEqual(9 * 86_400_000);
        expect(fallsDue(weekly, where, next)).toBe(true);
      }),
      { numRuns: 600 },
    );
  });

  it('happens once a week and never in between', () => {
    fc.assert(
      fc.property(
        rule,
        zone,
        instant,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (weekly, where, now, share) => {
          const first = nextWeekly(weekly, where, now);
          const second = nextWeekly(weekly, where, first);
          const days = wallOf(first, where).toPlainDate().until(wallOf(second, where).toPlainDate()).days;
          const moved = [first, second].some((at) => !hasDay(addDays(dayOf(at, where), -1), where));
          expect(moved ? [6, 7, 8] : [7]).toContain(days);
          const between = first + Math.floor((second - first - 1) * share);
          expect(nextWeekly(weekly, where, between)).toBe(second);
        },
      ),
      { numRuns: 300 },
    );
  });

  it.each([
    ['inside the gap', '02:30'],
    ['at its very beginning', '02:00'],
  ])('happens in the first minute after the gap when its wall time lies %s', (_name, at) => {
    const sunday = { weekday: 7, time: at };
    expect(nextWeekly(sunday, 'Europe/Berlin', Date.UTC(2026, 2, 26))).toBe(Date.UTC(2026, 2, 29, 1));
  });

  it('happens at the first instant of a day that has no midnight', () => {
    // Beirut goes from 23:59 on Saturday to 1:00 on Sunday, 29 March 2026.
    expect(wallInstant('2026-03-29', '00:00', 'Asia/Beirut')).toBe(Date.UTC(2026, 2, 28, 22));
  });

  it('takes the first of two equal wall times', () => {
    expect(wallInstant('2026-10-25', '02:30', 'Europe/Berlin')).toBe(Date.UTC(2026, 9, 25, 0, 30));
  });

  it('moves a day later where the day is skipped', () => {
    expect(hasDay('2011-12-30', 'Pacific/Apia')).toBe(false);
    const friday = { weekday: 5, time: '09:00' };
    const next = nextWeekly(friday, 'Pacific/Apia', Date.UTC(2011, 11, 29));
    expect(wallOf(next, 'Pacific/Apia').toString()).toBe('2011-12-31T09:00:00');
  });

  it('ends the day at 24:00', () => {
    expect(wallInstant('2026-03-29', '24:00', 'Europe/Berlin')).toBe(Date.UTC(2026, 2, 29, 22));
  });
});

describe('a weekday and a time as people type them', () => {
  it.each([
    ['weekly monday 9:00', 1, '09:00'],
    ['Mon 09:00', 1, '09:00'],
    ['every tuesday at 9am', 2, '09:00'],
    ['Tues 9', 2, '09:00'],
    ['wed 12am', 3, '00:00'],
    ['Thursdays 14.30', 4, '14:30'],
    ['thurs 14h', 4, '14:00'],
    ['thu 14h30', 4, '14:30'],
    ['on FRIDAY 12 pm', 5, '12:00'],
    ['sat', 6, '09:00'],
    ['Sundays', 7, '09:00'],
    ['sunday 23:59', 7, '23:59'],
  ])('%j is weekday %i at %s', (text, weekday, at) => {
    expect(readWeekly(text)).toEqual({ weekday, time: at });
  });

  it.each([
    '',
    'on',
    'mo 9:00',
    'tus 9:00',
    'someday 9:00',
    'monday 24:00',
    'monday 9:60',
    'monday 13pm',
    'monday 0am',
    'monday 9:5',
    'monday soon',
    'monday -1',
    '9:00',
    '9:00 monday',
    '<!channel>',
    '\u202emonday 9:00',
    'm'.repeat(40_000),
  ])('%j is none', (text) => {
    expect(readWeekly(text)).toBeNull();
  });

  it('can be said back in words that are read the same', () => {
    fc.assert(
      fc.property(rule, (weekly) => {
        expect(readWeekly(weeklyWords(weekly))).toEqual(weekly);
      }),
    );
    expect(weeklyWords({ weekday: 4, time: '08:05' })).toBe('Thursdays at 8:05');
  });

  it('is read by its parts too', () => {
    expect(WEEKDAYS.map((name) => readWeekday(name))).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(['mos', 'sas', 'x', 'mondays x'].map((word) => readWeekday(word))).toEqual([
      null,
      null,
      null,
      null,
    ]);
    expect(['7', '7pm', '07:05', ' 7.05 AM '].map((word) => readTime(word))).toEqual([
      '07:00',
      '19:00',
      '07:05',
      '07:05',
    ]);
    expect(['', '7:5', '25', '٩:٠٠', '9:00:00'].map((word) => readTime(word))).toEqual([
      null,
      null,
      null,
      null,
      null,
    ]);
  });
});

describe('a zone', () => {
  it('is every name this machine knows, and nothing else', () => {
    const known = Intl.supportedValuesOf('timeZone');
    expect(known.filter((name) => !isZone(name) || !isTimeZone(name))).toEqual([]);
    for (const wrong of [
      '',
      'Mars/Olympus',
      '<!channel>',
      'Europe/Berlin\u0000',
      '+25:00',
      'Europe Berlin',
    ]) {
      expect(isZone(wrong), wrong).toBe(false);
    }
  });
});
