/** What does a case of `pilotage evaluate` ask, and how is its answer printed? */

import { Decimal } from 'decimal.js';
import type { z } from 'zod';
import { startOfDay } from '../core/day.ts';
import {
  type Calendar,
  type Criterion,
  type EvaluationInput,
  evaluate,
  type Observation,
} from '../core/evaluate/index.ts';
import { repeatedNames } from '../metrics/repeated-names.ts';
import { issueText, shown } from './evaluate-problem.ts';
import { CALENDAR, CASE, CRITERION, notDecimal, OBSERVATION, plainDecimal } from './evaluate-shape.ts';

/** A case that was understood. */
export interface ReadCase {
  readonly id: CaseId;
  readonly input: EvaluationInput;
}

/** A case that could not be read: what is wrong, where, and what would be right. */
export interface UnreadableCase {
  readonly id: CaseId;
  readonly error: 'INVALID_INPUT';
  readonly message: string;
}

/** The cases of a file with what they leave out. */
export interface CaseFile {
  readonly defaults: unknown;
  readonly cases: readonly unknown[];
}

type CaseId = string | number | null;
type Fields = Readonly<Record<string, unknown>>;

const DEFAULTS = {
  calendar: {
    start: '2026-01-05',
    deadline: '2026-03-29',
    tz: 'UTC',
    cadence_days: 7,
    grace_days: 2,
    ramp_days: 0,
    closing_days: 5,
    pauses: [],
  },
  criterion: {
    role: 'required',
    unit: 'count',
    agg: 'latest',
    window: 1,
    sustain: 1,
    min_periods: 2,
    min_n: 0,
    min_trust: 0,
    margin: 0,
    tolerance: 0.1,
  },
  observation: { n: 1, trust: 3 },
} as const;

// In a defaults block these say which value is meant instead of being one.
const SAME_UNIT = '= criterion.unit';
const END_OF_PERIOD = 'local midnight of `end`';
const NO_TARGET = 'it is missing; write a number such as 12.5';

/**
 * The cases of a parsed JSON file: one object, or `{"defaults", "vectors"}`.
 *
 * @example
 * casesOf({ defaults: {}, vectors: [1, 2] }).cases // [1, 2]
 */
export function casesOf(json: unknown): CaseFile {
  const isFile = isFields(json) && Array.isArray(json['vectors']);
  return isFile
    ? { defaults: json['defaults'] ?? {}, cases: json['vectors'] as unknown[] }
    : { defaults: {}, cases: [json] };
}

/**
 * Reads one case, `input` inside a vector or the case itself. Missing keys take `defaults`, then those of the shared vectors.
 * `path` is where the case stands in its file, for messages.
 */
export function readCase(json: unknown, defaults: unknown = {}, path = '$'): ReadCase | UnreadableCase {
  const outer = isFields(json) ? json : {};
  const isVector = 'input' in outer;
  const id =
    idOf(isVector ? outer['id'] : undefined) ??
    idOf(isFields(outer['input']) ? outer['input']['id'] : outer['id']);
  const place = isVector ? `${path}.input` : path;
  try {
    return {
      id,
      input: inputOf(isVector ? outer['input'] : json, isFields(defaults) ? defaults : {}, place),
    };
  } catch (error) {
    if (error instanceof Unreadable) return { id, error: 'INVALID_INPUT', message: error.message };
    throw error;
  }
}

/**
 * Evaluates one case into the object that is printed: the verdict with its numbers, the refusal of a definition, or what makes
 * the case unreadable.
 */
export function evaluateCase(json: unknown, defaults: unknown = {}, path = '$'): Record<string, unknown> {
  const read = readCase(json, defaults, path);
  if ('error' in read) return { ...read };
  const result = evaluate(read.input);
  if ('error' in result) return { id: read.id, error: result.error };
  return {
    id: read.id,
    verdict: result.verdict,
    value: typeof result.value === 'string' ? Number(result.value) : result.value,
    goal: result.goal === null ? null : Number(result.goal),
    progress: result.progress,
    expected_progress: result.expected_progress,
    phase: result.phase,
    last_known: result.last_known,
    forecast: result.forecast,
    reason: result.reason,
    reasons: result.reasons,
    sentence: result.sentence,
    display: result.display,
  };
}

