/** What happens around the day on which a pilot is to be decided about? */
import { firstSendable } from '../../core/business-time.ts';
import { workingDayFrom } from '../../core/calendar.ts';
import { addDays, type Day, epochDay, startOfDay } from '../../core/day.ts';
import { decisionDay, finalFrom, isFinal } from '../../core/decision-due.ts';
import { partsOf } from '../../core/escalation.ts';
import type { Statement } from '../../db/database.ts';
import type { CaseRow } from '../../db/queries/cases.ts';
import { intend } from '../../db/queries/outbox.ts';
import type { Parts } from '../feature.ts';
import { calendarOf, type Gathered } from './facts.ts';
import { chainOf } from './people.ts';
import { type Around, beginning, type Turn, turn } from './perform.ts';

const CAUSE = 'decision_overdue';

/** The open case about a decision, or null. */
export const decisionCase = (cases: readonly CaseRow[]): CaseRow | null =>
  cases.find(({ cause, closedAt }) => cause === CAUSE && closedAt === null) ?? null;

/** Whether a decision waits for its ten minutes to pass. */
const isPending = ({ decisions }: Gathered): boolean => decisions.some(({ state }) => state === 'pending');

/** When the owner reads what the sponsor will read, and when the sponsor is asked. */
interface DecisionDays {
  readonly preview: Day;
  readonly open: Day;
}

/**
 * The days around a decision; null without one. The owner has the result a working day before the sponsor, and nobody has it
 * before the numbers are final: where that is late, the sponsor is asked a day later.
 */
export function daysAround(known: Pick<Gathered, 'facts' | 'decisions' | 'desk'>): DecisionDays | null {
  const day = decisionDay(known.facts, known.decisions);
  if (day === null) return null;
  const calendar = calendarOf(known);
  const before = workingDayFrom(calendar, day, -1);
  const final = finalFrom(known.facts);
  if (final === null || final <= before) return { preview: before, open: day };
  const preview = workingDayFrom(calendar, addDays(final, -1), 1);
  const after = workingDayFrom(calendar, preview, 1);
  return { preview, open: after > day ? after : day };
}

/** The same, as long as the numbers are final and nobody has decided. */
function daysToDecide(known: Gathered): DecisionDays | null {
  return isFinal(known.standing) ? daysAround(known) : null;
}

/** What the day does to the case of the decision: it begins quietly, opens on its day, and goes when the day has moved. */
export function dueTurn(around: Around, known: Gathered): Turn | null {
  if (isPending(known)) return null;
  const { today, settings } = known;
  const { at } = around;
  const row = decisionCase(known.cases);
  const days = daysToDecide(known);
  const isOpen = row !== null && partsOf(row.record.state).level !== null;
  if (days === null || days.preview > today || (isOpen && days.open > today)) {
    return row === null ? null : overTurn(around, row);
  }
  const event = days.open <= today ? 'cond_true_immediate' : 'cond_true';
  if (row === null) {
    const begun = beginning(around, CAUSE, chainOf(known, CAUSE), settings.version);
    return turn(around, { ...begun, weight: 1 }, { event, at }, true);
  }
  // Seen once is enough until its day: then it opens.
  return event === 'cond_true' ? null : turn(around, row, { event, at });
}

/** What a case waits for is not waited for any more: nothing is left to decide, or somebody has pressed. */
export function overTurn(around: Around, row: CaseRow): Turn {
  const { at } = around;
  const once = turn(around, row, { event: 'cond_false', at });
  const { mode } = partsOf(once.after.record.state);
  if (mode !== 'RESOLVING') return once;
  const twice = turn(around, once.after, { event: 'cond_false', at });
  return { ...twice, before: row };
}

/** The owner's preview and the channel's card, each once per day of decision. */
export function previewRows(parts: Pick<Parts, 'db' | 'newId'>, known: Gathered, at: number): Statement[] {
  const { facts, today, zone } = known;
  const days = daysToDecide(known);
  if (days === null || facts.pilot.pausedSince !== null || isPending(known)) return [];
  const { workspace, id: pilot, channel } = facts.pilot;
  const { preview, open: day } = days;
  const letter = (kind: string, addressee: string, notBefore: number): Statement =>
    intend(parts.db, workspace, parts.newId(), at, {
      kind,
      subject: pilot,
      version: epochDay(day),
      addressee,
      dedupeKey: `${kind}:${pilot}:${day}:${addressee}`,
      notBefore,
    });
  const owners = [facts.holders.owner, facts.holders.backup].filter((id) => id !== undefined);
  const calendar = calendarOf(known);
  const isEarly = preview <= today && today < day;
  return [
    ...(isEarly
      ? owners.map((id) =>
          letter('decision-preview', `user:${id}`, firstSendable(known.desk.calendarOf(id), at)),
        )
      : []),
    ...(day <= today && channel !== null && !known.looks.some(({ day: seen }) => seen > addDays(day, 7))
      ? [
          letter(
            'verdict-card',
            `channel:${channel}`,
            firstSendable(calendar, Math.max(at, startOfDay(day, zone))),
          ),
        ]
      : []),
  ];
}
