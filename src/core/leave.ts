/** What becomes of somebody's days away when they add some, and which of them are still to come? */
import type { Leave } from './calendar-settings.ts';
import { addDays, type Day } from './day.ts';

/** How long past days away are kept: check-ins of that time are still counted by them. */
const KEPT_DAYS = 400;

/** The days away after a change, and those that gave way. */
export interface ChangedLeave {
  readonly leave: readonly Leave[];
  readonly replaced: readonly Leave[];
}

/**
 * Days away with some more: what overlaps gives way, what is long past is dropped, in order of time.
 *
 * @example
 * addLeave([{ from: '2026-08-03', until: '2026-08-07', delegate: null }], { from: '2026-08-06', until: '2026-08-14', delegate: 'U2' }, '2026-01-05').replaced.length // 1
 */
export function addLeave(leave: readonly Leave[], added: Leave, today: Day): ChangedLeave {
  const replaced = leave.filter(({ from, until }) => from <= added.until && added.from <= until);
  const kept = leave.filter((one) => !replaced.includes(one) && one.until >= addDays(today, -KEPT_DAYS));
  return { leave: [...kept, added].sort((a, b) => (a.from < b.from ? -1 : 1)), replaced };
}

/**
 * The days away that are not over, in order of time.
 *
 * @example
 * comingLeave([{ from: '2026-01-01', until: '2026-01-04', delegate: null }, { from: '2026-08-03', until: '2026-08-07', delegate: null }], '2026-01-05').map(({ from }) => from) // ['2026-08-03']
 */
export const comingLeave = (leave: readonly Leave[], today: Day): Leave[] =>
  leave.filter(({ until }) => until >= today).sort((a, b) => (a.from < b.from ? -1 : 1));
