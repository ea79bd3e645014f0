/** What is in a file that somebody names, before a single row of it is looked at? */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { keptLine, LONGEST } from '../core/incoming-text.ts';
import { decodeText, Undecodable } from '../metrics/decode.ts';
import { encodingProblemText } from '../views/source-problem-text.ts';
import { CliProblem, type Terminal } from './command.ts';

/** The largest file that is read, in bytes. */
export const LARGEST_FILE = 50_000_000;

/** As much as is read at once: text of this length is given back sooner than longer text. */
const CHUNK = 1 << 16;

/** A file that holds text and can be read again and again. */
export interface InputFile {
  /** Its name without the folder. */
  readonly name: string;
  readonly size: number;
  /** SHA-256 of its bytes, in hexadecimal. */
  readonly sha256: string;
  /** All of them, in chunks. A chunk is only good until the next one is asked for. */
  bytes(): AsyncIterable<Uint8Array>;
}

/**
 * Reads a file, or standard input for `-`, once: is it there, is it small enough, is all of it text?
 *
 * @param remedy what helps where it is no text; left out, what helps with a table
 * @throws {CliProblem} with exit code 2 when there is no such file, 1 when it cannot be read as text
 */
export async function openInput(terminal: Terminal, path: string, remedy?: string): Promise<InputFile> {
  const bytes = path === '-' ? await keepAll(terminal.stdin()) : await fileBytes(path);
  const hash = createHash('sha256');
  let size = 0;
  async function* watched(): AsyncGenerator<Uint8Array> {
    for await (const chunk of bytes()) {
      hash.update(chunk);
      size += chunk.length;
      if (size > LARGEST_FILE) throw tooLarge(size);
      yield chunk;
    }
  }
  try {
    for await (const _ of decodeText(watched()));
  } catch (error) {
    throw unreadable(error, path, remedy);
  }
  const name = path === '-' ? 'standard input' : keptLine(basename(path)).slice(0, LONGEST.source);
  return { name, size, sha256: hash.digest('hex'), bytes };
}

async function fileBytes(path: string): Promise<() => AsyncIterable<Uint8Array>> {
  const facts = await stat(path).catch((error: unknown) => {
    throw unreadable(error, path);
  });
  if (facts.isDirectory()) throw new CliProblem(`${path} is a folder; name the file in it.`, 2);
  if (facts.size > LARGEST_FILE) throw tooLarge(facts.size);
  // A pipe or a device can be read once only.
  if (!facts.isFile()) return keepAll(createReadStream(path));
  return () => chunksOf(path);
}

/** The same few bytes of memory again and again: given back one by one, a large file's chunks would take as much as it has. */
async function* chunksOf(path: string): AsyncGenerator<Uint8Array> {
  const file = await open(path);
  try {
    const chunk = new Uint8Array(CHUNK);
    for (;;) {
      const { bytesRead } = await file.read(chunk, 0, CHUNK);
      if (bytesRead === 0) return;
      yield chunk.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

async function keepAll(stream: AsyncIterable<Uint8Array>): Promise<() => AsyncIterable<Uint8Array>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size > LARGEST_FILE) throw tooLarge(size);
    chunks.push(chunk);
  }
  return async function* () {
    yield* chunks;
  };
}

function tooLarge(size: number): CliProblem {
  const megabytes = Math.ceil(size / 1_000_000);
  return new CliProblem(
    `The file has ${megabytes} MB or more; ${LARGEST_FILE / 1_000_000} MB can be read at once. Split it into several.`,
    1,
  );
}

/** What people can mend, in a sentence; anything else stays as it is. */
function unreadable(error: unknown, path: string, remedy?: string): unknown {
  if (error instanceof Undecodable) return new CliProblem(encodingProblemText(error.problem, remedy), 1);
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return new CliProblem(`There is no file ${path}; check the path.`, 2);
  if (code === 'EACCES' || code === 'EPERM')
    return new CliProblem(`${path} may not be read by this user; change its permissions.`, 2);
  return error;
}
