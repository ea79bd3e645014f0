/** Which of the nine verdicts applies, the first one in their fixed order? */

import { addDays, dayFromEpoch } from '../day.ts';
import { elapsed, isOverdue, nextEnd } from './clock.ts';
import type { Reason, SetAside, Verdict } from './criterion.ts';
import {
  type Evidence,
  firstProven,
  isReached,
  isTrusted,
  lacking,
  lastProvenBefore,
  latches,
} from './evidence.ts';
import { type Course, gradeByForecast } from './forecast.ts';
import { reaches } from './goal.ts';
import { breachLook, finalLook, isOverBudget, type Look, showsHarm } from './guardrail.ts';
import {
  expectedAt,
  type Grade,
  gradeByDistance,
  gradeByPace,
  gradeByTime,
  hasOvershot,
  journeyOf,
} from './pace.ts';
import { valueAt } from './value.ts';

/** A verdict with its reasons, the chief one first; `last_known` where the numbers are not current. */
export interface Judgement extends Look {
  readonly last_known: Verdict | null;
}

/** What was evidence, what was set aside, and where it leads. */
export interface Findings extends Evidence {
  readonly set_aside: readonly SetAside[];
  readonly course: () => Course | null;
}

const GRADES = ['on_track', 'at_risk', 'off_track'] as const satisfies readonly Verdict[];

/**
 * The verdict of all findings.
 *
 * @example
 * judge({ criterion: { kind: 'yes_no', evaluate: null, role: 'required', sustain: 1, min_trust: 0 }, goal: { shape: 'yes' }, used: [], set_aside: [], clock: { phase: 'final' } }).reasons // ['never_measured', 'last_period_missing']
 */
export function judge(findings: Findings): Judgement {
  if (latches(findings.criterion, findings.goal) && firstProven(findings) !== null) {
    return current({ verdict: 'met', reasons: ['latched'] });
  }
  return findings.clock.phase === 'live' ? judgeLive(findings) : judgeAtEnd(findings);
}

function judgeLive(findings: Findings): Judgement {
  const { criterion, clock, used } = findings;
  if (criterion.kind === 'yes_no') return current(standing(findings));
  const newest = used.at(-1);
  if (newest === undefined) {
    return isOverdue(clock, dayFromEpoch(clock.ramp))
      ? current({ verdict: 'no_data', reasons: absence(findings) })
      : current({ verdict: 'too_early', reasons: ['not_due', ...absence(findings).filter(isMismatch)] });
  }
  if (isOverdue(clock, newest.row.end)) {
    return { verdict: 'stale', reasons: [], last_known: standing(findings).verdict };
  }
  return current(standing(findings));
}

function judgeAtEnd(findings: Findings): Judgement {
  const { criterion, calendar, clock, used } = findings;
  const newest = used.at(-1);
  const isIn = newest !== undefined && nextEnd(calendar, newest.row.end) > addDays(calendar.deadline, 1);
  if (!isIn) {
    const absent = newest === undefined ? absence(findings) : unproven(findings);
    if (clock.phase === 'closing') {
      const last_known = newest === undefined ? null : standing(findings).verdict;
      return { verdict: 'stale', reasons: ['awaiting_final_data', ...absent], last_known };
    }
    return current({ verdict: 'no_data', reasons: [...absent, 'last_period_missing'] });
  }
  const at = used.length - 1;
  const missing = lacking(findings, at);
  if (missing.length > 0) return current({ verdict: 'no_data', reasons: ['below_min_n', ...missing] });
  if (!isTrusted(findings, at)) return current({ verdict: 'no_data', reasons: ['untrusted'] });
  if (criterion.role === 'guardrail') return current(finalLook(findings));
  if (isReached(findings, at)) return current({ verdict: 'met', reasons: [] });
  const value = valueAt(findings, at);
  const pending = value !== null && reaches(value, findings.goal);
  return current({ verdict: 'missed', reasons: pending ? ['sustain_pending'] : [] });
}

// Rules 5 to 10: what the newest numbers say, whether or not they are current.
function standing(findings: Findings): Look {
  const { criterion, clock, used } = findings;
  const at = used.length - 1;
  if (showsHarm(findings)) return { verdict: 'off_track', reasons: ['clear_breach'] };
  const early = tooEarly(findings, at);
  if (early.length > 0) return { verdict: 'too_early', reasons: early };
  if (at < 0) return { verdict: GRADES[gradeByTime(elapsed(clock, clock.today))], reasons: [] };
  if (isReached(findings, at)) return reachedLook(findings, at);
  if (criterion.role === 'guardrail') return breachLook(findings);
  if (lastProvenBefore(findings) !== null) return { verdict: 'regressed', reasons: [] };
  return gradedLook(findings, at);
}

function tooEarly(findings: Findings, at: number): Reason[] {
  if (findings.criterion.kind === 'yes_no') return [];
  const inRamp = (findings.used[at]?.end ?? 0) < findings.clock.ramp;
  return [...(inRamp ? ['ramp' as const] : []), ...lacking(findings, at)];
}

function reachedLook(findings: Findings, at: number): Look {
  if (!isTrusted(findings, at)) return { verdict: 'on_track', reasons: ['untrusted'] };
  if (findings.criterion.role !== 'guardrail') return { verdict: 'met', reasons: [] };
  return { verdict: 'on_track', reasons: isOverBudget(findings) ? ['holding', 'budget'] : ['holding'] };
}

function gradedLook(findings: Findings, at: number): Look {
  const { criterion, clock, goal, used } = findings;
  if (goal.shape === 'yes') return { verdict: GRADES[gradeByTime(elapsed(clock, clock.today))], reasons: [] };
  const value = valueAt(findings, at);
  if (value === null) return { verdict: 'too_early', reasons: ['min_n'] };
  const reasons: Reason[] = reaches(value, goal) ? ['sustain_pending'] : [];
  const journey = journeyOf(criterion, goal);
  if (journey === null || hasOvershot(journey, goal, value)) {
    return { verdict: GRADES[gradeByDistance(criterion, goal, value)], reasons };
  }
  const pace = gradeByPace(journey, value, expectedAt(criterion, clock, used[at]?.end ?? 0));
  const ahead = criterion.agg === 'pilot_sum' ? null : findings.course();
  const grade = ahead === null ? pace : combined(pace, gradeByForecast(ahead.forecast, goal));
  return { verdict: GRADES[grade], reasons };
}

// The mean of both, rounded to the worse.
function combined(pace: Grade, forecast: Grade): Grade {
  return Math.ceil((pace + forecast) / 2) as Grade;
}

// What latches needs no last period, only proof: then the missing proof is the chief reason.
function unproven(findings: Findings): Reason[] {
  const isDone = latches(findings.criterion, findings.goal) && isReached(findings, findings.used.length - 1);
  return isDone && !isTrusted(findings, findings.used.length - 1) ? ['untrusted'] : [];
}

function absence(findings: Findings): Reason[] {
  return [findings.set_aside.length > 0 ? 'unit_mismatch' : 'never_measured'];
}

function isMismatch(reason: Reason): boolean {
  return reason === 'unit_mismatch';
}

function current(look: Look): Judgement {
  return { ...look, last_known: null };
}
