/** Which criteria, calendars and observations do the tests of the engine make up? */

import fc from 'fast-check';
import { addDays, startOfDay } from '../../../src/core/day.ts';
import {
  type Calendar,
  type Criterion,
  calendarFrom,
  criterionFrom,
  type Evaluation,
  type EvaluationInput,
  evaluate,
  type Observation,
} from '../../../src/core/evaluate/index.ts';

export const CALENDAR: Calendar = calendarFrom({ start: '2026-01-05', deadline: '2026-03-29' });

/** The end of week `number` of the calendar. */
export function week(number: number): string {
  return addDays(CALENDAR.start, 7 * number);
}

/** Nine o'clock on the day after the end of a week. */
export function morningAfter(number: number): number {
  return startOfDay(week(number), 'UTC') + 33 * 3_600_000;
}

/** A row for a week; what is not given is from a system of record at the period's end. */
export function row(number: number, given: Partial<Observation>): Observation {
  return { end: week(number), trust: 3, recorded_at: startOfDay(week(number), 'UTC'), ...given };
}

/** One value a week from week `first`; null leaves a week out. */
export function weekly(values: readonly (string | null)[], first = 1): Observation[] {
  return values.flatMap((value, i) => (value === null ? [] : [row(first + i, { value })]));
}

/** The evaluation of a definition that is sound. */
export function judged(input: EvaluationInput): Evaluation {
  const result = evaluate(input);
  if ('error' in result) throw new Error(`refused: ${result.error}`);
  return result;
}

/** The decision day: everything is final. */
export const FINAL = startOfDay('2026-04-06', 'UTC');

/** A number with at most two decimals, as text. */
export const amount = (min: number, max: number) =>
  fc.integer({ min: min * 100, max: max * 100 }).map((cents) => String(cents / 100));

const AGGREGATIONS = ['latest', 'mean', 'sum', 'min', 'max', 'pilot_sum'] as const;

/** Criteria with a single direction on plain values. */
export const directional: fc.Arbitrary<Criterion> = fc
  .record({
    role: fc.constantFrom('required', 'guardrail', 'informative'),
    kind: fc.constantFrom('at_least', 'at_most'),
    target: amount(-50, 50),
    baseline: fc.option(amount(-50, 50)),
    agg: fc.constantFrom(...AGGREGATIONS),
    window: fc.integer({ min: 1, max: 4 }),
    sustain: fc.integer({ min: 1, max: 3 }),
    min_periods: fc.integer({ min: 0, max: 4 }),
    min_n: fc.integer({ min: 0, max: 6 }),
    min_trust: fc.integer({ min: 0, max: 2 }),
    margin: amount(0, 5),
    budget: fc.option(fc.integer({ min: 0, max: 3 })),
  } as const)
  .map((given) => criterionFrom(given));

/** Weekly rows, some absent, some corrected, some withdrawn, some typed. */
export const rows: fc.Arbitrary<Observation[]> = fc
  .uniqueArray(
    fc.record({
      number: fc.integer({ min: 0, max: 14 }),
      value: amount(-60, 60),
      n: fc.integer({ min: 1, max: 4 }),
      trust: fc.integer({ min: 0, max: 3 }),
      late: fc.integer({ min: 0, max: 20 }),
      withdrawn: fc.boolean().map((flag) => flag && true),
    }),
    { selector: ({ number, late }) => `${number} ${late}`, maxLength: 16 },
  )
  .map((list) =>
    list.map(({ number, value, n, trust, late, withdrawn }) =>
      row(number, {
        value,
        n,
        trust,
        withdrawn: withdrawn && late > 15,
        recorded_at: startOfDay(week(number), 'UTC') + late * 3_600_000,
      }),
    ),
  );

/** Any moment from the start to well after everything is final. */
export const moment = fc
  .integer({ min: 0, max: 100 * 24 })
  .map((hours) => startOfDay('2026-01-05', 'UTC') + hours * 3_600_000);
