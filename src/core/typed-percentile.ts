/** Which percentile of single values did somebody type? */
import { Decimal } from 'decimal.js';
import type { Kind } from './evaluate/criterion.ts';
import { parseQuantity } from './quantity.ts';
import type { Method, Problems } from './typed-criterion.ts';

/** With one decimal nobody needs more than a thousand single values. */
const LEAST = 1;
const MOST = 99.9;
const PLACES = 1;

/** The percentile as decimal text, or what is wrong with it. Null where the number is worked out in another way. */
export interface PercentileReading {
  readonly percentile: string | null;
  readonly problems: Problems;
}

/**
 * Reads which percentile is meant, from 1 to 99.9 with at most one decimal: `95`, `p95`, `95th` and `95 %` are the same.
 *
 * @example
 * readPercentile({ method: 'percentile', percentile: 'p95' }) // { percentile: '95', problems: {} }
 * readPercentile({ method: 'percentile', percentile: '99.90' }) // { percentile: '99.9', problems: {} }
 * readPercentile({ method: 'percentile', percentile: '100' }) // { percentile: null, problems: { percentile: { code: 'percentile_unreadable', typed: '100' } } }
 * readPercentile({ method: 'percentile', percentile: null }) // { percentile: null, problems: { percentile: { code: 'percentile_empty' } } }
 * readPercentile({ method: 'sum', percentile: '95' }) // { percentile: null, problems: { percentile: { code: 'percentile_unused', typed: '95' } } }
 */
export function readPercentile({
  kind,
  method,
  percentile: typed,
}: {
  readonly kind?: Kind;
  readonly method?: Method | null;
  readonly percentile?: string | null;
}): PercentileReading {
  const text = (typed ?? '').trim();
  if (method !== 'percentile' || kind === 'yes_no') {
    const problems: Problems = text === '' ? {} : { percentile: { code: 'percentile_unused', typed: text } };
    return { percentile: null, problems };
  }
  if (text === '') return { percentile: null, problems: { percentile: { code: 'percentile_empty' } } };
  const read = parseQuantity(text.replace(/^p(?=\d)/i, '').replace(/(?<=\d)(?:st|nd|rd|th)$/i, ''));
  const unreadable: Problems = { percentile: { code: 'percentile_unreadable', typed: text } };
  if ('problem' in read || (read.unit ?? 'percent') !== 'percent')
    return { percentile: null, problems: unreadable };
  const number = new Decimal(read.value);
  return number.gte(LEAST) && number.lte(MOST) && number.decimalPlaces() <= PLACES
    ? { percentile: number.toString(), problems: {} }
    : { percentile: null, problems: unreadable };
}
