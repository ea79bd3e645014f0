/** Where does a case of one pilot and one cause go next, and what follows from that? */

/** The rungs: the owner, the owner with the backup, the sponsor, whoever comes after the sponsor. */
export const LEVELS = ['L1', 'L2', 'L3', 'L4'] as const;
export type Level = (typeof LEVELS)[number];

/** What a case is at, as long as its pilot is not paused. */
export type RunningState =
  | 'CLEAR'
  | 'PENDING'
  | Level
  | `ACKED(${Level})`
  | `SNOOZED(${Level})`
  | `RESOLVING(${Level})`;

/**
 * The 37 states. Clear: nothing is wrong. Pending: something was seen once. L1 to L4: open and waiting for an answer. Acked:
 * somebody has a plan with a date. Resolving: it looked right once. Closed ends a case; the next one begins at clear.
 */
export type CaseState = RunningState | `PAUSED(${RunningState})` | 'CLOSED';

/** What can happen to a case. */
export const CASE_EVENTS = [
  'cond_true',
  'cond_true_immediate',
  'cond_false',
  'sla_up',
  'sla_capped',
  'ack',
  'plan_overdue_up',
  'plan_overdue_capped',
  'decide',
  'snooze',
  'snooze_over',
  'pause',
  'resume',
  'critical',
  'person_gone',
  'pilot_ended',
] as const;
export type CaseEvent = (typeof CASE_EVENTS)[number];

/** What is to be done: messages, clocks and entries of the record. */
export type Effect =
  | 'open_case'
  | 'count:1'
  | 'count:extension'
  | 'refresh_card'
  | `notify:${Level}`
  | `renudge:${Level}`
  | `timer:sla:${Level}`
  | 'timer:plan'
  | 'timer:snooze'
  | `cancel:${'sla' | 'plan' | 'snooze' | 'all'}`
  | `freeze:${'sla' | 'plan' | 'snooze' | 'all'}`
  | `thaw:${'sla' | 'all'}`
  | 'tell_lower'
  | 'tell_notified'
  | 'agenda:portfolio_review'
  | `record_decision${'' | ':resolved' | ':pilot_ended'}`;

/** The state after an event and the effects of getting there, in order. */
export interface Transition {
  readonly to: CaseState;
  readonly effects: readonly Effect[];
}

/** Who is written to on each rung where the cause names nobody else. */
export const RECIPIENTS = {
  L1: ['owner'],
  L2: ['owner', 'backup'],
  L3: ['owner', 'backup', 'sponsor'],
  L4: ['sponsor', 'delegate', 'office'],
} as const satisfies Record<Level, readonly string[]>;

/** The parts of a state: which of the seven modes, on which rung, and whether the pilot is paused. */
export interface StateParts {
  readonly mode: 'CLEAR' | 'PENDING' | 'OPEN' | 'ACKED' | 'SNOOZED' | 'RESOLVING' | 'CLOSED';
  readonly level: Level | null;
  readonly isPaused: boolean;
}

/**
 * Takes a state apart.
 *
 * @example
 * partsOf('PAUSED(ACKED(L2))') // { mode: 'ACKED', level: 'L2', isPaused: true }
 * partsOf('L4') // { mode: 'OPEN', level: 'L4', isPaused: false }
 */
