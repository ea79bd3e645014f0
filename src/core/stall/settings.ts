/** From which point on does each stall rule speak up? */

/** Three ready-made sets of thresholds. */
export const PRESETS = ['calm', 'normal', 'strict'] as const;
export type Preset = (typeof PRESETS)[number];

/** What a threshold counts. */
export type ThresholdUnit =
  | 'check_ins'
  | 'cadences'
  | 'looks'
  | 'share'
  | 'periods'
  | 'weeks'
  | 'days'
  | 'working_days';

interface Row {
  readonly unit: ThresholdUnit;
  readonly calm: number;
  readonly normal: number;
  readonly strict: number;
  readonly min: number;
  readonly max: number;
}

const row = (
  unit: ThresholdUnit,
  calm: number,
  normal: number,
  strict: number,
  min: number,
  max: number,
): Row => ({ unit, calm, normal, strict, min, max });

/** Every threshold: what it counts, its value in each preset, and the range in which it means anything. */
export const THRESHOLDS = {
  missed_minor: row('check_ins', 2, 1, 1, 1, 12),
  missed_major: row('check_ins', 3, 2, 2, 1, 12),
  missed_critical: row('check_ins', 5, 4, 3, 1, 12),
  data_minor: row('cadences', 2, 1, 1, 1, 6),
  data_major: row('cadences', 3, 2, 2, 1, 6),
  off_track_major: row('looks', 3, 2, 2, 1, 12),
  off_track_critical: row('looks', 5, 4, 3, 1, 12),
  forecast_elapsed: row('share', 0.85, 0.75, 0.65, 0.25, 1),
  flat_periods: row('periods', 8, 6, 6, 5, 20),
  flat_share: row('share', 0.35, 0.5, 0.6, 0.05, 1),
  regressed_major: row('looks', 3, 2, 2, 1, 12),
  select_weeks: row('weeks', 3, 2, 2, 1, 26),
  build_weeks: row('weeks', 8, 6, 6, 1, 52),
  measure_weeks: row('weeks', 5, 4, 4, 1, 52),
  deploy_weeks: row('weeks', 5, 4, 4, 1, 52),
  phase_minor: row('share', 0.5, 0.25, 0.1, 0, 4),
  phase_major: row('share', 1.5, 1, 0.5, 0, 4),
  undated_weeks: row('weeks', 20, 16, 12, 4, 52),
  purgatory_weeks: row('weeks', 26, 26, 26, 8, 52),
  decision_critical: row('working_days', 8, 5, 3, 1, 60),
  sponsor_minor: row('days', 45, 30, 21, 5, 180),
  sponsor_major: row('days', 60, 45, 30, 5, 180),
  press_days: row('working_days', 5, 3, 2, 2, 30),
  blocker_minor: row('working_days', 15, 10, 5, 1, 120),
  blocker_major: row('working_days', 30, 20, 10, 1, 120),
  users_share: row('share', 0.4, 0.5, 0.6, 0.05, 1),
  users_fall: row('share', 0.4, 0.3, 0.25, 0.05, 1),
  criteria_days: row('days', 21, 14, 10, 1, 90),
  baseline_days: row('days', 28, 21, 14, 1, 90),
  grace_days: row('days', 21, 14, 7, 0, 60),
} as const satisfies Record<string, Row>;

export type ThresholdName = keyof typeof THRESHOLDS;

/** A value for every threshold. */
export type StallSettings = Readonly<Record<ThresholdName, number>>;

/** The names of all thresholds, in the order of the rules. */
export const THRESHOLD_NAMES = Object.keys(THRESHOLDS) as ThresholdName[];

// Of each pair the first must not come after the second.
const ORDER: readonly (readonly [ThresholdName, ThresholdName])[] = [
  ['missed_minor', 'missed_major'],
  ['missed_major', 'missed_critical'],
  ['data_minor', 'data_major'],
  ['off_track_major', 'off_track_critical'],
  ['phase_minor', 'phase_major'],
  ['undated_weeks', 'purgatory_weeks'],
  ['sponsor_minor', 'sponsor_major'],
  ['blocker_minor', 'blocker_major'],
];

const WHOLE: readonly ThresholdUnit[] = ['check_ins', 'looks', 'periods', 'days', 'working_days'];

/**
 * The thresholds of a preset, with single ones changed.
 *
 * @example
 * settingsOf('normal').missed_critical // 4
 * settingsOf('calm', { missed_critical: 6 }).missed_critical // 6
 */
export function settingsOf(preset: Preset, changed: Partial<StallSettings> = {}): StallSettings {
  const values = THRESHOLD_NAMES.map((name) => [name, changed[name] ?? THRESHOLDS[name][preset]] as const);
  return Object.fromEntries(values) as Record<ThresholdName, number>;
}

/** What is wrong with one threshold by itself or beside another. */
export interface ThresholdProblem {
  readonly name: ThresholdName;
  readonly why: 'not_a_number' | 'not_whole' | 'below' | 'above' | 'after';
  /** What it may be at the least or the most; the other threshold where it comes after that. */
  readonly limit: number | ThresholdName | null;
}

/**
 * What is wrong with thresholds one by one; an empty list when each can be used.
 *
 * @example
 * thresholdProblems(settingsOf('normal')) // []
 * thresholdProblems(settingsOf('normal', { missed_major: 9 })) // [{ name: 'missed_major', why: 'after', limit: 'missed_critical' }]
 * thresholdProblems(settingsOf('normal', { flat_periods: 2 })) // [{ name: 'flat_periods', why: 'below', limit: 5 }]
 */
export function thresholdProblems(settings: StallSettings): ThresholdProblem[] {
  const problems = THRESHOLD_NAMES.flatMap((name): ThresholdProblem[] => {
    const value = settings[name];
    const { min, max, unit } = THRESHOLDS[name];
    if (!Number.isFinite(value)) return [{ name, why: 'not_a_number', limit: null }];
    if (WHOLE.includes(unit) && !Number.isInteger(value)) return [{ name, why: 'not_whole', limit: null }];
    if (value < min) return [{ name, why: 'below', limit: min }];
    return value > max ? [{ name, why: 'above', limit: max }] : [];
  });
  const wrong = new Set(problems.map(({ name }) => name));
  for (const [first, second] of ORDER) {
    if (wrong.has(first) || wrong.has(second) || settings[first] <= settings[second]) continue;
    problems.push({ name: first, why: 'after', limit: second });
  }
  return problems;
}
