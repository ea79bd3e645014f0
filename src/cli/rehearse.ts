/** What would have been sent to whom, and when, if it had gone like this? */
import { decodeText } from '../metrics/decode.ts';
import { type CliCommand, CliProblem, type ExitCode, type Terminal } from './command.ts';
import { openInput } from './input-file.ts';

const HELP = `
FILE is YAML or JSON: people, pilots, and what happens when; - is standard input. It is played through the whole app in
simulated time, against a Slack inside this process: nothing is sent anywhere. Prints one line of JSON for every message,
change of state and decision; the same file prints the same bytes every time. docs/rehearse.md says what a file may hold.

Example:
  pilotage rehearse last-quarter.yml | jq -r 'select(.type == "message") | [.at, .to, .kind] | @tsv'

Exit codes: 0 it was played to its end, 1 the file cannot be played, 2 it is not there.`;

export const rehearse: CliCommand = {
  name: 'rehearse',
  declare(program, terminal, run) {
    program
      .command('rehearse')
      .description(
        'play a timeline through the whole app in simulated time and print what would have happened',
      )
      .argument('<file>', 'a file, or - for standard input')
      .option('--json', 'what is printed is JSON in any case; for callers that always ask for it')
      .addHelpText('after', HELP)
      .action((file: string) => run(() => rehearseFile(terminal, file)));
  },
};

async function rehearseFile(terminal: Terminal, path: string): Promise<ExitCode> {
  const file = await openInput(terminal, path, 'Save the file as UTF-8.');
  if (file.size > LARGEST) throw new CliProblem(`${file.name} is larger than 5 MB; play a shorter time.`, 1);
  let text = '';
  for await (const piece of decodeText(file.bytes())) text += piece;
  const { readTimeline } = await import('./rehearse/read-timeline.ts');
  const script = readTimeline(text, file.name);
  const { runRehearsal } = await import('./rehearse/run-rehearsal.ts');
  return runRehearsal(terminal, script);
}

/** The largest file that is played, in bytes. */
const LARGEST = 5_000_000;
