/** How are thousands of checked values held? Column by column, so that they are handed on and written at little cost. */
import type { Day } from './day.ts';
import { type IncomingValue, incomingTrust } from './incoming-value.ts';

/** A value with the line it stands on, and where it comes from as it will be kept. */
export interface TakenValue {
  readonly line: number;
  readonly value: IncomingValue;
  readonly source: string;
}

/** Checked values; the lists are of the same length, and what stands at one place belongs together. */
export interface ValueColumns {
  readonly line: readonly number[];
  /** Ids. */
  readonly pilot: readonly string[];
  readonly metric: readonly string[];
  readonly periodStart: readonly Day[];
  readonly periodEnd: readonly Day[];
  /** Decimal text. */
  readonly value: readonly (string | null)[];
  readonly num: readonly (string | null)[];
  readonly den: readonly (string | null)[];
  readonly raw: readonly (readonly string[] | null)[];
  readonly n: readonly (number | null)[];
  readonly unit: readonly string[];
  readonly source: readonly string[];
  readonly trust: readonly number[];
  readonly evidence: readonly (string | null)[];
  readonly key: readonly (string | null)[];
}

/** Values next to each other that are about one metric. */
export interface Stretch {
  readonly pilot: string;
  readonly metric: string;
  /** The place of its first value, and the place after its last one. */
  readonly from: number;
  readonly to: number;
  /** The first and the last day on which one of the periods ends. */
  readonly first: Day;
  readonly last: Day;
}

/** Columns that grow. */
export type GrowingColumns = { readonly [Name in keyof ValueColumns]: ValueColumns[Name][number][] };

/**
 * Columns without values.
 *
 * @example
 * noValues().line // []
 */
export const noValues = (): GrowingColumns => ({
  line: [],
  pilot: [],
  metric: [],
  periodStart: [],
  periodEnd: [],
  value: [],
  num: [],
  den: [],
  raw: [],
  n: [],
  unit: [],
  source: [],
  trust: [],
  evidence: [],
  key: [],
});

/**
 * Adds a value at the end. Nothing of the value is kept but its texts and numbers.
 *
 * @example
 * addValue(noValues(), { line: 2, source: 'a.csv', value: { pilot: { id: 'P1' }, metric: { id: 'M1' }, period: { start: '2026-01-05', end: '2026-01-12' }, value: '3', num: null, den: null, raw: null, n: null, unit: 'count', source: null, evidence: null, key: null } }) // undefined
 */
export function addValue(columns: GrowingColumns, { line, value, source }: TakenValue): void {
  columns.line.push(line);
  columns.pilot.push(value.pilot.id);
  columns.metric.push(value.metric.id);
  columns.periodStart.push(value.period.start);
  columns.periodEnd.push(value.period.end);
  columns.value.push(value.value);
  columns.num.push(value.num);
  columns.den.push(value.den);
  columns.raw.push(value.raw);
  columns.n.push(value.n);
  columns.unit.push(value.unit);
  columns.source.push(source);
  columns.trust.push(incomingTrust(value));
  columns.evidence.push(value.evidence);
  columns.key.push(value.key);
}

/**
 * Values in columns.
 *
 * @example
 * valueColumns([{ line: 2, source: 'a.csv', value: { pilot: { id: 'P1' }, metric: { id: 'M1' }, period: { start: '2026-01-05', end: '2026-01-12' }, value: '3', num: null, den: null, raw: null, n: null, unit: 'count', source: null, evidence: null, key: null } }]).value // ['3']
 */
export function valueColumns(values: readonly TakenValue[]): ValueColumns {
  const columns = noValues();
  for (const value of values) addValue(columns, value);
  return columns;
}

/**
 * How many values there are.
 *
 * @example
 * countOfValues({ line: [2, 3] }) // 2
 */
export const countOfValues = ({ line }: Pick<ValueColumns, 'line'>): number => line.length;

/**
 * The values at some places only.
 *
 * @example
 * valuesAt({ line: [2, 3, 4], unit: ['EUR', 'min', 'EUR'] }, [0, 2]) // { line: [2, 4], unit: ['EUR', 'EUR'] }
 */
export function valuesAt(columns: ValueColumns, places: readonly number[]): ValueColumns {
  const lists = Object.entries(columns).map(([name, list]: [string, readonly unknown[]]) => [
    name,
    places.map((place) => list[place]),
  ]);
  return Object.fromEntries(lists) as ValueColumns;
}

/**
 * Values one after the other.
 *
 * @example
 * joinedValues([{ line: [2], unit: ['EUR'] }, { line: [3], unit: ['min'] }]) // { line: [2, 3], unit: ['EUR', 'min'] }
 */
export function joinedValues(parts: readonly ValueColumns[]): ValueColumns {
  const names = Object.keys(parts[0] ?? noValues()) as (keyof ValueColumns)[];
  const lists = names.map((name) => [name, parts.flatMap((part): readonly unknown[] => part[name])]);
  return Object.fromEntries(lists) as ValueColumns;
}

/**
 * Values next to each other about one metric, in their order.
 *
 * @example
 * stretchesOf({ line: [2, 3], pilot: ['P1', 'P1'], metric: ['M1', 'M1'], periodEnd: ['2026-01-19', '2026-01-12'] }) // [{ pilot: 'P1', metric: 'M1', from: 0, to: 2, first: '2026-01-12', last: '2026-01-19' }]
 */
export function stretchesOf({ pilot, metric, periodEnd }: ValueColumns): Stretch[] {
  const stretches: Stretch[] = [];
  for (let from = 0; from < pilot.length; ) {
    const about = { pilot: pilot[from] ?? '', metric: metric[from] ?? '' };
    let first = periodEnd[from] ?? '';
    let last = first;
    let to = from;
    for (; to < pilot.length && metric[to] === about.metric && pilot[to] === about.pilot; to += 1) {
      const end = periodEnd[to] ?? '';
      if (end < first) first = end;
      if (end > last) last = end;
    }
    stretches.push({ ...about, from, to, first, last });
    from = to;
  }
  return stretches;
}
