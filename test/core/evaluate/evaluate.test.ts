import { describe, expect, it } from 'vitest';
import { startOfDay } from '../../../src/core/day.ts';
import {
  calendarFrom,
  criterionFrom,
  ENGINE_VERSION,
  evaluate,
  goalOf,
  type Observation,
  worstOf,
} from '../../../src/core/evaluate/index.ts';
import { CALENDAR, FINAL, judged, morningAfter, row, week, weekly } from './portfolio.ts';

const UP = criterionFrom({ kind: 'at_least', target: '40', baseline: '20' });
const COST = criterionFrom({ kind: 'at_most', target: '12.5', baseline: '18.4', unit: 'EUR/claim' });

function sentence(
  criterion = UP,
  observations: readonly Observation[] = [],
  now = FINAL,
  calendar = CALENDAR,
) {
  return judged({ criterion, calendar, observations, now }).sentence;
}

describe('a verdict can be computed again', () => {
  const rows = [
    row(1, { id: 'a', value: '30' }),
    row(2, { id: 'b', value: '41' }),
    row(2, { id: 'c', value: '36', recorded_at: startOfDay(week(3), 'UTC') }),
    row(3, { id: 'd', value: '38' }),
  ];
  const criterion = criterionFrom({ ...UP, id: 'cost', version: 3 });

  it('from what it says it was computed from', () => {
    const now = morningAfter(2);
    const first = judged({ criterion, calendar: CALENDAR, observations: rows, now });
    expect(first.provenance).toEqual({
      criterion_id: 'cost',
      criterion_version: 3,
      as_of: now,
      known_at: now,
      observations: ['a', 'b'],
      engine: ENGINE_VERSION,
    });
    const { as_of, known_at, observations } = first.provenance;
    const kept = rows.filter(({ id }) => observations.includes(id ?? ''));
    const again = judged({ criterion, calendar: CALENDAR, observations: kept, now: as_of, known_at });
    expect(JSON.stringify(again)).toBe(JSON.stringify(first));
  });

  it('as it was known then, after a correction has undone it', () => {
    const then = morningAfter(2);
    const now = morningAfter(3);
    const seen = judged({ criterion, calendar: CALENDAR, observations: rows, now: then });
    const restated = judged({ criterion, calendar: CALENDAR, observations: rows, now });
    const replayed = judged({ criterion, calendar: CALENDAR, observations: rows, now: then, known_at: then });
    expect(seen.verdict).toBe('met');
    expect(restated).toMatchObject({ verdict: 'on_track', restated: [week(2)] });
    expect(replayed).toEqual(seen);
  });

  it('and as of then with what is known now', () => {
    const input = {
      criterion,
      calendar: CALENDAR,
      observations: rows,
      now: morningAfter(2),
      known_at: morningAfter(3),
    };
    expect(judged(input)).toMatchObject({ verdict: 'on_track', value: '36', restated: [week(2)] });
  });

  it('the same value recorded twice restates nothing', () => {
    const twice = [
      ...weekly(['30', '38']),
      row(2, { value: '38', recorded_at: startOfDay(week(2), 'UTC') + 1 }),
    ];
    expect(
      judged({ criterion, calendar: CALENDAR, observations: twice, now: morningAfter(2) }).restated,
    ).toEqual([]);
  });
});

it('rows in another unit are named', () => {
  const rows = [row(1, { id: 'a', value: '15' }), row(2, { id: 'b', value: '14', unit: 'USD/claim' })];
  const result = judged({ criterion: COST, calendar: CALENDAR, observations: rows, now: morningAfter(2) });
  expect(result.set_aside).toEqual([{ id: 'b', end: week(2), why: 'unit_mismatch' }]);
  expect(result.provenance.observations).toEqual(['a']);
});

