import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSendable, workingTimeBetween } from '../../../src/core/business-time.ts';
import { dayOf } from '../../../src/core/day.ts';
import { advance, newCase } from '../../../src/core/escalation/advance.ts';
import { type Cause, ladderOf, waitsForPress } from '../../../src/core/escalation/cause.ts';
import { LEVELS, partsOf } from '../../../src/core/escalation.ts';
import {
  type Beat,
  type Cast,
  CHAIN,
  type Change,
  calendarsOf,
  HOUR,
  live,
  START,
  type Story,
} from './world.ts';

const WEEKS = 8;
const HOURS = WEEKS * 7 * 24;
const causes: Cause[] = ['progress', 'people', 'decision_overdue', 'blockers'];

const zone = fc.constantFrom(
  'UTC',
  'America/New_York',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'America/Havana',
);
const leave = fc.oneof(
  { weight: 3, arbitrary: fc.constant([0, 0] as const) },
  { weight: 1, arbitrary: fc.tuple(fc.nat(50), fc.integer({ min: 1, max: 14 })) },
);
const each = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.record({
    owner: arbitrary,
    backup: arbitrary,
    sponsor: arbitrary,
    delegate: arbitrary,
    office: arbitrary,
  });
const casts: fc.Arbitrary<Cast> = fc.record({ zones: each(zone), leaves: each(leave) });
const beat = (what: fc.Arbitrary<Beat['what']>): fc.Arbitrary<Beat> =>
  fc.record({ hour: fc.nat(HOURS), cause: fc.constantFrom(...causes), what, weight: fc.nat(4) });
const acts = fc.constantFrom<Beat['what'][]>('ack', 'snooze', 'decide', 'pause', 'resume', 'leave', 'look');
const harm: fc.Arbitrary<Beat> = fc.record({
  hour: fc.nat(HOURS),
  cause: fc.constant('progress' as const),
  what: fc.constant('look' as const),
  weight: fc.constant(5),
});
const beats = fc
  .tuple(
    fc.array(beat(fc.constant('look')), { minLength: 10, maxLength: 60 }),
    fc.array(beat(acts), { maxLength: 10 }),
    fc.array(harm, { maxLength: 1 }),
    fc.array(beat(fc.constant('end')), { maxLength: 1 }),
  )
  .map((parts) => parts.flat().sort((a, b) => a.hour - b.hour));

const holds = (check: (story: Story) => void, runs = 40) =>
  fc.assert(
    fc.property(casts, beats, (cast, story) => {
      check(live(cast, story, HOURS));
    }),
    { numRuns: runs },
  );

const isOpen = (state: string) =>
  state !== 'CLEAR' &&
  state !== 'PENDING' &&
  state !== 'CLOSED' &&
  state !== 'PAUSED(CLEAR)' &&
  state !== 'PAUSED(PENDING)';
const rung = (state: Parameters<typeof partsOf>[0]) => LEVELS.indexOf(partsOf(state).level ?? 'L1');

// The working time for which the clock of a rung had really run whenever it was up.
function answerTimes(changes: readonly Change[], calendars: Story['calendars']) {
  const up: { ran: number; days: number }[] = [];
  let ran = 0;
  for (const [index, { step, at, happening }] of changes.entries()) {
    const since = changes[index - 1];
    const clock = since?.step.case.clock ?? null;
    const calendar = calendars[clock?.person ?? ''];
    if (clock?.kind === 'sla' && calendar !== undefined)
      ran += workingTimeBetween(calendar, since?.at ?? at, at);
    const { cause, state, notice } = since?.step.case ?? step.case;
    const days = ladderOf(cause)[partsOf(state).level ?? 'L1'].days;
    if (happening?.event.startsWith('sla_') === true) up.push({ ran, days });
    const isPromise = step.case.clock !== null && step.case.clock.kind !== 'sla';
    if (isPromise || step.case.notice?.seq !== notice?.seq) ran = 0;
  }
  return up;
}

