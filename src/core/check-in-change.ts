/** May a check-in still be edited, and what does an amendment change? */
import type { Json } from './logbook.ts';
import { canonicalText } from './logbook.ts';

const DAY = 86_400_000;

/** How long a check-in may be edited without a trace of it before, in ms. */
export const EDIT_WINDOW = 3 * DAY;

/** One thing that differs; what was not there before, or is not any more, is null. */
export interface Difference {
  readonly field: string;
  readonly before: Json;
  readonly after: Json;
}

/**
 * Whether a change at `now` still edits a check-in, or amends it with the difference shown: after three days, and once a newer
 * check-in stands beside it, it is an amendment.
 *
 * @param submittedAt epoch ms
 * @example
 * changeOf(0, false, 3 * 86_400_000) // 'edit'
 * changeOf(0, false, 3 * 86_400_000 + 1) // 'amendment'
 * changeOf(0, true, 60_000) // 'amendment'
 */
export function changeOf(submittedAt: number, hasNewer: boolean, now: number): 'edit' | 'amendment' {
  return hasNewer || now - submittedAt > EDIT_WINDOW ? 'amendment' : 'edit';
}

/**
 * The fields in which two states of a check-in differ, by name.
 *
 * @example
 * differencesOf({ view: 'green', ask: null }, { view: 'amber', ask: null }) // [{ field: 'view', before: 'green', after: 'amber' }]
 * differencesOf({ values: { cost: '12' } }, { values: { cost: '12' } }) // []
 */
export function differencesOf(
  before: Readonly<Record<string, Json>>,
  after: Readonly<Record<string, Json>>,
): Difference[] {
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return fields.flatMap((field) => {
    const was = Object.hasOwn(before, field) ? (before[field] ?? null) : null;
    const is = Object.hasOwn(after, field) ? (after[field] ?? null) : null;
    return canonicalText(was) === canonicalText(is) ? [] : [{ field, before: was, after: is }];
  });
}
