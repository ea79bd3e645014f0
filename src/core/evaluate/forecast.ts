/** Where does the course so far lead by the deadline? */

import { type Day, dayFromEpoch, epochDay, periodNumbered } from '../day.ts';
import { kendallVariance } from '../statistics/kendall.ts';
import { median, medianInPlace, ranked } from '../statistics/median.ts';
import { Z_80 } from '../statistics/normal.ts';
import { quantile } from '../statistics/quantile.ts';
import {
  exactRank,
  pairwiseSlopes,
  type SlopeLimits,
  slopeLimits,
  slopesRanked,
} from '../statistics/theil-sen.ts';
import { lastPeriod } from './clock.ts';
import type { Calendar, Forecast } from './criterion.ts';
import type { Evidence } from './evidence.ts';
import { amountFrom } from './exact.ts';
import type { Goal } from './goal.ts';
import type { Grade } from './pace.ts';
import type { Reading } from './readings.ts';
import { SAME as SAME_UNIT } from './units.ts';
import { exactly } from './value.ts';

/** A forecast with the day on which the goal would be reached; null when the course does not lead there. */
export interface Course {
  readonly forecast: Forecast;
  readonly arrival: Day | null;
}

const FEWEST = 5;
const NEWEST = 104;
const EXACT_UP_TO = 10;
// Ranks of the lower 80 % limit by exact count, for 5 to 10 periods.
const RANKS = new Map([5, 6, 7, 8, 9, 10].map((n) => [n, exactRank(n, 0.8)]));
const SAME = 1e-9;

/**
 * The likely range at the deadline, from the newest 104 periods since an effect was expected; null with fewer than five, and
 * for anything that is not a single direction of `latest`, `mean` or `pilot_sum`.
 *
 * @example
 * courseOf({ criterion: { agg: 'latest' }, goal: { shape: 'up' }, used: [] }) // null
 */
export function courseOf(evidence: Evidence): Course | null {
  const { criterion, goal, calendar } = evidence;
  if (goal.shape !== 'up' && goal.shape !== 'down') return null;
  const readings = measuredOf(evidence);
  if (readings.length < FEWEST) return null;
  if (criterion.agg === 'pilot_sum') return totalCourse(evidence, readings, goal.limit.approx);
  if (criterion.agg !== 'latest' && criterion.agg !== 'mean') return null;
  const end = lastPeriod(calendar);
  const t = new Float64Array(readings.length);
  const y = new Float64Array(readings.length);
  for (const [i, reading] of readings.entries()) {
    t[i] = reading.period;
    y[i] = numberOf(evidence, reading);
  }
  const slopes = slopesOf(t, y);
  const room = new Float64Array(readings.length);
  const intercept = interceptOf(t, y, slopes.slope, room);
  const middle = intercept + slopes.slope * end;
  const low = interceptOf(t, y, slopes.lo, room) + slopes.lo * end;
  const high = interceptOf(t, y, slopes.hi, room) + slopes.hi * end;
  const width = criterion.agg === 'mean' ? Math.sqrt(criterion.window) : 1;
  const spread = usualResidual(t, y, slopes.slope, intercept, room) / width;
  const arrives = arrivalOf(slopes.slope, goal.limit.approx - intercept);
  return {
    forecast: {
      slope: slopes.slope,
      slope_lo: slopes.lo,
      slope_hi: slopes.hi,
      lo: Math.min(low, middle, high) - spread,
      hi: Math.max(low, middle, high) + spread,
    },
    arrival: slopes.lo <= 0 && slopes.hi >= 0 ? null : dayOfPeriod(calendar, arrives),
  };
}

/**
 * The grade by forecast: 0 when all of the range reaches the goal, 2 when none of it does, else 1.
 *
 * @example
 * gradeByForecast({ lo: 41, hi: 44 }, { shape: 'up', limit: { approx: 40 } }) // 0
 * gradeByForecast({ lo: 38, hi: 44 }, { shape: 'up', limit: { approx: 40 } }) // 1
 */
