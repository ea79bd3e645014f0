/** Has too much time gone by: in a phase, without progress, without a decision? */
import { workingDaysBetween } from '../calendar.ts';
import { daysBetween } from '../day.ts';
import { quantile } from '../statistics/quantile.ts';
import { activeDays, type StallFacts } from './facts.ts';
import type { StallSettings } from './settings.ts';
import { fact, type Signal } from './signal.ts';

// The owner sees the card of the decision a working day before the sponsor; then it counts as a decision that waits.
const DECIDING_DAYS = 7;
/** From so many finished pilots on what others needed says more than the plan. */
export const ENOUGH_OTHERS = 20;
const NEARLY_ALL = 0.85;
// Where nearly all are through in a day or two, the third day is no trouble yet.
const SHORTEST = 7;

/**
 * A phase that lasts much longer than planned, or than nearly all other pilots needed once twenty have finished it; twice the
 * plan weighs more, unless nearly all others needed that long. What was signed is the plan: measuring is not late until a week
 * after the day on which it is decided.
 *
 * @example
 * latePhase({ today: '2026-02-25', stage: 'select', stageSince: '2026-01-05', charter: 'unsigned', decision: null, decisionDate: null, pauses: [], finishedDays: [], settings: { select_weeks: 2, phase_minor: 0.25, phase_major: 1 } }).map(({ weight }) => weight) // [2]
 */
export function latePhase(facts: StallFacts): Signal[] {
  const { stage, settings, finishedDays, stageSince } = facts;
  const weeks = plannedWeeks(stage, settings);
  // While the phase only waits for somebody's press it is theirs, and the press has a case of its own.
  const isPressed = facts.decision !== null || (stage === 'select' && facts.charter === 'asked');
  if (weeks === null || isPressed) return [];
  const { decisionDate } = facts;
  if (stage === 'measure' && decisionDate !== null && daysBetween(decisionDate, facts.today) <= DECIDING_DAYS)
    return [];
  const days = activeDays(facts.pauses, stageSince, facts.today);
  const planned = weeks * 7;
  const major = planned * (1 + settings.phase_major);
  const others =
    finishedDays.length >= ENOUGH_OTHERS ? Math.max(SHORTEST, quantile(finishedDays, NEARLY_ALL)) : null;
  const minor = others ?? planned * (1 + settings.phase_minor);
  if (days <= minor) return [];
  const evidence = { rule: 'late_phase', stage, since: stageSince, days } as const;
  if (days > major || others === null) {
    const [weight, limit] = days > major ? ([2, major] as const) : ([1, minor] as const);
    return [fact('late_phase', weight, { ...evidence, limit, by: 'plan', planned })];
  }
  const within = finishedDays.filter((one) => one <= others).length;
  const finished = finishedDays.length;
  return [fact('late_phase', 1, { ...evidence, limit: others, by: 'others', finished, within })];
}

/**
 * Six months without a gate passed, a criterion met, a blocker closed or a new shape: nothing but a decision ends it, and one
 * extension with a date puts it off. Before that: a pilot that has run long without a date on which it is decided about.
 *
 * @example
 * purgatory({ today: '2026-08-01', stage: 'build', start: '2026-01-05', progressOn: null, extendedUntil: null, decisionDate: '2026-03-30', pauses: [], settings: { undated_weeks: 16, purgatory_weeks: 26 } }).map(({ weight }) => weight) // [4]
 */
export function purgatory(facts: StallFacts): Signal[] {
  const { start, progressOn, extendedUntil, today, pauses, settings } = facts;
  if (start === null || facts.stage === 'expand') return [];
  const since = progressOn === null || progressOn < start ? start : progressOn;
  const days = activeDays(pauses, since, today);
  const limit = settings.purgatory_weeks * 7;
  if (days >= limit && (extendedUntil === null || today > extendedUntil)) {
    return [fact('purgatory', 4, { rule: 'purgatory', since, days, limit, extendedUntil })];
  }
  const age = activeDays(pauses, start, today);
  const oldest = settings.undated_weeks * 7;
  if (facts.decisionDate !== null || age <= oldest) return [];
  return [fact('purgatory', 2, { rule: 'no_decision_date', start, days: age, limit: oldest })];
}

/**
 * A decision that could be made and is not, counted in the decider's working days since its card was delivered.
 *
 * @example
 * decisionOverdue({ decision: null }) // []
 */
export function decisionOverdue({ decision, today, settings }: StallFacts): Signal[] {
  if (decision === null) return [];
  const since = decision.deliveredOn;
  const workingDays = workingDaysBetween(decision.calendar, since, today);
  if (workingDays === 0) return [];
  const isLong = workingDays > settings.decision_critical;
  const limit = isLong ? settings.decision_critical : 0;
  return [fact('decision_overdue', isLong ? 4 : 1, { rule: 'decision_overdue', since, workingDays, limit })];
}

function plannedWeeks(stage: StallFacts['stage'], settings: StallSettings): number | null {
  switch (stage) {
    case 'select':
      return settings.select_weeks;
    case 'build':
      return settings.build_weeks;
    case 'measure':
      return settings.measure_weeks;
    case 'deploy':
      return settings.deploy_weeks;
    case 'expand':
    case 'stopped':
      return null;
  }
}
