/** What does a process measure that looks at portfolios of two sizes by all stall rules? Its last line is the answer. */

import { workingCalendar } from '../../src/core/business-time.ts';
import { addDays, type Day } from '../../src/core/day.ts';
import { eventOf } from '../../src/core/escalation/opening.ts';
import type { Verdict } from '../../src/core/evaluate/criterion.ts';
import type { Criterion, Metric, PilotFacts, RecordedValue } from '../../src/core/pilot-facts.ts';
import { criterionSigns } from '../../src/core/stall/criterion-signs.ts';
import { stallFacts } from '../../src/core/stall/facts.ts';
import { signalKey } from '../../src/core/stall/signal.ts';
import { findingsOf, stallLook } from '../../src/core/stall.ts';
import { type CriterionStanding, standingOf } from '../../src/core/standing.ts';
import { busy } from '../bench.ts';

/** What the process is told. */
export interface StallOrder {
  readonly small: number;
  readonly large: number;
  readonly rounds: number;
  /** Milliseconds of work added to every portion, by size. */
  readonly slowMs: { readonly small: number; readonly large: number };
}

/** What it answers: one number per round, in microseconds for each pilot. */
export interface StallAnswer {
  readonly small: readonly number[];
  readonly large: readonly number[];
  /** Milliseconds on a processor that the large portfolio took. */
  readonly processor: readonly number[];
}

const PORTION = 100;
/** Pilots that differ, as many as are read at once; a larger portfolio has them again and again. */
const DIFFERENT = 100;
const WARM_UP = 20;
const CRITERIA = 3;
const WEEKS = 26;
const START: Day = '2026-01-05';
const TODAY = addDays(START, 7 * WEEKS + 3);
const NOW = Date.parse(`${TODAY}T12:00Z`);
const ZONE = 'Europe/Berlin';
const VERDICTS: readonly Verdict[] = ['on_track', 'at_risk', 'off_track', 'regressed', 'stale'];

interface Case {
  readonly facts: PilotFacts;
  readonly values: readonly RecordedValue[];
  readonly standings: readonly CriterionStanding[];
  readonly looks: readonly { readonly day: Day; readonly verdict: Verdict }[];
  readonly number: number;
}

/** A pilot of half a year: every one has another course, other verdicts, other blockers. */
function pilotNumber(number: number): Omit<Case, 'standings'> {
  const metrics: Metric[] = [];
  const criteria: Criterion[] = [];
  const values: RecordedValue[] = [];
  for (let n = 0; n < CRITERIA; n += 1) {
    const id = `m${n}`;
    metrics.push({ id, key: id, name: id, unit: 'count', cadence: 'week', reporter: null, source: 'typed' });
    criteria.push(criterionOn(id, n));
    for (let week = 1; week <= WEEKS; week += 1) values.push(valueIn(number, id, week));
  }
  const fields = {
    outcome: 'o',
    problem: null,
    start: START,
    decision: null,
    rollback: null,
    budget: null,
    note: null,
  };
  const version = { id: 'v', n: 1, status: 'signed', fields } as unknown as PilotFacts['charter'];
  const facts = {
    charter: version,
    signed: version,
    versions: [version],
    metrics,
    criteria,
  } as unknown as PilotFacts;
  const looks = Array.from({ length: WEEKS }, (_, week) => ({
    day: addDays(START, 7 * week + 10),
    verdict: VERDICTS[(number + week * week) % VERDICTS.length] ?? 'on_track',
  }));
  return { facts, values, looks, number };
}

function criterionOn(metric: string, n: number): Criterion {
  return {
    id: `c${n}`,
    version: 1,
    metric,
    lineage: `c${n}`,
    position: n,
    measures: n === 2 ? 'adoption' : 'business',
    role: 'required',
    kind: n === 1 ? 'at_most' : 'at_least',
    baseline: n === 1 ? '40' : '20',
    target: n === 1 ? '20' : '40',
    targetHigh: null,
    baselineKnownBy: null,
    deadline: addDays(START, 7 * (WEEKS + 8) - 1),
    firstEffect: addDays(START, 28),
    agg: 'mean',
    aggWindow: 4,
    percentile: null,
    sustain: 1,
    minN: 0,
    minPeriods: 2,
    minTrust: 0,
    margin: '0',
    budget: null,
    closingDays: 5,
    mode: 'deadline',
    tolerance: '0.1',
    rates: null,
  };
}

