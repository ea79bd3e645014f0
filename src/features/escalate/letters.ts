/** May a case's message go out now, and what does it say when it does? */
import { z } from 'zod';
import { nextSlot } from '../../core/business-time.ts';
import { addDays, dayFromEpoch, dayOf, startOfDay } from '../../core/day.ts';
import { type Addressee, isPress, PRESS_CAUSES, waitsForPress } from '../../core/escalation/cause.ts';
import { answerBy } from '../../core/escalation/clock.ts';
import { byUrgency, fateOf } from '../../core/escalation/delivery.ts';
import { LEVELS, type Level } from '../../core/escalation.ts';
import { channelCanSee } from '../../core/pilot.ts';
import type { PilotFacts } from '../../core/pilot-facts.ts';
import {
  type CaseRow,
  caseById,
  casesById,
  casesOf,
  copiesOfCases,
  lastSentTo,
  waitingCopies,
} from '../../db/queries/cases.ts';
import { isIntended, outboxById } from '../../db/queries/outbox.ts';
import { pilotById } from '../../db/queries/pilots.ts';
import { sentence } from '../../slack/blocks.ts';
import { dayText, weekdayText } from '../../views/day-text.ts';
import { decisionPreview, verdictCard } from '../../views/decision-card.ts';
import { nameOf } from '../../views/pilot-card.ts';
import { DECISION_WORDS } from '../../views/stall-text.ts';
import { deleted, hiddenFromChannel } from '../card-letters.ts';
import type { Drawn, Held, Letter, Moment, Overtaken } from '../feature.ts';
import { maySee } from '../find-pilot.ts';
import { JOINED } from './clock.ts';
import { decisionCase } from './decision-date.ts';
import { DECIDERS, deskFor, deskOf, everyone } from './people.ts';
import { CASE_CARD } from './perform.ts';
import { type CasesNow, cardFor, casesNow, decidedBy, shownCase } from './show.ts';

const about = z.object({
  case: z.string(),
  seq: z.number(),
  as: z.enum(['owner', 'backup', 'sponsor', 'delegate', 'office', 'person']),
  asked: z.boolean(),
});

const MINUTE = 60_000;
/** Cards of one pilot on the same rung come no more often than check-ins do. */
const STEP_MS = 6 * 24 * 60 * MINUTE;
/** As good as never: what waits for something to happen is woken when it does. */
const LONG = 366 * 24 * 60 * MINUTE;
const WORKERS = ['owner', 'backup', 'office'] as const;

const decides = (as: Addressee): boolean => DECIDERS.some((role) => role === as);

/** The card of a case: checked once more at the moment of sending, and kept true for as long as the case is open. */
const caseCard: Letter = {
  kind: CASE_CARD,
  repeat: 'at_least_once',
  card: true,
  async draw(moment, letter) {
    const { db, workspace } = moment;
    const facts = await pilotById(db, workspace, letter.subject);
    if (facts === null) return deleted(letter);
    // A copy that is drawn again has its details where it was sent from.
    const details = letter.again ? (await outboxById(db, workspace, letter.id))?.details : letter.details;
    const given = about.safeParse(details);
    const row = given.success ? await caseById(db, workspace, given.data.case) : null;
    if (!given.success || row === null) return { overtaken: 'the case is no longer there' };
    const reader = { id: letter.addressee.slice('user:'.length), as: given.data.as };
    const now = await casesNow(moment, facts);
    if (letter.again) {
      const other =
        (await somebodyElse(moment, facts, reader.id, row)) ??
        (await askedAnew(moment, facts, reader, row, given.data.seq));
      if (other !== null) return other;
    } else {
      const wait = await notYet(moment, now, row, given.data.seq, reader);
      if (wait !== null) return wait;
    }
    const message = await cardFor(moment, now, row, reader);
    return { message, revision: facts.pilot.revision, live: row.closedAt === null };
  },
};

/** Whoever has no part in a pilot any more does not read on in it. */
async function somebodyElse(
  moment: Moment,
  facts: PilotFacts,
  reader: string,
  row: CaseRow,
): Promise<Drawn | null> {
  const person = await moment.people.person(moment.workspace, reader);
  const office = await moment.people.isOffice(moment.workspace, person);
  if (!maySee(facts, { id: reader, office, person }))
    return { message: sentence('This is with somebody else now. Nothing left to do.'), live: false };
  const takesPart =
    office || Object.values(facts.holders).includes(reader) || everyone(row.record.chain).includes(reader);
  return takesPart || row.closedAt !== null
    ? null
    : {
        message: sentence(`${facts.pilot.name}: this is with somebody else now. Nothing left to do for you.`),
        live: false,
      };
}

