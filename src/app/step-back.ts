/** How does what works for long let those go first who wait for an answer? */
import { constants, setPriority } from 'node:os';

/**
 * Gives way, with the thread it is called in, to everything else on this machine. Elsewhere than on Linux it would slow the
 * whole process down, the app's answers included, so there it does nothing.
 */
export function stepBack(): void {
  if (process.platform !== 'linux') return;
  try {
    setPriority(constants.priority.PRIORITY_LOW);
  } catch {
    // Where it is forbidden, the work is done at the pace of everything else.
  }
}
