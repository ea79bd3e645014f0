/** Is everything in the database as it was written? */
import { verify as verifyDatabase } from '../db/verify.ts';
import { type CliCommand, withDatabase } from './command.ts';

const HELP = `
Checks the engine's own tables, every reference between rows, and the logbook's chain of hashes.

Example:
  pilotage verify

Exit codes: 0 everything is whole, 1 something is not (the first broken row is named), 3 the database failed.`;

export const verify: CliCommand = {
  name: 'verify',
  declare(program, terminal, run) {
    program
      .command('verify')
      .description('check that the logbook is unchanged and that no row lost what it refers to')
      .option('--json', 'print the result as one line of JSON')
      .addHelpText('after', HELP)
      .action((options: { json?: boolean }) =>
        run(async () => {
          const problem = await withDatabase(terminal, 'tool', (db) => verifyDatabase(db));
          if (options.json === true) terminal.out(`${JSON.stringify({ ok: problem === null, problem })}\n`);
          else if (problem === null) terminal.out('The logbook and every reference are whole.\n');
          else
            terminal.err(
              `${problem.sentence} Compare with a backup from before, and find out who wrote to it.\n`,
            );
          return problem === null ? 0 : 1;
        }),
      );
  },
};
