/** What does `npm run bench` do with its arguments: measure, print, and with `--check` say whether the budgets are met? */
import { parseArgs } from 'node:util';
import { type Bench, FAIR, type Run } from './bench.ts';
import { exitCode, type Judgement, judge } from './judge.ts';
import { type Result, surroundings, table } from './report.ts';

/** Where the words go. */
export interface Output {
  /** What was measured. */
  out(text: string): void;
  /** What is going on, and what went wrong. */
  err(text: string): void;
}

type Benches = readonly Bench<unknown>[];

/** Runs the benchmarks that are asked for; the exit code of the process. */
export async function runBenches(args: readonly string[], benches: Benches, output: Output): Promise<number> {
  const options = readOptions(args, benches);
  if (typeof options === 'string') {
    output.err(`${options} Add --help to see what is possible.\n`);
    return 2;
  }
  if (options.help) {
    output.out(help(benches));
    return 0;
  }
  const around = surroundings();
  const results: Result[] = [];
  for (const bench of options.benches) {
    output.err(`${bench.name}\n`);
    const run: Run = {
      subject: { slowMs: options.slowMs, heavyMb: options.heavyMb },
      floor: FAIR,
      say: (words) => output.err(`  ${words}\n`),
    };
    const result = await measured(bench, options, run);
    results.push(result);
    if (!options.json) output.out(`${table(result)}\n`);
  }
  const judgements = results.flatMap((result) => result.judgements);
  output.out(
    options.json ? `${JSON.stringify({ around, results }, null, 2)}\n` : `${closing(around, judgements)}\n`,
  );
  return options.check ? exitCode(judgements) : 0;
}

interface Options {
  readonly benches: Benches;
  readonly check: boolean;
  readonly quick: boolean;
  readonly json: boolean;
  readonly help: boolean;
  readonly slowMs: number;
  readonly heavyMb: number;
}

/** The options, or a sentence that says what is wrong with them. */
function readOptions(args: readonly string[], benches: Benches): Options | string {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        check: { type: 'boolean', default: false },
        quick: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
        only: { type: 'string', multiple: true, default: [] },
        slow: { type: 'string', default: '0' },
        heavy: { type: 'string', default: '0' },
      },
    });
    const { only, slow, heavy, ...flags } = values;
    const unknown = only.find((name) => !benches.some((bench) => bench.name === name));
    if (unknown !== undefined) return `There is no benchmark "${unknown}"; there are ${namesOf(benches)}.`;
    for (const [name, typed] of Object.entries({ slow, heavy })) {
      if (!/^\d{1,5}(\.\d+)?$/.test(typed)) return `--${name} ${typed} is not a number like 20.`;
    }
    const chosen = only.length === 0 ? benches : benches.filter(({ name }) => only.includes(name));
    return { ...flags, benches: chosen, slowMs: Number(slow), heavyMb: Number(heavy) };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** One benchmark, measured and judged. With `--check` it may miss a budget once: it is measured again, and that counts. */
async function measured(bench: Bench<unknown>, { check, quick }: Options, run: Run): Promise<Result> {
  const once = async (): Promise<Result> => {
    const figures = await bench.measure(quick ? bench.quick : bench.full, run);
    return { bench, figures, judgements: judge(bench, figures, quick) };
  };
  const first = await once();
  if (!check || exitCode(first.judgements) === 0) return first;
  run.say('a budget is missed: measuring once more, because a busy machine can do that too');
  return once();
}

function closing(
  { node, processor, cores, load }: ReturnType<typeof surroundings>,
  judgements: readonly Judgement[],
) {
  const checked = judgements.filter((judgement) => judgement.checked);
  const met = checked.filter((judgement) => judgement.met);
  return `Node ${node} on ${cores} × ${processor}, load ${load.toFixed(1)} at the beginning. ${met.length} of ${checked.length} checked budgets are met.`;
}

const namesOf = (benches: Benches): string => benches.map(({ name }) => name).join(', ');

const help = (benches: Benches): string => `npm run bench -- [options]

  --check       end with 1 when a ratio or a memory budget is missed, twice in a row
  --quick       fewer rounds and requests
  --only NAME   one benchmark: ${namesOf(benches)}; may be given several times
  --json        print JSON instead of tables
  --slow MS     slow the subjects on purpose: milliseconds of work at every request, start or portion
  --heavy MB    let the subjects hold so many megabytes more
`;
