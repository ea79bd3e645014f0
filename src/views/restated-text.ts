/** How is it said that a number was corrected after it was first known? */
import { type Day, dayOf } from '../core/day.ts';
import type { RecordedValue } from '../core/pilot-facts.ts';
import { type Restated, restatedAt } from '../core/restated.ts';
import { bold, type Line } from '../slack/text.ts';
import { dayText, periodText } from './day-text.ts';

/** How many corrections are told one by one, the newest periods. */
const MOST = 3;

/** 'restated on 3 March', for the end of a line; the newest of several. */
export const restatedWords = (restated: Restated, today: Day, zone: string): string =>
  `restated on ${dayText(dayOf(restatedAt(restated), zone), today)}`;

/** 'Restated: the number of 5–11 January was corrected on 3 March.' `rows` are those of the metric. */
export function restatedLine(
  { periods }: Restated,
  rows: readonly Pick<RecordedValue, 'periodStart' | 'periodEnd'>[],
  today: Day,
  zone: string,
): Line {
  const shown = periods.slice(-MOST);
  const told = shown.map(({ end, at, isWithdrawn }, index) => {
    const start = rows.find(({ periodEnd }) => periodEnd === end)?.periodStart ?? end;
    const what = `${index === 0 ? 'the number' : 'that'} of ${periodText({ start, end })}`;
    return `${what} was ${isWithdrawn ? 'withdrawn' : 'corrected'} on ${dayText(dayOf(at, zone), today)}`;
  });
  const hidden = periods.length - shown.length;
  return [bold('Restated: '), `${told.join('; ')}${hidden > 0 ? `; and ${hidden} older` : ''}.`];
}
