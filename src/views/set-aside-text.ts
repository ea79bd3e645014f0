/** How is said that numbers were set aside, why, and what would settle it? */
import type { Day } from '../core/day.ts';
import type { IncomingProblem } from '../core/incoming-problem.ts';
import { bold, type Line } from '../slack/text.ts';
import { incomingProblemText } from './incoming-problem-text.ts';

/** Numbers that came from one source and were set aside for one cause. */
export interface AsideGroup {
  readonly source: string;
  readonly cause: string;
  readonly metric: string;
  readonly count: number;
  readonly problem: IncomingProblem;
  /** What the first of them said. */
  readonly example: string;
}

/** 'wrong denials 14, from the warehouse (3 numbers)' and why they do not count. */
export function asideLines(group: AsideGroup, today: Day): Line[] {
  const many = group.count === 1 ? '1 number' : `${group.count} numbers`;
  return [
    [
      bold(`${group.metric || 'No metric named'}: `),
      `${many} from ${group.source}; for example ${group.example}`,
    ],
    [bold('Why it does not count: '), incomingProblemText(group.problem, today)],
  ];
}
