/** Is a check-in to be asked for, reminded of or counted as missed, and which one does an answer belong to? */
import { firstSendable, nextSlot, workingCalendar } from './business-time.ts';
import { awayOn, hoursAt, type WorkingCalendar, workingDayFrom } from './calendar.ts';
import { addDays, type Cadence, type Day, dayOf, daysBetween, periodContaining, startOfDay } from './day.ts';
import { dueDayAfter, fullStepAfter, newestDueDay, type Rhythm } from './rhythm.ts';
import { wallInstant } from './schedule.ts';

export { workingCalendar };

/** Somebody who can be asked. */
export interface Asked {
  readonly id: string;
  readonly calendar: WorkingCalendar;
}

/** A metric whose values people type, as far as a check-in is concerned. */
export interface TypedMetric {
  readonly start: Day;
  readonly cadence: Cadence;
  /** When the value of each period was first recorded (epoch ms), by the period's end. */
  readonly recorded: ReadonlyMap<Day, number>;
  /** The last day that counts: what is measured after it is not asked for. Left out where there is none. */
  readonly until?: Day;
}

/** Something the app has done about a check-in. */
export interface CheckInLogEntry {
  /** The day of the rhythm it was about. */
  readonly due: Day;
  readonly what: 'ask' | 'remind' | 'miss';
  /** Epoch ms: when it was delivered. */
  readonly at: number;
  /** The person; empty for a miss. */
  readonly to: string;
}

/** What must be known about a pilot to know what its check-in needs. Instants are epoch ms. */
export interface CheckInFacts {
  readonly rhythm: Rhythm;
  /** The pilot's start date: fortnights are counted from it. */
  readonly anchor: Day;
  /**
   * Since when the owner owes check-ins: the latest of the first signature, the hand-over to them and the release from
   * watching; null before the signature and after the pilot has stopped.
   */
  readonly owedSince: number | null;
  readonly pauses: readonly { readonly from: number; readonly until: number | null }[];
  readonly owner: Asked;
  /** Who may be asked while the owner is away: the delegates named for it, the backup owner. */
  readonly standIns: readonly Asked[];
  /** The typed metrics of required criteria. */
  readonly typed: readonly TypedMetric[];
  readonly checkIns: readonly { readonly due: Day | null; readonly at: number }[];
  readonly log: readonly CheckInLogEntry[];
}

/** The next thing to do about a check-in, not before `at` (epoch ms). */
export interface CheckInStep {
  readonly act: 'ask' | 'remind' | 'miss';
  readonly due: Day;
  readonly at: number;
  readonly to: string;
}

/** How a check-in that was asked for ended; void is what nobody owes any more. */
export interface CheckInOutcome {
  readonly due: Day;
  readonly outcome: 'done' | 'late' | 'covered' | 'missed' | 'open' | 'void';
}

// Working days from the asking to the end of which an answer is in time.
const GRACE_DAYS = 2;
const NEAR_DAYS = 2;
const MOST_TRIES = 120;

/**
 * What to do next about a pilot's check-in and when; null when nothing will be asked. Only the newest day of the rhythm is
 * ever asked about, and not any more once the next one is only two days away. The reminder follows on the next working
 * day, the miss at the end of the second; both fall away as soon as somebody has checked in or recorded all that was due.
 *
 * @example
 * nextCheckInStep({
 *   rhythm: { every: 'week', weekday: 4, time: null }, anchor: '2026-01-05', owedSince: Date.UTC(2026, 0, 5), pauses: [],
 *   owner: { id: 'U1', calendar: workingCalendar({ zone: 'UTC' }) }, standIns: [], typed: [], checkIns: [],
 *   log: [{ due: '2026-01-08', what: 'ask', at: Date.UTC(2026, 0, 8, 9), to: 'U1' }],
 * }, Date.UTC(2026, 0, 8, 10)) // { act: 'remind', due: '2026-01-08', at: 1767949200000, to: 'U1' }
 */
export function nextCheckInStep(facts: CheckInFacts, now: number): CheckInStep | null {
  const { rhythm, anchor, owner } = facts;
  if (facts.owedSince === null || facts.pauses.some(({ until }) => until === null)) return null;
  const today = dayOf(now, owner.calendar.zone);
  const newest = newestDueDay(rhythm, anchor, today);
  const step = newest === null ? null : stepFor(facts, newest, now);
  if (step !== null) return step;
  const begins = dayOf(Math.max(now, facts.owedSince), owner.calendar.zone);
  let due = dueDayAfter(rhythm, anchor, newest === begins ? begins : addDays(begins, -1));
  // Leave and holidays end long before that many days of a rhythm.
  for (let tries = 0; due !== null && tries < MOST_TRIES; tries += 1) {
    const later = stepFor(facts, due, now);
    if (later !== null) return later;
    due = dueDayAfter(rhythm, anchor, due);
  }
  return null;
}

