import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstSendable, isSendable, workingCalendar } from '../../src/core/business-time.ts';
import {
  type CheckInFacts,
  type CheckInLogEntry,
  checkInOutcomes,
  dueAnswered,
  missedInRow,
  nextCheckInStep,
} from '../../src/core/check-in.ts';
import { addDays, type Day, dayOf } from '../../src/core/day.ts';
import { WEEKLY } from '../../src/core/rhythm.ts';

const at = (text: string) => Date.parse(`${text}Z`);
const iso = (instant: number | undefined) => new Date(instant ?? 0).toISOString().slice(0, 16);

// A pilot that started on Monday 5 January 2026 and was signed that morning; check-ins on Thursdays.
const pilot = (facts: Partial<CheckInFacts> = {}): CheckInFacts => ({
  rhythm: WEEKLY,
  anchor: '2026-01-05',
  owedSince: at('2026-01-05T10:00'),
  pauses: [],
  owner: { id: 'ana', calendar: workingCalendar({ zone: 'UTC' }) },
  standIns: [],
  typed: [],
  checkIns: [],
  log: [],
  ...facts,
});

const entry = (what: CheckInLogEntry['what'], due: Day, when: string, to = 'ana'): CheckInLogEntry => ({
  what,
  due,
  at: at(when),
  to: what === 'miss' ? '' : to,
});
const asked = entry('ask', '2026-01-08', '2026-01-08T09:00');
const reminded = entry('remind', '2026-01-08', '2026-01-09T09:00');
const missed = entry('miss', '2026-01-08', '2026-01-12T17:00');

const stepAt = (facts: CheckInFacts, now: string) => {
  const step = nextCheckInStep(facts, at(now));
  return step === null ? null : `${step.act} ${step.due} ${iso(step.at)} ${step.to}`;
};

