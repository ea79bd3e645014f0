/** Has the owner stopped checking in, and have the numbers stopped coming? */
import { daysBetween } from '../day.ts';
import { activeDays, type CriterionSigns, type StallFacts } from './facts.ts';
import { fact, type Signal, weigh } from './signal.ts';

/**
 * Check-ins missed in a row: the owner was asked and reminded, and nobody answered.
 *
 * @example
 * missedCheckIns({ missedInRow: 2, missedDues: [], settings: { missed_minor: 1, missed_major: 2, missed_critical: 4 } }).map(({ weight }) => weight) // [2]
 */
export function missedCheckIns({ missedInRow, missedDues, settings }: StallFacts): Signal[] {
  const found = weigh(missedInRow, [
    [settings.missed_minor, 1],
    [settings.missed_major, 2],
    [settings.missed_critical, 4],
  ]);
  if (found === null || missedInRow === 0) return [];
  const { weight, limit } = found;
  return [fact('rhythm', weight, { rule: 'missed_check_ins', missed: missedInRow, limit, dues: missedDues })];
}

/**
 * Values that are older than they may be. A connected source is late a cadence and its grace after the newest period; a typed
 * metric is late from the check-in that asked for it, and then it is the same silence as a missed check-in, not a second one.
 *
 * @example
 * oldData({ today: '2026-02-04', pauses: [], settings: { data_minor: 1, data_major: 2 }, criteria: [{ id: 'c1', metric: 'm1', role: 'required', isTyped: false, newest: '2026-01-25', expectedFrom: '2026-01-05', cadenceDays: 7, graceDays: 2, askedOn: null }] }).map(({ cause, weight }) => [cause, weight]) // [['data', 1]]
 */
export function oldData(facts: StallFacts): Signal[] {
  return facts.criteria
    .filter(({ role }) => role === 'required')
    .flatMap((criterion) => (criterion.isTyped ? typedData(facts, criterion) : fedData(facts, criterion)));
}

function fedData({ today, pauses, settings }: StallFacts, criterion: CriterionSigns): Signal[] {
  const { id, metric, newest, expectedFrom, cadenceDays, graceDays } = criterion;
  const days = activeDays(pauses, newest ?? expectedFrom, today);
  // Late is who comes after the last day, so the day after is the first that counts.
  const found = weigh(days, [
    [settings.data_minor * cadenceDays + graceDays + 1, 1],
    [settings.data_major * cadenceDays + graceDays + 1, 2],
  ]);
  if (found === null) return [];
  const limit = found.limit - 1;
  return [
    fact('data', lighter(found.weight), {
      rule: 'old_data',
      criterion: id,
      metric,
      newest,
      askedOn: null,
      days,
      limit,
    }),
  ];
}

function typedData({ today, pauses, settings }: StallFacts, criterion: CriterionSigns): Signal[] {
  const { id, metric, newest, askedOn, cadenceDays, graceDays } = criterion;
  if (askedOn === null || (newest !== null && daysBetween(askedOn, newest) > 0)) return [];
  const days = activeDays(pauses, askedOn, today);
  const found = weigh(days, [
    [(settings.data_minor - 1) * cadenceDays + graceDays + 1, 1],
    [(settings.data_major - 1) * cadenceDays + graceDays + 1, 2],
  ]);
  if (found === null) return [];
  const limit = found.limit - 1;
  return [
    fact('rhythm', lighter(found.weight), {
      rule: 'old_data',
      criterion: id,
      metric,
      newest,
      askedOn,
      days,
      limit,
    }),
  ];
}

const lighter = (weight: 1 | 2 | 4): 1 | 2 => (weight === 1 ? 1 : 2);
