/** How are a million rows read as quickly as they can be, with the same answers as one by one? */
import { type Day, isDay, type Period } from './day.ts';
import { type EndedPeriods, type PeriodFinder, periodFinder } from './incoming-grid.ts';
import type { IncomingMetric, IncomingPilot, PilotIndex } from './incoming-pilots.ts';
import { isBlank, isPlainLine, type PlainMeasure, plainNumbers } from './incoming-plain.ts';
import type { GivenValue, IncomingProblem } from './incoming-problem.ts';
import { LONGEST } from './incoming-text.ts';
import { type IncomingValue, incomingValue } from './incoming-value.ts';
import { cadenceOf } from './metric.ts';
import { unitNamed } from './unit.ts';

/** Reads one row after the other. */
export type ValueReader = (
  row: GivenValue,
) => { readonly value: IncomingValue } | { readonly problem: IncomingProblem };

/** A metric of a pilot as rows name it, with what reading each of them needs. */
interface Place extends PlainMeasure {
  readonly pilot: IncomingPilot;
  readonly metric: IncomingMetric;
  readonly periods: EndedPeriods;
}

type Field = GivenValue[keyof GivenValue];

/**
 * Makes a reader of rows. A row that is written the plain way (the key of the pilot, key or name of the metric, an ISO
 * day, a bare number in the metric's unit) is taken as it stands; everything else, and everything that is wrong, is left
 * to `incomingValue`. The answers are the same.
 *
 * @param today in the workspace's zone
 * @example
 * valueReader({ pilot: () => null, near: () => ['claims'] }, '2026-01-20')({ pilot: 'clams', metric: 'cost' }) // { problem: { field: 'pilot', given: 'clams', code: 'unknown_pilot', near: ['claims'] } }
 */
export function valueReader(pilots: PilotIndex, today: Day): ValueReader {
  const places = new Map<string, Map<string, Place>>();
  const finder = periodFinder(today);

  function placeOf({ pilot, metric }: GivenValue): Place | null {
    if (typeof pilot !== 'string' || typeof metric !== 'string') return null;
    const known = places.get(pilot)?.get(metric);
    if (known !== undefined) return known;
    const place = findPlace(pilots, finder, pilot, metric);
    if (place !== null) keep(place, metric);
    return place;
  }

  function keep(place: Place, word: string): void {
    // Under our own words: those of the row are pieces of the file, and would keep all of it in memory.
    const { key } = place.pilot;
    const metric = word === place.metric.key ? place.metric.key : place.metric.name;
    places.set(key, (places.get(key) ?? new Map<string, Place>()).set(metric, place));
  }

  function plainValue(row: GivenValue): IncomingValue | null {
    const place = placeOf(row);
    if (place === null) return null;
    const period = periodOf(place.periods, row.end, row.day);
    if (period === null) return null;
    const numbers = plainNumbers(row, place);
    if (numbers === null) return null;
    const { source, evidence, key } = row;
    if (!isPlainLine(source, LONGEST.source) || !isPlainLine(evidence, LONGEST.evidence)) return null;
    if (!isPlainLine(key, LONGEST.key)) return null;
    return {
      value: numbers.value,
      num: numbers.num,
      den: numbers.den,
      raw: null,
      n: numbers.n,
      unit: place.unit,
      pilot: place.pilot,
      metric: place.metric,
      period,
      source: source || null,
      evidence: evidence || null,
      key: key || null,
    };
  }

  return (row) => {
    const value = plainValue(row);
    return value === null ? incomingValue(row, pilots, today) : { value };
  };
}

/** Only names in their own spelling are remembered, so that there are no more places than metrics and their names. */
function findPlace(
  pilots: PilotIndex,
  finder: PeriodFinder,
  pilotWord: string,
  metricWord: string,
): Place | null {
  const pilot = pilots.pilot(pilotWord);
  if (pilot === null || pilot.key !== pilotWord || pilot.start === null || !isDay(pilot.start)) return null;
  const metric = metricWord.trim() === metricWord ? pilots.metric(pilot, metricWord).found : null;
  if (metric === null || (metric.key !== metricWord && metric.name !== metricWord)) return null;
  const { unit } = metric;
  const periods = finder(pilot.start, cadenceOf(metric.cadence));
  return { pilot, metric, periods, unit, unitIsPlain: unitNamed(unit, unit) === unit };
}

function periodOf(periods: EndedPeriods, end: Field, day: Field): Period | null {
  if (typeof end === 'string' && end !== '') return isBlank(day) ? periods.ending(end) : null;
  return typeof day === 'string' && isBlank(end) ? periods.around(day) : null;
}
