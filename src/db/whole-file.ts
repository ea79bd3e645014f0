/** How does a file come into being whole or not at all, and never in place of another? */
import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, linkSync, lstatSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseProblem } from './database.ts';
import { errorCodes } from './storable.ts';

/** Why a copy cannot be made or used: wrong use, the answer is no, or something it depends on failed. */
export type CopyFailure = 'wrong_use' | 'no' | 'failed';

/** A backup or a restore cannot go on; the sentence names the remedy. */
export class CopyProblem extends DatabaseProblem {
  readonly failure: CopyFailure;

  constructor(failure: CopyFailure, sentence: string, options?: ErrorOptions) {
    super(sentence, options);
    this.failure = failure;
  }
}

/** What stands beside a SQLite file while it is open. */
const BESIDE = ['', '-wal', '-shm', '-journal'] as const;

/** A name beside a file that nothing has yet; what is left under such a name was ended in the middle. */
export const partOf = (file: string): string => `${file}.${randomBytes(4).toString('hex')}.part`;

/** Makes an empty file that only its owner may read: a database holds names and words of people. */
export function makePrivate(file: string): void {
  closeSync(openSync(file, 'wx', 0o600));
}

/** Takes away a SQLite file and what stands beside it, if there is any. */
export function removeFile(file: string): void {
  for (const ending of BESIDE) rmSync(file + ending, { force: true });
}

/** The leftovers of a SQLite file that is gone itself. */
export const leftBeside = (file: string): string[] =>
  BESIDE.filter((ending) => ending !== '')
    .map((ending) => file + ending)
    .filter((path) => existsSync(path));

/**
 * Whether anything has this name, a link to nowhere included.
 *
 * @throws {CopyProblem} when nothing can have it
 */
export function isTaken(file: string): boolean {
  try {
    return lstatSync(file, { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    throw fileProblem(error, file) ?? error;
  }
}

/**
 * Gives a file that is written to its end its name, once it is safely on the disk.
 *
 * @throws {CopyProblem} when something has that name; the file stays where it was
 */
export function putInPlace(part: string, file: string): void {
  sync(part);
  try {
    // Unlike renaming, linking fails where something is already.
    linkSync(part, file);
    rmSync(part);
  } catch (error) {
    if (isTaken(file)) throw taken(file);
    if (!errorCodes(error).some((code) => /^(?:EPERM|ENOTSUP|EOPNOTSUPP|ENOSYS|EMLINK)$/.test(code)))
      throw error;
    renameSync(part, file);
  }
  sync(dirname(file));
}

/** What is said where a file would be written over. */
export const taken = (file: string): CopyProblem =>
  new CopyProblem('wrong_use', `${file} is there already and is not written over; name another file.`);

function sync(path: string): void {
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** What people can mend about reading or writing a file, as a sentence; null for anything else. */
export function fileProblem(error: unknown, file: string): CopyProblem | null {
  if (error instanceof CopyProblem) return error;
  const codes = errorCodes(error);
  const is = (pattern: RegExp) => codes.some((code) => pattern.test(code));
  const problem = (failure: CopyFailure, sentence: string) =>
    new CopyProblem(failure, sentence, { cause: error });
  if (is(/^(?:ENOSPC|EFBIG|EDQUOT|SQLITE_FULL)$/))
    return problem(
      'failed',
      `There is no room for ${file}; free some space, or name a file on another disk.`,
    );
  if (is(/^(?:ENOENT|ENOTDIR|EEXIST)$/))
    return problem('wrong_use', `There is no folder ${dirname(file)}; make it, or check the path.`);
  if (is(/^(?:EACCES|EPERM|EROFS|SQLITE_READONLY\w*)$/))
    return problem('wrong_use', `${file} may not be read or written by this user; change the permissions.`);
  if (is(/^(?:ENAMETOOLONG|ERR_INVALID_ARG_VALUE)$/))
    return problem('wrong_use', 'That is no name for a file; name a shorter one.');
  if (is(/^(?:EIO|SQLITE_IOERR\w*|SQLITE_CANTOPEN\w*)$/))
    return problem('failed', `${file} could not be written or read (${codes.join(', ')}); check its disk.`);
  if (is(/^(?:SQLITE_CORRUPT\w*|SQLITE_NOTADB)$/))
    return problem('no', `${file} is damaged (${codes.join(', ')}); use another backup.`);
  return null;
}
