/** What would a criterion say at a few values, and what is wrong with it before anybody signs? */
import type { Day } from '../core/day.ts';
import type { Warning, WhatIf } from '../core/evaluate/index.ts';
import type { CriterionFacts } from '../core/judge.ts';
import type { Metric } from '../core/pilot-facts.ts';
import { formatQuantity } from '../core/quantity.ts';
import { bold, type Line } from '../slack/text.ts';
import { verdictWord } from './criterion-text.ts';
import { percentileOf, WHERE_SINGLE_VALUES_COME_FROM } from './percentile-text.ts';
import { passText } from './rule-text.ts';

/** More criteria than this that all decide make even good pilots fail. */
const ENOUGH_REQUIRED = 4;

const POINT_WORDS = { baseline: 'as it is today', half_way: 'half way', target: 'at the target' } as const;

/** The rule in a sentence; then, where something is wrong, what would be said at a few values, and the warnings. */
export function whatIfLines(
  criterion: CriterionFacts,
  metric: Pick<Metric, 'unit' | 'cadence' | 'name'>,
  result: WhatIf | null,
  required: number,
  today: Day,
): Line[] {
  const warnings = [
    ...(result === null ? [] : result.warnings.map(warningText)),
    ...(required > ENOUGH_REQUIRED
      ? [
          `This is criterion ${required} that decides. Good pilots fail when more than ${ENOUGH_REQUIRED} must all pass; make some "for information" or "must not get worse".`,
        ]
      : []),
  ];
  const rule: Line[] = [
    passText(criterion, metric, today),
    ...(percentileOf(criterion) === null ? [] : [WHERE_SINGLE_VALUES_COME_FROM]),
  ];
  if (warnings.length === 0 || result === null) return [...rule, ...warnings];
  const points = result.points.map(({ at, value, evaluation }) => {
    const shown = typeof value === 'boolean' ? '' : ` (${formatQuantity(value, metric.unit)})`;
    return `${POINT_WORDS[at]}${shown}: ${verdictWord(evaluation, criterion.role)}`;
  });
  return [
    ...rule,
    [bold('What if it stays '), points.join('; ')],
    ...warnings.map((text): Line => [bold('Look again: '), text]),
  ];
}

function warningText(warning: Warning): string {
  switch (warning.code) {
    case 'BASELINE_TOO_SHORT':
      return `The baseline rests on ${warning.periods} ${warning.periods === 1 ? 'period' : 'periods'}; ${warning.needed} make it believable.`;
    case 'BASELINE_TRENDING':
      return 'The number has been moving by itself. Improvement would have come anyway; say against what it is compared.';
    case 'MIN_N_TOO_SMALL':
      return `${warning.min_n} cases cannot tell the baseline from the target; about ${warning.suggested} can.`;
    case 'ALREADY_REACHED':
      return 'The target is reached already today, so reaching it proves nothing.';
    case 'NO_WHOLE_PERIOD':
      return 'No whole period fits before the deadline, so nothing could be measured.';
  }
}