describe('a check-in', () => {
  it('is asked for on its day, reminded of once on the next working day, and missed at the end of the second', () => {
    expect(stepAt(pilot(), '2026-01-05T12:00')).toBe('ask 2026-01-08 2026-01-08T09:00 ana');
    expect(stepAt(pilot({ log: [asked] }), '2026-01-08T12:00')).toBe(
      'remind 2026-01-08 2026-01-09T09:00 ana',
    );
    expect(stepAt(pilot({ log: [asked, reminded] }), '2026-01-09T12:00')).toBe(
      'miss 2026-01-08 2026-01-12T17:00 ana',
    );
    expect(stepAt(pilot({ log: [asked, reminded, missed] }), '2026-01-12T18:00')).toBe(
      'ask 2026-01-15 2026-01-15T09:00 ana',
    );
  });

  it('is not owed before the signature, while paused, when it is never, after the end', () => {
    expect(stepAt(pilot({ owedSince: null }), '2026-01-08T12:00')).toBeNull();
    expect(stepAt(pilot({ rhythm: { every: 'never' } }), '2026-01-08T12:00')).toBeNull();
    const pauses = [{ from: at('2026-01-06T10:00'), until: null }];
    expect(stepAt(pilot({ pauses }), '2026-01-08T12:00')).toBeNull();
  });

  it('waits a full step after a pause', () => {
    const pauses = [{ from: at('2026-01-09T10:00'), until: at('2026-01-27T10:00') }];
    expect(stepAt(pilot({ pauses, log: [asked] }), '2026-01-27T12:00')).toBe(
      'ask 2026-02-05 2026-02-05T09:00 ana',
    );
    expect(checkInOutcomes(pilot({ pauses, log: [asked] }), at('2026-01-28T12:00'))).toEqual([
      { due: '2026-01-08', outcome: 'void' },
    ]);
  });

  it('is owed by a new owner from the hand-over on', () => {
    const facts = pilot({
      owner: { id: 'ben', calendar: workingCalendar({ zone: 'UTC' }) },
      owedSince: at('2026-01-08T11:00'),
      log: [asked],
    });
    expect(stepAt(facts, '2026-01-08T12:00')).toBe('ask 2026-01-15 2026-01-15T09:00 ben');
    expect(checkInOutcomes(facts, at('2026-01-13T12:00'))).toEqual([{ due: '2026-01-08', outcome: 'void' }]);
  });

  it('is not asked for again once somebody has checked in, early or late', () => {
    const early = pilot({ checkIns: [{ due: '2026-01-08', at: at('2026-01-07T10:00') }] });
    expect(stepAt(early, '2026-01-08T08:00')).toBe('ask 2026-01-15 2026-01-15T09:00 ana');
    const late = pilot({
      log: [asked, reminded, missed],
      checkIns: [{ due: '2026-01-08', at: at('2026-01-13T10:00') }],
    });
    expect(stepAt(late, '2026-01-13T12:00')).toBe('ask 2026-01-15 2026-01-15T09:00 ana');
    expect(checkInOutcomes(late, at('2026-01-13T12:00'))).toEqual([{ due: '2026-01-08', outcome: 'late' }]);
  });

  it('is not asked for when the numbers are there already', () => {
    const metric = (recorded: [Day, string][]) => ({
      start: '2026-01-05',
      cadence: { days: 7 },
      recorded: new Map(recorded.map(([end, when]) => [end, at(when)])),
    });
    const facts = (...typed: ReturnType<typeof metric>[]) =>
      pilot({ typed, checkIns: [{ due: '2026-01-08', at: at('2026-01-08T10:00') }] });
    const there = metric([['2026-01-12', '2026-01-13T10:00']]);
    expect(stepAt(facts(there), '2026-01-14T12:00')).toBe('ask 2026-01-22 2026-01-22T09:00 ana');
    expect(stepAt(facts(there, metric([])), '2026-01-14T12:00')).toBe('ask 2026-01-15 2026-01-15T09:00 ana');
    // A number that comes after the question stops the reminder; one of the week before does not.
    const log = [entry('ask', '2026-01-15', '2026-01-15T09:00')];
    const arrives = metric([['2026-01-12', '2026-01-15T11:00']]);
    expect(stepAt({ ...facts(arrives), log }, '2026-01-15T12:00')).toBe(
      'ask 2026-01-22 2026-01-22T09:00 ana',
    );
    expect(stepAt({ ...facts(arrives), log }, '2026-01-15T10:00')).toBe(
      'remind 2026-01-15 2026-01-16T09:00 ana',
    );
    expect(checkInOutcomes({ ...facts(arrives), log }, at('2026-01-21T12:00'))).toEqual([
      { due: '2026-01-15', outcome: 'covered' },
    ]);
  });

  it('waits for no number of a period that counts no more', () => {
    const metric = (until?: Day) => ({
      start: '2026-01-05',
      cadence: { days: 7 },
      recorded: new Map<Day, number>(),
      ...(until === undefined ? {} : { until }),
    });
    const there = { ...metric(), recorded: new Map([['2026-01-12', at('2026-01-13T10:00')]]) };
    const facts = (...typed: ReturnType<typeof metric>[]) =>
      pilot({ typed, checkIns: [{ due: '2026-01-08', at: at('2026-01-08T10:00') }] });
    const next = 'ask 2026-01-22 2026-01-22T09:00 ana';
    expect(stepAt(facts(there, metric('2026-01-10')), '2026-01-14T12:00')).toBe(next);
    expect(stepAt(facts(there, metric('2026-01-11')), '2026-01-14T12:00')).not.toBe(next);
    // With no number to come, it is the owner's view that is asked for.
    expect(stepAt(facts(metric('2026-01-10')), '2026-01-14T12:00')).not.toBe(next);
    // Who brings one all the same has been heard of.
    expect(stepAt(facts({ ...there, until: '2026-01-10' }), '2026-01-14T12:00')).toBe(next);
  });

  it('is not covered by numbers that came only after the next was due, nor by those of a longer step', () => {
    const typed = (days: number, recorded: [Day, string][]) => [
      {
        start: '2026-01-05',
        cadence: { days },
        recorded: new Map(recorded.map(([end, when]) => [end, at(when)])),
      },
    ];
    const log = [entry('ask', '2026-01-15', '2026-01-15T09:00')];
    const late = pilot({ log, typed: typed(7, [['2026-01-12', '2026-01-26T10:00']]) });
    expect(checkInOutcomes(late, at('2026-01-27T12:00'))).toEqual([{ due: '2026-01-15', outcome: 'missed' }]);
    const checkIns = [{ due: '2026-01-22', at: at('2026-01-22T10:00') }];
    const fortnight = pilot({ checkIns, typed: typed(14, [['2026-01-19', '2026-01-20T10:00']]) });
    expect(stepAt(fortnight, '2026-01-23T12:00')).toBe('ask 2026-01-29 2026-01-29T09:00 ana');
  });

  it('was missed, whether or not the pilot rested later', () => {
    const pauses = [{ from: at('2026-01-20T10:00'), until: at('2026-01-26T10:00') }];
    expect(checkInOutcomes(pilot({ pauses, log: [asked] }), at('2026-01-27T12:00'))).toEqual([
      { due: '2026-01-08', outcome: 'missed' },
    ]);
  });

  it('moves to the next working day, not into the week after', () => {
    const holiday = pilot({
      owner: {
        id: 'ana',
        calendar: workingCalendar({ zone: 'UTC', holidays: ['2026-01-08', '2026-01-09'] }),
      },
    });
    expect(stepAt(holiday, '2026-01-08T08:00')).toBe('ask 2026-01-08 2026-01-12T09:00 ana');
  });

  it('keeps the time it was given, within the hours of the person', () => {
    const rhythm = { every: 'week', weekday: 2, time: '09:30' } as const;
    const owner = (zone: string, from: string) => ({
      id: 'ana',
      calendar: workingCalendar({ zone, hours: { from, to: '18:00' } }),
    });
    const facts = pilot({ rhythm, owner: owner('America/New_York', '09:00') });
    expect(stepAt(facts, '2026-03-08T12:00')).toBe('ask 2026-03-10 2026-03-10T13:30 ana');
    const late = pilot({ rhythm, owner: owner('America/New_York', '10:00') });
    expect(stepAt(late, '2026-03-08T12:00')).toBe('ask 2026-03-10 2026-03-10T14:00 ana');
  });
});

