/** Was a promise made easier? */
import { ratesText } from './agreed-rates.ts';
import { compareText } from './decimal-text.ts';
import { ROLES } from './evaluate/criterion.ts';
import { goalOf } from './evaluate/goal.ts';
import type { CriterionFacts } from './judge.ts';
import type { Criterion, PilotFacts } from './pilot-facts.ts';

type Terms = Pick<CriterionFacts, 'kind' | 'role' | 'baseline' | 'target' | 'targetHigh' | 'deadline'> &
  Partial<Conditions>;

/** What must stand behind a number, and what a guardrail forgives. */
type Conditions = Pick<
  CriterionFacts,
  | 'sustain'
  | 'minN'
  | 'minPeriods'
  | 'minTrust'
  | 'margin'
  | 'budget'
  | 'closingDays'
  | 'percentile'
  | 'rates'
>;

const RISES: readonly string[] = ['at_least', 'increase_abs', 'increase_pct'];
const FALLS: readonly string[] = ['at_most', 'decrease_abs', 'decrease_pct'];

/**
 * Whether the terms of a criterion became easier to keep: a goal nearer to where it starts, also by another baseline or another
 * way to say it, a wider band, more time, a role that asks less, a shorter hold, weaker proof, fewer of the single values, a
 * better rate for values in another unit, or more that is forgiven.
 * What one of the two does not say is not compared.
 *
 * @example
 * isEasier({ kind: 'at_most', role: 'required', baseline: null, target: '12.50', targetHigh: null, deadline: '2026-03-29' }, { kind: 'at_most', role: 'required', baseline: null, target: '14.00', targetHigh: null, deadline: '2026-03-29' }) // true
 * isEasier({ kind: 'at_least', role: 'required', baseline: null, target: '85', targetHigh: null, deadline: '2026-03-29' }, { kind: 'at_least', role: 'required', baseline: null, target: '90', targetHigh: null, deadline: '2026-03-29' }) // false
 * isEasier({ kind: 'decrease_pct', role: 'required', baseline: '100', target: '20', targetHigh: null, deadline: '2026-03-29' }, { kind: 'decrease_pct', role: 'required', baseline: '120', target: '20', targetHigh: null, deadline: '2026-03-29' }) // true
 * isEasier({ kind: 'at_least', role: 'required', baseline: null, target: '85', targetHigh: null, deadline: '2026-03-29' }, null) // true
 * isEasier({ kind: 'at_least', role: 'required', baseline: null, target: '85', targetHigh: null, deadline: '2026-03-29', minN: 400 }, { kind: 'at_least', role: 'required', baseline: null, target: '85', targetHigh: null, deadline: '2026-03-29', minN: 50 }) // true
 */
export function isEasier(before: Terms, after: Terms | null): boolean {
  if (before.role === 'informative') return false;
  if (after === null || ROLES.indexOf(after.role) > ROLES.indexOf(before.role)) return true;
  if (after.deadline > before.deadline || isWider(before, after) || asksLess(before, after)) return true;
  if (asksFewer(before, after) || countsForBetter(before, after)) return true;
  const [was, is] = [goalOf(before), goalOf(after)];
  if (before.kind === 'between' || was === null || is === null) return false;
  if (RISES.includes(before.kind) && RISES.includes(after.kind)) return compareText(is, was) < 0;
  return FALLS.includes(before.kind) && FALLS.includes(after.kind) && compareText(is, was) > 0;
}

/** Whether less has to stand behind the number, or more is forgiven. */
function asksLess(before: Terms, after: Terms): boolean {
  const less = (['sustain', 'minN', 'minPeriods', 'minTrust'] as const).some((name) => {
    const [was, is] = [before[name], after[name]];
    return was !== undefined && is !== undefined && is < was;
  });
  // Days after the deadline in which numbers still come in: with more of them there is more time.
  const later = (after.closingDays ?? 0) > (before.closingDays ?? after.closingDays ?? 0);
  return less || later || (after.role === 'guardrail' && forgivesMore(before, after));
}

/**
 * Whether the goal is asked of fewer of the single values: a lower percentile where they must stay below it, a higher one where
 * they must reach it. Within a band, and beside numbers that are worked out in another way, neither is easier for certain.
 */
function asksFewer(before: Terms, after: Terms): boolean {
  const [was, is] = [before.percentile ?? null, after.percentile ?? null];
  if (was === null || is === null) return false;
  const change = compareText(is, was);
  if (RISES.includes(before.kind) && RISES.includes(after.kind)) return change > 0;
  return FALLS.includes(before.kind) && FALLS.includes(after.kind) && change < 0;
}

/**
 * Whether a value in another unit counts for a better one than before: for less where it must stay below, for more where it must
 * reach. A rate that is new or gone makes values count that did not, or the other way round: neither is easier for certain.
 */
