/** What is a criterion, what does it need to be judged, and what does a judgement look like? */

import type { Cadence, Day } from '../day.ts';

/** A decimal number as text, `-12.50`; never a binary float, so nothing is lost between typing and judging. */
export type DecimalText = string;

/** What the observations say about a criterion on a given day. */
export type Verdict =
  | 'met'
  | 'on_track'
  | 'too_early'
  | 'at_risk'
  | 'stale'
  | 'no_data'
  | 'off_track'
  | 'regressed'
  | 'missed';

/** The nine verdicts, mildest first. */
export const VERDICTS = [
  'met',
  'on_track',
  'too_early',
  'at_risk',
  'stale',
  'no_data',
  'off_track',
  'regressed',
  'missed',
] as const satisfies readonly Verdict[];

/** Live until the deadline, closing while the last data may arrive, then final. */
export type Phase = 'live' | 'closing' | 'final';

export const KINDS = [
  'at_least',
  'at_most',
  'between',
  'increase_abs',
  'increase_pct',
  'decrease_abs',
  'decrease_pct',
  'yes_no',
] as const;
export type Kind = (typeof KINDS)[number];

export const ROLES = ['required', 'guardrail', 'informative'] as const;
export type Role = (typeof ROLES)[number];

export const AGGREGATIONS = [
  'latest',
  'mean',
  'sum',
  'min',
  'max',
  'percentile',
  'rate',
  'pilot_sum',
] as const;
export type Aggregation = (typeof AGGREGATIONS)[number];

/** Judged as it stands at the deadline, or done for good once reached. */
export const EVALUATE = ['deadline', 'first_reach'] as const;
export type Evaluate = (typeof EVALUATE)[number];

/** One measurable promise. Names and meanings: docs, "criterion"; defaults: {@link criterionFrom}. */
export interface Criterion {
  readonly id: string | null;
  readonly version: number | null;
  readonly role: Role;
  readonly kind: Kind;
  /** A level or an amount of change; `[low, high]` for `between`; null for `yes_no`. */
  readonly target: DecimalText | readonly [DecimalText, DecimalText] | null;
  readonly baseline: DecimalText | null;
  readonly unit: string;
  readonly agg: Aggregation;
  /** How many scheduled periods one value is made of. */
  readonly window: number;
  /** 95 for the 95th percentile; needed with `percentile` only. */
  readonly percentile: DecimalText | null;
  /** How many periods running the goal must have been reached. */
  readonly sustain: number;
  readonly min_n: number;
  readonly min_periods: number;
  /** Lowest trust that counts: 3 system of record, 2 file, 1 typed with evidence, 0 typed. */
  readonly min_trust: number;
  /** Guardrails: how much worse than the limit is still tolerated, in the criterion's unit. */
  readonly margin: DecimalText;
  /** Guardrails: how many periods may break the limit; null is one from eight measured periods on, else none. */
  readonly budget: number | null;
  /** Without a journey to measure: how far from the goal is still at risk, as a share of it. */
  readonly tolerance: DecimalText;
  /** Null: done once reached for `yes_no` and totals that have a way to go, else judged at the deadline. */
  readonly evaluate: Evaluate | null;
  /** Agreed conversion: how many of the criterion's unit one of another unit is. */
  readonly rates: Readonly<Record<string, DecimalText>>;
  /** Expected progress agreed for certain days, oldest first; empty means a straight line. */
  readonly milestones: readonly Milestone[];
}

/** By the end of `day`, `progress` (0 to 1) of the way should be done. */
export interface Milestone {
  readonly day: Day;
  readonly progress: number;
}

/** The local dates a criterion lives by. Every day is a day in `tz`; `deadline` is the last day that counts. */
export interface Calendar {
  readonly start: Day;
  readonly deadline: Day;
  readonly tz: string;
  readonly cadence: Cadence;
  /** How many days a value may come after its period. */
  readonly grace_days: number;
  /** How many days from the start no effect is expected. */
  readonly ramp_days: number;
  /** The day from which an effect is expected; wins over `ramp_days`. */
  readonly first_effect: Day | null;
  /** How many days after the deadline the last data may still come. */
  readonly closing_days: number;
  /** `[first day, day after the last]`; null as end means: still paused. */
  readonly pauses: readonly (readonly [Day, Day | null])[];
}

/**
 * One measured value of one period: `value`, or `num` and `den`, or `raw` values. A correction is another row of the same
 * `end` with a later `recorded_at`; a withdrawal is such a row with `withdrawn`.
 */
export interface Observation {
  readonly id?: string | null | undefined;
  /** The day after the period's last day. */
  readonly end: Day;
  /** Decimal text; for `yes_no` a boolean or its text. */
  readonly value?: DecimalText | boolean | null | undefined;
  readonly num?: DecimalText | null | undefined;
  readonly den?: DecimalText | null | undefined;
  readonly raw?: readonly DecimalText[] | null | undefined;
  /** Left out: the criterion's unit. */
  readonly unit?: string | null | undefined;
  /** How many cases a `value` stands for; left out: 1. */
  readonly n?: number | null | undefined;
  readonly trust: number;
  /** Epoch milliseconds. */
  readonly recorded_at: number;
  readonly withdrawn?: boolean | undefined;
}

