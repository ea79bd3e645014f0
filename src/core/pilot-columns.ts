/** What stands in one column of a file of pilots, and what is wrong with it? */
import type { SignItem } from './charter.ts';
import { type Day, isDay } from './day.ts';
import {
  type CountedThing,
  type CountLimits,
  type CriterionProblem,
  wholeNumber,
} from './define-criterion.ts';
import { dayReadings } from './incoming-period.ts';
import type { Unfit } from './person.ts';
import type { Role } from './pilot.ts';
import type { PilotColumn, PilotField, Placed } from './pilot-rows.ts';

/** Somebody a file names, or why it is not known who is meant. */
export type NamedPerson =
  | { readonly id: string; readonly name: string; readonly unfit: Unfit | null }
  | { readonly none: 'unknown' | 'email' | 'several' };

/** Why a pilot cannot be taken in, and where that stands. */
export type SheetProblem = {
  readonly line: number;
  readonly field: PilotColumn;
  readonly given: string;
} & (
  | { readonly code: 'empty' }
  | { readonly code: 'too_long'; readonly limit: number }
  | { readonly code: 'not_a_day'; readonly readings: readonly Day[] }
  | { readonly code: 'not_one_of'; readonly choices: readonly string[] }
  | {
      readonly code: 'not_a_count';
      readonly what: CountedThing;
      readonly least: number;
      readonly most: number;
    }
  | { readonly code: 'not_a_channel' }
  | { readonly code: 'not_a_link' }
  | { readonly code: 'nobody'; readonly why: 'unknown' | 'email' | 'several' }
  | { readonly code: 'unfit'; readonly name: string; readonly unfit: Unfit }
  | { readonly code: 'clash'; readonly name: string; readonly other: Role }
  | { readonly code: 'decision_past' }
  | { readonly code: 'decision_before_start'; readonly start: Day }
  | { readonly code: 'signed_ahead' }
  | { readonly code: 'not_signable'; readonly missing: SignItem }
  | { readonly code: 'too_many_criteria'; readonly limit: number }
  | { readonly code: 'criterion'; readonly problem: CriterionProblem }
);

/** The same without its place. */
export type Complaint = SheetProblem extends infer One
  ? One extends SheetProblem
    ? Omit<One, 'line' | 'field' | 'given'>
    : never
  : never;

/** How many characters are kept of each field that is words. */
const LONGEST: Readonly<Partial<Record<PilotColumn, number>>> = {
  name: 80,
  outcome: 500,
  problem: 3000,
  rollback: 2000,
  budget: 200,
  business_unit: 80,
  external_id: 120,
  external_link: 500,
  metric: 80,
  unit: 40,
  baseline: 60,
  target: 60,
  margin: 60,
  percentile: 10,
  agreed_conversion: 200,
};

/** Words for a choice, as forms show them and as other programs write them. */
export type Choices<Value extends string> = readonly (readonly [Value, ...string[]])[];

/**
 * Reads one column after the other; what cannot be read is added to the problems and counts as empty.
 *
 * @param placed what stands in a column and where; undefined for nothing
 * @param line where something is missing that stands nowhere
 * @example
 * columnReader(() => ({ text: '2026-01-05', line: 2 }), 2, []).day('start') // '2026-01-05'
 * columnReader(() => ({ text: 'Rise by', line: 2 }), 2, []).choice('kind', [['increase_abs', 'rise by']]) // 'increase_abs'
 */
export function columnReader(
  placed: (field: PilotColumn) => Placed | undefined,
  line: number,
  problems: SheetProblem[],
) {
  const wrong = (field: PilotColumn, complaint: Complaint): null => {
    const at = placed(field);
    problems.push({ line: at?.line ?? line, field, given: at?.text ?? '', ...complaint } as SheetProblem);
    return null;
  };
  const words = (field: PilotColumn): string | null => {
    const text = placed(field)?.text ?? '';
    const limit = LONGEST[field] ?? 0;
    if ([...text].length > limit) return wrong(field, { code: 'too_long', limit });
    return text === '' ? null : text;
  };
  return {
    wrong,
    words,
    day(field: PilotColumn): Day | null {
      const text = placed(field)?.text ?? '';
      if (text === '' || isDay(text)) return text === '' ? null : text;
      return wrong(field, { code: 'not_a_day', readings: dayReadings(text) });
    },
    choice<Value extends string>(field: PilotColumn, choices: Choices<Value>): Value | null {
      const text = (placed(field)?.text ?? '').toLowerCase().replace(/[_\s]+/g, ' ');
      if (text === '') return null;
      const found = choices.find((spelled) => spelled.some((word) => word.replaceAll('_', ' ') === text));
      return (
        found?.[0] ??
        wrong(field, { code: 'not_one_of', choices: choices.map((spelled) => spelled[1] ?? spelled[0]) })
      );
    },
    count(field: PilotColumn, limits: CountLimits): number | null {
      const text = placed(field)?.text ?? '';
      if (text === '') return null;
      return wholeNumber(text, limits) ?? wrong(field, { code: 'not_a_count', ...limits });
    },
    matching(field: PilotColumn, shape: RegExp, code: 'not_a_channel' | 'not_a_link'): string | null {
      const text = placed(field)?.text ?? '';
      if (text === '') return null;
      return shape.test(text) && text.length <= (LONGEST[field] ?? 40) ? text : wrong(field, { code });
    },
    person(field: PilotField, find: (word: string) => NamedPerson) {
      const text = placed(field)?.text ?? '';
      if (text === '') return null;
      const found = find(text);
      if ('none' in found) return wrong(field, { code: 'nobody', why: found.none });
      return found.unfit === null
        ? found
        : wrong(field, { code: 'unfit', name: found.name, unfit: found.unfit });
    },
  };
}
