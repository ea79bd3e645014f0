/** What does one row of a file or a request record, and if nothing, why? */
import type { Day, Period } from './day.ts';
import { type IncomingNumbers, incomingNumbers } from './incoming-number.ts';
import { incomingPeriod } from './incoming-period.ts';
import type { IncomingMetric, IncomingPilot, PilotIndex } from './incoming-pilots.ts';
import {
  type GivenValue,
  INCOMING_FIELDS,
  type IncomingField,
  type IncomingProblem,
} from './incoming-problem.ts';
import { incomingWords } from './incoming-text.ts';
import { cadenceOf } from './metric.ts';

/** A value that can be recorded. */
export interface IncomingValue extends IncomingNumbers {
  readonly pilot: IncomingPilot;
  readonly metric: IncomingMetric;
  readonly period: Period;
  readonly source: string | null;
  readonly evidence: string | null;
  /** What makes a repeat harmless; unique among the values of one source. */
  readonly key: string | null;
}

/**
 * Reads one row, whatever it came from. Nothing is guessed: the first thing that is wrong is named.
 *
 * @param today in the workspace's zone: a period that has not ended by then cannot be recorded
 * @example
 * incomingValue({ pilot: 'clams', metric: 'cost' }, { pilot: () => null, near: () => ['claims'] }, '2026-01-20') // { problem: { field: 'pilot', given: 'clams', code: 'unknown_pilot', near: ['claims'] } }
 */
export function incomingValue(
  row: GivenValue,
  pilots: PilotIndex,
  today: Day,
): { readonly value: IncomingValue } | { readonly problem: IncomingProblem } {
  const given = trimmed(row);
  const text = (field: IncomingField) => {
    const found = given[field];
    return typeof found === 'string' ? found : (found ?? []).join(' ');
  };
  const wrong = (problem: IncomingProblem) => ({ problem });
  const word = text('pilot');
  if (word === '') return wrong({ field: 'pilot', given: '', code: 'missing' });
  const pilot = pilots.pilot(word);
  if (pilot === null) {
    return wrong({ field: 'pilot', given: word, code: 'unknown_pilot', near: pilots.near(word) });
  }
  const name = text('metric');
  if (name === '') return wrong({ field: 'metric', given: '', code: 'missing' });
  const metric = pilots.metric(pilot, name);
  if (metric.found === null) {
    return wrong({
      field: 'metric',
      given: name,
      code: 'unknown_metric',
      pilot: pilot.key,
      near: metric.near,
    });
  }
  if (pilot.start === null) return wrong({ field: 'pilot', given: word, code: 'no_start', pilot: pilot.key });
  const grid = { start: pilot.start, cadence: cadenceOf(metric.found.cadence) };
  const when = incomingPeriod({ end: text('end'), day: text('day') }, grid, today);
  if ('problem' in when) return when;
  const read = incomingNumbers(given, metric.found);
  if ('problem' in read) return read;
  const source = incomingWords('source', text('source'));
  if ('problem' in source) return source;
  const evidence = incomingWords('evidence', text('evidence'));
  if ('problem' in evidence) return evidence;
  const key = incomingWords('key', text('key'));
  if ('problem' in key) return key;
  return {
    value: {
      ...read.numbers,
      pilot,
      metric: metric.found,
      period: when.period,
      source: source.words,
      evidence: evidence.words,
      key: key.words,
    },
  };
}

/**
 * How far a value of a file or a request can be trusted: 2 when somebody named the system it comes from, else as far as
 * a typed one, 1 with evidence and 0 without.
 *
 * @example
 * incomingTrust({ source: 'warehouse', evidence: null }) // 2
 * incomingTrust({ source: null, evidence: 'https://example.com/report' }) // 1
 */
export function incomingTrust(value: Pick<IncomingValue, 'source' | 'evidence'>): number {
  if (value.source !== null) return 2;
  return value.evidence === null ? 0 : 1;
}

function trimmed(row: GivenValue): GivenValue {
  const given: Partial<Record<IncomingField, string | readonly string[]>> = {};
  for (const field of INCOMING_FIELDS) {
    const found = row[field];
    if (found !== undefined)
      given[field] = typeof found === 'string' ? found.trim() : found.map((one) => one.trim());
  }
  return given;
}
