/** What happens to each row of a file of values, and what is said at the end? */
import { incomingPilot, pilotIndex } from '../../core/incoming-pilots.ts';
import { fileMemory } from '../../core/incoming-repeat.ts';
import { incomingValue } from '../../core/incoming-value.ts';
import { todayIn } from '../../core/metric.ts';
import type { Database } from '../../db/database.ts';
import { requireMigrated } from '../../db/migrate.ts';
import { allPilots } from '../../db/queries/pilots.ts';
import { errorCodes } from '../../db/storable.ts';
import { createTaker, type TakenValue } from '../../db/take-values.ts';
import { watchWords } from '../../features/watch-words.ts';
import { rowsOf } from '../../metrics/index.ts';
import type { SourceRow } from '../../metrics/source.ts';
import { incomingProblemText } from '../../views/incoming-problem-text.ts';
import { sourceProblemText } from '../../views/source-problem-text.ts';
import { CliProblem, type ExitCode, type Terminal } from '../command.ts';
import type { ImportOptions } from '../import.ts';
import { type InputFile, openInput } from '../input-file.ts';
import { createProgress, type Progress } from '../progress.ts';
import { chooseWorkspace } from './choose-workspace.ts';
import { createReport, type Refused } from './report.ts';

const ROWS_PER_BATCH = 400;
/** A batch is held in memory whole, and the logbook waits for it. */
const MOST_ATOMIC = 100_000;

/**
 * Imports a file into a database. Rows that are fine are recorded, the others named; with `atomic` it is all or nothing.
 *
 * @throws {CliProblem} when nothing could be begun, or the database failed on the way
 */
export async function importObservations(
  terminal: Terminal,
  db: Database,
  path: string,
  options: ImportOptions,
): Promise<ExitCode> {
  await requireMigrated(db);
  const workspace = await chooseWorkspace(db, options.workspace);
  const file = await openInput(terminal, path);
  const today = todayIn(workspace.timezone, terminal.now());
  const all = await allPilots(db, workspace.id);
  const facts = new Map(all.map((pilot) => [pilot.pilot.id, pilot]));
  const pilots = pilotIndex(all.map(incomingPilot));
  const memory = fileMemory();
  const progress = createProgress(terminal, 'Importing');
  const report = createReport(terminal, { file, options, clear: progress.clear });
  const taker = createTaker({
    db,
    workspace: workspace.id,
    origin: { actor: 'system:import', file: file.name, sha256: file.sha256 },
    facts: (pilot) => facts.get(pilot),
    now: terminal.now,
    newId: terminal.newId,
  });
  const words = watchWords({
    db,
    workspace,
    now: terminal.now,
    newId: terminal.newId,
    facts: (pilot) => facts.get(pilot),
  });

  /** The value of a row, or nothing when it was refused or has been said before. */
  function read(row: SourceRow): TakenValue | null {
    const { line } = row;
    if ('problem' in row) {
      const message = sourceProblemText(row.problem) + (row.stops ? ' Nothing after it was read.' : '');
      report.refuse({ line, column: null, code: row.problem.code, message });
      return null;
    }
    const result = incomingValue(row.given, pilots, today);
    if ('problem' in result) {
      report.refuse(refusedBy(line, result.problem));
      return null;
    }
    const source = result.value.source ?? file.name;
    const meeting = memory.meet(line, result.value, source);
    if (meeting === 'new') return { line, value: result.value, source };
    if (meeting === 'repeated') report.repeat(1);
    else report.refuse(refusedBy(line, meeting));
    return null;
  }
  const refusedBy = (line: number, problem: Parameters<typeof incomingProblemText>[0]): Refused => ({
    line,
    column: problem.field,
    code: problem.code,
    message: incomingProblemText(problem, today),
  });

  const writes = options.dryRun !== true;
  const held: TakenValue[] = [];
  async function take(batch: readonly TakenValue[]): Promise<void> {
    if (writes && options.atomic !== true) await words.before(batch);
    const sorted = writes && options.atomic !== true ? await taker.take(batch) : await taker.sortOut(batch);
    for (const { line, problem } of sorted.refused) report.refuse(refusedBy(line, problem));
    report.repeat(sorted.repeated);
    report.accept(sorted.fresh.length);
    if (!writes || options.atomic !== true) return;
    if (held.length + sorted.fresh.length > MOST_ATOMIC) {
      throw new CliProblem(
        `More than ${MOST_ATOMIC} values cannot be recorded all or nothing. Split the file, or leave --atomic out.`,
        1,
      );
    }
    held.push(...sorted.fresh);
  }

  try {
    for await (const batch of batches(file, progress, read)) await take(batch);
    const whole = options.atomic === true && writes && report.refused() === 0;
    if (whole && held.length > 0) {
      await words.before(held);
      await taker.write(held);
    }
    if (writes) await words.after();
  } catch (error) {
    throw toProblem(error, db, options);
  }
  return report.finish();
}

/** The values of a file, a few hundred at a time. */
async function* batches(
  file: InputFile,
  progress: Progress,
  read: (row: SourceRow) => TakenValue | null,
): AsyncGenerator<readonly TakenValue[]> {
  let seen = 0;
  async function* counted(): AsyncGenerator<Uint8Array> {
    for await (const chunk of file.bytes()) {
      seen += chunk.length;
      yield chunk;
    }
  }
  let batch: TakenValue[] = [];
  for await (const rows of rowsOf(counted())) {
    for (const row of rows) {
      const value = read(row);
      if (value === null) continue;
      batch.push(value);
      if (batch.length < ROWS_PER_BATCH) continue;
      yield batch;
      batch = [];
      progress.show(seen / file.size);
    }
  }
  if (batch.length > 0) yield batch;
  progress.clear();
}

/** What the database complains about, with what to do; anything else stays a fault. */
function toProblem(error: unknown, db: Database, options: ImportOptions): unknown {
  const codes = error instanceof CliProblem ? [] : errorCodes(error);
  if (codes.length === 0) return error;
  const again =
    options.atomic === true || options.dryRun === true
      ? 'Nothing was recorded. Run the import again.'
      : 'What was recorded before stays. Run the import again: values that are there already change nothing.';
  if (db.isDuplicate(error))
    return new CliProblem(`Somebody else recorded the same values meanwhile. ${again}`, 3);
  return new CliProblem(`The database failed (${codes.join(', ')}). ${again}`, 3);
}
