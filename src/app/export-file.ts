/** Where is the file of an export made, so that nobody waits for it? */
import type { Database } from '../db/database.ts';
import { snapshotInPlace } from '../db/snapshot.ts';
import type { ExportTask } from '../features/export-task.ts';
import type { LongWork } from '../features/feature.ts';
import { exportedBytes } from './exported-bytes.ts';

/** Up to so many pilots are read here: beginning a thread would take longer. */
const FEW = 20;

/** Makes the file of an export: a small one here, a large one where long work is done. */
export async function exportFile(
  db: Database,
  longWork: LongWork | null,
  task: ExportTask,
): Promise<Uint8Array> {
  const { pilots } = task.scope;
  const isSmall = pilots !== null && pilots.length <= FEW;
  if (longWork !== null && !isSmall) return longWork.exportFile(task);
  const pieces: Uint8Array[] = [];
  for await (const bytes of exportedBytes(db.url ?? snapshotInPlace(db), task)) pieces.push(bytes);
  return Buffer.concat(pieces);
}