/** Whoever was asked again has one card to answer, and the earlier one says so until the case is closed. */
async function askedAnew(
  { db, workspace, zone }: Moment,
  { pilot }: PilotFacts,
  reader: { readonly id: string; readonly as: Addressee },
  row: CaseRow,
  seq: number,
): Promise<Drawn | null> {
  if (row.closedAt !== null) return null;
  const copies = await copiesOfCases(db, workspace, [row.id]);
  const newer = copies.filter(
    (copy) =>
      copy.seq > seq &&
      copy.person === reader.id &&
      decides(copy.role as Addressee) === decides(reader.as) &&
      copy.outcome === 'sent',
  );
  // What was shown on the card of another case counts as sent, and is no card of its own.
  const rows = await Promise.all(newer.map(({ id }) => outboxById(db, workspace, id)));
  const at = rows.find((one) => one?.state === 'sent')?.finishedAt ?? null;
  if (at === null) return null;
  const day = dayOf(at, zone);
  return {
    message: sentence(
      `${pilot.name}: you were asked again on ${weekdayText(day, day)}. That card is the one to answer.`,
    ),
    revision: pilot.revision,
    live: true,
  };
}

/** Why a copy does not go out at this moment: thrown away, shown on another one, or held; null when it goes. */
async function notYet(
  moment: Moment,
  now: CasesNow,
  row: CaseRow,
  seq: number,
  reader: { readonly id: string; readonly as: Addressee },
): Promise<Overtaken | Held | null> {
  const { at } = moment;
  const copy = { person: reader.id, as: reader.as, asked: true };
  if (now.card.facts.pilot.stage === 'stopped') return { overtaken: 'the pilot has ended' };
  if (now.card.facts.pilot.pausedSince !== null) return { heldUntil: at + LONG };
  const pending = now.decisions.find(({ state }) => state === 'pending');
  if (pending !== undefined) return { heldUntil: pending.effectiveAt + 1 };
  const desk = await deskOf(moment, row.workspace, now.desk, reader.id);
  const fate = fateOf(row.record, seq, copy, desk, at);
  if (fate.fate === 'drop') return { overtaken: 'the case has moved on' };
  const calendar = now.desk.calendarOf(reader.id);
  const today = dayOf(at, calendar.zone);
  const isToday = (sent: number | null) => sent !== null && dayOf(sent, calendar.zone) === today;
  const tomorrow = nextSlot(calendar, startOfDay(addDays(today, 1), calendar.zone));
  const told = decides(reader.as)
    ? await deciderHas(moment, row, reader.id, isToday)
    : await workerHas(moment, row, reader.id, { isToday, today, tomorrow });
  if (told !== null) return told;
  if (fate.fate === 'hold') return { heldUntil: fate.until ?? at + LONG };
  if (!decides(reader.as)) return null;
  const isFirst = await isMostUrgent(moment, row, reader.id);
  return isFirst ? null : { heldUntil: Math.min(at + MINUTE, tomorrow) };
}

type IsToday = (sent: number | null) => boolean;

/** The reader's day. */
interface Clock {
  readonly isToday: IsToday;
  readonly today: string;
  readonly tomorrow: number;
}

/** Whoever decides has one card about a pilot on a rung, whatever number of things is in its way. */
async function deciderHas(
  { db, at }: Moment,
  row: CaseRow,
  person: string,
  isToday: IsToday,
): Promise<Overtaken | null> {
  const { workspace, pilot, record } = row;
  if (waitsForPress(record.cause)) return null;
  // A request to sign says nothing about what is in the way.
  const about = { pilot, besides: PRESS_CAUSES };
  const sent = await lastSentTo(db, workspace, person, DECIDERS, about);
  const same = await lastSentTo(db, workspace, person, DECIDERS, { ...about, levels: levelsFrom(row) });
  return isToday(sent) || (same !== null && at - same < STEP_MS) ? { overtaken: JOINED } : null;
}

const levelsFrom = ({ record }: CaseRow): Level[] =>
  LEVELS.slice(LEVELS.indexOf(record.notice?.level ?? 'L1'));

