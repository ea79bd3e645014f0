import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addWorkingDays,
  addWorkingTime,
  firstSendable,
  isSendable,
  isWorking,
  nextSlot,
  nextWorking,
  slotOn,
  workingCalendar,
  workingTimeBetween,
} from '../../src/core/business-time.ts';
import {
  awayOn,
  hoursAt,
  isWorkingDay,
  workingDayFrom,
  workingDaysBetween,
} from '../../src/core/calendar.ts';
import { calendarProblems, weekendOf } from '../../src/core/calendar-settings.ts';
import { addDays } from '../../src/core/day.ts';

const at = (text: string) => Date.parse(text);
const HOUR = 3_600_000;
const iso = (instant: number) => new Date(instant).toISOString().slice(0, 16);

describe('a clock of eight working hours', () => {
  const friday = at('2026-01-09T16:00Z');

  it('that starts on Friday at 16:00 runs out on Monday at 16:00', () => {
    const calendar = workingCalendar({ zone: 'UTC' });
    expect(iso(addWorkingTime(calendar, friday, 8 * HOUR))).toBe('2026-01-12T16:00');
    expect(iso(addWorkingDays(calendar, friday, 1))).toBe('2026-01-12T16:00');
  });

  it('runs out on Tuesday where Monday is a holiday', () => {
    const calendar = workingCalendar({ zone: 'UTC', holidays: ['2026-01-12'] });
    expect(iso(addWorkingTime(calendar, friday, 8 * HOUR))).toBe('2026-01-13T16:00');
    expect(iso(addWorkingDays(calendar, friday, 1))).toBe('2026-01-13T16:00');
  });

  it('does not start on a Saturday', () => {
    const calendar = workingCalendar({ zone: 'UTC' });
    const saturday = at('2026-01-10T11:00Z');
    expect(iso(firstSendable(calendar, saturday))).toBe('2026-01-12T09:00');
    expect(iso(addWorkingTime(calendar, saturday, HOUR))).toBe('2026-01-12T10:00');
    expect(iso(addWorkingDays(calendar, saturday, 1))).toBe('2026-01-13T09:00');
  });

  it('stands still on leave', () => {
    const leave = [{ from: '2026-01-12', until: '2026-01-23', delegate: 'U2' }];
    const calendar = workingCalendar({ zone: 'UTC', leave });
    expect(iso(addWorkingTime(calendar, friday, 8 * HOUR))).toBe('2026-01-26T16:00');
    expect(iso(nextWorking(calendar, at('2026-01-14T10:00Z')))).toBe('2026-01-26T09:00');
  });

  it('takes nothing off for none', () => {
    const calendar = workingCalendar({ zone: 'UTC' });
    expect(addWorkingTime(calendar, friday, 0)).toBe(friday);
    expect(iso(addWorkingDays(calendar, at('2026-01-10T11:00Z'), 0))).toBe('2026-01-12T09:00');
  });
});

describe('working days of a person', () => {
  it('begin on Sunday in Riyadh', () => {
    const calendar = workingCalendar({ zone: 'Asia/Riyadh', country: 'SA' });
    expect(workingDayFrom(calendar, '2026-01-08', 1)).toBe('2026-01-11');
    expect(workingDayFrom(calendar, '2026-01-11', -1)).toBe('2026-01-08');
    expect(workingDaysBetween(calendar, '2026-01-08', '2026-01-15')).toBe(5);
    expect([weekendOf('IN'), weekendOf('AE'), weekendOf('AF')]).toEqual([
      [6, 7],
      [6, 7],
      [4, 5],
    ]);
  });

  it('skip holidays and leave, and know who stands in', () => {
    const calendar = workingCalendar({
      zone: 'UTC',
      holidays: ['2026-01-06'],
      leave: [
        { from: '2026-01-07', until: '2026-01-08', delegate: 'U2' },
        { from: '2026-01-08', until: '2026-01-13', delegate: 'U3' },
      ],
    });
    expect(workingDayFrom(calendar, '2026-01-05', 1)).toBe('2026-01-14');
    expect(awayOn(calendar, '2026-01-07')?.delegate).toBe('U2');
    expect(awayOn(calendar, '2026-01-08')?.delegate).toBe('U3');
    expect(awayOn(calendar, '2026-01-14')).toBeNull();
    expect(() => workingDayFrom(calendar, '2026-01-05', 0)).toThrow(RangeError);
  });

  it('do not include one that a zone skips', () => {
    const calendar = workingCalendar({ zone: 'Pacific/Apia' });
    expect(isWorkingDay(calendar, '2011-12-30')).toBe(false);
    expect(workingDayFrom(calendar, '2011-12-29', 1)).toBe('2012-01-02');
    expect(hoursAt(calendar, '2011-12-30')).toBeNull();
    expect(workingDaysBetween(calendar, '2011-12-28', '2012-01-03')).toBe(3);
    expect(iso(nextSlot(calendar, at('2011-12-30T05:00Z')))).toBe('2012-01-01T19:00');
  });

  it('are as long as the wall says when clocks change', () => {
    const allDay = (zone: string) =>
      workingCalendar({ zone, hours: { from: '00:00', to: '24:00' }, weekend: [], slot: '09:00' });
    const length = (zone: string, day: string) => {
      const hours = hoursAt(allDay(zone), day);
      return hours === null ? null : (hours.to - hours.from) / HOUR;
    };
    expect(length('Europe/Berlin', '2026-03-29')).toBe(23);
    expect(length('Europe/Berlin', '2026-10-25')).toBe(25);
    expect(length('Australia/Lord_Howe', '2026-10-04')).toBe(23.5);
    expect(length('Australia/Lord_Howe', '2026-04-05')).toBe(24.5);
    expect(length('America/Havana', '2026-03-08')).toBe(23);
  });

  it('are left out where a clock change swallows the hours', () => {
    const night = workingCalendar({
      zone: 'Europe/Berlin',
      weekend: [],
      hours: { from: '02:10', to: '02:50' },
      slot: '09:00',
    });
    expect(hoursAt(night, '2026-03-29')).toBeNull();
    expect(iso(nextWorking(night, at('2026-03-28T12:00Z')))).toBe('2026-03-30T00:10');
  });

  it('may be short, and count in full', () => {
    const calendar = workingCalendar({ zone: 'UTC', weekdays: { 5: { from: '09:00', to: '12:00' } } });
    const thursday = at('2026-01-08T16:00Z');
    expect(iso(addWorkingDays(calendar, thursday, 1))).toBe('2026-01-09T12:00');
    expect(iso(addWorkingDays(calendar, thursday, 2))).toBe('2026-01-12T16:00');
    expect(isWorking(calendar, at('2026-01-09T12:00Z'))).toBe(false);
  });
});

