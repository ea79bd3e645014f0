/** Which benchmarks are there? This is what `npm run bench` starts. */
import { evaluate } from './evaluate.ts';
import { press } from './press.ts';
import { runBenches } from './run.ts';
import { show } from './show.ts';
import { start } from './start.ts';

process.exitCode = await runBenches(process.argv.slice(2), [show, press, start, evaluate], {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
});