describe('while the owner is away', () => {
  const ana = (from: Day, until: Day, delegate: string | null = 'ben') => ({
    id: 'ana',
    calendar: workingCalendar({ zone: 'UTC', leave: [{ from, until, delegate }] }),
  });
  const ben = { id: 'ben', calendar: workingCalendar({ zone: 'UTC' }) };
  const cleo = { id: 'cleo', calendar: workingCalendar({ zone: 'UTC' }) };

  it('the delegate is asked, or another who stands in', () => {
    const facts = pilot({ owner: ana('2026-01-07', '2026-01-20'), standIns: [cleo, ben] });
    expect(stepAt(facts, '2026-01-07T12:00')).toBe('ask 2026-01-08 2026-01-08T09:00 ben');
    const without = pilot({ owner: ana('2026-01-07', '2026-01-20'), standIns: [cleo] });
    expect(stepAt(without, '2026-01-07T12:00')).toBe('ask 2026-01-08 2026-01-08T09:00 cleo');
  });

  it('what is open moves on with them', () => {
    const facts = pilot({ owner: ana('2026-01-09', '2026-01-20'), standIns: [ben], log: [asked] });
    expect(stepAt(facts, '2026-01-08T12:00')).toBe('ask 2026-01-08 2026-01-09T09:00 ben');
    expect(stepAt({ ...facts, log: [] }, '2026-01-08T08:00')).toBe('ask 2026-01-08 2026-01-08T09:00 ana');
  });

  it('nobody is asked where nobody stands in, and nothing counts as missed', () => {
    const facts = pilot({ owner: ana('2026-01-07', '2026-01-20', null) });
    expect(stepAt(facts, '2026-01-07T12:00')).toBe('ask 2026-01-22 2026-01-22T09:00 ana');
    const gone = pilot({ owner: ana('2026-01-09', '2026-01-20', null), log: [asked] });
    const after = { ...gone, log: [asked, entry('ask', '2026-01-22', '2026-01-22T09:00')] };
    expect(checkInOutcomes(after, at('2026-01-22T12:00'))).toEqual([
      { due: '2026-01-08', outcome: 'void' },
      { due: '2026-01-22', outcome: 'open' },
    ]);
  });
});

