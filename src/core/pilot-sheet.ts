/** Which pilot do the rows of a file describe, and what stands in the way of taking it in? */
import { type CharterFields, missingToSign, type SignItem } from './charter.ts';
import type { Day } from './day.ts';
import {
  COUNT_LIMITS,
  type CriterionContext,
  type CriterionField,
  type DefinedCriterion,
  defineCriterion,
  type MEASURES,
  type Method,
  type TypedCriterion,
} from './define-criterion.ts';
import type { Role as CriterionRole, Kind } from './evaluate/criterion.ts';
import type { CadenceName } from './metric.ts';
import type { Holders, Role, Visibility } from './pilot.ts';
import { type Choices, columnReader, type NamedPerson, type SheetProblem } from './pilot-columns.ts';
import type { CriterionColumn, PilotColumn, PilotField, PilotRow, PilotSheet, Placed } from './pilot-rows.ts';
import { clashIn } from './roles.ts';

/** A pilot as a file describes it, ready to be kept. */
export interface SheetPilot {
  readonly key: string;
  readonly name: string;
  readonly line: number;
  readonly fields: CharterFields;
  readonly holders: Holders;
  readonly visibility: Visibility;
  readonly channel: string | null;
  readonly unit: string | null;
  readonly externalId: string | null;
  readonly externalLink: string | null;
  /** The day the sponsor signed outside; null for a draft. */
  readonly signedOn: Day | null;
  readonly criteria: readonly DefinedCriterion[];
}

/** More than this in one charter nobody keeps in view. */
const MOST_CRITERIA = 40;

const KINDS: Choices<Kind> = [
  ['at_least', 'at least'],
  ['at_most', 'at most'],
  ['between', 'between'],
  ['increase_abs', 'rise by'],
  ['increase_pct', 'rise by %'],
  ['decrease_abs', 'fall by'],
  ['decrease_pct', 'fall by %'],
  ['yes_no', 'yes or no'],
];
const ROLES: Choices<CriterionRole> = [
  ['required', 'required'],
  ['guardrail', 'guardrail', 'must not get worse'],
  ['informative', 'for information'],
];
const EVERY: Choices<CadenceName> = [
  ['week', 'week', 'weekly'],
  ['fortnight', 'fortnight', 'two weeks', '2 weeks'],
  ['month', 'month', 'monthly'],
  ['quarter', 'quarter', 'quarterly'],
];
const MEASURED: Choices<(typeof MEASURES)[number]> = [
  ['business', 'business', 'business result'],
  ['model', 'model'],
  ['data', 'data'],
  ['operations', 'operations'],
  ['cost', 'cost'],
  ['adoption', 'adoption'],
];
const WORKED_OUT_AS: Choices<Method> = [
  ['mean', 'average', 'the average'],
  ['rate', 'share of all cases', 'the share of all their cases', 'share'],
  ['percentile', 'percentile', 'a percentile of single values', 'percentile of single values'],
  ['sum', 'sum', 'their sum'],
  ['min', 'lowest', 'the lowest of them'],
  ['max', 'highest', 'the highest of them'],
  ['pilot_sum', 'total since the start', 'the total since the start', 'total'],
];
const PROOFS: Choices<'0' | '1' | '2'> = [
  ['0', 'none'],
  ['1', 'typed with proof'],
  ['2', 'from a file or a system'],
];
const proofOf = (chosen: string | null): number | null => (chosen === null ? null : Number(chosen));
const SEEN_BY: Choices<Visibility> = [
  ['workspace', 'everyone', 'everyone in the workspace'],
  ['people', 'people with a role', 'only people with a role'],
];

const PEOPLE: readonly (PilotField & Role)[] = ['owner', 'backup', 'sponsor', 'production_owner'];

