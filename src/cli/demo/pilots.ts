/** Which pilots live in the demo? */
import type { DemoPilot } from './demo-pilot.ts';
import { pilotsThatMakeIt } from './pilots-that-make-it.ts';
import { pilotsThatStall } from './pilots-that-stall.ts';

/** Two that keep their promise, and one for each way in which pilots die. */
export const demoPilots: readonly DemoPilot[] = [...pilotsThatMakeIt, ...pilotsThatStall];
