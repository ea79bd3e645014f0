/** What does every source of numbers keep to, however it is written? */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GivenValue } from '../../src/core/incoming-problem.ts';
import type { MetricSource, SourceRow } from '../../src/metrics/source.ts';

/** A source and how a test writes for it. */
export interface Written {
  readonly source: MetricSource;
  /** Writes rows as this source reads them. */
  write(rows: readonly Readonly<Record<string, string>>[]): string;
  /** What the line number of the first row is. */
  readonly firstLine: number;
  /** A row that cannot be read, as it would stand between others. */
  readonly broken: string;
}

/** The rows of a text that comes in the given pieces. */
export async function rowsOf(source: MetricSource, ...pieces: readonly string[]): Promise<SourceRow[]> {
  async function* text() {
    yield* pieces;
  }
  const rows: SourceRow[] = [];
  for await (const part of source.rows(text())) for (const row of part) rows.push(row);
  return rows;
}

const ROW = { pilot: 'claims', metric: 'cost', end: '2026-01-12', value: '12.50', source: 'warehouse' };
const anyRow = fc.record({
  pilot: fc.string({ minLength: 1 }).filter((text) => text.trim() !== ''),
  metric: fc.string(),
  end: fc.string(),
  value: fc.string({ unit: 'binary' }),
  source: fc.string(),
});

/** The claims every source is tested with. */
export function metricSourceContract({ source, write, firstLine, broken }: Written): void {
  describe(`${source.name} as a source`, () => {
    it('gives each row with its line and the text of its fields', async () => {
      const rows = await rowsOf(source, write([ROW, { ...ROW, value: '13' }]));
      expect(rows).toEqual([
        { line: firstLine, given: ROW },
        { line: firstLine + 1, given: { ...ROW, value: '13' } },
      ]);
    });

    it('recognises its own text', () => {
      expect(source.recognises(write([ROW]))).toBe(true);
    });

    it('does not end with a line end where the file does not', async () => {
      expect(await rowsOf(source, write([ROW]).trimEnd())).toEqual([{ line: firstLine, given: ROW }]);
    });

    it('names a row it cannot read and goes on with the next', async () => {
      const text = write([ROW, ROW]);
      const lines = text.trimEnd().split('\n');
      lines.splice(lines.length - 1, 0, broken);
      const rows = await rowsOf(source, `${lines.join('\n')}\n`);
      expect(rows.map((row) => ('given' in row ? 'read' : row.stops))).toEqual(['read', false, 'read']);
      expect(rows[1]?.line).toBe(firstLine + 1);
      expect(rows[2]?.line).toBe(firstLine + 2);
    });

    it('gives the same rows wherever the text is cut', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(anyRow, { minLength: 1, maxLength: 4 }),
          fc.array(fc.nat()),
          async (rows, cuts) => {
            const text = write(rows);
            const places = [...new Set(cuts.map((cut) => cut % (text.length + 1)))].sort((a, b) => a - b);
            const pieces = [0, ...places].map((from, at) => text.slice(from, places[at] ?? text.length));
            expect(await rowsOf(source, ...pieces)).toEqual(await rowsOf(source, text));
          },
        ),
        { numRuns: 60, seed: 4 },
      );
    });

    it('gives back what was written, line ends and quotes and all', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(anyRow, { minLength: 1, maxLength: 4 }), async (rows) => {
          const read = await rowsOf(source, write(rows));
          const given = read.map((row) => ('given' in row ? row.given : row.problem));
          const unified = (row: GivenValue) =>
            Object.fromEntries(
              Object.entries(row).map(([name, text]) => [name, String(text).replace(/\r\n?/g, '\n')]),
            );
          expect(given.map((row) => unified(row as GivenValue))).toEqual(rows.map(unified));
        }),
        { numRuns: 60, seed: 5 },
      );
    });

    it('refuses a row longer than any row is', async () => {
      const rows = await rowsOf(
        source,
        write([{ ...ROW, source: 'x'.repeat(1_100_000) }]).trimEnd(),
        '\n',
        write([ROW]),
      );
      expect(rows.at(-1)).toMatchObject({ problem: { code: 'row_too_long' }, stops: true });
    });
  });
}
