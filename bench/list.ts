/** Which benchmarks are there? */
import type { Bench } from './bench.ts';
import { evaluate } from './evaluate.ts';
import { importing } from './import.ts';
import { page } from './page.ts';
import { pagePress } from './page-press.ts';
import { press } from './press.ts';
import { show } from './show.ts';
import { start } from './start.ts';

export const BENCHES: readonly Bench<unknown>[] = [show, press, start, evaluate, page, pagePress, importing];