function countsForBetter(before: Terms, after: Terms): boolean {
  return Object.entries(before.rates ?? {}).some(([unit, was]) => {
    const is = after.rates?.[unit];
    if (is === undefined) return false;
    if (RISES.includes(before.kind) && RISES.includes(after.kind)) return compareText(is, was) > 0;
    return FALLS.includes(before.kind) && FALLS.includes(after.kind) && compareText(is, was) < 0;
  });
}

/** A guardrail without a budget of its own may be breached once, where there are periods enough. */
const USUAL_BREACHES = 1;

function forgivesMore(before: Terms, after: Terms): boolean {
  const breaches = (after.budget ?? USUAL_BREACHES) > (before.budget ?? USUAL_BREACHES);
  const margin = compareText(after.margin ?? '0', before.margin ?? after.margin ?? '0') > 0;
  return breaches || margin;
}

function isWider(before: Terms, after: Terms): boolean {
  if (before.kind !== 'between' || after.kind !== 'between') return false;
  const [low, high] = [before.target ?? '', before.targetHigh ?? ''];
  return compareText(after.target ?? '', low) < 0 || compareText(after.targetHigh ?? '', high) > 0;
}

/**
 * The instants (epoch ms) at which a signed version made a promise of the version before easier, oldest first.
 *
 * @example
 * loosenedAt({ versions: [{ n: 1, status: 'signed', answeredAt: 5 }], criteria: [] }) // []
 */
export function loosenedAt(facts: Pick<PilotFacts, 'versions' | 'criteria'>): number[] {
  const agreed = facts.versions.filter(({ status }) => status === 'signed' || status === 'superseded');
  return agreed.flatMap(({ n, answeredAt }, index) => {
    const before = agreed[index - 1];
    if (before === undefined || answeredAt === null) return [];
    const after = new Map(
      facts.criteria
        .filter(({ version }) => version === n)
        .map((criterion) => [criterion.lineage, criterion]),
    );
    const isLooser = facts.criteria
      .filter(({ version }) => version === before.n)
      .some((criterion) => isEasier(criterion, after.get(criterion.lineage) ?? null));
    return isLooser ? [answeredAt] : [];
  });
}

const TERMS = [
  'metric',
  'kind',
  'role',
  'baseline',
  'target',
  'targetHigh',
  'deadline',
  'agg',
  'aggWindow',
  'percentile',
  'mode',
  'sustain',
  'minN',
  'minPeriods',
  'minTrust',
  'closingDays',
] as const;
/** Of guardrails only: nothing else forgives. */
const FORGIVEN = ['margin', 'budget'] as const;

/**
 * A promise as it was signed first, where something else was agreed about it since; null where it stands as it did.
 *
 * @example
 * firstAgreed({ versions: [{ n: 1, status: 'signed' }], criteria: [{ version: 1, lineage: 'a', target: '12.50' }] }, { version: 1, lineage: 'a', target: '12.50' }) // null
 * firstAgreed({ versions: [{ n: 1, status: 'superseded' }, { n: 2, status: 'signed' }], criteria: [{ version: 1, lineage: 'a', target: '12.50' }] }, { version: 2, lineage: 'a', target: '14.00' }) // { version: 1, lineage: 'a', target: '12.50' }
 */
export function firstAgreed(
  { versions, criteria }: Pick<PilotFacts, 'versions' | 'criteria'>,
  criterion: Criterion,
): Criterion | null {
  const agreed = new Set(
    versions.filter(({ status }) => status === 'signed' || status === 'superseded').map(({ n }) => n),
  );
  const [first] = criteria
    .filter(({ lineage, version }) => lineage === criterion.lineage && agreed.has(version))
    .toSorted((one, other) => one.version - other.version);
  const terms = criterion.role === 'guardrail' ? [...TERMS, ...FORGIVEN] : TERMS;
  const isSame =
    first === undefined ||
    (terms.every((term) => first[term] === criterion[term]) &&
      // The unit does not matter beside itself.
      ratesText(first.rates ?? null, '') === ratesText(criterion.rates ?? null, ''));
  return isSame ? null : first;
}

/**
 * Promises that decided in an agreed version and are in none that came after it, the version in force among them.
 *
 * @example
 * droppedSince({ versions: [{ n: 1, status: 'superseded' }, { n: 2, status: 'signed' }], criteria: [{ version: 1, lineage: 'a', role: 'required' }, { version: 2, lineage: 'b', role: 'required' }] }) // [{ version: 1, lineage: 'a', role: 'required' }]
 */
export function droppedSince({ versions, criteria }: Pick<PilotFacts, 'versions' | 'criteria'>): Criterion[] {
  const agreed = versions
    .filter(({ status }) => status === 'signed' || status === 'superseded')
    .map(({ n }) => n)
    .toSorted((one, other) => one - other);
  const last = agreed.at(-1);
  const kept = new Set(criteria.filter(({ version }) => version === last).map(({ lineage }) => lineage));
  const dropped = new Map(
    criteria
      .filter(({ version, lineage }) => agreed.includes(version) && !kept.has(lineage))
      .map((criterion) => [criterion.lineage, criterion]),
  );
  return [...dropped.values()].filter(({ role }) => role !== 'informative');
}
