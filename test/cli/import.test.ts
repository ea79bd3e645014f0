import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { LARGEST_FILE } from '../../src/cli/input-file.ts';
import type { Database } from '../../src/db/database.ts';
import { pilotEntries } from '../../src/db/queries/logbook.ts';
import { pilotByKey } from '../../src/db/queries/pilots.ts';
import { verify } from '../../src/db/verify.ts';
import { onBothEngines } from '../support/databases.ts';
import { anObservation, aWorkspace } from '../support/rows.ts';
import { type CallOptions, call, NOW } from './call.ts';
import { aCriterion, plantPilots, recorded } from './planted.ts';

const HEAD = 'pilot,metric,end,value,num,den,raw,unit,n,source,evidence,key';
const FINE = [
  HEAD,
  'claims-triage,handling-time,2026-01-12,12.50,,,,min,430,warehouse,https://example.com/1,wh-1',
  'CLAIMS-TRIAGE,Accuracy,2026-01-12,,9,10,,,,,,',
  'claims-triage,handling-time,2026-01-19,,,,3|5|8,,,,,',
  'claims-triage,go-live,2026-01-19,yes,,,,,,,,',
  '',
].join('\n');
const MIXED = `${FINE}claims-triage,handling-time,2026-01-26,"1,234",,,,,,,,\nclaims-triage,speed,2026-01-26,1,,,,,,,,\n`;