export function partsOf(state: CaseState): StateParts {
  const isPaused = state.startsWith('PAUSED');
  const inner = isPaused ? state.slice('PAUSED('.length, -1) : state;
  const level = LEVELS.find((rung) => inner.includes(rung)) ?? null;
  const mode = inner === level ? 'OPEN' : inner.replace(/\(.*/, '');
  return { mode: mode as StateParts['mode'], level, isPaused };
}

/**
 * What an event makes of a case. Whatever is not said here leaves the case as it is, without effect. Whether time running out
 * climbs (`…_up`) or only asks again (`…_capped`) is for the caller to say, from the weight of what is wrong.
 *
 * @example
 * transition('L1', 'sla_up') // { to: 'L2', effects: ['notify:L2', 'timer:sla:L2'] }
 * transition('ACKED(L2)', 'sla_up') // { to: 'ACKED(L2)', effects: [] }
 * transition('CLOSED', 'critical') // { to: 'CLOSED', effects: [] }
 */
export function transition(state: CaseState, event: CaseEvent): Transition {
  const { mode, level, isPaused } = partsOf(state);
  if (mode === 'CLOSED') return stay(state);
  if (isPaused) return whilePaused(state, event, level);
  const running = state as RunningState;
  if (event === 'pause') return { to: `PAUSED(${running})`, effects: level === null ? [] : ['freeze:all'] };
  if (level === null) return beforeOpening(state, event);
  if (event === 'decide') {
    return { to: 'CLOSED', effects: ['record_decision', 'cancel:all', 'tell_notified'] };
  }
  if (event === 'pilot_ended') return ended();
  const rules = { OPEN: whileOpen, ACKED: whileAcked, SNOOZED: whileSnoozed, RESOLVING: whileResolving };
  return rules[mode as keyof typeof rules](level, event) ?? stay(state);
}

type Rule = (level: Level, event: CaseEvent) => Transition | null;

function beforeOpening(state: CaseState, event: CaseEvent): Transition {
  const open = (level: Level): Transition => ({
    to: level,
    effects: ['open_case', `notify:${level}`, `timer:sla:${level}`],
  });
  if (event === 'critical') return open('L3');
  if (event === 'cond_true_immediate') return open('L1');
  if (event === 'cond_true') return state === 'CLEAR' ? { to: 'PENDING', effects: ['count:1'] } : open('L1');
  return event === 'cond_false' || event === 'pilot_ended' ? { to: 'CLEAR', effects: [] } : stay(state);
}

const whileOpen: Rule = (level, event) => {
  switch (event) {
    case 'cond_true':
    case 'cond_true_immediate':
      return { to: level, effects: ['refresh_card'] };
    case 'cond_false':
      return { to: `RESOLVING(${level})`, effects: ['freeze:sla'] };
    case 'sla_up':
      return level === 'L4'
        ? { to: level, effects: [...again(level), 'agenda:portfolio_review'] }
        : raise(above(level));
    case 'sla_capped':
      return { to: level, effects: again(level) };
    case 'ack':
      return { to: `ACKED(${level})`, effects: ['cancel:sla', 'timer:plan', 'tell_lower'] };
    case 'snooze':
      return { to: `SNOOZED(${level})`, effects: ['cancel:sla', 'timer:snooze'] };
    case 'critical':
      return isBelowSponsor(level) ? raise('L3') : null;
    case 'person_gone':
      return level === 'L4' ? { to: level, effects: ['renudge:L4'] } : raise(above(level));
    default:
      return null;
  }
};

const whileAcked: Rule = (level, event) => {
  switch (event) {
    case 'cond_true':
    case 'cond_true_immediate':
      return { to: `ACKED(${level})`, effects: ['refresh_card'] };
    case 'cond_false':
      return { to: `RESOLVING(${level})`, effects: ['freeze:plan'] };
    case 'ack':
      return { to: `ACKED(${level})`, effects: ['timer:plan', 'count:extension'] };
    case 'plan_overdue_up':
      return level === 'L4' ? { to: level, effects: again(level) } : raise(above(level));
    case 'plan_overdue_capped':
      return { to: level, effects: again(level) };
    case 'snooze':
      return { to: `SNOOZED(${level})`, effects: ['cancel:plan', 'timer:snooze'] };
    case 'critical':
      return isBelowSponsor(level) ? raise('L3') : null;
    case 'person_gone':
      return raise(level);
    default:
      return null;
  }
};

const whileSnoozed: Rule = (level, event) => {
  switch (event) {
    case 'cond_false':
      return { to: `RESOLVING(${level})`, effects: ['freeze:snooze'] };
    case 'ack':
      return { to: `ACKED(${level})`, effects: ['cancel:snooze', 'timer:plan'] };
    case 'snooze_over':
    case 'person_gone':
      return raise(level);
    case 'critical':
      return raise(isBelowSponsor(level) ? 'L3' : level);
    default:
      return null;
  }
};

const whileResolving: Rule = (level, event) => {
  switch (event) {
    case 'cond_true':
    case 'cond_true_immediate':
      return { to: level, effects: ['thaw:sla', 'refresh_card'] };
    case 'cond_false':
      return { to: 'CLOSED', effects: ['record_decision:resolved', 'cancel:all', 'tell_notified'] };
    case 'critical':
      return isBelowSponsor(level) ? raise('L3') : { to: level, effects: ['thaw:sla'] };
    default:
      return null;
  }
};

// A paused pilot sends nothing, so nobody is told; what was frozen thaws on the way back.
function whilePaused(state: CaseState, event: CaseEvent, level: Level | null): Transition {
  if (event === 'resume') {
    return { to: state.slice('PAUSED('.length, -1) as RunningState, effects: ['thaw:all'] };
  }
  if (event === 'pilot_ended') return level === null ? { to: 'CLEAR', effects: [] } : ended();
  if (event === 'decide' && level !== null)
    return { to: 'CLOSED', effects: ['record_decision', 'cancel:all'] };
  return stay(state);
}

const stay = (state: CaseState): Transition => ({ to: state, effects: [] });
const ended = (): Transition => ({ to: 'CLOSED', effects: ['record_decision:pilot_ended', 'cancel:all'] });
const raise = (level: Level): Transition => ({
  to: level,
  effects: [`notify:${level}`, `timer:sla:${level}`],
});
const again = (level: Level): Effect[] => [`renudge:${level}`, `timer:sla:${level}`];
const isBelowSponsor = (level: Level): boolean => level === 'L1' || level === 'L2';
const above = (level: Level): Level => LEVELS[LEVELS.indexOf(level) + 1] ?? 'L4';
