/** What does `npm run bench` start? */
import { BENCHES } from './list.ts';
import { runBenches } from './run.ts';

process.exitCode = await runBenches(process.argv.slice(2), BENCHES, {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
});
