/** How does a backup become the database again? */
import type { Restored } from '../db/restore.ts';
import { type CliCommand, configOf, type ExitCode, type Terminal } from './command.ts';
import { amount, copying, describeCopy } from './copy.ts';

const HELP = `
The database that DATABASE_URL names must not be there yet, or be empty; nothing is written over. FILE stays as it is. A
backup of an older version is brought to the current schema; one of a newer version is refused.

If the old database went on working after the backup was made, add --drop-messages: what was waiting to be sent then has
been sent since.

Example:
  DATABASE_URL=file:./data/pilotage.db pilotage restore /var/backups/pilotage-2026-06-02.db

Exit codes: 0 done, 1 the backup is not whole or not usable, 2 wrong use, 3 the database or the disk failed.`;

interface RestoreOptions {
  readonly anyway?: boolean;
  readonly dropMessages?: boolean;
  readonly json?: boolean;
}

async function run(terminal: Terminal, file: string, options: RestoreOptions): Promise<ExitCode> {
  const { restore: restoreFile } = await import('../db/restore.ts');
  const { databaseUrl } = configOf(terminal, 'database');
  const dropMessages = options.dropMessages === true;
  const restored = await copying(terminal, 'Restoring', (watch) =>
    restoreFile({
      file,
      url: databaseUrl,
      anyway: options.anyway === true,
      dropMessages,
      now: terminal.now(),
      watch,
    }),
  );
  terminal.out(
    options.json === true
      ? `${JSON.stringify({ file, ...restored.facts, schema_now: restored.schema, problem: restored.problem, dropped: dropMessages })}\n`
      : describe(file, restored, dropMessages),
  );
  return restored.problem === null ? 0 : 1;
}

function describe(file: string, { facts, schema, problem }: Restored, dropped: boolean): string {
  const waiting = amount(facts.waiting, 'message was', 'messages were');
  return [
    `Restored from ${file}: ${describeCopy(facts)}.`,
    problem === null
      ? 'The logbook and every reference are whole.'
      : `It is not whole, and was restored as it is: ${problem.sentence}`,
    ...(facts.schema === schema ? [] : [`It had the schema ${facts.schema} and now has ${schema}.`]),
    ...(facts.waiting === 0
      ? []
      : [
          dropped
            ? `${waiting} waiting to be sent and will not be sent.`
            : `${waiting} waiting to be sent and will be sent when Pilotage starts.`,
        ]),
  ]
    .map((line) => `${line}\n`)
    .join('');
}

export const restore: CliCommand = {
  name: 'restore',
  declare(program, terminal, start) {
    program
      .command('restore')
      .description('make the database again from a backup; never over one that is there')
      .argument('<file>', 'a file that "pilotage backup" has written')
      .option('--anyway', 'restore a backup whose logbook or references are not whole')
      .option('--drop-messages', 'do not send what was waiting to be sent when the backup was made')
      .option('--json', 'print the result as one line of JSON')
      .addHelpText('after', HELP)
      .action((file: string, options: RestoreOptions) => start(() => run(terminal, file, options)));
  },
};
