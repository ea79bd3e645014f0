/** How is a recorded value shown? */
import type { Metric, RecordedValue } from '../core/pilot-facts.ts';
import { formatQuantity } from '../core/quantity.ts';

/** A recorded value as people read it, in the unit it came in. */
export function shownValue(
  row: Pick<RecordedValue, 'value' | 'num' | 'den' | 'unit'>,
  metric: Pick<Metric, 'unit'>,
): string {
  if (metric.unit === 'bool') return row.value === 'true' ? 'yes' : 'no';
  if (row.value !== null) return formatQuantity(row.value, row.unit);
  return row.num === null ? 'several values' : `${row.num} of ${row.den}`;
}
