/** Which decision do the final verdicts suggest? */

import type { Diagnosis } from './diagnose.ts';
import type { Verdict } from './evaluate/criterion.ts';

/** What the suggestion rests on. Lists of criteria run side by side with their progress. */
export interface RecommendationInput {
  readonly required: readonly Verdict[];
  readonly guardrails: readonly Verdict[];
  /** Share of the way done per required criterion; null where it cannot be told. */
  readonly progress: readonly (number | null)[];
  /** Whether each required criterion would arrive within the extension. */
  readonly eta_ok: readonly (boolean | number)[];
  /** Points met of twenty; left out where the list is not used. */
  readonly readiness?: number | null | undefined;
  /** Production owner, rollback plan or security review is missing. */
  readonly critical_gap?: boolean | undefined;
  /** Which guardrails end the pilot when missed; one answer may stand for all. */
  readonly hard?: boolean | readonly boolean[] | undefined;
  readonly restructured?: boolean | undefined;
  readonly age_weeks?: number | undefined;
  readonly ext_used?: boolean | undefined;
  readonly extension_weeks?: number | undefined;
  readonly diagnosis?: Diagnosis | null | undefined;
}

/** A suggestion and the rule it comes from. */
export interface Recommendation {
  readonly recommendation: 'go' | 'not_yet' | 'restructure' | 'stop';
  readonly rule: 'R1' | 'R2' | 'R3' | 'R4' | 'R5' | 'R6' | 'R7' | 'R8';
}

const READY = 16;
const LONGEST_WEEKS = 26;
const LITTLE_PROGRESS = 0.25;
const EXTENSION_WEEKS = 4;

/**
 * The decision that the first applicable of eight rules suggests. Passed means: there is a required criterion, and every
 * required one and every guardrail is finally met.
 *
 * @example
 * recommend({ required: ['met'], guardrails: [], progress: [1], eta_ok: [1], readiness: 17 }) // { "recommendation": "go", "rule": "R1" }
 * recommend({ required: ['missed'], guardrails: [], progress: [0.8], eta_ok: [0] }) // { "recommendation": "restructure", "rule": "R8" }
 */
export function recommend(input: RecommendationInput): Recommendation {
  const { required, guardrails } = input;
  const age = input.age_weeks ?? 0;
  const isMet = (verdict: Verdict) => verdict === 'met';
  const isReady = (input.readiness ?? READY) >= READY && input.critical_gap !== true;
  if (required.length > 0 && required.every(isMet) && guardrails.every(isMet)) {
    return isReady ? { recommendation: 'go', rule: 'R1' } : { recommendation: 'not_yet', rule: 'R2' };
  }
  if (guardrails.some((verdict, i) => verdict === 'missed' && isHard(input, i))) {
    return { recommendation: 'stop', rule: 'R3' };
  }
  if (input.restructured === true) return { recommendation: 'stop', rule: 'R4' };
  if (isHopeless(input)) {
    if (age >= LONGEST_WEEKS) return { recommendation: 'stop', rule: 'R5' };
    if (input.diagnosis === 'model_performance') return { recommendation: 'stop', rule: 'R6' };
  }
  if (mayExtend(input, age)) return { recommendation: 'not_yet', rule: 'R7' };
  return { recommendation: 'restructure', rule: 'R8' };
}

function isHard({ hard }: RecommendationInput, at: number): boolean {
  return typeof hard === 'object' ? hard[at] === true : hard === true;
}

// No progress that was measured is no progress.
function isHopeless({ required, progress }: RecommendationInput): boolean {
  const best = Math.max(...progress.filter((share) => share !== null), 0);
  return !required.includes('met') && best < LITTLE_PROGRESS;
}

function mayExtend(input: RecommendationInput, age: number): boolean {
  if (input.ext_used === true || input.guardrails.includes('missed')) return false;
  if (age + (input.extension_weeks ?? EXTENSION_WEEKS) > LONGEST_WEEKS) return false;
  return input.required.every(
    (verdict, i) => verdict === 'met' || verdict === 'no_data' || Boolean(input.eta_ok[i]),
  );
}
