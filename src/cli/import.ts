/** How do values come in from a file? */
import { type CliCommand, withDatabase } from './command.ts';
import type { ImportOptions } from './import/options.ts';

const HELP = `
FILE is CSV or JSON lines; - reads standard input. The first line of a CSV file names the columns.

Example:
  pilotage import observations january.csv --dry-run

  pilot,metric,end,value,unit,source
  claims-triage,cost-per-claim,2026-01-12,12.50,EUR/claim,warehouse

Exit codes: 0 every row was fine, 1 some row was refused, 2 wrong use, 3 the database failed.`;

export const importValues: CliCommand = {
  name: 'import',
  declare(program, terminal, run) {
    program
      .command('import')
      .description('take in values from a file')
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
