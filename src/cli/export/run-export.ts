/** How do the files of an export get to standard output, or into a folder that is complete or not there? */
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { ExportScope } from '../../db/export.ts';
import { requireMigrated } from '../../db/migrate.ts';
import { pilotByKey } from '../../db/queries/pilots.ts';
import { openSnapshot } from '../../db/snapshot.ts';
import { CopyProblem, fileProblem } from '../../db/whole-file.ts';
import { type FilePiece, writeExport } from '../../features/export-data/write-export.ts';
import type { ExportFormat } from '../../features/export-task.ts';
import { quoted } from '../../views/quoted-text.ts';
import { CliProblem, configOf, type ExitCode, type Terminal, withDatabase } from '../command.ts';
import { amount } from '../copy.ts';
import { chooseWorkspace } from '../import/choose-workspace.ts';

/** How an export can be asked for. */
export interface ExportOptions {
  readonly format: ExportFormat;
  readonly pilot?: string;
  readonly workspace?: string;
  readonly out?: string;
}

/**
 * Hands out a workspace or one pilot of it.
 *
 * @throws {CliProblem} for what people can mend
 */
export async function runExport(terminal: Terminal, options: ExportOptions): Promise<ExitCode> {
  const { format, out } = options;
  if (format === 'csv' && out === undefined)
    throw new CliProblem('CSV is several files; add --out with the folder they are to be in.', 2);
  if (out !== undefined) requireEmpty(out);
  const scope = await withDatabase(terminal, 'tool', async (db): Promise<ExportScope> => {
    await requireMigrated(db);
    const { id: workspace } = await chooseWorkspace(db, options.workspace);
    if (options.pilot === undefined) return { workspace, pilots: null };
    const facts = await pilotByKey(db, workspace, options.pilot);
    if (facts === null)
      throw new CliProblem(`There is no pilot ${quoted(options.pilot)}; /pilot list shows the keys.`, 2);
    return { workspace, pilots: [[facts.pilot.id, 'all']] };
  });
  const snapshot = await openSnapshot(configOf(terminal, 'database').databaseUrl);
  try {
    const pieces = writeExport(snapshot, scope, format);
    if (out === undefined) {
      for await (const { text } of pieces) terminal.out(text);
      return 0;
    }
    const files = await intoFolder(out, pieces);
    terminal.out(`Written to ${out}: ${amount(files, 'file', 'files')}.\n`);
    return 0;
  } finally {
    await snapshot.close();
  }
}

function requireEmpty(out: string): void {
  try {
    const facts = statSync(out, { throwIfNoEntry: false });
    if (facts === undefined) return;
    if (!facts.isDirectory())
      throw new CliProblem(`${out} is a file; name a folder that is empty or not there yet.`, 2);
    if (readdirSync(out).length === 0) return;
  } catch (error) {
    throw toProblem(error, out);
  }
  throw new CliProblem(`${out} is not empty, and nothing in it is written over; name another folder.`, 2);
}

/** Writes beside the folder and gives it its name at the end; the files may be read by their owner only. */
async function intoFolder(out: string, pieces: AsyncIterable<FilePiece>): Promise<number> {
  const part = `${resolve(out)}.${randomBytes(4).toString('hex')}.part`;
  const open = new Map<string, number>();
  const handleOf = (file: string): number => {
    const known = open.get(file);
    if (known !== undefined) return known;
    const handle = openSync(join(part, file), 'wx', 0o600);
    open.set(file, handle);
    return handle;
  };
  try {
    mkdirSync(dirname(part), { recursive: true });
    mkdirSync(part, { mode: 0o700 });
    for await (const { file, text } of pieces) writeWhole(handleOf(file), text);
    renameSync(part, resolve(out));
    return open.size;
  } catch (error) {
    throw toProblem(error, out);
  } finally {
    for (const handle of open.values()) closeSync(handle);
    rmSync(part, { recursive: true, force: true });
  }
}

function writeWhole(handle: number, text: string): void {
  const bytes = Buffer.from(text);
  // On a disk that is nearly full, the rest is what fails.
  for (let from = 0; from < bytes.length; from += writeSync(handle, bytes, from));
}

function toProblem(error: unknown, out: string): unknown {
  if (error instanceof CliProblem) return error;
  const problem = fileProblem(error, out);
  if (problem === null) return error;
  return new CliProblem(
    problem.message,
    problem instanceof CopyProblem && problem.failure === 'failed' ? 3 : 2,
    {
      cause: error,
    },
  );
}
