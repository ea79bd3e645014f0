/** When is an owner asked, reminded, or counted as not heard from? */
import { nextCheckInStep } from '../../core/check-in.ts';
import { dayOf, startOfDay } from '../../core/day.ts';
import { type Rhythm, WEEKLY } from '../../core/rhythm.ts';
import { type Guard, guard, Stale, type Statement } from '../../db/database.ts';
import { drawDailyAgain } from '../../db/queries/messages.ts';
import { intend } from '../../db/queries/outbox.ts';
import { allWorkspaces, workspaceById } from '../../db/queries/people.ts';
import { pilotById } from '../../db/queries/pilots.ts';
import { logCheckIn } from '../../db/queries/rhythm.ts';
import { claimSchedules, moveOn, nextScheduled, type ScheduleRow } from '../../db/queries/schedules.ts';
import { rethinkAllCheckIns } from '../../db/queries/settings.ts';
import { calendarsOf } from '../calendars.ts';
import type { Duty, Parts } from '../feature.ts';
import { checkInFacts } from './facts.ts';

const KIND = 'check-in';
const LEASE_MS = 60_000;

/** The day's message of one person: its subject says whose and which day, so that there is one. */
const dailySubject = (person: string, day: string): string => `daily:${person}:${day}`;

/** One look at one pilot: what is due is done, and the schedule moves to what comes next. */
async function look(parts: Parts, row: ScheduleRow, at: number): Promise<void> {
  const { db } = parts;
  const found = await pilotById(db, row.workspace, row.subject);
  const facts =
    found === null ? null : await checkInFacts(parts, found, (row.rule as Rhythm | null) ?? WEEKLY);
  const step = facts === null ? null : nextCheckInStep(facts, at);
  if (step === null || step.at > at) {
    await commit(parts, row, [guard(moveOn(db, row, step?.at ?? null), 'schedule')]);
    return;
  }
  const entry = {
    workspace: row.workspace,
    pilot: row.subject,
    due: step.due,
    what: step.act,
    person: step.act === 'miss' ? '' : step.to,
    at,
  };
  const tell = step.act === 'miss' ? [] : await messageFor(parts, row.workspace, step.to, at);
  // Looked at again at once: after the asking comes the reminder, and its instant depends on this one.
  await commit(parts, row, [guard(moveOn(db, row, at), 'schedule'), logCheckIn(db, entry), ...tell]);
}

/** The person's message of the day, once; what joins it later is drawn into it. */
async function messageFor(parts: Parts, workspace: string, person: string, at: number): Promise<Statement[]> {
  const calendars = await calendarsOf(parts, workspace, [person]);
  const zone = calendars.get(person)?.zone ?? (await workspaceById(parts.db, workspace))?.timezone ?? 'UTC';
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

async function commit(parts: Parts, row: ScheduleRow, list: readonly (Statement | Guard)[]): Promise<void> {
  try {
    await parts.db.atomically(row.workspace, () => list);
  } catch (error) {
    // Somebody else has this schedule meanwhile, or the step has been taken.
    if (!(error instanceof Stale) && !parts.db.isDuplicate(error)) throw error;
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
      for (const row of rows) await look(parts, row, at);
    }
  },
};
