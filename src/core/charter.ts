/** What was agreed up front, what is still missing before a sponsor can sign it, and what does signing freeze? */
import type { Holders } from './pilot.ts';

/** The written part of a charter; null means not written yet. Days are 'YYYY-MM-DD'. */
export interface CharterFields {
  readonly outcome: string | null;
  readonly problem: string | null;
  readonly start: string | null;
  readonly decision: string | null;
  readonly rollback: string | null;
  readonly budget: string | null;
  /** The owner's own sentence that opens the request to the sponsor. */
  readonly note: string | null;
  /** What a week without the result costs, a range of money as it was typed; absent where nobody has estimated it. */
  readonly delay?: string;
  /** Who says so. */
  readonly delaySource?: string;
}

/** Where one version of a charter stands. */
export const CHARTER_STATUSES = [
  'draft',
  'asked',
  'signed',
  'changes_requested',
  'declined',
  'withdrawn',
  'superseded',
] as const;
export type CharterStatus = (typeof CHARTER_STATUSES)[number];

/** What moves a charter version on. */
export type CharterAct = 'ask' | 'sign' | 'request-changes' | 'decline' | 'withdraw' | 'edit' | 'supersede';

const MOVES: Record<CharterStatus, Partial<Record<CharterAct, CharterStatus>>> = {
  draft: { ask: 'asked', edit: 'draft' },
  asked: {
    sign: 'signed',
    'request-changes': 'changes_requested',
    decline: 'declined',
    withdraw: 'withdrawn',
    edit: 'draft',
  },
  changes_requested: { edit: 'draft', ask: 'asked' },
  // An edit does not undo a no: it stays one until somebody else is named.
  declined: { edit: 'declined', ask: 'asked' },
  withdrawn: { edit: 'draft', ask: 'asked' },
  signed: { supersede: 'superseded' },
  superseded: {},
};

/**
 * The status after an act, or null when the act is not possible now.
 *
 * @example
 * afterAct('asked', 'sign') // 'signed'
 * afterAct('asked', 'edit') // 'draft'
 * afterAct('signed', 'edit') // null
 */
export function afterAct(status: CharterStatus, act: CharterAct): CharterStatus | null {
  return MOVES[status][act] ?? null;
}

/**
 * Whether whoever would be asked to sign has said no: the sponsor, or the delegate for them. They are not asked again, however
 * the charter is edited, until somebody else is the sponsor.
 *
 * @example
 * isDeclined({ status: 'declined', answeredBy: 'U2' }, { sponsor: 'U2' }) // true
 * isDeclined({ status: 'declined', answeredBy: 'U2' }, { sponsor: 'U3' }) // false
 */
export function isDeclined(
  charter: { readonly status: CharterStatus; readonly answeredBy: string | null },
  holders: Holders,
): boolean {
  const { status, answeredBy } = charter;
  return status === 'declined' && (answeredBy === holders.sponsor || answeredBy === holders.delegate);
}

/** The criterion facts that decide whether a charter can be signed. */
export interface PromiseFacts {
  readonly role: 'required' | 'guardrail' | 'informative';
  readonly measures: string;
}

/** What can be missing: before the sponsor can sign, in the order in which it is asked for. */
export const SIGN_ITEMS = [
  'outcome',
  'sponsor',
  'start',
  'decision',
  'criterion',
  'production_owner',
  'rollback',
] as const;
export type SignItem = (typeof SIGN_ITEMS)[number];

/**
 * What is still missing before the sponsor can sign, first things first.
 *
 * @example
 * missingToSign({ outcome: 'A claim costs less', problem: null, start: '2026-01-05', decision: '2026-03-30', rollback: null, budget: null, note: null }, { owner: 'U1', sponsor: 'U2' }, [{ role: 'required', measures: 'business' }]) // ['production_owner', 'rollback']
 */
export function missingToSign(
  fields: CharterFields,
  holders: Holders,
  criteria: readonly PromiseFacts[],
): SignItem[] {
  const there: Record<SignItem, boolean> = {
    outcome: fields.outcome !== null,
    sponsor: holders.sponsor !== undefined,
    start: fields.start !== null,
    decision: fields.decision !== null,
    criterion: criteria.some(({ role, measures }) => role === 'required' && measures === 'business'),
    production_owner: holders.production_owner !== undefined,
    rollback: fields.rollback !== null,
  };
  return SIGN_ITEMS.filter((item) => !there[item]);
}

/** What a version says in full, for freezing. */
export interface CharterTerms {
  readonly key: string;
  readonly name: string;
  readonly version: number;
  readonly unit: string | null;
  readonly fields: CharterFields;
  readonly holders: Holders;
  readonly criteria: readonly object[];
}

/**
 * The canonical text of a charter version: the same terms give the same text on every machine. Its hash is what a
 * signature stands on. Keys are sorted at every depth; the owner's covering note is not part of the terms. Conversions are
 * named where some are agreed: charters without any have the text they always had.
 *
 * @example
 * charterText({ key: 'a', name: 'A', version: 1, unit: null, fields: { outcome: 'o', problem: null, start: null, decision: null, rollback: null, budget: null, note: 'hi' }, holders: {}, criteria: [] }) // '{"criteria":[],"fields":{"budget":null,"decision":null,"outcome":"o","problem":null,"rollback":null,"start":null},"holders":{},"key":"a","name":"A","unit":null,"version":1}'
 */
export function charterText(terms: CharterTerms): string {
  const { note: _note, ...fields } = terms.fields;
  const criteria = terms.criteria.map((criterion) =>
    'rates' in criterion && criterion.rates === null ? { ...criterion, rates: undefined } : criterion,
  );
  return canonical({ ...terms, criteria, fields });
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join(',')}}`;
  }
  return JSON.stringify(value);
}

/** Changes of these need a new signature; other wording is logged and stands. */
export const TERMS: readonly (keyof CharterFields)[] = ['outcome', 'start', 'decision'];

/**
 * Which fields differ between two states of a charter.
 *
 * @example
 * changedFields({ outcome: 'a', problem: null, start: null, decision: null, rollback: null, budget: null, note: null }, { outcome: 'b', problem: null, start: null, decision: null, rollback: null, budget: null, note: null }) // ['outcome']
 */
export function changedFields(before: CharterFields, after: CharterFields): (keyof CharterFields)[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)] as (keyof CharterFields)[]);
  return [...names].filter((name) => (before[name] ?? null) !== (after[name] ?? null));
}

/** How many changes one version can see before its states could be taken for another version's. */
const STATES = 100_000;

/**
 * One number for a state of a version, for messages that ask about exactly that state.
 *
 * @example
 * stateNumber(2, 7) // 200007
 */
export const stateNumber = (version: number, revision: number): number => version * STATES + revision;

/**
 * The version and revision in such a number.
 *
 * @example
 * stateOf(200007) // { version: 2, revision: 7 }
 */
export const stateOf = (state: number): { readonly version: number; readonly revision: number } => ({
  version: Math.floor(state / STATES),
  revision: state % STATES,
});
