import { describe, expect, it } from 'vitest';
import { workingCalendar } from '../../../src/core/business-time.ts';
import { addDays, type Day } from '../../../src/core/day.ts';
import type { Verdict } from '../../../src/core/evaluate/criterion.ts';
import { type CriterionSigns, type StallFacts, stallFacts } from '../../../src/core/stall/facts.ts';
import { settingsOf } from '../../../src/core/stall/settings.ts';
import { signalKey } from '../../../src/core/stall/signal.ts';
import { findingsOf, signalsOn, stallLook } from '../../../src/core/stall.ts';

const TODAY = '2026-03-30';
const calendar = workingCalendar({ zone: 'UTC' });
const ago = (days: number): Day => addDays(TODAY, -days);

const promise = (signs: Partial<CriterionSigns> = {}): CriterionSigns => ({
  id: 'c1',
  metric: 'cost',
  role: 'required',
  isTyped: false,
  isAdoption: false,
  lacksBaseline: false,
  looks: [],
  isHarm: false,
  isForecastShort: false,
  elapsed: 0.5,
  newest: TODAY,
  expectedFrom: ago(70),
  cadenceDays: 7,
  graceDays: 2,
  askedOn: null,
  course: null,
  ...signs,
});
const facts = (given: Partial<StallFacts> = {}) =>
  stallFacts({ today: TODAY, calendar, start: ago(70), ...given });
const withPromise = (signs: Partial<CriterionSigns>) => facts({ criteria: [promise(signs)] });
/** Cause and weight of all that was seen; a hint carries a question mark. */
const seen = (given: StallFacts) =>
  signalsOn(given).map(({ cause, weight, isSure }) => `${cause} ${weight}${isSure ? '' : '?'}`);
const run = (verdict: Verdict, times: number): Verdict[] => Array.from({ length: times }, () => verdict);
const values = (...numbers: number[]) => numbers.map((value, index) => ({ period: index + 1, value }));
const sponsor = (askedOn: Day | null, heardOn: Day | null = null, leave: [Day, Day][] = []) => ({
  isMissing: false,
  calendar: workingCalendar({
    zone: 'UTC',
    leave: leave.map(([from, until]) => ({ from, until, delegate: null })),
  }),
  askedOn,
  heardOn,
});

describe('a pilot on which nothing is wrong', () => {
  it('shows nothing', () => {
    expect(seen(facts())).toEqual([]);
    expect(seen(withPromise({ looks: ['on_track', 'met', 'too_early'] }))).toEqual([]);
  });
});

