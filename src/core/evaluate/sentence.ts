/** How is a verdict said in one plain sentence? */

import { addDays, type Day, dayFromEpoch, dayOf, periodNumbered } from '../day.ts';
import { formatBeside, formatQuantity, formatSpan } from '../quantity.ts';
import { currencyOf } from '../unit.ts';
import { dueAfter, lastPeriod } from './clock.ts';
import type { DecimalText, Verdict } from './criterion.ts';
import { firstProven, lastProvenBefore } from './evidence.ts';
import type { Goal } from './goal.ts';
import { pooledCounts } from './guardrail.ts';
import { expectedAt, hasOvershot, journeyOf } from './pace.ts';
import { casesAt, valueAt } from './value.ts';
import type { Findings, Judgement } from './verdict.ts';

/** A value and the ends of its goal, as shown. */
export interface Shown {
  readonly value: string | null;
  readonly goals: readonly string[];
}

interface Talk {
  readonly findings: Findings;
  readonly judgement: Judgement;
  readonly shown: Shown;
}

const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
);

const SAYINGS: Readonly<Record<Verdict, (talk: Talk) => string>> = {
  met: sayMet,
  on_track: sayCourse,
  at_risk: sayCourse,
  off_track: sayCourse,
  too_early: (talk) => `too early to say; ${lack(talk)}`,
  stale: sayStale,
  no_data: sayNothing,
  regressed: (talk) => `${head(talk)}, ${by(talk)}; slipped back, it was reached up to ${heldUntil(talk)}`,
  missed: sayMissed,
};

/**
 * The sentence for people: what was measured, what is needed and by when, and where it leads.
 *
 * @example
 * sentenceOf({ criterion: { kind: 'yes_no', role: 'required' }, calendar: { deadline: '2026-03-29', tz: 'UTC' }, clock: { now: 1771232400000, phase: 'live' }, goal: { shape: 'yes' }, used: [] }, { verdict: 'on_track', reasons: [] }, { value: null, goals: [] }) // 'not yet; needed by 29 March'
 */
export function sentenceOf(findings: Findings, judgement: Judgement, shown: Shown): string {
  return SAYINGS[judgement.verdict]({ findings, judgement, shown });
}

/**
 * A value beside its goal, both with digits enough to tell them apart where they differ.
 *
 * @example
 * shownBeside('39.996', { shape: 'up', text: '40' }, 'count') // { "value": "39.996", "goals": ["40"] }
 * shownBeside(true, { shape: 'yes' }, 'bool') // { "value": "yes", "goals": [] }
 */
export function shownBeside(value: DecimalText | boolean | null, goal: Goal, unit: string): Shown {
  if (goal.shape === 'yes') return { value: typeof value === 'boolean' ? yesNo(value) : null, goals: [] };
  const goals = goal.shape === 'band' ? goal.texts : [goal.text];
  if (typeof value !== 'string')
    return { value: null, goals: goals.map((text) => formatQuantity(text, unit)) };
  const [shown = null, ...others] = formatBeside(value, goals, unit);
  return { value: shown, goals: others };
}

// With its year only when that is not the current one.
function dayShown(day: Day, today: Day): string {
  const [year = '', month = '', date = ''] = day.split('-');
  const name = `${Number(date)} ${MONTHS[Number(month) - 1]}`;
  return today.startsWith(year) ? name : `${name} ${year}`;
}

function sayMet(talk: Talk): string {
  const { findings, judgement } = talk;
  if (judgement.reasons.includes('latched')) {
    const at = findings.used[firstProven(findings) ?? 0];
    const when = at === undefined ? '' : ` in the period to ${lastDay(talk, at.row.end)}`;
    return findings.goal.shape === 'yes' ? `yes, reported${when}` : `${needed(talk)}: reached${when}`;
  }
  return findings.clock.phase === 'live'
    ? `${needed(talk)}, ${by(talk)}: at target so far`
    : `${needed(talk)}, ${by(talk)}: met`;
}

function sayMissed(talk: Talk): string {
  const { reasons } = talk.judgement;
  if (reasons.includes('sustain_pending'))
    return `${needed(talk)}, ${by(talk)}: reached too late to hold ${hold(talk)}: not met`;
  if (reasons[0] === 'budget') return `${needed(talk)}: broken in more periods than agreed: not met`;
  return `${head(talk)}, ${by(talk)}: not met`;
}

function sayStale(talk: Talk): string {
  const { findings, judgement, shown } = talk;
  const newest = findings.used.at(-1);
  if (judgement.reasons.includes('awaiting_final_data')) {
    const { deadline, closing_days } = findings.calendar;
    const until = said(talk, addDays(deadline, closing_days));
    return newest === undefined
      ? `the last number is awaited until ${until}`
      : `${head(talk)}; the last number is awaited until ${until}`;
  }
  const since =
    newest === undefined
      ? ''
      : `: ${shown.value ?? 'the newest'} is for the period to ${lastDay(talk, newest.row.end)}`;
  return `numbers out of date${since}; ${agreed(talk)}, ${by(talk)}`;
}

function sayNothing(talk: Talk): string {
  const { findings, judgement } = talk;
  const [reason] = judgement.reasons;
  const live = findings.clock.phase === 'live';
  const start = live ? 'no numbers yet' : 'not shown';
  if (reason === 'unit_mismatch') return `${start}; what came was not in ${findings.criterion.unit}`;
  if (reason === 'never_measured')
    return live ? `${start}; the first was due by ${firstDue(talk)}` : `${start}; no number came`;
  if (reason === 'untrusted') return `${start}; the numbers need proof`;
  if (reason === 'last_period_missing') {
    const { calendar } = findings;
    const last = periodNumbered(calendar.start, calendar.cadence, Math.max(1, lastPeriod(calendar)));
    return `${start}; the number for the period to ${lastDay(talk, last.end)} is missing`;
  }
  return `${start}; ${lack(talk)}`;
}

