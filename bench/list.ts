/** Which benchmarks are there? */
import type { Bench } from './bench.ts';
import { evaluate } from './evaluate.ts';
import { press } from './press.ts';
import { show } from './show.ts';
import { stall } from './stall.ts';
import { start } from './start.ts';

export const BENCHES: readonly Bench<unknown>[] = [show, press, start, evaluate, stall];