/**
 * Which day of the rhythm a check-in at an instant answers: the newest one that still waits for an answer; else the coming one,
 * from half a step before it on; else the newest that was asked about. Null for one that comes in between: it is kept and
 * shown, and the next is asked all the same.
 *
 * @example
 * dueAnswered({
 *   rhythm: { every: 'week', weekday: 4, time: null }, anchor: '2026-01-05', owedSince: Date.UTC(2026, 0, 5), pauses: [],
 *   owner: { id: 'U1', calendar: workingCalendar({ zone: 'UTC' }) }, standIns: [], typed: [], checkIns: [],
 *   log: [{ due: '2026-01-08', what: 'ask', at: Date.UTC(2026, 0, 8, 9), to: 'U1' }],
 * }, Date.UTC(2026, 0, 14, 10)) // '2026-01-08'
 */
export function dueAnswered(facts: CheckInFacts, at: number): Day | null {
  const { rhythm, anchor } = facts;
  const day = dayOf(at, facts.owner.calendar.zone);
  const newest = newestDueDay(rhythm, anchor, day);
  const times = newest === null ? null : timesOf(facts, newest, turnOf(facts, newest, at));
  const isOpen =
    newest !== null && times !== null && isOwed(facts, newest, times) && !isAnswered(facts, newest);
  const open = isOpen ? newest : null;
  const wasAsked = facts.log.some(({ due, what }) => due === open && what === 'ask');
  if (open === day || (open !== null && wasAsked && !isCovered(facts, open, at))) return open;
  const next = dueDayAfter(rhythm, anchor, day);
  const step = daysBetween(day, fullStepAfter(rhythm, day));
  if (next !== null && !isAnswered(facts, next) && daysBetween(day, next) * 2 < step) return next;
  return open;
}

/**
 * How each check-in that was asked for ended, oldest first.
 *
 * @example
 * checkInOutcomes({
 *   rhythm: { every: 'week', weekday: 4, time: null }, anchor: '2026-01-05', owedSince: Date.UTC(2026, 0, 5), pauses: [],
 *   owner: { id: 'U1', calendar: workingCalendar({ zone: 'UTC' }) }, standIns: [], typed: [], checkIns: [],
 *   log: [{ due: '2026-01-08', what: 'ask', at: Date.UTC(2026, 0, 8, 9), to: 'U1' }],
 * }, Date.UTC(2026, 0, 13)) // [{ due: '2026-01-08', outcome: 'missed' }]
 */
export function checkInOutcomes(facts: CheckInFacts, now: number): CheckInOutcome[] {
  const asked = facts.log.filter(({ what }) => what === 'ask').map(({ due }) => due);
  return [...new Set(asked)].sort().map((due) => ({ due, outcome: outcomeOf(facts, due, now) }));
}

/**
 * How many check-ins were missed in a row, up to the newest that has ended.
 *
 * @example
 * missedInRow([{ due: '2026-01-08', outcome: 'done' }, { due: '2026-01-15', outcome: 'missed' }, { due: '2026-01-22', outcome: 'open' }]) // 1
 */
export function missedInRow(outcomes: readonly CheckInOutcome[]): number {
  const ended = outcomes.filter(({ outcome }) => outcome !== 'open' && outcome !== 'void');
  const answered = ended.findLastIndex(({ outcome }) => outcome !== 'missed');
  return ended.length - 1 - answered;
}

interface Times {
  readonly to: string;
  readonly ask: number;
  readonly remind: number;
  readonly miss: number;
}

/** Who is asked about a day of the rhythm, and from which day on. */
interface Turn {
  readonly person: Asked;
  readonly from: Day;
}

function stepFor(facts: CheckInFacts, due: Day, now: number): CheckInStep | null {
  const times = timesOf(facts, due, turnOf(facts, due, now));
  if (times === null || !isOwed(facts, due, times)) return null;
  if (isAnswered(facts, due) || isCovered(facts, due, now)) return null;
  const done = (what: CheckInLogEntry['what']) => loggedAt(facts, due, what, times.to) !== null;
  if (!done('ask')) {
    return isNear(facts, due, now) ? null : { act: 'ask', due, at: times.ask, to: times.to };
  }
  if (!done('remind') && now < times.miss) return { act: 'remind', due, at: times.remind, to: times.to };
  return facts.log.some((entry) => entry.due === due && entry.what === 'miss')
    ? null
    : { act: 'miss', due, at: times.miss, to: times.to };
}

function outcomeOf(facts: CheckInFacts, due: Day, now: number): CheckInOutcome['outcome'] {
  const { owner, standIns } = facts;
  const asked = facts.log.findLast((entry) => entry.due === due && entry.what === 'ask');
  const person = [owner, ...standIns].find(({ id }) => id === asked?.to);
  const times = person === undefined ? null : timesOf(facts, due, { person, from: due });
  const answer = facts.checkIns.find((checkIn) => checkIn.due === due);
  if (answer !== undefined) return times !== null && answer.at >= times.miss ? 'late' : 'done';
  if (isCovered(facts, due, now)) return 'covered';
  if (times === null || !isOwed(facts, due, times)) return 'void';
  // Whoever is asked the next question before this one ran out has not missed it.
  const isOvertaken = facts.log.some(
    (entry) => entry.due > due && entry.what === 'ask' && entry.at < times.miss,
  );
  if (isOvertaken) return 'void';
  return now < times.miss ? 'open' : 'missed';
}

