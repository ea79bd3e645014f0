/** When is an owner asked, reminded, or counted as not heard from? */
import { type CheckInFacts, nextCheckInStep } from '../../core/check-in.ts';
import { dayOf, startOfDay } from '../../core/day.ts';
import { isWatched } from '../../core/pilot.ts';
import type { PilotFacts } from '../../core/pilot-facts.ts';
import { type Rhythm, WEEKLY } from '../../core/rhythm.ts';
import { type Guard, guard, Stale, type Statement } from '../../db/database.ts';
import { drawDailyAgain } from '../../db/queries/messages.ts';
import { intend } from '../../db/queries/outbox.ts';
import { allWorkspaces } from '../../db/queries/people.ts';
import { pilotById } from '../../db/queries/pilots.ts';
import { logCheckIn } from '../../db/queries/rhythm.ts';
import {
  claimSchedules,
  lookSoon,
  moveOn,
  nextScheduled,
  type ScheduleRow,
} from '../../db/queries/schedules.ts';
import { rethinkAllCheckIns } from '../../db/queries/settings.ts';
import { noteWatched } from '../../db/queries/watched.ts';
import { checkInFacts } from '../check-in-facts.ts';
import type { Duty, Parts } from '../feature.ts';

const KIND = 'check-in';
const LEASE_MS = 60_000;

/** The day's message of one person: its subject says whose and which day, so that there is one. */
const dailySubject = (person: string, day: string): string => `daily:${person}:${day}`;

/** What a look at one pilot has come to: a list that is written all or nothing. */
interface Thought {
  readonly row: ScheduleRow;
  readonly list: readonly (Statement | Guard)[];
}

/** More steps than one pilot can owe at one instant. */
const MOST_STEPS = 4;

/** One look at one pilot: what is due is done, and the schedule moves to what comes next. */
async function think(parts: Parts, row: ScheduleRow, at: number): Promise<Thought> {
  const { db } = parts;
  const found = await pilotById(db, row.workspace, row.subject);
  let facts = found === null ? null : await checkInFacts(parts, found, (row.rule as Rhythm | null) ?? WEEKLY);
  const done: Statement[] = [];
  /** The message of the day; about a pilot that is watched only, a note of it. */
  const said = (about: PilotFacts | null, due: string, act: string, person: string): Statement[] => {
    if (facts === null || about === null) return [];
    if (!isWatched(about.pilot)) return messageFor(parts, row.workspace, facts, person, at);
    const kind = act === 'remind' ? 'daily-reminder' : 'daily';
    return [
      noteWatched(db, {
        workspace: row.workspace,
        id: parts.newId(),
        pilot: row.subject,
        kind,
        addressee: `user:${person}`,
        at,
        dedupeKey: `${kind}:${row.subject}:${due}:${person}`,
      }),
    ];
  };
  for (let steps = 0; ; steps += 1) {
    const step = facts === null ? null : nextCheckInStep(facts, at);
    const isDue = step !== null && step.at <= at;
    if (facts === null || !isDue || steps === MOST_STEPS) {
      const next = isDue ? at : (step?.at ?? null);
      return { row, list: [guard(moveOn(db, row, next), 'schedule'), ...done] };
    }
    const { act, due } = step;
    const person = step.act === 'miss' ? '' : step.to;
    const entry = { workspace: row.workspace, pilot: row.subject, due, what: act, person, at };
    done.push(
      logCheckIn(db, entry),
      lookSoon(db, row.workspace, row.subject),
      ...(person === '' ? [] : said(found, due, act, person)),
    );
    // After the asking comes the reminder, and its instant depends on this one.
    facts = { ...facts, log: [...facts.log, { due, what: act, at, to: person }] };
  }
}

/** The person's message of the day, once; what joins it later is drawn into it. */
function messageFor(
  parts: Parts,
  workspace: string,
  facts: CheckInFacts,
  person: string,
  at: number,
): Statement[] {
  const { zone } =
    [facts.owner, ...facts.standIns].find(({ id }) => id === person)?.calendar ?? facts.owner.calendar;
  const day = dayOf(at, zone);
  const subject = dailySubject(person, day);
  return [
    intend(parts.db, workspace, parts.newId(), at, {
      kind: 'daily',
      subject,
      version: 1,
      addressee: `user:${person}`,
      details: { from: startOfDay(day, zone) },
      dedupeKey: subject,
      notBefore: at,
    }),
    drawDailyAgain(parts.db, workspace, subject),
  ];
}

/** Writes thoughts of one workspace down together; when one of them is overtaken, each by itself. */
async function commit(parts: Parts, workspace: string, thoughts: readonly Thought[]): Promise<void> {
  try {
    await parts.db.atomically(workspace, () => thoughts.flatMap(({ list }) => list));
  } catch (error) {
    // Somebody else has a schedule meanwhile, or a step has been taken.
    if (!(error instanceof Stale) && !parts.db.isDuplicate(error)) throw error;
    if (thoughts.length === 1) return;
    for (const thought of thoughts) await commit(parts, workspace, [thought]);
  }
}

export const checkInDuty: Duty = {
  name: KIND,
  nextDue: (parts) => nextScheduled(parts.db, KIND),
  async rethink(parts) {
    const { db } = parts;
    for (const { id } of await allWorkspaces(db)) await db.atomically(id, () => [rethinkAllCheckIns(db, id)]);
  },
  async run(parts, at) {
    for (;;) {
      const rows = await claimSchedules(parts.db, KIND, at, LEASE_MS);
      if (rows.length === 0) return;
      const thoughts: Thought[] = [];
      for (const row of rows) {
        await parts.giveWay();
        thoughts.push(await think(parts, row, at));
      }
      for (const [workspace, of] of Map.groupBy(thoughts, ({ row }) => row.workspace))
        await commit(parts, workspace, of);
    }
  },
};
