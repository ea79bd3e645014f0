/** When is somebody reminded of a condition of a go, and when does its sponsor hear that it is overdue? */
import { type WorkingCalendar, workingCalendar, workingDayFrom } from './calendar.ts';
import type { Day } from './day.ts';
import type { Pilot } from './pilot.ts';

export { workingCalendar };

/** Something that must be done by a day, so that a pilot may go on. */
export interface Condition {
  readonly id: string;
  readonly words: string;
  readonly due: Day;
}

/** What is said of a condition: soon, once before its day; overdue, once after it. */
export type ConditionStep = 'soon' | 'overdue';

/** Working days before its day on which somebody is reminded. */
const BEFORE_DAYS = 3;
/** The working day after its day on which the owner hears; the sponsor a day later, so that it can be done in between. */
const AFTER_DAYS = { owner: 1, sponsor: 2 } as const;

/**
 * Whether conditions of a pilot are waited for: it is going live, and rests neither for a while nor for good.
 *
 * @example
 * waitsForConditions({ stage: 'deploy', pausedSince: null }) // true
 * waitsForConditions({ stage: 'deploy', pausedSince: 0 }) // false
 * waitsForConditions({ stage: 'stopped', pausedSince: null }) // false
 */
export const waitsForConditions = ({ stage, pausedSince }: Pick<Pilot, 'stage' | 'pausedSince'>): boolean =>
  stage === 'deploy' && pausedSince === null;

/**
 * What somebody is told of an open condition by a day, in the working days of whoever it waits for; null while it is early. The
 * sponsor hears of it only when it is overdue.
 *
 * @param due its day, on the whole of which it can still be done
 * @example
 * conditionStep({ due: '2026-03-06' }, 'owner', '2026-03-02', workingCalendar({ zone: 'UTC' })) // null
 * conditionStep({ due: '2026-03-06' }, 'owner', '2026-03-03', workingCalendar({ zone: 'UTC' })) // 'soon'
 * conditionStep({ due: '2026-03-06' }, 'owner', '2026-03-08', workingCalendar({ zone: 'UTC' })) // 'soon'
 * conditionStep({ due: '2026-03-06' }, 'owner', '2026-03-09', workingCalendar({ zone: 'UTC' })) // 'overdue'
 * conditionStep({ due: '2026-03-06' }, 'sponsor', '2026-03-09', workingCalendar({ zone: 'UTC' })) // null
 * conditionStep({ due: '2026-03-06' }, 'sponsor', '2026-03-10', workingCalendar({ zone: 'UTC' })) // 'overdue'
 */
export function conditionStep(
  { due }: Pick<Condition, 'due'>,
  reader: keyof typeof AFTER_DAYS,
  today: Day,
  calendar: WorkingCalendar,
): ConditionStep | null {
  const whole = { ...calendar, leave: [] };
  if (today >= workingDayFrom(whole, due, AFTER_DAYS[reader])) return 'overdue';
  if (reader === 'sponsor') return null;
  return today >= workingDayFrom(whole, due, -BEFORE_DAYS) ? 'soon' : null;
}

/**
 * What tells one thing that is said of a condition from another: the same one is said once, and again when its day has moved.
 *
 * @example
 * conditionKey({ id: 'c1', due: '2026-03-06' }, 'soon') // 'condition:c1:2026-03-06:soon'
 */
export const conditionKey = ({ id, due }: Pick<Condition, 'id' | 'due'>, step: ConditionStep): string =>
  `condition:${id}:${due}:${step}`;