/** Which column a problem of a criterion stands in. */
const COLUMN_OF: Readonly<Record<CriterionField, CriterionColumn>> = {
  metric: 'metric',
  unit: 'unit',
  baseline: 'baseline',
  target: 'target',
  deadline: 'deadline',
  firstEffect: 'first_effect',
  every: 'every',
  sustain: 'hold',
  margin: 'margin',
  percentile: 'percentile',
  rates: 'agreed_conversion',
};

/** Which column is empty where something is missing for a signature. */
const SIGN_COLUMN: Readonly<Record<SignItem, PilotColumn>> = {
  outcome: 'outcome',
  sponsor: 'sponsor',
  start: 'start',
  decision: 'decision',
  criterion: 'role',
  production_owner: 'production_owner',
  rollback: 'rollback',
};

/** What reading a pilot needs besides its rows. */
export interface SheetContext {
  /** In the workspace's zone. */
  readonly today: Day;
  /** Who is meant by a word of the file. */
  readonly person: (word: string) => NamedPerson;
}

/**
 * Reads a pilot; every problem is named at once, each with its line and column. Nothing is guessed.
 *
 * @example
 * readSheet({ key: 'claims', line: 2, lastLine: 2, fields: { name: { text: 'Claims', line: 2 } }, criteria: [] }, { today: '2026-01-05', person: () => ({ none: 'unknown' }) }) // { problems: [{ line: 2, field: 'owner', given: '', code: 'empty' }] }
 */
export function readSheet(
  sheet: PilotSheet,
  { today, person }: SheetContext,
): { readonly pilot: SheetPilot } | { readonly problems: readonly SheetProblem[] } {
  const problems: SheetProblem[] = [];
  const reader = readerOf(sheet, problems);
  const holders = readHolders(reader, person);
  const fields: CharterFields = {
    outcome: reader.words('outcome'),
    problem: reader.words('problem'),
    start: reader.day('start'),
    decision: reader.day('decision'),
    rollback: reader.words('rollback'),
    budget: reader.words('budget'),
    note: null,
  };
  const { start, decision } = fields;
  const signedOn = reader.day('signed');
  checkDays(reader, { start, decision, signedOn }, today);
  const read = {
    key: sheet.key,
    name: reader.words('name') ?? '',
    line: sheet.line,
    fields,
    holders,
    visibility: reader.choice('visibility', SEEN_BY) ?? 'workspace',
    channel: reader.matching('channel', /^[CG][A-Z0-9]{2,20}$/, 'not_a_channel'),
    unit: reader.words('business_unit'),
    externalId: reader.words('external_id'),
    externalLink: reader.matching('external_link', /^https?:\/\/[^\s<>|]+$/i, 'not_a_link'),
    signedOn,
  };
  if (read.name === '' && sheet.fields.name === undefined) reader.wrong('name', { code: 'empty' });
  if (sheet.fields.owner === undefined) reader.wrong('owner', { code: 'empty' });
  const criteria = readCriteria(sheet, { start: start ?? today, decision }, problems);
  if (problems.length === 0 && signedOn !== null) {
    const [missing] = missingToSign(fields, holders, criteria);
    if (missing !== undefined) {
      const at = { line: sheet.line, field: SIGN_COLUMN[missing], given: '' };
      problems.push({ ...at, code: 'not_signable', missing });
    }
  }
  return problems.length > 0 ? { problems } : { pilot: { ...read, criteria } };
}

type Reader = ReturnType<typeof columnReader>;

function readHolders(reader: Reader, person: SheetContext['person']): Holders {
  const holders: Partial<Record<Role, string>> = {};
  const names = new Map<string, string>();
  for (const role of PEOPLE) {
    const found = reader.person(role, person);
    if (found === null) continue;
    holders[role] = found.id;
    names.set(found.id, found.name);
  }
  const clash = clashIn(holders);
  if (clash !== null) {
    const [other, role] = clash.roles;
    const name = names.get(clash.person) ?? clash.person;
    reader.wrong(role as PilotField, { code: 'clash', name, other });
  }
  return holders;
}

