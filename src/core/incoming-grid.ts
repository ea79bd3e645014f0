/** Which period do the plainly written days of row after row name, when the same few come again and again? */
import {
  type Cadence,
  type Day,
  dayFromEpoch,
  epochDay,
  isDay,
  type Period,
  periodContaining,
  periodNumbered,
} from './day.ts';

/** The periods of one start and cadence that have ended. */
export interface EndedPeriods {
  /** The period that ends on a day; null when there is none, or the text is not a day. */
  ending(end: string): Period | null;
  /** The period a day lies in; null when there is none, or the text is not a day. */
  around(day: string): Period | null;
}

/** Gives the periods of a start and a cadence. */
export type PeriodFinder = (start: Day, cadence: Cadence) => EndedPeriods;

/** The periods of one start and cadence that were asked for, by number where periods have whole days, else by day. */
interface Grid {
  readonly start: Day;
  readonly cadence: Cadence;
  readonly first: number;
  readonly periods: Map<number, Period>;
}

/** More than this is not kept; what is dropped is worked out again. */
const MOST_KEPT = 50_000;

/**
 * Makes a finder. What was worked out once is remembered.
 *
 * @param today periods that end later are not found
 * @example
 * periodFinder('2026-01-20')('2026-01-05', { days: 7 }).ending('2026-01-19') // { number: 2, start: '2026-01-12', end: '2026-01-19' }
 * periodFinder('2026-01-20')('2026-01-05', { days: 7 }).ending('2026-01-18') // null
 * periodFinder('2026-01-20')('2026-01-05', { days: 7 }).around('2026-01-20') // null
 */
export function periodFinder(today: Day): PeriodFinder {
  const grids = new Map<string, Grid>();
  const days = new Map<string, number>();
  let kept = 0;

  function gridOf(start: Day, cadence: Cadence): Grid {
    const name = 'days' in cadence ? `${start} ${cadence.days} days` : `${start} ${cadence.months} months`;
    const grid = grids.get(name) ?? { start, cadence, first: epochDay(start), periods: new Map() };
    grids.set(name, grid);
    return grid;
  }

  /** Days since 1970 of a day that exists; NaN for any other text. */
  function numberOf(day: string): number {
    const known = days.get(day);
    if (known !== undefined) return known;
    if (!isDay(day)) return Number.NaN;
    if (days.size >= MOST_KEPT) days.clear();
    const number = epochDay(day);
    days.set(day, number);
    return number;
  }

  function keep(grid: Grid, place: number, period: Period): void {
    if (kept >= MOST_KEPT) {
      for (const other of grids.values()) other.periods.clear();
      kept = 0;
    }
    kept += 1;
    grid.periods.set(place, period);
  }

  function containing(grid: Grid, day: number): Period | null {
    if (Number.isNaN(day) || day < grid.first) return null;
    const place = placeOf(grid, day);
    let period = grid.periods.get(place) ?? null;
    if (period === null) {
      period = periodAt(grid, place);
      if (period === null || period.end > today) return null;
      keep(grid, place, period);
    }
    return period;
  }

  return (start, cadence) => {
    const grid = gridOf(start, cadence);
    return {
      ending(end) {
        const period = containing(grid, numberOf(end) - 1);
        return period !== null && period.end === end ? period : null;
      },
      around: (day) => containing(grid, numberOf(day)),
    };
  };
}

const placeOf = ({ cadence, first }: Grid, day: number): number =>
  'days' in cadence ? Math.floor((day - first) / cadence.days) + 1 : day;

const periodAt = ({ start, cadence }: Grid, place: number): Period | null =>
  'days' in cadence
    ? periodNumbered(start, cadence, place)
    : periodContaining(start, cadence, dayFromEpoch(place));
