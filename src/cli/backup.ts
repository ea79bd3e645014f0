/** How is a copy of the database kept while the app runs? */
import type { CopyFacts } from '../db/backup.ts';
import { type CliCommand, configOf, type ExitCode, type Terminal } from './command.ts';
import { copying, describeCopy } from './copy.ts';

const HELP = `
FILE must not be there yet. It holds everything, names and words included: keep it where only you can read it. One file,
whatever the database: "pilotage restore" makes a SQLite or a PostgreSQL database of it.

Example:
  pilotage backup /var/backups/pilotage-2026-06-02.db

Exit codes: 0 done, 1 the database is damaged, 2 wrong use, 3 the database or the disk failed.`;

async function run(terminal: Terminal, file: string, options: { json?: boolean }): Promise<ExitCode> {
  const { writeBackup } = await import('../db/backup.ts');
  const { databaseUrl } = configOf(terminal, 'database');
  const facts: CopyFacts = await copying(terminal, 'Copying', (watch) =>
    writeBackup(databaseUrl, file, watch),
  );
  terminal.out(
    options.json === true
      ? `${JSON.stringify({ file, ...facts })}\n`
      : `Kept in ${file}: ${describeCopy(facts)}.\n`,
  );
  return 0;
}

export const backup: CliCommand = {
  name: 'backup',
  declare(program, terminal, start) {
    program
      .command('backup')
      .description('keep a copy of the database in a file, while the app runs')
      .argument('<file>', 'the file to write; never one that is there')
      .option('--json', 'print the result as one line of JSON')
      .addHelpText('after', HELP)
      .action((file: string, options: { json?: boolean }) => start(() => run(terminal, file, options)));
  },
};
