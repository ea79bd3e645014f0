/** How is memory given back that only starting needed? */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * Collects garbage once. Reading the program in leaves about 20 MB behind, and an app that has little to do makes so
 * little garbage of its own that V8 would keep them for hours.
 */
export function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  setFlagsFromString('--no-expose-gc');
  collect();
}
