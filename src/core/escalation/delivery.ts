/** Who gets a case's message, and may it go out now? */
import { firstSendable, nextSlot, workingCalendar } from '../business-time.ts';
import { awayOn, type WorkingCalendar, workingDayFrom, workingDaysBetween } from '../calendar.ts';
import { addDays, type Day, dayOf, startOfDay } from '../day.ts';
import { partsOf } from '../escalation.ts';
import { type Addressee, ladderOf, waitsForPress } from './cause.ts';
import type { Case, Chain, Notice } from './record.ts';

export { workingCalendar };

/** What the sending side knows about people. */
export interface Desk {
  readonly calendarOf: (person: string) => WorkingCalendar;
  /** In the workspace, and able to decide. */
  readonly isThere: (person: string) => boolean;
  /** The local day of the newest escalation that reached somebody as sponsor, over all pilots; null before the first. */
  readonly lastSponsorDay: (person: string) => Day | null;
}

/** One copy of a message. `asked` is false for those who only read along. */
export interface Copy {
  readonly person: string;
  readonly as: Addressee;
  readonly asked: boolean;
}

/** Who gets a message, and the roles in which nobody could. */
export interface Addressing {
  readonly copies: readonly Copy[];
  readonly nobody: readonly Addressee[];
}

/** What becomes of a copy now: sent, looked at again (`until` in epoch ms, null: when the case changes), or thrown away. */
export type Fate =
  | { readonly fate: 'send' }
  | { readonly fate: 'hold'; readonly until: number | null }
  | { readonly fate: 'drop' };

// Whoever is away for longer, with nobody standing in, cannot be waited for.
const LONGEST_WAIT_DAYS = 5;

/**
 * Who gets the message that is out, at an instant (epoch ms). Whoever is away is replaced by the delegate of that leave, the owner
 * else by the backup, the sponsor or the person by the delegate named for good; never by a delegate's delegate. One person gets
 * one copy, in the role in which they are asked.
 *
 * @example
 * addressing(
 *   { cause: 'progress', chain: { owner: 'U1', backup: null, sponsor: 'U2', delegate: null, office: [], person: null } },
 *   { level: 'L2' }, { calendarOf: () => workingCalendar({ zone: 'UTC' }), isThere: () => true }, 0,
 * ) // { copies: [{ person: 'U1', as: 'owner', asked: true }], nobody: ['backup'] }
 */
export function addressing(
  { cause, chain }: Pick<Case, 'cause' | 'chain'>,
  { level }: Pick<Notice, 'level'>,
  desk: Desk,
  now: number,
): Addressing {
  const rung = ladderOf(cause)[level];
  const roles = [...rung.asked, ...rung.to.filter((role) => !rung.asked.includes(role))];
  const copies = new Map<string, Copy>();
  const nobody: Addressee[] = [];
  for (const as of roles) {
    const people = peopleOf(as, chain, desk, now);
    if (people.length === 0) nobody.push(as);
    for (const person of people) {
      if (!copies.has(person)) copies.set(person, { person, as, asked: rung.asked.includes(as) });
    }
  }
  return { copies: [...copies.values()], nobody };
}

/**
 * Whether a copy of a message may go out now (epoch ms). It may not once the case has moved on, while the pilot is paused or the
 * matter looks right, outside the person's hours, before the owner has had theirs for a working day (unless harm is done, a
 * press is waited for, or there is no owner), while the sponsor has time to sign the first charter, or as a sponsor's second
 * one of a day.
 *
 * @param seq the number of the message the copy belongs to
 * @example
 * fateOf({ state: 'ACKED(L1)', notice: { seq: 1, level: 'L1', delivered: [] } }, 1, { person: 'U1', as: 'owner' }, {}, 0) // { fate: 'drop' }
 * fateOf({ state: 'PAUSED(L1)', notice: { seq: 1, level: 'L1', delivered: [] } }, 1, { person: 'U1', as: 'owner' }, {}, 0) // { fate: 'hold', until: null }
 */
export function fateOf(of: Case, seq: number, { person, as }: Copy, desk: Desk, now: number): Fate {
  const { notice } = of;
  const { mode, isPaused } = partsOf(of.state);
  if (notice === null || notice.seq !== seq || mode === 'CLOSED') return { fate: 'drop' };
  if (isPaused || mode === 'RESOLVING') return { fate: 'hold', until: null };
  if (mode !== 'OPEN' || notice.delivered.some((delivery) => delivery.person === person))
    return { fate: 'drop' };
  const earliest = earliestFor(of, notice, person, as, desk, now);
  if (earliest === null) return { fate: 'hold', until: null };
  return earliest <= now ? { fate: 'send' } : { fate: 'hold', until: earliest };
}

