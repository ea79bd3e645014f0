/** Which rows of a file make up one pilot, and do they agree on it? */
import { isKey, keyOf } from './key.ts';

/** What is said about a pilot itself, once or on each of its rows. */
export const PILOT_FIELDS = [
  'key',
  'name',
  'outcome',
  'problem',
  'owner',
  'backup',
  'sponsor',
  'production_owner',
  'business_unit',
  'start',
  'decision',
  'rollback',
  'budget',
  'visibility',
  'channel',
  'signed',
  'external_id',
  'external_link',
] as const;
export type PilotField = (typeof PILOT_FIELDS)[number];

/** What is said about one criterion: a row has one, or none. */
export const CRITERION_FIELDS = [
  'metric',
  'measures',
  'kind',
  'unit',
  'baseline',
  'baseline_known_by',
  'target',
  'deadline',
  'first_effect',
  'every',
  'role',
  'average',
  'hold',
  'margin',
  'worked_out_as',
  'smallest_sample',
  'breaches_allowed',
  'closing_days',
  'proof_needed',
  'percentile',
  'agreed_conversion',
] as const;
export type CriterionColumn = (typeof CRITERION_FIELDS)[number];

export type PilotColumn = PilotField | CriterionColumn;

/** One row as it was given: text by column; a column that is not there is absent. */
export type PilotRow = Readonly<Partial<Record<PilotColumn, string>>>;

/** A text and the line it stands on, so that a sentence about it can name the place. */
export interface Placed {
  readonly text: string;
  readonly line: number;
}

/** Everything a file says about one pilot. */
export interface PilotSheet {
  /** In lower case. */
  readonly key: string;
  /** Its first line. */
  readonly line: number;
  /** Its last one. */
  readonly lastLine: number;
  readonly fields: Readonly<Partial<Record<PilotField, Placed>>>;
  readonly criteria: readonly { readonly line: number; readonly row: PilotRow }[];
}

/** Why a row does not fit its pilot. */
export type RowProblem = { readonly line: number; readonly field: PilotColumn; readonly given: string } & (
  | { readonly code: 'no_name' }
  | { readonly code: 'bad_key'; readonly better: string }
  /** An earlier line says something else. */
  | { readonly code: 'differs'; readonly before: Placed }
  /** An earlier line says the same about the same criterion. */
  | { readonly code: 'same_row'; readonly before: number }
);

/** Puts rows together, however many files' worth of them come, and says which cannot be put anywhere. */
export interface PilotSheets {
  add(line: number, row: PilotRow): RowProblem | null;
  /** The pilots, in the order of their first lines, without those one of whose rows was refused. */
  sheets(): PilotSheet[];
  /** How many pilots there are so far. */
  count(): number;
}

interface Open {
  line: number;
  lastLine: number;
  readonly fields: Partial<Record<PilotField, Placed>>;
  readonly criteria: { readonly line: number; readonly row: PilotRow }[];
  /** The criteria so far, to notice one that comes again. */
  readonly seen: Map<string, number>;
  isSpoiled: boolean;
}

/**
 * Makes a place where rows are put together. Rows with one key are one pilot, wherever in the file they stand; without a
 * key, it is made from the name. What a later row leaves empty it does not contradict.
 *
 * @example
 * pilotSheets().add(2, { name: 'Claims triage', metric: 'Cost' }) // null
 * pilotSheets().add(2, { metric: 'Cost' }) // { line: 2, field: 'name', given: '', code: 'no_name' }
 * pilotSheets().add(2, { key: 'claims triage' }) // { line: 2, field: 'key', given: 'claims triage', code: 'bad_key', better: 'claims-triage' }
 */
export function pilotSheets(): PilotSheets {
  const open = new Map<string, Open>();

  function openFor(key: string, line: number): Open {
    const known = open.get(key);
    if (known !== undefined) return known;
    const fresh: Open = {
      line,
      lastLine: line,
      fields: {},
      criteria: [],
      seen: new Map(),
      isSpoiled: false,
    };
    open.set(key, fresh);
    return fresh;
  }

  return {
    add(line, row) {
      const typed = row.key ?? '';
      const name = row.name ?? '';
      if (typed !== '' && !isKey(typed))
        return { line, field: 'key', given: typed, code: 'bad_key', better: keyOf(typed) };
      const key = (typed === '' ? keyOf(name) : typed).toLowerCase();
      if (key === '') return { line, field: 'name', given: name, code: 'no_name' };
      const pilot = openFor(key, line);
      pilot.lastLine = line;
      const problem = putInto(pilot, line, row);
      if (problem !== null) pilot.isSpoiled = true;
      return problem;
    },
    sheets: () =>
      [...open].flatMap(([key, { line, lastLine, fields, criteria, isSpoiled }]) =>
        isSpoiled ? [] : [{ key, line, lastLine, fields, criteria }],
      ),
    count: () => open.size,
  };
}

function putInto(pilot: Open, line: number, row: PilotRow): RowProblem | null {
  for (const field of PILOT_FIELDS) {
    const given = row[field] ?? '';
    const before = pilot.fields[field];
    if (given === '') continue;
    if (before !== undefined && !isSame(field, before.text, given))
      return { line, field, given, code: 'differs', before };
    if (before === undefined) pilot.fields[field] = { text: given, line };
  }
  const said = CRITERION_FIELDS.map((field) => row[field] ?? '');
  if (said.every((text) => text === '')) return null;
  const known = JSON.stringify(said);
  const before = pilot.seen.get(known);
  if (before !== undefined)
    return { line, field: 'metric', given: row.metric ?? '', code: 'same_row', before };
  pilot.seen.set(known, line);
  pilot.criteria.push({ line, row });
  return null;
}

const isSame = (field: PilotField, one: string, other: string): boolean =>
  field === 'key' ? one.toLowerCase() === other.toLowerCase() : one === other;