export function gradeByForecast(forecast: Pick<Forecast, 'lo' | 'hi'>, goal: Goal): Grade {
  if (goal.shape !== 'up' && goal.shape !== 'down') return 1;
  const limit = goal.limit.approx;
  // A range that ends at the goal ends there within what adding doubles may lose.
  const slack = SAME * Math.max(Math.abs(forecast.lo), Math.abs(forecast.hi), Math.abs(limit));
  const [far, near] =
    goal.shape === 'up'
      ? [forecast.lo - limit, forecast.hi - limit]
      : [limit - forecast.hi, limit - forecast.lo];
  if (far >= -slack) return 0;
  return near >= -slack ? 1 : 2;
}

// A total grows by what the usual periods add: the quartiles of the periods so far, for each period to come.
function totalCourse(evidence: Evidence, readings: readonly Reading[], goal: number): Course {
  const y = readings.map((reading) => numberOf(evidence, reading));
  const sum = evidence.used.reduce((total, { top, bottom }) => total + (bottom > 0 ? top / bottom : 0), 0);
  const newest = readings.at(-1)?.period ?? 0;
  const left = Math.max(0, lastPeriod(evidence.calendar) - newest);
  const [slope, lower, upper] = [median(y), quantile(y, 0.25), quantile(y, 0.75)];
  const arrives = arrivalOf(slope, goal - sum);
  return {
    forecast: { slope, slope_lo: lower, slope_hi: upper, lo: sum + left * lower, hi: sum + left * upper },
    arrival: dayOfPeriod(evidence.calendar, arrives === null ? null : newest + arrives),
  };
}

// Converted in doubles, 0.57 would be another number than 57 %, and equal values would not be ties.
function numberOf({ criterion }: Evidence, reading: Reading): number {
  const { row, conversion, top, bottom } = reading;
  const isPlain = conversion === SAME_UNIT || typeof row.den === 'string';
  return isPlain ? top / bottom : amountFrom(exactly(criterion, reading)).approx;
}

function slopesOf(t: Float64Array, y: Float64Array): SlopeLimits {
  const slopes = pairwiseSlopes(t, y);
  if (y.length > EXACT_UP_TO) return slopeLimits(slopes, Z_80 * Math.sqrt(kendallVariance(y)), 'outward');
  const rank = RANKS.get(y.length) ?? 1;
  return slopesRanked(slopes, rank, slopes.length + 1 - rank);
}

// What was measured before an effect was expected says nothing about where the effect leads.
function measuredOf({ used, clock }: Evidence): readonly Reading[] {
  const counts = (reading: Reading) => reading.bottom > 0 && reading.end >= clock.ramp;
  const measured = used.every(counts) ? used : used.filter(counts);
  return measured.length > NEWEST ? measured.slice(-NEWEST) : measured;
}

function interceptOf(t: Float64Array, y: Float64Array, slope: number, room: Float64Array): number {
  return medianInPlace(residuals(t, y, slope, 0, room));
}

// The split-conformal count: four of five residuals are no larger.
function usualResidual(
  t: Float64Array,
  y: Float64Array,
  slope: number,
  intercept: number,
  room: Float64Array,
): number {
  const sizes = residuals(t, y, slope, intercept, room);
  for (let i = 0; i < sizes.length; i += 1) sizes[i] = Math.abs(sizes[i] as number);
  return ranked(sizes, Math.ceil((4 * (sizes.length + 1)) / 5));
}

function residuals(
  t: Float64Array,
  y: Float64Array,
  slope: number,
  intercept: number,
  room: Float64Array,
): Float64Array {
  for (let i = 0; i < room.length; i += 1) room[i] = (y[i] as number) - intercept - slope * (t[i] as number);
  return room;
}

function arrivalOf(slope: number, way: number): number | null {
  if (way === 0) return 0;
  return slope !== 0 && Math.sign(slope) === Math.sign(way) ? way / slope : null;
}

function dayOfPeriod(calendar: Calendar, period: number | null): Day | null {
  if (period === null || period > 5200) return null;
  const { start, cadence } = calendar;
  if ('days' in cadence) return dayFromEpoch(epochDay(start) + Math.ceil(period * cadence.days - SAME));
  return periodNumbered(start, cadence, Math.ceil(period - SAME)).end;
}
