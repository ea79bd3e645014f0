/** How long does something last when some of it has not ended yet? */

/** What is left at a time at which something ended. */
export interface SurvivalStep {
  readonly at: number;
  readonly atRisk: number;
  readonly survival: number;
  /** Greenwood's standard error. */
  readonly se: number;
}

/** What happened at a time: nothing yet (0), or the event with a number from 1. */
export type Outcome = readonly [time: number, event: number];

/**
 * The Kaplan–Meier curve: the share still going after each time at which something ended. Outcomes with event 0 are
 * still running: they count as "longer than".
 *
 * @example
 * kaplanMeier([[1, 1], [2, 0], [3, 1], [4, 0]]).map((step) => step.survival) // [0.75, 0.375]
 */
export function kaplanMeier(outcomes: readonly Outcome[]): SurvivalStep[] {
  const steps: SurvivalStep[] = [];
  let survival = 1;
  let spread = 0;
  for (const { at, atRisk, ended } of eventTimes(outcomes)) {
    survival *= 1 - ended / atRisk;
    spread += ended / (atRisk * (atRisk - ended));
    steps.push({ at, atRisk, survival, se: survival === 0 ? 0 : survival * Math.sqrt(spread) });
  }
  return steps;
}

/**
 * The first time at which no more than `share` is left; null while more is.
 *
 * @example
 * survivalTime([{ at: 5, atRisk: 2, survival: 0.5, se: 0.35 }], 0.5) // 5
 */
export function survivalTime(steps: readonly SurvivalStep[], share: number): number | null {
  return steps.find((step) => step.survival <= share)?.at ?? null;
}

/**
 * The share for which event `event` has happened by each time, where other events (other numbers) end the wait as well.
 * One minus Kaplan–Meier would overstate it.
 *
 * @example
 * cumulativeIncidence([[1, 1], [2, 2], [3, 1], [4, 0]], 1) // [{ "at": 1, "incidence": 0.25 }, { "at": 3, "incidence": 0.5 }]
 */
export function cumulativeIncidence(
  outcomes: readonly Outcome[],
  event: number,
): { readonly at: number; readonly incidence: number }[] {
  const curve: { at: number; incidence: number }[] = [];
  let waiting = 1;
  let incidence = 0;
  for (const { at, atRisk, ended } of eventTimes(outcomes)) {
    const hits = outcomes.filter(([time, kind]) => time === at && kind === event).length;
    incidence += (waiting * hits) / atRisk;
    waiting *= 1 - ended / atRisk;
    if (hits > 0) curve.push({ at, incidence });
  }
  return curve;
}

function eventTimes(outcomes: readonly Outcome[]): { at: number; atRisk: number; ended: number }[] {
  const times = [...new Set(outcomes.filter(([, event]) => event > 0).map(([time]) => time))];
  return times
    .sort((a, b) => a - b)
    .map((at) => ({
      at,
      atRisk: outcomes.filter(([time]) => time >= at).length,
      ended: outcomes.filter(([time, event]) => time === at && event > 0).length,
    }));
}
