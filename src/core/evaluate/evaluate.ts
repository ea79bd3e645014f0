/** What do the observations say about a criterion at an instant, and on what does that rest? */

import { clockAt } from './clock.ts';
import type { Criterion, DecimalText, Evaluation, EvaluationInput, Refused } from './criterion.ts';
import { type Amount, decimalText } from './exact.ts';
import { courseOf } from './forecast.ts';
import { checkDefinition, goalFrom, goalOf } from './goal.ts';
import { expectedAt, journeyOf, progressOf } from './pace.ts';
import { idOf, type Reading, readingsOf } from './readings.ts';
import { sentenceOf, shownBeside } from './sentence.ts';
import { valueAt } from './value.ts';
import { type Findings, type Judgement, judge } from './verdict.ts';

/** Names the rules that gave a verdict; raised whenever the same input could give another one. */
export const ENGINE_VERSION = '1.0.0';

/**
 * The verdict on a criterion as of `now`, from what was known at `known_at`, with everything needed to explain it and to
 * compute it again. A pure function: the same input always gives the same answer. A definition that cannot be judged gives
 * its error instead. The answer is plain data.
 *
 * @example
 * evaluate({
 *   criterion: {
 *     id: null, version: 1, role: 'required', kind: 'at_least', target: '40', baseline: '20', unit: 'count', agg: 'latest',
 *     window: 1, percentile: null, sustain: 1, min_n: 0, min_periods: 2, min_trust: 0, margin: '0', budget: null,
 *     tolerance: '0.1', evaluate: null, rates: {}, milestones: [],
 *   },
 *   calendar: {
 *     start: '2026-01-05', deadline: '2026-03-29', tz: 'UTC', cadence: { days: 7 }, grace_days: 2, ramp_days: 0,
 *     first_effect: null, closing_days: 5, pauses: [],
 *   },
 *   observations: [
 *     { end: '2026-03-23', value: '39', trust: 3, recorded_at: 1774224000000 },
 *     { end: '2026-03-30', value: '40', trust: 3, recorded_at: 1774828800000 },
 *   ],
 *   now: 1775466000000,
 * }).sentence // '40; 40 or more needed, by 29 March: met'
 */
export function evaluate(input: EvaluationInput): Evaluation | Refused {
  const { criterion, calendar, now } = input;
  const error = checkDefinition(criterion, calendar);
  if (error !== null) return { error };
  const knownAt = input.known_at ?? now;
  const clock = clockAt(calendar, now);
  const { used, set_aside, restated } = readingsOf(criterion, clock, input.observations, knownAt);
  const evidence = { criterion, calendar, clock, goal: goalFrom(criterion), used };
  const findings: Findings = { ...evidence, set_aside, course: once(() => courseOf(evidence)) };
  const judgement = judge(findings);
  const measure = used.length === 0 ? null : valueAt(evidence, used.length - 1);
  const value = measure === null ? null : valueText(criterion, used.at(-1), measure);
  const course = findings.course();
  const shown = shownBeside(isDone(judgement, value) ? true : value, evidence.goal, criterion.unit);
  return {
    verdict: judgement.verdict,
    value,
    goal: goalOf(criterion),
    progress: progress(findings, measure),
    expected_progress: expectedProgress(findings),
    phase: clock.phase,
    last_known: judgement.last_known,
    forecast: course?.forecast ?? null,
    arrival: course?.arrival ?? null,
    reason: judgement.reasons[0] ?? null,
    reasons: judgement.reasons,
    sentence: sentenceOf(findings, judgement, shown),
    display: shown.value,
    restated,
    set_aside,
    provenance: {
      criterion_id: criterion.id,
      criterion_version: criterion.version,
      as_of: now,
      known_at: knownAt,
      observations: used.map((reading) => idOf(reading.row)),
      engine: ENGINE_VERSION,
    },
  };
}

// A yes that was given stays given, whatever was reported later.
function isDone({ reasons }: Judgement, value: DecimalText | boolean | null): boolean {
  return typeof value === 'boolean' && reasons.includes('latched');
}

function progress(findings: Findings, measure: Amount | null): number | null {
  const journey = journeyOf(findings.criterion, findings.goal);
  return journey === null || measure === null ? null : progressOf(journey, measure);
}

function expectedProgress({ criterion, clock, used }: Findings): number | null {
  if (criterion.kind === 'yes_no') return expectedAt(criterion, clock, clock.today).approx;
  const newest = used.at(-1);
  return newest === undefined ? null : expectedAt(criterion, clock, newest.end).approx;
}

function valueText(
  criterion: Criterion,
  newest: Reading | undefined,
  measure: Amount,
): DecimalText | boolean {
  if (criterion.kind === 'yes_no') return measure.approx === 1;
  const written = newest?.row.value;
  const isAsWritten =
    criterion.agg === 'latest' &&
    typeof written === 'string' &&
    newest?.conversion.times === '1' &&
    newest.conversion.by === 1 &&
    PLAIN.test(written);
  return isAsWritten ? written : decimalText(measure.exact());
}

// Decimal text as everything else writes it: nothing to tidy, so nothing to compute.
const PLAIN = /^(?:0|-?(?:0\.\d*[1-9]|[1-9]\d*(?:\.\d*[1-9])?))$/;

function once<T>(work: () => T): () => T {
  let done: { readonly result: T } | null = null;
  return () => {
    done ??= { result: work() };
    return done.result;
  };
}
