/** How does a pilot live in a simulation: what is measured each week, what the rules see, and whom the ladder tells? */

import { createRandom } from '../../../sandbox/server/random.ts';
import { workingCalendar } from '../../../src/core/business-time.ts';
import { addDays, type Day } from '../../../src/core/day.ts';
import { advance, delivered, newCase, timeoutOf } from '../../../src/core/escalation/advance.ts';
import { addressing, type Desk, fateOf } from '../../../src/core/escalation/delivery.ts';
import { eventOf, type Finding } from '../../../src/core/escalation/opening.ts';
import type { Case, Chain, Surroundings } from '../../../src/core/escalation/record.ts';
import type { Verdict } from '../../../src/core/evaluate/criterion.ts';
import { judge } from '../../../src/core/judge.ts';
import type { Criterion, RecordedValue } from '../../../src/core/pilot-facts.ts';
import { criterionSigns } from '../../../src/core/stall/criterion-signs.ts';
import { stallFacts } from '../../../src/core/stall/facts.ts';
import { signalKey } from '../../../src/core/stall/signal.ts';
import { findingsOf, type StallLook, stallLook } from '../../../src/core/stall.ts';
import { aCriterion, aMetric } from '../../support/facts.ts';

/** What was agreed, and how the pilot goes in truth. */
export interface Shape {
  readonly weeks: number;
  /** The week at whose start the first effect is expected. */
  readonly first: number;
  readonly kind: 'at_least' | 'at_most';
  readonly agg: 'mean' | 'latest';
  readonly isFed: boolean;
  /** The share of the way at which it stops moving; null for a pilot that goes as planned. */
  readonly stop: number | null;
}

/** How rough the world is: scatter of one value as a share of the way, and the share of values that come late or never. */
export interface Weather {
  readonly noise: number;
  readonly lateOrLost: number;
}

/** What became of it: check-ins are counted from 1. */
export interface Life {
  /** The first check-in whose look counted that it does not move. */
  readonly found: number;
  /** The first check-in at which it had been judged off track twice running. */
  readonly offTwice: number;
  /** The first check-in after which the sponsor was told, though the owner never answers. */
  readonly sponsor: number;
}

export const CALM: Weather = { noise: 0, lateOrLost: 0 };

const START: Day = '2026-01-05';
const CALENDAR = workingCalendar({ zone: 'UTC' });
const CHAIN: Chain = {
  owner: 'owner',
  backup: 'backup',
  sponsor: 'sponsor',
  delegate: null,
  office: ['office'],
  person: 'sponsor',
};
const AROUND: Surroundings = { calendarOf: () => CALENDAR, cadenceDays: 7 };
const AVERAGE = 4;
/** A quarter of the way behind is off track. */
const OFF_TRACK = 0.25;
const NEVER = Number.POSITIVE_INFINITY;

/** The share of the way the judged value has gone at the end of a week, without any noise. */
const planned = ({ weeks, first }: Shape, week: number): number =>
  Math.max(0, (week - first) / (weeks - first));

/** The share of the way of a single week. What is judged may be an average, which lags behind single weeks. */
function single(shape: Shape, week: number): number {
  const lag = shape.agg === 'mean' ? (AVERAGE - 1) / 2 : 0;
  const onPlan = planned(shape, week + lag);
  return shape.stop === null ? onPlan : Math.min(onPlan, shape.stop);
}

/** The share of the way of what is judged, without any noise. */
function judged(shape: Shape, week: number): number {
  const from = shape.agg === 'mean' ? Math.max(1, week - AVERAGE + 1) : week;
  const shares = Array.from({ length: week - from + 1 }, (_, at) => single(shape, from + at));
  return shares.reduce((sum, share) => sum + share, 0) / shares.length;
}

/** The first check-in at which the path without noise has been too far behind the plan twice running; never for a healthy one. */
export function reference(shape: Shape): number {
  const isBehind = (week: number) => week > 0 && planned(shape, week) - judged(shape, week) > OFF_TRACK;
  const weeks = Array.from({ length: shape.weeks }, (_, at) => at + 1);
  return weeks.find((week) => isBehind(week) && isBehind(week - 1)) ?? NEVER;
}

function criterionOf({ weeks, first, kind, agg }: Shape): Criterion {
  const [baseline, target] = kind === 'at_least' ? ['20', '40'] : ['40', '20'];
  return aCriterion({
    metric: 'm',
    kind,
    baseline,
    target,
    deadline: addDays(START, 7 * weeks - 1),
    firstEffect: first === 0 ? null : addDays(START, 7 * first),
    agg,
    aggWindow: agg === 'mean' ? AVERAGE : 1,
    minPeriods: agg === 'mean' ? 2 : 1,
  });
}

const METRIC = aMetric({ id: 'm', unit: 'count' });

/** A value with the week it is of, and the week by whose check-in it has come. */
type Arrived = RecordedValue & { readonly of: number; readonly week: number };

/** The value of a week as it arrives, now or a week later; null when it is lost. */
function measure(
  shape: Shape,
  { noise, lateOrLost }: Weather,
  week: number,
  random: () => number,
): Arrived | null {
  const fate = random();
  const gauss = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  if (fate < lateOrLost / 2) return null;
  const share = single(shape, week) + noise * gauss;
  const value = shape.kind === 'at_least' ? 20 + 20 * share : 40 - 20 * share;
  return row(week, value, fate < lateOrLost ? week + 1 : week);
}

/** A look at a pilot: on the Thursday after each week, and on the day a late value comes, which then stands for the last one. */
interface Visit {
  readonly week: number;
  readonly day: number;
  readonly isLate: boolean;
}

