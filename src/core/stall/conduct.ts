/** Do the owner and the measure see the same, was the set-up done, do people use it, is the data still the same? */
import { type Watermelon, watermelon } from '../diagnose.ts';
import { Exact } from '../evaluate/exact.ts';
import { activeDays, type Course, type CriterionSigns, type StallFacts } from './facts.ts';
import { fact, hint, type Signal } from './signal.ts';

const LATE = 0.75;
const TWICE = 2;
const PEAK_WEEKS = 4;

/**
 * The owner says it goes well and the measure says otherwise, or nothing at all.
 *
 * @example
 * honesty({ views: [['green', 'off_track']], loosenedOn: [] }).map(({ isSure, weight }) => [isSure, weight]) // [[false, 2]]
 * honesty({ views: [['green', 'stale'], ['green', 'no_data']], loosenedOn: [] }).map(({ evidence }) => evidence.rule) // ['blind_green']
 */
export function honesty({ views }: StallFacts): Signal[] {
  const now = watermelon(views);
  if (now === 'blind_green') return [fact('honesty', 1, { rule: 'blind_green' })];
  if (now !== 'watermelon') return [];
  const before: readonly Watermelon[] = ['watermelon', 'watch'];
  const isAgain = before.includes(watermelon(views.slice(0, -1)));
  return [isAgain ? fact('honesty', 2, { rule: 'watermelon' }) : hint('honesty', 2, { rule: 'watermelon' })];
}

/**
 * A promise was made easier twice, or in the last quarter of the time.
 *
 * @example
 * loosened({ loosenedOn: ['2026-03-20'], start: '2026-01-05', decisionDate: '2026-03-30', pauses: [] }).map(({ evidence }) => evidence) // [{ rule: 'loosened', times: 1, isLate: true }]
 */
export function loosened({ loosenedOn, start, decisionDate, pauses }: StallFacts): Signal[] {
  if (loosenedOn.length === 0) return [];
  const all = start === null || decisionDate === null ? 0 : activeDays(pauses, start, decisionDate);
  const isLate =
    all > 0 && loosenedOn.some((day) => start !== null && activeDays(pauses, start, day) >= LATE * all);
  if (!isLate && loosenedOn.length < TWICE) return [];
  return [fact('honesty', 1, { rule: 'loosened', times: loosenedOn.length, isLate })];
}

/**
 * At half-time fewer than half of the users there should be, or users who leave: two periods running far below the peak of the
 * four weeks before.
 *
 * @example
 * adoption({ settings: { users_share: 0.5, users_fall: 0.3 }, criteria: [{ id: 'c1', isAdoption: true, elapsed: 0.5, cadenceDays: 7, course: { direction: 'up', goal: 100, left: 6, values: [{ period: 6, value: 40 }] } }] }).map(({ weight }) => weight) // [1]
 */
export function adoption({ criteria, settings }: StallFacts): Signal[] {
  return criteria.flatMap((criterion) => {
    const { course, elapsed, id } = criterion;
    if (!criterion.isAdoption || course === null || course.direction !== 'up') return [];
    const left = leaving(criterion, course, settings.users_fall);
    if (left !== null) return [fact('adoption', 2, { rule: 'users_leave', criterion: id, ...left })];
    const value = course.values.at(-1)?.value;
    const needed = share(settings.users_share, course.goal);
    if (value === undefined || elapsed === null || elapsed < 0.5 || value >= needed) return [];
    return [hint('adoption', 1, { rule: 'few_users', criterion: id, value, needed, elapsed })];
  });
}

/**
 * Work goes on and nothing has been signed, though nobody has been asked to; or what is to change was never measured before.
 * While a signature waits for its press that is the sponsor's, not a signal about the owner.
 *
 * @example
 * setUp({ today: '2026-01-20', start: '2026-01-05', charter: 'unsigned', pauses: [], criteria: [], settings: { criteria_days: 14, baseline_days: 21 } }).map(({ weight }) => weight) // [2]
 * setUp({ today: '2026-01-20', start: '2026-01-05', charter: 'asked', pauses: [], criteria: [], settings: { criteria_days: 14, baseline_days: 21 } }) // []
 */
export function setUp({ today, start, charter, pauses, criteria, settings }: StallFacts): Signal[] {
  if (start === null) return [];
  const days = activeDays(pauses, start, today);
  if (charter === 'unsigned' && days >= settings.criteria_days) {
    return [fact('setup', 2, { rule: 'no_criteria', start, days, limit: settings.criteria_days })];
  }
  if (charter !== 'signed' || days < settings.baseline_days) return [];
  return criteria
    .filter(({ role, lacksBaseline }) => role === 'required' && lacksBaseline)
    .map(({ id }) =>
      fact('setup', 1, {
        rule: 'no_baseline',
        criterion: id,
        start,
        days,
        limit: settings.baseline_days,
      }),
    );
}

/**
 * The data has drifted at two looks running.
 *
 * @example
 * drifting({ drift: [false, true, true] }).length // 1
 * drifting({ drift: [true, true, false] }).length // 0
 */
export function drifting({ drift }: StallFacts): Signal[] {
  const looks = drift.length - 1 - drift.lastIndexOf(false);
  return looks < TWICE ? [] : [fact('drift', 1, { rule: 'drift', looks })];
}

function leaving({ cadenceDays }: CriterionSigns, { values }: Course, fall: number) {
  const newest = values.slice(-TWICE);
  const periods = Math.max(1, Math.round((PEAK_WEEKS * 7) / cadenceDays));
  const before = values.slice(0, -TWICE).slice(-periods);
  if (newest.length < TWICE || before.length === 0) return null;
  const peak = Math.max(...before.map(({ value }) => value));
  const limit = share(new Exact(1).minus(fall).toNumber(), peak);
  const value = newest.at(-1)?.value ?? 0;
  return peak > 0 && newest.every((one) => one.value <= limit) ? { value, peak, limit } : null;
}

// In decimals: 0.7 times 90 is 63, in doubles it is less.
const share = (part: number, whole: number): number => new Exact(part).times(whole).toNumber();
