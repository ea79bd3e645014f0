import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSendable, workingCalendar } from '../../src/core/business-time.ts';
import { type Duty, dailyMessages } from '../../src/core/daily-message.ts';
import { type Day, dayOf } from '../../src/core/day.ts';

const at = (text: string) => Date.parse(`${text}Z`);
const calendar = workingCalendar({ zone: 'Europe/Berlin', slot: '08:30' });
const duty = (when: string, pilot: string, person = 'ana') => ({ person, pilot, at: at(when) });
const none: ReadonlyMap<string, Day> = new Map();
const sent = (duties: Duty[], last: ReadonlyMap<string, Day>, now: string) =>
  dailyMessages(duties, () => calendar, last, at(now)).map((message) => [
    message.person,
    new Date(message.at).toISOString().slice(0, 16),
    message.duties.length,
  ]);

describe('the message of the day', () => {
  it('holds everything that is due that day, per person', () => {
    const duties = [
      duty('2026-01-08T08:00', 'a'),
      duty('2026-01-08T14:00', 'b'),
      duty('2026-01-09T08:00', 'c'),
      duty('2026-01-08T08:00', 'a', 'ben'),
    ];
    expect(sent(duties, none, '2026-01-08T06:00')).toEqual([
      ['ana', '2026-01-08T08:00', 2],
      ['ben', '2026-01-08T08:00', 1],
    ]);
  });

  it('waits for tomorrow where one went out today', () => {
    expect(
      sent([duty('2026-01-08T08:00', 'a')], new Map([['ana', '2026-01-08']]), '2026-01-08T12:00'),
    ).toEqual([['ana', '2026-01-09T07:30', 1]]);
  });

  it('brings what is late in one message', () => {
    const duties = [duty('2026-01-02T08:00', 'a'), duty('2026-01-06T08:00', 'b')];
    expect(sent(duties, none, '2026-01-10T12:00')).toEqual([['ana', '2026-01-12T07:30', 2]]);
  });

  it('never comes outside the hours, twice a day, or before the first of it is due', () => {
    const instants = fc.integer({ min: at('2026-03-20T00:00'), max: at('2026-04-05T00:00') });
    fc.assert(
      fc.property(fc.array(instants, { minLength: 1, maxLength: 9 }), instants, (times, begin) => {
        const last = new Map<string, Day>();
        let now = begin;
        let owed = times.map((when) => ({ person: 'ana', at: when }));
        while (owed.length > 0) {
          const [message] = dailyMessages(owed, () => calendar, last, now);
          const duties = new Set(message?.duties);
          now = message?.at ?? 0;
          const day = dayOf(now, calendar.zone);
          expect(isSendable(calendar, now, 'slot')).toBe(true);
          expect(day > (last.get('ana') ?? '')).toBe(true);
          expect(Math.min(...[...duties].map((one) => one.at))).toBeLessThanOrEqual(now);
          last.set('ana', day);
          owed = owed.filter((one) => !duties.has(one));
        }
      }),
    );
  });
});
