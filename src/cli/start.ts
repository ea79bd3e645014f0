/** How does the app run for real? */
import { collectGarbage } from './collect-garbage.ts';
import { type CliCommand, CliProblem, configOf } from './command.ts';

export const start: CliCommand = {
  name: 'start',
  declare(program, terminal, run) {
    program
      .command('start', { isDefault: true })
      .description('connect to Slack as configured')
      .action(() =>
        run(async () => {
          const config = configOf(terminal, 'slack');
          if (config.slack === null) throw new CliProblem('Slack is not configured.', 2);
          const [{ createApp }, { openDatabase }, { migrate }, { cronTicker }, { createLog }] =
            await Promise.all([
              import('../app.ts'),
              import('../db/open.ts'),
              import('../db/migrate.ts'),
              import('../jobs/ticker.ts'),
              import('./log.ts'),
            ]);
          const log = createLog(config.logLevel);
          const db = await openDatabase({ url: config.databaseUrl, salt: terminal.salt, as: 'app' });
          try {
            await migrate(db);
            const app = await createApp({
              slack: config.slack,
              db,
              command: config.command,
              timezone: config.timezone,
              now: terminal.now,
              newId: terminal.newId,
              ticker: cronTicker(),
              log,
              httpPort: config.httpPort,
            });
            await app.start();
            log.info({ mode: config.slack.mode.kind }, `Pilotage is ready. Type ${config.command} in Slack.`);
            collectGarbage();
            await terminal.stopped();
            await app.stop();
          } finally {
            await db.close();
          }
          return 0;
        }),
      );
  },
};