/**
 * The cards of one sponsor, most urgent first: harm, then decisions that are overdue, then the higher rung, then the older.
 * The first goes out, the others are counted on it.
 *
 * @example
 * byUrgency([{ case: { cause: 'progress', openedAt: 1, notice: { level: 'L3', isCritical: false } } }, { case: { cause: 'decision_overdue', openedAt: 2, notice: { level: 'L1', isCritical: false } } }]).map(({ case: { cause } }) => cause) // ['decision_overdue', 'progress']
 */
export function byUrgency<C extends { readonly case: Pick<Case, 'cause' | 'openedAt' | 'notice'> }>(
  cards: readonly C[],
): C[] {
  const rank = ({ case: { cause, notice } }: C) => {
    if (notice?.isCritical === true) return 0;
    if (cause === 'decision_overdue') return 1;
    if (cause === 'purgatory') return 2;
    return notice?.level === 'L4' ? 3 : 4;
  };
  return cards.toSorted((a, b) => rank(a) - rank(b) || (a.case.openedAt ?? 0) - (b.case.openedAt ?? 0));
}

function peopleOf(as: Addressee, chain: Chain, desk: Desk, now: number): string[] {
  if (as === 'office') return chain.office.filter(desk.isThere);
  const holder = chain[as];
  if (holder === null || !desk.isThere(holder)) return [];
  const calendar = desk.calendarOf(holder);
  const leave = awayOn(calendar, dayOf(now, calendar.zone));
  if (leave === null) return [holder];
  const standIns = [
    leave.delegate,
    as === 'owner' ? chain.backup : null,
    decides(as) ? chain.delegate : null,
  ];
  const standIn = standIns.find((id) => id !== null && id !== holder && isAtWork(id, desk, now));
  if (typeof standIn === 'string') return [standIn];
  const always = { ...calendar, leave: [] };
  const wait = workingDaysBetween(always, dayOf(now, calendar.zone), leave.until);
  return wait > LONGEST_WAIT_DAYS ? [] : [holder];
}

const decides = (as: Addressee): boolean => as === 'sponsor' || as === 'person';

function isAtWork(person: string, desk: Desk, now: number): boolean {
  const calendar = desk.calendarOf(person);
  return desk.isThere(person) && awayOn(calendar, dayOf(now, calendar.zone)) === null;
}

// Null is: not before something happens to the case.
function earliestFor(
  of: Case,
  notice: Notice,
  person: string,
  as: Addressee,
  desk: Desk,
  now: number,
): number | null {
  const calendar = desk.calendarOf(person);
  const isDecider = decides(as) || as === 'delegate';
  const hasTime = !notice.isCritical && (isDecider || as === 'office');
  const signBy = hasTime ? (notice.sponsorFrom ?? 0) : 0;
  if (!isDecider) return firstSendable(calendar, Math.max(now, notice.notBefore, signBy), 'hours');
  const from = as === 'sponsor' ? ownerHadIt(of, notice, calendar.zone, desk, now) : notice.notBefore;
  if (from === null) return null;
  const open = Math.max(from, signBy);
  const last = desk.lastSponsorDay(person);
  const free = last === null ? open : Math.max(open, startOfDay(addDays(last, 1), calendar.zone));
  const slot = notice.isCritical ? free : nextSlot(calendar, free);
  return firstSendable(calendar, Math.max(now, slot), 'slot');
}

// From when on the sponsor may hear: the working day after the owner did.
function ownerHadIt(of: Case, notice: Notice, zone: string, desk: Desk, now: number): number | null {
  const { copies } = addressing(of, notice, desk, now);
  const owners = copies.filter(({ as }) => as === 'owner');
  const told = notice.delivered.find(({ as }) => as === 'owner');
  const waits = notice.level === 'L3' && !notice.isCritical && !waitsForPress(of.cause);
  if (!waits || (told === undefined && owners.length === 0)) return notice.notBefore;
  if (told === undefined) return null;
  const calendar = desk.calendarOf(told.person);
  const day = workingDayFrom(calendar, dayOf(told.at, calendar.zone), 1);
  return Math.max(notice.notBefore, startOfDay(day, zone));
}
