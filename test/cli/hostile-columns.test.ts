import { beforeAll, describe, expect, it } from 'vitest';
import type { IncomingField } from '../../src/core/incoming-problem.ts';
import { COLUMNS } from '../../src/metrics/source.ts';
import { csvOf } from '../support/csv.ts';
import { onBothEngines } from '../support/databases.ts';
import { call } from './call.ts';
import { plantPilots, recorded } from './planted.ts';

const FORMULA = '=HYPERLINK("http://example.com","a")';

/** What a hostile file holds, how it is kept where words are kept, and how a sentence shows it. */
const HOSTILE = {
  markup: { given: '<b>&amp;</b> *bold* `code`', kept: '<b>&amp;</b> *bold* `code`', shown: '"<b>&amp' },
  'control characters': {
    given: 'a\u0007b\u001b[31mc\u009b',
    kept: 'ab[31mc',
    shown: '"a\\u0007b\\u001b[31mc\\u009b"',
  },
  'direction overrides': { given: '\u202eabc\u2066d', kept: 'abcd', shown: '"\\u202eabc\\u2066d"' },
  '40,000 characters': { given: 'x'.repeat(40_000), kept: null, shown: `"${'x'.repeat(60)}…"` },
  'a spreadsheet formula': { given: FORMULA, kept: FORMULA, shown: `"${FORMULA}"` },
  'a call to everybody': { given: '<!channel> <@U1>', kept: '<!channel> <@U1>', shown: '"<!channel>' },
  NUL: { given: 'a\u0000b', kept: 'ab', shown: '"a\\u0000b"' },
  'half a surrogate pair': { given: 'a\ud800b', kept: 'a\ufffdb', shown: '"a\\ud800b"' },
} as const;
type Hostile = keyof typeof HOSTILE;

/** What each column does with all of them: words are kept as what they are, everything else is refused. */
const COLUMN_ROWS: Readonly<Record<IncomingField | 'date', 'kept' | 'refused'>> = {
  pilot: 'refused',
  metric: 'refused',
  end: 'refused',
  day: 'refused',
  date: 'refused',
  value: 'refused',
  num: 'refused',
  den: 'refused',
  raw: 'refused',
  unit: 'refused',
  n: 'refused',
  source: 'kept',
  evidence: 'kept',
  key: 'kept',
};

/** What a column stands in place of, and what it cannot do without. */
const REPLACES: Readonly<Record<string, string>> = {
  day: 'end',
  date: 'end',
  num: 'value',
  den: 'value',
  raw: 'value',
};
const NEEDS: Readonly<Record<string, Record<string, string>>> = { num: { den: '10' }, den: { num: '9' } };

interface Attempt {
  readonly column: string;
  readonly hostile: Hostile;
  /** The period the row is about, each row another one. */
  readonly end: string;
  readonly row: Readonly<Record<string, string>>;
}

function attemptsFor(columns: readonly string[], hostiles: readonly Hostile[]): Attempt[] {
  let week = 0;
  return columns.flatMap((column) =>
    hostiles.map((hostile) => {
      week += 1;
      const end = new Date(Date.UTC(2015, 0, 5 + 7 * week)).toISOString().slice(0, 10);
      const fine = { pilot: 'claims-triage', metric: 'handling-time', end, value: `${week}` };
      const left = Object.entries(fine).filter(([name]) => name !== REPLACES[column]);
      const row = { ...Object.fromEntries(left), ...NEEDS[column], [column]: HOSTILE[hostile].given };
      return { column, hostile, end, row };
    }),
  );
}

const json = (attempts: readonly Attempt[]) => attempts.map(({ row }) => JSON.stringify(row)).join('\n');
const csv = (attempts: readonly Attempt[]) =>
  csvOf(
    [...COLUMNS.keys()].filter((column) => attempts.some(({ row }) => row[column] !== undefined)),
    attempts.map(({ row }) => row),
  );

const ALL = Object.keys(HOSTILE) as Hostile[];

it('every column has a row', () => {
  expect(Object.keys(COLUMN_ROWS).sort()).toEqual([...COLUMNS.keys()].sort());
});

onBothEngines('hostile values', (_, fresh) => {
  describe.each([
    ['JSON lines', json, 1, ALL],
    // A lone surrogate cannot be written in UTF-8.
    ['CSV', csv, 2, ALL.filter((name) => name !== 'half a surrogate pair')],
  ] as const)('in %s', (_name, write, firstLine, hostiles) => {
    // `day` and `date` are one column, so they stand in two files.
    const first = attemptsFor(
      [...COLUMNS.keys()].filter((column) => column !== 'date'),
      hostiles,
    );
    const second = attemptsFor(['date'], hostiles);
    const said = new Map<Attempt, string>();
    let rows: Awaited<ReturnType<typeof recorded>>;

    beforeAll(async () => {
      const url = await fresh.url();
      const db = await fresh.open(url);
      await plantPilots(db);
      await db.q.update(db.tables.charterVersions).set({ fields: { start: '2015-01-05' } });
      for (const file of [first, second]) {
        const { err } = await call(['import', 'observations', '-'], {
          env: { DATABASE_URL: url },
          stdin: write(file),
        });
        for (const line of err.trimEnd().split('\n')) {
          const attempt = file[Number(/^Line (\d+), /.exec(line)?.[1]) - firstLine];
          if (attempt !== undefined) said.set(attempt, line);
        }
      }
      rows = await recorded(db);
    });

    const isKept = ({ column, hostile }: Attempt) =>
      COLUMN_ROWS[column as IncomingField] === 'kept' && HOSTILE[hostile].kept !== null;
    const named = (attempt: Attempt) => [attempt.column, attempt.hostile, attempt] as const;
    const all = [...first, ...second];

    it.each(all.filter(isKept).map(named))('%s keeps %s as what it is', (column, hostile, attempt) => {
      const field = column === 'key' ? 'ingestKey' : (column as 'source' | 'evidence');
      const kept = rows.filter((row) => row.periodEnd === attempt.end);
      expect(said.get(attempt)).toBeUndefined();
      expect(kept.map((row) => row[field])).toContain(HOSTILE[hostile].kept);
    });

    it.each(
      all.filter((attempt) => !isKept(attempt)).map(named),
    )('%s refuses %s', (column, hostile, attempt) => {
      const sentence = said.get(attempt);
      const place = column === 'date' ? 'day' : column;
      expect(sentence).toMatch(new RegExp(`^Line \\d+, column ${place}: .+\\.$`, 'u'));
      expect(sentence?.length).toBeLessThan(400);
      expect(sentence).toContain(HOSTILE[hostile].shown);
      // What reaches a terminal neither acts on it nor turns what follows around.
      expect(sentence).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
    });

    it('records a value for each row that was kept, and for no other', () => {
      expect(rows.map(({ periodEnd }) => periodEnd)).toEqual(all.filter(isKept).map(({ end }) => end));
    });
  });
});
