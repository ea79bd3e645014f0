/** How does a file of pilots on this machine get into the database? */
import { createDirectory } from '../../app/directory.ts';
import { readConfig } from '../../config.ts';
import { type Database, Stale } from '../../db/database.ts';
import { requireMigrated } from '../../db/migrate.ts';
import { errorCodes } from '../../db/storable.ts';
import type { AskPerson } from '../../features/people-named.ts';
import { TooManyPilots, takePilots } from '../../features/take-pilots.ts';
import { CliProblem, type ExitCode, type Terminal } from '../command.ts';
import { openInput } from '../input-file.ts';
import { chooseWorkspace } from './choose-workspace.ts';
import type { ImportOptions } from './options.ts';
import { createReport, type ReportWords } from './report.ts';

const WORDS: ReportWords = {
  one: 'pilot',
  many: 'pilots',
  done: 'imported',
  note: 'watched only until the programme office releases them',
};

/**
 * Imports the pilots of a file with their criteria, each whole or not at all; with `atomic` all of them or none. They are
 * watched only until they are released.
 *
 * @throws {CliProblem} when nothing could be begun, or the database failed on the way
 */
export async function importPilots(
  terminal: Terminal,
  db: Database,
  path: string,
  options: ImportOptions,
): Promise<ExitCode> {
  await requireMigrated(db);
  const workspace = await chooseWorkspace(db, options.workspace);
  const file = await openInput(terminal, path);
  const report = createReport(terminal, { file, options, clear: () => {}, words: WORDS });
  const { now, newId } = terminal;
  const task = {
    workspace: workspace.id,
    actor: 'system:import',
    file: file.name,
    dryRun: options.dryRun === true,
    atomic: options.atomic === true,
    ask: await askSlack(terminal, db, workspace.id),
  };
  try {
    await takePilots({ db, now, newId }, task, file.bytes(), report);
  } catch (error) {
    throw toProblem(error, db, options);
  }
  return report.exitCode();
}

/** With a token, Slack says who somebody is: a member, a guest, somebody who has left. Without one, ids are believed. */
async function askSlack(terminal: Terminal, db: Database, workspace: string): Promise<AskPerson | null> {
  const read = readConfig(terminal.env, 'slack');
  if (!read.ok || read.config.slack === null) return null;
  const { createCourier } = await import('../../slack/courier-web.ts');
  const { botToken: token, apiUrl } = read.config.slack;
  const courier = createCourier({ token, ...(apiUrl === undefined ? {} : { apiUrl }) });
  const directory = createDirectory(db, courier, terminal.now, terminal.newId);
  return (id) => directory.person(workspace, id);
}

/** What people can mend, with what to do; anything else stays a fault. */
function toProblem(error: unknown, db: Database, options: ImportOptions): unknown {
  if (error instanceof TooManyPilots) {
    const how = options.atomic === true ? ' all or nothing' : '';
    const else_ = options.atomic === true ? ', or leave --atomic out' : '';
    return new CliProblem(
      `More than ${error.limit} pilots cannot be imported${how}. Split the file${else_}.`,
      1,
    );
  }
  const again =
    options.atomic === true || options.dryRun === true
      ? 'Nothing was imported. Run the import again.'
      : 'What was imported before stays. Run the import again: pilots that are there already change nothing.';
  if (error instanceof Stale || db.isDuplicate(error))
    return new CliProblem(`Somebody else took the same keys meanwhile. ${again}`, 3);
  const codes = errorCodes(error);
  if (codes.length === 0) return error;
  return new CliProblem(`The database failed (${codes.join(', ')}). ${again}`, 3);
}
