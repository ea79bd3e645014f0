/** Which numbers did an owner type for a criterion, and in which unit are they? */
import type { Kind } from './evaluate/criterion.ts';
import { checkDefinition } from './evaluate/index.ts';
import { parseQuantity, parseRange, parseYesNo, type Quantity } from './quantity.ts';
import {
  type CriterionField,
  type CriterionProblem,
  numberProblem,
  type Problems,
  type TypedCriterion,
} from './typed-criterion.ts';
import { unitNamed } from './unit.ts';

/** The fields of the form that hold numbers, and what they depend on. */
export type TypedNumbers = Pick<
  TypedCriterion,
  'kind' | 'unit' | 'baseline' | 'baselineKnownBy' | 'target' | 'margin'
>;

/** The numbers of a criterion as decimal text, in one unit. */
export interface Numbers {
  readonly unit: string;
  readonly baseline: string | null;
  readonly target: string | null;
  readonly targetHigh: string | null;
  readonly margin: string | null;
  readonly problems: Problems;
}

/**
 * Reads the numbers; `shared` is the unit of another criterion on the same metric. A unit typed with a number fills an empty
 * **Unit**; without any it is a plain count.
 *
 * @example
 * readNumbers({ kind: 'increase_abs', unit: null, baseline: '20 %', target: '5 points', margin: null }, null) // { unit: 'percent', baseline: '20', target: '5', targetHigh: null, margin: null, problems: {} }
 * readNumbers({ kind: 'increase_abs', unit: '%', baseline: '20', target: '5 %', margin: null }, null).problems // { target: { code: 'percent_or_points', typed: '5 %', kind: 'increase_abs' } }
 */
export function readNumbers(typed: TypedNumbers, shared: string | null): Numbers {
  if (typed.kind === 'yes_no') return readYesNo(typed);
  const problems: Problems = {};
  const ofNumbers = shared === 'bool' ? null : shared;
  const named = typed.unit === null ? ofNumbers : (unitNamed(typed.unit) ?? typed.unit);
  if (typed.unit?.toLowerCase() === 'bool') {
    problems.unit = { code: 'unit_for_yes_no', typed: typed.unit };
  }
  const note = (field: CriterionField) => (problem: CriterionProblem) => {
    problems[field] = problem;
  };
  const baseline = readNumber(typed.baseline, named, note('baseline'));
  const target = readTarget(typed, named, note('target'));
  const margin = readNumber(typed.margin, named, note('margin'));
  const unit = named ?? finest(baseline?.unit, levelUnit(typed.kind, target?.unit)) ?? 'count';
  const fits = (field: CriterionField, read: Quantity | null, text: string | null) => {
    if (read === null || text === null) return;
    const problem = unitProblem(field, read.unit, text, typed.kind, unit);
    if (problem !== null) problems[field] = problem;
  };
  fits('baseline', baseline, typed.baseline);
  fits('target', target, typed.target);
  fits('margin', margin, typed.margin);
  if (margin?.value.startsWith('-')) {
    problems.margin = { code: 'margin_negative', typed: typed.margin ?? '' };
  }
  return {
    unit,
    baseline: baseline?.value ?? null,
    target: target?.value ?? null,
    targetHigh: target?.high ?? null,
    margin: margin?.value ?? null,
    problems,
  };
}

/** A yes or no has no numbers; what was typed as one is not dropped without a word. */
function readYesNo({ target, baseline }: TypedNumbers): Numbers {
  const problems: Problems = {};
  if (target !== null && parseYesNo(target) !== true) {
    problems.target = { code: 'not_for_yes_no', typed: target };
  }
  if (baseline !== null && parseYesNo(baseline) === null) {
    problems.baseline = { code: 'not_for_yes_no', typed: baseline };
  }
  return { unit: 'bool', baseline: null, target: null, targetHigh: null, margin: null, problems };
}

/** Whether the unit typed with a number is one that number may have. */
function unitProblem(
  field: CriterionField,
  typed: string | undefined,
  text: string,
  kind: Kind,
  unit: string,
): CriterionProblem | null {
  const units = unitsOf(field, kind, unit);
  if (typed === undefined || units.some((one) => completes(one, typed))) return null;
  return field === 'target' && isChangeOfShare(kind, unit, typed)
    ? { code: 'percent_or_points', typed: text, kind }
    : { code: 'unit_differs', typed: text, unit: units[0] ?? unit };
}

