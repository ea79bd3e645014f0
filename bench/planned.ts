/** Which workspace has check-ins that fall due, each with an owner of its own? */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type BetterSqlite3 from 'better-sqlite3';
import { BOT, type FilledPilot, fill, WORKSPACE, ZONE } from './fill.ts';

const require = createRequire(import.meta.url);
const Connection: typeof BetterSqlite3 = require('better-sqlite3');

/** Thursday, 15 January 2026, 9:00 in Berlin: when owners are asked. */
export const THURSDAY = Date.UTC(2026, 0, 15, 8);

/** The owner of a pilot by its number. */
export const owner = (n: number): string => `U0OWNER${String(n).padStart(6, '0')}`;

/**
 * Fills a database with signed pilots that owe a check-in every Thursday, each to an owner of its own, and the first
 * `due` of them today; the others were thought through already.
 *
 * @returns the address of the file
 */
export async function fillPlanned(folder: string, pilots: number, due: number): Promise<string> {
  const file = join(folder, 'pilotage.db');
  const filled = await fill(file, { pilots, criteria: 2, values: 1, weeks: 2 }, THURSDAY);
  const client = new Connection(file);
  client.pragma('synchronous = OFF');
  const person = client.prepare(
    `insert into people (workspace, id, name, real_name, timezone, is_bot, is_deactivated, is_guest, is_external, is_admin, refreshed_at)
     values (?, ?, ?, ?, ?, 0, 0, 0, 0, 0, ?)`,
  );
  const role = client.prepare(`update roles set person = ? where pilot = ? and role = 'owner'`);
  const schedule = client.prepare(
    `insert into schedules (workspace, id, kind, subject, rule, timezone, next_at, enabled, details, set_by, set_at, fence)
     values (?, ?, 'check-in', ?, '{"every":"week","weekday":4,"time":null}', ?, ?, 1, '{}', ?, ?, 0)`,
  );
  client.transaction((all: readonly FilledPilot[]) => {
    for (const [n, pilot] of all.entries()) {
      const name = `Person ${n}`;
      person.run(WORKSPACE, owner(n), name, name, ZONE, THURSDAY);
      role.run(owner(n), pilot.id);
      const at = n < due ? THURSDAY : THURSDAY + 7 * 24 * 60 * 60 * 1000;
      schedule.run(WORKSPACE, `schedule-${n}`, pilot.id, ZONE, at, BOT, THURSDAY);
    }
  })(filled);
  client.pragma('wal_checkpoint(TRUNCATE)');
  client.close();
  return `file:${file}`;
}
