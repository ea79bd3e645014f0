/** Does the ladder keep its word when a pilot and its people are lived through hour by hour? */
import { addWorkingDays, type WorkingCalendar, workingCalendar } from '../../../src/core/business-time.ts';
import { addDays, type Day, dayOf } from '../../../src/core/day.ts';
import {
  advance,
  delivered,
  newCase,
  timeoutOf,
  undeliverable,
} from '../../../src/core/escalation/advance.ts';
import type { Cause } from '../../../src/core/escalation/cause.ts';
import {
  addressing,
  byUrgency,
  type Copy,
  type Desk,
  fateOf,
} from '../../../src/core/escalation/delivery.ts';
import type { Case, Chain, Happening, Step } from '../../../src/core/escalation/record.ts';
import { type CaseEvent, partsOf } from '../../../src/core/escalation.ts';

export const HOUR = 3_600_000;
export const START = Date.parse('2026-03-02T00:00Z');
export const CHAIN: Chain = {
  owner: 'owner',
  backup: 'backup',
  sponsor: 'sponsor',
  delegate: 'delegate',
  office: ['office'],
  person: 'sponsor',
};

/** What somebody does, or what becomes of the pilot, at an hour of the story. */
export interface Beat {
  readonly hour: number;
  readonly cause: Cause;
  readonly what: 'look' | 'ack' | 'snooze' | 'decide' | 'pause' | 'resume' | 'leave' | 'end';
  readonly weight: number;
}

/** Everybody's calendar settings, by person. */
export interface Cast {
  readonly zones: Readonly<Record<string, string>>;
  readonly leaves: Readonly<Record<string, readonly [number, number]>>;
}

/** A message that has reached somebody. */
export interface Letter extends Copy {
  readonly at: number;
  readonly case: number;
  readonly cause: Cause;
  readonly level: string;
  readonly isCritical: boolean;
  readonly isPaused: boolean;
}

/** One change of a case, with what was true then. */
export interface Change {
  readonly case: number;
  readonly cause: Cause;
  readonly at: number;
  readonly happening: Happening | null;
  readonly before: Case;
  readonly step: Step;
  readonly score: number;
}

/** What happened in the end. */
export interface Story {
  readonly letters: readonly Letter[];
  readonly changes: readonly Change[];
  readonly cases: readonly Case[];
  readonly gone: ReadonlyMap<string, number>;
  readonly calendars: Readonly<Record<string, WorkingCalendar>>;
}

const PEOPLE = ['owner', 'backup', 'sponsor', 'delegate', 'office'];

/** The calendars of a cast. */
export function calendarsOf({ zones, leaves }: Cast): Record<string, WorkingCalendar> {
  return Object.fromEntries(
    PEOPLE.map((person) => {
      const [from, length] = leaves[person] ?? [0, 0];
      const first = addDays('2026-03-02', from);
      const leave = length === 0 ? [] : [{ from: first, until: addDays(first, length), delegate: null }];
      const slot = person === 'sponsor' || person === 'delegate' ? '08:30' : '09:00';
      return [person, workingCalendar({ zone: zones[person] ?? 'UTC', leave, slot })];
    }),
  );
}

interface Stage {
  readonly calendars: Readonly<Record<string, WorkingCalendar>>;
  readonly cases: Case[];
  readonly current: Map<Cause, number>;
  readonly weights: Map<Cause, number>;
  readonly letters: Letter[];
  readonly changes: Change[];
  readonly gone: Map<string, number>;
  readonly lastDays: Map<string, Day>;
  /** Until when nothing can happen to the copies of a case, unless it changes. */
  readonly rests: Map<number, { readonly revision: number; readonly until: number }>;
  isPaused: boolean;
  hasEnded: boolean;
}

/** Lives a story: every beat in its hour, every clock that runs out, every copy that may go out. */
export function live(cast: Cast, beats: readonly Beat[], hours: number): Story {
  const stage: Stage = {
    calendars: calendarsOf(cast),
    cases: [],
    current: new Map(),
    weights: new Map(),
    letters: [],
    changes: [],
    gone: new Map(),
    lastDays: new Map(),
    rests: new Map(),
    isPaused: false,
    hasEnded: false,
  };
  const byHour = Map.groupBy(beats, ({ hour }) => hour);
  for (let hour = 0; hour <= hours; hour += 1) {
    const now = START + hour * HOUR;
    for (const beat of byHour.get(hour) ?? []) {
      stage.rests.clear();
      PLAY[beat.what](stage, beat, now);
    }
    for (const [index, one] of stage.cases.entries()) {
      const event = timeoutOf(one, scoreOf(stage), now);
      if (event !== null) happen(stage, index, { event, at: now });
    }
    post(stage, now);
  }
  return stage;
}

type Play = (stage: Stage, beat: Beat, now: number) => void;

const onAll =
  (event: CaseEvent, mark: (stage: Stage) => void): Play =>
  (stage, _beat, now) => {
    mark(stage);
    for (const index of stage.current.values()) happen(stage, index, { event, at: now });
  };

const act: Play = (stage, { what, cause, weight }, now) => {
  const index = caseOf(stage, cause);
  const { mode, level } = partsOf(stage.cases[index]?.state ?? 'CLEAR');
  if (level === null || mode === 'RESOLVING') return;
  const by = level === 'L1' || level === 'L2' ? 'owner' : 'sponsor';
  const until = addWorkingDays(calendarIn(stage, by), now, 1 + weight);
  const closing = { as: 'decided', decision: 'unblock' } as const;
  happen(stage, index, { event: what as CaseEvent, at: now, by, until, closing });
};

