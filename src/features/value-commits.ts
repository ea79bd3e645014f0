/** Which values are written together? */
import { countOfValues, stretchesOf, type ValueColumns, valuesAt } from '../core/incoming-columns.ts';

/** A commit keeps every other writer waiting, so it is short: some thousands of rows, or some dozens of pilots. */
export const ROWS_PER_COMMIT = 5_000;
const PILOTS_PER_COMMIT = 50;

/** Values pilot by pilot, in portions that are written one at a time. */
export function commitsOf(values: ValueColumns): ValueColumns[] {
  const byPilot = [...Map.groupBy(stretchesOf(values), ({ pilot }) => pilot).values()];
  const count = countOfValues(values);
  if (count === 0) return [];
  if (count <= ROWS_PER_COMMIT && byPilot.length <= PILOTS_PER_COMMIT) return [values];
  const commits: ValueColumns[] = [];
  let places: number[] = [];
  let pilots = 0;
  const end = () => {
    if (places.length > 0) commits.push(valuesAt(values, places));
    places = [];
    pilots = 0;
  };
  for (const stretches of byPilot) {
    const own = stretches.reduce((sum, { from, to }) => sum + to - from, 0);
    if (places.length + own > ROWS_PER_COMMIT || pilots === PILOTS_PER_COMMIT) end();
    pilots += 1;
    for (const { from, to } of stretches) {
      for (let place = from; place < to; place += 1) {
        places.push(place);
        if (places.length === ROWS_PER_COMMIT) end();
      }
    }
  }
  end();
  return commits;
}