describe('after downtime', () => {
  it('only the newest check-in is asked for, and only while it is not nearly time for the next', () => {
    expect(stepAt(pilot(), '2026-01-24T12:00')).toBe('ask 2026-01-22 2026-01-22T09:00 ana');
    expect(stepAt(pilot(), '2026-01-27T12:00')).toBe('ask 2026-01-29 2026-01-29T09:00 ana');
  });

  it('the reminder follows the question, whenever that came', () => {
    const late = entry('ask', '2026-01-08', '2026-01-09T15:00');
    expect(stepAt(pilot({ log: [late] }), '2026-01-09T16:00')).toBe('remind 2026-01-08 2026-01-12T09:00 ana');
    expect(stepAt(pilot({ log: [asked] }), '2026-01-13T08:00')).toBe('miss 2026-01-08 2026-01-12T17:00 ana');
  });

  it('what was never asked was not missed', () => {
    expect(checkInOutcomes(pilot(), at('2026-02-27T12:00'))).toEqual([]);
  });
});

describe('an answer', () => {
  it.each([
    ['late, before the next is due', [asked, reminded, missed], '2026-01-14T10:00', '2026-01-08'],
    ['on the day, before the question', [], '2026-01-08T07:00', '2026-01-08'],
    ['early, when the one before was never asked for', [], '2026-01-13T10:00', '2026-01-15'],
    ['too early for anything', [], '2026-01-04T10:00', null],
  ])('that comes %s belongs to its check-in', (_when, log, when, due) => {
    expect(dueAnswered(pilot({ log }), at(when))).toBe(due);
  });

  it('is early from half a step before', () => {
    const facts = pilot({ log: [asked], checkIns: [{ due: '2026-01-08', at: at('2026-01-08T10:00') }] });
    expect(dueAnswered(facts, at('2026-01-09T10:00'))).toBeNull();
    expect(dueAnswered(facts, at('2026-01-11T10:00'))).toBeNull();
    expect(dueAnswered(facts, at('2026-01-12T10:00'))).toBe('2026-01-15');
  });

  it('that comes again belongs to none', () => {
    const both = [
      { due: '2026-01-08', at: at('2026-01-08T10:00') },
      { due: '2026-01-15', at: at('2026-01-12T10:00') },
    ];
    expect(dueAnswered(pilot({ log: [asked], checkIns: both }), at('2026-01-13T10:00'))).toBeNull();
  });

  it('that is late does not count for the next one too', () => {
    const facts = pilot({
      log: [asked, reminded, missed],
      checkIns: [{ due: '2026-01-08', at: at('2026-01-14T10:00') }],
    });
    expect(stepAt(facts, '2026-01-14T12:00')).toBe('ask 2026-01-15 2026-01-15T09:00 ana');
  });
});

describe('check-ins missed in a row', () => {
  it('are counted from the newest that has ended', () => {
    const outcomes = (words: string) =>
      words
        .split(' ')
        .map((outcome, index) => ({ due: addDays('2026-01-08', 7 * index), outcome: outcome as 'done' }));
    expect(missedInRow(outcomes('done missed missed'))).toBe(2);
    expect(missedInRow(outcomes('missed void missed open'))).toBe(2);
    expect(missedInRow(outcomes('missed missed late'))).toBe(0);
    expect(missedInRow(outcomes('missed covered missed'))).toBe(1);
    expect(missedInRow([])).toBe(0);
  });
});

// A pilot is lived through hour by hour; messages go out as soon as the person may be written to.
interface Life {
  readonly zone: string;
  readonly down: readonly [number, number];
  readonly leave: readonly [number, number];
  /** Do-not-disturb: the hour it begins, and for how many hours. */
  readonly quiet: readonly (readonly [number, number])[];
  readonly answers: readonly number[];
}
const lives: fc.Arbitrary<Life> = fc.record({
  zone: fc.constantFrom('UTC', 'America/Havana', 'Australia/Lord_Howe', 'Asia/Kolkata'),
  down: fc.tuple(fc.nat(56 * 24), fc.nat(20 * 24)),
  leave: fc.tuple(fc.nat(56), fc.nat(15)),
  quiet: fc.array(fc.tuple(fc.nat(56 * 24), fc.integer({ min: 1, max: 72 })), { maxLength: 5 }),
  answers: fc.array(
    fc.nat(56 * 8).map((n) => n * 3),
    { maxLength: 8 },
  ),
});

