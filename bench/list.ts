/** Which benchmarks are there? */
import type { Bench } from './bench.ts';
import { drain } from './drain.ts';
import { evaluate } from './evaluate.ts';
import { importing } from './import.ts';
import { page } from './page.ts';
import { pagePostgres } from './page-postgres.ts';
import { pagePress } from './page-press.ts';
import { press } from './press.ts';
import { show } from './show.ts';
import { stall } from './stall.ts';
import { start } from './start.ts';
import { tick } from './tick.ts';

export const BENCHES: readonly Bench<unknown>[] = [
  show,
  press,
  start,
  evaluate,
  stall,
  tick,
  drain,
  page,
  pagePostgres,
  pagePress,
  importing,
];
