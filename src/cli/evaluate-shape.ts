/** Which keys and values may a case of `pilotage evaluate` have? */

import { Decimal } from 'decimal.js';
import { z } from 'zod';
import { isDay, isTimeZone, parseInstant } from '../core/day.ts';
import { AGGREGATIONS, EVALUATE, KINDS, ROLES } from '../core/evaluate/index.ts';
import { shown } from './evaluate-problem.ts';

const LONGEST_NUMBER = 100;
const NUMERAL = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i;
const MISSING = 'it is missing; write a number such as 12.5';

/**
 * Plain decimal text (`-1250`, `0.125`) for a JSON number or a decimal string; null for anything else, for numbers that are not
 * finite, and for those too large or too small to be meant.
 *
 * @example
 * plainDecimal('1.25e3') // '1250'
 */
export function plainDecimal(value: unknown): string | null {
  if (typeof value !== 'string' && typeof value !== 'number') return null;
  const given = String(value);
  if (given.length > LONGEST_NUMBER || !/^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d{1,3})?$/i.test(given))
    return null;
  const size = Math.abs(Number(given));
  if (!(size < 1e250) || (size < 1e-250 && /[1-9]/.test(given.replace(/e.*$/i, '')))) return null;
  return new Decimal(given).toFixed(new Decimal(given).decimalPlaces());
}

/**
 * What is wrong with a value that is no plain decimal.
 *
 * @example
 * notDecimal('12,5') // '"12,5" is not a number such as 12.5 or "12.5"'
 * notDecimal('1e400') // '"1e400" is larger or finer than any number that can be meant; use another unit'
 */
export function notDecimal(value: unknown): string {
  const isNumeral = typeof value === 'string' && NUMERAL.test(value);
  return isNumeral
    ? `${shown(value)} is larger or finer than any number that can be meant; use another unit`
    : `${shown(value)} is not a number such as 12.5 or "12.5"`;
}

const decimal = z.unknown().transform((value, context) => {
  const text = plainDecimal(value);
  if (text !== null) return text;
  context.addIssue({ code: 'custom', message: value === undefined ? MISSING : notDecimal(value) });
  return z.NEVER;
});
const notNegative = decimal.refine((text) => !text.startsWith('-'), {
  error: ({ input }) => `${input} is below 0; write 0 or more`,
});
const count = (least: number, most = 1_000_000) =>
  decimal.transform(Number).refine((n) => Number.isInteger(n) && n >= least && n <= most, {
    error: ({ input }) => `${shown(input)} is not a whole number from ${least} to ${most}`,
  });
const day = z
  .string()
  .refine(isDay, { error: ({ input }) => `${shown(input)} is not a day such as 2026-01-12` });
const instant = z.string().transform((text, context) => {
  const found = parseInstant(text);
  if (found !== null) return found;
  context.addIssue({
    code: 'custom',
    message: `${shown(text)} is not an instant with its offset such as 2026-01-27T09:00:00Z`,
  });
  return z.NEVER;
});
const text = z.string().min(1).max(200);

export const CRITERION = z.strictObject({
  id: text.optional(),
  version: count(0).optional(),
  name: text.optional(),
  metric: text.optional(),
  frozen_at: z.string().optional(),
  agreed_by: z.string().optional(),
  role: z.enum(ROLES),
  kind: z.enum(KINDS),
  target: z.unknown().optional(),
  baseline: z
    .union([
      z.strictObject({
        value: decimal,
        n: decimal.optional(),
        period: z.unknown().optional(),
        source: z.unknown().optional(),
      }),
      decimal,
    ])
    .transform((given) => (typeof given === 'string' ? given : given.value))
    .optional(),
  unit: text,
  agg: z.enum(AGGREGATIONS),
  window: count(1, 10_000),
  percentile: decimal
    .refine((p) => Number(p) > 0 && Number(p) < 100, {
      error: ({ input }) => `${input} does not lie between 0 and 100; write 95 for the 95th percentile`,
    })
    .optional(),
  sustain: count(1, 10_000),
  min_n: notNegative.transform(Number),
  min_periods: count(0),
  min_trust: count(0, 3),
  margin: notNegative,
  budget: count(0).optional(),
  tolerance: notNegative,
  evaluate: z.enum(EVALUATE).optional(),
  rates: z.record(z.string(), notNegative).optional(),
  milestones: z
    .array(z.strictObject({ day, progress: decimal.transform(Number) }))
    .refine(
      (list) => list.every(({ day: at }, i) => i === 0 || (list[i - 1]?.day ?? '') < at),
      'must be in order of days',
    )
    .optional(),
});

export const CALENDAR = z
  .strictObject({
    start: day,
    deadline: day,
    tz: z.string().refine(isTimeZone, {
      error: ({ input }) => `${shown(input)} is not a time zone such as Europe/Berlin`,
    }),
    cadence_days: count(1, 3660).optional(),
    cadence_months: count(1, 120).optional(),
    grace_days: count(0, 3660),
    ramp_days: count(0, 36_600),
    first_effect: day.optional(),
    closing_days: count(0, 3660),
    pauses: z.array(
      z.tuple([day, day.nullable()]).refine(([from, to]) => to === null || from <= to, {
        error: ({ input }) => `${shown(input)} ends before it begins; write the earlier day first`,
      }),
    ),
  })
  .refine(
    ({ cadence_days, cadence_months }) => (cadence_days === undefined) !== (cadence_months === undefined),
    {
      error: 'give either cadence_days or cadence_months',
    },
  );

export const OBSERVATION = z.strictObject({
  id: z.union([z.string(), z.number()]).transform(String).optional(),
  end: day,
  value: z.unknown().optional(),
  num: decimal.optional(),
  den: notNegative.optional(),
  raw: z.array(decimal).min(1).optional(),
  unit: text.optional(),
  n: notNegative.transform(Number),
  source: z.string().optional(),
  evidence: z.string().optional(),
  trust: count(0, 3),
  recorded_at: instant.optional(),
  withdrawn: z.boolean().optional(),
});

export const CASE = z.strictObject({
  id: z.union([z.string(), z.number()]).optional(),
  criterion: z.looseObject({}),
  calendar: z.looseObject({}).optional(),
  observations: z.array(z.looseObject({})).optional(),
  now: instant,
  known_at: instant.optional(),
});