function live({ zone, down, leave, quiet, answers }: Life) {
  const start = at('2026-03-02T00:00');
  const first = addDays('2026-03-02', leave[0]);
  const owner = {
    id: 'ana',
    calendar: workingCalendar({
      zone,
      leave: [{ from: first, until: addDays(first, leave[1]), delegate: null }],
      quiet: quiet.map(([hour, hours]) => ({
        from: start + hour * 3_600_000,
        until: start + (hour + hours) * 3_600_000,
      })),
    }),
  };
  const log: CheckInLogEntry[] = [];
  const checkIns: { due: Day | null; at: number }[] = [];
  for (let hour = 0; hour < 70 * 24; hour += 3) {
    const now = start + hour * 3_600_000;
    const facts = pilot({ anchor: '2026-03-02', owedSince: start, owner, log, checkIns });
    if (answers.includes(hour)) checkIns.push({ due: dueAnswered(facts, now), at: now });
    if (hour >= down[0] && hour < down[0] + down[1]) continue;
    const step = nextCheckInStep({ ...facts, checkIns }, now);
    if (step === null || step.at > now) continue;
    if (step.act !== 'miss' && firstSendable(owner.calendar, now, 'slot') > now) continue;
    log.push({ due: step.due, what: step.act, at: now, to: step.act === 'miss' ? '' : step.to });
  }
  return { log, checkIns, calendar: owner.calendar };
}

describe('over any ten weeks', () => {
  it('nobody is asked outside their hours, twice, or about what is done', () => {
    fc.assert(
      fc.property(lives, (life) => {
        const { log, checkIns, calendar } = live(life);
        const sent = log.filter(({ what }) => what !== 'miss');
        expect(sent.filter((message) => !isSendable(calendar, message.at, 'slot'))).toEqual([]);
        const start = at('2026-03-02T00:00');
        const isQuiet = (instant: number) =>
          life.quiet.some(
            ([hour, hours]) =>
              instant >= start + hour * 3_600_000 && instant < start + (hour + hours) * 3_600_000,
          );
        expect(sent.filter((message) => isQuiet(message.at))).toEqual([]);
        const days = sent.map((message) => dayOf(message.at, life.zone));
        expect(new Set(days).size).toBe(days.length);
        const keys = log.map(({ due, what }) => `${due} ${what}`);
        expect(new Set(keys).size).toBe(keys.length);
        const done = ({ due, at: when }: CheckInLogEntry) =>
          checkIns.some((checkIn) => checkIn.due === due && checkIn.at <= when);
        expect(log.filter(done)).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });

  it('nothing is lost while the app runs and the owner is there: every week is asked about or answered', () => {
    const there = lives.map((life): Life => ({ ...life, down: [0, 0], leave: [200, 0], quiet: [] }));
    fc.assert(
      fc.property(there, (life) => {
        const { log, checkIns } = live(life);
        const known = new Set([...log, ...checkIns].map(({ due }) => due));
        for (let week = 0; week < 9; week += 1) expect(known).toContain(addDays('2026-03-05', week * 7));
      }),
      { numRuns: 25 },
    );
  });

  it('questions come in order, each followed by its own reminder before its miss', () => {
    fc.assert(
      fc.property(lives, (life) => {
        const { log } = live(life);
        const dues = log.map(({ due }) => due);
        expect(dues).toEqual(dues.toSorted());
        const order = ['ask', 'remind', 'miss'];
        for (const steps of Map.groupBy(log, ({ due }) => due).values()) {
          const ranks = steps.map(({ what }) => order.indexOf(what));
          expect(ranks).toEqual(ranks.toSorted());
          expect(ranks[0]).toBe(0);
        }
      }),
      { numRuns: 25 },
    );
  });
});
