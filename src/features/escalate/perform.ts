/** What is written when something happens to a case: its row, its messages, its clock, its history? */

import { addDays, dayOf, startOfDay } from '../../core/day.ts';
import { advance, delivered, handOver, newCase, undeliverable } from '../../core/escalation/advance.ts';
import { type Addressee, type Cause, PRESS_DAYS } from '../../core/escalation/cause.ts';
import { addressing, type Copy } from '../../core/escalation/delivery.ts';
import { answerDay } from '../../core/escalation/press.ts';
import type { Case, Chain, Happening, Step, Surroundings } from '../../core/escalation/record.ts';
import { LEVELS } from '../../core/escalation.ts';
import type { PilotFacts } from '../../core/pilot-facts.ts';
import type { StallSettings } from '../../core/stall/settings.ts';
import { type Guard, guard, type Log, type Statement } from '../../db/database.ts';
import { type CaseRow, insertCase, insertCopy, saveCase, wakeCopies } from '../../db/queries/cases.ts';
import { intend } from '../../db/queries/outbox.ts';
import { CASE_CLOCK, endSchedule, setSchedule } from '../../db/queries/schedules.ts';
import type { Parts } from '../feature.ts';
import type { PeopleDesk } from './people.ts';

/** The kind of the messages of a case. */
export const CASE_CARD = 'case-card';

/** Where and when something happens. */
export interface Around {
  readonly parts: Pick<Parts, 'db' | 'newId'>;
  readonly facts: Pick<PilotFacts, 'pilot' | 'signed' | 'charter' | 'holders'>;
  readonly at: number;
  readonly desk: PeopleDesk;
  readonly cadenceDays: number;
  /** Thresholds by version: a case goes by those under which it was opened. */
  readonly versions?: ReadonlyMap<number, { readonly settings: Pick<StallSettings, 'press_days'> }>;
}

/** A copy of a message that is in the outbox already. */
export interface Adopted extends Copy {
  readonly id: string;
}

/** A case before and after, with the copies that go out. */
export interface Turn {
  /** Null for a case that begins. */
  readonly before: CaseRow | null;
  readonly after: CaseRow;
  readonly event: string;
  readonly copies: readonly Copy[];
  /** Messages that were sent for another reason and are the first of this case. */
  readonly adopted?: readonly Adopted[];
}

/** The beginning of a case, as a row. */
export function beginning(around: Around, cause: Cause, chain: Chain, settings: number): CaseRow {
  const { workspace, id: pilot } = around.facts.pilot;
  const record = newCase(cause, chain);
  return {
    workspace,
    id: around.parts.newId(),
    pilot,
    cause,
    record,
    state: record.state,
    revision: record.revision,
    weight: 0,
    isCritical: false,
    turnedOn: null,
    settings,
    openedAt: null,
    closedAt: null,
    closedAs: null,
    hasCleared: false,
    said: {},
  };
}

/** What a happening makes of a case; whoever cannot be reached is seen to at once. */
export function turn(around: Around, row: CaseRow, happening: Happening, isNew = false): Turn {
  const step = advance(row.record, happening, surroundings(around, row.settings));
  return follow(around, row, step, happening.event, isNew);
}

/** The case with other people in its chain. */
export function rechained(around: Around, row: CaseRow, to: Partial<Chain>): Turn {
  const step = handOver(row.record, to, around.at, surroundings(around, row.settings));
  return follow(around, row, step, 'hand_over', false);
}

/** The case once nobody could be reached in a role; where nobody at all could be, the next rung hears at once. */
export function unreached(around: Around, row: CaseRow, seq: number, as: Addressee): Turn {
  const step = undeliverable(row.record, seq, as, around.at, surroundings(around, row.settings));
  return follow(around, row, step, 'person_gone', false);
}

/** What a case opened under a version of the thresholds needs to know of the world. */
export function surroundings(around: Around, settings: number): Surroundings {
  const { desk, cadenceDays, versions } = around;
  const pressDays = versions?.get(settings)?.settings.press_days;
  return { calendarOf: desk.calendarOf, cadenceDays, pressDays, sponsorFrom: signedBy(around, pressDays) };
}

/** Until when a sponsor has time for a first signature: before that nothing else is asked of them about the pilot. */
function signedBy({ facts, desk }: Around, pressDays = PRESS_DAYS): number | undefined {
  const { signed, charter, holders } = facts;
  if (signed !== null || charter.status !== 'asked' || charter.askedAt === null) return undefined;
  const { zone } = desk.calendarOf(holders.sponsor ?? '');
  return startOfDay(addDays(answerDay(dayOf(charter.askedAt, zone), pressDays), 1), zone);
}

