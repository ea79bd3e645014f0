/** When is a pilot to be decided about, and what do the final numbers say? */
import { addDays, type Day } from './day.ts';
import { type PilotFacts, versionInForce } from './pilot-facts.ts';
import { type Recommendation, recommend } from './recommend.ts';
import type { Standing } from './standing.ts';

/** What of a decision moves the day of the next one. */
export interface DecisionMade {
  readonly decision: string;
  readonly until: Day | null;
  /** Epoch ms. */
  readonly at: number;
}

/** Decisions after which a pilot that was measured is decided about again on another day. */
const MOVES: readonly string[] = ['not_yet', 'extend'];
/** Decisions that end the waiting for one until a new shape is agreed. */
const SETTLES: readonly string[] = ['restructure', 'stop', 'go', 'conditional_go'];

/**
 * The day on which a pilot is decided about: that of the charter in force, or a later one the sponsor has given it since that
 * charter was signed. Null before the signature, without a date, and where it has been decided already.
 *
 * @example
 * decisionDay({ pilot: { stage: 'measure' }, signed: { fields: { decision: '2026-04-05' }, answeredAt: 0 } }, []) // '2026-04-05'
 * decisionDay({ pilot: { stage: 'measure' }, signed: { fields: { decision: '2026-04-05' }, answeredAt: 0 } }, [{ decision: 'not_yet', until: '2026-05-03', at: 5 }]) // '2026-05-03'
 * decisionDay({ pilot: { stage: 'measure' }, signed: { fields: { decision: '2026-04-05' }, answeredAt: 0 } }, [{ decision: 'restructure', until: null, at: 5 }]) // null
 * decisionDay({ pilot: { stage: 'deploy' }, signed: { fields: { decision: '2026-04-05' }, answeredAt: 0 } }, []) // null
 */
export function decisionDay(
  { pilot, signed }: Pick<PilotFacts, 'pilot' | 'signed'>,
  made: readonly DecisionMade[],
): Day | null {
  if (signed === null || !['build', 'measure'].includes(pilot.stage)) return null;
  const since = made.filter(({ at }) => at >= (signed.answeredAt ?? 0));
  if (since.some(({ decision }) => SETTLES.includes(decision))) return null;
  const moved = since.flatMap(({ decision, until }) =>
    MOVES.includes(decision) && until !== null ? [until] : [],
  );
  const days = [signed.fields.decision, ...moved].filter((day) => day !== null);
  return days.toSorted().at(-1) ?? null;
}

/**
 * Whether the numbers that decide are final: nothing of required criteria and guardrails can change any more.
 *
 * @example
 * isFinal({ criteria: [{ criterion: { role: 'required' }, evaluation: { phase: 'final' } }, { criterion: { role: 'informative' }, evaluation: { phase: 'live' } }] }) // true
 * isFinal({ criteria: [{ criterion: { role: 'required' }, evaluation: { phase: 'closing' } }] }) // false
 */
export function isFinal({ criteria }: Pick<Standing, 'criteria'>): boolean {
  return criteria.every(
    ({ criterion, evaluation }) =>
      criterion.role === 'informative' || 'error' in evaluation || evaluation.phase === 'final',
  );
}

/**
 * Whether the pilot kept its promise: every required criterion and every guardrail is met. There is no third answer.
 *
 * @example
 * hasPassed({ criteria: [{ criterion: { role: 'required' }, evaluation: { verdict: 'met' } }] }) // true
 * hasPassed({ criteria: [{ criterion: { role: 'required' }, evaluation: { verdict: 'no_data' } }] }) // false
 * hasPassed({ criteria: [] }) // false
 */
export function hasPassed({ criteria }: Pick<Standing, 'criteria'>): boolean {
  const deciding = criteria.filter(({ criterion }) => criterion.role !== 'informative');
  return (
    deciding.some(({ criterion }) => criterion.role === 'required') &&
    deciding.every(({ evaluation }) => !('error' in evaluation) && evaluation.verdict === 'met')
  );
}

/** What is known about a pilot beside its numbers when it is decided about. */
export interface DecisionGround {
  readonly ageWeeks: number;
  readonly isExtended: boolean;
  readonly isRestructured: boolean;
  /** Nobody runs it in production, or there is no way back. */
  readonly hasGap: boolean;
  readonly diagnosis: 'data_quality' | 'integration' | 'adoption' | 'model_performance' | null;
}

/**
 * What the final numbers suggest, by the eight rules of `recommend`.
 *
 * @example
 * recommendedFor({ criteria: [{ criterion: { role: 'required' }, evaluation: { verdict: 'met', progress: 1, arrival: null } }] }, { ageWeeks: 12, isExtended: false, isRestructured: false, hasGap: false, diagnosis: null }) // { recommendation: 'go', rule: 'R1' }
 */
export function recommendedFor(
  { criteria }: Pick<Standing, 'criteria'>,
  ground: DecisionGround,
): Recommendation {
  const judged = criteria.flatMap(({ criterion, evaluation }) =>
    'error' in evaluation ? [] : [{ role: criterion.role, evaluation }],
  );
  const required = judged.filter(({ role }) => role === 'required');
  return recommend({
    required: required.map(({ evaluation }) => evaluation.verdict),
    guardrails: judged.filter(({ role }) => role === 'guardrail').map(({ evaluation }) => evaluation.verdict),
    progress: required.map(({ evaluation }) => evaluation.progress),
    eta_ok: required.map(({ evaluation }) => evaluation.arrival !== null && evaluation.verdict !== 'missed'),
    critical_gap: ground.hasGap,
    restructured: ground.isRestructured,
    age_weeks: ground.ageWeeks,
    ext_used: ground.isExtended,
    diagnosis: ground.diagnosis,
  });
}

/**
 * The first day on which all numbers that decide are final, from their deadlines and the days data may still come.
 *
 * @example
 * finalFrom({ signed: null, charter: { n: 1 }, criteria: [{ version: 1, role: 'required', deadline: '2026-03-29', closingDays: 5 }] }) // '2026-04-04'
 */
export function finalFrom(facts: PilotFacts): Day | null {
  const { n } = versionInForce(facts);
  const days = facts.criteria
    .filter(({ version, role }) => version === n && role !== 'informative')
    .map(({ deadline, closingDays }) => addDays(deadline, closingDays + 1));
  return days.toSorted().at(-1) ?? null;
}