/** Everything a verdict depends on. `now` and `known_at` are epoch milliseconds; `known_at` left out is `now`. */
export interface EvaluationInput {
  readonly criterion: Criterion;
  readonly calendar: Calendar;
  readonly observations: readonly Observation[];
  readonly now: number;
  readonly known_at?: number | undefined;
}

/** Where a straight line through the periods leads, in the criterion's unit; slopes are per period. */
export interface Forecast {
  readonly slope: number;
  readonly slope_lo: number;
  readonly slope_hi: number;
  readonly lo: number;
  readonly hi: number;
}

/** Why a verdict is what it is. */
export type Reason =
  | 'not_due'
  | 'never_measured'
  | 'unit_mismatch'
  | 'awaiting_final_data'
  | 'last_period_missing'
  | 'below_min_n'
  | 'untrusted'
  | 'ramp'
  | 'min_periods'
  | 'min_n'
  | 'percentile_support'
  | 'clear_breach'
  | 'holding'
  | 'within_margin'
  | 'breach_1'
  | 'breach_2'
  | 'budget'
  | 'sustain_pending'
  | 'latched';

/** What makes a definition impossible to judge. */
export type DefinitionError =
  | 'PCT_OF_ZERO_BASELINE'
  | 'MISSING_BASELINE'
  | 'DEADLINE_BEFORE_START'
  | 'EMPTY_BAND'
  | 'CHANGE_MUST_BE_POSITIVE';

/** Enough to compute the same verdict again. */
export interface Provenance {
  readonly criterion_id: string | null;
  readonly criterion_version: number | null;
  readonly as_of: number;
  readonly known_at: number;
  /** Ids of the rows that counted, oldest period first; the period's end stands in for a row without id. */
  readonly observations: readonly string[];
  readonly engine: string;
}

/** A row that did not count, and why. */
export interface SetAside {
  readonly id: string;
  readonly end: Day;
  readonly why: 'unit_mismatch';
}

/** One verdict with all it rests on. */
export interface Evaluation {
  readonly verdict: Verdict;
  /** Exact decimal text in the criterion's unit (20 digits where it never ends); a boolean for `yes_no`. */
  readonly value: DecimalText | boolean | null;
  readonly goal: DecimalText | null;
  /** Share of the way from baseline to goal, unclamped; null where there is no way to go. */
  readonly progress: number | null;
  readonly expected_progress: number | null;
  readonly phase: Phase;
  /** What the verdict would be if the newest numbers were current; null unless stale. */
  readonly last_known: Verdict | null;
  readonly forecast: Forecast | null;
  /** The day the goal is reached on a straight course; null where the course does not lead there or cannot be told. */
  readonly arrival: Day | null;
  /** The chief reason, `reasons[0]`. */
  readonly reason: Reason | null;
  readonly reasons: readonly Reason[];
  /** One plain sentence for people. */
  readonly sentence: string;
  /** The value as shown, with digits enough not to contradict the verdict. */
  readonly display: string | null;
  /** Ends of the periods whose value was corrected or withdrawn after it was first known. */
  readonly restated: readonly Day[];
  readonly set_aside: readonly SetAside[];
  readonly provenance: Provenance;
}

/** A definition that cannot be judged. */
export interface Refused {
  readonly error: DefinitionError;
}

const CRITERION_DEFAULTS = {
  id: null,
  version: null,
  role: 'required',
  target: null,
  baseline: null,
  unit: 'count',
  agg: 'latest',
  window: 1,
  percentile: null,
  sustain: 1,
  min_n: 0,
  min_periods: 2,
  min_trust: 0,
  margin: '0',
  budget: null,
  tolerance: '0.1',
  evaluate: null,
  rates: {},
  milestones: [],
} as const satisfies Omit<Criterion, 'kind'>;

const CALENDAR_DEFAULTS = {
  tz: 'UTC',
  cadence: { days: 7 },
  grace_days: 2,
  ramp_days: 0,
  first_effect: null,
  closing_days: 5,
  pauses: [],
} as const satisfies Omit<Calendar, 'start' | 'deadline'>;

/**
 * A whole criterion from the parts that were given; what is missing takes the engine's default.
 *
 * @example
 * criterionFrom({ kind: 'at_least', target: '40', baseline: '20' }).min_periods // 2
 */
export function criterionFrom(given: Pick<Criterion, 'kind'> & Partial<Criterion>): Criterion {
  return { ...CRITERION_DEFAULTS, ...given };
}

/**
 * A whole calendar from the parts that were given; what is missing takes the engine's default.
 *
 * @example
 * calendarFrom({ start: '2026-01-05', deadline: '2026-03-29' }).grace_days // 2
 */
export function calendarFrom(given: Pick<Calendar, 'start' | 'deadline'> & Partial<Calendar>): Calendar {
  return { ...CALENDAR_DEFAULTS, ...given };
}
