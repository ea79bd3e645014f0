/** What do these values say about these criteria, without a database and without Slack? */
import { decodeText } from '../metrics/decode.ts';
import { quoted } from '../views/quoted-text.ts';
import { type CliCommand, CliProblem, type ExitCode, type Terminal } from './command.ts';
import { openInput } from './input-file.ts';

const HELP = `
FILE holds one case, or {"defaults": {…}, "vectors": [{"id": …, "input": {…}}, …]}; - (the default) is standard input.
Prints one line of JSON per case: the verdict with its numbers, its reasons and a sentence.

Example:
  echo '{"criterion": {"kind": "at_most", "target": 10, "unit": "min"},
         "calendar": {"start": "2026-01-05", "deadline": "2026-03-29"},
         "observations": [{"end": "2026-01-12", "value": 9}, {"end": "2026-01-19", "value": 8}],
         "now": "2026-01-20T09:00:00Z"}' | pilotage evaluate

Exit codes: 0 every case was answered, 1 some case could not be read, 2 the file is not there or not JSON.`;

export const evaluate: CliCommand = {
  name: 'evaluate',
  declare(program, terminal, run) {
    program
      .command('evaluate')
      .description('judge values against criteria: JSON in, one line of JSON per case out')
      .argument('[file]', 'a file, or - for standard input', '-')
      .addHelpText('after', HELP)
      .action((file: string) => run(() => evaluateFile(terminal, file)));
  },
};

async function evaluateFile(terminal: Terminal, path: string): Promise<ExitCode> {
  const json = parse(await textOf(terminal, path), path);
  const { casesOf, evaluateCase } = await import('./evaluate-input.ts');
  const { defaults, cases } = casesOf(json);
  const several = cases[0] !== json;
  let unreadable = false;
  for (const [at, one] of cases.entries()) {
    const answer = evaluateCase(one, defaults, several ? `$.vectors[${at}]` : '$');
    unreadable ||= answer['error'] === 'INVALID_INPUT';
    terminal.out(`${JSON.stringify(answer)}\n`);
  }
  return unreadable ? 1 : 0;
}

async function textOf(terminal: Terminal, path: string): Promise<string> {
  let text = '';
  try {
    const file = await openInput(terminal, path);
    for await (const piece of decodeText(file.bytes())) text += piece;
  } catch (error) {
    throw error instanceof CliProblem ? new CliProblem(error.message, 2) : error;
  }
  return text;
}

function parse(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw notJson(error, path);
  }
}

function notJson(error: unknown, path: string): CliProblem {
  const why = error instanceof Error ? quoted(error.message, 200).slice(1, -1) : '';
  const name = path === '-' ? 'Standard input' : path;
  return new CliProblem(`${name} is not JSON: ${why}. "pilotage evaluate --help" shows what is read.`, 2);
}
