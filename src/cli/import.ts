/** How do values and pilots come in from a file? */
import { dayOf } from '../core/day.ts';
import { type CliCommand, CliProblem, withDatabase } from './command.ts';
import type { ImportOptions } from './import/options.ts';

const HELP = `
FILE is CSV or JSON lines; - reads standard input. The first line of a CSV file names the columns.

Example:
  pilotage import observations january.csv --dry-run

  pilot,metric,end,value,unit,source
  claims-triage,cost-per-claim,2026-01-12,12.50,EUR/claim,warehouse

Exit codes: 0 every row was fine, 1 some row was refused, 2 wrong use, 3 the database failed.`;

const PILOTS_HELP = `
FILE is CSV or JSON lines with one row per criterion; - reads standard input. What is said about the pilot stands on its
first row; the others name its key. Imported pilots are watched only: everything is computed and nothing is sent until
the programme office releases them (/pilot watch in Slack).

Example:
  pilotage import pilots pilots.csv --dry-run
  pilotage import pilots --template > pilots.csv

  name,key,owner,sponsor,start,decision,metric,kind,unit,baseline,target
  Claims triage,claims-triage,U0123ABCD,@priya,2026-01-05,2026-04-05,Cost per claim,at most,EUR/claim,18.40,12.50
  ,claims-triage,,,,,Wrong denials,at most,%,1.5,2

Exit codes: 0 every row was fine, 1 some row was refused, 2 wrong use, 3 the database failed.`;

export const importFiles: CliCommand = {
  name: 'import',
  declare(program, terminal, run) {
    const command = program.command('import').description('take in values or pilots from a file');
    command
      .command('pilots')
      .description('take in pilots with their criteria; a pilot with a wrong row is left out as a whole')
      .argument('[file]', 'a file, or - for standard input')
      .option('--dry-run', 'check everything, write nothing')
      .option('--atomic', 'write nothing if one row is wrong')
      .option('--workspace <id>', 'which workspace, where the database has several')
      .option('--json', 'print the result as one line of JSON')
      .option('--template', 'print a file to fill in, and nothing else')
      .addHelpText('after', PILOTS_HELP)
      .action((file: string | undefined, options: ImportOptions & { readonly template?: boolean }) =>
        run(async () => {
          if (options.template === true) {
            const { pilotsTemplate } = await import('./import/pilots-template.ts');
            terminal.out(pilotsTemplate(dayOf(terminal.now(), 'UTC')));
            return 0;
          }
          if (file === undefined)
            throw new CliProblem(
              'Name the file of pilots, or - for standard input; --template prints one.',
              2,
            );
          const { importPilots } = await import('./import/import-pilots.ts');
          return withDatabase(terminal, 'tool', (db) => importPilots(terminal, db, file, options));
        }),
      );
    command
      .command('observations')
      .description('record measured values from CSV or JSON lines; wrong rows are named and left out')
      .argument('<file>', 'a file, or - for standard input')
      .option('--dry-run', 'check everything, write nothing')
      .option('--atomic', 'write nothing if one row is wrong')
      .option('--workspace <id>', 'which workspace, where the database has several')
      .option('--json', 'print the result as one line of JSON')
      .addHelpText('after', HELP)
      .action((file: string, options: ImportOptions) =>
        run(async () => {
          const { importObservations } = await import('./import/import-observations.ts');
          return withDatabase(terminal, 'tool', (db) => importObservations(terminal, db, file, options));
        }),
      );
  },
};
