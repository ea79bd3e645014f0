import { describe, expect, it } from 'vitest';
import type { Bench, Figure, Run } from '../../bench/bench.ts';
import { runBenches } from '../../bench/run.ts';

/** A benchmark that measures what it is told to, one entry for each time it is asked. */
function scripted(name: string, ratios: readonly number[]) {
  const asked: { effort: string; run: Run }[] = [];
  const bench: Bench<string> = {
    name,
    what: `what ${name} measures`,
    floor: 'the least',
    subject: 'ours',
    budgets: [{ figure: 'time', compare: 'ratio', at: 'most', limit: 2 }],
    notes: ['To know.'],
    full: 'full',
    quick: 'quick',
    async measure(effort, run): Promise<readonly Figure[]> {
      asked.push({ effort, run });
      return [{ name: 'time', unit: 'ms', floor: [10], subject: [10 * (ratios[asked.length - 1] ?? 1)] }];
    },
  };
  return { bench, asked };
}

async function run(args: string[], ...benches: { bench: Bench<string> }[]) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await runBenches(
    args,
    benches.map(({ bench }) => bench as Bench<unknown>),
    { out: (text) => void out.push(text), err: (text) => void err.push(text) },
  );
  return { code, out: out.join(''), err: err.join('') };
}

describe('npm run bench', () => {
  it('prints figures, comparison and budget of every benchmark', async () => {
    const { code, out } = await run([], scripted('one', [1.5]), scripted('two', [2.5]));
    expect(code).toBe(0);
    expect(out).toContain('one: what one measures');
    expect(out).toMatch(/time +10\.0 ms +15\.0 ms +1\.50× +≤ 2\.00× +met\n/);
    expect(out).toMatch(/time +10\.0 ms +25\.0 ms +2\.50× +≤ 2\.00× +missed\n/);
    expect(out).toContain('1 of 2 checked budgets are met.');
  });

  it('prints JSON and nothing else when asked', async () => {
    const { out } = await run(['--json'], scripted('one', [1.5]));
    expect(JSON.parse(out)).toMatchObject({
      around: { node: process.version },
      results: [{ bench: { name: 'one' }, judgements: [{ value: 1.5, met: true, checked: true }] }],
    });
  });

  it('measures less when asked to be quick, and only what is named', async () => {
    const [one, two] = [scripted('one', [1]), scripted('two', [1])];
    await run(['--quick', '--only', 'two'], one, two);
    expect(one.asked).toEqual([]);
    expect(two.asked.map(({ effort }) => effort)).toEqual(['quick']);
  });

  it('hands the handicap to the subject and leaves the floor alone', async () => {
    const one = scripted('one', [1]);
    await run(['--slow', '20', '--heavy', '100'], one);
    expect(one.asked[0]?.run).toMatchObject({
      subject: { slowMs: 20, heavyMb: 100 },
      floor: { slowMs: 0, heavyMb: 0 },
    });
  });
});

describe('--check', () => {
  it('ends with 1 when a budget is missed twice', async () => {
    const one = scripted('one', [3, 3]);
    expect((await run(['--check'], one)).code).toBe(1);
    expect(one.asked.length).toBe(2);
  });

  it('forgives one miss', async () => {
    const one = scripted('one', [3, 1]);
    expect((await run(['--check'], one)).code).toBe(0);
  });

  it('does not measure again what was met', async () => {
    const one = scripted('one', [1, 3]);
    expect((await run(['--check'], one)).code).toBe(0);
    expect(one.asked.length).toBe(1);
  });

  it('is what fails: without it a miss is only printed', async () => {
    expect((await run([], scripted('one', [3]))).code).toBe(0);
  });
});

describe('wrong use', () => {
  it.each([
    [['--only', 'three'], 'There is no benchmark "three"; there are one.'],
    [['--slow', 'much'], '--slow much is not a number like 20.'],
    [['--fast'], "Unknown option '--fast'"],
  ])('%s is answered in a sentence', async (args, sentence) => {
    const one = scripted('one', [1]);
    const { code, out, err } = await run(args, one);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toContain(sentence);
    expect(one.asked).toEqual([]);
  });

  it('help names every option', async () => {
    const { code, out } = await run(['--help'], scripted('one', []));
    expect(code).toBe(0);
    for (const option of ['--check', '--quick', '--only', '--json', '--slow', '--heavy'])
      expect(out).toContain(option);
  });
});