function follow(around: Around, row: CaseRow, step: Step, event: string, isNew: boolean): Turn {
  const { at, desk } = around;
  let record = step.case;
  let copies: readonly Copy[] = [];
  let seq = row.record.notice?.seq ?? 0;
  // One rung after the other; where nobody is left on the last one either, it waits until somebody takes a place.
  for (
    let rungs = 0;
    rungs < LEVELS.length && record.notice !== null && record.notice.seq !== seq;
    rungs += 1
  ) {
    const { notice } = record;
    seq = notice.seq;
    const found = addressing(record, notice, desk, at);
    copies = found.copies;
    for (const role of found.nobody) {
      record = undeliverable(record, seq, role, at, surroundings(around, row.settings)).case;
    }
  }
  // One check-in that was missed is seen on Home and card: there is no third message after the reminder.
  if (copies.length > 0 && record.cause === 'rhythm' && record.notice?.level === 'L1') {
    for (const { person, as } of copies) {
      record = delivered(record, seq, { person, as, at }, surroundings(around, row.settings));
    }
    copies = [];
  }
  return { before: isNew ? null : row, after: { ...row, record }, event, copies };
}

/** Whether anything of a case is another one than before. */
export const hasTurned = ({ before, after }: Turn): boolean =>
  before === null || JSON.stringify(before) !== JSON.stringify(after);

/** Whether people see a case differently: it is in another state, or asks again. */
export const hasMoved = ({ before, after, copies }: Turn): boolean =>
  before === null || before.record.state !== after.record.state || copies.length > 0;

/** The statements of a turn; stale when the case has changed since it was read. */
export function turnStatements(
  around: Around,
  { before, after, event, copies, adopted = [] }: Turn,
  by: {
    readonly actor: string;
    readonly score: number;
    readonly personal?: { readonly [key: string]: string | null };
  },
  log: Log,
): (Statement | Guard)[] {
  const { parts, at } = around;
  const { db, newId } = parts;
  const { workspace, id, pilot, record } = after;
  const from = before?.record.state ?? 'CLEAR';
  const kept = before === null ? insertCase(db, after) : guard(saveCase(db, after, before.revision), 'case');
  const due = record.clock?.due ?? null;
  const noted = (copyId: string, { person, as, asked }: Copy): Statement => {
    const { seq, level } = record.notice as NonNullable<Case['notice']>;
    return insertCopy(db, {
      workspace,
      id: copyId,
      case: id,
      pilot,
      seq,
      level,
      person,
      role: as,
      isAsked: asked,
      outcome: 'waiting',
    });
  };
  const out = copies.flatMap((copy): Statement[] => {
    const copyId = newId();
    const { seq, notBefore } = record.notice as NonNullable<Case['notice']>;
    return [
      intend(db, workspace, copyId, at, {
        kind: CASE_CARD,
        subject: pilot,
        version: seq,
        addressee: `user:${copy.person}`,
        details: { case: id, seq, as: copy.as, asked: copy.asked },
        dedupeKey: `${CASE_CARD}:${id}:${seq}:${copy.person}`,
        notBefore: Math.max(at, notBefore),
      }),
      noted(copyId, copy),
    ];
  });
  return [
    kept,
    ...out,
    ...adopted.map((copy) => noted(copy.id, copy)),
    wakeCopies(db, workspace, [id], CASE_CARD, at),
    due === null ? endSchedule(db, workspace, CASE_CLOCK, id) : clockRow(around, after, due),
    ...(from === record.state && before !== null
      ? []
      : [
          log({
            at,
            kind: 'case_moved',
            pilot,
            actor: by.actor,
            body: {
              case: id,
              cause: after.cause,
              event,
              from,
              to: record.state,
              score: by.score,
              closed_as: record.closed?.as ?? null,
            },
            ...(by.personal === undefined ? {} : { personal: by.personal }),
          }),
        ]),
  ];
}

function clockRow({ parts, at }: Around, { workspace, id }: CaseRow, due: number): Statement {
  return setSchedule(parts.db, {
    workspace,
    id: parts.newId(),
    kind: CASE_CLOCK,
    subject: id,
    rule: {},
    timezone: 'UTC',
    nextAt: due,
    details: {},
    setBy: '',
    setAt: at,
  });
}
