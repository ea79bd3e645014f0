import { beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../../sandbox/server/random.ts';
import { workingCalendar } from '../../../src/core/business-time.ts';
import { addDays, type Day } from '../../../src/core/day.ts';
import type { Verdict } from '../../../src/core/evaluate/criterion.ts';
import { judge } from '../../../src/core/judge.ts';
import type { RecordedValue } from '../../../src/core/pilot-facts.ts';
import { criterionSigns } from '../../../src/core/stall/criterion-signs.ts';
import { stallFacts } from '../../../src/core/stall/facts.ts';
import { signalKey } from '../../../src/core/stall/signal.ts';
import { stallLook } from '../../../src/core/stall.ts';
import { aCriterion, aMetric } from '../../support/facts.ts';
import { row } from './simulated-pilot.ts';

// Pilots of sixteen weeks, the first effect expected after four, an average of four weeks: what the form offers. What the
// newest average should be by then is the plan; single weeks scatter by 15 % of the way, and one value in ten is late or lost.
const WEEKS = 16;
const FIRST = 4;
const NOISE = 0.15;
const LATE_OR_LOST = 0.1;
const PILOTS = 1000;
const SEED = 20261120;
const START: Day = '2026-01-05';
const FROM = addDays(START, 7 * FIRST);
const [BASELINE, TARGET] = [20, 40];

const criterion = aCriterion({
  metric: 'm',
  kind: 'at_least',
  baseline: String(BASELINE),
  target: String(TARGET),
  deadline: addDays(START, 7 * WEEKS - 1),
  firstEffect: FROM,
  agg: 'mean',
  aggWindow: 4,
  minPeriods: 2,
});
const metric = aMetric({ id: 'm', unit: 'count' });

const plan = (week: number) => Math.max(0, (week - FIRST) / (WEEKS - FIRST));
// An average of four weeks lies a week and a half behind; the single weeks run ahead of the plan by that.
const healthy = (week: number) => plan(week + 1.5);
const stalled = (week: number) => Math.min(healthy(week), 0.25);
// The first check-in at which a path without noise has been a quarter of the way behind twice.
const REFERENCE =
  1 + Array.from({ length: WEEKS }, (_, week) => week).findIndex((week) => plan(week) - stalled(week) > 0.25);

/** The score at each check-in, and the first at which the course itself counted against the pilot. */
function live(path: (week: number) => number, seed: number) {
  const random = createRandom(seed);
  const looks: { day: Day; verdict: Verdict }[] = [];
  const values: (RecordedValue & { readonly week: number })[] = [];
  let before: ReadonlySet<string> = new Set();
  let found = Number.POSITIVE_INFINITY;
  let score = 0;
  for (let week = 1; week <= WEEKS; week += 1) {
    const today = addDays(START, 7 * week + 3);
    const now = Date.parse(`${today}T12:00Z`);
    const fate = random();
    const gauss = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    const value = BASELINE + (TARGET - BASELINE) * (path(week) + NOISE * gauss);
    if (fate >= LATE_OR_LOST / 2) values.push(row(week, value, fate < LATE_OR_LOST ? week + 1 : week));
    const known = values.filter((one) => one.week <= week);
    const evaluation = judge(criterion, metric, { start: START, zone: 'UTC' }, known, now);
    looks.push({ day: today, verdict: 'error' in evaluation ? 'no_data' : evaluation.verdict });
    const given = { start: START, today, looks, values: known, isFed: true, askedOn: null };
    const look = stallLook(
      stallFacts({
        today,
        calendar: workingCalendar({ zone: 'UTC' }),
        stage: 'measure',
        start: START,
        graceFrom: START,
        criteria: [criterionSigns({ criterion, metric, evaluation }, given)],
      }),
      before,
    );
    before = new Set(look.seen.map(signalKey));
    if (week < WEEKS) score = Math.max(score, look.score);
    if (look.counted.some(({ cause }) => cause === 'progress')) found = Math.min(found, week);
  }
  return { score, found };
}

const portfolio = (path: (week: number) => number, seed: number) =>
  Array.from({ length: PILOTS }, (_, index) => live(path, seed + index));

describe(`a portfolio of two thousand pilots, seed ${SEED}`, () => {
  let well: ReturnType<typeof portfolio> = [];
  let stuck: ReturnType<typeof portfolio> = [];

  beforeAll(() => {
    well = portfolio(healthy, SEED);
    stuck = portfolio(stalled, SEED + PILOTS);
  });

  it('calls a sponsor to at most 3 % of the healthy ones', () => {
    const called = well.filter(({ score }) => score >= 4).length;
    expect(called / PILOTS).toBeLessThanOrEqual(0.03);
  });

  it('finds at least 99 % of the stuck ones within two check-ins of the first at which they are', () => {
    expect(REFERENCE).toBe(12);
    const found = stuck.filter((one) => one.found <= REFERENCE + 2).length;
    expect(found / PILOTS).toBeGreaterThanOrEqual(0.99);
  });

  it('brings at least 95 % of the stuck ones to the sponsor before their time is over', () => {
    const called = stuck.filter(({ score }) => score >= 4).length;
    expect(called / PILOTS).toBeGreaterThanOrEqual(0.95);
  });
});
