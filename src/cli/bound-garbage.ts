/** How does work that makes garbage by the gigabyte stay small? */
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

/** In bytes: what lives for a moment only has this much room. More is hardly faster, and V8 would go on to four times as much. */
const ENOUGH = 32 * 1024 * 1024;

/** Keeps the room for short-lived objects from growing once it is large enough. To be called from time to time. */
export function boundGarbage(): void {
  const young = getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space');
  if (young !== undefined && young.space_size >= ENOUGH) setFlagsFromString('--semi-space-growth-factor=1');
}
