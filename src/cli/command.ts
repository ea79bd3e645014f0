/** What may a command of the command line use, and how does it end? */
import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import type { Config } from '../config.ts';
import { readConfig } from '../config.ts';
import { parseAddress } from '../db/address.ts';
import type { Database, Opener } from '../db/database.ts';
import { openDatabase } from '../db/open.ts';

/** How a command ends: 0 done, 1 the answer is no, 2 wrong use, 3 a dependency failed. */
export type ExitCode = 0 | 1 | 2 | 3;

/** The world outside the process, handed in so that tests can hand in another. */
export interface Terminal {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly args: readonly string[];
  /** Writes to standard output; text ends where the caller says. */
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** True when standard error is a terminal, where progress may be shown. */
  readonly interactive: boolean;
  readonly stdin: () => AsyncIterable<Uint8Array>;
  readonly now: () => number;
  readonly newId: () => string;
  readonly salt: () => string;
  /** Resolves when the process is asked to stop. */
  readonly stopped: () => Promise<void>;
}

/** One command: how it is declared, and what it does. */
export interface CliCommand {
  readonly name: string;
  /** Declares arguments and options, and says what to run; what it returns is the exit code. */
  declare(program: Command, terminal: Terminal, run: (work: () => Promise<ExitCode>) => Promise<void>): void;
}

/** A command cannot go on, for a reason people can mend; the sentence names the remedy. */
export class CliProblem extends Error {
  override readonly name = 'CliProblem';
  readonly exitCode: ExitCode;

  constructor(sentence: string, exitCode: ExitCode, options?: ErrorOptions) {
    super(sentence, options);
    this.exitCode = exitCode;
  }
}

/**
 * The configuration, or all its problems at once.
 *
 * @throws {CliProblem} with one line per problem
 */
export function configOf(terminal: Terminal, need: 'slack' | 'database'): Config {
  const read = readConfig(terminal.env, need);
  if (read.ok) return read.config;
  const lines = read.problems.map(({ variable, sentence }) => `${variable}: ${sentence}`);
  throw new CliProblem(lines.join('\n'), 2);
}

/** Opens the configured database, runs the work, and closes it whatever happens. */
export async function withDatabase<T>(
  terminal: Terminal,
  as: Opener,
  work: (db: Database, config: Config) => Promise<T>,
): Promise<T> {
  const config = configOf(terminal, 'database');
  if (as === 'tool') requireThere(config.databaseUrl);
  const db = await openDatabase({ url: config.databaseUrl, salt: terminal.salt, as });
  try {
    return await work(db, config);
  } finally {
    await db.close();
  }
}

/** A tool looks at what is there: opening would make an empty file, and with it the impression that something was. */
function requireThere(url: string): void {
  const address = parseAddress(url);
  if (address.engine !== 'sqlite' || address.file === ':memory:' || existsSync(address.file)) return;
  throw new CliProblem(
    `There is no database at ${address.file} yet; check DATABASE_URL, or make one with: pilotage migrate`,
    3,
  );
}
