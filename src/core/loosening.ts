/** Was a promise made easier? */
import type { CriterionFacts } from './judge.ts';
import type { PilotFacts } from './pilot-facts.ts';

type Terms = Pick<CriterionFacts, 'kind' | 'role' | 'target' | 'targetHigh' | 'deadline'>;

const FALLS: readonly string[] = ['at_most'];

/**
 * Whether the terms of a criterion became easier to keep: a target nearer to where it starts, a wider band, more time, or a
 * promise that decides nothing any more.
 *
 * @example
 * isEasier({ kind: 'at_most', role: 'required', target: '12.50', targetHigh: null, deadline: '2026-03-29' }, { kind: 'at_most', role: 'required', target: '14.00', targetHigh: null, deadline: '2026-03-29' }) // true
 * isEasier({ kind: 'at_least', role: 'required', target: '85', targetHigh: null, deadline: '2026-03-29' }, { kind: 'at_least', role: 'required', target: '90', targetHigh: null, deadline: '2026-03-29' }) // false
 * isEasier({ kind: 'at_least', role: 'required', target: '85', targetHigh: null, deadline: '2026-03-29' }, null) // true
 */
export function isEasier(before: Terms, after: Terms | null): boolean {
  if (before.role === 'informative') return false;
  if (after === null || after.role === 'informative') return true;
  if (after.deadline > before.deadline) return true;
  if (before.kind !== after.kind || before.target === null || after.target === null) return false;
  const was = Number(before.target);
  const is = Number(after.target);
  if (before.kind === 'between') return is < was || Number(after.targetHigh) > Number(before.targetHigh);
  return FALLS.includes(before.kind) ? is > was : is < was;
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
