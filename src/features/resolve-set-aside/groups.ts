/** Which of the numbers set aside have one source and one cause, so that one answer settles them all? */
import type { IncomingProblem } from '../../core/incoming-problem.ts';
import { INCOMING_FIELDS } from '../../core/incoming-problem.ts';
import type { SetAsideRow } from '../../db/queries/set-aside.ts';
import type { AsideGroup } from '../../views/set-aside-text.ts';

/** A group with the rows in it. */
export interface Group extends AsideGroup {
  readonly key: string;
  readonly rows: readonly SetAsideRow[];
}

/** Causes that go away when the number is read in the metric's own unit. */
const UNIT_CAUSES: ReadonlySet<string> = new Set(['unit_unknown', 'unit_differs', 'units_disagree']);

export const isUnitCause = (cause: string): boolean => UNIT_CAUSES.has(cause);

/** The groups of a pilot's rows, the largest first. */
export function groupsOf(rows: readonly SetAsideRow[]): Group[] {
  const groups = Map.groupBy(rows, (row) =>
    JSON.stringify([row.source, row.cause, row.metric.toLowerCase()]),
  );
  return [...groups]
    .map(([key, of]) => {
      const first = of[0] as SetAsideRow;
      return {
        key,
        rows: of,
        source: first.source,
        cause: first.cause,
        metric: first.metric,
        count: of.length,
        problem: first.problem as unknown as IncomingProblem,
        example: exampleOf(first),
      };
    })
    .sort((a, b) => b.count - a.count);
}

/** The fields of a row that say what came in. */
function exampleOf(row: SetAsideRow): string {
  const shown = INCOMING_FIELDS.filter(
    (field) => !['pilot', 'metric', 'source', 'key', 'evidence'].includes(field),
  );
  return shown
    .flatMap((field) => {
      const given = row.given[field];
      return given === undefined || given === '' ? [] : [`${field} ${String(given).slice(0, 40)}`];
    })
    .join(', ');
}
