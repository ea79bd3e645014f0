/** How does one case move through time: what happens to it, and which message is out? */
import {
  type CaseEvent,
  type CaseState,
  type Effect,
  type Level,
  partsOf,
  transition,
} from '../escalation.ts';
import { type Addressee, capOf, ladderOf, waitsForPress } from './cause.ts';
import { clockFrom, frozenFrom, thawAll, thawSla } from './clock.ts';
import {
  type Case,
  type CaseClock,
  type Chain,
  type Closing,
  type Delivery,
  type Happening,
  type Notice,
  newCase,
  type Step,
  type Surroundings,
} from './record.ts';

export { newCase };

const DAY = 86_400_000;
const WAITING: CaseClock = { kind: 'sla', person: null, due: null };

/**
 * What a happening makes of a case. One that was meant for an earlier revision changes nothing, so a repeat is harmless.
 * Throws a RangeError for a plan or a snooze without an end.
 *
 * @example
 * advance(
 *   newCase('people', { owner: null, backup: null, sponsor: 'U2', delegate: null, office: ['U3'], person: null }),
 *   { event: 'cond_true_immediate', at: 0 },
 *   { calendarOf: () => null, cadenceDays: 7 },
 * ).effects // ['open_case', 'notify:L1', 'timer:sla:L1']
 */
export function advance(before: Case, happening: Happening, around: Surroundings): Step {
  if (happening.seen !== undefined && happening.seen !== before.revision)
    return { case: before, effects: [] };
  const { to, effects } =
    happening.event === 'reopen' ? reopen(before.state) : transition(before.state, happening.event);
  const isSame = to === before.state && effects.every((effect) => effect === 'refresh_card');
  if (isSame) return { case: before, effects };
  return { case: performed({ ...before, state: to }, effects, happening, around), effects };
}

/**
 * A cause that comes back soon after it had gone starts with the owner and the backup at once. An addition to the machine: it
 * does nothing to a case that is open, paused or closed.
 *
 * @example
 * reopen('CLEAR') // { to: 'L2', effects: ['open_case', 'notify:L2', 'timer:sla:L2'] }
 * reopen('L1') // { to: 'L1', effects: [] }
 */
export function reopen(state: CaseState): { readonly to: CaseState; readonly effects: readonly Effect[] } {
  if (state !== 'CLEAR' && state !== 'PENDING') return { to: state, effects: [] };
  return { to: 'L2', effects: ['open_case', 'notify:L2', 'timer:sla:L2'] };
}

/**
 * The case with other people in its chain. It stays on its rung; where somebody new is now asked there, they are, with a full
 * clock: at once, or when the pilot goes on, or when what looks right turns out wrong again. An addition to the machine.
 *
 * @example
 * handOver(newCase('progress', { owner: 'U1', backup: null, sponsor: 'U2', delegate: null, office: [], person: null }), { sponsor: 'U9' }, 0, {}).case.chain.sponsor // 'U9'
 */
export function handOver(before: Case, to: Partial<Chain>, at: number, around: Surroundings): Step {
  const { mode, level, isPaused } = partsOf(before.state);
  const after: Case = { ...before, chain: { ...before.chain, ...to }, revision: before.revision + 1 };
  const isAsked =
    level !== null && ladderOf(before.cause)[level].asked.some((role) => Object.hasOwn(to, role));
  if (level === null || !isAsked || mode === 'CLOSED') return { case: after, effects: [] };
  const happening: Happening = { event: 'person_gone', at };
  const fresh = withNotice({ ...after, clock: null }, level, 'notify', happening, around);
  if (!isPaused && mode !== 'RESOLVING') {
    return {
      case: { ...fresh, state: level, frozen: null, clock: WAITING },
      effects: ['cancel:all', `notify:${level}`, `timer:sla:${level}`],
    };
  }
  const isResolving = mode === 'RESOLVING';
  const state: CaseState = isResolving ? before.state : `PAUSED(${level})`;
  return { case: { ...fresh, state, frozen: { kind: 'sla', person: null, left: null } }, effects: [] };
}

/**
 * The case once a message of it has reached somebody: the clock of its rung starts when it reaches one of those who are asked,
 * in that person's working time.
 *
 * @param seq the number of the message
 * @example
 * delivered(newCase('progress', { owner: 'U1', backup: null, sponsor: 'U2', delegate: null, office: [], person: null }), 1, { person: 'U1', as: 'owner', at: 0 }, {}).revision // 0
 */
export function delivered(before: Case, seq: number, delivery: Delivery, around: Surroundings): Case {
  const { notice, clock } = before;
  if (
    notice === null ||
    notice.seq !== seq ||
    notice.delivered.some(({ person }) => person === delivery.person)
  )
    return before;
  const { level } = notice;
  const isAsked = ladderOf(before.cause)[level].asked.includes(delivery.as);
  const starts = isAsked && clock?.kind === 'sla' && clock.due === null;
  return {
    ...before,
    revision: before.revision + 1,
    notice: { ...notice, delivered: [...notice.delivered, delivery] },
    clock: starts ? clockFrom(before, level, delivery.person, delivery.at, around) : clock,
  };
}

