/** Which bytes does the file of an export have? */
import { openSnapshot, type Snapshot } from '../db/snapshot.ts';
import { writeExport } from '../features/export-data/write-export.ts';
import { type ExportTask, ExportTooLarge } from '../features/export-task.ts';
import { zip } from './zip.ts';

/**
 * The file, piece by piece, as the database is at this instant.
 *
 * @param from the address of the database, or what of it is open already
 * @throws {ExportTooLarge} as soon as there are more bytes than there may be
 */
export async function* exportedBytes(
  from: string | Snapshot,
  { scope, format, limit }: ExportTask,
): AsyncGenerator<Uint8Array> {
  const snapshot = typeof from === 'string' ? await openSnapshot(from) : from;
  try {
    let size = 0;
    for await (const bytes of zip(writeExport(snapshot, scope, format))) {
      size += bytes.length;
      if (size > limit) throw new ExportTooLarge();
      yield bytes;
    }
  } finally {
    await snapshot.close();
  }
}
