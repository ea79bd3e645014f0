/** What becomes of cases and looks when the clock ran ahead, and has gone back since? */
import { broughtBack } from '../../core/escalation/brought-back.ts';
import { type Guard, guard, Stale, type Statement } from '../../db/database.ts';
import { casesTouchedAfter, saveCase } from '../../db/queries/cases.ts';
import { dropLooksAfter } from '../../db/queries/looks.ts';
import { allWorkspaces } from '../../db/queries/people.ts';
import { allLookSoon, CASE_CLOCK, schedulesOf, setSchedule } from '../../db/queries/schedules.ts';
import type { Parts } from '../feature.ts';

/** Looks from days that have not come are forgotten, and every pilot is looked at anew. */
export async function rethinkLooks({ db }: Parts, at: number): Promise<void> {
  for (const { id } of await allWorkspaces(db))
    await db.atomically(id, () => [dropLooksAfter(db, id, at), allLookSoon(db, id)]);
}

/** Deadlines that were set by the clock that ran ahead come as long from now as they were to come from then. */
export async function rethinkCases(parts: Parts, at: number): Promise<void> {
  const { db } = parts;
  const clocks = new Map((await schedulesOf(db, CASE_CLOCK)).map((row) => [row.subject, row]));
  for (const { id: workspace } of await allWorkspaces(db)) {
    for (const row of await casesTouchedAfter(db, workspace, at)) {
      const schedule = clocks.get(row.id) ?? null;
      const record = broughtBack(row.record, at, schedule?.setAt ?? null);
      if (record === row.record) continue;
      const due = record.clock?.due ?? null;
      const list: (Statement | Guard)[] = [guard(saveCase(db, { ...row, record }, row.revision), 'case')];
      if (schedule !== null && due !== null) {
        const { id, kind, subject, rule, timezone, details, setBy } = schedule;
        const change = { workspace, id, kind, subject, rule, timezone, details, setBy };
        list.push(setSchedule(db, { ...change, nextAt: due, setAt: Math.min(schedule.setAt, at) }));
      }
      await db
        .atomically(workspace, () => list)
        .catch((error: unknown) => {
          // Somebody acts on it at this moment, by the right clock.
          if (!(error instanceof Stale)) throw error;
        });
    }
  }
}