/**
 * The case once nobody could be reached in a role of its rung. When that is so for every role that is asked there, it is
 * `person_gone`. An addition to the machine.
 *
 * @param seq the number of the message
 * @param at epoch ms
 * @example
 * undeliverable(newCase('progress', { owner: 'U1', backup: null, sponsor: 'U2', delegate: null, office: [], person: null }), 1, 'owner', 0, {}).effects // []
 */
export function undeliverable(
  before: Case,
  seq: number,
  as: Addressee,
  at: number,
  around: Surroundings,
): Step {
  const { notice } = before;
  if (notice === null || notice.seq !== seq || notice.failed.includes(as))
    return { case: before, effects: [] };
  const failed = [...notice.failed, as];
  const after: Case = { ...before, revision: before.revision + 1, notice: { ...notice, failed } };
  const { asked } = ladderOf(before.cause)[notice.level];
  const isReached = notice.delivered.some((delivery) => asked.includes(delivery.as));
  if (isReached || !asked.every((role) => failed.includes(role))) return { case: after, effects: [] };
  return advance(after, { event: 'person_gone', at }, around);
}

/**
 * The event that a clock which has run out stands for, or null while none has. Time alone climbs no higher than the weight of
 * what is wrong allows.
 *
 * @param score the pilot's weight of all that is wrong
 * @param now epoch ms
 * @example
 * timeoutOf({ cause: 'progress', state: 'L1', clock: { kind: 'sla', person: 'U1', due: 5 } }, 4, 5) // 'sla_up'
 * timeoutOf({ cause: 'progress', state: 'L2', clock: { kind: 'sla', person: 'U1', due: 5 } }, 3, 5) // 'sla_capped'
 * timeoutOf({ cause: 'progress', state: 'L1', clock: { kind: 'sla', person: 'U1', due: 5 } }, 4, 4) // null
 */
export function timeoutOf(
  { cause, state, clock }: Pick<Case, 'cause' | 'state' | 'clock'>,
  score: number,
  now: number,
): CaseEvent | null {
  const { level } = partsOf(state);
  if (clock === null || clock.due === null || clock.due > now || level === null) return null;
  if (clock.kind === 'snooze') return 'snooze_over';
  const cap = capOf(cause, score);
  const climbs = cap > level || (level === 'L4' && cap === 'L4');
  if (clock.kind === 'plan') return climbs ? 'plan_overdue_up' : 'plan_overdue_capped';
  return climbs ? 'sla_up' : 'sla_capped';
}

function performed(to: Case, effects: readonly Effect[], happening: Happening, around: Surroundings): Case {
  let now: Case = { ...to, revision: to.revision + 1 };
  for (const effect of effects) now = perform(now, effect, happening, around);
  return now;
}

function perform(now: Case, effect: Effect, happening: Happening, around: Surroundings): Case {
  const { at } = happening;
  const [verb, what = ''] = effect.split(':');
  switch (verb) {
    case 'open_case':
      return { ...now, openedAt: at };
    case 'count':
      return { ...now, extensions: now.extensions + (what === 'extension' ? 1 : 0) };
    case 'notify':
    case 'renudge':
      return withNotice(now, what as Level, verb, happening, around);
    case 'timer':
      return { ...now, frozen: null, ...timer(now, what, happening) };
    case 'cancel':
      return { ...now, clock: null, frozen: null, notice: what === 'all' ? null : now.notice };
    case 'freeze':
      return now.clock === null ? now : { ...now, clock: null, frozen: frozenFrom(now.clock, at, around) };
    case 'thaw':
      return what === 'all' ? thawAll(now, at, around) : thawSla(now, at, around);
    case 'record_decision':
      return { ...now, closed: closingOf(what, happening) };
    default:
      return now;
  }
}

function withNotice(
  now: Case,
  level: Level,
  kind: Notice['kind'],
  { at, event }: Happening,
  around: Surroundings,
): Case {
  const last = Math.max(...(now.notice?.delivered ?? []).map((delivery) => delivery.at), 0);
  const seq = now.notices + 1;
  // The same question is not repeated within a step of the pilot's rhythm, not even where nobody has got it; on the last rung
  // it comes every week.
  const apart = (level === 'L4' ? Math.min(around.cadenceDays, 7) : around.cadenceDays) * DAY;
  const waits = kind === 'renudge' ? Math.max(last, now.notice?.notBefore ?? 0) + apart : at;
  const notice: Notice = {
    seq,
    level,
    kind,
    notBefore: Math.max(at, waits),
    isCritical: event === 'critical',
    ...(around.sponsorFrom === undefined || waitsForPress(now.cause)
      ? {}
      : { sponsorFrom: around.sponsorFrom }),
    delivered: [],
    failed: [],
  };
  return { ...now, notice, notices: seq };
}

function timer(now: Case, what: string, { until, by }: Happening): Pick<Case, 'clock' | 'snoozes'> {
  if (what === 'sla') return { clock: WAITING, snoozes: now.snoozes };
  if (until === undefined) throw new RangeError(`a ${what} needs an end`);
  const isSnooze = what === 'snooze';
  return {
    clock: { kind: isSnooze ? 'snooze' : 'plan', person: by ?? null, due: until },
    snoozes: now.snoozes + (isSnooze ? 1 : 0),
  };
}

function closingOf(what: string, { at, closing }: Happening): Closing {
  if (what === 'resolved' || what === 'pilot_ended') return { as: what, decision: null, at };
  return { as: closing?.as ?? 'decided', decision: closing?.decision ?? null, at };
}
