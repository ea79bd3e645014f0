/** How does a test call a command without starting a process? */
import { randomBytes } from 'node:crypto';
import { Command, CommanderError } from 'commander';
import { StartProblem } from '../../src/app/start-problem.ts';
import { CliProblem, type ExitCode, type Terminal } from '../../src/cli/command.ts';
import { commands } from '../../src/cli/index.ts';
import { DatabaseProblem } from '../../src/db/database.ts';
import { idMaker } from '../../src/db/uuidv7.ts';

/** Tuesday, 2 June 2026, noon. */
export const NOW = Date.UTC(2026, 5, 2, 12);

/** What a command did. */
export interface Called {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** What a test may choose. */
export interface CallOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string | Uint8Array;
  readonly now?: () => number;
  readonly interactive?: boolean;
}

/** Runs a command as `src/main.ts` does; a fault is thrown, so that it fails the test. */
export async function call(args: readonly string[], options: CallOptions = {}): Promise<Called> {
  let out = '';
  let err = '';
  let code = 0;
  const now = options.now ?? (() => NOW);
  const terminal: Terminal = {
    env: options.env ?? {},
    args,
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    interactive: options.interactive === true,
    stdin: () => piecesOf(options.stdin ?? ''),
    now,
    newId: idMaker(now, () => randomBytes(10)),
    salt: () => randomBytes(16).toString('hex'),
    stopped: () => Promise.resolve(),
  };
  const program = new Command('pilotage')
    .exitOverride()
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.err });
  const run = async (work: () => Promise<ExitCode>) => {
    try {
      code = await work();
    } catch (error) {
      const isKnown =
        error instanceof CliProblem || error instanceof DatabaseProblem || error instanceof StartProblem;
      if (!isKnown) throw error;
      err += `${error.message}\n`;
      code = error instanceof CliProblem ? error.exitCode : 3;
    }
  };
  for (const command of commands) command.declare(program, terminal, run);
  try {
    await program.parseAsync([...args], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    code = error.exitCode === 0 ? 0 : 2;
  }
  return { code, out, err };
}

/** In two pieces, as a pipe brings them. */
async function* piecesOf(given: string | Uint8Array): AsyncGenerator<Uint8Array> {
  const bytes = typeof given === 'string' ? new TextEncoder().encode(given) : given;
  const middle = Math.ceil(bytes.length / 2);
  yield bytes.subarray(0, middle);
  yield bytes.subarray(middle);
}
