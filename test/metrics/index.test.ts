import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { rowsOf, sources } from '../../src/metrics/index.ts';

async function read(text: string, ...cuts: readonly number[]) {
  async function* bytes() {
    const all = new TextEncoder().encode(text);
    for (const [at, from] of [0, ...cuts].entries()) yield all.subarray(from, cuts[at] ?? all.length);
  }
  const rows: unknown[] = [];
  for await (const part of rowsOf(bytes())) for (const row of part) rows.push(row);
  return rows;
}

const FIELDS = { pilot: 'a', metric: 'b', end: '2026-01-12', value: '1' };

describe('a file', () => {
  it('that begins with a brace is JSON lines, whatever stands before the brace', async () => {
    const line = JSON.stringify(FIELDS);
    expect(await read(line)).toEqual([{ line: 1, given: FIELDS }]);
    expect(await read(`\n \n${line}`, 2)).toEqual([{ line: 3, given: FIELDS }]);
  });

  it('that begins with anything else is CSV', async () => {
    expect(await read('pilot,metric,end,value\na,b,2026-01-12,1\n')).toEqual([{ line: 2, given: FIELDS }]);
  });

  it('without anything in it is named', async () => {
    expect(await read('')).toEqual([{ line: 1, problem: { code: 'empty' }, stops: true }]);
    expect(await read(' \n ', 1)).toMatchObject([{ problem: { code: 'empty' } }]);
  });
});

describe('every source', () => {
  it.each(sources.map(({ name }) => name))('%s has a test that calls the contract', (name) => {
    const file = new URL(`${name}.test.ts`, import.meta.url);
    expect(existsSync(file)).toBe(true);
    expect(readFileSync(file, 'utf8')).toMatch(/^metricSourceContract\(/m);
  });
});