describe.each<[string, [string, StallFacts, string[]][]]>([
  [
    'A, rhythm',
    [
      ['no check-in missed', facts({ missedInRow: 0 }), []],
      ['one missed', facts({ missedInRow: 1 }), ['rhythm 1']],
      ['two missed', facts({ missedInRow: 2 }), ['rhythm 2']],
      ['three missed', facts({ missedInRow: 3 }), ['rhythm 2']],
      ['four missed', facts({ missedInRow: 4 }), ['rhythm 4']],
    ],
  ],
  [
    'B, data',
    [
      ['nine days old', withPromise({ newest: ago(9) }), []],
      ['ten days old', withPromise({ newest: ago(10) }), ['data 1']],
      ['sixteen days old', withPromise({ newest: ago(16) }), ['data 1']],
      ['seventeen days old', withPromise({ newest: ago(17) }), ['data 2']],
      ['old, and rested meanwhile', { ...withPromise({ newest: ago(17) }), pauses: [[ago(15), ago(5)]] }, []],
      ['never measured, from the first effect on', withPromise({ newest: null, expectedFrom: ago(9) }), []],
      ['never measured for long', withPromise({ newest: null, expectedFrom: ago(40) }), ['data 2']],
      ['old, of a guardrail', withPromise({ role: 'guardrail', newest: ago(40) }), []],
    ],
  ],
  [
    'B, typed data is rhythm',
    [
      ['old, and nobody asked', withPromise({ isTyped: true, newest: ago(60) }), []],
      ['asked two days ago', withPromise({ isTyped: true, newest: ago(60), askedOn: ago(2) }), []],
      [
        'asked three days ago',
        withPromise({ isTyped: true, newest: ago(60), askedOn: ago(3) }),
        ['rhythm 1'],
      ],
      ['asked ten days ago', withPromise({ isTyped: true, newest: ago(60), askedOn: ago(10) }), ['rhythm 2']],
      ['asked, and it came', withPromise({ isTyped: true, newest: ago(1), askedOn: ago(10) }), []],
    ],
  ],
  [
    'C, progress',
    [
      ['off track once', withPromise({ looks: ['on_track', 'off_track'] }), []],
      ['off track twice', withPromise({ looks: run('off_track', 2) }), ['progress 2']],
      ['off track four times', withPromise({ looks: run('off_track', 4) }), ['progress 4']],
      [
        'off track twice, at risk in between',
        withPromise({ looks: ['off_track', 'at_risk', 'off_track'] }),
        ['progress 2'],
      ],
      ['off track twice, at risk now', withPromise({ looks: [...run('off_track', 2), 'at_risk'] }), []],
      [
        'off track twice, on track in between',
        withPromise({ looks: ['off_track', 'on_track', 'off_track'] }),
        [],
      ],
      [
        'off track twice, with no numbers in between',
        withPromise({ looks: ['off_track', 'stale', 'no_data', 'off_track'] }),
        ['progress 2'],
      ],
      ['an informative one', withPromise({ role: 'informative', looks: run('off_track', 4) }), []],
      ['a guardrail', withPromise({ role: 'guardrail', looks: run('off_track', 2) }), ['progress 2']],
      ['regressed once', withPromise({ looks: ['met', 'regressed'] }), []],
      ['regressed twice', withPromise({ looks: run('regressed', 2) }), ['progress 2']],
      [
        'forecast short late',
        withPromise({ looks: run('at_risk', 2), isForecastShort: true, elapsed: 0.75 }),
        ['progress 4?'],
      ],
      [
        'forecast short early',
        withPromise({ looks: run('at_risk', 2), isForecastShort: true, elapsed: 0.74 }),
        [],
      ],
      [
        'forecast short, one look',
        withPromise({ looks: ['at_risk'], isForecastShort: true, elapsed: 0.8 }),
        [],
      ],
      ['harm', withPromise({ role: 'guardrail', isHarm: true }), ['progress 4']],
    ],
  ],
  [
    'C, flat',
    [
      [
        'flat over six periods',
        withPromise({
          looks: run('at_risk', 2),
          course: { direction: 'up', goal: 40, left: 6, values: values(25, 25, 25.1, 25, 25.1, 25) },
        }),
        ['progress 2?'],
      ],
      [
        'flat over six periods and off track now',
        withPromise({
          looks: ['at_risk', 'off_track'],
          course: { direction: 'up', goal: 40, left: 6, values: values(25, 25, 25.1, 25, 25.1, 25) },
        }),
        ['progress 2'],
      ],
      [
        'flat over five periods',
        withPromise({
          looks: run('at_risk', 2),
          course: { direction: 'up', goal: 40, left: 6, values: values(25, 25, 25.1, 25, 25) },
        }),
        [],
      ],
      [
        'rising half as fast as needed',
        withPromise({
          looks: run('at_risk', 2),
          course: { direction: 'up', goal: 42, left: 6, values: values(25, 26, 27, 28, 29, 30) },
        }),
        [],
      ],
      [
        'falling where it should, too slowly',
        withPromise({
          looks: run('at_risk', 2),
          course: { direction: 'down', goal: 10, left: 6, values: values(26, 25.8, 25.6, 25.4, 25.2, 25) },
        }),
        ['progress 2?'],
      ],
      [
        'flat at the goal',
        withPromise({
          looks: run('met', 2),
          course: { direction: 'up', goal: 25, left: 6, values: values(25, 25, 25, 25, 25, 25) },
        }),
        [],
      ],
      [
        'beyond the goal and falling back towards it',
        withPromise({
          looks: run('met', 2),
          course: { direction: 'up', goal: 40, left: 6, values: values(60, 57, 54, 51, 48, 45) },
        }),
        [],
      ],
      [
        'flat when no period is left',
        withPromise({
          looks: run('at_risk', 2),
          course: { direction: 'up', goal: 40, left: 0, values: values(25, 25, 25, 25, 25, 25) },
        }),
        [],
      ],
    ],
  ],
  [
    'D, late phase',
    [
      ['build on plan and a quarter', facts({ stage: 'build', stageSince: ago(52) }), []],
      ['build beyond that', facts({ stage: 'build', stageSince: ago(53) }), ['late_phase 1']],
      ['build twice as long', facts({ stage: 'build', stageSince: ago(85) }), ['late_phase 2']],
      [
        'measuring until the signed day of the decision',
        facts({ stage: 'measure', stageSince: ago(130), decisionDate: ago(-6) }),
        [],
      ],
      [
        'measuring on that day itself',
        facts({ stage: 'measure', stageSince: ago(130), decisionDate: ago(0) }),
        [],
      ],
      [
        'measuring on for a week after that day, while it is being decided',
        facts({ stage: 'measure', stageSince: ago(130), decisionDate: ago(7) }),
        [],
      ],
      [
        'measuring on after that week',
        facts({ stage: 'measure', stageSince: ago(130), decisionDate: ago(8) }),
        ['late_phase 2'],
      ],
      ['select for three weeks', facts({ stage: 'select', stageSince: ago(21) }), ['late_phase 1']],
      [
        'select while the sponsor is asked',
        facts({ stage: 'select', stageSince: ago(60), charter: 'asked' }),
        [],
      ],
      ['expand for a year', facts({ stage: 'expand', start: ago(400), stageSince: ago(365) }), []],
      [
        'longer than planned, like most others',
        facts({ stageSince: ago(60), finishedDays: Array.from({ length: 20 }, () => 70) }),
        [],
      ],
      [
        'longer than most others',
        facts({ stageSince: ago(41), finishedDays: Array.from({ length: 20 }, () => 40) }),
        ['late_phase 1'],
      ],
      [
        'longer than twice the plan, like most others',
        facts({ stageSince: ago(90), finishedDays: Array.from({ length: 20 }, () => 100) }),
        [],
      ],
      [
        'longer than most others and than twice the plan',
        facts({ stageSince: ago(101), finishedDays: Array.from({ length: 20 }, () => 100) }),
        ['late_phase 2'],
      ],
      [
        'for a week where others are through in a day',
        facts({ stageSince: ago(7), start: ago(60), finishedDays: Array.from({ length: 20 }, () => 1) }),
        [],
      ],
      [
        'with nineteen others only',
        facts({ stageSince: ago(41), finishedDays: Array.from({ length: 19 }, () => 40) }),
        [],
      ],
    ],
  ],
  [
    'D, purgatory',
    [
      ['a day short of six months', facts({ start: ago(181) }), []],
      ['six months', facts({ start: ago(182) }), ['purgatory 4']],
      ['six months with progress in between', facts({ start: ago(300), progressOn: ago(181) }), []],
      ['progress from before the start', facts({ start: ago(181), progressOn: ago(300) }), []],
      [
        'six months since the last progress',
        facts({ start: ago(300), progressOn: ago(182) }),
        ['purgatory 4'],
      ],
      ['six months, of which some rested', facts({ start: ago(190), pauses: [[ago(100), ago(80)]] }), []],
      ['six months, extended', facts({ start: ago(200), extendedUntil: TODAY }), []],
      ['the extension is over', facts({ start: ago(200), extendedUntil: ago(1) }), ['purgatory 4']],
      ['sixteen weeks without a date', facts({ start: ago(112), decisionDate: null }), []],
      ['longer without a date', facts({ start: ago(113), decisionDate: null }), ['purgatory 2']],
      ['expanding', facts({ start: ago(400), stage: 'expand' }), []],
    ],
  ],
  [
    'D, decision',
    [
      ['delivered today', facts({ decision: { deliveredOn: TODAY, calendar } }), []],
      [
        'delivered before the weekend',
        facts({ decision: { deliveredOn: ago(2), calendar } }),
        ['decision_overdue 1'],
      ],
      [
        'five working days ago',
        facts({ decision: { deliveredOn: ago(7), calendar } }),
        ['decision_overdue 1'],
      ],
      [
        'six working days ago',
        facts({ decision: { deliveredOn: ago(10), calendar } }),
        ['decision_overdue 4'],
      ],
      [
        'while the phase is late for it',
        facts({ stage: 'measure', stageSince: ago(99), decision: { deliveredOn: TODAY, calendar } }),
        [],
      ],
    ],
  ],
  [
    'E, people',
    [
      ['no owner', facts({ isOwnerMissing: true }), ['people 2']],
      ['no sponsor', facts({ sponsor: { ...sponsor(ago(99)), isMissing: true } }), ['people 2']],
      ['a silent sponsor nobody asks', facts({ sponsor: sponsor(null, ago(200)) }), []],
      ['asked 29 days ago', facts({ sponsor: sponsor(ago(29)) }), []],
      ['asked 30 days ago', facts({ sponsor: sponsor(ago(30)) }), ['people 1']],
      ['asked 45 days ago', facts({ sponsor: sponsor(ago(45)) }), ['people 2']],
      ['asked long ago, heard of since', facts({ sponsor: sponsor(ago(60), ago(10)) }), []],
      ['asked, then on leave', facts({ sponsor: sponsor(ago(45), null, [[ago(40), ago(20)]]) }), []],
    ],
  ],
  [
    'F, blockers',
    [
      ['ten working days without news', facts({ blockers: [{ id: 'b', heardOn: ago(14), calendar }] }), []],
      ['eleven', facts({ blockers: [{ id: 'b', heardOn: ago(17), calendar }] }), ['blockers 1']],
      ['twenty-one', facts({ blockers: [{ id: 'b', heardOn: ago(31), calendar }] }), ['blockers 2']],
    ],
  ],
  [
    'G, honesty',
    [
      ['green and off track, once', facts({ views: [['green', 'off_track']] }), ['honesty 2?']],
      [
        'green and off track, twice',
        facts({
          views: [
            ['green', 'off_track'],
            ['green', 'off_track'],
          ],
        }),
        ['honesty 2'],
      ],
      ['amber and off track, once', facts({ views: [['amber', 'off_track']] }), []],
      [
        'green and nothing measured, twice',
        facts({
          views: [
            ['green', 'stale'],
            ['green', 'no_data'],
          ],
        }),
        ['honesty 1'],
      ],
      ['made easier once, early', facts({ loosenedOn: [ago(60)], decisionDate: addDays(TODAY, 14) }), []],
      [
        'made easier twice',
        facts({ loosenedOn: [ago(60), ago(50)], decisionDate: addDays(TODAY, 14) }),
        ['honesty 1'],
      ],
      ['made easier late', facts({ loosenedOn: [ago(3)], decisionDate: addDays(TODAY, 14) }), ['honesty 1']],
    ],
  ],
  [
    'H, adoption',
    [
      [
        'fewer than half the users at half-time',
        withPromise({
          isAdoption: true,
          course: { direction: 'up', goal: 100, left: 6, values: values(20, 40, 49) },
        }),
        ['adoption 1?'],
      ],
      [
        'fewer than half before half-time',
        withPromise({
          isAdoption: true,
          elapsed: 0.49,
          course: { direction: 'up', goal: 100, left: 6, values: values(20, 40, 49) },
        }),
        [],
      ],
      [
        'a third of the users gone for two periods',
        withPromise({
          isAdoption: true,
          course: { direction: 'up', goal: 100, left: 6, values: values(60, 100, 90, 70, 70) },
        }),
        ['adoption 2'],
      ],
      [
        'exactly as many gone as count, where doubles would say fewer',
        withPromise({
          isAdoption: true,
          course: { direction: 'up', goal: 100, left: 6, values: values(60, 90, 80, 63, 63) },
        }),
        ['adoption 2'],
      ],
      [
        'gone for one period',
        withPromise({
          isAdoption: true,
          course: { direction: 'up', goal: 100, left: 6, values: values(60, 100, 90, 80, 70) },
        }),
        [],
      ],
      [
        'gone from a peak longer ago than four weeks',
        withPromise({
          isAdoption: true,
          course: { direction: 'up', goal: 100, left: 6, values: values(100, 70, 70, 70, 70, 70, 70) },
        }),
        [],
      ],
      [
        'never used at all before half-time',
        withPromise({
          isAdoption: true,
          elapsed: 0.3,
          course: { direction: 'up', goal: 100, left: 6, values: values(0, 0, 0, 0) },
        }),
        [],
      ],
      [
        'something else that falls',
        withPromise({ course: { direction: 'up', goal: 100, left: 6, values: values(60, 100, 90, 70, 70) } }),
        [],
      ],
    ],
  ],
  [
    'I, set-up',
    [
      ['unsigned for thirteen days', facts({ charter: 'unsigned', start: ago(13) }), []],
      ['unsigned for fourteen', facts({ charter: 'unsigned', start: ago(14) }), ['setup 2']],
      ['unsigned because the sponsor has it', facts({ charter: 'asked', start: ago(60) }), []],
      ['a draft without a date', facts({ charter: 'unsigned', start: null }), []],
      [
        'no baseline for twenty days',
        facts({ start: ago(20), criteria: [promise({ lacksBaseline: true })] }),
        [],
      ],
      [
        'no baseline for twenty-one',
        facts({ start: ago(21), criteria: [promise({ lacksBaseline: true })] }),
        ['setup 1'],
      ],
    ],
  ],
  [
    'J, drift',
    [
      ['drifting once', facts({ drift: [true, false, true] }), []],
      ['drifting twice', facts({ drift: [false, true, true] }), ['drift 1']],
    ],
  ],
])('%s', (_family, rows) => {
  it.each(rows)('%s', (_case, given, expected) => {
    expect(seen(given)).toEqual(expected);
  });
});

