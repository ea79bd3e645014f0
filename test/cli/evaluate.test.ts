import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { call } from './call.ts';

const VECTORS = fileURLToPath(new URL('../vectors/evaluation.json', import.meta.url));

interface Vector {
  readonly id: string;
  readonly expected: Readonly<Record<string, unknown>>;
}

const CASE = {
  criterion: { kind: 'at_most', target: 10, unit: 'min' },
  calendar: { start: '2026-01-05', deadline: '2026-03-29' },
  observations: [
    { end: '2026-01-12', value: 9 },
    { end: '2026-01-19', value: 8 },
  ],
  now: '2026-01-20T09:00:00Z',
};

const evaluate = async (stdin: string | Uint8Array, ...args: string[]) => {
  const called = await call(['evaluate', ...args], { stdin });
  const lines = called.out.split('\n').filter((line) => line !== '');
  return { ...called, answers: lines.map((line) => JSON.parse(line) as Record<string, unknown>) };
};

describe('the shared vectors', () => {
  const { vectors } = JSON.parse(readFileSync(VECTORS, 'utf8')) as { vectors: Vector[] };

  it('are 73, and each gets one line with what is expected of it', async () => {
    const { code, err, answers } = await evaluate('', VECTORS);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(answers.map(({ id }) => id)).toEqual(vectors.map(({ id }) => id));
    expect(answers).toHaveLength(73);
    const verdicts = answers.map(({ id, verdict, error }) => [id, verdict ?? error]);
    expect(verdicts).toEqual(
      vectors.map(({ id, expected }) => [id, expected['verdict'] ?? expected['error']]),
    );
  });
});

describe('one case', () => {
  it('is read from standard input when no file is named', async () => {
    const { code, answers } = await evaluate(JSON.stringify(CASE));
    expect(code).toBe(0);
    expect(answers).toMatchObject([{ id: null, verdict: 'met', value: 8, goal: 10, phase: 'live' }]);
    expect((await evaluate(JSON.stringify(CASE), '-')).answers).toEqual(answers);
  });

  it('has every key of the answer, with null for what is not defined', async () => {
    const { answers } = await evaluate(JSON.stringify({ ...CASE, observations: [] }));
    expect(Object.keys(answers[0] ?? {})).toEqual([
      'id',
      'verdict',
      'value',
      'goal',
      'progress',
      'expected_progress',
      'phase',
      'last_known',
      'forecast',
      'reason',
      'reasons',
      'sentence',
      'display',
    ]);
    expect(answers[0]).toMatchObject({ value: null, forecast: null });
  });

  it('is answered in JSON whether or not that is asked for', async () => {
    const asked = await evaluate(JSON.stringify(CASE), '--json');
    expect(asked).toEqual(await evaluate(JSON.stringify(CASE)));
  });

  it('may come with a byte order mark', async () => {
    expect((await evaluate(`\ufeff${JSON.stringify(CASE)}`)).code).toBe(0);
  });

  it('whose definition is refused is answered', async () => {
    const refused = { ...CASE, criterion: { kind: 'increase_pct', target: 10, baseline: 0, unit: 'min' } };
    const { code, answers } = await evaluate(JSON.stringify({ ...refused, id: 'x' }));
    expect({ code, answers }).toEqual({ code: 0, answers: [{ id: 'x', error: 'PCT_OF_ZERO_BASELINE' }] });
  });

  it('is judged by its numbers as they are written, not as doubles hold them', async () => {
    const written = (value: string) =>
      JSON.stringify({ ...CASE, now: '2026-01-13T09:00:00Z', id: 'a' })
        .replace('"target":10', '"target":10,"min_periods":1')
        .replace('"value":9', `"value":${value}`);
    const verdict = async (value: string) => (await evaluate(written(value))).answers[0];
    expect(await verdict('10.00000000000000000000')).toMatchObject({ id: 'a', verdict: 'met' });
    expect(await verdict('10.00000000000000000001')).toMatchObject({ id: 'a', verdict: 'at_risk' });
    expect((await verdict('1e400'))?.['message']).toBe(
      '$.observations[0].value: "1e400" is larger or finer than any number that can be meant; use another unit',
    );
  });

  it('with a name that stands twice is refused, and the others are answered', async () => {
    const one = JSON.stringify(CASE);
    const twice = one.replace('"value":9', '"value":9,"value":1');
    const { code, answers } = await evaluate(
      `{"vectors": [{"id": "a", "input": ${one}, "note": {"x": 1, "x": 2}}, {"id": "b", "input": ${twice}}]}`,
    );
    expect(code).toBe(1);
    expect(answers).toMatchObject([
      { id: 'a', verdict: 'met' },
      {
        id: 'b',
        error: 'INVALID_INPUT',
        message: '$.vectors[1].input.observations[0]: "value" stands there twice; keep one',
      },
    ]);
    expect((await evaluate(twice)).answers).toMatchObject([
      { error: 'INVALID_INPUT', message: '$.observations[0]: "value" stands there twice; keep one' },
    ]);
    expect(await evaluate(`{"defaults": {}, "defaults": {}, "vectors": [${one}]}`)).toMatchObject({
      code: 2,
      out: '',
      err: 'Standard input has "defaults" twice in one object. Keep one.\n',
    });
  });

  it('that cannot be read is named with its place, and the others are answered', async () => {
    const vectors = [
      { id: 'a', input: CASE },
      { id: 'b', input: { ...CASE, now: 'yesterday' } },
      { id: 'c', input: { ...CASE, colour: 1 } },
      { id: 'd', input: CASE },
    ];
    const { code, answers } = await evaluate(JSON.stringify({ defaults: {}, vectors }));
    expect(code).toBe(1);
    expect(answers.map(({ id, error }) => [id, error])).toEqual([
      ['a', undefined],
      ['b', 'INVALID_INPUT'],
      ['c', 'INVALID_INPUT'],
      ['d', undefined],
    ]);
    expect(answers[1]?.['message']).toMatch(/^\$\.vectors\[1\]\.input\.now: /);
    expect(answers[2]?.['message']).toContain('"colour"');
  });
});

describe('what is no case', () => {
  it.each([
    ['cut off', '{"criterion": {'],
    ['empty', ''],
    ['hostile', '\u001b[31m\u202e{'],
  ])('is refused when it is %s', async (_, stdin) => {
    const { code, out, err } = await evaluate(stdin);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(
      /^Standard input is not JSON: [^\n]+ "pilotage evaluate --help" shows what is read\.\n$/,
    );
    expect(err.trimEnd()).not.toMatch(/[\p{Cc}\u202e]/u);
  });

  it('is refused when it is no text', async () => {
    const { code, err } = await evaluate(Buffer.from('{"id": "caf\xe9"}', 'latin1'));
    expect({ code, err }).toEqual({
      code: 2,
      err: 'Line 1, character 12 is not UTF-8. Save the file as UTF-8.\n',
    });
  });

  it('is refused when it is not there', async () => {
    expect(await evaluate('', '/nowhere/cases.json')).toMatchObject({
      code: 2,
      err: 'There is no file /nowhere/cases.json; check the path.\n',
    });
  });

  it('is named by its file', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'pilotage-evaluate-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const path = join(folder, 'cases.json');
    writeFileSync(path, 'no');
    expect((await evaluate('', path)).err).toContain(`${path} is not JSON`);
  });
});
