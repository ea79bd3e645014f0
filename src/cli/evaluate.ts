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

// Numbers that a double may not hold as they are written: many digits, or an exponent.
const PERHAPS_INEXACT = /\d[\d.]{15}|\d[eE][+-]?\d/;

export const evaluate: CliCommand = {
  name: 'evaluate',
  declare(program, terminal, run) {
    program
      .command('evaluate')
      .description('judge values against criteria: JSON in, one line of JSON per case out')
      .argument('[file]', 'a file, or - for standard input', '-')
      .option('--json', 'what is printed is JSON in any case; for callers that always ask for it')
      .addHelpText('after', HELP)
      .action((file: string) => run(() => evaluateFile(terminal, file)));
  },
};

async function evaluateFile(terminal: Terminal, path: string): Promise<ExitCode> {
  const text = await textOf(terminal, path);
  const { casesOf, evaluateCase, repeatedIn } = await import('./evaluate-input.ts');
  const json = await parse(text, path);
  const { defaults, cases } = casesOf(json);
  const several = cases[0] !== json;
  const repeated = repeatedIn(text, several);
  if (repeated.outside !== null) {
    throw new CliProblem(`${nameOf(path)} has ${repeated.outside} twice in one object. Keep one.`, 2);
  }
  let unreadable = false;
  for (const [at, one] of cases.entries()) {
    const read = evaluateCase(one, defaults, several ? `$.vectors[${at}]` : '$');
    const message = repeated.inCase.get(at);
    const answer = message === undefined ? read : { id: read['id'], error: 'INVALID_INPUT', message };
    unreadable ||= answer['error'] === 'INVALID_INPUT';
    terminal.out(`${JSON.stringify(answer)}\n`);
  }
  return unreadable ? 1 : 0;
}

async function textOf(terminal: Terminal, path: string): Promise<string> {
  let text = '';
  try {
    const file = await openInput(terminal, path, 'Save the file as UTF-8.');
    for await (const piece of decodeText(file.bytes())) text += piece;
  } catch (error) {
    throw error instanceof CliProblem ? new CliProblem(error.message, 2) : error;
  }
  return text;
}

async function parse(text: string, path: string): Promise<unknown> {
  try {
    if (!PERHAPS_INEXACT.test(text)) return JSON.parse(text);
    const { keepingDigits } = await import('./evaluate-input.ts');
    return JSON.parse(text, keepingDigits);
  } catch (error) {
    throw notJson(error, path);
  }
}

function notJson(error: unknown, path: string): CliProblem {
  const why = error instanceof Error ? quoted(error.message, 200).slice(1, -1) : '';
  return new CliProblem(
    `${nameOf(path)} is not JSON: ${why}. "pilotage evaluate --help" shows what is read.`,
    2,
  );
}

const nameOf = (path: string): string => (path === '-' ? 'Standard input' : path);