const PLAY: Readonly<Record<Beat['what'], Play>> = {
  look: (stage, { cause, weight }, now) => {
    if (stage.isPaused || stage.hasEnded) return;
    stage.weights.set(cause, weight);
    happen(stage, caseOf(stage, cause), { event: LOOKS[weight] ?? 'cond_false', at: now });
  },
  ack: act,
  snooze: act,
  decide: act,
  pause: onAll('pause', (stage) => {
    stage.isPaused = true;
  }),
  resume: onAll('resume', (stage) => {
    stage.isPaused = false;
  }),
  end: onAll('pilot_ended', (stage) => {
    stage.hasEnded = true;
  }),
  leave: (stage, { weight }, now) => {
    const person = PEOPLE[weight] ?? 'office';
    if (person !== 'office' && !stage.gone.has(person)) stage.gone.set(person, now);
  },
};

const LOOKS: readonly CaseEvent[] = [
  'cond_false',
  'cond_true',
  'cond_true_immediate',
  'cond_true',
  'cond_true_immediate',
  'critical',
];

function caseOf(stage: Stage, cause: Cause): number {
  const index = stage.current.get(cause);
  if (index !== undefined && stage.cases[index]?.state !== 'CLOSED') return index;
  const fresh = stage.cases.push(newCase(cause, CHAIN)) - 1;
  stage.current.set(cause, fresh);
  if (stage.isPaused) happen(stage, fresh, { event: 'pause', at: START });
  return fresh;
}

function happen(stage: Stage, index: number, what: Happening): void {
  const before = stage.cases[index];
  if (before === undefined) return;
  const happening = { ...what, seen: before.revision };
  note(stage, index, what.at, happening, advance(before, happening, around(stage)));
}

function note(stage: Stage, index: number, at: number, happening: Happening | null, step: Step): void {
  const before = stage.cases[index];
  if (before === undefined) return;
  stage.changes.push({
    case: index,
    cause: before.cause,
    at,
    happening,
    before,
    step,
    score: scoreOf(stage),
  });
  stage.cases[index] = step.case;
}

function post(stage: Stage, now: number): void {
  const ready = stage.cases.flatMap((one, index) => readyCopies(stage, one, index, now));
  for (const { index, copy } of byUrgency(ready)) {
    const one = stage.cases[index];
    const notice = one?.notice ?? null;
    if (one === undefined || notice === null) continue;
    if (fateOf(one, notice.seq, copy, deskOf(stage), now).fate !== 'send') continue;
    const { level, isCritical } = notice;
    const { cause } = one;
    stage.letters.push({ ...copy, at: now, case: index, cause, level, isCritical, isPaused: stage.isPaused });
    if (!['owner', 'backup', 'office'].includes(copy.as)) {
      stage.lastDays.set(copy.person, dayOf(now, calendarIn(stage, copy.person).zone));
    }
    const delivery = { person: copy.person, as: copy.as, at: now };
    note(stage, index, now, null, { case: delivered(one, notice.seq, delivery, around(stage)), effects: [] });
  }
}

function readyCopies(stage: Stage, one: Case, index: number, now: number) {
  const { notice } = one;
  const rest = stage.rests.get(index);
  const isAtRest = rest !== undefined && rest.revision === one.revision && rest.until > now;
  if (notice === null || one.state === 'CLOSED' || isAtRest) return [];
  const desk = deskOf(stage);
  const { copies, nobody } = addressing(one, notice, desk, now);
  const { mode, isPaused } = partsOf(one.state);
  const isOut = mode === 'OPEN' && !isPaused && notice.notBefore <= now;
  for (const as of isOut ? nobody : []) {
    const before = stage.cases[index];
    if (before?.notice?.seq !== notice.seq) break;
    note(stage, index, now, null, undeliverable(before, notice.seq, as, now, around(stage)));
  }
  const fates = copies.map((copy) => ({ copy, fate: fateOf(one, notice.seq, copy, desk, now) }));
  const moments = fates.map(({ fate }) =>
    fate.fate === 'hold' ? (fate.until ?? Number.POSITIVE_INFINITY) : now,
  );
  // Leave may begin in between, so nothing rests for longer than a few hours.
  const until = fates.some(({ fate }) => fate.fate === 'send')
    ? now
    : Math.min(...moments.filter((at) => at > now), now + 6 * HOUR);
  stage.rests.set(index, { revision: stage.cases[index]?.revision ?? 0, until });
  return fates.filter(({ fate }) => fate.fate === 'send').map(({ copy }) => ({ case: one, index, copy }));
}

const scoreOf = ({ weights }: Stage): number =>
  [...weights.values()].reduce((sum, weight) => sum + weight, 0);

const calendarIn = ({ calendars }: Stage, person: string): WorkingCalendar =>
  calendars[person] ?? workingCalendar({ zone: 'UTC' });

const around = (stage: Stage) => ({
  calendarOf: (person: string) => calendarIn(stage, person),
  cadenceDays: 7,
});

const deskOf = (stage: Stage): Desk => ({
  calendarOf: (person) => calendarIn(stage, person),
  isThere: (person) => !stage.gone.has(person),
  lastSponsorDay: (person) => stage.lastDays.get(person) ?? null,
});
