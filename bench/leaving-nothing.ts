/** How does work that starts servers and makes files end without leaving any behind, whatever happens? */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Takes note of what is to be undone at the end. */
export type AtTheEnd = (undo: () => unknown) => void;

/** Runs `work` with a folder of its own; what it noted is undone in reverse order, also after a failure. */
export async function leavingNothing<Result>(
  work: (folder: string, atTheEnd: AtTheEnd) => Promise<Result>,
): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'pilotage-bench-'));
  const undo: (() => unknown)[] = [() => rmSync(folder, { recursive: true, force: true })];
  try {
    return await work(folder, (step) => undo.push(step));
  } finally {
    for (const step of undo.reverse()) await step();
  }
}
