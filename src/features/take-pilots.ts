/** What happens to each row of a file of pilots, wherever the file comes from? */

import { keptLine } from '../core/incoming-text.ts';
import { freeKey } from '../core/key.ts';
import { todayIn } from '../core/metric.ts';
import {
  CRITERION_FIELDS,
  PILOT_FIELDS,
  type PilotColumn,
  type PilotRow,
  type PilotSheet,
  pilotSheets,
} from '../core/pilot-rows.ts';
import { readSheet, type SheetPilot } from '../core/pilot-sheet.ts';
import { sha256 } from '../db/chain.ts';
import type { Database } from '../db/database.ts';
import { workspaceById } from '../db/queries/people.ts';
import { drawHomes } from '../db/queries/roles.ts';
import { workspaceSettings } from '../db/queries/settings.ts';
import { importEntries, keysWithPilots, type TakenKey } from '../db/queries/watched.ts';
import { rowsShaped } from '../metrics/index.ts';
import { PILOT_ROWS } from '../metrics/pilot-rows.ts';
import { PILOT_FILE, pilotProblemText, type TakenProblem } from '../views/pilot-import-text.ts';
import { sourceProblemText } from '../views/source-problem-text.ts';
import { type KeepContext, keepPilot } from './keep-pilot.ts';
import { type AskPerson, peopleNamed } from './people-named.ts';
import type { RefusedRow } from './read-values.ts';
import type { FileSink } from './take-file.ts';

/** A file holds this many pilots at most: more would have to be split. */
const MOST_PILOTS = 5_000;
/** So many are written all or nothing: the logbook waits for them. */
const MOST_PILOTS_ATOMIC = 1_000;
/** A commit keeps every other writer waiting, so it is short. */
const PER_COMMIT = 20;

/** More pilots than can be taken in, all or nothing or at all. */
export class TooManyPilots extends Error {
  override readonly name = 'TooManyPilots';
  readonly limit: number;

  constructor(limit: number) {
    super(`more than ${limit} pilots`);
    this.limit = limit;
  }
}

/** What is to be done with a file of pilots. */
export interface PilotsTask {
  readonly workspace: string;
  /** `user:U1`, or `system:import` for the command line. */
  readonly actor: string;
  readonly file: string;
  /** Write nothing. */
  readonly dryRun: boolean;
  /** Write nothing if one row is wrong. */
  readonly atomic: boolean;
  /** Asks Slack who somebody is; null where it cannot be asked. */
  readonly ask: AskPerson | null;
}

/** A pilot that is not there yet, and by what its content is known again. */
interface Fresh {
  readonly pilot: SheetPilot;
  readonly content: string;
}

/**
 * Takes a file of pilots in: a pilot all of whose rows are fine is kept whole and watched only, the others are left out
 * and their rows named. One that was imported before with the same content is left as it is. Where nobody can tell which
 * pilot a row belongs to, any of them might lack it, and none is taken in.
 *
 * @returns whether every row could be put to a pilot
 * @throws {TooManyPilots} {Undecodable}
 */
export async function takePilots(
  parts: { readonly db: Database; readonly now: () => number; readonly newId: () => string },
  task: PilotsTask,
  bytes: AsyncIterable<Uint8Array>,
  sink: FileSink,
): Promise<boolean> {
  const { db, now, newId } = parts;
  const workspace = await workspaceById(db, task.workspace);
  if (workspace === null) throw new Error(`there is no workspace ${task.workspace}`);
  const settings = workspaceSettings(workspace);
  const today = todayIn(workspace.timezone, now());
  let refused = 0;
  const refuse = (row: RefusedRow) => {
    refused += 1;
    sink.refuse(row);
  };
  const { sheets, isWhole } = await readFile(bytes, today, refuse);
  const known = await sortOut(db, task.workspace, sheets);
  sink.repeat(known.repeated);
  const wordOf = (field: 'owner' | 'backup' | 'sponsor' | 'production_owner') => (sheet: PilotSheet) =>
    sheet.fields[field]?.text ?? [];
  const words = (['owner', 'backup', 'sponsor', 'production_owner'] as const).flatMap((field) =>
    known.unknown.flatMap(wordOf(field)),
  );
  const person = await peopleNamed(db, task.workspace, words, task.ask);
  const fresh: Fresh[] = [];
  for await (const sheet of unhurried(known.unknown)) {
    const taken = known.problem(sheet);
    const read = taken === null ? readSheet(sheet, { today, person }) : { problems: [taken] };
    if ('pilot' in read) {
      fresh.push({ pilot: read.pilot, content: contentOf(sheet) });
      continue;
    }
    for (const problem of read.problems)
      refuse({
        line: problem.line,
        column: problem.field,
        code: problem.code === 'criterion' ? problem.problem.code : problem.code,
        message: pilotProblemText(problem, today),
      });
  }
  sink.accept(isWhole ? fresh.length : 0);
  const isWritten = isWhole && !task.dryRun && !(task.atomic && refused > 0) && fresh.length > 0;
  if (task.atomic && fresh.length > MOST_PILOTS_ATOMIC) throw new TooManyPilots(MOST_PILOTS_ATOMIC);
  if (isWritten) {
    const { actor, file } = task;
    const context = { db, workspace: workspace.id, zone: workspace.timezone, settings, newId, actor, file };
    await write({ ...context, at: now() }, fresh, task.atomic ? fresh.length : PER_COMMIT);
  }
  sink.recorded?.();
  return isWhole;
}

