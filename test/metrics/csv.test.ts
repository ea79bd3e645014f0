import { describe, expect, it } from 'vitest';
import { csv, MOST_COLUMNS } from '../../src/metrics/csv.ts';
import { COLUMNS } from '../../src/metrics/source.ts';
import { metricSourceContract, rowsOf } from '../contracts/metric-source.ts';
import { csvOf } from '../support/csv.ts';

metricSourceContract({
  source: csv,
  write: (rows) => csvOf(Object.keys(rows[0] ?? {}), rows),
  firstLine: 2,
  broken: 'claims,cost',
});

const HEAD = 'pilot,metric,end,value';
const given = async (...pieces: string[]) =>
  (await rowsOf(csv, ...pieces)).map((row) => ('given' in row ? row.given : row.problem));
const problemOf = async (text: string) => {
  const row = (await rowsOf(csv, text)).at(-1);
  return row !== undefined && 'problem' in row ? { line: row.line, stops: row.stops, ...row.problem } : null;
};

describe('the first line', () => {
  it.each([
    [',', 'a,b,2026-01-12,"1,5"'],
    [';', 'a;b;2026-01-12;1,5'],
    ['\t', 'a\tb\t2026-01-12\t1,5'],
  ])('shows that cells are apart by %j', async (delimiter, row) => {
    expect(await given(`${HEAD.replaceAll(',', delimiter)}\n${row}\n`)).toEqual([
      { pilot: 'a', metric: 'b', end: '2026-01-12', value: '1,5' },
    ]);
  });

  it('names columns in any case and order, with blanks around them', async () => {
    expect(await given(' Value , END,PILOT,"metric"\n1,2026-01-12,a,b\n')).toEqual([
      { value: '1', end: '2026-01-12', pilot: 'a', metric: 'b' },
    ]);
  });

  it('may say date for day', async () => {
    expect(await given('pilot,metric,date,value\na,b,2026-01-08,1\n')).toEqual([
      { pilot: 'a', metric: 'b', day: '2026-01-08', value: '1' },
    ]);
    expect(await problemOf('pilot,metric,date,day,value\n')).toMatchObject({
      code: 'repeated_columns',
      names: ['day'],
    });
  });

  it('may come after empty lines, and end with columns nobody named', async () => {
    const rows = await rowsOf(csv, `\n \n${HEAD},,\na,b,c,1,,\n`);
    expect(rows).toEqual([{ line: 4, given: { pilot: 'a', metric: 'b', end: 'c', value: '1' } }]);
  });

  it.each([...COLUMNS.keys()])('may name the column %s', async (name) => {
    const fields = ['pilot', 'metric', 'end', 'value'].filter((field) => field !== COLUMNS.get(name));
    const row = (await given(`${[...fields, name].join(',')},\n${fields.join(',')},x,\n`))[0];
    expect(row).toHaveProperty(COLUMNS.get(name) ?? '', 'x');
  });

  it.each([
    ['an unknown column', `${HEAD},colour,mood\n`, { code: 'unknown_columns', names: ['colour', 'mood'] }],
    [
      'a column without a name between others',
      'pilot,,metric,end,value\n',
      { code: 'unknown_columns', names: [''] },
    ],
    [
      'names that objects have by themselves',
      `${HEAD},__proto__,constructor,toString\n`,
      { code: 'unknown_columns', names: ['__proto__', 'constructor', 'toString'] },
    ],
    ['a column twice', `${HEAD},value\n`, { code: 'repeated_columns', names: ['value'] }],
    ['missing columns', 'pilot,unit\n', { code: 'missing_columns', names: ['metric', 'end', 'value'] }],
    ['num without den', 'pilot,metric,end,num\n', { code: 'missing_columns', names: ['value'] }],
    ['nothing at all', '', { code: 'empty' }],
    ['blanks only', ' \n\n', { code: 'empty' }],
    [
      'too many columns',
      `${HEAD}${',x'.repeat(MOST_COLUMNS)}\n`,
      { code: 'too_many_columns', count: MOST_COLUMNS + 4, limit: MOST_COLUMNS },
    ],
  ])('is refused with %s, and nothing below it is read', async (_, text, problem) => {
    const rows = await rowsOf(
      csv,
      `${text}a,b,c,d\n`.replace(/^a,b,c,d\n$/, text).replace(/^( \n\n)a.*$/s, '$1'),
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ problem, stops: true });
  });

  it('alone is a file without rows', async () => {
    expect(await rowsOf(csv, HEAD)).toEqual([]);
    expect(await rowsOf(csv, `${HEAD}\r\n`)).toEqual([]);
  });
});

describe('a row', () => {
  it('may hold line ends in quotes; the lines after it are counted right', async () => {
    const rows = await rowsOf(csv, `${HEAD}\r\n"a\r\nb",m,e,"1""2"\r\nc,m,e,1\r\nx\r\n`);
    expect(rows.map(({ line }) => line)).toEqual([2, 4, 5]);
    expect(rows[0]).toMatchObject({ given: { pilot: 'a\nb', value: '1"2' } });
  });

  it('ends with a carriage return where the whole file does', async () => {
    expect(await given(`${HEAD}\ra,m,e,1\rb,m,e,2`)).toHaveLength(2);
  });

  it('without anything in it is no row', async () => {
    expect(await given(`${HEAD}\n\n,,,\n   \na,m,e,1\n`)).toHaveLength(1);
  });

  it.each([
    ['too short', 'a,m,e', { code: 'wrong_width', count: 3, expected: 4 }],
    ['too long', 'a,m,e,1,2', { code: 'wrong_width', count: 5, expected: 4 }],
    ['with a quotation mark inside a quoted cell', '"a"b,m,e,1', { code: 'bad_quotes' }],
  ])('%s is named', async (_, row, problem) => {
    expect(await problemOf(`${HEAD}\n${row}\n`)).toEqual({ line: 2, stops: false, ...problem });
  });

  it.each([
    ['never closed', 'b,m,e,"2'],
    ['closed in the middle of a cell', '"b"c,m,e,2'],
  ])('with a quotation mark that is %s takes no other row along', async (_, row) => {
    const rows = await rowsOf(csv, `${HEAD}\na,m,e,1\n${row}\nc,m,e,3\n"d",m,e,"4\n5"\nf,m,e,6\n`);
    expect(rows.map((one) => [one.line, 'given' in one ? one.given.pilot : one.problem.code])).toEqual([
      [2, 'a'],
      [3, 'bad_quotes'],
      [4, 'c'],
      [5, 'd'],
      [7, 'f'],
    ]);
  });

  it('may have a wrong quotation mark a hundred times; then the file is given up', async () => {
    const rows = await rowsOf(csv, `${HEAD}\n${'"a"b,m,e,1\n'.repeat(300)}`);
    expect(rows).toHaveLength(100);
    expect(rows.at(-1)).toEqual({ line: 101, problem: { code: 'bad_quotes' }, stops: true });
  });

  it('is found again after an open quotation mark in a large file', async () => {
    const many = 'c,m,e,3\n'.repeat(200_000);
    const rows = await rowsOf(csv, `${HEAD}\na,m,e,"2\n`, many, 'd,m,e,4\n');
    expect(rows).toHaveLength(200_002);
    expect(rows[0]).toEqual({ line: 2, problem: { code: 'bad_quotes' }, stops: false });
    expect(rows.at(-1)).toMatchObject({ line: 200_003, given: { pilot: 'd' } });
  });
});