/**
 * Keeps a number as it is written where a double would be another one: for `JSON.parse`.
 *
 * @example
 * keepingDigits('value', 40, { source: '40.00000000000000000001' }) // '40.00000000000000000001'
 * keepingDigits('value', 12.5, { source: '12.50' }) // 12.5
 */
export function keepingDigits(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  if (typeof value !== 'number' || context?.source === undefined) return value;
  return new Decimal(context.source).eq(value) ? value : context.source;
}

/**
 * Names that stand twice in one object of a file, of which a parser keeps the last: by case with the sentence that says so,
 * and the first one outside of all cases.
 *
 * @param several whether the file has a list of cases
 */
export function repeatedIn(
  text: string,
  several: boolean,
): { readonly outside: string | null; readonly inCase: ReadonlyMap<number, string> } {
  const inCase = new Map<number, string>();
  let outside: string | null = null;
  for (const { path, name } of repeatedNames(text)) {
    const [list, at, part] = path;
    const isInList = several && list === 'vectors' && typeof at === 'number';
    // Beside its input a vector may say what it likes.
    if (isInList && part !== 'input' && !(path.length === 2 && ['input', 'id'].includes(name))) continue;
    if (several && !isInList) outside ??= shown(name);
    else if (!inCase.has(isInList ? at : 0))
      inCase.set(isInList ? at : 0, `${placeOf(path)}: ${shown(name)} stands there twice; keep one`);
  }
  return { outside, inCase };
}

const placeOf = (path: readonly (string | number)[]): string =>
  `$${path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('')}`;

class Unreadable extends Error {}

function inputOf(json: unknown, defaults: Fields, path: string): EvaluationInput {
  const given = checked(CASE, isFields(json) ? present(json) : json, path);
  const criterion = criterionOf(
    filled(given.criterion, defaults['criterion'], DEFAULTS.criterion),
    `${path}.criterion`,
  );
  const calendar = calendarOf(given.calendar ?? {}, defaults['calendar'], `${path}.calendar`);
  const perRow = isFields(defaults['observation']) ? withoutSayings(defaults['observation']) : {};
  const observations = (given.observations ?? []).map((row, i) =>
    observationOf(
      filled(row, perRow, DEFAULTS.observation),
      criterion,
      calendar,
      `${path}.observations[${i}]`,
    ),
  );
  return { criterion, calendar, observations, now: given.now, known_at: given.known_at ?? given.now };
}

function criterionOf(fields: Fields, path: string): Criterion {
  const given = checked(CRITERION, fields, path);
  if (given.agg === 'percentile' && given.percentile === undefined) {
    throw new Unreadable(`${path}.percentile: needed with agg "percentile", for example 95`);
  }
  const { name: _name, metric: _metric, frozen_at: _frozen, agreed_by: _agreed, ...rest } = given;
  return {
    ...rest,
    id: given.id ?? null,
    version: given.version ?? null,
    target: targetOf(given.kind, given.target, `${path}.target`),
    baseline: given.baseline ?? null,
    percentile: given.percentile ?? null,
    budget: given.budget ?? null,
    evaluate: given.evaluate ?? null,
    rates: given.rates ?? {},
    milestones: given.milestones ?? [],
  };
}

