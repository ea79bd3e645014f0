/** How is a recorded value shown? */
import type { Metric, RecordedValue } from '../core/pilot-facts.ts';
import { formatQuantity } from '../core/quantity.ts';

/** A recorded value as people read it, in the unit it came in. */
export function shownValue(
  row: Pick<RecordedValue, 'value' | 'num' | 'den' | 'unit'> & Partial<Pick<RecordedValue, 'raw'>>,
  metric: Pick<Metric, 'unit'>,
): string {
  if (metric.unit === 'bool') return row.value === 'true' ? 'yes' : 'no';
  if (row.value !== null) return formatQuantity(row.value, row.unit);
  if (row.num !== null) return `${row.num} of ${row.den}`;
  const many = Array.isArray(row.raw) ? row.raw.length : 0;
  return many === 1 ? 'one single value' : `${many.toLocaleString('en')} single values`;
}