describe('the hour of a message', () => {
  const sponsor = workingCalendar({ zone: 'Asia/Kolkata', slot: '08:30' });

  it('is the slot of the person, in their own zone', () => {
    expect(iso(nextSlot(sponsor, at('2026-01-09T06:00Z')))).toBe('2026-01-12T03:00');
    expect(slotOn(sponsor, '2026-01-10')).toBeNull();
  });

  it('may come a little late, but not after work', () => {
    expect(isSendable(sponsor, at('2026-01-12T03:00Z'), 'slot')).toBe(true);
    expect(isSendable(sponsor, at('2026-01-12T11:29Z'), 'slot')).toBe(true);
    expect(isSendable(sponsor, at('2026-01-12T11:30Z'), 'slot')).toBe(false);
    expect(isSendable(sponsor, at('2026-01-12T03:00Z'))).toBe(false);
    expect(iso(firstSendable(sponsor, at('2026-01-12T11:30Z'), 'slot'))).toBe('2026-01-13T03:00');
    expect(iso(firstSendable(sponsor, at('2026-01-12T11:30Z')))).toBe('2026-01-13T03:30');
  });

  it('waits until Slack may disturb again', () => {
    const quiet = [
      { from: at('2026-01-12T10:00Z'), until: at('2026-01-13T10:00Z') },
      { from: at('2026-01-12T08:00Z'), until: at('2026-01-12T10:30Z') },
    ];
    const calendar = workingCalendar({ zone: 'UTC', quiet });
    expect(iso(firstSendable(calendar, at('2026-01-12T09:00Z')))).toBe('2026-01-13T10:00');
    expect(slotOn(calendar, '2026-01-12')).toBeNull();
    expect(iso(nextSlot(calendar, at('2026-01-12T07:00Z')))).toBe('2026-01-13T10:00');
    expect(isSendable(calendar, at('2026-01-12T09:00Z'))).toBe(false);
    expect(isWorking(calendar, at('2026-01-12T09:00Z'))).toBe(true);
  });

  it('is the beginning of work on days that end before the slot', () => {
    const calendar = workingCalendar({
      zone: 'UTC',
      slot: '15:00',
      weekdays: { 5: { from: '09:00', to: '12:00' } },
    });
    expect(iso(slotOn(calendar, '2026-01-09') ?? 0)).toBe('2026-01-09T09:00');
    expect(iso(slotOn(calendar, '2026-01-08') ?? 0)).toBe('2026-01-08T15:00');
  });
});

