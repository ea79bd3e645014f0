/** Why did it not work, and do the owner and the measure see the same thing? */

import type { Verdict } from './evaluate/criterion.ts';

// The one furthest upstream first.
const UPSTREAM = ['data_quality', 'integration', 'adoption'] as const;

/** The four causes, and the honest fifth. */
export type Diagnosis = (typeof UPSTREAM)[number] | 'model_performance' | 'undetermined';

/**
 * The signs of each cause: true where it was seen, false where it was looked for and not found, null where nobody knows.
 */
export interface Signs {
  readonly data_quality: {
    readonly required_without_current_data: boolean | null;
    readonly over_a_fifth_corrected: boolean | null;
    readonly units_set_aside: boolean | null;
    readonly drifting: boolean | null;
    /** At least ten points between the curated sample and production. */
    readonly worse_on_raw_data: boolean | null;
  };
  readonly integration: {
    readonly reliability_guardrail_missed: boolean | null;
    /** A blocker of integration or security open for more than 20 business days. */
    readonly blocked_over_20_days: boolean | null;
    /** Three quarters of the time gone without production systems. */
    readonly not_on_production_systems: boolean | null;
  };
  readonly adoption: {
    readonly active_users_below_target: boolean | null;
    readonly use_falling: boolean | null;
    /** Fewer than 80 % trained. */
    readonly training_short: boolean | null;
    readonly overrides_over_limit: boolean | null;
  };
  readonly model_performance: {
    readonly technical_criteria_below_target: boolean | null;
  };
}

/** How the owner sees the pilot: a colour, or a confidence from 0 to 10. */
export type OwnView = 'green' | 'amber' | 'red' | number;

/** What an owner's view beside the measure amounts to. */
export type Watermelon = 'agree' | 'watch' | 'watermelon' | 'blind_green' | 'owner_sees_more';

const MEASURED: Readonly<Record<Verdict, number | null>> = {
  met: 0,
  on_track: 0,
  at_risk: 1,
  off_track: 2,
  regressed: 2,
  missed: 2,
  too_early: null,
  stale: null,
  no_data: null,
};

/**
 * The cause with the largest share of its known signs; on a tie the one further upstream. Bad data or no users make a model's
 * score meaningless, so the model is only named when nothing upstream shows.
 *
 * @example
 * diagnose({ data_quality: { drifting: true, units_set_aside: false }, adoption: { use_falling: true } }) // 'adoption'
 * diagnose({ adoption: { use_falling: true }, model_performance: { technical_criteria_below_target: true } }) // 'adoption'
 * diagnose({}) // 'undetermined'
 */
export function diagnose(signs: { readonly [Cause in keyof Signs]?: Partial<Signs[Cause]> }): Diagnosis {
  let found: Diagnosis = 'undetermined';
  let most = 0;
  for (const cause of UPSTREAM) {
    const share = shareOf(signs[cause] ?? {});
    if (share > most) {
      found = cause;
      most = share;
    }
  }
  const isModel = most === 0 && shareOf(signs.model_performance ?? {}) > 0;
  return isModel ? 'model_performance' : found;
}

/**
 * What the newest check-in amounts to, from pairs of the owner's view and the worst measured verdict of required and guardrail
 * criteria, oldest first.
 *
 * @example
 * watermelon([['green', 'regressed']]) // 'watermelon'
 * watermelon([['amber', 'off_track']]) // 'watch'
 * watermelon([['green', 'stale'], ['green', 'no_data']]) // 'blind_green'
 * watermelon([[2, 'on_track']]) // 'owner_sees_more'
 */
export function watermelon(history: readonly (readonly [OwnView, Verdict])[]): Watermelon {
  const newest = history.at(-1);
  if (newest === undefined) return 'agree';
  const before = history.at(-2);
  if (isBlind(newest)) return before !== undefined && isBlind(before) ? 'blind_green' : 'watch';
  const gap = gapOf(newest);
  if (gap <= -2) return 'owner_sees_more';
  if (gap < 1) return 'agree';
  return gap >= 2 || (before !== undefined && gapOf(before) >= 1) ? 'watermelon' : 'watch';
}

function isBlind([view, verdict]: readonly [OwnView, Verdict]): boolean {
  return shade(view) === 0 && (verdict === 'stale' || verdict === 'no_data');
}

// How much worse the measure is than the owner says; nothing where nothing is measured.
function gapOf([view, verdict]: readonly [OwnView, Verdict]): number {
  const measured = MEASURED[verdict];
  return measured === null ? 0 : measured - shade(view);
}

function shade(view: OwnView): number {
  if (typeof view !== 'number') return ['green', 'amber', 'red'].indexOf(view);
  if (view >= 8) return 0;
  return view >= 4 ? 1 : 2;
}

function shareOf(signs: Readonly<Record<string, boolean | null | undefined>>): number {
  const known = Object.values(signs).filter((sign) => typeof sign === 'boolean');
  return known.length === 0 ? 0 : known.filter(Boolean).length / known.length;
}
