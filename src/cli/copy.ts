/** What do `backup` and `restore` say, and how do they end? */
import type { CopyFacts } from '../db/backup.ts';
import { CopyProblem } from '../db/whole-file.ts';
import { CliProblem, type ExitCode, type Terminal } from './command.ts';
import { createProgress } from './progress.ts';

const ENDS: Readonly<Record<CopyProblem['failure'], ExitCode>> = { wrong_use: 2, no: 1, failed: 3 };

/**
 * Does the work and shows how far it is.
 *
 * @throws {CliProblem} for what people can mend
 */
export async function copying<Result>(
  terminal: Terminal,
  what: string,
  work: (watch: (share: number) => void) => Promise<Result>,
): Promise<Result> {
  const progress = createProgress(terminal, what);
  try {
    return await work(progress.show);
  } catch (error) {
    if (error instanceof CopyProblem)
      throw new CliProblem(error.message, ENDS[error.failure], { cause: error });
    throw error;
  } finally {
    progress.clear();
  }
}

/** What is in a copy, in words. */
export function describeCopy({ size, pilots, entries, newestAt }: CopyFacts): string {
  const newest =
    newestAt === null
      ? ''
      : `, the newest of ${new Date(newestAt).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  return `${amount(pilots, 'pilot', 'pilots')}, ${amount(entries, 'entry', 'entries')} in the logbook${newest} (${bytes(size)})`;
}

/** A count with its noun. */
export const amount = (count: number, one: string, many: string): string =>
  `${count} ${count === 1 ? one : many}`;

const bytes = (size: number): string =>
  size < 1_000_000 ? `${Math.ceil(size / 1000)} kB` : `${(size / 1_000_000).toFixed(1)} MB`;
