/** Which metric is meant, how often is it measured, and which of its periods is next to be recorded? */
import {
  addDays,
  type Cadence,
  type Day,
  dayOf,
  type Period,
  periodContaining,
  periodNumbered,
  periodsOf,
} from './day.ts';
import { keyOf, nearest } from './key.ts';

/** How often a metric is measured. */
export const CADENCES = ['week', 'fortnight', 'month', 'quarter'] as const;
export type CadenceName = (typeof CADENCES)[number];

/**
 * The step from one period to the next: weeks count from the start date, months and quarters by the calendar.
 *
 * @example
 * cadenceOf('fortnight') // { days: 14 }
 * cadenceOf('quarter') // { months: 3 }
 */
export function cadenceOf(name: CadenceName): Cadence {
  if (name === 'week') return { days: 7 };
  if (name === 'fortnight') return { days: 14 };
  return { months: name === 'month' ? 1 : 3 };
}

/** What is needed to know a metric by name. */
export interface MetricName {
  readonly key: string;
  readonly name: string;
}

/**
 * Finds a metric by its key or its exact name, in any case. When it is not there: the two nearest names.
 *
 * @example
 * findMetric([{ key: 'cost', name: 'Cost per claim' }], 'COST PER CLAIM') // { found: { key: 'cost', name: 'Cost per claim' } }
 * findMetric([{ key: 'cost', name: 'Cost per claim' }], 'price') // { found: null, near: ['cost'] }
 */
export function findMetric<M extends MetricName>(
  metrics: readonly M[],
  word: string,
): { readonly found: M } | { readonly found: null; readonly near: string[] } {
  const wanted = word.trim().toLowerCase();
  const found =
    metrics.find(({ key }) => key === wanted) ??
    metrics.find(({ name }) => name.toLowerCase() === wanted) ??
    metrics.find(({ key }) => key === keyOf(word) && key !== '');
  if (found !== undefined) return { found };
  const keys = metrics.map(({ key }) => key);
  return { found: null, near: nearest(wanted, keys, 2) };
}

/**
 * The periods of a metric that have ended by `today`, oldest first.
 *
 * @example
 * endedPeriods('2026-01-05', 'week', '2026-01-19').map(({ end }) => end) // ['2026-01-12', '2026-01-19']
 */
export function endedPeriods(start: Day, cadence: CadenceName, today: Day): Period[] {
  return today < start ? [] : periodsOf(start, cadenceOf(cadence), addDays(today, -1));
}

/**
 * The newest period of a metric that has ended by `today`; null while none has.
 *
 * @example
 * lastEnded('2026-01-05', 'week', '2026-01-20') // { number: 2, start: '2026-01-12', end: '2026-01-19' }
 * lastEnded('2026-01-05', 'week', '2026-01-11') // null
 */
export function lastEnded(start: Day, cadence: CadenceName, today: Day): Period | null {
  const running = periodContaining(start, cadenceOf(cadence), today);
  return running === null || running.number === 1
    ? null
    : periodNumbered(start, cadenceOf(cadence), running.number - 1);
}

/**
 * The first period of a metric that ends after a day; null while it has not ended by `today`.
 *
 * @example
 * firstEndedAfter('2026-01-05', 'week', '2026-01-12', '2026-01-20') // { number: 2, start: '2026-01-12', end: '2026-01-19' }
 * firstEndedAfter('2026-01-05', 'week', '2026-01-19', '2026-01-20') // null
 */
export function firstEndedAfter(start: Day, cadence: CadenceName, day: Day, today: Day): Period | null {
  const period = periodContaining(start, cadenceOf(cadence), day < start ? start : day);
  return period !== null && period.end <= today ? period : null;
}

/** Which period a value belongs to, or why it cannot be recorded. */
export type PeriodChoice =
  | { readonly ok: true; readonly period: Period }
  /** Before the pilot's start date. */
  | { readonly ok: false; readonly why: 'before_start'; readonly start: Day }
  /** The period has not ended: `from` is the first day on which it can be recorded. */
  | { readonly ok: false; readonly why: 'running'; readonly period: Period; readonly from: Day };

/**
 * The period a day lies in, if it has ended by `today`. The day is any day inside the period.
 *
 * @example
 * periodFor('2026-01-05', 'week', '2026-01-08', '2026-01-14') // { ok: true, period: { number: 1, start: '2026-01-05', end: '2026-01-12' } }
 * periodFor('2026-01-05', 'week', '2026-01-13', '2026-01-14') // { ok: false, why: 'running', period: { number: 2, start: '2026-01-12', end: '2026-01-19' }, from: '2026-01-19' }
 */
export function periodFor(start: Day, cadence: CadenceName, day: Day, today: Day): PeriodChoice {
  const period = periodContaining(start, cadenceOf(cadence), day);
  if (period === null) return { ok: false, why: 'before_start', start };
  if (period.end > today) return { ok: false, why: 'running', period, from: period.end };
  return { ok: true, period };
}

/**
 * The period to offer first: the newest one that has ended and has no value, else the newest that has ended, else null.
 *
 * @example
 * nextToRecord('2026-01-05', 'week', ['2026-01-19'], '2026-01-20')?.end // '2026-01-12'
 * nextToRecord('2026-01-05', 'week', [], '2026-01-06') // null
 */
export function nextToRecord(
  start: Day,
  cadence: CadenceName,
  recordedEnds: readonly Day[],
  today: Day,
): Period | null {
  const ended = endedPeriods(start, cadence, today);
  return ended.findLast(({ end }) => !recordedEnds.includes(end)) ?? ended.at(-1) ?? null;
}

/**
 * The day it is in an IANA zone at an instant (epoch ms).
 *
 * @example
 * todayIn('Asia/Tokyo', Date.UTC(2026, 0, 5, 18)) // '2026-01-06'
 */
export const todayIn = (zone: string, now: number): Day => dayOf(now, zone);
