/** Has a value been said before, and was it the same then? */
import { rounded } from './decimal-text.ts';
import type { IncomingProblem } from './incoming-problem.ts';
import type { IncomingValue } from './incoming-value.ts';

/** A value as it was recorded before. */
export interface KnownValue {
  readonly metric: string;
  readonly periodEnd: string;
  readonly value: string | null;
  readonly num: string | null;
  readonly den: string | null;
  readonly raw: unknown;
  readonly n: number | null;
  readonly unit: string;
  readonly trust: number;
}

/** Whether a value is new, has been said before, or contradicts what was said before. */
export type Meeting = 'new' | 'repeated' | IncomingProblem;

/** Remembers what a file has said so far. */
export interface FileMemory {
  /** `source` is where the value comes from, as it will be kept: keys are unique in it. */
  meet(line: number, value: IncomingValue, source: string): Meeting;
}

const PLACES = 100;

/**
 * Makes the memory of one file: a period or a key that comes twice is harmless when it says the same, and a
 * contradiction when it does not.
 *
 * @example
 * fileMemory().meet(2, { metric: { id: 'M1' }, period: { number: 1, end: '2026-01-12' }, value: '1', num: null, den: null, raw: null, n: null, unit: 'count', key: null }, 'a.csv') // 'new'
 */
export function fileMemory(): FileMemory {
  type Said = { readonly line: number; readonly facts: string };
  // By number: a text of metric and day for every row would be most of what is remembered.
  const periods = new Map<string, Map<number, Said>>();
  const keys = new Map<string, Said>();
  return {
    meet(line, value, source) {
      const said = periods.get(value.metric.id) ?? new Map<number, Said>();
      periods.set(value.metric.id, said);
      const facts = factsOf({ ...value, metric: value.metric.id, periodEnd: value.period.end });
      const sameKey = value.key === null ? undefined : keys.get(`${source}\n${value.key}`);
      if (sameKey !== undefined) {
        if (sameKey.facts === facts) return 'repeated';
        return { field: 'key', given: value.key ?? '', code: 'same_key', line: sameKey.line };
      }
      const samePeriod = said.get(value.period.number);
      if (samePeriod !== undefined && samePeriod.facts !== facts) {
        return { field: 'end', given: value.period.end, code: 'same_period', line: samePeriod.line };
      }
      if (value.key !== null) keys.set(`${source}\n${value.key}`, { line, facts });
      if (samePeriod !== undefined) return 'repeated';
      said.set(value.period.number, { line, facts });
      return 'new';
    },
  };
}

/**
 * Compares a value with what is recorded: `sameKey` is the row that came with the same key and source, `current` the one
 * that counts for the period now. The same number changes nothing unless it comes with more trust; another is a correction.
 *
 * @example
 * meetKnown({ metric: { id: 'M1' }, period: { end: '2026-01-12' }, value: '12.5', num: null, den: null, raw: null, n: null, unit: 'EUR', key: null }, 0, null, { metric: 'M1', periodEnd: '2026-01-12', value: '12.50', num: null, den: null, raw: null, n: null, unit: 'EUR', trust: 0 }) // 'repeated'
 */
export function meetKnown(
  value: IncomingValue,
  trust: number,
  sameKey: KnownValue | null,
  current: KnownValue | null,
): Meeting {
  const facts = factsOf({ ...value, metric: value.metric.id, periodEnd: value.period.end });
  if (sameKey !== null) {
    if (factsOf(sameKey) === facts) return 'repeated';
    return { field: 'key', given: value.key ?? '', code: 'key_taken', value: shown(sameKey) };
  }
  return current !== null && factsOf(current) === facts && current.trust >= trust ? 'repeated' : 'new';
}

/** Two rows say the same when this text is the same: 12.5 and 12.50 are one number. */
function factsOf(row: Omit<KnownValue, 'trust'>): string {
  const raw = Array.isArray(row.raw) ? row.raw.map((one) => plain(String(one))).join(' ') : '';
  return [
    row.metric,
    row.periodEnd,
    plain(row.value),
    plain(row.num),
    plain(row.den),
    raw,
    row.n ?? '',
    row.unit,
  ].join('|');
}

function plain(text: string | null): string {
  if (text === null) return '';
  return /^-?\d/.test(text) ? rounded(text, PLACES) : text;
}

function shown(row: KnownValue): string {
  if (row.value !== null) return `${row.value} for the period that ends with ${row.periodEnd}`;
  return row.num === null
    ? `other values for the period that ends with ${row.periodEnd}`
    : `${row.num} of ${row.den} for the period that ends with ${row.periodEnd}`;
}
