import { describe, expect, it } from 'vitest';
import { workingCalendar } from '../../../src/core/business-time.ts';
import { addDays } from '../../../src/core/day.ts';
import { pilotClocks } from '../../../src/core/stall/clocks.ts';
import { activeDays, type StallFacts, stallFacts } from '../../../src/core/stall/facts.ts';

const START = '2026-01-05';
const calendar = workingCalendar({ zone: 'UTC' });
const clocks = (week: number, given: Partial<StallFacts> = {}) =>
  pilotClocks(stallFacts({ today: addDays(START, 7 * week), calendar, start: START, ...given })).map(
    ({ clock, state }) => `${clock} ${state}`,
  );

describe('the three clocks of a pilot', () => {
  it('are early, due and late in their weeks', () => {
    expect(clocks(7)).toEqual(['value early', 'production early', 'progress early']);
    expect(clocks(8)).toEqual(['value due', 'production early', 'progress early']);
    expect(clocks(12)).toEqual(['value late', 'production early', 'progress early']);
    expect(clocks(13)).toEqual(['value late', 'production due', 'progress early']);
    expect(clocks(26)).toEqual(['value late', 'production late', 'progress late']);
  });

  it('stop where they have been reached, and begin again with progress', () => {
    expect(clocks(30, { valueOn: '2026-03-02', liveOn: '2026-05-04', progressOn: '2026-05-04' })).toEqual([
      'value done',
      'production done',
      'progress early',
    ]);
    expect(clocks(30, { stage: 'expand' })).toEqual(['value late', 'production late']);
  });

  it('take no time while the pilot rests', () => {
    const rested = { pauses: [['2026-02-02', '2026-03-02']] as const };
    expect(clocks(12, rested)).toEqual(['value due', 'production early', 'progress early']);
    expect(clocks(26, rested)).toEqual(['value late', 'production due', 'progress early']);
  });

  it('cannot be put off but by the one extension', () => {
    const until = addDays(START, 7 * 28);
    expect(clocks(28, { extendedUntil: until })[2]).toBe('progress due');
    const [, , late] = pilotClocks(
      stallFacts({ today: addDays(until, 1), calendar, start: START, extendedUntil: until }),
    );
    expect([late?.state, late?.until]).toEqual(['late', until]);
  });

  it('do not run before the start or after the end', () => {
    expect(clocks(-1)).toEqual([]);
    expect(clocks(5, { stage: 'stopped' })).toEqual([]);
    expect(clocks(5, { start: null })).toEqual([]);
  });
});

describe('the days a pilot did not rest', () => {
  it('leave out pauses once, whether they overlap, reach beyond, or still run', () => {
    const days = (...pauses: [string, string | null][]) => activeDays(pauses, '2026-02-01', '2026-02-28');
    expect(days()).toBe(27);
    expect(days(['2026-02-05', '2026-02-10'], ['2026-02-03', '2026-02-08'])).toBe(20);
    expect(days(['2026-01-01', '2026-02-11'])).toBe(17);
    expect(days(['2026-02-21', null])).toBe(20);
    expect(days(['2026-03-05', null], ['2026-01-01', '2026-01-20'])).toBe(27);
    expect(activeDays([], '2026-02-28', '2026-02-01')).toBe(0);
  });
});
