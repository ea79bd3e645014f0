/** How is everything of a workspace, or of one pilot, handed out in open formats? */
import { Option } from 'commander';
import type { ExportFormat } from '../features/export-task.ts';
import type { CliCommand } from './command.ts';
import type { ExportOptions } from './export/run-export.ts';

const HELP = `
Everything: charters with their versions, criteria, metrics, numbers with their corrections, check-ins, blockers, pauses,
the logbook. JSON is one document, one record a line; without --out it goes to standard output. CSV is a file for each
kind of record, and needs --out. DIR must be empty or not there yet. The same data gives the same bytes.

values.csv holds the numbers that count, and "pilotage import observations" takes them in again.

Example:
  pilotage export --pilot claims-triage --format csv --out claims-triage

Exit codes: 0 done, 2 wrong use, 3 the database or the disk failed.`;

const FORMATS: readonly ExportFormat[] = ['json', 'csv'];

export const exportData: CliCommand = {
  name: 'export',
  declare(program, terminal, run) {
    program
      .command('export')
      .description('hand out a workspace or a pilot as JSON or CSV')
      .addOption(new Option('--format <format>', 'json or csv').choices(FORMATS).default('json'))
      .option('--pilot <key>', 'only this pilot')
      .option('--workspace <id>', 'which workspace, where the database has several')
      .option('--out <dir>', 'the folder to write to; standard output without it')
      .addHelpText('after', HELP)
      .action((options: ExportOptions) =>
        run(async () => {
          const { runExport } = await import('./export/run-export.ts');
          return runExport(terminal, options);
        }),
      );
  },
};