function fileWith(content: string | Uint8Array, name = 'january.csv'): string {
  const folder = mkdtempSync(join(tmpdir(), 'pilotage-import-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

onBothEngines('import observations', (_, fresh) => {
  let url: string;
  let db: Database;
  beforeEach(async () => {
    url = await fresh.url();
    db = await fresh.open(url);
    await plantPilots(db);
  });
  const run = (args: readonly string[], options: CallOptions = {}) =>
    call(['import', 'observations', ...args], { ...options, env: { DATABASE_URL: url } });
  const imported = async () =>
    (await pilotEntries(db, { workspace: 'T1', pilot: 'P1', limit: 50 })).filter(
      ({ kind }) => kind === 'values_imported',
    );

  it('records every form a value can have', async () => {
    expect(await run([fileWith(FINE)])).toEqual({ code: 0, out: '4 values recorded.\n', err: '' });
    const rows = await recorded(db);
    expect(
      rows.map(({ metric, periodEnd, value, num, den, raw, n, unit }) => [
        metric,
        periodEnd,
        value,
        num,
        den,
        raw,
        n,
        unit,
      ]),
    ).toEqual([
      ['M1', '2026-01-12', '12.50', null, null, null, 430, 'min'],
      ['M2', '2026-01-12', null, '9', '10', null, null, 'percent'],
      ['M1', '2026-01-19', null, null, null, ['3', '5', '8'], null, 'min'],
      ['M3', '2026-01-19', 'true', null, null, null, null, 'bool'],
    ]);
    expect(rows[0]).toMatchObject({
      periodStart: '2026-01-05',
      source: 'warehouse',
      evidence: 'https://example.com/1',
      ingestKey: 'wh-1',
      trust: 2,
      recordedBy: null,
      recordedAt: NOW,
      withdrawn: false,
    });
    expect(rows[1]).toMatchObject({ source: 'january.csv', trust: 0, ingestKey: null });
  });

  it('records values in another unit where the criterion in force agrees on a rate', async () => {
    const rows = [
      HEAD,
      'claims-triage,handling-time,2026-01-12,3,,,,USD,,,,',
      'claims-triage,handling-time,2026-01-19,$4,,,,,,,,',
      'claims-triage,handling-time,2026-01-26,,,,5|6,usd,,,,',
      'claims-triage,accuracy,2026-01-12,3,,,,USD,,,,',
    ].join('\n');
    expect((await run([fileWith(rows)])).out).toBe('0 values recorded. 4 rows are wrong.\n');
    await db.atomically('T1', () => [
      db.q.insert(db.tables.criteria).values({ ...aCriterion(), rates: { USD: '2' } }),
    ]);
    expect((await run([fileWith(rows)])).out).toBe('3 values recorded. 1 row is wrong.\n');
    expect((await recorded(db)).map(({ value, raw, unit }) => [value, raw, unit])).toEqual([
      ['3', null, 'USD'],
      ['4', null, 'USD'],
      [null, ['5', '6'], 'USD'],
    ]);
  });

  it('records the rows that are fine and names the others', async () => {
    const { code, out, err } = await run([fileWith(MIXED)]);
    expect({ code, out }).toEqual({ code: 1, out: '4 values recorded. 2 rows are wrong.\n' });
    expect(err.split('\n')).toEqual([
      'Line 6, column value: "1,234" could mean 1234 or 1.234. Write the one you mean.',
      'Line 7, column metric: claims-triage has no metric "speed". Near it: go-live, accuracy.',
      '',
    ]);
    expect(await recorded(db)).toHaveLength(4);
  });

  it('writes nothing with --atomic when one row is wrong', async () => {
    const { code, out } = await run([fileWith(MIXED), '--atomic']);
    expect({ code, out }).toEqual({
      code: 1,
      out: 'Nothing was recorded, because of --atomic. 2 rows are wrong.\n',
    });
    expect(await recorded(db)).toEqual([]);
    expect(await imported()).toEqual([]);
  });

  it('writes all in one batch with --atomic when every row is fine', async () => {
    const weeks = Array.from({ length: 18 }, (_, week) =>
      new Date(Date.UTC(2026, 0, 12 + 7 * week)).toISOString().slice(0, 10),
    );
    const rows = weeks.flatMap((end) => [
      `claims-triage,handling-time,${end},12`,
      `claims-triage,accuracy,${end},80`,
    ]);
    const { code, out } = await run([fileWith(['pilot,metric,end,value', ...rows].join('\n')), '--atomic']);
    expect({ code, out }).toEqual({ code: 0, out: '36 values recorded.\n' });
    expect((await imported()).map(({ body }) => body)).toMatchObject([{ count: 36 }]);
  });

  it('writes nothing with --dry-run, and says what would happen', async () => {
    const { code, out } = await run([fileWith(MIXED), '--dry-run']);
    expect({ code, out }).toEqual({
      code: 1,
      out: 'Dry run: 4 values would be recorded. 2 rows are wrong. Nothing was written.\n',
    });
    expect(await recorded(db)).toEqual([]);
    expect(await imported()).toEqual([]);
  });

  it('changes nothing when the same file comes again, under whatever name', async () => {
    await run([fileWith(FINE)]);
    const again = await run([fileWith(FINE, 'copy.csv')]);
    expect(again).toEqual({ code: 0, out: '0 values recorded. 4 values were there already.\n', err: '' });
    expect(await run([fileWith(FINE, 'copy.csv'), '--dry-run'])).toMatchObject({ code: 0 });
    expect(await recorded(db)).toHaveLength(4);
    expect(await imported()).toHaveLength(1);
  });

  it('takes another number for a period as a correction', async () => {
    await run([fileWith('pilot,metric,end,value\nclaims-triage,accuracy,2026-01-12,80\n')]);
    const later = await run([fileWith('pilot,metric,end,value\nclaims-triage,accuracy,2026-01-12,81.0\n')], {
      now: () => NOW + 1000,
    });
    expect(later).toMatchObject({ code: 0, out: '1 value recorded.\n' });
    expect((await recorded(db)).map(({ value }) => value)).toEqual(['80', '81.0']);
    const same = await run([fileWith('pilot,metric,end,value\nclaims-triage,accuracy,2026-01-12,81\n')]);
    expect(same.out).toBe('0 values recorded. 1 value was there already.\n');
  });

  it('records the same number again when it comes from a better source', async () => {
    await run([fileWith('pilot,metric,end,value\nclaims-triage,accuracy,2026-01-12,80\n')]);
    await run([fileWith('pilot,metric,end,value,source\nclaims-triage,accuracy,2026-01-12,80,warehouse\n')], {
      now: () => NOW + 1000,
    });
    expect((await recorded(db)).map(({ trust }) => trust)).toEqual([0, 2]);
  });

  it('does not bring back what somebody withdrew', async () => {
    const withdrawn = anObservation({ value: '12.5', trust: 0, withdrawn: true });
    await db.q.insert(db.tables.observations).values(withdrawn);
    const { out } = await run([
      fileWith('pilot,metric,end,value\nclaims-triage,handling-time,2026-01-12,12.50\n'),
    ]);
    expect(out).toBe('0 values recorded. 1 value was there already.\n');
  });

  it('refuses a key that stands for something else, in the file or before', async () => {
    const head = 'pilot,metric,end,value,source,key\n';
    await run([fileWith(`${head}claims-triage,accuracy,2026-01-12,80,wh,k1\n`)]);
    const { code, out, err } = await run([
      fileWith(
        `${head}claims-triage,accuracy,2026-01-12,90,wh,k1\nclaims-triage,accuracy,2026-01-19,90,wh,k2\nclaims-triage,accuracy,2026-01-26,91,wh,k2\nclaims-triage,accuracy,2026-01-19,90,wh,k2\nclaims-triage,accuracy,2026-02-02,90,other,k1\n`,
      ),
    ]);
    expect({ code, out }).toEqual({
      code: 1,
      out: '2 values recorded. 1 value was there already. 2 rows are wrong.\n',
    });
    expect(err.split('\n').sort()).toEqual([
      '',
      'Line 2, column key: The key "k1" was imported before with 80 for the period that ends with 2026-01-12. To correct that value, give this one a new key.',
      'Line 4, column key: Line 3 has the key "k2" for something else. Give every value a key of its own.',
    ]);
  });

  it('refuses a second value for a period in one file, and counts the same one as a repeat', async () => {
    const { code, out, err } = await run([
      fileWith(
        'pilot,metric,end,day,value\nclaims-triage,accuracy,2026-01-12,,80\nclaims-triage,accuracy,,2026-01-05,81\nclaims-triage,accuracy,,2026-01-11,80.0\n',
      ),
    ]);
    expect({ code, out }).toEqual({
      code: 1,
      out: '1 value recorded. 1 value was there already. 1 row is wrong.\n',
    });
    expect(err).toBe(
      'Line 3, column end: Line 2 gives another value for the period that ends with 2026-01-12. Keep one of the two.\n',
    );
  });

  it('writes down in the logbook where the values came from, and the chain holds', async () => {
    await run([fileWith(FINE)]);
    const [entry, ...more] = await imported();
    expect(more).toEqual([]);
    expect(entry).toMatchObject({
      actor: 'system:import',
      body: {
        count: 4,
        first_period: '2026-01-12',
        last_period: '2026-01-19',
        sha256: createHash('sha256').update(FINE).digest('hex'),
        before_signature: false,
      },
      personal: { file: 'january.csv' },
    });
    expect(await verify(db)).toBeNull();
  });

  it('asks for the cards of the pilot to be drawn again', async () => {
    const before = (await pilotByKey(db, 'T1', 'claims-triage'))?.pilot.revision ?? 0;
    await run([fileWith(FINE)]);
    expect((await pilotByKey(db, 'T1', 'claims-triage'))?.pilot.revision).toBe(before + 1);
    expect((await pilotByKey(db, 'T1', 'churn'))?.pilot.revision).toBe(1);
  });

  it('moves a pilot on to measuring when its last required metric has a value', async () => {
    const { criteria } = db.tables;
    await db.q
      .insert(criteria)
      .values([aCriterion(), { ...aCriterion(), id: 'K2', lineage: 'K2', metric: 'M2' }]);
    const stage = async () => (await pilotByKey(db, 'T1', 'claims-triage'))?.pilot.stage;
    await run([fileWith('pilot,metric,end,value\nclaims-triage,handling-time,2026-01-12,12\n')]);
    expect(await stage()).toBe('build');
    await run([fileWith('pilot,metric,end,value\nclaims-triage,accuracy,2026-01-12,80\n')]);
    expect(await stage()).toBe('measure');
  });

  it('says in the thread of the card that a word has changed, once for the whole file', async () => {
    await db.q.insert(db.tables.criteria).values(aCriterion());
    const weeks = ['2026-01-12', '2026-05-25', '2026-06-01'];
    const rows = weeks.map((end) => `claims-triage,handling-time,${end},8`);
    await run([fileWith(['pilot,metric,end,value', ...rows].join('\n'))]);
    const said = await db.q.select().from(db.tables.outbox);
    expect(said).toMatchObject([
      {
        kind: 'word-changed',
        subject: 'P1',
        addressee: 'pilot-card:P1',
        details: { criteria: ['K1'] },
        state: 'ready',
      },
    ]);
    await run([fileWith('pilot,metric,end,value\nclaims-triage,handling-time,2026-05-18,8\n')]);
    expect(await db.q.select().from(db.tables.outbox)).toHaveLength(1);
  });

  it('records values before anybody has signed', async () => {
    const { charterVersions } = db.tables;
    await db.q.update(charterVersions).set({ status: 'draft' });
    expect(await run([fileWith(FINE)])).toMatchObject({ code: 0 });
    expect((await imported())[0]?.body).toMatchObject({ before_signature: true });
  });

  it('reads JSON lines, and standard input', async () => {
    const lines = [
      { pilot: 'claims-triage', metric: 'accuracy', day: '2026-01-08', value: 81.5, n: 40, key: 'a' },
      { pilot: 'claims-triage', metric: 'handling-time', end: '2026-01-12', raw: [1, '2.5'] },
    ];
    const { code, out } = await run(['-'], { stdin: lines.map((line) => JSON.stringify(line)).join('\n') });
    expect({ code, out }).toEqual({ code: 0, out: '2 values recorded.\n' });
    expect(await recorded(db)).toMatchObject([
      { value: '81.5', n: 40, source: 'standard input' },
      { raw: ['1', '2.5'] },
    ]);
  });

  it('prints one line of JSON with --json', async () => {
    const { code, out, err } = await run([fileWith(MIXED), '--json']);
    expect({ code, err }).toEqual({ code: 1, err: '' });
    expect(out.trimEnd()).not.toContain('\n');
    expect(JSON.parse(out)).toEqual({
      file: 'january.csv',
      sha256: createHash('sha256').update(MIXED).digest('hex'),
      dry_run: false,
      atomic: false,
      accepted: 4,
      duplicate: 0,
      recorded: 4,
      refused: 2,
      rejected: [
        { line: 6, column: 'value', code: 'number', message: expect.stringContaining('1.234') },
        { line: 7, column: 'metric', code: 'unknown_metric', message: expect.stringContaining('speed') },
      ],
    });
  });

  it('asks which workspace is meant when there are several', async () => {
    const file = fileWith(FINE);
    await db.q.insert(db.tables.workspaces).values(aWorkspace({ id: 'T2', name: 'Umbra\u202e' }));
    const { code, err } = await run([file]);
    expect({ code, err }).toEqual({
      code: 2,
      err: 'There are several workspaces; add --workspace with one of: T1 (Acme), T2 (Umbra\\u202e).\n',
    });
    expect(await run([file, '--workspace', 'T3'])).toMatchObject({ code: 2 });
    expect(await run([file, '--workspace', 'T1'])).toMatchObject({ code: 0 });
  });

  it('counts the days of periods where the workspace is', async () => {
    const file = fileWith('pilot,metric,end,value\nclaims-triage,accuracy,2026-01-12,80\n');
    // In Berlin it is the 12th from 23:00 UTC on.
    const before = await run([file], { now: () => Date.UTC(2026, 0, 11, 22, 59) });
    expect(before.err).toBe(
      'Line 2, column end: The period of "2026-01-12" is not over. It can be recorded from Mon 12 Jan.\n',
    );
    expect(await run([file], { now: () => Date.UTC(2026, 0, 11, 23, 0) })).toMatchObject({ code: 0 });
  });

  it('needs a database with the current schema', async () => {
    const bare = await fresh.bareUrl();
    await fresh.open(bare);
    const { code, err } = await call(['import', 'observations', fileWith(FINE)], {
      env: { DATABASE_URL: bare },
    });
    expect({ code, err }).toEqual({
      code: 3,
      err: 'The database is older than this version of Pilotage; run: pilotage migrate\n',
    });
  });

  it('says so when nobody has used the app yet', async () => {
    const empty = await fresh.url();
    const { code, err } = await call(['import', 'observations', fileWith(FINE)], {
      env: { DATABASE_URL: empty },
    });
    expect({ code, err }).toEqual({
      code: 1,
      err: expect.stringMatching(/^No workspace is known yet: [^\n]+\n$/),
    });
  });

  it.each([
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${FINE}`)],
    ['UTF-16', Buffer.from(`\ufeff${FINE}`, 'utf16le')],
    ['UTF-16, big end first', Buffer.from(`\ufeff${FINE}`, 'utf16le').swap16()],
    ['line ends of Windows', Buffer.from(FINE.replaceAll('\n', '\r\n'))],
    ['semicolons', Buffer.from(FINE.replaceAll(',', ';'))],
    ['tabs', Buffer.from(FINE.replaceAll(',', '\t'))],
  ])('reads a file in %s', async (_, bytes) => {
    expect(await run([fileWith(bytes), '--dry-run'])).toMatchObject({ code: 0, err: '' });
  });

  it.each([
    [
      'Latin 1',
      Buffer.from(`${FINE}caf\xe9,,,\n`, 'latin1'),
      'Line 6, character 4 is not UTF-8. Save the file as "CSV UTF-8".\n',
    ],
    [
      'a workbook',
      Buffer.from('PK\u0003\u0004…'),
      'This is a workbook, not a CSV file. Save the sheet as "CSV UTF-8".\n',
    ],
  ])('refuses a file in %s as a whole', async (_, bytes, err) => {
    expect(await run([fileWith(bytes)])).toEqual({ code: 1, out: '', err });
    expect(await recorded(db)).toEqual([]);
  });

  it.each([
    [
      'unknown columns',
      `${FINE.replace('key', 'colour\u202e')}`,
      /^Line 1: Unknown column "colour\\u202e"\. Possible are: pilot, metric, /,
    ],
    ['names of objects', FINE.replace('key', '__proto__'), /^Line 1: Unknown column "__proto__"\./],
    ['missing columns', 'pilot,value\na,1\n', /^Line 1: The first line has no column "metric", "end"\./],
    ['a column twice', 'pilot,metric,end,value,Value\n', /^Line 1: "Value" stands there twice\. Keep one\./],
    [
      'two hundred columns more',
      `${HEAD}${',x'.repeat(200)}\n`,
      /^Line 1: There are 212 columns; 200 can be read\./,
    ],
    ['nothing in it', '', /^Line 1: The file is empty\./],
  ])('refuses a file with %s', async (_, text, said) => {
    const { code, err } = await run([fileWith(text)]);
    expect(code).toBe(1);
    expect(err).toMatch(said);
    expect(err.trimEnd()).not.toContain('\n');
    expect(await recorded(db)).toEqual([]);
  });

  it('takes the rows before a file was cut off', async () => {
    const text = FINE.slice(0, FINE.lastIndexOf(',yes'));
    const { code, err } = await run([fileWith(text)]);
    expect({ code, err }).toEqual({
      code: 1,
      err: 'Line 5: The row has 3 cells and the first line 12; the file may have been cut off here.\n',
    });
    expect(await recorded(db)).toHaveLength(3);
  });

  it('has nothing to do for a file without rows', async () => {
    expect(await run([fileWith(`${HEAD}\n`)])).toEqual({
      code: 0,
      out: 'There are no rows below the first line. Nothing was recorded.\n',
      err: '',
    });
  });
});

onBothEngines('a file that cannot be imported', (_, fresh) => {
  let env: { DATABASE_URL: string };
  beforeEach(async () => {
    env = { DATABASE_URL: await fresh.url() };
    await plantPilots(await fresh.open(env.DATABASE_URL));
  });
  const run = (path: string, options: CallOptions = {}) =>
    call(['import', 'observations', path], { ...options, env });

  it('is not there: wrong use', async () => {
    expect(await run('/nowhere/january.csv')).toEqual({
      code: 2,
      out: '',
      err: 'There is no file /nowhere/january.csv; check the path.\n',
    });
  });

  it('is a folder: wrong use', async () => {
    expect(await run(tmpdir())).toEqual({
      code: 2,
      out: '',
      err: `${tmpdir()} is a folder; name the file in it.\n`,
    });
  });

  it('is too large, whether it stands on a disk or comes by a pipe', async () => {
    const path = fileWith(`${HEAD}\n`);
    truncateSync(path, LARGEST_FILE + 1);
    const said = 'The file has 51 MB or more; 50 MB can be read at once. Split it into several.\n';
    expect(await run(path)).toEqual({ code: 1, out: '', err: said });
    expect(await run('-', { stdin: new Uint8Array(LARGEST_FILE + 1) })).toEqual({
      code: 1,
      out: '',
      err: said,
    });
  });
});

onBothEngines('a long import', (_, fresh) => {
  const weeks = Array.from({ length: 5000 }, (_, day) => {
    const date = new Date(Date.UTC(2010, 0, 4 + 7 * (day % 850))).toISOString().slice(0, 10);
    return `claims-triage,${['handling-time', 'accuracy', 'go-live'][day % 3]},${date},1`;
  });
  const text = ['pilot,metric,day,value', ...weeks].join('\n');

  async function long(interactive: boolean) {
    const url = await fresh.url();
    const db = await fresh.open(url);
    await plantPilots(db);
    await db.q.update(db.tables.charterVersions).set({ fields: { start: '2010-01-04' } });
    let now = NOW;
    const tick = () => {
      now += 1000;
      return now;
    };
    const called = await call(['import', 'observations', '-'], {
      env: { DATABASE_URL: url },
      stdin: text,
      now: tick,
      interactive,
    });
    return { called, rows: (await recorded(db)).length };
  }

  it('shows how far it is where somebody is looking, and takes the line away', async () => {
    const { called, rows } = await long(true);
    expect(called.code).toBe(0);
    expect(called.err).toMatch(/\rImporting █+░* \d+ %/);
    expect(called.err.endsWith('\r\u001b[2K')).toBe(true);
    expect(rows).toBe(2550);
    expect(called.out).toBe('2550 values recorded. 2450 values were there already.\n');
  });

  it('shows nothing where its output is kept', async () => {
    expect((await long(false)).called.err).toBe('');
  });
});
