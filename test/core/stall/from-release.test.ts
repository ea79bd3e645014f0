import { describe, expect, it } from 'vitest';
import { workingCalendar } from '../../../src/core/calendar.ts';
import { pilotClocks } from '../../../src/core/stall/clocks.ts';
import { type StallFacts, stallFacts } from '../../../src/core/stall/facts.ts';
import { fromRelease } from '../../../src/core/stall/from-release.ts';
import { signalsOn } from '../../../src/core/stall.ts';

const calendar = workingCalendar({ zone: 'UTC' });
const RELEASED = '2026-03-02';
const criterion: StallFacts['criteria'][number] = {
  id: 'K1',
  metric: 'M1',
  role: 'required',
  isTyped: false,
  isAdoption: false,
  lacksBaseline: false,
  looks: [],
  isHarm: false,
  isForecastShort: false,
  elapsed: null,
  newest: '2026-01-12',
  expectedFrom: '2026-01-05',
  cadenceDays: 7,
  graceDays: 2,
  askedOn: null,
  course: null,
};
const facts = (over: Partial<StallFacts> = {}) =>
  stallFacts({
    today: '2026-03-20',
    calendar,
    start: '2026-01-05',
    graceFrom: '2026-01-05',
    stageSince: '2026-01-05',
    decisionDate: '2026-06-01',
    ...over,
  });
const rules = (given: StallFacts) => signalsOn(given).map(({ evidence }) => evidence.rule);

describe('a pilot that was released from watching', () => {
  it.each<readonly [string, Partial<StallFacts>, string]>([
    [
      'missed check-ins',
      { missedInRow: 3, missedDues: ['2026-02-05', '2026-02-12', '2026-02-19'] },
      'missed_check_ins',
    ],
    ['a phase that takes too long', { stageSince: '2025-12-01' }, 'late_phase'],
    [
      'a blocker without news',
      { blockers: [{ id: 'B1', heardOn: '2026-01-12', calendar }], today: '2026-03-05', graceFrom: null },
      'old_blocker',
    ],
    [
      'a sponsor who does not answer',
      {
        sponsor: { isMissing: false, calendar, askedOn: '2026-01-12', heardOn: null },
        today: '2026-03-04',
        graceFrom: null,
      },
      'silent_sponsor',
    ],
  ])('is not held to %s from before', (_name, over, rule) => {
    expect(rules(facts(over))).toContain(rule);
    expect(rules(fromRelease(facts(over), RELEASED))).not.toContain(rule);
  });

  it('is given two weeks of grace again', () => {
    const late = facts({ criteria: [criterion], today: '2026-03-10' });
    expect(rules(late)).toContain('old_data');
    expect(rules(fromRelease(late, RELEASED))).not.toContain('old_data');
  });

  it('has its clocks begin with the release', () => {
    const days = (given: StallFacts) => pilotClocks(given).map(({ clock, days: gone }) => [clock, gone]);
    expect(days(facts())).toEqual([
      ['value', 74],
      ['production', 74],
      ['progress', 74],
    ]);
    expect(days(fromRelease(facts(), RELEASED))).toEqual([
      ['value', 18],
      ['production', 18],
      ['progress', 18],
    ]);
  });

  it('is held to what comes after', () => {
    const after = facts({ missedInRow: 3, missedDues: ['2026-02-26', '2026-03-05', '2026-03-12'] });
    expect(fromRelease(after, RELEASED)).toMatchObject({
      missedInRow: 2,
      missedDues: ['2026-03-05', '2026-03-12'],
    });
    expect(fromRelease(after, null)).toBe(after);
  });
});
