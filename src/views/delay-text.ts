/** How is what a delay costs said, and what is wrong with how it was typed? */

import type { CharterFields } from '../core/charter.ts';
import { costOfDelay, type DelayProblem } from '../core/cost-of-delay.ts';
import { formatQuantity } from '../core/quantity.ts';
import { shorten } from '../slack/limits.ts';
import { bold, type Line } from '../slack/text.ts';

/** '€8 000 to €15 000 a week (Finance, May forecast)'; null where nobody is named who says so. */
export function delayText(fields: CharterFields): string | null {
  const cost = costOfDelay(fields);
  if (cost === null) return null;
  const shown = (value: string) => formatQuantity(value, cost.currency);
  return `${shown(cost.low)} to ${shown(cost.high)} a week (${shorten(cost.source, 120)})`;
}

/** The line of a sponsor's card; none where there is nothing to say. */
export function delayLines(fields: CharterFields): Line[] {
  const text = delayText(fields);
  return text === null ? [] : [[bold('Waiting costs: '), `${text}.`]];
}

const EXAMPLE = 'Write a range with its currency, like 8000 to 15000 EUR.';

/** What is wrong with a cost of delay as it was typed, with the remedy. */
export function delayProblemText(typed: string, problem: DelayProblem): string {
  const given = `"${shorten(typed, 60)}"`;
  switch (problem) {
    case 'NOT_MONEY':
      return `${given} names no currency. ${EXAMPLE}`;
    case 'BELOW_ZERO':
      return `${given} is below zero; a cost is not. ${EXAMPLE}`;
    case 'TURNED':
      return `${given} begins with the larger number. Write the smaller one first.`;
    case 'AMBIGUOUS':
      return `${given} can be read in two ways. Write it without separators, like 8000 to 15000 EUR.`;
    default:
      return `${given} is no range of money. ${EXAMPLE}`;
  }
}