/** One after the other; whoever waits for an answer to something else waits for some of them at most. */
async function* unhurried(sheets: readonly PilotSheet[]): AsyncGenerator<PilotSheet> {
  for (const [at, sheet] of sheets.entries()) {
    if (at % PER_COMMIT === 0) await new Promise((resolve) => setImmediate(resolve));
    yield sheet;
  }
}

async function write(context: KeepContext, fresh: readonly Fresh[], together: number): Promise<void> {
  const { db, workspace, settings } = context;
  for (let from = 0; from < fresh.length; from += together) {
    const some = fresh.slice(from, from + together);
    await db.atomically(workspace, (log) =>
      some.flatMap(({ pilot, content }) => keepPilot(context, pilot, content, log)),
    );
  }
  await db.atomically(workspace, () => [drawHomes(db, workspace, settings.members)]);
}

/** The rows of a file, put together pilot by pilot; what cannot be read is refused. */
async function readFile(
  bytes: AsyncIterable<Uint8Array>,
  today: string,
  refuse: (row: RefusedRow) => void,
): Promise<{ readonly sheets: PilotSheet[]; readonly isWhole: boolean }> {
  const together = pilotSheets();
  let isWhole = true;
  for await (const rows of rowsShaped(bytes, PILOT_ROWS)) {
    for (const row of rows) {
      if ('problem' in row) {
        isWhole = false;
        const message = sourceProblemText(row.problem, PILOT_FILE);
        const stops = row.stops ? ' Nothing after it was read.' : '';
        refuse({ line: row.line, column: null, code: row.problem.code, message: message + stops });
        continue;
      }
      const problem = together.add(row.line, cleaned(row.given));
      if (problem === null) continue;
      if (problem.code === 'no_name' || problem.code === 'bad_key') isWhole = false;
      refuse({
        line: problem.line,
        column: problem.field,
        code: problem.code,
        message: pilotProblemText(problem, today),
      });
    }
    if (together.count() > MOST_PILOTS) throw new TooManyPilots(MOST_PILOTS);
  }
  return { sheets: together.sheets(), isWhole };
}

/** Each cell as one line that can be kept. */
function cleaned(given: Readonly<Partial<Record<PilotColumn, string | readonly string[]>>>): PilotRow {
  const row: Partial<Record<PilotColumn, string>> = {};
  for (const field of [...PILOT_FIELDS, ...CRITERION_FIELDS]) {
    const found = given[field];
    if (typeof found === 'string') row[field] = keptLine(found);
  }
  return row;
}

/** What is there already, which keys are taken, and what is new. */
async function sortOut(
  db: Database,
  workspace: string,
  sheets: readonly PilotSheet[],
): Promise<{
  readonly repeated: number;
  readonly unknown: readonly PilotSheet[];
  readonly problem: (sheet: PilotSheet) => TakenProblem | null;
}> {
  const taken = new Map((await keysWithPilots(db, workspace)).map((row) => [row.key, row] as const));
  const met = sheets.flatMap(({ key }) => taken.get(key) ?? []).filter(({ isDeleted }) => !isDeleted);
  const ids = met.map(({ pilot }) => pilot);
  const entries = ids.length === 0 ? [] : await importEntries(db, workspace, ids);
  const contents = new Map(entries.map(({ pilot, body }) => [pilot, JSON.parse(body).content as unknown]));
  const isThere = (sheet: PilotSheet): boolean => {
    const row: TakenKey | undefined = taken.get(sheet.key);
    return row !== undefined && !row.isDeleted && contents.get(row.pilot) === contentOf(sheet);
  };
  const unknown = sheets.filter((sheet) => !isThere(sheet));
  const keys = [...taken.keys(), ...sheets.map(({ key }) => key)];
  return {
    repeated: sheets.length - unknown.length,
    unknown,
    problem(sheet) {
      const row = taken.get(sheet.key);
      if (row === undefined) return null;
      const at = sheet.fields.key ?? { line: sheet.line };
      return {
        line: at.line,
        field: 'key',
        given: sheet.key,
        code: contents.has(row.pilot) ? 'changed' : 'key_taken',
        free: freeKey(sheet.key, keys),
      };
    },
  };
}

/** The first columns of a criterion stand in every content, also when they are empty. */
const COLUMNS_FROM_THE_START = CRITERION_FIELDS.indexOf('margin') + 1;

/** By what the content of a pilot's rows is known again, whatever lines they stand on. */
function contentOf({ key, fields, criteria }: PilotSheet): string {
  const said = PILOT_FIELDS.map((field) => (field === 'key' ? '' : (fields[field]?.text ?? '')));
  const rows = criteria.map(({ row }) => {
    const cells = CRITERION_FIELDS.map((field) => row[field] ?? '');
    // Columns that came later count where they say something: what was imported before them is known again.
    const last = Math.max(COLUMNS_FROM_THE_START, cells.findLastIndex((cell) => cell !== '') + 1);
    return cells.slice(0, last);
  });
  return sha256(JSON.stringify([key, said, rows]));
}