// Property 1 (every cell defined, every state reached) is the table itself: machine.test.ts.
describe('over any eight weeks of a pilot with four causes', () => {
  it('2: a paused pilot sends nothing', () => {
    holds(({ letters }) => {
      expect(letters.filter(({ isPaused }) => isPaused)).toEqual([]);
    });
  });

  it('3, 4: one case per cause is open at a time, and each ends once, with one closing', () => {
    holds(({ cases, changes }) => {
      for (const cause of causes) {
        const open = cases.filter((one) => one.cause === cause && isOpen(one.state));
        expect(open.length).toBeLessThanOrEqual(1);
      }
      for (const one of cases) expect(one.closed !== null).toBe(one.state === 'CLOSED');
      for (const { before, step } of changes.filter((change) => change.before.state === 'CLOSED')) {
        expect(step.case).toEqual(before);
      }
    });
  });

  it('5: nobody is written to outside their hours', () => {
    holds(({ letters, calendars }) => {
      const wrong = letters.filter(({ person, as, at }) => {
        const calendar = calendars[person];
        const window = ['owner', 'backup', 'office'].includes(as) ? 'hours' : 'slot';
        return calendar === undefined || !isSendable(calendar, at, window);
      });
      expect(wrong).toEqual([]);
    });
  });

  it('6: the sponsor hears after the owner, except of harm, of what waits for a press, or without an owner', () => {
    holds(({ letters, gone }) => {
      const toSponsor = letters.filter(
        ({ as, cause, isCritical, level }) =>
          as === 'sponsor' && level === 'L3' && !isCritical && !waitsForPress(cause),
      );
      const early = toSponsor.filter(
        (letter) =>
          !letters.some((one) => one.case === letter.case && one.as === 'owner' && one.at < letter.at) &&
          !((gone.get('owner') ?? Number.POSITIVE_INFINITY) <= letter.at),
      );
      expect(early).toEqual([]);
    });
  });

  it('7, 8: a case climbs one rung at a time, and to the sponsor only when it weighs four', () => {
    holds(({ changes }) => {
      const climbs = changes.filter(({ before, step }) => rung(step.case.state) > rung(before.state));
      const isHarm = ({ happening }: (typeof climbs)[number]) => happening?.event === 'critical';
      const jumps = climbs.filter((change) => rung(change.step.case.state) > rung(change.before.state) + 1);
      expect(jumps.filter((change) => !isHarm(change))).toEqual([]);
      const light = climbs.filter(
        (change) => partsOf(change.step.case.state).level === 'L3' && change.score < 4 && !isHarm(change),
      );
      expect(light.filter(({ happening, cause }) => happening !== null && !waitsForPress(cause))).toEqual([]);
    });
  });

  it('9: time is up only after the full working time since delivery, pauses and clear looks left out', () => {
    holds(({ changes, calendars }) => {
      const clocks = changes.map(({ step }) => step.case).filter(({ clock }) => clock !== null);
      const stopped = clocks.filter(
        ({ state }) => partsOf(state).isPaused || partsOf(state).mode === 'RESOLVING',
      );
      expect(stopped).toEqual([]);
      for (const own of Map.groupBy(changes, (change) => change.case).values()) {
        expect(answerTimes(own, calendars).filter(({ ran, days }) => ran < days * 8 * HOUR)).toEqual([]);
      }
    });
  });

  it('10: nobody gets two messages as a sponsor on one day', () => {
    holds(({ letters, calendars }) => {
      const days = letters
        .filter(({ as }) => as === 'sponsor' || as === 'delegate' || as === 'person')
        .map(({ person, at }) => `${person} ${dayOf(at, calendars[person]?.zone ?? 'UTC')}`);
      expect(new Set(days).size).toBe(days.length);
    });
  });

  it('11: acting pings nobody', () => {
    holds(({ changes }) => {
      const acted = changes.filter(({ happening }) =>
        ['ack', 'snooze', 'decide', 'pause'].includes(happening?.event ?? ''),
      );
      const pings = acted
        .flatMap(({ step }) => step.effects)
        .filter((effect) => /^(?:notify|renudge)/.test(effect));
      expect(pings).toEqual([]);
    });
  });

  it('12: what happens twice has the effect of once', () => {
    holds(({ changes, calendars }) => {
      const around = {
        calendarOf: (person: string) => calendars[person] ?? calendars['owner'],
        cadenceDays: 7,
      } as Parameters<typeof advance>[2];
      for (const { happening, step } of changes) {
        if (happening === null) continue;
        const again = advance(step.case, happening, around);
        const isHarmless = step.case.revision === happening.seen || again.case === step.case;
        expect(isHarmless).toBe(true);
        expect(again.case).toEqual(step.case);
      }
    });
  });

  it('13: the same events give the same case', () => {
    fc.assert(
      fc.property(casts, beats, (cast, story) => {
        expect(live(cast, story, HOURS).cases).toEqual(live(cast, story, HOURS).cases);
        const { changes } = live(cast, story, HOURS);
        const calendars = calendarsOf(cast);
        const around = { calendarOf: (person: string) => calendars[person], cadenceDays: 7 } as Parameters<
          typeof advance
        >[2];
        for (const { happening, before, step } of changes) {
          const replayed = happening === null ? step.case : advance(before, happening, around).case;
          expect(replayed).toEqual(step.case);
        }
      }),
      { numRuns: 15 },
    );
  });

  it('14: what nobody answers reaches the last rung, and two clear looks end it', () => {
    fc.assert(
      fc.property(each(zone), fc.constantFrom(...causes), (zones, cause) => {
        const look = (hour: number, weight: number): Beat => ({ hour, cause, what: 'look', weight });
        const cast = { zones, leaves: {} };
        const { cases, letters } = live(cast, [look(9, 4)], HOURS);
        expect(cases.map(({ state }) => state)).toEqual(['L4']);
        expect(letters.filter(({ level }) => level === 'L4').length).toBeGreaterThanOrEqual(2);
        const cleared = live(cast, [look(9, 4), look(400, 0), look(500, 0)], HOURS).cases;
        expect(cleared.map(({ closed }) => closed?.as)).toEqual(['resolved']);
      }),
      { numRuns: 15 },
    );
  });
});

describe('a ladder from delivery to delivery', () => {
  it('is the owner on the first day, both on the third, the sponsor a working day after them', () => {
    const { letters } = live(
      { zones: {}, leaves: {} },
      [{ hour: 9, cause: 'progress', what: 'look', weight: 4 }],
      24 * 25,
    );
    const told = letters.map(
      ({ at, as, level }) => `${new Date(at).toISOString().slice(0, 13)} ${level} ${as}`,
    );
    expect(told).toEqual([
      '2026-03-02T09 L1 owner',
      '2026-03-04T09 L2 owner',
      '2026-03-04T09 L2 backup',
      '2026-03-06T09 L3 owner',
      '2026-03-06T09 L3 backup',
      '2026-03-09T09 L3 sponsor',
      '2026-03-12T09 L4 office',
      '2026-03-13T09 L4 delegate',
      '2026-03-13T09 L4 sponsor',
      '2026-03-20T09 L4 office',
      '2026-03-23T09 L4 delegate',
      '2026-03-23T09 L4 sponsor',
    ]);
    expect(START + 9 * HOUR).toBe(Date.parse('2026-03-02T09:00Z'));
    expect(newCase('progress', CHAIN).revision).toBe(0);
  });
});
