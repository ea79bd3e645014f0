/** What do a criterion's verdicts and values say to the rules for pilots that are stuck? */
import { addDays, type Day, type Period, periodEnding } from '../day.ts';
import type { Evaluation, Kind, Verdict } from '../evaluate/criterion.ts';
import { currentValues } from '../judge.ts';
import { type CadenceName, cadenceOf, lastEnded } from '../metric.ts';
import type { MeasuredValue } from '../pilot-facts.ts';
import type { CriterionStanding } from '../standing.ts';
import type { Course, CriterionSigns } from './facts.ts';
import { signsOf } from './progress.ts';

/** What must be known beside the criterion's standing today. Days are days of the workspace's zone. */
export interface SignsGiven {
  readonly start: Day;
  readonly today: Day;
  /** The verdict on this criterion at each check-in, oldest first. */
  readonly looks: readonly { readonly day: Day; readonly verdict: Verdict }[];
  /** The values of the criterion's metric. */
  readonly values: readonly MeasuredValue[];
  /** A connected source brings the values. */
  readonly isFed: boolean;
  /** The day a check-in first asked for what is missing; null where nothing is, or nobody was asked. */
  readonly askedOn: Day | null;
}

const DAYS: Readonly<Record<CadenceName, number>> = { week: 7, fortnight: 14, month: 31, quarter: 92 };
const GRACE_DAYS = 2;
const UP: readonly Kind[] = ['at_least', 'increase_abs', 'increase_pct'];
const WITHOUT_COURSE: readonly string[] = ['pilot_sum', 'percentile'];
const DOWN: readonly Kind[] = ['at_most', 'decrease_abs', 'decrease_pct'];

/**
 * A criterion as the stall rules look at it. One whose definition cannot be judged says nothing but that its data is there.
 *
 * @example
 * criterionSigns(
 *   { criterion: { id: 'c1', role: 'required', kind: 'at_least', baseline: null, firstEffect: '2026-02-02', measures: 'adoption', deadline: '2026-03-29', agg: 'latest' },
 *     metric: { id: 'm1', cadence: 'week', unit: 'count' },
 *     evaluation: { reasons: [], forecast: null, goal: '40', expected_progress: null } },
 *   { start: '2026-01-05', today: '2026-02-10', looks: [{ day: '2026-01-15', verdict: 'off_track' }], values: [], isFed: false, askedOn: null },
 * ).looks // []
 */
export function criterionSigns(standing: CriterionStanding, given: SignsGiven): CriterionSigns {
  const { criterion, metric, evaluation } = standing;
  const { start, today, looks, isFed, askedOn } = given;
  const judged = 'error' in evaluation ? null : evaluation;
  const cadence = cadenceOf(metric.cadence);
  const periodOf = (end: Day) => periodEnding(start, cadence, end);
  const rows = currentValues(given.values).filter(({ periodEnd }) => periodEnd <= today);
  const expectedFrom =
    criterion.firstEffect !== null && criterion.firstEffect > start ? criterion.firstEffect : start;
  const isDirected = UP.includes(criterion.kind) || DOWN.includes(criterion.kind);
  return {
    id: criterion.id,
    metric: metric.id,
    role: criterion.role,
    isTyped: !isFed,
    isAdoption: criterion.measures === 'adoption',
    lacksBaseline: isDirected && criterion.baseline === null,
    looks: looks.filter(({ day }) => day >= expectedFrom).map(({ verdict }) => verdict),
    ...(judged === null ? NOTHING : signsOf(criterion.kind, judged)),
    newest: rows.at(-1)?.periodEnd ?? null,
    expectedFrom,
    cadenceDays: DAYS[metric.cadence],
    graceDays: GRACE_DAYS,
    askedOn,
    course: judged === null ? null : courseOf(standing, judged, rows, expectedFrom, start, periodOf),
  };
}

const NOTHING = { isHarm: false, isForecastShort: false, elapsed: null };

function courseOf(
  { criterion, metric }: CriterionStanding,
  { goal }: Evaluation,
  rows: readonly MeasuredValue[],
  expectedFrom: Day,
  start: Day,
  periodOf: (end: Day) => Period | null,
): Course | null {
  const rises = UP.includes(criterion.kind);
  // A total has no slope of its own: it never falls. And no number of a period is a percentile of several.
  if (goal === null || WITHOUT_COURSE.includes(criterion.agg) || (!rises && !DOWN.includes(criterion.kind)))
    return null;
  const values = rows
    .filter(({ periodEnd }) => periodEnd > expectedFrom)
    .flatMap((row) => {
      const period = periodOf(row.periodEnd);
      const number = numberOf(row);
      const rate = row.unit === metric.unit ? 1 : criterion.rates?.[row.unit];
      if (period === null || number === null || rate === undefined) return [];
      return [{ period: period.number, value: number * Number(rate) }];
    });
  const all = lastEnded(start, metric.cadence, addDays(criterion.deadline, 1))?.number ?? 0;
  const left = all - (values.at(-1)?.period ?? all);
  return { direction: rises ? 'up' : 'down', goal: Number(goal), values, left };
}

function numberOf({ value, num, den }: MeasuredValue): number | null {
  const number = value === null && num !== null && den !== null ? Number(num) / Number(den) : Number(value);
  return Number.isFinite(number) && (value !== null || den !== null) ? number : null;
}
