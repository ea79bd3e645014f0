/** How does a file of values on this machine get into the database? */
import { stepBack } from '../../app/step-back.ts';
import { type Database, Stale } from '../../db/database.ts';
import { requireMigrated } from '../../db/migrate.ts';
import { errorCodes } from '../../db/storable.ts';
import { MOST_ATOMIC, TooManyForAtomic, takeFile } from '../../features/take-file.ts';
import { boundGarbage } from '../bound-garbage.ts';
import { CliProblem, type ExitCode, type Terminal } from '../command.ts';
import { type InputFile, openInput } from '../input-file.ts';
import { createProgress, type Progress } from '../progress.ts';
import { chooseWorkspace } from './choose-workspace.ts';
import type { ImportOptions } from './options.ts';
import { createReport } from './report.ts';

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
  const progress = createProgress(terminal, 'Importing');
  const report = createReport(terminal, { file, options, clear: progress.clear });
  const { now, newId } = terminal;
  const task = {
    workspace: workspace.id,
    origin: { actor: 'system:import', file: file.name, sha256: file.sha256 },
    dryRun: options.dryRun === true,
    atomic: options.atomic === true,
    only: null,
  };
  // Beside a running app, people who wait for its answers go first. Nobody waits in this process, so it needs no thread.
  stepBack();
  try {
    await takeFile({ db, now, newId }, task, watched(file, progress), report);
  } catch (error) {
    throw toProblem(error, db, options);
  } finally {
    progress.clear();
  }
  return report.exitCode();
}

/** The bytes of a file, while the progress shows how many of them have been asked for. */
async function* watched(file: InputFile, progress: Progress): AsyncGenerator<Uint8Array> {
  let seen = 0;
  for await (const chunk of file.bytes()) {
    yield chunk;
    seen += chunk.length;
    boundGarbage();
    progress.show(seen / file.size);
  }
}

/** What people can mend, with what to do; anything else stays a fault. */
function toProblem(error: unknown, db: Database, options: ImportOptions): unknown {
  if (error instanceof TooManyForAtomic) {
    return new CliProblem(
      `More than ${MOST_ATOMIC} values cannot be recorded all or nothing. Split the file, or leave --atomic out.`,
      1,
    );
  }
  const again =
    options.atomic === true || options.dryRun === true
      ? 'Nothing was recorded. Run the import again.'
      : 'What was recorded before stays. Run the import again: values that are there already change nothing.';
  if (error instanceof Stale || db.isDuplicate(error))
    return new CliProblem(`Somebody else recorded the same values meanwhile. ${again}`, 3);
  const codes = errorCodes(error);
  if (codes.length === 0) return error;
  return new CliProblem(`The database failed (${codes.join(', ')}). ${again}`, 3);
}
