/** Which tables are there? Each is described once, as a function of the engine's column kit. */

import type { Columns } from './columns.sqlite.ts';
import { caseTables } from './tables/cases.ts';
import { charterTables } from './tables/charters.ts';
import { deliveryTables } from './tables/deliveries.ts';
import { intakeTables } from './tables/intake.ts';
import { logbookTables } from './tables/logbook.ts';
import { observationTables } from './tables/observations.ts';
import { pilotTables } from './tables/pilots.ts';
import { rhythmTables } from './tables/rhythm.ts';
import { workspaceTables } from './tables/workspaces.ts';

/**
 * Every table of the database.
 *
 * Every row names its workspace, references carry it along, and nothing is deleted on cascade. Ids are made by the
 * app (UUIDv7), times are epoch milliseconds, calendar days and decimals are text; no column has a default.
 */
export const schema = (k: Columns) => {
  const workspaces = workspaceTables(k);
  const pilots = pilotTables(k, workspaces);
  const charters = charterTables(k, pilots);
  return {
    ...workspaces,
    ...pilots,
    ...charters,
    ...observationTables(k, charters),
    ...intakeTables(k, workspaces, pilots, charters),
    ...rhythmTables(k, workspaces, pilots),
    ...caseTables(k, workspaces, pilots),
    ...deliveryTables(k, workspaces),
    ...logbookTables(k),
  };
};

/** The tables, as queries see them on either engine. */
export type Tables = ReturnType<typeof schema>;
