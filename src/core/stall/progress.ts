/** Does what is measured move towards what was promised? */
import type { DecimalText, Evaluation, Forecast, Kind, Verdict } from '../evaluate/criterion.ts';
import { amountOf } from '../evaluate/exact.ts';
import { gradeByForecast } from '../evaluate/forecast.ts';
import { exactRank, pairwiseSlopes, slopesRanked } from '../statistics/theil-sen.ts';
import type { Course, CriterionSigns, StallFacts } from './facts.ts';
import { fact, hint, type Signal, weigh } from './signal.ts';

const RISES: readonly Kind[] = ['at_least', 'increase_abs', 'increase_pct'];
const FALLS: readonly Kind[] = ['at_most', 'decrease_abs', 'decrease_pct'];
const COVERAGE = 0.8;
// A course is no course before two check-ins.
const LOOKS = 2;
const BLIND: readonly Verdict[] = ['stale', 'no_data', 'too_early'];

/**
 * Off track at several check-ins running, or all of the likely range short of the goal late in the time. Before an effect is
 * expected nothing is off track: such check-ins are no looks. A look at risk is behind too, only less: it neither counts nor
 * starts the count anew (`docs/decisions/008-two-signs-before-anybody-is-told.md`).
 *
 * @example
 * offTrack({ settings: { off_track_major: 2, off_track_critical: 4, forecast_elapsed: 0.75 }, criteria: [{ id: 'c1', role: 'required', looks: ['on_track', 'off_track', 'off_track'], isForecastShort: false, elapsed: 0.5 }] }).map(({ weight }) => weight) // [2]
 */
export function offTrack({ criteria, settings }: StallFacts): Signal[] {
  return deciding(criteria).flatMap(({ id, looks, isForecastShort, elapsed }) => {
    const run = runOf(looks, 'off_track', ['at_risk']);
    const found = weigh(run, [
      [settings.off_track_major, 2],
      [settings.off_track_critical, 4],
    ]);
    const signals: Signal[] = [];
    if (found !== null && run > 0) {
      const { weight, limit } = found;
      signals.push(fact('progress', weight, { rule: 'off_track', criterion: id, looks: run, limit }));
    }
    const isLate = elapsed !== null && elapsed >= settings.forecast_elapsed;
    if (isForecastShort && isLate && looks.length >= LOOKS) {
      const limit = settings.forecast_elapsed;
      signals.push(hint('progress', 4, { rule: 'forecast_short', criterion: id, elapsed, limit }));
    }
    return signals;
  });
}

/**
 * Reached once and lost again, at several check-ins running.
 *
 * @example
 * regressed({ settings: { regressed_major: 2 }, criteria: [{ id: 'c1', role: 'required', looks: ['regressed', 'regressed'] }] }).length // 1
 */
export function regressed({ criteria, settings }: StallFacts): Signal[] {
  return deciding(criteria).flatMap(({ id, looks }) => {
    const run = runOf(looks, 'regressed');
    const limit = settings.regressed_major;
    if (run < limit) return [];
    return [fact('progress', 2, { rule: 'regressed', criterion: id, looks: run, limit })];
  });
}

/**
 * Flat: even the steepest likely slope of the newest periods is less than half of what is needed from here to the goal. Where the
 * newest look is off track as well, two ways of reading the numbers agree, and nobody waits for another check-in.
 *
 * @example
 * flat({ settings: { flat_periods: 6, flat_share: 0.5 }, criteria: [{ id: 'c1', role: 'required', looks: ['on_track', 'at_risk'], course: { direction: 'up', goal: 100, left: 6, values: [25, 25, 25, 25, 25, 25].map((value, period) => ({ period, value })) } }] })[0].evidence // { rule: 'flat', criterion: 'c1', slope: 0, needed: 12.5, periods: 6 }
 */
