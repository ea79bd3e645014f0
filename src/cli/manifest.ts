/** What does Slack have to be told to know this installation? */
import { readConfig } from '../config.ts';
import { quoted } from '../views/quoted-text.ts';
import { type CliCommand, CliProblem, type Terminal } from './command.ts';

const HELP = `
Paste what it prints at https://api.slack.com/apps: "Create New App", "From a manifest"; or into "App Manifest" of an app
that is there already. Without --http the app connects by Socket Mode and needs no public address.

Example:
  pilotage manifest --http https://pilotage.example.com --command /ai-pilot`;

const HEADING = '# The app as Slack has to know it. Made by: pilotage manifest\n';

export const manifest: CliCommand = {
  name: 'manifest',
  declare(program, terminal, run) {
    program
      .command('manifest')
      .description('print the Slack manifest for this installation')
      .option('--http <url>', 'the public address of the app, for HTTP instead of Socket Mode')
      .option('--look-up', 'also ask for what it takes to look up messages whose answer was lost')
      .option(
        '--receipts <app>',
        'also have Slack tell of messages the app has posted; takes the id of the app, like A0123456789',
      )
      .option('--command <name>', 'the slash command; default PILOTAGE_COMMAND, or /pilot')
      .addHelpText('after', HELP)
      .action((options: { http?: string; command?: string; lookUp?: boolean; receipts?: string }) =>
        run(async () => {
          const command = commandOf(terminal, options.command);
          const receipts = options.receipts === undefined ? {} : { receiptsOf: appIdOf(options.receipts) };
          const url = options.http === undefined ? null : addressOf(options.http);
          const [{ stringify }, { features }, { describeApp }] = await Promise.all([
            import('yaml'),
            import('../features/index.ts'),
            import('./manifest/describe.ts'),
          ]);
          const described = describeApp({
            features,
            command,
            url,
            lookUp: options.lookUp === true,
            ...receipts,
          });
          terminal.out(HEADING + stringify(described, { lineWidth: 0 }));
          return 0;
        }),
      );
  },
};

function commandOf(terminal: Terminal, given: string | undefined): string {
  const wanted = given ?? terminal.env['PILOTAGE_COMMAND'] ?? '';
  const read = readConfig({ PILOTAGE_COMMAND: wanted }, 'database');
  if (read.ok && (given === undefined || given !== '')) return read.config.command;
  const problem = read.ok ? 'It is empty; write it like /pilot.' : read.problems[0]?.sentence;
  throw new CliProblem(`${given === undefined ? 'PILOTAGE_COMMAND' : '--command'}: ${problem}`, 2);
}

function appIdOf(given: string): string {
  if (/^A[A-Z0-9]{2,20}$/.test(given)) return given;
  throw new CliProblem(
    `--receipts: ${quoted(given)} is no id of an app; it stands as "App ID" under "Basic Information", like A0123456789.`,
    2,
  );
}

function addressOf(given: string): string {
  const url = URL.parse(given);
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw new CliProblem(
      `--http: ${quoted(given)} is no web address; write it like https://pilotage.example.com.`,
      2,
    );
  }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    throw new CliProblem(
      '--http: leave out the password, the question mark and what follows; only the address is needed.',
      2,
    );
  }
  const address = `${url.origin}${url.pathname}`.replace(/\/+$/, '');
  return address.replace(/\/slack\/events$/, '');
}
