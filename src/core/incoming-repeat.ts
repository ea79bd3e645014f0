/** Has a value been said before, and was it the same then? */
import { compactNumbers, compactTexts, type TextIndex, textIndex } from './compact-texts.ts';
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

/** What of a value that comes in is compared with what is recorded. */
export type ComparedValue = Pick<IncomingValue, 'value' | 'num' | 'den' | 'raw' | 'n' | 'unit' | 'key'> & {
  readonly metric: Pick<IncomingValue['metric'], 'id'>;
  readonly period: Pick<IncomingValue['period'], 'end'>;
};

/** Whether a value is new, has been said before, or contradicts what was said before. */
export type Meeting = 'new' | 'repeated' | IncomingProblem;

/** Remembers what a file has said so far. */
export interface FileMemory {
  /** `source` is where the value comes from, as it will be kept: keys are unique in it. */
  meet(line: number, value: IncomingValue, source: string): Meeting;
}

const PLACES = 100;
/** No entry has this number. */
const NONE = -1;

/** What the file has said about one metric: which entry stands for which period. */
interface MetricMemory {
  readonly number: number;
  /** By the number of the period: the entry's number and one, 0 for none. */
  entries: Int32Array;
}

const PERIODS = 64;

function setEntry(memory: MetricMemory, period: number, entry: number): void {
  if (period >= memory.entries.length) {
    const longer = new Int32Array(2 ** Math.ceil(Math.log2(period + 1)));
    longer.set(memory.entries);
    memory.entries = longer;
  }
  memory.entries[period] = entry + 1;
}

/**
 * Makes the memory of one file: a period or a key that comes twice is harmless when it says the same, and a
 * contradiction when it does not. A million values fit into little room.
 *
 * @param seed any whole number that whoever writes the file cannot choose
 * @example
 * fileMemory().meet(2, { metric: { id: 'M1' }, period: { number: 1, end: '2026-01-12' }, value: '1', num: null, den: null, raw: null, n: null, unit: 'count', key: null }, 'a.csv') // 'new'
 */
export function fileMemory(seed = 0): FileMemory {
  const said = compactTexts();
  const lines = compactNumbers();
  const metrics = new Map<string, MetricMemory>();
  const sources = new Map<string, TextIndex>();
  const units = new Map<string, number>();
  // Of each key: what was said with it, and about what. Most files have no keys.
  const keyed = { entry: compactNumbers(), metric: compactNumbers(), period: compactNumbers() };

  /** Whether what came with a key before is about the same period and says the same. */
  function isSame(known: number, metric: number, period: number, facts: string): boolean {
    const about = keyed.metric.at(known) === metric && keyed.period.at(known) === period;
    return about && said.is(keyed.entry.at(known), facts);
  }

  /** A key of a source, and what came with it before. */
  function lookUp(key: string, source: string) {
    const keys = found(sources, source, () => textIndex(seed));
    return { keys, key, known: keys.get(key) };
  }

  function keep({ keys, key }: ReturnType<typeof lookUp>, entry: number, metric: number, period: number) {
    keys.add(key, keyed.entry.length);
    keyed.entry.add(entry);
    keyed.metric.add(metric);
    keyed.period.add(period);
  }

  return {
    meet(line, value, source) {
      const { metric, period, key, unit } = value;
      const memory = found(metrics, metric.id, () => ({
        number: metrics.size,
        entries: new Int32Array(PERIODS),
      }));
      const { number } = memory;
      const facts = `${found(units, unit, () => units.size)}:${numbersOf(value)}`;
      const named = key === null ? null : lookUp(key, source);
      if (named !== null && named.known !== NONE) {
        if (isSame(named.known, number, period.number, facts)) return 'repeated';
        const at = lines.at(keyed.entry.at(named.known));
        return { field: 'key', given: named.key, code: 'same_key', line: at };
      }
      const before = (memory.entries[period.number] ?? 0) - 1;
      if (before !== NONE && !said.is(before, facts))
        return { field: 'end', given: period.end, code: 'same_period', line: lines.at(before) };
      if (before !== NONE && named === null) return 'repeated';
      const entry = said.add(facts);
      lines.add(line);
      if (named !== null) keep(named, entry, number, period.number);
      if (before !== NONE) return 'repeated';
      setEntry(memory, period.number, entry);
      return 'new';
    },
  };
}

/** What is kept under a name; made and kept when there is nothing yet. */
function found<Kept>(kept: Map<string, Kept>, name: string, make: () => Kept): Kept {
  const known = kept.get(name);
  if (known !== undefined) return known;
  const made = make();
  kept.set(name, made);
  return made;
}

/**
 * Compares a value with what is recorded: `sameKey` is the row that came with the same key and source, `current` the one
 * that counts for the period now. The same number changes nothing unless it comes with more trust; another is a correction.
 *
 * @example
 * meetKnown({ metric: { id: 'M1' }, period: { end: '2026-01-12' }, value: '12.5', num: null, den: null, raw: null, n: null, unit: 'EUR', key: null }, 0, null, { metric: 'M1', periodEnd: '2026-01-12', value: '12.50', num: null, den: null, raw: null, n: null, unit: 'EUR', trust: 0 }) // 'repeated'
 */
export function meetKnown(
  value: ComparedValue,
  trust: number,
  sameKey: KnownValue | null,
  current: KnownValue | null,
): Meeting {
  if (sameKey !== null) {
    if (saysTheSame(value, sameKey)) return 'repeated';
    return { field: 'key', given: value.key ?? '', code: 'key_taken', value: shown(sameKey) };
  }
  return current !== null && current.trust >= trust && saysTheSame(value, current) ? 'repeated' : 'new';
}

function saysTheSame(value: ComparedValue, known: KnownValue): boolean {
  return (
    known.metric === value.metric.id &&
    known.periodEnd === value.period.end &&
    known.unit === value.unit &&
    numbersOf(known) === numbersOf(value)
  );
}

/** Two rows give the same numbers when this text is the same: 12.5 and 12.50 are one number. */
function numbersOf(row: Pick<KnownValue, 'value' | 'num' | 'den' | 'raw' | 'n'>): string {
  const n = row.n ?? '';
  if (row.raw === null && row.num === null && row.den === null) return `${plain(row.value)}|${n}`;
  const raw = Array.isArray(row.raw) ? row.raw.map((one) => plain(String(one))).join(' ') : '';
  return `${plain(row.value)}|${n}|${plain(row.num)}|${plain(row.den)}|${raw}`;
}

function plain(text: string | null): string {
  if (text === null) return '';
  if (isPlain(text)) return text;
  return /^-?\d/.test(text) ? rounded(text, PLACES) : text;
}

/** Whether rounding would leave a text as it is: a few digits, not ending in a zero behind a point. */
function isPlain(text: string): boolean {
  const last = text.charCodeAt(text.length - 1);
  if (text.length > PLACES || !isDigit(text.charCodeAt(0)) || !isDigit(last)) return false;
  return last !== ZERO || !text.includes('.');
}

const ZERO = 48;
const isDigit = (unit: number): boolean => unit >= ZERO && unit <= 57;

function shown(row: KnownValue): string {
  if (row.value !== null) return `${row.value} for the period that ends with ${row.periodEnd}`;
  return row.num === null
    ? `other values for the period that ends with ${row.periodEnd}`
    : `${row.num} of ${row.den} for the period that ends with ${row.periodEnd}`;
}
