import { describe, expect, it } from 'vitest';
import { nextWeekly, wallInstant } from '../../src/core/schedule.ts';

const at = (text: string) => Date.parse(text);
const HOUR = 3_600_000;

// The table of clock changes that other schedulers were measured on, answered by our own rules: a gap gives the first valid
// minute after it, an overlap the first of the two.
describe('wall times through clock changes', () => {
  it.each([
    ['New York, spring, 02:30 in the gap', '2026-03-08', '02:30', 'America/New_York', '2026-03-08T07:00Z'],
    [
      'New York, spring, 02:00, its beginning',
      '2026-03-08',
      '02:00',
      'America/New_York',
      '2026-03-08T07:00Z',
    ],
    ['New York, spring, 03:00, after it', '2026-03-08', '03:00', 'America/New_York', '2026-03-08T07:00Z'],
    [
      'New York, autumn, 01:30, the first of two',
      '2026-11-01',
      '01:30',
      'America/New_York',
      '2026-11-01T05:30Z',
    ],
    ['New York, autumn, 02:00, after both', '2026-11-01', '02:00', 'America/New_York', '2026-11-01T07:00Z'],
    [
      'Lord Howe, spring, 02:15 in 30 minutes',
      '2026-10-04',
      '02:15',
      'Australia/Lord_Howe',
      '2026-10-03T15:30Z',
    ],
    [
      'Lord Howe, autumn, 01:45, the first',
      '2026-04-05',
      '01:45',
      'Australia/Lord_Howe',
      '2026-04-04T14:45Z',
    ],
    ['Cairo, 00:30 in the gap at midnight', '2026-04-24', '00:30', 'Africa/Cairo', '2026-04-23T22:00Z'],
    ['Havana, 00:00 in the gap at midnight', '2026-03-08', '00:00', 'America/Havana', '2026-03-08T05:00Z'],
    ['Havana, 00:30 twice in autumn', '2026-11-01', '00:30', 'America/Havana', '2026-11-01T04:30Z'],
    ['Berlin, 02:30 on the night of 25 October', '2026-10-25', '02:30', 'Europe/Berlin', '2026-10-25T00:30Z'],
    ['Kolkata, half an hour off', '2026-10-25', '09:00', 'Asia/Kolkata', '2026-10-25T03:30Z'],
    ['Kathmandu, a quarter off', '2026-10-25', '09:00', 'Asia/Kathmandu', '2026-10-25T03:15Z'],
    ['Samoa, a day that does not exist', '2011-12-30', '09:00', 'Pacific/Apia', '2011-12-30T19:00Z'],
    ['Samoa, the day after it', '2011-12-31', '09:00', 'Pacific/Apia', '2011-12-30T19:00Z'],
    ['Berlin, the end of a day of 23 hours', '2026-03-29', '24:00', 'Europe/Berlin', '2026-03-29T22:00Z'],
  ])('%s', (_case, day, time, zone, instant) => {
    expect(new Date(wallInstant(day, time, zone)).toISOString()).toBe(new Date(at(instant)).toISOString());
  });
});

describe('a weekly rule', () => {
  const SUNDAY = 7;

  it('fires once on a night with a gap and a week later at its own time again', () => {
    const rule = { weekday: SUNDAY, time: '02:30' };
    const first = nextWeekly(rule, 'America/New_York', at('2026-03-07T12:00Z'));
    expect(first).toBe(at('2026-03-08T07:00Z'));
    expect(nextWeekly(rule, 'America/New_York', first)).toBe(at('2026-03-15T06:30Z'));
  });

  it('fires once, at the first of two, on a night with an overlap', () => {
    const rule = { weekday: SUNDAY, time: '01:30' };
    const first = nextWeekly(rule, 'America/New_York', at('2026-10-31T12:00Z'));
    expect(first).toBe(at('2026-11-01T05:30Z'));
    expect(nextWeekly(rule, 'America/New_York', first)).toBe(at('2026-11-08T06:30Z'));
  });

  it('moves to the day after a day that does not exist', () => {
    const friday = { weekday: 5, time: '09:00' };
    const before = at('2011-12-29T20:00Z');
    const moved = nextWeekly(friday, 'Pacific/Apia', before);
    expect(moved).toBe(at('2011-12-30T19:00Z'));
    expect(nextWeekly(friday, 'Pacific/Apia', moved - 1)).toBe(moved);
    expect(nextWeekly(friday, 'Pacific/Apia', moved)).toBe(at('2012-01-05T19:00Z'));
  });

  it('keeps its wall time all year, in every zone', () => {
    for (const zone of ['Europe/Berlin', 'America/Havana', 'Australia/Lord_Howe', 'Asia/Kolkata']) {
      let instant = at('2026-01-01T00:00Z');
      for (let week = 0; week < 52; week += 1) {
        const next = nextWeekly({ weekday: 1, time: '09:00' }, zone, instant);
        const wall = new Intl.DateTimeFormat('en-GB', {
          timeZone: zone,
          weekday: 'short',
          hour: '2-digit',
          minute: '2-digit',
        }).format(next);
        expect(wall).toBe('Mon 09:00');
        expect(next - instant).toBeLessThanOrEqual(7 * 24 * HOUR + HOUR);
        instant = next;
      }
    }
  });
});
