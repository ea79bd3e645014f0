/** What does a week without the result cost, as somebody who is named has estimated it? */
import { compareText } from './decimal-text.ts';
import type { UnreadableQuantity } from './decimal-typed.ts';
import { parseRange } from './quantity.ts';
import { currencyOf } from './unit.ts';

/** A range of money a week, decimal text, and who says so. */
export interface CostOfDelay {
  readonly low: string;
  readonly high: string;
  /** Three letters, `EUR`. */
  readonly currency: string;
  readonly source: string;
}

/** What of a charter it is written in. */
interface Written {
  readonly delay?: string;
  readonly delaySource?: string;
}

/**
 * Why what was typed is no range of money: `NOT_MONEY` without a currency, `BELOW_ZERO`, `TURNED` with the larger end first, or
 * why it cannot be read.
 */
export type DelayProblem = UnreadableQuantity['problem'] | 'NOT_MONEY' | 'BELOW_ZERO' | 'TURNED';

/**
 * Reads a range of money typed as `8000 to 15000 EUR`. One number looks surer than such an estimate is.
 *
 * @example
 * readDelay('8000 to 15000 EUR') // { low: '8000', high: '15000', currency: 'EUR' }
 * readDelay('8000 to 15000') // { problem: 'NOT_MONEY' }
 * readDelay('15000 to 8000 EUR') // { problem: 'TURNED' }
 * readDelay('8000 EUR') // { problem: 'NOT_A_NUMBER' }
 */
export function readDelay(typed: string): Omit<CostOfDelay, 'source'> | { readonly problem: DelayProblem } {
  const range = parseRange(typed);
  if ('problem' in range) return { problem: range.problem };
  const { low, high, unit } = range;
  const currency = unit === undefined ? null : currencyOf(unit);
  if (currency === null || currency !== unit) return { problem: 'NOT_MONEY' };
  if (compareText(low, '0') < 0) return { problem: 'BELOW_ZERO' };
  return compareText(low, high) > 0 ? { problem: 'TURNED' } : { low, high, currency };
}

/**
 * The cost of delay a charter names; null where it names none, or nobody who says so.
 *
 * @example
 * costOfDelay({ delay: '8000 to 15000 EUR', delaySource: 'Finance, May' }) // { low: '8000', high: '15000', currency: 'EUR', source: 'Finance, May' }
 * costOfDelay({ delay: '8000 to 15000 EUR' }) // null
 */
export function costOfDelay({ delay, delaySource }: Written): CostOfDelay | null {
  if (delay === undefined || delaySource === undefined) return null;
  const read = readDelay(delay);
  return 'problem' in read ? null : { ...read, source: delaySource };
}