function targetOf(kind: Criterion['kind'], target: unknown, path: string): Criterion['target'] {
  if (kind === 'yes_no') {
    if (target === undefined || target === true) return null;
    throw new Unreadable(`${path}: ${shown(target)} where only true is possible, or nothing`);
  }
  if (kind !== 'between') {
    const level = plainDecimal(target);
    if (level !== null) return level;
    throw new Unreadable(`${path}: ${target === undefined ? NO_TARGET : notDecimal(target)}`);
  }
  const [low, high, ...more] = Array.isArray(target) ? target.map(plainDecimal) : [];
  if (typeof low === 'string' && typeof high === 'string' && more.length === 0) return [low, high];
  const what = target === undefined ? 'it is missing; write' : `${shown(target)} is not`;
  throw new Unreadable(`${path}: ${what} a pair of numbers such as [4, 5]`);
}

function calendarOf(fields: Fields, defaults: unknown, path: string): Calendar {
  const all = filled(fields, defaults, DEFAULTS.calendar);
  const wantsMonths = typeof all['cadence_months'] !== 'undefined' && fields['cadence_days'] === undefined;
  const { cadence_days, ...withoutDays } = all;
  const given = checked(CALENDAR, wantsMonths ? withoutDays : { ...withoutDays, cadence_days }, path);
  const { cadence_days: days, cadence_months: months, ...rest } = given;
  const cadence = months === undefined ? { days: days ?? DEFAULTS.calendar.cadence_days } : { months };
  return { ...rest, cadence, first_effect: given.first_effect ?? null };
}

function observationOf(fields: Fields, criterion: Criterion, calendar: Calendar, path: string): Observation {
  const given = checked(OBSERVATION, fields, path);
  const { source: _source, evidence: _evidence, ...rest } = given;
  const forms = [
    given.value !== undefined,
    given.num !== undefined || given.den !== undefined,
    given.raw !== undefined,
  ];
  const held = forms.filter(Boolean).length;
  if (held > 1 || (held === 0 && given.withdrawn !== true)) {
    throw new Unreadable(`${path}: give one of value, num with den, or raw`);
  }
  if ((given.num === undefined) !== (given.den === undefined))
    throw new Unreadable(`${path}: num and den need each other`);
  if (given.den !== undefined && Number(given.den) === 0 && Number(given.num) !== 0) {
    throw new Unreadable(`${path}.den: 0 cases cannot have ${given.num} among them`);
  }
  return {
    ...rest,
    value: given.value === undefined ? null : reportedValue(criterion, given.value, `${path}.value`),
    recorded_at: given.recorded_at ?? startOfDay(given.end, calendar.tz),
  };
}

function reportedValue(criterion: Criterion, value: unknown, path: string): string | boolean {
  if (criterion.kind === 'yes_no') {
    if (value === true || value === 'true' || value === 1) return true;
    if (value === false || value === 'false' || value === 0) return false;
    throw new Unreadable(`${path}: ${shown(value)} is neither true nor false`);
  }
  const number = plainDecimal(value);
  if (number !== null) return number;
  throw new Unreadable(`${path}: ${notDecimal(value)}`);
}

function checked<T extends z.ZodObject>(shape: T, value: unknown, path: string): z.output<T> {
  const result = shape.safeParse(value, { reportInput: true });
  if (result.success) return result.data;
  const known = Object.keys(shape.shape);
  const said = result.error.issues.slice(0, 3).map((issue) => {
    const steps = placeOf(issue.path.map((step) => (typeof step === 'number' ? step : String(step)))).slice(
      1,
    );
    return `${path}${steps}: ${issueText(issue, known)}`;
  });
  throw new Unreadable(said.join('; '));
}

// A key with null says no more than a missing one.
function filled(given: unknown, defaults: unknown, standard: Fields): Fields {
  return { ...standard, ...present(defaults), ...present(given) };
}

function present(fields: unknown): Fields {
  if (!isFields(fields)) return {};
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
}

function withoutSayings(fields: Fields): Fields {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== SAME_UNIT && value !== END_OF_PERIOD),
  );
}

function idOf(id: unknown): CaseId {
  return typeof id === 'string' || typeof id === 'number' ? id : null;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
