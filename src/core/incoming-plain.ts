/** Is a field of a row written the plain way, so that it can be taken as it stands? */
import type { IncomingNumbers } from './incoming-number.ts';
import type { GivenValue } from './incoming-problem.ts';
import { parseYesNo } from './quantity.ts';

/** A field as a row has it. */
type Field = string | readonly string[] | undefined;

/** What a row is measured in, as far as reading it needs to know. */
export interface PlainMeasure {
  readonly unit: string;
  /** The unit typed by its own name reads as itself. */
  readonly unitIsPlain: boolean;
}

type PlainNumbers = Pick<IncomingNumbers, 'value' | 'num' | 'den' | 'n'>;

const MOST_DIGITS = 15;
const MOST_LENGTH = 40;
const COUNT_DIGITS = 9;
const [ZERO, NINE, MINUS, POINT, BLANK, TILDE] = [48, 57, 45, 46, 32, 126] as const;

/**
 * The numbers of a row that gives one bare value or one ratio in the metric's own unit; null when that is not sure.
 *
 * @example
 * plainNumbers({ value: '12.50', n: '430' }, { unit: 'min', unitIsPlain: true }) // { value: '12.50', num: null, den: null, n: 430 }
 * plainNumbers({ value: '12,50' }, { unit: 'min', unitIsPlain: true }) // null
 */
export function plainNumbers(row: GivenValue, measure: PlainMeasure): PlainNumbers | null {
  const { unit, value } = row;
  const ownUnit = isBlank(unit) || (unit === measure.unit && measure.unitIsPlain);
  if (!ownUnit || !isBlank(row.raw)) return null;
  return isBlank(value) ? plainRatio(row, measure) : plainValue(row, measure);
}

function plainValue({ value, num, den, n }: GivenValue, { unit }: PlainMeasure): PlainNumbers | null {
  if (typeof value !== 'string' || !isBlank(num) || !isBlank(den)) return null;
  const count = isBlank(n) ? null : plainCount(n);
  if (Number.isNaN(count)) return null;
  if (unit !== 'bool') return isPlainNumber(value) ? { value, num: null, den: null, n: count } : null;
  const answer = parseYesNo(value);
  return answer === null ? null : { value: String(answer), num: null, den: null, n: count };
}

function plainRatio({ num, den, n }: GivenValue, { unit }: PlainMeasure): PlainNumbers | null {
  if (!isBlank(n) || unit === 'bool' || typeof num !== 'string' || typeof den !== 'string') return null;
  const [top, bottom] = [plainCount(num), plainCount(den)];
  const isShare = unit === 'percent' || unit === 'ratio';
  // A denominator of nothing and a share above the whole are for the rules.
  const isSure = top >= 0 && bottom > 0 && !(isShare && top > bottom);
  return isSure ? { value: null, num, den, n: null } : null;
}

/**
 * Whether a field holds nothing.
 *
 * @example
 * isBlank('') // true
 */
export const isBlank = (field: Field): boolean => field === undefined || field === '';

/** A whole number of a few digits; NaN for any other text. */
function plainCount(field: Field): number {
  if (typeof field !== 'string' || field.length > COUNT_DIGITS || field.includes('.')) return Number.NaN;
  return isPlainNumber(field) && field.charCodeAt(0) !== MINUS ? Number(field) : Number.NaN;
}

/**
 * Whether a text is decimal text already.
 *
 * @example
 * ['12.50', '-3', '0.5', '0'].every(isPlainNumber) // true
 * ['1,5', '.5', '5.', '007', '-0', '1e3', ' 1', ''].some(isPlainNumber) // false
 */
export function isPlainNumber(text: string): boolean {
  if (text.length > MOST_LENGTH) return false;
  const first = text.charCodeAt(0) === MINUS ? 1 : 0;
  let point = -1;
  let isZero = true;
  for (let at = first; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === POINT && point === -1) point = at;
    else if (unit < ZERO || unit > NINE) return false;
    else if (unit !== ZERO) isZero = false;
  }
  const whole = (point === -1 ? text.length : point) - first;
  if (whole === 0 || whole > MOST_DIGITS || point === text.length - 1) return false;
  if (whole > 1 && text.charCodeAt(first) === ZERO) return false;
  return first === 0 || !isZero;
}

/**
 * Whether words can be kept as they stand: printable ASCII on one line, without blanks at the ends; or nothing.
 *
 * @example
 * isPlainLine('data warehouse', 120) // true
 * isPlainLine(' warehouse', 120) // false
 */
export function isPlainLine(field: Field, limit: number): field is string | undefined {
  if (field === undefined || field === '') return true;
  if (typeof field !== 'string' || field.length > limit) return false;
  for (let at = 0; at < field.length; at += 1) {
    const unit = field.charCodeAt(at);
    if (unit < BLANK || unit > TILDE) return false;
  }
  return field.charCodeAt(0) !== BLANK && field.charCodeAt(field.length - 1) !== BLANK;
}