type Note = (problem: CriterionProblem) => void;

function readNumber(typed: string | null, unit: string | null, wrong: Note): Quantity | null {
  if (typed === null) return null;
  const read = parseQuantity(typed, unit ?? undefined);
  if (!('problem' in read)) return read;
  wrong(numberProblem(typed, read));
  return null;
}

function readTarget(
  { kind, target: typed }: TypedNumbers,
  unit: string | null,
  wrong: Note,
): (Quantity & { readonly high?: string }) | null {
  if (typed === null || typed.trim() === '') wrong({ code: 'target_empty' });
  else if (kind === 'between') {
    const { low, high, ...band } = readBand(typed, unit, wrong);
    return low === undefined ? null : { value: low, ...(high === undefined ? {} : { high }), ...band };
  } else return readNumber(typed, unit, wrong);
  return null;
}

function readBand(
  typed: string,
  unit: string | null,
  wrong: Note,
): { readonly low?: string; readonly high?: string; readonly unit?: string } {
  const band = parseRange(typed, unit ?? undefined);
  if (!('problem' in band)) return band;
  const problem = numberProblem(typed, band);
  const aboutNumber = problem.code === 'number_ambiguous' || problem.code === 'number_too_large';
  wrong(aboutNumber ? problem : { code: 'band_unreadable', typed });
  return {};
}

/** Of two units the one that says more: `EUR/claim` rather than `EUR`. */
const finest = (one: string | undefined, other: string | undefined): string | undefined =>
  one === undefined || (other?.startsWith(`${one}/`) ?? false) ? other : one;

/** The unit of the metric that the unit of a target speaks of: a change in points is one of a percentage. */
function levelUnit(kind: Kind, unit: string | undefined): string | undefined {
  if (kind.endsWith('_pct')) return undefined;
  return kind.endsWith('_abs') && unit === 'pp' ? 'percent' : unit;
}

/** The units a field may be typed in, the plainest first. */
function unitsOf(field: CriterionField, kind: Kind, unit: string): readonly string[] {
  if (field === 'target' && kind.endsWith('_pct')) return ['percent'];
  if (field === 'target' && kind.endsWith('_abs') && unit === 'percent') return ['pp'];
  return field === 'margin' && unit === 'percent' ? ['percent', 'pp'] : [unit];
}

const completes = (unit: string, typed: string | undefined): boolean =>
  typed === unit || unit.startsWith(`${typed}/`);

/** +5 % on 20 % is 21 %, +5 points is 25 %: which is meant is for the owner to say. */
const isChangeOfShare = (kind: Kind, unit: string, typed: string): boolean =>
  kind.endsWith('_pct') ? typed === 'pp' : kind.endsWith('_abs') && unit === 'percent' && typed === 'percent';

/**
 * What makes the definition impossible to judge, as far as its numbers could be read.
 *
 * @example
 * definitionProblem(
 *   { kind: 'increase_pct', target: '15 %', baselineKnownBy: null },
 *   { baseline: '0', target: '15', targetHigh: null, problems: {} },
 * ) // { baseline: { code: 'baseline_zero' } }
 */
export function definitionProblem(typed: TypedNumbers, numbers: Numbers): Problems {
  const { baseline, target, targetHigh, problems } = numbers;
  if (problems.target !== undefined || problems.baseline !== undefined) return {};
  const { kind } = typed;
  const goal = target !== null && targetHigh !== null ? ([target, targetHigh] as const) : target;
  const text = typed.target ?? '';
  // The days have been read already and speak for themselves.
  switch (checkDefinition({ kind, target: goal, baseline }, { start: '', deadline: '' })) {
    case 'PCT_OF_ZERO_BASELINE':
      return { baseline: { code: 'baseline_zero' } };
    case 'CHANGE_MUST_BE_POSITIVE':
      return { target: { code: 'change_not_positive', typed: text } };
    case 'EMPTY_BAND':
      return { target: { code: 'band_empty', typed: text } };
    case 'MISSING_BASELINE':
      // A change needs something to change from; until it is known, a date says by when it will be.
      return typed.baselineKnownBy === null ? { baseline: { code: 'baseline_needed', kind } } : {};
    case 'DEADLINE_BEFORE_START':
    case null:
      return {};
  }
}
