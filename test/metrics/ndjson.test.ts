import { describe, expect, it } from 'vitest';
import { ndjson } from '../../src/metrics/ndjson.ts';
import { metricSourceContract, rowsOf } from '../contracts/metric-source.ts';

metricSourceContract({
  source: ndjson,
  write: (rows) => rows.map((row) => `${JSON.stringify(row)}\n`).join(''),
  firstLine: 1,
  broken: '{"pilot": "claims", "met',
});

const read = async (line: string) => {
  const row = (await rowsOf(ndjson, line))[0];
  return row !== undefined && 'given' in row ? row.given : row?.problem;
};

describe('a line', () => {
  it('keeps numbers as they are written', async () => {
    expect(await read('{"value": 12.50, "n": 430, "num": 1e400, "den": 12345678901234567890}')).toEqual({
      value: '12.50',
      n: '430',
      num: '1e400',
      den: '12345678901234567890',
    });
  });

  it('may hold raw values as a list, a yes as true, and null for nothing', async () => {
    expect(await read('{"raw": [1, "2.5", 3], "value": true, "unit": null}')).toEqual({
      raw: ['1', '2.5', '3'],
      value: 'true',
      unit: '',
    });
  });

  it('with a name that stands twice is refused, whichever way it is written', async () => {
    const twice = { code: 'repeated_columns', names: ['value'] };
    expect(await read('{"value": 1, "value": 2}')).toEqual(twice);
    expect(await read('{"value": 1, "source": "a:b", "value" : 1}')).toEqual(twice);
    expect(await read('{"value": 1, "source": "\\"value\\": 2", "evidence": "https://example.com"}')).toEqual(
      {
        value: '1',
        source: '"value": 2',
        evidence: 'https://example.com',
      },
    );
  });

  it('is left out when it is blank', async () => {
    const rows = await rowsOf(ndjson, '\n  \n{"pilot": "a"}\n');
    expect(rows).toEqual([{ line: 3, given: { pilot: 'a' } }]);
  });

  it.each([
    ['a field nobody knows', '{"pilot": "a", "colour": 1}', { code: 'unknown_fields', names: ['colour'] }],
    [
      'names that objects have by themselves',
      '{"__proto__": 1, "constructor": 2}',
      { code: 'unknown_fields', names: ['__proto__', 'constructor'] },
    ],
    ['a field under two names', '{"day": "a", "date": "b"}', { code: 'repeated_columns', names: ['date'] }],
    [
      'an object as a value',
      '{"value": {"a": 1}}',
      { code: 'wrong_kind', name: 'value', given: '{"a":"1"}' },
    ],
    ['a list outside of raw', '{"value": [1]}', { code: 'wrong_kind', name: 'value', given: '["1"]' }],
    ['a list in raw', '{"raw": [[1]]}', { code: 'wrong_kind', name: 'raw', given: '[["1"]]' }],
    ['a number', '12', { code: 'not_an_object', given: '12' }],
    ['a text', '"a"', { code: 'not_an_object', given: '"a"' }],
  ])('with %s is refused', async (_, line, problem) => {
    expect(await read(line)).toEqual(problem);
  });

  it.each([
    '{"pilot": "a',
    '{"pilot"}',
    `${'['.repeat(10)}`,
    `{"raw":${'['.repeat(100_000)}`,
  ])('cut in the middle is refused: %.20s', async (line) => {
    expect(await read(line)).toMatchObject({ code: line.startsWith('[') ? 'a_list' : 'not_json' });
  });
});

it('a list over several lines is refused as a whole', async () => {
  expect(await rowsOf(ndjson, '[\n{"pilot": "a"},\n{"pilot": "b"}\n]\n')).toEqual([
    { line: 1, problem: { code: 'a_list' }, stops: true },
  ]);
});
