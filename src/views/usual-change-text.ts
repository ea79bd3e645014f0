/** How is said whether the newest number is more than the usual ups and downs? */
import { formatSpan } from '../core/quantity.ts';
import type { UsualChange } from '../core/usual-change.ts';

/** One sentence; `newest` is the number in the unit of its metric. */
export function usualChangeText(change: UsualChange, newest: number, unit: string): string {
  const usual = `the usual ups and downs of the ${change.earlier} before it (${formatSpan(change.lo, change.hi, [newest], unit)})`;
  if (!change.isOutside) return `within ${usual}.`;
  return `outside ${usual}, so the change ${change.isTrial ? 'may be' : 'is likely'} real.`;
}
