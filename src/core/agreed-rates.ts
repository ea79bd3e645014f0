/** At which agreed rates do values in another unit count, and which units may values come in? */
import { Decimal } from 'decimal.js';
import { convertible } from './evaluate/index.ts';
import { parseQuantity } from './quantity.ts';
import { type CriterionProblem, numberProblem, type Problems } from './typed-criterion.ts';

/** How many of a criterion's unit one of another unit is, as decimal text: `{ 'USD/claim': '0.92' }`. */
export type Rates = Readonly<Record<string, string>>;

/** Plain numbers have no unit that could stand behind them. */
const BARE: ReadonlySet<string> = new Set(['count', 'score', 'ratio']);

/**
 * Reads agreed conversions, typed as `1 USD = 0.92 EUR`, several with `;` between them. Each must lead to the unit of the
 * criterion; what that is per need not be said again.
 *
 * @example
 * readRates('1 USD = 0.92 EUR', 'EUR/claim') // { rates: { 'USD/claim': '0.92' }, problems: {} }
 * readRates('$1 = €0.92; 1 GBP = 1.17', 'EUR') // { rates: { USD: '0.92', GBP: '1.17' }, problems: {} }
 * readRates(null, 'EUR') // { rates: null, problems: {} }
 * readRates('1 h = 60 min', 'min') // { rates: null, problems: { rates: { code: 'rate_known', typed: '1 h = 60 min', unit: 'min' } } }
 * readRates('1 USD = 0.79 GBP', 'EUR') // { rates: null, problems: { rates: { code: 'rate_elsewhere', typed: '1 USD = 0.79 GBP', unit: 'EUR' } } }
 */
export function readRates(
  typed: string | null,
  unit: string,
): { readonly rates: Rates | null; readonly problems: Problems } {
  const refused = (problem: CriterionProblem) => ({ rates: null, problems: { rates: problem } });
  const lines = (typed ?? '').split(';').flatMap((line) => line.trim() || []);
  if (lines.length === 0) return { rates: null, problems: {} };
  if (unit === 'bool') return refused({ code: 'not_for_yes_no', typed: lines.join('; ') });
  const rates = new Map<string, string>();
  for (const line of lines) {
    const read = readRate(line, unit);
    if ('code' in read) return refused(read);
    if (rates.has(read.from)) return refused({ code: 'rate_twice', typed: line });
    rates.set(read.from, read.rate);
  }
  return { rates: Object.fromEntries(rates), problems: {} };
}

function readRate(
  typed: string,
  unit: string,
): { readonly from: string; readonly rate: string } | CriterionProblem {
  const [before = '', behind = '', ...more] = typed.split('=');
  const one = parseQuantity(before);
  const other = parseQuantity(behind, unit);
  const unreadable = { code: 'rate_unreadable', typed } as const;
  if ('problem' in one || one.unit === undefined || more.length > 0 || !new Decimal(one.value).eq(1))
    return unreadable;
  if ('problem' in other) {
    if (other.problem === 'UNKNOWN_UNIT') return { code: 'rate_elsewhere', typed, unit };
    const problem = numberProblem(behind.trim(), other);
    return problem.code === 'number_unreadable' ? unreadable : problem;
  }
  if (new Decimal(other.value).lte(0)) return unreadable;
  const from = per(one.unit, unit);
  if (from === null || !completes(unit, other.unit ?? unit)) return { code: 'rate_elsewhere', typed, unit };
  if (from === unit || convertible(from, unit)) return { code: 'rate_known', typed, unit };
  return { from, rate: new Decimal(other.value).toFixed() };
}

const completes = (unit: string, typed: string): boolean => unit === typed || unit.startsWith(`${typed}/`);

/** A unit per what the criterion's unit is per; null where it is per something else. */
function per(from: string, unit: string): string | null {
  const [, ...of] = unit.split('/');
  const [top = '', ...own] = from.split('/');
  const [bottom, ownBottom] = [of.join('/'), own.join('/')];
  if (ownBottom !== '' && ownBottom.toLowerCase() !== bottom.toLowerCase()) return null;
  return bottom === '' ? top : `${top}/${bottom}`;
}

/**
 * Agreed conversions as they are typed: `1 USD = 0.92 EUR`. Empty where none is agreed.
 *
 * @example
 * ratesText({ 'USD/claim': '0.92' }, 'EUR/claim') // '1 USD = 0.92 EUR'
 * ratesText({ USD: '0.92', GBP: '1.17' }, 'EUR') // '1 GBP = 1.17 EUR; 1 USD = 0.92 EUR'
 * ratesText(null, 'EUR') // ''
 */
export function ratesText(rates: Rates | null, unit: string): string {
  const top = (of: string) => of.split('/', 1)[0] ?? '';
  return Object.entries(rates ?? {})
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([from, rate]) => `1 ${top(from)} = ${rate}${BARE.has(unit) ? '' : ` ${top(unit)}`}`)
    .join('; ');
}

/**
 * The unit in which a value is kept that came in a `named` one: itself where it converts exactly or its rate is agreed, also
 * without what it is per. Null where the value cannot count.
 *
 * @param agreed units whose rates are agreed
 * @example
 * unitKept('min', 'h', []) // 'min'
 * unitKept('USD', 'EUR/claim', ['USD/claim']) // 'USD/claim'
 * unitKept('USD', 'EUR/claim', []) // null
 */
export function unitKept(named: string, unit: string, agreed: readonly string[]): string | null {
  if (named === unit || convertible(named, unit)) return named;
  const wanted = named.toLowerCase();
  return agreed.find((one) => one.toLowerCase() === wanted || one.startsWith(`${named}/`)) ?? null;
}

/**
 * The units in which values of a metric may come besides its own, by the criteria that look at it.
 *
 * @example
 * agreedUnits([{ metric: 'M1', rates: { USD: '0.92' } }, { metric: 'M1', rates: null }, { metric: 'M2', rates: { GBP: '1.17' } }], 'M1') // ['USD']
 */
export function agreedUnits(
  criteria: readonly { readonly metric: string; readonly rates?: Rates | null }[],
  metric: string,
): string[] {
  const units = criteria
    .filter((one) => one.metric === metric)
    .flatMap(({ rates }) => Object.keys(rates ?? {}));
  return [...new Set(units)];
}
