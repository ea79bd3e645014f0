/** Which number does a row of a file or a request give, and in which unit? */
import { Decimal } from 'decimal.js';
import { unitKept } from './agreed-rates.ts';
import type { GivenValue, IncomingField, IncomingProblem } from './incoming-problem.ts';
import { parseQuantity, parseYesNo } from './quantity.ts';
import { unitNamed } from './unit.ts';

/** How many raw values one period may have. */
export const MOST_RAW = 10_000;
const MOST_CASES = 1_000_000_000;
const MOST_PLACES = 40;

/** What is measured, as far as reading a number needs it. */
export interface Measured {
  readonly name: string;
  readonly unit: string;
  /** Other units whose rates a criterion agrees on. */
  readonly agreed?: readonly string[];
}

/** The numbers of one period: a value, a numerator with its denominator, or raw values. Decimal text. */
export interface IncomingNumbers {
  readonly value: string | null;
  readonly num: string | null;
  readonly den: string | null;
  readonly raw: readonly string[] | null;
  readonly n: number | null;
  readonly unit: string;
}

type Read<T> =
  | { readonly ok: true; readonly is: T }
  | { readonly ok: false; readonly problem: IncomingProblem };
const fine = <T>(is: T): Read<T> => ({ ok: true, is });
const wrong = (problem: IncomingProblem): { ok: false; problem: IncomingProblem } => ({ ok: false, problem });

/** The forms a value can have, each with the field it is asked for by. */
const FORMS = [['value'], ['num', 'den'], ['raw']] as const;

/**
 * Reads the numbers of a row in the unit of what is measured, in one that converts to it, or in one whose rate is agreed. Numbers may be typed as
 * people type them; what can be read in two ways is refused with both readings.
 *
 * @example
 * incomingNumbers({ value: '€12.50', n: '430' }, { name: 'Cost per claim', unit: 'EUR/claim' }) // { numbers: { value: '12.50', num: null, den: null, raw: null, n: 430, unit: 'EUR/claim' } }
 * incomingNumbers({ num: '9', den: '10' }, { name: 'Accuracy', unit: 'percent' }).numbers.den // '10'
 * incomingNumbers({ value: '1,234' }, { name: 'Tickets', unit: 'count' }).problem.readings // ['1234', '1.234']
 */
export function incomingNumbers(
  given: GivenValue,
  metric: Measured,
): { readonly numbers: IncomingNumbers } | { readonly problem: IncomingProblem } {
  const result = readNumbers(given, metric);
  return result.ok ? { numbers: result.is } : { problem: result.problem };
}

function readNumbers(given: GivenValue, metric: Measured): Read<IncomingNumbers> {
  const there = (field: IncomingField) => !isEmpty(given[field]);
  const used = FORMS.filter((fields) => fields.some(there));
  const [form] = used;
  if (form === undefined) return wrong({ field: 'value', given: '', code: 'missing' });
  if (used.length > 1) {
    const fields = used.flat().filter(there);
    return wrong({ field: fields[1] ?? 'value', given: '', code: 'several_values', fields });
  }
  const unit = unitOf(textOf(given.unit), metric);
  if (!unit.ok) return unit;
  const count = casesOf(textOf(given.n));
  if (!count.ok) return count;
  const base = { value: null, num: null, den: null, raw: null, n: count.is, unit: unit.is ?? metric.unit };
  if (form[0] === 'value') return readValue(textOf(given.value), metric, unit.is, base);
  if (metric.unit === 'bool') {
    return wrong({
      field: form[0],
      given: textOf(given[form[0]]),
      code: 'not_yes_or_no',
      metric: metric.name,
    });
  }
  return form[0] === 'num'
    ? readRatio(textOf(given.num), textOf(given.den), metric, base)
    : readRaw(given.raw ?? '', base);
}

function readValue(
  text: string,
  metric: Measured,
  column: string | null,
  base: IncomingNumbers,
): Read<IncomingNumbers> {
  if (metric.unit === 'bool') {
    const answer = parseYesNo(text);
    return answer === null
      ? wrong({ field: 'value', given: text, code: 'not_yes_or_no', metric: metric.name })
      : fine({ ...base, value: String(answer) });
  }
  const read = numberOf('value', text, column ?? metric.unit);
  if (!read.ok) return read;
  const typed = read.is.unit;
  if (typed === undefined) return fine({ ...base, value: read.is.value });
  if (column !== null && typed !== column) {
    return wrong({ field: 'value', given: text, code: 'units_disagree', typed: column });
  }
  const unit = unitKept(typed, metric.unit, metric.agreed ?? []);
  if (unit === null) {
    return wrong({ field: 'value', given: text, code: 'unit_differs', typed, unit: metric.unit });
  }
  return fine({ ...base, value: read.is.value, unit });
}

