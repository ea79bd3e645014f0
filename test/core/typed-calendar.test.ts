import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Rhythm, readRhythm } from '../../src/core/rhythm.ts';
import { clockText, nextAsks, rhythmText, usualSlot, workingCalendar } from '../../src/core/rhythm-text.ts';
import {
  hoursText,
  readHours,
  readPlace,
  readWeekdays,
  readZone,
  weekdaysText,
} from '../../src/core/typed-calendar.ts';
import { isOfficeMember, maySetWorkspace } from '../../src/core/workspace-settings.ts';

const time = fc
  .record({ hour: fc.integer({ min: 0, max: 23 }), minute: fc.integer({ min: 0, max: 59 }) })
  .map(({ hour, minute }) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`);

describe('working hours as they are typed', () => {
  it.each([
    ['9-17', '09:00', '17:00'],
    ['9:00–17:30', '09:00', '17:30'],
    ['8.30 to 5 pm', '08:30', '17:00'],
    ['10h until 18h30', '10:00', '18:30'],
    ['14:00—24:00', '14:00', '24:00'],
  ])('%s are %s to %s', (typed, from, to) => {
    expect(readHours(typed)).toEqual({ from, to });
  });

  it.each([
    '',
    '9',
    'nine to five',
    '9-17-18',
    '25:00-26:00',
    '9:00 17:00',
    '9 to',
  ])('"%s" are none', (typed) => {
    expect(readHours(typed)).toBeNull();
  });

  it('are read back from how they are shown', () => {
    fc.assert(
      fc.property(time, time, (from, to) => {
        expect(readHours(hoursText({ from, to }))).toEqual({ from, to });
      }),
    );
  });
});

describe('days of the week as they are typed', () => {
  it.each([
    ['Saturday, Sunday', [6, 7]],
    ['fri & sat', [5, 6]],
    ['Sun', [7]],
    ['none', []],
    ['sat sat', [6]],
  ])('"%s" are %j', (typed, days) => {
    expect(readWeekdays(typed)).toEqual(days);
  });

  it.each(['', ',', 'weekend', 'Sat, Blursday', 'none, sat'])('"%s" are none that can be read', (typed) => {
    expect(readWeekdays(typed)).toBeNull();
  });

  it('are read back from how they are shown', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 7 })), (days) => {
        const sorted = days.toSorted((a, b) => a - b);
        expect(readWeekdays(weekdaysText(sorted))).toEqual(sorted);
      }),
    );
  });
});

describe('a time zone as it is typed', () => {
  it.each([
    ['Europe/Berlin', 'Europe/Berlin'],
    ['berlin', 'Europe/Berlin'],
    ['new york', 'America/New_York'],
    ['utc', 'UTC'],
    ['Asia/Calcutta', 'Asia/Calcutta'],
  ])('"%s" is %s', (typed, zone) => {
    expect(readZone(typed)).toEqual({ zone });
  });

  it('is never a bare offset, which knows no summer time', () => {
    for (const typed of ['+01:00', 'GMT+1', 'CET+1', '', '/', '../etc'])
      expect(readZone(typed).zone).toBeNull();
  });

  it('comes with names that hold what was typed', () => {
    expect(readZone('argentina')).toMatchObject({ zone: null });
    expect(readZone('argentina')).toHaveProperty('near.0', expect.stringMatching(/^America\/Argentina\//));
  });
});

describe('a country as it is typed', () => {
  it.each([
    ['DE', 'DE', null],
    ['de-by', 'DE', 'BY'],
    ['germany', 'DE', null],
    ['United Kingdom', 'GB', null],
    ['uk', 'GB', null],
  ])('"%s" is %s %s', (typed, country, region) => {
    expect(readPlace(typed)).toEqual({ country, region });
  });

  it.each(['', 'Atlantis', 'ZZ', 'Q1', 'D', 'DE-', 'DE-BYXX', '🇩🇪'])('"%s" is none', (typed) => {
    expect(readPlace(typed)).toBeNull();
  });
});

describe('a rhythm in words', () => {
  const weekday = fc.integer({ min: 1, max: 7 });
  const maybe = fc.option(time);
  const rhythms: fc.Arbitrary<Rhythm> = fc.oneof(
    fc.record({ every: fc.constantFrom('week' as const, 'fortnight' as const), weekday, time: maybe }),
    fc.record({
      every: fc.constant('month' as const),
      week: fc.constantFrom(1 as const, 2 as const, 3 as const, 4 as const, 'last' as const),
      weekday,
      time: maybe,
    }),
    fc.record({ every: fc.constant('month' as const), date: fc.integer({ min: 1, max: 31 }), time: maybe }),
    fc.constant({ every: 'never' as const }),
  );

  it('is read back as what it was', () => {
    fc.assert(
      fc.property(rhythms, (rhythm) => {
        expect(readRhythm(rhythmText(rhythm))).toEqual(rhythm);
      }),
    );
  });

  it('asks at the own hour, and on the next working day where nobody works', () => {
    const calendar = workingCalendar({ zone: 'Europe/Berlin', slot: '08:15', holidays: ['2026-01-08'] });
    const asks = nextAsks(
      { every: 'week', weekday: 4, time: null },
      '2026-01-05',
      calendar,
      Date.UTC(2026, 0, 5),
      3,
    );
    expect(asks.map((at) => new Date(at).toISOString())).toEqual([
      '2026-01-09T07:15:00.000Z',
      '2026-01-15T07:15:00.000Z',
      '2026-01-22T07:15:00.000Z',
    ]);
    expect(clockText(asks[0] ?? 0, 'Europe/Berlin')).toBe('8:15');
    expect(nextAsks({ every: 'never' }, '2026-01-05', calendar, 0, 3)).toEqual([]);
  });

  it('asks once after a leave that covers several of its days', () => {
    const leave = [{ from: '2026-01-07', until: '2026-01-23', delegate: null }];
    const calendar = workingCalendar({ zone: 'UTC', leave });
    const asks = nextAsks(
      { every: 'week', weekday: 4, time: null },
      '2026-01-05',
      calendar,
      Date.UTC(2026, 0, 5),
      2,
    );
    expect(asks.map((at) => new Date(at).toISOString().slice(0, 10))).toEqual(['2026-01-26']);
  });

  it('leaves sponsors who begin later their half past eight', () => {
    expect(usualSlot({ from: '10:00', to: '18:00' }, true)).toBe('08:30');
    expect(usualSlot({ from: '10:00', to: '18:00' }, false)).toBe('10:00');
  });
});

describe('the programme office', () => {
  const person = (over: object) => ({
    id: 'U1',
    name: 'Ana',
    timezone: null,
    isBot: false,
    isDeactivated: false,
    isGuest: false,
    isExternal: false,
    isAdmin: false,
    ...over,
  });

  it('is the admins until members are named, and the members from then on', () => {
    expect(isOfficeMember({ members: [] }, person({ isAdmin: true }))).toBe(true);
    expect(isOfficeMember({ members: [] }, person({}))).toBe(false);
    expect(isOfficeMember({ members: ['U1'] }, person({}))).toBe(true);
    expect(isOfficeMember({ members: ['U2'] }, person({ isAdmin: true }))).toBe(false);
  });

  it.each(['isBot', 'isDeactivated', 'isGuest', 'isExternal'])('has nobody who %s', (why) => {
    expect(isOfficeMember({ members: ['U1'] }, person({ [why]: true, isAdmin: true }))).toBe(false);
    expect(isOfficeMember({ members: [] }, person({ [why]: true, isAdmin: true }))).toBe(false);
    expect(maySetWorkspace({ members: ['U1'] }, person({ [why]: true, isAdmin: true }))).toBe(false);
  });

  it('can be named anew by an admin when everybody in it has left', () => {
    expect(maySetWorkspace({ members: ['U2'] }, person({ isAdmin: true }))).toBe(true);
    expect(maySetWorkspace({ members: ['U2'] }, person({}))).toBe(false);
  });
});
