/** Which observations count, one per period? */

import { type Day, epochDay, periodNumbered, step } from '../day.ts';
import { type Clock, pausedDays, periodOf } from './clock.ts';
import type { Criterion, Observation, SetAside } from './criterion.ts';
import { type Own, ownOf } from './own.ts';
import { type Conversion, conversion } from './units.ts';

/** One usable period with its own value. `end` is a day number; `period` counts cadences from the start. */
export interface Reading extends Own {
  readonly row: Observation;
  readonly end: number;
  readonly period: number;
}

/** What was usable, oldest first, and what was left out. */
export interface Readings {
  readonly used: readonly Reading[];
  readonly set_aside: readonly SetAside[];
  readonly restated: readonly Day[];
}

/**
 * The rows that count at the clock's `now` as known at `knownAt`: the newest row of each period, unless it is withdrawn,
 * lies outside the pilot, has not ended yet or lies more than half inside a pause. Rows in another unit are set aside as if
 * they had never come.
 *
 * @example
 * readingsOf({ unit: 'EUR' }, {}, [{ end: '2026-01-12', value: '5', unit: 'USD', recorded_at: 1 }], 2).set_aside // [{ "id": "2026-01-12", "end": "2026-01-12", "why": "unit_mismatch" }]
 */
export function readingsOf(
  criterion: Criterion,
  clock: Clock,
  observations: readonly Observation[],
  knownAt: number,
): Readings {
  const set_aside: SetAside[] = [];
  const known: Observation[] = [];
  for (const row of observations) {
    if (row.recorded_at > knownAt) continue;
    if (conversion(row.unit ?? criterion.unit, criterion.unit, criterion.rates) === null)
      set_aside.push({ id: idOf(row), end: row.end, why: 'unit_mismatch' });
    else known.push(row);
  }
  sortByPeriod(known);

  const used: Reading[] = [];
  const restated: Day[] = [];
  for (const [i, row] of known.entries()) {
    const before = known[i - 1];
    if (before?.end === row.end && restated.at(-1) !== row.end && differs(before, row))
      restated.push(row.end);
    if (known[i + 1]?.end === row.end || row.withdrawn === true) continue;
    const reading = readingFrom(criterion, clock, row);
    if (reading !== null) used.push(reading);
  }
  return { used, set_aside, restated };
}

/**
 * The name a row goes by in provenance: its id, or its period's end.
 *
 * @example
 * idOf({ end: '2026-01-12', trust: 3, recorded_at: 0 }) // '2026-01-12'
 */
export function idOf(row: Observation): string {
  return row.id ?? row.end;
}

function readingFrom(criterion: Criterion, clock: Clock, row: Observation): Reading | null {
  const end = epochDay(row.end);
  if (end > clock.today || end > clock.limit) return null;
  const { start, period } = spanOf(clock, row.end, end);
  if (start < clock.start) return null;
  if (clock.pauses.length > 0 && 2 * pausedDays(clock, start, end) > end - start) return null;
  const unit = unitOf(criterion, row);
  const own = unit === null ? null : ownOf(criterion, row, unit);
  if (own === null) return null;
  const { top, bottom, error, n, conversion: used } = own;
  return { row, end, period, top, bottom, error, n, conversion: used };
}

function unitOf(criterion: Criterion, row: Observation): Conversion | null {
  return conversion(row.unit ?? criterion.unit, criterion.unit, criterion.rates);
}

function spanOf(clock: Clock, endDay: Day, end: number): { start: number; period: number } {
  const { cadence, start } = clock.calendar;
  if ('days' in cadence) return { start: end - cadence.days, period: (end - clock.start) / cadence.days };
  const period = periodOf(clock.calendar, endDay);
  const onGrid = periodNumbered(start, cadence, period);
  return { start: epochDay(onGrid.end === endDay ? onGrid.start : step(endDay, cadence, -1)), period };
}

function sortByPeriod(rows: Observation[]): void {
  for (let i = 1; i < rows.length; i += 1) {
    const before = rows[i - 1];
    const row = rows[i];
    if (before !== undefined && row !== undefined && byPeriod(before, row) > 0) {
      rows.sort(byPeriod);
      return;
    }
  }
}

function byPeriod(a: Observation, b: Observation): number {
  if (a.end !== b.end) return a.end < b.end ? -1 : 1;
  if (a.recorded_at !== b.recorded_at) return a.recorded_at - b.recorded_at;
  const first = a.id ?? '';
  const second = b.id ?? '';
  if (first === second) return 0;
  return first < second ? -1 : 1;
}

function differs(a: Observation, b: Observation): boolean {
  return (
    (a.withdrawn ?? false) !== (b.withdrawn ?? false) ||
    (a.value ?? null) !== (b.value ?? null) ||
    (a.num ?? null) !== (b.num ?? null) ||
    (a.den ?? null) !== (b.den ?? null) ||
    (a.raw ?? []).join() !== (b.raw ?? []).join()
  );
}