describe('the day of arrival', () => {
  it('is where the straight line meets the goal', () => {
    const result = judged({
      criterion: UP,
      calendar: CALENDAR,
      observations: weekly(['21', '23', '25', '27', '29']),
      now: morningAfter(5),
    });
    // 19 + 2t = 40 at t = 10.5 weeks, which is 74 days after the start.
    expect(result.arrival).toBe('2026-03-20');
  });

  it('does not exist on a course that may not rise at all', () => {
    const values = ['26', '28', '30', '30', '30', '30'];
    expect(
      judged({ criterion: UP, calendar: CALENDAR, observations: weekly(values), now: morningAfter(6) })
        .arrival,
    ).toBeNull();
  });

  it('of a total counts the usual period', () => {
    const criterion = criterionFrom({ kind: 'at_least', target: '300', baseline: '0', agg: 'pilot_sum' });
    const result = judged({
      criterion,
      calendar: CALENDAR,
      observations: weekly(['30', '30', '30', '30', '30']),
      now: morningAfter(5),
    });
    expect(result.arrival).toBe(week(10));
  });

  it('is a month’s end where periods are months', () => {
    const calendar = calendarFrom({ start: '2026-01-31', deadline: '2027-01-30', cadence: { months: 1 } });
    const ends = ['2026-02-28', '2026-03-31', '2026-04-30', '2026-05-31', '2026-06-30'];
    const observations = ends.map((end, i) => ({ end, value: String(22 + 2 * i), trust: 3, recorded_at: 0 }));
    const now = startOfDay('2026-07-01', 'UTC');
    expect(judged({ criterion: UP, calendar, observations, now }).arrival).toBe('2026-11-30');
  });
});

describe('the sentence', () => {
  it('names what is needed, by when and where it leads', () => {
    const values = ['30.5', '31.5', '34', '34.5', '37', '38'];
    expect(sentence(UP, weekly(values, 4), morningAfter(9))).toBe(
      '38 of 40 needed, by 29 March; at the current pace 41–44',
    );
  });

  it.each([
    [
      weekly(['17.6', '15.8']),
      morningAfter(2),
      '€15.80; €12.50 or less needed, by 29 March; €17.42 expected by now',
    ],
    [
      weekly(['15.8', '12.5']),
      morningAfter(2),
      '€12.50; €12.50 or less needed, by 29 March: at target so far',
    ],
    [
      weekly(['12', '12', '12.51']),
      morningAfter(3),
      '€12.51; €12.50 or less needed, by 29 March; slipped back, it was reached up to 18 January',
    ],
    [weekly(['12', '12.501'], 11), FINAL, '€12.501; €12.50 or less needed, by 29 March: not met'],
    [weekly(['12', '12'], 11), FINAL, '€12.00; €12.50 or less needed, by 29 March: met'],
    [weekly(['12', '12'], 10), FINAL, 'not shown; the number for the period to 29 March is missing'],
    [[], FINAL, 'not shown; no number came'],
    [[], startOfDay('2026-01-20', 'UTC'), 'no numbers yet; the first was due by 13 January'],
    [[], startOfDay('2026-01-10', 'UTC'), 'too early to say; the first number is due by 13 January'],
    [
      weekly(['14', '13']),
      startOfDay('2026-02-10', 'UTC'),
      'numbers out of date: €13.00 is for the period to 18 January; €12.50 or less needed, by 29 March',
    ],
    [
      weekly(['14', '13'], 10),
      startOfDay('2026-03-31', 'UTC'),
      '€13.00; €12.50 or less needed; the last number is awaited until 3 April',
    ],
    [
      [row(1, { value: '13', unit: 'USD' })],
      startOfDay('2026-01-20', 'UTC'),
      'no numbers yet; what came was not in EUR/claim',
    ],
  ])('case %#', (rows, now, expected) => {
    expect(sentence(COST, rows, now)).toBe(expected);
  });

  it('says the year where it is another one', () => {
    const calendar = calendarFrom({ start: '2026-01-05', deadline: '2027-01-03' });
    expect(sentence(COST, weekly(['17.6', '12']), morningAfter(2), calendar)).toContain('by 3 January 2027');
  });

  it('never shows a value that reads as the goal when it is not', () => {
    const result = judged({
      criterion: UP,
      calendar: CALENDAR,
      observations: weekly(['39', '39.996']),
      now: morningAfter(2),
    });
    expect(result.display).toBe('39.996');
    expect(result.sentence).toContain('39.996 of 40 needed');
  });

  it('shows the display of a yes as a word', () => {
    const yes = criterionFrom({ kind: 'yes_no', unit: 'bool' });
    const result = judged({
      criterion: yes,
      calendar: CALENDAR,
      observations: [row(1, { value: true })],
      now: morningAfter(1),
    });
    expect([result.value, result.display]).toEqual([true, 'yes']);
  });
});

