/** How is a person taken out of everything that is kept? */
import type { CliCommand } from './command.ts';
import type { ForgetOptions } from './forget/run-forget.ts';

const HELP = `
USER_ID is the person's member ID in Slack (U0123ABCD). Erased are their name, their id wherever it stands, and their own
words; what was decided, when and in which role stays, and the logbook still verifies. This cannot be undone.

Somebody who still holds a role has to pass it on first. Backups and exports made before still hold the person: throw
them away. What stands in Slack is deleted in Slack.

Example:
  pilotage forget U0123ABCD --dry-run

Exit codes: 0 done, 1 nothing was erased, 2 wrong use, 3 the database failed.`;

export const forget: CliCommand = {
  name: 'forget',
  declare(program, terminal, run) {
    program
      .command('forget')
      .description('erase a person’s name and words, and keep the record of what was decided')
      .argument('<user_id>', 'the member ID in Slack')
      .option('--dry-run', 'say what would be erased, change nothing')
      .option('--yes', 'do not ask')
      .option('--workspace <id>', 'which workspace, where the database has several')
      .option('--json', 'print the result as one line of JSON')
      .addHelpText('after', HELP)
      .action((person: string, options: ForgetOptions) =>
        run(async () => {
          const { runForget } = await import('./forget/run-forget.ts');
          return runForget(terminal, person, options);
        }),
      );
  },
};
