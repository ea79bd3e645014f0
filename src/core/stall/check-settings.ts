/** Would a set of thresholds ever escalate, and not always? */
import { workingCalendar } from '../business-time.ts';
import { addDays, type Day } from '../day.ts';
import type { Verdict } from '../evaluate/criterion.ts';
import { stallLook } from '../stall.ts';
import { type CriterionSigns, type StallFacts, stallFacts } from './facts.ts';
import { type StallSettings, settingsOf, type ThresholdProblem, thresholdProblems } from './settings.ts';

export { settingsOf };

/** Ways of dying that must reach the sponsor sooner or later. */
export const DEATHS = ['silent', 'off_track', 'no_progress', 'undecided'] as const;
export type Death = (typeof DEATHS)[number];

/** Why a set of thresholds cannot be used as a whole. */
export type WholeProblem =
  /** A pilot that dies this way would never reach the sponsor. */
  | { readonly why: 'never'; readonly death: Death }
  /** A pilot that goes well, or has one bad week, would be called stuck. */
  | { readonly why: 'always'; readonly of: 'healthy' | 'bad_week' };

const TODAY: Day = '2026-12-01';
const CALENDAR = workingCalendar({ zone: 'UTC' });

const ago = (days: number): Day => addDays(TODAY, -days);

const CRITERION: CriterionSigns = {
  id: 'promise',
  metric: 'metric',
  role: 'required',
  isTyped: false,
  isAdoption: false,
  lacksBaseline: false,
  looks: [],
  isHarm: false,
  isForecastShort: false,
  elapsed: 0.5,
  newest: ago(1),
  expectedFrom: ago(70),
  cadenceDays: 7,
  graceDays: 2,
  askedOn: null,
  course: null,
};

// Halfway through its measuring, with everything as it should be.
const HEALTHY: Partial<StallFacts> = {
  stage: 'measure',
  start: ago(70),
  graceFrom: ago(70),
  stageSince: ago(14),
  decisionDate: addDays(TODAY, 14),
  progressOn: ago(14),
  criteria: [{ ...CRITERION, looks: ['on_track', 'on_track', 'on_track'] }],
  views: [['green', 'on_track']],
};

const BUILDING: Partial<StallFacts> = { ...HEALTHY, stage: 'build' };

const OFF_TRACK: readonly Verdict[] = Array.from({ length: 8 }, () => 'off_track');

const BAD_WEEK: Partial<StallFacts> = {
  ...HEALTHY,
  missedInRow: 1,
  missedDues: [ago(5)],
  criteria: [{ ...CRITERION, looks: ['on_track', 'off_track'] }],
  views: [['amber', 'off_track']],
  blockers: [{ id: 'letters', heardOn: ago(7), calendar: CALENDAR }],
  sponsor: { isMissing: false, calendar: CALENDAR, askedOn: ago(4), heardOn: null },
};

const DYING: Readonly<Record<Death, Partial<StallFacts>>> = {
  silent: { ...HEALTHY, missedInRow: 8 },
  off_track: { ...HEALTHY, criteria: [{ ...CRITERION, looks: OFF_TRACK }] },
  no_progress: { ...HEALTHY, start: ago(280), stage: 'build', progressOn: null },
  undecided: { ...HEALTHY, decision: { deliveredOn: ago(42), calendar: CALENDAR } },
};

/**
 * Everything that stands against a set of thresholds: single ones outside their range, and, where each is fine, pilots that would
 * be let down or pestered. Eight weeks of silence, eight check-ins off track, forty weeks without progress and six weeks without
 * a decision must reach the sponsor, each by itself; a healthy pilot must show nothing, and one bad week must not.
 *
 * @example
 * settingsProblems(settingsOf('strict')) // []
 * settingsProblems(settingsOf('normal', { missed_critical: 12 })) // [{ why: 'never', death: 'silent' }]
 * settingsProblems(settingsOf('normal', { missed_major: 1, missed_critical: 1 })) // [{ why: 'always', of: 'bad_week' }]
 */
export function settingsProblems(settings: StallSettings): (ThresholdProblem | WholeProblem)[] {
  const single = thresholdProblems(settings);
  if (single.length > 0) return single;
  const problems: WholeProblem[] = DEATHS.filter((death) => scoreOf(DYING[death], settings) < 4).map(
    (death) => ({
      why: 'never',
      death,
    }),
  );
  if ([HEALTHY, BUILDING].some((pilot) => scoreOf(pilot, settings) > 0))
    problems.push({ why: 'always', of: 'healthy' });
  if (scoreOf(BAD_WEEK, settings) >= 4) problems.push({ why: 'always', of: 'bad_week' });
  return problems;
}

// Chance is given no benefit of the doubt: what is seen now is taken as seen before.
function scoreOf(given: Partial<StallFacts>, settings: StallSettings): number {
  const facts = stallFacts({ today: TODAY, calendar: CALENDAR, ...given, settings });
  return stallLook(facts, new Set(['watermelon', 'forecast_short promise', 'flat promise'])).score;
}
