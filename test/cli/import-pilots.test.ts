import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { CRITERION_FIELDS, PILOT_FIELDS, type PilotColumn } from '../../src/core/pilot-rows.ts';
import type { Database } from '../../src/db/database.ts';
import { pilotEntries } from '../../src/db/queries/logbook.ts';
import { pilotByKey } from '../../src/db/queries/pilots.ts';
import { verify } from '../../src/db/verify.ts';
import { csvOf } from '../support/csv.ts';
import { onBothEngines } from '../support/databases.ts';
import { aPerson, aWorkspace } from '../support/rows.ts';
import { type CallOptions, call, NOW } from './call.ts';

const COLUMNS = [...PILOT_FIELDS, ...CRITERION_FIELDS];
type Row = Readonly<Partial<Record<PilotColumn, string>>>;

const CLAIMS: Row = {
  key: 'claims-triage',
  name: 'Claims triage',
  outcome: 'A claim costs €12.50 or less by September',
  owner: 'U0ANA',
  sponsor: '@Priya Shah',
  production_owner: 'U0OMAR',
  business_unit: 'Claims',
  start: '2026-06-01',
  decision: '2026-09-01',
  rollback: 'The old queue is one switch away.',
  channel: 'C0CLAIMS',
  external_id: 'PPM-17',
  external_link: 'https://example.com/17',
  metric: 'Cost per claim',
  kind: 'at most',
  unit: 'EUR/claim',
  baseline: '18,40',
  target: '12.50',
};
const DENIALS: Row = {
  key: 'CLAIMS-TRIAGE',
  metric: 'Wrong denials',
  kind: 'at_most',
  unit: '%',
  baseline: '1.5',
  target: '2',
  role: 'guardrail',
};
const CHURN: Row = {
  name: 'Churn',
  owner: 'U0ANA',
  metric: 'Retention',
  kind: 'rise by',
  unit: '%',
  target: '5 points',
  baseline: '70',
};
const BAD: Row = { name: 'Bad', owner: 'U0ANA', metric: 'Speed', kind: 'faster', target: '1' };

const file = (...rows: readonly Row[]): string => csvOf(COLUMNS, rows);

