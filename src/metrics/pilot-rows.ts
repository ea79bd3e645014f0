/** Which columns does a file of pilots have? */
import { CRITERION_FIELDS, PILOT_FIELDS, type PilotColumn } from '../core/pilot-rows.ts';
import type { RowShape } from './source.ts';

/** One row per criterion; what is said about the pilot stands on its first row at least. */
export const PILOT_ROWS: RowShape<PilotColumn> = {
  columns: new Map([...PILOT_FIELDS, ...CRITERION_FIELDS].map((field) => [field, field] as const)),
  lists: [],
  missing: (there) => [
    ...(there.has('name') || there.has('key') ? [] : ['name']),
    ...(there.has('owner') ? [] : ['owner']),
  ],
};