/** Whoever works on pilots gets one such card a day, and none on the day of a check-in. */
async function workerHas(
  { db, at }: Moment,
  row: CaseRow,
  person: string,
  { isToday, today, tomorrow }: Clock,
): Promise<Overtaken | Held | null> {
  const { workspace, pilot, record } = row;
  const hadToday = isToday(await lastSentTo(db, workspace, person, WORKERS));
  // Nothing else says that somebody's answer is waited for.
  if (isPress(record.cause)) return hadToday ? { heldUntil: tomorrow } : null;
  if (hadToday) return { overtaken: JOINED };
  // What was asked on the same rung since the last check-in, or on a higher one, is not asked again for another cause.
  const levels = levelsFrom(row);
  const asked = await lastSentTo(db, workspace, person, WORKERS, { pilot, levels, besides: PRESS_CAUSES });
  if (asked !== null && at - asked < STEP_MS) return { overtaken: JOINED };
  return (await isIntended(db, workspace, `daily:${person}:${today}`)) ? { heldUntil: tomorrow } : null;
}

/** Whether nothing more urgent could go out to the same person at this moment. */
async function isMostUrgent(moment: Moment, row: CaseRow, person: string): Promise<boolean> {
  const { db, workspace, at } = moment;
  const copies = (await waitingCopies(db, workspace, person)).filter(
    (copy) => copy.case !== row.id && copy.pilot !== row.pilot && DECIDERS.some((role) => role === copy.role),
  );
  if (copies.length === 0) return true;
  const rows = await casesById(
    db,
    workspace,
    copies.map((copy) => copy.case),
  );
  const plain = await deskFor(moment, workspace, [
    person,
    ...rows.flatMap(({ record }) => everyone(record.chain)),
  ]);
  const desk = await deskOf(moment, workspace, plain, person);
  const sendable = copies.flatMap((copy) => {
    const found = rows.find(({ id }) => id === copy.case);
    if (found === undefined || found.closedAt !== null) return [];
    const fate = fateOf(found.record, copy.seq, { person, as: copy.role, asked: copy.isAsked }, desk, at);
    return fate.fate === 'send' ? [{ id: found.id, case: found.record }] : [];
  });
  return byUrgency([{ id: row.id, case: row.record }, ...sendable])[0]?.id === row.id;
}

/** The owner's preview of what the sponsor will be asked to decide. */
const preview: Letter = {
  kind: 'decision-preview',
  repeat: 'at_least_once',
  card: true,
  async draw(moment, letter) {
    const facts = await pilotById(moment.db, moment.workspace, letter.subject);
    if (facts === null) return deleted(letter);
    const now = await casesNow(moment, facts);
    const row = decisionCase(now.cases);
    if (row === null || facts.pilot.pausedSince !== null) {
      const words = `${facts.pilot.name}: there is nothing to decide at the moment. Nothing left to do.`;
      return letter.again
        ? { message: sentence(words), live: false }
        : { overtaken: 'there is nothing to decide' };
    }
    const shown = await shownCase(moment, now, row);
    const message = decisionPreview(
      now.card,
      shown,
      row.said.view?.diagnosis ?? null,
      dayFromEpoch(letter.version),
    );
    return { message, revision: facts.pilot.revision };
  },
};

/** The result in the pilot's channel, with the decision once it may be told. */
const verdict: Letter = {
  kind: 'verdict-card',
  repeat: 'at_least_once',
  card: true,
  async draw(moment, letter) {
    const { db, workspace } = moment;
    const facts = await pilotById(db, workspace, letter.subject);
    if (facts === null) return deleted(letter);
    if (!channelCanSee(facts.pilot, facts.everAsked)) return hiddenFromChannel(letter);
    const now = await casesNow(moment, facts);
    const day = dayFromEpoch(letter.version);
    const rows = (await casesOf(db, { workspace, pilot: facts.pilot.id })).filter(
      ({ cause }) => cause === 'decision_overdue',
    );
    const newest = rows.at(-1);
    const made = now.decisions.findLast(
      ({ cases, state }) => state === 'done' && newest !== undefined && cases.includes(newest.id),
    );
    if (newest === undefined) return { overtaken: 'there is nothing to decide' };
    if (made === undefined) {
      const by = answerBy(newest.record, { calendarOf: now.desk.calendarOf });
      const message = verdictCard(now.card, by, null);
      return { message, revision: facts.pilot.revision };
    }
    const names = await moment.people.names(workspace, [made.by]);
    const who = decidedBy(now, made, (id) => nameOf(names, id));
    const on = dayText(dayOf(made.at, moment.zone), now.card.today);
    const words = `${who} decided on ${on}: ${DECISION_WORDS[made.decision]}.`;
    return { message: verdictCard(now.card, day, words), revision: facts.pilot.revision, live: false };
  },
};

export const caseLetters: readonly Letter[] = [caseCard, preview, verdict];
