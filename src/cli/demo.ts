/** How does somebody try the whole app without Slack? */
import type { CliCommand } from './command.ts';

export const demo: CliCommand = {
  name: 'demo',
  declare(program, terminal, run) {
    program
      .command('demo')
      .description('try the whole app in the browser, with a local Slack and pilots in it')
      .option('--port <number>', 'port of the page', '4390')
      .option('--empty', 'start with a blank workspace')
      .option('--at <instant>', 'the date the demo starts at, like 2026-01-05')
      .action((options: { port: string; empty?: boolean; at?: string }) =>
        run(async () => {
          const { runDemo } = await import('./demo/run-demo.ts');
          return runDemo(terminal, {
            port: options.port,
            empty: options.empty === true,
            at: options.at ?? null,
          });
        }),
      );
  },
};
