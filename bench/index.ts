/** What does `npm run bench` do: measure, print, and with `--check` say whether the budgets are met? */
import { parseArgs } from 'node:util';
import { type Bench, FAIR, type Run } from './bench.ts';
import { exitCode, judge } from './judge.ts';
import { type Result, surroundings, table } from './report.ts';
import { evaluate } from './evaluate.ts';
import { press } from './press.ts';
import { show } from './show.ts';
import { start } from './start.ts';

const BENCHES: readonly Bench<unknown>[] = [show, press, start, evaluate];

const HELP = `npm run bench -- [options]

  --check       end with 1 when a ratio or a memory budget is missed
  --quick       fewer rounds and requests
  --only NAME   one benchmark (may be given several times): ${BENCHES.map(({ name }) => name).join(', ')}
  --json        print JSON instead of tables
  --slow MS     make the subjects slower on purpose: milliseconds of work at every request, start or portion
  --heavy MB    make the subjects hold so many megabytes more
`;

async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      check: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
      only: { type: 'string', multiple: true, default: [] },
      json: { type: 'boolean', default: false },
      slow: { type: 'string', default: '0' },
      heavy: { type: 'string', default: '0' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const unknown = values.only.filter((name) => !BENCHES.some((bench) => bench.name === name));
  if (unknown.length > 0) {
    process.stderr.write(`There is no benchmark ${unknown.join(', ')}; there are ${BENCHES.map(({ name }) => name).join(', ')}.\n`);
    return 2;
  }
  const run: Run = {
    subject: { slowMs: Number(values.slow), heavyMb: Number(values.heavy) },
    floor: FAIR,
    say: (words) => void process.stderr.write(`  ${words}\n`),
  };
  const around = surroundings();
  const results: Result[] = [];
  for (const bench of BENCHES.filter(({ name }) => values.only.length === 0 || values.only.includes(name))) {
    process.stderr.write(`${bench.name}\n`);
    const figures = await bench.measure(values.quick ? bench.quick : bench.full, run);
    const result = { bench, figures, judgements: judge(bench, figures) };
    results.push(result);
    if (!values.json) process.stdout.write(`${table(result)}\n`);
  }
  if (values.json) process.stdout.write(`${JSON.stringify({ around, results }, null, 2)}\n`);
  return values.check ? exitCode(results.flatMap(({ judgements }) => judgements)) : 0;
}

process.exitCode = await main(process.argv.slice(2));