function valueIn(number: number, metric: string, week: number): RecordedValue {
  const periodEnd = addDays(START, 7 * week);
  const value = 20 + ((number * 31 + week * 17 + metric.charCodeAt(1)) % 200) / 10;
  return {
    id: `${metric}-${week}`,
    metric,
    periodStart: addDays(periodEnd, -7),
    periodEnd,
    value: value.toFixed(1),
    num: null,
    den: null,
    raw: null,
    n: null,
    unit: 'count',
    trust: 1,
    recordedAt: Date.parse(`${periodEnd}T09:00Z`),
    recordedBy: null,
    source: 'typed',
    reason: null,
    withdrawn: false,
  };
}

const judgedCase = (one: Omit<Case, 'standings'>): Case => ({
  ...one,
  standings: standingOf(one.facts, one.values, ZONE, NOW).criteria,
});

/** What the look before saw. */
let seenBefore: ReadonlySet<string> = new Set();

/** Looks at a pilot by all rules and says what its cases would hear; tells how many findings there are. */
function lookAt(
  { values, standings, looks, number }: Case,
  calendar: ReturnType<typeof workingCalendar>,
): number {
  const given = { start: START, today: TODAY, looks, isFed: number % 2 === 0, askedOn: addDays(TODAY, -10) };
  const facts = stallFacts({
    today: TODAY,
    calendar,
    stage: 'measure',
    stageSince: addDays(START, 70),
    start: START,
    graceFrom: START,
    missedInRow: number % 4,
    missedDues: [],
    criteria: standings.map((standing) =>
      criterionSigns(standing, {
        ...given,
        values: values.filter(({ metric }) => metric === standing.metric.id),
      }),
    ),
    views: looks.slice(-6).map(({ verdict }) => ['green', verdict] as const),
    sponsor: { isMissing: false, calendar, askedOn: addDays(TODAY, -(number % 50)), heardOn: null },
    blockers: [0, 1].map((n) => ({ id: `b${n}`, heardOn: addDays(TODAY, -(number % 40) - n), calendar })),
    pauses: [[addDays(START, 30), addDays(START, 37)]],
  });
  const look = stallLook(facts, seenBefore);
  seenBefore = new Set(look.seen.map(signalKey));
  return [...findingsOf(look).values()].filter((finding) => eventOf(finding, false) !== 'cond_false').length;
}

// Judged once: what that costs is measured by the benchmark `evaluate`.
const cases = Array.from({ length: DIFFERENT }, (_, number) => judgedCase(pilotNumber(number)));
// One workspace has many people, and each of them days away of their own.
const calendars = Array.from({ length: 20 }, (_, n) =>
  workingCalendar({
    zone: ZONE,
    leave: [{ from: addDays(START, n), until: addDays(START, n + 9), delegate: null }],
  }),
);

/** Microseconds for each pilot of a portfolio of that size. */
function round(size: number, slowMs: number): number {
  const seen: number[] = [];
  const started = performance.now();
  for (let n = 0; n < size; n += 1) {
    const [one, calendar] = [cases[n % DIFFERENT], calendars[n % calendars.length]];
    if (one === undefined || calendar === undefined) throw new Error('there is no such pilot');
    seen.push(lookAt(one, calendar));
    if (n % PORTION === 0) busy(slowMs);
  }
  const ended = performance.now();
  const found = seen.reduce((sum, findings) => sum + findings, 0);
  if (found < size) throw new Error(`only ${found} findings in ${size} pilots`);
  return ((ended - started) * 1000) / size;
}

const { small, large, rounds, slowMs }: StallOrder = JSON.parse(process.argv[2] ?? '{}');
const answer: { small: number[]; large: number[]; processor: number[] } = {
  small: [],
  large: [],
  processor: [],
};
// Warm, as in an app that has been looking for a while.
for (let n = 0; n < WARM_UP; n += 1) round(small, 0);
for (let n = 0; n < rounds; n += 1) {
  const few = Array.from({ length: 10 }, () => round(small, slowMs.small));
  answer.small.push(few.reduce((sum, one) => sum + one, 0) / few.length);
  const before = process.cpuUsage();
  answer.large.push(round(large, slowMs.large));
  const { user, system } = process.cpuUsage(before);
  answer.processor.push((user + system) / 1000);
}
process.stdout.write(`${JSON.stringify(answer satisfies StallAnswer)}\n`);
// It waits to be asked for its memory.
setInterval(() => {}, 1000);
