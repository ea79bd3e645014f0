/** How does work that starts servers and makes files end without leaving any behind, whatever happens? */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Takes note of what is to be undone at the end. */
export type AtTheEnd = (undo: () => unknown) => void;

const folders = new Set<string>();
process.once('exit', () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});
// Ended from outside, the process ends by itself, so that what is to happen at its exit happens.
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)
  process.once(signal, () => process.exit(code));

/** Runs `work` with a folder of its own; what it noted is undone in reverse order, also after a failure. */
export async function leavingNothing<Result>(
  work: (folder: string, atTheEnd: AtTheEnd) => Promise<Result>,
): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'pilotage-bench-'));
  folders.add(folder);
  const undo: (() => unknown)[] = [
    () => {
      rmSync(folder, { recursive: true, force: true });
      folders.delete(folder);
    },
  ];
  try {
    return await work(folder, (step) => undo.push(step));
  } finally {
    for (const step of undo.reverse()) await step();
  }
}