function readRatio(num: string, den: string, metric: Measured, base: IncomingNumbers): Read<IncomingNumbers> {
  if (num === '') return wrong({ field: 'num', given: '', code: 'half_a_ratio', missing: 'num' });
  if (den === '') return wrong({ field: 'den', given: '', code: 'half_a_ratio', missing: 'den' });
  const top = bareNumber('num', num);
  if (!top.ok) return top;
  const bottom = bareNumber('den', den);
  if (!bottom.ok) return bottom;
  const [above, below] = [new Decimal(top.is), new Decimal(bottom.is)];
  if (below.lt(0)) return wrong({ field: 'den', given: den, code: 'negative' });
  if (below.eq(0) && !above.eq(0)) return wrong({ field: 'den', given: den, code: 'zero_cases' });
  if (isShare(metric.unit) && above.lt(0)) return wrong({ field: 'num', given: num, code: 'negative' });
  if (isShare(metric.unit) && above.gt(below)) {
    return wrong({ field: 'num', given: num, code: 'more_than_all', den: bottom.is });
  }
  if (base.n !== null && !below.eq(base.n)) {
    return wrong({ field: 'n', given: String(base.n), code: 'n_differs', n: below.toNumber() });
  }
  return fine({ ...base, num: top.is, den: bottom.is, n: null });
}

function readRaw(given: string | readonly string[], base: IncomingNumbers): Read<IncomingNumbers> {
  const texts = typeof given === 'string' ? listOf(given) : given;
  if (texts.length > MOST_RAW) {
    return wrong({ field: 'raw', given: `${texts.length}`, code: 'too_many', limit: MOST_RAW });
  }
  const raw: string[] = [];
  for (const text of texts) {
    const read = bareNumber('raw', text);
    if (!read.ok) return read;
    raw.push(read.is);
  }
  if (raw.length === 0) return wrong({ field: 'raw', given: textOf(given), code: 'missing' });
  if (base.n !== null && base.n !== raw.length) {
    return wrong({ field: 'n', given: String(base.n), code: 'n_differs', n: raw.length });
  }
  return fine({ ...base, raw, n: null });
}

/** `[1, 2]`, `1|2`, `1; 2` and `1 2` are lists; a comma inside could be a decimal one. */
function listOf(text: string): string[] {
  const bracketed = /^\[(.*)\]$/s.exec(text);
  const parts = bracketed?.[1] === undefined ? text.split(/[|;\s]+/) : bracketed[1].split(/\s*,\s*/);
  return parts.map((part) => part.trim()).filter((part, at) => part !== '' || (bracketed !== null && at > 0));
}

function bareNumber(field: IncomingField, text: string): Read<string> {
  const read = numberOf(field, text, undefined);
  if (!read.ok) return read;
  const { unit, value } = read.is;
  return unit === undefined ? fine(value) : wrong({ field, given: text, code: 'unit_here', unit });
}

function numberOf(
  field: IncomingField,
  given: string,
  expected: string | undefined,
): Read<{ readonly value: string; readonly unit?: string }> {
  const problem = (code: 'NOT_A_NUMBER' | 'TOO_LARGE') =>
    wrong({ field, given, code: 'number', problem: code, readings: [] });
  if (/^[+-]?(?:\d+\.?\d*|\.\d+)e[+-]?\d+$/i.test(given)) return scientific(given, problem);
  if (/^[+-]?(?:nan|infinity|inf)$/i.test(given)) return problem('NOT_A_NUMBER');
  const read = parseQuantity(given, expected);
  if (!('problem' in read)) return fine(read);
  return wrong({ field, given, code: 'number', problem: read.problem, readings: read.readings ?? [] });
}

/** Systems write small and large numbers as 1.5e-7; people do not. */
function scientific(
  given: string,
  problem: (code: 'TOO_LARGE') => { ok: false; problem: IncomingProblem },
): Read<{ readonly value: string }> {
  if (given.length > MOST_PLACES) return problem('TOO_LARGE');
  const size = Math.abs(Number(given));
  if (!(size < 1e15)) return problem('TOO_LARGE');
  const number = new Decimal(given);
  const places = number.decimalPlaces();
  return places > MOST_PLACES ? problem('TOO_LARGE') : fine({ value: number.toFixed(places) });
}

function unitOf(text: string, metric: Measured): Read<string | null> {
  if (text === '') return fine(null);
  const unit = unitNamed(text, metric.unit);
  if (unit === null) return wrong({ field: 'unit', given: text, code: 'unit_unknown', unit: metric.unit });
  const kept = unitKept(unit, metric.unit, metric.agreed ?? []);
  if (kept !== null) return fine(kept);
  return wrong({ field: 'unit', given: text, code: 'unit_differs', typed: unit, unit: metric.unit });
}

function casesOf(text: string): Read<number | null> {
  if (text === '') return fine(null);
  const read = bareNumber('n', text);
  if (!read.ok) return read;
  const count = Number(read.is);
  if (count < 0) return wrong({ field: 'n', given: text, code: 'negative' });
  if (!Number.isInteger(count) || count > MOST_CASES)
    return wrong({ field: 'n', given: text, code: 'not_whole' });
  return fine(count);
}

function isShare(unit: string): boolean {
  return unit === 'percent' || unit === 'ratio';
}

function isEmpty(field: string | readonly string[] | undefined): boolean {
  return field === undefined || field.length === 0;
}

function textOf(field: string | readonly string[] | undefined): string {
  return typeof field === 'string' ? field : (field ?? []).join(' ');
}