function visitsOf(weeks: number, values: readonly Arrived[]): Visit[] {
  return Array.from({ length: weeks }, (_, at) => at + 1).flatMap((week) => [
    ...(values.some((one) => one.week === week && one.of < week)
      ? [{ week, day: 7 * week + 1, isLate: true }]
      : []),
    { week, day: 7 * week + 3, isLate: false },
  ]);
}

/** Lives a pilot through all its check-ins. */
export function live(shape: Shape, weather: Weather, seed: number): Life {
  const random = createRandom(seed);
  const criterion = criterionOf(shape);
  const ladder = createLadder();
  const looks: { day: Day; verdict: Verdict }[] = [];
  const values = Array.from({ length: shape.weeks }, (_, at) =>
    measure(shape, weather, at + 1, random),
  ).filter((one) => one !== null);
  const visits = visitsOf(shape.weeks, values);
  const life = { found: NEVER, offTwice: NEVER, sponsor: NEVER };
  let before: ReadonlySet<string> = new Set();
  for (const [at, { week, day, isLate }] of visits.entries()) {
    const today = addDays(START, day);
    const now = Date.parse(`${today}T12:00Z`);
    const known = values.filter(({ recordedAt }) => recordedAt <= now);
    const evaluation = judge(criterion, METRIC, { start: START, zone: 'UTC' }, known, now);
    if (isLate) looks.pop();
    looks.push({ day: today, verdict: 'error' in evaluation ? 'no_data' : evaluation.verdict });
    const isThere = known.some((one) => one.of === week);
    const given = {
      start: START,
      today,
      looks,
      values: known,
      isFed: shape.isFed,
      askedOn: isThere || isLate ? null : today,
    };
    const look = stallLook(
      stallFacts({
        today,
        calendar: CALENDAR,
        stage: 'measure',
        start: START,
        graceFrom: START,
        criteria: [criterionSigns({ criterion, metric: METRIC, evaluation }, given)],
      }),
      before,
    );
    before = new Set(look.seen.map(signalKey));
    const isOff = looks.slice(-2).filter(({ verdict }) => verdict === 'off_track').length === 2;
    if (isOff) life.offTwice = Math.min(life.offTwice, week);
    if (look.counted.some(({ cause }) => cause === 'progress')) life.found = Math.min(life.found, week);
    const until = addDays(START, visits[at + 1]?.day ?? day + 7);
    // The week in which the decision is made has a card of its own.
    if (week < shape.weeks && ladder.look(look, now, Date.parse(`${until}T12:00Z`)))
      life.sponsor = Math.min(life.sponsor, week);
  }
  return life;
}

/** The cases of one pilot whose owner never answers. */
function createLadder() {
  const cases = new Map<string, Case>();
  const desk: Desk = { calendarOf: () => CALENDAR, isThere: () => true, lastSponsorDay: () => null };
  let isTold = false;

  /** Sends what may go out by `now`; gives the next instant at which something can happen to the case. */
  function send(cause: string, now: number): number {
    let next = NEVER;
    const { notice } = cases.get(cause) ?? { notice: null };
    if (notice === null) return next;
    for (const copy of addressing(cases.get(cause) as Case, notice, desk, now).copies) {
      const one = cases.get(cause) as Case;
      const fate = fateOf(one, notice.seq, copy, desk, now);
      if (fate.fate === 'hold' && fate.until !== null) next = Math.min(next, fate.until);
      if (fate.fate !== 'send') continue;
      if (copy.as === 'sponsor') isTold = true;
      cases.set(cause, delivered(one, notice.seq, { person: copy.person, as: copy.as, at: now }, AROUND));
      next = now;
    }
    return next;
  }

  function run(cause: string, score: number, from: number, until: number): void {
    let now = from;
    while (now < until) {
      const event = timeoutOf(cases.get(cause) as Case, score, now);
      if (event !== null)
        cases.set(cause, advance(cases.get(cause) as Case, { event, at: now }, AROUND).case);
      const next = send(cause, now);
      const due = cases.get(cause)?.clock?.due ?? NEVER;
      const soonest = Math.min(next === now ? NEVER : next, due <= now ? NEVER : due);
      if (soonest === NEVER && next !== now) return;
      now = next === now ? now : soonest;
    }
  }

  return {
    /** What a look means for the cases, and what happens until the next; whether the sponsor has been told by then. */
    look(look: StallLook, at: number, until: number): boolean {
      const findings: ReadonlyMap<string, Finding> = findingsOf(look);
      for (const cause of new Set([...findings.keys(), ...cases.keys()])) {
        const known = cases.get(cause);
        const one =
          known === undefined || known.state === 'CLOSED' ? newCase(cause as Case['cause'], CHAIN) : known;
        const event = eventOf(findings.get(cause) ?? null, false);
        cases.set(cause, advance(one, { event, at }, AROUND).case);
        run(cause, look.score, at, until);
      }
      return isTold;
    },
  };
}

/** The number of a week, as it arrives in a week. */
export function row(week: number, value: number, recorded: number): Arrived {
  const periodEnd = addDays(START, 7 * week);
  return {
    id: `v${week}`,
    metric: 'm',
    periodStart: addDays(periodEnd, -7),
    periodEnd,
    value: value.toFixed(3),
    num: null,
    den: null,
    raw: null,
    n: null,
    unit: 'count',
    trust: 3,
    recordedAt: Date.parse(`${addDays(START, 7 * recorded + 1)}T09:00Z`),
    recordedBy: null,
    source: 'warehouse',
    reason: null,
    withdrawn: false,
    of: week,
    week: recorded,
  };
}