export function flat({ criteria, settings }: StallFacts): Signal[] {
  return deciding(criteria).flatMap(({ id, course, looks }) => {
    const seen = course === null || looks.length < LOOKS ? null : steepest(course, settings.flat_periods);
    if (seen === null || seen.slope >= settings.flat_share * seen.needed) return [];
    const evidence = { rule: 'flat', criterion: id, ...seen, periods: settings.flat_periods } as const;
    const tells = looks.at(-1) === 'off_track' ? fact : hint;
    return [tells('progress', 2, evidence)];
  });
}

/**
 * Harm beyond doubt: a guardrail is broken so clearly that nobody waits for a second look.
 *
 * @example
 * harm({ criteria: [{ id: 'c1', role: 'guardrail', isHarm: true }] })[0].isCritical // true
 */
export function harm({ criteria }: StallFacts): Signal[] {
  return deciding(criteria)
    .filter(({ isHarm }) => isHarm)
    .map(({ id }) => ({ ...fact('progress', 4, { rule: 'harm', criterion: id }), isCritical: true }));
}

/**
 * What an evaluation says beyond its verdict: whether harm is clear, whether all of the likely range falls short, and how much
 * of the time is gone.
 *
 * @example
 * signsOf('at_least', { reasons: [], forecast: { lo: 20, hi: 30 }, goal: '40', expected_progress: 0.8 }) // { isHarm: false, isForecastShort: true, elapsed: 0.8 }
 * signsOf('at_most', { reasons: ['clear_breach'], forecast: null, goal: '2', expected_progress: null }) // { isHarm: true, isForecastShort: false, elapsed: null }
 */
export function signsOf(
  kind: Kind,
  evaluation: Pick<Evaluation, 'reasons' | 'forecast' | 'goal' | 'expected_progress'>,
): Pick<CriterionSigns, 'isHarm' | 'isForecastShort' | 'elapsed'> {
  const { reasons, forecast, goal, expected_progress } = evaluation;
  return {
    isHarm: reasons.includes('clear_breach'),
    isForecastShort: forecast !== null && goal !== null && isShort(kind, forecast, goal),
    elapsed: expected_progress,
  };
}

// The verdict's own comparison: a course that ends at the goal ends there within what adding doubles may lose.
function isShort(kind: Kind, forecast: Forecast, goal: DecimalText): boolean {
  const isRise = RISES.includes(kind);
  if (!isRise && !FALLS.includes(kind)) return false;
  return (
    gradeByForecast(forecast, { shape: isRise ? 'up' : 'down', text: goal, limit: amountOf(goal) }) === 2
  );
}

const deciding = (criteria: readonly CriterionSigns[]): CriterionSigns[] =>
  criteria.filter(({ role }) => role !== 'informative');

// A look that saw no numbers resolves nothing: it neither counts nor ends what was there before. Nor does one of the verdicts
// named as neither, unless it is the newest: that one says how it is now.
function runOf(looks: readonly Verdict[], verdict: Verdict, neither: readonly Verdict[] = []): number {
  const seen = looks.filter((look) => !BLIND.includes(look));
  if (seen.at(-1) !== verdict) return 0;
  const told = seen.filter((look) => !neither.includes(look));
  return told.length - 1 - told.findLastIndex((look) => look !== verdict);
}

// Both slopes as movement towards the goal, per period.
function steepest(course: Course, periods: number): { slope: number; needed: number } | null {
  const newest = course.values.slice(-periods);
  const last = newest.at(-1);
  if (newest.length < periods || last === undefined || course.left <= 0) return null;
  const sign = course.direction === 'up' ? 1 : -1;
  const way = sign * (course.goal - last.value);
  if (way <= 0) return null;
  const slopes = pairwiseSlopes(
    newest.map(({ period }) => period),
    newest.map(({ value }) => sign * value),
  );
  const rank = rankOf(periods);
  return { slope: slopesRanked(slopes, rank, slopes.length + 1 - rank).hi, needed: way / course.left };
}

const ranks = new Map<number, number>();

// The exact count is long and its answer never changes, so remembering it is not state.
function rankOf(periods: number): number {
  const rank = ranks.get(periods) ?? exactRank(periods, COVERAGE);
  ranks.set(periods, rank);
  return rank;
}