function sayCourse(talk: Talk): string {
  const { findings, judgement } = talk;
  const { criterion, goal } = findings;
  const [reason] = judgement.reasons;
  if (reason === 'untrusted' && goal.shape === 'yes') return `yes, but it needs proof ${by(talk)}`;
  if (reason === 'untrusted') return `${needed(talk)}, ${by(talk)}; reached, but the numbers need proof`;
  if (reason === 'sustain_pending')
    return `${needed(talk)}, ${by(talk)}; reached, still to hold ${hold(talk)}`;
  if (goal.shape === 'yes' && criterion.role !== 'guardrail') return `not yet; needed ${by(talk)}`;
  if (criterion.role === 'guardrail') return sayGuardrail(talk);
  return `${head(talk)}, ${by(talk)}${course(talk)}`;
}

function sayGuardrail(talk: Talk): string {
  const { findings, judgement } = talk;
  const [reason] = judgement.reasons;
  if (findings.used.length === 0) return `not yet; needed ${by(talk)}`;
  if (reason === 'clear_breach') {
    const { hits, cases } = pooledCounts(findings);
    return `${hits} of ${cases} so far; ${agreed(talk)}: too far off to be chance`;
  }
  const margin = withUnitOf(talk, findings.criterion.margin);
  const sayings: Record<string, string> = {
    holding: 'holding',
    within_margin: `not kept, within the margin of ${margin}`,
    breach_1: 'not kept',
    breach_2: 'not kept twice running',
  };
  return `${needed(talk)}: ${sayings[reason ?? ''] ?? 'not kept'}`;
}

function lack(talk: Talk): string {
  const { criterion, used, clock } = talk.findings;
  const { reasons } = talk.judgement;
  const cases = casesAt(talk.findings, used.length - 1);
  if (reasons.includes('not_due')) return `the first number is due by ${firstDue(talk)}`;
  if (reasons.includes('ramp')) return `no effect is expected before ${said(talk, dayFromEpoch(clock.ramp))}`;
  if (reasons.includes('min_periods')) {
    return `${used.length} ${used.length === 1 ? 'period' : 'periods'} measured, ${criterion.min_periods} needed`;
  }
  if (reasons.includes('percentile_support')) return `${cases} cases are too few for this percentile`;
  return criterion.min_n > cases ? `${cases} cases, ${criterion.min_n} needed` : 'no cases to count';
}

// "38 of 40 needed" where things are counted up, "€15.80; €12.50 or less needed" elsewhere.
function head(talk: Talk): string {
  const { findings, shown } = talk;
  const { goal, criterion } = findings;
  const [target] = shown.goals;
  if (goal.shape !== 'up' || shown.value === null || target === undefined) return needed(talk);
  const counts = !['percent', 'pp', 'ratio', '%'].includes(criterion.unit) && Number(goal.text) > 0;
  if (!counts || shown.value.startsWith('-')) return needed(talk);
  const value = currencyOf(criterion.unit) === null ? shown.value.split(' ', 1)[0] : shown.value;
  return `${value} of ${target} needed`;
}

function needed(talk: Talk): string {
  const { shown } = talk;
  return shown.value === null ? agreed(talk) : `${shown.value}; ${agreed(talk)}`;
}

function agreed(talk: Talk): string {
  const { findings, shown } = talk;
  const [first = '', second = ''] = shown.goals;
  const word = findings.criterion.role === 'guardrail' ? 'agreed' : 'needed';
  const levels = {
    up: `${first} or more`,
    down: `${first} or less`,
    band: `${first} to ${second}`,
    yes: 'yes',
  };
  return `${levels[findings.goal.shape]} ${word}`;
}

function course(talk: Talk): string {
  const { findings } = talk;
  const { criterion, goal, clock, used } = findings;
  const limit = goal.shape === 'up' || goal.shape === 'down' ? [goal.limit.approx] : [];
  const ahead = findings.course();
  if (ahead !== null) {
    const { lo, hi } = ahead.forecast;
    return `; at the current pace ${formatSpan(lo, hi, limit, criterion.unit)}`;
  }
  const journey = journeyOf(criterion, goal);
  const value = valueAt(findings, used.length - 1);
  if (journey === null || value === null || hasOvershot(journey, goal, value)) return '';
  const from = Number(journey.from);
  const share = expectedAt(criterion, clock, used.at(-1)?.end ?? 0).approx;
  const now = from + share * (Number(journey.to) - from);
  return `; ${formatQuantity(now.toPrecision(12), criterion.unit)} expected by now`;
}

function withUnitOf(talk: Talk, amount: DecimalText): string {
  return formatQuantity(amount, talk.findings.criterion.unit);
}

function hold(talk: Talk): string {
  return `for ${talk.findings.criterion.sustain} periods`;
}

function heldUntil(talk: Talk): string {
  const at = talk.findings.used[lastProvenBefore(talk.findings) ?? 0];
  return at === undefined ? '' : lastDay(talk, at.row.end);
}

function firstDue(talk: Talk): string {
  return lastDay(talk, dueAfter(talk.findings.clock, dayFromEpoch(talk.findings.clock.ramp)));
}

function by(talk: Talk): string {
  return `by ${said(talk, talk.findings.calendar.deadline)}`;
}

function lastDay(talk: Talk, end: Day): string {
  return said(talk, addDays(end, -1));
}

function said(talk: Talk, day: Day): string {
  return dayShown(day, dayOf(talk.findings.clock.now, talk.findings.calendar.tz));
}

function yesNo(value: boolean): string {
  return value ? 'yes' : 'no';
}
