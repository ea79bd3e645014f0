/** How does a pilot go on by itself when its return day has come? */
import { firstSendable, workingCalendar } from '../../core/business-time.ts';
import { guard, unlessStale } from '../../db/database.ts';
import { workspaceById } from '../../db/queries/people.ts';
import { pilotById } from '../../db/queries/pilots.ts';
import { pausesOf } from '../../db/queries/rhythm.ts';
import { claimSchedules, moveOn, nextScheduled, type ScheduleRow } from '../../db/queries/schedules.ts';
import { calendarsOf } from '../calendars.ts';
import type { Duty, Parts } from '../feature.ts';
import { RESUME, resumeStatements } from './pause.ts';

const LEASE_MS = 60_000;

/** On its day a pilot goes on by itself; its owner hears in the morning. */
export const resumeDuty: Duty = {
  name: RESUME,
  nextDue: (parts) => nextScheduled(parts.db, RESUME),
  async run(parts, at) {
    for (const row of await claimSchedules(parts.db, RESUME, at, LEASE_MS)) {
      await unlessStale(goOn(parts, row, at));
    }
  },
};

async function goOn(parts: Parts, row: ScheduleRow, at: number): Promise<void> {
  const { db } = parts;
  const { workspace } = row;
  const moved = guard(moveOn(db, row, null), 'schedule');
  const [facts, home, pauses] = await Promise.all([
    pilotById(db, workspace, row.subject),
    workspaceById(db, workspace),
    pausesOf(db, { workspace, pilot: row.subject }),
  ]);
  const running = pauses.find(({ until }) => until === null);
  const meant = (row.details as { pause?: unknown } | null)?.pause;
  if (
    facts === null ||
    facts.pilot.pausedSince === null ||
    running?.id !== meant ||
    facts.pilot.stage === 'stopped'
  ) {
    return db.atomically(workspace, () => [moved]);
  }
  const zone = home?.timezone ?? row.timezone;
  const { owner } = facts.holders;
  const calendars = await calendarsOf(parts, workspace, owner === undefined ? [] : [owner]);
  const tell = [...calendars].map(([person, calendar]) => ({
    person,
    at: firstSendable(calendar, at, 'slot'),
  }));
  const how = { parts, workspace, at, zone, by: null, role: 'none' } as const;
  const morning = firstSendable(workingCalendar({ zone }), at);
  return db.atomically(workspace, (log) => [moved, ...resumeStatements(how, facts, tell, morning, log)]);
}
