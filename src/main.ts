/** What happens when the program is called: arguments and environment in, one command run, an exit code out. */
import { randomFillSync } from 'node:crypto';
import { Command, CommanderError } from 'commander';
import { CliProblem, type ExitCode, type Terminal } from './cli/command.ts';
import { commands } from './cli/index.ts';
import { unknownCommand } from './cli/unknown-command.ts';
import { DatabaseProblem } from './db/database.ts';
import { idMaker, randomBytesFrom } from './db/uuidv7.ts';

const saltBytes = randomBytesFrom(randomFillSync, 16);
const terminal: Terminal = {
  env: process.env,
  args: process.argv.slice(2),
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  interactive: process.stderr.isTTY === true,
  stdin: () => process.stdin,
  now: () => Date.now(),
  newId: idMaker(() => Date.now(), randomBytesFrom(randomFillSync)),
  salt: () => Buffer.from(saltBytes()).toString('hex'),
  stopped: () =>
    new Promise((resolve) => {
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
    }),
};

const program = new Command('pilotage')
  .description('Pilotage gets AI pilots to a decision.')
  .exitOverride()
  .configureOutput({ writeOut: terminal.out, writeErr: terminal.err })
  .showHelpAfterError('Add --help to see what is possible.');

async function run(work: () => Promise<ExitCode>): Promise<void> {
  try {
    process.exitCode = await work();
  } catch (error) {
    process.exitCode = report(error);
  }
}

/** One sentence with the remedy for what people can mend; everything else is a fault and is shown whole. */
function report(error: unknown): ExitCode {
  if (error instanceof CliProblem) {
    terminal.err(`${error.message}\n`);
    return error.exitCode;
  }
  const known = error instanceof DatabaseProblem || (error instanceof Error && error.name === 'StartProblem');
  terminal.err(
    known
      ? `${error.message}\n`
      : `Something unexpected happened: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  return 3;
}

for (const command of commands) command.declare(program, terminal, run);

process.on('unhandledRejection', (error) => {
  // The Socket Mode client can leave a rejection behind while it reconnects; it tries again by itself.
  if (error === undefined) return;
  process.exitCode = report(error);
  process.exit();
});

const unknown = unknownCommand(terminal.args);
try {
  if (unknown === null) await program.parseAsync(terminal.args, { from: 'user' });
  else process.exitCode = report(new CliProblem(unknown, 2));
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode === 0 ? 0 : 2;
}