function timesOf(facts: CheckInFacts, due: Day, { person, from }: Turn): Times | null {
  const { rhythm } = facts;
  const { id, calendar } = person;
  const { zone } = calendar;
  if (rhythm.every === 'never') return null;
  const ask =
    rhythm.time === null
      ? nextSlot(calendar, startOfDay(from, zone))
      : firstSendable(calendar, wallInstant(from, rhythm.time, zone), 'slot');
  const asked = loggedAt(facts, due, 'ask', id);
  if (asked === null && isNear(facts, due, ask)) return null;
  const day = dayOf(asked ?? ask, zone);
  const last = workingDayFrom(calendar, day, GRACE_DAYS);
  return {
    to: id,
    ask,
    remind: nextSlot(calendar, startOfDay(workingDayFrom(calendar, day, 1), zone)),
    miss: hoursAt(calendar, last)?.to ?? startOfDay(addDays(last, 1), zone),
  };
}

// The owner; while they are away on the day itself or on the day of the reminder, whoever stands in.
function turnOf(facts: CheckInFacts, due: Day, now: number): Turn {
  const { owner, standIns } = facts;
  const { calendar, id } = owner;
  const own: Turn = { person: owner, from: due };
  if (calendar.leave.length === 0) return own;
  const always = { ...calendar, leave: [] };
  const asking = workingDayFrom(always, addDays(due, -1), 1);
  const leave = awayOn(calendar, asking) ?? awayOn(calendar, workingDayFrom(always, asking, 1));
  if (leave === null) return own;
  const from = leave.from <= asking ? due : leave.from;
  const there = standIns.filter((standIn) => awayOn(standIn.calendar, from) === null);
  const person = there.find((standIn) => standIn.id === leave.delegate) ?? there[0];
  if (person === undefined) return own;
  // Whoever leaves tomorrow is asked today; the question moves on when they are gone.
  const isStillThere = from > due && dayOf(now, calendar.zone) < from;
  return isStillThere && loggedAt(facts, due, 'ask', id) === null ? own : { person, from };
}

// Nobody owes what was due before they came, what fell into a pause, or anything within one step after it.
function isOwed(facts: CheckInFacts, due: Day, times: Times): boolean {
  if (facts.owedSince === null || times.ask < facts.owedSince) return false;
  const { zone } = facts.owner.calendar;
  return facts.pauses.every(
    ({ from, until }) =>
      from >= times.miss || (until !== null && fullStepAfter(facts.rhythm, dayOf(until, zone)) <= due),
  );
}

function isAnswered(facts: CheckInFacts, due: Day): boolean {
  return facts.checkIns.some((checkIn) => checkIn.due === due);
}

// All numbers that have become due since the check-in before came in some other way before the next one. Where none of them counts
// any more nobody has to bring one, and who does all the same has been heard of.
function isCovered(facts: CheckInFacts, due: Day, now: number): boolean {
  const { rhythm, anchor, owner } = facts;
  const before = newestDueDay(rhythm, anchor, addDays(due, -1)) ?? anchor;
  const next = dueDayAfter(rhythm, anchor, due);
  const until = next === null ? now : Math.min(now, startOfDay(next, owner.calendar.zone) - 1);
  const ends = facts.typed.flatMap((metric) => {
    const end = newestEnd(metric, due);
    const counts = metric.until === undefined || end === null || addDays(end, -1) <= metric.until;
    return end !== null && end > before ? [{ at: metric.recorded.get(end), counts }] : [];
  });
  const counting = ends.filter(({ counts }) => counts);
  const awaited = counting.length > 0 ? counting : ends;
  return awaited.length > 0 && awaited.every(({ at }) => at !== undefined && at <= until);
}

function newestEnd({ start, cadence }: TypedMetric, due: Day): Day | null {
  const running = periodContaining(start, cadence, due);
  return running === null || running.number === 1 ? null : running.start;
}

// A question that would come a day or two before the next one is left to that.
function isNear({ rhythm, anchor, owner }: CheckInFacts, due: Day, at: number): boolean {
  const next = dueDayAfter(rhythm, anchor, due);
  const day = dayOf(at, owner.calendar.zone);
  return next !== null && day > due && daysBetween(day, next) <= NEAR_DAYS;
}

function loggedAt(facts: CheckInFacts, due: Day, what: string, to: string): number | null {
  const found = facts.log.find((entry) => entry.due === due && entry.what === what && entry.to === to);
  return found?.at ?? null;
}