describe('calendar settings', () => {
  it('name everything that is wrong with them', () => {
    const problems = calendarProblems({
      zone: 'Mars/Olympus',
      hours: { from: '9', to: '17:00' },
      weekdays: { 8: null, 5: { from: '12:00', to: '12:00' } },
      weekend: [0],
      slot: '04:00',
      holidays: ['2026-02-30'],
      leave: [
        { from: '2026-02-02', until: '2026-02-01', delegate: null },
        { from: 'soon', until: '2026-02-01', delegate: null },
        { from: '2026-02-02', until: '9999-12-31', delegate: null },
      ],
    });
    expect(problems.map(({ part, why }) => `${part} ${why}`)).toEqual([
      'zone unknown',
      'hours not_a_time',
      'hours ends_first',
      'weekend unknown',
      'weekend unknown',
      'slot at_night',
      'holiday not_a_day',
      'leave ends_first',
      'leave not_a_day',
      'leave too_long',
    ]);
    expect(calendarProblems({ zone: 'UTC', slot: 'noon' })[0]?.why).toBe('not_a_time');
  });

  it('are refused when nothing can be made of them', () => {
    expect(() => workingCalendar({ zone: 'UTC', weekend: [1, 2, 3, 4, 5, 6, 7] })).toThrow(/no_working_day/);
  });
});

const zones = fc.constantFrom(
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/Havana',
  'Africa/Cairo',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'Pacific/Apia',
);
const calendars = fc
  .record({
    zone: zones,
    country: fc.constantFrom(null, 'SA', 'NP', 'AF'),
    slot: fc.constantFrom('06:00', '08:30', '09:00', '16:00'),
    holidays: fc.array(fc.integer({ min: 0, max: 60 }).map((n) => addDays('2026-03-01', n))),
    leave: fc.array(
      fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 20 })).map(([from, length]) => ({
        from: addDays('2026-03-01', from),
        until: addDays('2026-03-01', from + length),
        delegate: null,
      })),
      { maxLength: 3 },
    ),
    quiet: fc.array(
      fc.tuple(fc.integer({ min: 0, max: 1440 }), fc.integer({ min: 1, max: 48 })).map(([from, length]) => ({
        from: at('2026-03-01T00:00Z') + from * HOUR,
        until: at('2026-03-01T00:00Z') + (from + length) * HOUR,
      })),
      { maxLength: 3 },
    ),
  })
  .map(workingCalendar);
const days = fc.integer({ min: -10, max: 80 }).map((n) => addDays('2026-03-01', n));

describe('working days', () => {
  it('between two days are those that are worked, counted one by one', () => {
    fc.assert(
      fc.property(calendars, days, fc.integer({ min: -5, max: 90 }), (calendar, from, length) => {
        const to = addDays(from, length);
        const each = Array.from({ length: Math.max(0, length) }, (_, index) => addDays(from, index + 1));
        const worked = each.filter((day) => isWorkingDay(calendar, day)).length;
        expect(workingDaysBetween(calendar, from, to)).toBe(worked);
      }),
    );
  });
});

const instants = fc.integer({ min: at('2026-02-20T00:00Z'), max: at('2026-05-01T00:00Z') });

describe('business time', () => {
  it('measures what it adds', () => {
    fc.assert(
      fc.property(calendars, instants, fc.integer({ min: 1, max: 80 * HOUR }), (calendar, instant, ms) => {
        const due = addWorkingTime(calendar, instant, ms);
        expect(workingTimeBetween(calendar, instant, due)).toBe(ms);
        expect(workingTimeBetween(calendar, instant, due - 1)).toBe(ms - 1);
        expect(workingTimeBetween(calendar, due, instant)).toBe(0);
      }),
    );
  });

  it('adds in parts what it adds at once', () => {
    fc.assert(
      fc.property(
        calendars,
        instants,
        fc.nat(40 * HOUR),
        fc.nat(40 * HOUR),
        (calendar, instant, one, two) => {
          const apart = addWorkingTime(calendar, addWorkingTime(calendar, instant, one), two);
          expect(apart).toBe(addWorkingTime(calendar, instant, one + two));
        },
      ),
    );
  });

  it('never sends outside the hours, nor earlier than asked, nor later than it could', () => {
    const windows = fc.constantFrom('hours' as const, 'slot' as const);
    fc.assert(
      fc.property(calendars, instants, windows, (calendar, instant, window) => {
        const sent = firstSendable(calendar, instant, window);
        expect(sent >= instant && isSendable(calendar, sent, window)).toBe(true);
        expect(sent === instant || !isSendable(calendar, sent - 1, window)).toBe(true);
        expect(firstSendable(calendar, sent, window)).toBe(sent);
        const slot = nextSlot(calendar, instant);
        expect(slot >= instant && isSendable(calendar, slot, 'slot')).toBe(true);
      }),
    );
  });

  it('adds days that end at work', () => {
    fc.assert(
      fc.property(calendars, instants, fc.integer({ min: 1, max: 15 }), (calendar, instant, days) => {
        const due = addWorkingDays(calendar, instant, days);
        expect(isWorking(calendar, due) || isWorking(calendar, due - 1)).toBe(true);
        const from = nextWorking(calendar, instant);
        expect(addWorkingDays(calendar, from, days)).toBe(due);
        expect(due).toBeGreaterThan(from);
      }),
    );
  });
});