function checkDays(
  reader: Reader,
  days: { readonly start: Day | null; readonly decision: Day | null; readonly signedOn: Day | null },
  today: Day,
): void {
  const { start, decision, signedOn } = days;
  if (decision !== null && decision <= today) reader.wrong('decision', { code: 'decision_past' });
  else if (decision !== null && start !== null && decision <= start)
    reader.wrong('decision', { code: 'decision_before_start', start });
  if (signedOn !== null && signedOn > today) reader.wrong('signed', { code: 'signed_ahead' });
}

function readCriteria(
  sheet: PilotSheet,
  { start, decision }: Pick<CriterionContext, 'start' | 'decision'>,
  problems: SheetProblem[],
): DefinedCriterion[] {
  if (sheet.criteria.length > MOST_CRITERIA) {
    const { line, row } = sheet.criteria[MOST_CRITERIA] ?? { line: sheet.line, row: {} as PilotRow };
    const at = { line, field: 'metric', given: row.metric ?? '' } as const;
    problems.push({ ...at, code: 'too_many_criteria', limit: MOST_CRITERIA });
    return [];
  }
  const defined: DefinedCriterion[] = [];
  for (const { line, row } of sheet.criteria) {
    const typed = typedCriterion(line, row, problems);
    if (typed === null) continue;
    const metrics = defined.map(({ metricKey: key, unit, cadence }) => ({ key, unit, cadence, used: true }));
    const reading = defineCriterion(typed, { start, decision, metrics });
    if (reading.ok) defined.push(reading.criterion);
    else
      for (const [field, problem] of Object.entries(reading.problems)) {
        const column = COLUMN_OF[field as CriterionField];
        problems.push({ line, field: column, given: row[column] ?? '', code: 'criterion', problem });
      }
  }
  return defined;
}

/** A criterion as it would be typed; null where some field cannot be read. */
function typedCriterion(line: number, row: PilotRow, problems: SheetProblem[]): TypedCriterion | null {
  const before = problems.length;
  const placed = (field: PilotColumn): Placed | undefined => {
    const text = row[field] ?? '';
    return text === '' ? undefined : { text, line };
  };
  const read = columnReader(placed, line, problems);
  const metric = read.words('metric');
  const kind = read.choice('kind', KINDS);
  if (placed('metric') === undefined) read.wrong('metric', { code: 'empty' });
  if (placed('kind') === undefined)
    read.wrong('kind', { code: 'not_one_of', choices: KINDS.map((words) => words[1] ?? words[0]) });
  const typed = {
    metric: metric ?? '',
    measures: read.choice('measures', MEASURED) ?? 'business',
    kind: kind ?? 'at_least',
    unit: read.words('unit'),
    baseline: read.words('baseline'),
    baselineKnownBy: read.day('baseline_known_by'),
    target: read.words('target'),
    deadline: read.day('deadline'),
    firstEffect: read.day('first_effect'),
    every: read.choice('every', EVERY) ?? 'week',
    role: read.choice('role', ROLES) ?? 'required',
    average: read.count('average', COUNT_LIMITS.average),
    sustain: read.count('hold', COUNT_LIMITS.sustain),
    margin: read.words('margin'),
    method: read.choice('worked_out_as', WORKED_OUT_AS),
    percentile: read.words('percentile'),
    rates: read.words('agreed_conversion'),
    smallest: read.count('smallest_sample', COUNT_LIMITS.smallest),
    breaches: read.count('breaches_allowed', COUNT_LIMITS.breaches),
    closing: read.count('closing_days', COUNT_LIMITS.closing),
    proof: proofOf(read.choice('proof_needed', PROOFS)),
  };
  return problems.length > before ? null : typed;
}

const readerOf = (sheet: PilotSheet, problems: SheetProblem[]) =>
  columnReader((field) => sheet.fields[field as PilotField], sheet.line, problems);