it('a verdict can be written down and read back whole', () => {
  const result = judged({
    criterion: UP,
    calendar: CALENDAR,
    observations: weekly(['21', '23', '25', '27', '29']),
    now: morningAfter(5),
  });
  const copy = JSON.parse(JSON.stringify(result)) as Record<string, unknown>;
  expect(copy).toEqual({ ...result });
  expect(Object.keys(copy)).toEqual(expect.arrayContaining(['forecast', 'sentence', 'display', 'arrival']));
});

describe('a definition that cannot be judged', () => {
  it.each([
    [{ kind: 'increase_pct', target: '10', baseline: '0.00' }, {}, 'PCT_OF_ZERO_BASELINE'],
    [{ kind: 'decrease_pct', target: '10', baseline: '-0' }, {}, 'PCT_OF_ZERO_BASELINE'],
    [{ kind: 'decrease_abs', target: '10' }, {}, 'MISSING_BASELINE'],
    [{ kind: 'increase_abs', target: '0', baseline: '1' }, {}, 'CHANGE_MUST_BE_POSITIVE'],
    [{ kind: 'increase_pct', target: '-5', baseline: '1' }, {}, 'CHANGE_MUST_BE_POSITIVE'],
    [{ kind: 'between', target: ['5', '5.0'] }, {}, 'EMPTY_BAND'],
    [{ kind: 'at_least', target: '5' }, { deadline: '2026-01-04' }, 'DEADLINE_BEFORE_START'],
  ] as const)('%j is refused', (definition, dates, error) => {
    const criterion = criterionFrom({ ...definition });
    const calendar = calendarFrom({ ...CALENDAR, ...dates });
    expect(evaluate({ criterion, calendar, observations: [], now: FINAL })).toEqual({ error });
  });
});

describe('the worst of several verdicts', () => {
  it('weighs the same in any order and any grouping', () => {
    expect(worstOf(['on_track', 'missed', 'stale'])).toBe('missed');
    expect(worstOf(['stale', 'at_risk'])).toBe('stale');
    expect(worstOf([worstOf(['met', 'too_early']) ?? 'met', 'on_track'])).toBe('too_early');
  });
});

describe('the goal', () => {
  it.each([
    [{ kind: 'at_least', target: '40.0' }, '40'],
    [{ kind: 'increase_abs', target: '5', baseline: '20' }, '25'],
    [{ kind: 'decrease_abs', target: '12', baseline: '48' }, '36'],
    [{ kind: 'increase_pct', target: '5', baseline: '20' }, '21'],
    [{ kind: 'increase_pct', target: '15', baseline: '200' }, '230'],
    [{ kind: 'increase_pct', target: '50', baseline: '-20' }, '-10'],
    [{ kind: 'decrease_pct', target: '25', baseline: '8' }, '6'],
    [{ kind: 'decrease_pct', target: '50', baseline: '-20' }, '-30'],
    [{ kind: 'increase_pct', target: '10' }, null],
    [{ kind: 'between', target: ['4', '5'] }, null],
    [{ kind: 'between', target: ['4', '5'], baseline: '4.5' }, null],
    [{ kind: 'between', target: ['4', '5'], baseline: '7' }, '5'],
    [{ kind: 'between', target: ['4', '5'], baseline: '1' }, '4'],
    [{ kind: 'yes_no' }, null],
  ] as const)('of %j is %s', (definition, goal) => {
    expect(goalOf(criterionFrom({ ...definition }))).toBe(goal);
  });
});
