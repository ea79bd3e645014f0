/** Was a promise made easier? */
import { compareText } from './decimal-text.ts';
import { ROLES } from './evaluate/criterion.ts';
import { goalOf } from './evaluate/goal.ts';
import type { CriterionFacts } from './judge.ts';
import type { Criterion, PilotFacts } from './pilot-facts.ts';

type Terms = Pick<CriterionFacts, 'kind' | 'role' | 'baseline' | 'target' | 'targetHigh' | 'deadline'>;

const RISES: readonly string[] = ['at_least', 'increase_abs', 'increase_pct'];
const FALLS: readonly string[] = ['at_most', 'decrease_abs', 'decrease_pct'];

/**
 * Whether the terms of a criterion became easier to keep: a goal nearer to where it starts, also by another baseline or another
 * way to say it, a wider band, more time, or a role that asks less.
 *
 * @example
 * isEasier({ kind: 'at_most', role: 'required', baseline: null, target: '12.50', targetHigh: null, deadline: '2026-03-29' }, { kind: 'at_most', role: 'required', baseline: null, target: '14.00', targetHigh: null, deadline: '2026-03-29' }) // true
 * isEasier({ kind: 'at_least', role: 'required', baseline: null, target: '85', targetHigh: null, deadline: '2026-03-29' }, { kind: 'at_least', role: 'required', baseline: null, target: '90', targetHigh: null, deadline: '2026-03-29' }) // false
 * isEasier({ kind: 'decrease_pct', role: 'required', baseline: '100', target: '20', targetHigh: null, deadline: '2026-03-29' }, { kind: 'decrease_pct', role: 'required', baseline: '120', target: '20', targetHigh: null, deadline: '2026-03-29' }) // true
 * isEasier({ kind: 'at_least', role: 'required', baseline: null, target: '85', targetHigh: null, deadline: '2026-03-29' }, null) // true
 */
export function isEasier(before: Terms, after: Terms | null): boolean {
  if (before.role === 'informative') return false;
  if (after === null || ROLES.indexOf(after.role) > ROLES.indexOf(before.role)) return true;
  if (after.deadline > before.deadline || isWider(before, after)) return true;
  const [was, is] = [goalOf(before), goalOf(after)];
  if (before.kind === 'between' || was === null || is === null) return false;
  if (RISES.includes(before.kind) && RISES.includes(after.kind)) return compareText(is, was) < 0;
  return FALLS.includes(before.kind) && FALLS.includes(after.kind) && compareText(is, was) > 0;
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

const TERMS = ['kind', 'role', 'baseline', 'target', 'targetHigh', 'deadline'] as const;

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
  return first === undefined || TERMS.every((term) => first[term] === criterion[term]) ? null : first;
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