function fileWith(content: string | Uint8Array): string {
  const folder = mkdtempSync(join(tmpdir(), 'pilotage-pilots-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'pilots.csv');
  writeFileSync(path, content);
  return path;
}

onBothEngines('import pilots', (_, fresh) => {
  let url: string;
  let db: Database;
  beforeEach(async () => {
    url = await fresh.url();
    db = await fresh.open(url);
    const t = db.tables;
    await db.atomically('T1', () => [
      db.q.insert(t.workspaces).values(aWorkspace()),
      db.q.insert(t.people).values(aPerson({ id: 'U0ANA', name: 'Ana Costa' })),
      db.q.insert(t.people).values(aPerson({ id: 'U0PRIYA', name: 'Priya Shah' })),
      db.q.insert(t.people).values(aPerson({ id: 'U0GUEST', name: 'Gus Guest', isGuest: true })),
    ]);
  });
  const run = (args: readonly string[], options: CallOptions = {}) =>
    call(['import', 'pilots', ...args], { ...options, env: { DATABASE_URL: url } });
  const lines = ({ err }: { readonly err: string }) => err.trimEnd().split('\n');
  const found = (key: string) => pilotByKey(db, 'T1', key);

  it('takes in pilots with their criteria, watched only', async () => {
    expect(await run([fileWith(file(CLAIMS, CHURN, DENIALS))])).toEqual({
      code: 0,
      out: '2 pilots imported, watched only until the programme office releases them.\n',
      err: '',
    });
    const facts = await found('claims-triage');
    expect(facts?.pilot).toMatchObject({
      name: 'Claims triage',
      stage: 'select',
      unit: 'Claims',
      channel: 'C0CLAIMS',
      watchedSince: NOW,
      releasedAt: null,
    });
    expect(facts?.holders).toEqual({ owner: 'U0ANA', sponsor: 'U0PRIYA', production_owner: 'U0OMAR' });
    expect(facts?.charter).toMatchObject({
      status: 'draft',
      fields: { outcome: CLAIMS.outcome, start: '2026-06-01', decision: '2026-09-01' },
    });
    expect(facts?.criteria.map(({ kind, role, baseline, target }) => [kind, role, baseline, target])).toEqual(
      [
        ['at_most', 'required', '18.40', '12.50'],
        ['at_most', 'guardrail', '1.5', '2'],
      ],
    );
    expect(facts?.metrics.map(({ key, unit }) => [key, unit])).toEqual([
      ['cost-per-claim', 'EUR/claim'],
      ['wrong-denials', 'percent'],
    ]);
    const [row] = await db.q.select().from(db.tables.pilots);
    expect(row).toMatchObject({ externalId: 'PPM-17', externalLink: 'https://example.com/17' });
    expect(await verify(db)).toBeNull();
  });

  it('keeps how a number is worked out and what must stand behind it', async () => {
    const row = {
      ...DENIALS,
      name: 'Claims',
      owner: 'U0ANA',
      worked_out_as: 'Share of all cases',
      smallest_sample: '40',
      breaches_allowed: '2',
      closing_days: '9',
      proof_needed: 'from a file or a system',
    };
    expect((await run([fileWith(file(row))])).code).toBe(0);
    const facts = await found('claims-triage');
    expect(facts?.criteria).toMatchObject([
      { agg: 'rate', aggWindow: 4, minN: 40, budget: 2, closingDays: 9, minTrust: 2 },
    ]);
  });

  it('keeps the conversions that were agreed', async () => {
    expect((await run([fileWith(file({ ...CLAIMS, agreed_conversion: '$1 = €0.92' }))])).code).toBe(0);
    const facts = await found('claims-triage');
    expect(facts?.criteria[0]?.rates).toEqual({ 'USD/claim': '0.92' });
  });

  it('keeps which percentile of single values is meant', async () => {
    const row = {
      ...DENIALS,
      name: 'Claims',
      owner: 'U0ANA',
      worked_out_as: 'percentile',
      percentile: 'p95',
    };
    expect((await run([fileWith(file(row))])).code).toBe(0);
    expect((await found('claims-triage'))?.criteria).toMatchObject([{ agg: 'percentile', percentile: '95' }]);
  });

  it('says what was imported in the logbook, with the file and without names in the public part', async () => {
    await run([fileWith(file(CLAIMS))]);
    const facts = await found('claims-triage');
    const [entry] = await pilotEntries(db, { workspace: 'T1', pilot: facts?.pilot.id ?? '', limit: 5 });
    expect(entry).toMatchObject({
      kind: 'pilot_imported',
      actor: 'system:import',
      body: { key: 'claims-triage', signed_on: null },
      personal: { name: 'Claims triage', file: 'pilots.csv', holders: { owner: 'U0ANA' } },
    });
    expect(JSON.stringify(entry?.body)).not.toContain('U0');
  });

  it('changes nothing when the same file comes again, whatever was changed in Slack since', async () => {
    await run([fileWith(file(CLAIMS, DENIALS, CHURN))]);
    await db.q.update(db.tables.pilots).set({ name: 'Another name' });
    expect(await run([fileWith(file(CHURN, CLAIMS, DENIALS))])).toEqual({
      code: 0,
      out: '0 pilots imported. 2 pilots were there already.\n',
      err: '',
    });
    expect(await db.q.select().from(db.tables.pilots)).toHaveLength(2);
    // Even when its dates have passed since.
    const later = await run([fileWith(file(CLAIMS, DENIALS))], { now: () => Date.UTC(2027, 0, 1) });
    expect(later.out).toBe('0 pilots imported. 1 pilot was there already.\n');
  });

  it('knows again what was imported before there were more columns', async () => {
    await run([fileWith(file(CHURN))]);
    const facts = await found('churn');
    const [entry] = await pilotEntries(db, { workspace: 'T1', pilot: facts?.pilot.id ?? '', limit: 5 });
    expect(entry?.body).toMatchObject({
      content: '3870a77d4009da239f7ab3b2fbb60e3529f00685e365f0fb3c6c23fd6da28e67',
    });
  });

  it('refuses a key that is taken, and says whether it was imported before', async () => {
    await run([fileWith(file(CLAIMS))]);
    await db.q.update(db.tables.pilots).set({ deletedAt: null });
    const changed = await run([fileWith(file({ ...CLAIMS, target: '11' }))]);
    expect(lines(changed)).toEqual([
      'Line 2, column key: "claims-triage" was imported before, and this file says something else about it. Change it in Slack, under Edit charter; claims-triage-2 is free for another pilot.',
    ]);
    await db.q.update(db.tables.pilots).set({ deletedAt: NOW });
    expect(lines(await run([fileWith(file(CLAIMS))]))[0]).toContain('Keys are never used twice');
  });

  it('leaves a pilot with a wrong row out as a whole, and takes the others in', async () => {
    const wrong: Row = { ...DENIALS, unit: 'EUR/claim', metric: 'Cost per claim', every: 'month' };
    const { code, out, err } = await run([fileWith(file(CLAIMS, wrong, CHURN, BAD))]);
    expect({ code, out }).toEqual({
      code: 1,
      out: '1 pilot imported, watched only until the programme office releases them. 2 rows are wrong.\n',
    });
    expect(lines({ err })).toEqual([
      'Line 3, column every: Cost per claim is measured every week in another criterion. Choose week, or give this metric another name.',
      'Line 5, column kind: "faster" is not one of: at least, at most, between, rise by, rise by %, fall by, fall by %, yes or no.',
    ]);
    expect(await found('claims-triage')).toBeNull();
    expect(await db.q.select().from(db.tables.metrics)).toHaveLength(1);
  });

  it('takes nothing in while nobody can tell which pilot a row belongs to', async () => {
    const text = `${file(CLAIMS)}claims-triage,too,few\n`;
    const { code, out, err } = await run([fileWith(text)]);
    expect(code).toBe(1);
    expect(out).toBe('0 pilots imported. 1 row is wrong.\n');
    expect(err).toContain('Line 3: The row has 3 cells and the first line 39');
    expect(await found('claims-triage')).toBeNull();
  });

  it('writes nothing on a dry run, and nothing with --atomic when one row is wrong', async () => {
    expect((await run([fileWith(file(CLAIMS)), '--dry-run'])).out).toBe(
      'Dry run: 1 pilot would be imported, watched only until the programme office releases them. Nothing was written.\n',
    );
    expect((await run([fileWith(file(CLAIMS, BAD)), '--atomic'])).out).toBe(
      'Nothing was imported, because of --atomic. 1 row is wrong.\n',
    );
    expect(await db.q.select().from(db.tables.pilots)).toEqual([]);
    expect((await run([fileWith(file(CLAIMS, CHURN)), '--atomic'])).code).toBe(0);
    expect(await db.q.select().from(db.tables.pilots)).toHaveLength(2);
  });

  it('takes a charter that was signed outside as signed on that day, and says so in the logbook', async () => {
    await run([fileWith(file({ ...CLAIMS, signed: '2026-05-29' }))]);
    const facts = await found('claims-triage');
    expect(facts?.pilot.stage).toBe('build');
    expect(facts?.signed).toMatchObject({
      answeredBy: 'U0PRIYA',
      answeredAt: Date.UTC(2026, 4, 29, 10),
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    const entries = await pilotEntries(db, { workspace: 'T1', pilot: facts?.pilot.id ?? '', limit: 5 });
    expect(entries.map(({ kind }) => kind)).toEqual(['charter_signed_outside', 'pilot_imported']);
  });

  it('reads UTF-16, semicolons and JSON lines', async () => {
    const text = '\ufeffname;owner;metric;kind;target\nChurn;U0ANA;Retention;at least;70,5\n';
    expect((await run([fileWith(Buffer.from(text, 'utf16le'))])).out).toMatch(/^1 pilot imported/);
    const json = JSON.stringify({ ...CLAIMS, baseline: 18.4, target: 12.5 });
    expect((await run(['-', '--json'], { stdin: `${json}\n` })).out).toContain('"accepted":1');
  });

  it('prints a template that can be imported as it is, once the people in it are right', async () => {
    const { out } = await run(['--template']);
    expect(out.split('\r\n')[0]).toBe(COLUMNS.join(','));
    expect((await run([fileWith(out)])).out).toMatch(/^1 pilot imported/);
    expect((await found('claims-triage'))?.criteria).toHaveLength(2);
    expect((await run([])).code).toBe(2);
  });

  describe('refuses', () => {
    it.each<readonly [string, Row, string]>([
      [
        'an empty owner',
        { ...CHURN, owner: '' },
        'owner: It is empty. Write who owns the pilot: the member ID from their Slack profile, like U0123ABCD.',
      ],
      ['somebody nobody has met', { ...CHURN, owner: '@nobody' }, 'owner: "@nobody" is nobody I have met.'],
      [
        'an e-mail address',
        { ...CHURN, owner: 'ana@example.com' },
        'owner: "ana@example.com" is an e-mail address',
      ],
      [
        'a guest',
        { ...CHURN, owner: 'gus guest' },
        'owner: Gus Guest is a guest here, and guests cannot decide, so cannot be the owner.',
      ],
      ['owner and sponsor in one', { ...CLAIMS, sponsor: 'U0ANA' }, 'sponsor: Ana Costa is the owner too'],
      [
        'a day that could mean two',
        { ...CLAIMS, start: '1/6/2026' },
        'start: "1/6/2026" could mean 2026-06-01 or 2026-01-06.',
      ],
      [
        'a decision in the past',
        { ...CLAIMS, start: '', decision: '2026-06-02' },
        'decision: "2026-06-02" is not ahead.',
      ],
      [
        'a decision before the start',
        { ...CLAIMS, start: '2026-09-02' },
        'decision: "2026-09-01" is not after the start date, 2026-09-02.',
      ],
      ['a signature tomorrow', { ...CLAIMS, signed: '2026-06-03' }, 'signed: "2026-06-03" is ahead.'],
      [
        'a signature without a rollback plan',
        { ...CLAIMS, signed: '2026-05-29', rollback: '' },
        'rollback: A charter that is signed needs its rollback plan.',
      ],
      ['a name that is too long', { ...CHURN, key: 'churn', name: 'x'.repeat(81) }, 'name: "xxx'],
      [
        'a channel by its name',
        { ...CHURN, channel: '#claims' },
        'channel: "#claims" is not the ID of a channel.',
      ],
      [
        'a link that is none',
        { ...CHURN, external_link: 'javascript:alert(1)' },
        'external_link: "javascript:alert(1)" is not a link.',
      ],
      ['an ambiguous number', { ...CHURN, target: '1,234' }, 'target: "1,234" could mean 1234 or 1.234.'],
      ['an empty target', { ...CHURN, target: '' }, 'target: The target is empty.'],
      [
        'a criterion without a metric',
        { ...CHURN, metric: '' },
        'metric: It is empty, and the row has more about a criterion.',
      ],
      ['half a period', { ...CHURN, hold: '1.5' }, 'hold: "1.5" is not a number of periods.'],
      [
        'a sample that is none',
        { ...CHURN, smallest_sample: 'many' },
        'smallest_sample: "many" is not a number of cases. Write a whole number from 0 to 1,000,000.',
      ],
      [
        'a conversion to elsewhere',
        { ...CLAIMS, agreed_conversion: '1 USD = 0.79 GBP' },
        'agreed_conversion: "1 USD = 0.79 GBP" does not lead to € per claim',
      ],
      [
        'no percentile',
        { ...CHURN, worked_out_as: 'percentile', percentile: '100' },
        'percentile: "100" is not a percentile. Write a number from 1 to 99.9, like 95.',
      ],
      [
        'a percentile of nothing',
        { ...CHURN, percentile: '95' },
        'percentile: "95" is used only with a percentile of single values.',
      ],
      [
        'another way to work it out',
        { ...CHURN, worked_out_as: 'median' },
        'worked_out_as: "median" is not one of: average, share of all cases, percentile, sum, lowest, highest, total since the start.',
      ],
      [
        'a key with a blank',
        { ...CHURN, key: 'my churn' },
        'key: "my churn" cannot be a key. Use letters, digits and hyphens, like my-churn.',
      ],
    ])('%s', async (_name, row, words) => {
      const answer = await run([fileWith(file(row))]);
      expect(answer.code).toBe(1);
      expect(answer.err).toContain(`Line 2, column ${words}`);
      expect(await db.q.select().from(db.tables.pilots)).toEqual([]);
    });

    it('two rows that contradict each other about a pilot, or say the same twice', async () => {
      const answer = await run([fileWith(file(CLAIMS, { ...DENIALS, owner: 'U0OMAR' }, CHURN, CHURN))]);
      expect(lines(answer)).toEqual([
        'Line 3, column owner: "U0OMAR" differs from "U0ANA" in line 2, for the same pilot. Keep one, or leave this one empty.',
        'Line 5, column metric: Line 4 says the same about this pilot. Leave one of the two out.',
      ]);
    });

    it.each([
      ['owner,name,colour\n', 'Line 1: Unknown column "colour". Possible are: key, name,'],
      ['name\nx\n', 'Line 1: The first line has no column "owner". Needed are name or key, and owner.'],
      [
        '',
        'Line 1: The file is empty. Its first line names the columns, like: name,owner,metric,kind,target.',
      ],
    ])('a file that begins with %j', async (text, words) => {
      expect((await run([fileWith(text)])).err).toContain(words);
    });
  });

  const HOSTILE: readonly string[] = [
    '<b>&amp;</b> *bold* `code`',
    'a\u0007b\u001b[31mc\u009b',
    '\u202eabc\u2066d',
    'x'.repeat(40_000),
    '=HYPERLINK("http://example.com","a")',
    '<!channel> <@U1>',
    'a\u0000b',
  ];
  it.each(
    COLUMNS,
  )('keeps every hostile value in %s as words, or refuses it in a sentence', async (column) => {
    const rows = HOSTILE.map((hostile, nth): Row => ({ ...CLAIMS, key: `p-${nth}`, [column]: hostile }));
    const { err } = await run([fileWith(file(...rows))]);
    for (const line of lines({ err }).filter((words) => words !== '')) {
      expect(line).toMatch(/^Line \d+, column [a-z_]+: .+\.$/u);
      expect(line.length).toBeLessThan(700);
      expect(line).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
    }
    const kept = JSON.stringify([
      await db.q.select().from(db.tables.pilots),
      await db.q.select().from(db.tables.charterVersions),
    ]);
    expect(kept).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
    expect(await verify(db)).toBeNull();
  });
});
