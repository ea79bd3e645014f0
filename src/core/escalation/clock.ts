/** Which clock of a case runs, from when, and how much of it is left after it stood still? */
import { addWorkingDays, addWorkingTime, workingCalendar, workingTimeBetween } from '../business-time.ts';
import { hoursAt, workingDayFrom } from '../calendar.ts';
import { type Day, dayOf } from '../day.ts';
import { type Level, partsOf } from '../escalation.ts';
import { isPress, ladderOf, waitsForPress } from './cause.ts';
import type { Case, CaseClock, FrozenClock, Surroundings } from './record.ts';

// A clock that was frozen by a pause runs for a working day at least once the pilot goes on.
const LEAST_DAYS = 1;

export { workingCalendar };

/**
 * The clock of a rung, counted in working days of somebody who has got its message.
 *
 * @param at epoch ms
 * @example
 * clockFrom({ cause: 'progress' }, 'L1', 'U1', Date.UTC(2026, 0, 9, 16), { calendarOf: () => workingCalendar({ zone: 'UTC' }) }) // { kind: 'sla', person: 'U1', due: 1768320000000 }
 */
export function clockFrom(
  { cause }: Pick<Case, 'cause'>,
  level: Level,
  person: string,
  at: number,
  around: Pick<Surroundings, 'calendarOf' | 'pressDays'>,
): CaseClock {
  const { days } = ladderOf(cause, around.pressDays)[level];
  const calendar = around.calendarOf(person);
  // A reminder that is there before the day begins is for that day, so that whoever comes next hears on the morning it was said.
  const day = dayOf(at, calendar.zone);
  const opens = hoursAt(calendar, day)?.from ?? at;
  if (isPress(cause) && level === 'L2' && at < opens) {
    const last = hoursAt(calendar, days > 1 ? workingDayFrom(calendar, day, days - 1) : day);
    if (last !== null) return { kind: 'sla', person, due: last.to };
  }
  return { kind: 'sla', person, due: addWorkingDays(calendar, at, days) };
}

/**
 * The day by which an answer is waited for, as its clock says: what waits for a press is reminded of once, and only after that
 * day the next one is asked. Null while no clock runs. Cards, channels and digests name this day and no other.
 *
 * @param calendarOf whose working days are counted
 * @example
 * answerBy({ cause: 'decision_overdue', state: 'L3', clock: { kind: 'sla', person: 'U1', due: 1768320000000 } }, { calendarOf: () => workingCalendar({ zone: 'UTC' }) }) // '2026-01-13'
 */
export function answerBy(
  { cause, state, clock }: Pick<Case, 'cause' | 'state' | 'clock'>,
  around: Pick<Surroundings, 'calendarOf' | 'pressDays'>,
): Day | null {
  const { mode, level } = partsOf(state);
  if (mode !== 'OPEN' || clock === null || clock.due === null) return null;
  const calendar = around.calendarOf(clock.person ?? '');
  const isFirst = waitsForPress(cause) && level === 'L1';
  const days = ladderOf(cause, around.pressDays).L2.days;
  return dayOf(isFirst ? addWorkingDays(calendar, clock.due, days) : clock.due, calendar.zone);
}

/**
 * A clock as it is kept while it stands still.
 *
 * @param at epoch ms
 * @example
 * frozenFrom({ kind: 'sla', person: null, due: null }, 0, { calendarOf: () => workingCalendar({ zone: 'UTC' }) }) // { kind: 'sla', person: null, left: null }
 */
export function frozenFrom(
  { kind, person, due }: CaseClock,
  at: number,
  around: Pick<Surroundings, 'calendarOf'>,
): FrozenClock {
  const isRunning = person !== null && due !== null;
  return { kind, person, left: isRunning ? workingTimeBetween(around.calendarOf(person), at, due) : null };
}

/**
 * The case when something came back that had looked right once: its answer is waited for with what was left of the time; where
 * a plan or a snooze had been waited for, that is over and the rung has its full time again.
 *
 * @param at epoch ms
 * @example
 * thawSla({ cause: 'progress', state: 'L1', clock: null, frozen: { kind: 'sla', person: null, left: null }, notice: null }, 0, { calendarOf: () => workingCalendar({ zone: 'UTC' }) }).clock // { kind: 'sla', person: null, due: null }
 */
export function thawSla(now: Case, at: number, around: Pick<Surroundings, 'calendarOf' | 'pressDays'>): Case {
  const { frozen, notice } = now;
  const { level } = partsOf(now.state);
  if (frozen?.kind === 'sla') return { ...now, frozen: null, clock: running(frozen, at, 0, around) };
  // Whoever promised has seen the message, whichever way it came.
  const person = frozen?.person ?? notice?.delivered[0]?.person ?? null;
  const isFull = person !== null && level !== null;
  const clock: CaseClock = isFull
    ? clockFrom(now, level, person, at, around)
    : { kind: 'sla', person: null, due: null };
  return { ...now, frozen: null, clock };
}

/**
 * The case when its pilot goes on after a pause: the clock that ran before runs again, for a working day at least; while
 * something looks right it stays frozen.
 *
 * @param at epoch ms
 * @example
 * thawAll({ state: 'RESOLVING(L1)', clock: null, frozen: { kind: 'sla', person: 'U1', left: 5 } }, 0, { calendarOf: () => workingCalendar({ zone: 'UTC' }) }).frozen // { kind: 'sla', person: 'U1', left: 5 }
 */
export function thawAll(now: Case, at: number, around: Pick<Surroundings, 'calendarOf'>): Case {
  const { frozen } = now;
  if (frozen === null || partsOf(now.state).mode === 'RESOLVING') return now;
  return { ...now, frozen: null, clock: running(frozen, at, LEAST_DAYS, around) };
}

function running(
  { kind, person, left }: FrozenClock,
  at: number,
  leastDays: number,
  around: Pick<Surroundings, 'calendarOf'>,
): CaseClock {
  if (person === null || left === null) return { kind, person: null, due: null };
  const calendar = around.calendarOf(person);
  const due = addWorkingTime(calendar, at, left);
  return {
    kind,
    person,
    due: leastDays === 0 ? due : Math.max(due, addWorkingDays(calendar, at, leastDays)),
  };
}