describe('all signs together', () => {
  const look = (given: StallFacts, before: string[] = []) => stallLook(given, new Set(before));

  it.each<[string, StallFacts, number, string]>([
    ['one missed check-in', facts({ missedInRow: 1 }), 1, 'watch'],
    [
      'two missed and connected data 17 days old',
      facts({ missedInRow: 2, criteria: [promise({ newest: ago(17) })] }),
      4,
      'stalled',
    ],
    [
      'two missed and typed data that went with them',
      facts({ missedInRow: 2, criteria: [promise({ isTyped: true, newest: ago(30), askedOn: ago(12) })] }),
      2,
      'stalling',
    ],
    ['off track twice', withPromise({ looks: run('off_track', 2) }), 2, 'stalling'],
    [
      'off track twice and green about it',
      {
        ...withPromise({ looks: run('off_track', 2) }),
        views: [
          ['green', 'off_track'],
          ['green', 'off_track'],
        ],
      },
      4,
      'stalled',
    ],
    ['a decision six days overdue', facts({ decision: { deliveredOn: ago(10), calendar } }), 4, 'stalled'],
    [
      'a late phase and purgatory, which are one family',
      facts({ start: ago(200), stageSince: ago(200) }),
      4,
      'stalled',
    ],
  ])('%s', (_case, given, score, standing) => {
    expect(look(given)).toMatchObject({ score, standing });
  });

  it('count what chance may have made from the second look on', () => {
    const short = withPromise({ looks: run('at_risk', 2), isForecastShort: true, elapsed: 0.8 });
    const first = look(short);
    expect([first.score, first.seen.length]).toEqual([0, 1]);
    expect(look(short, first.seen.map(signalKey)).score).toBe(4);
    expect(look(short, ['forecast_short c2']).score).toBe(0);
  });

  it('are none while a pilot rests or after its end', () => {
    const bad = { missedInRow: 4, isOwnerMissing: true };
    expect(seen(facts({ ...bad, isPaused: true }))).toEqual([]);
    expect(seen(facts({ ...bad, stage: 'stopped' }))).toEqual([]);
  });

  it('are those of rhythm, people, set-up and harm in the first two weeks', () => {
    const young = (given: Partial<StallFacts>, days: number) =>
      seen(facts({ ...given, graceFrom: ago(days) }));
    const old = { criteria: [promise({ newest: ago(40), looks: run('off_track', 4) })] };
    expect(young(old, 13)).toEqual([]);
    expect(young(old, 14)).toEqual(['data 2', 'progress 4']);
    expect(young({ missedInRow: 1, isOwnerMissing: true }, 1)).toEqual(['rhythm 1', 'people 2']);
    expect(young({ criteria: [promise({ isHarm: true })] }, 1)).toEqual(['progress 4']);
  });

  it('are told apart by cause for the cases', () => {
    const given = {
      ...withPromise({ looks: run('off_track', 2), isForecastShort: true, elapsed: 0.9, isHarm: false }),
      views: [['green', 'off_track']] as const,
      start: ago(200),
      stageSince: ago(200),
    };
    expect(Object.fromEntries(findingsOf(look(given)))).toEqual({
      progress: { weight: 2, isSure: true, isCritical: false },
      late_phase: { weight: 2, isSure: true, isCritical: false },
      purgatory: { weight: 4, isSure: true, isCritical: false },
      honesty: { weight: 2, isSure: false, isCritical: false },
    });
    const waiting = look(facts({ sponsor: sponsor(ago(50)) }));
    expect(waiting.counted.map(({ evidence }) => evidence.rule)).toEqual(['silent_sponsor']);
    expect([...findingsOf(waiting).keys()]).toEqual([]);
    const harmful = findingsOf(look(withPromise({ isHarm: true })));
    expect(harmful.get('progress')).toEqual({ weight: 4, isSure: true, isCritical: true });
  });

  it('speak up later when calm and earlier when strict', () => {
    const score = (preset: 'calm' | 'normal' | 'strict') =>
      look(
        facts({
          settings: settingsOf(preset),
          missedInRow: 3,
          stageSince: ago(48),
          blockers: [{ id: 'b', heardOn: ago(12), calendar }],
        }),
      ).score;
    expect([score('calm'), score('normal'), score('strict')]).toEqual([2, 2, 6]);
  });

  it('say on what they rest', () => {
    const [signal] = signalsOn(withPromise({ newest: ago(17) }));
    expect(signal?.evidence).toEqual({
      rule: 'old_data',
      criterion: 'c1',
      metric: 'cost',
      newest: ago(17),
      askedOn: null,
      days: 17,
      limit: 16,
    });
  });
});
