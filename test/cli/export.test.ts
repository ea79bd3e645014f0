import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Papa from 'papaparse';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { canonicalText, commitmentText, entryText, type Json } from '../../src/core/logbook.ts';
import { sha256 } from '../../src/db/chain.ts';
import { columns } from '../../src/db/columns.sqlite.ts';
import type { Database } from '../../src/db/database.ts';
import { EXPORT_SETS } from '../../src/db/export-sets.ts';
import { openDatabase } from '../../src/db/open.ts';
import { tables } from '../../src/db/schema.sqlite.ts';
import { freshDatabases, onBothEngines } from '../support/databases.ts';
import { HOSTILE } from '../support/hostile.ts';
import { anEntry, anObservation, aPerson, aPilot, aWorkspace } from '../support/rows.ts';
import { call } from './call.ts';
import { aCriterion, plantPilots, recorded } from './planted.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pilotage-export-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string) => join(folder, name);
const run = (url: string, ...args: string[]) => call(args, { env: { DATABASE_URL: url } });

type Records = Record<string, Record<string, Json>[]>;
const parse = (text: string) => JSON.parse(text) as Records & { pilotage_export: number };
const csv = (file: string) =>
  Papa.parse<Record<string, string>>(readFileSync(at(file), 'utf8').trimEnd(), { header: true }).data;

/** Two pilots with values of every form, one of them corrected and one withdrawn, people, and a logbook. */
async function plant(db: Database): Promise<void> {
  await plantPilots(db);
  const t = db.tables;
  await db.q.update(t.charterVersions).set({ fields: { start: '2026-01-05' } });
  await db.atomically('T1', (log) => [
    db.q.insert(t.criteria).values(aCriterion()),
    db.q.insert(t.people).values(aPerson()),
    db.q.insert(t.people).values(aPerson({ id: 'U2', name: 'ben', realName: 'Ben Boll' })),
    db.q
      .insert(t.roles)
      .values({ workspace: 'T1', id: 'R1', pilot: 'P1', role: 'owner', person: 'U1', since: 0 }),
    ...[
      anObservation({ id: 'O1', value: '12.50', recordedBy: 'U1' }),
      anObservation({ id: 'O2', value: '11.90', recordedAt: 1_768_200_000_001, reason: 'typed wrong' }),
      anObservation({
        id: 'O3',
        periodStart: '2026-01-12',
        periodEnd: '2026-01-19',
        value: '-0.10',
        trust: 1,
        evidence: 'https://example.com/a,b',
      }),
      anObservation({ id: 'O4', periodStart: '2026-01-19', periodEnd: '2026-01-26', value: '9' }),
      anObservation({
        id: 'O5',
        periodStart: '2026-01-19',
        periodEnd: '2026-01-26',
        value: '9',
        withdrawn: true,
        recordedAt: 1_768_200_000_002,
      }),
      anObservation({
        id: 'O6',
        periodStart: '2026-01-26',
        periodEnd: '2026-02-02',
        value: null,
        raw: ['3', '5.25', '8'],
      }),
      anObservation({
        id: 'O7',
        metric: 'M2',
        value: null,
        num: '412',
        den: '430',
        unit: 'percent',
        source: 'warehouse',
        trust: 2,
        ingestKey: 'wh-1',
      }),
      anObservation({ id: 'O8', metric: 'M3', value: 'true', unit: 'bool' }),
      anObservation({
        id: 'O9',
        pilot: 'P2',
        metric: 'M9',
        periodEnd: '2026-02-05',
        value: '123456789012.345',
        unit: 'EUR/case',
        n: 430,
      }),
    ].map((row) => db.q.insert(t.observations).values(row)),
    log(anEntry({ pilot: 'P1', personal: { reason: 'too early' } })),
    log(anEntry({ pilot: 'P2', actor: 'system:digest' })),
  ]);
}

onBothEngines('export', (_, fresh) => {
  let url = '';
  let db: Database;
  beforeEach(async () => {
    url = await fresh.url();
    db = await fresh.open(url);
    await plant(db);
  });

  it('hands out every table that is not kept back, one record a line', async () => {
    const { code, out, err } = await run(url, 'export');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const all = parse(out);
    const expected = Object.entries(EXPORT_SETS).flatMap(([name, set]) =>
      'keptBack' in set ? [] : [columns.describe(tables[name as keyof typeof tables]).name],
    );
    expect(Object.keys(all)).toEqual(['pilotage_export', ...expected]);
    expect(all['observations']).toHaveLength(9);
    expect(all['observations']?.[0]).toEqual({
      id: 'O1',
      pilot: 'claims-triage',
      metric: 'handling-time',
      period_start: '2026-01-05',
      period_end: '2026-01-12',
      value: '12.50',
      num: null,
      den: null,
      raw: null,
      n: null,
      unit: 'min',
      source: 'slack',
      trust: 2,
      evidence: null,
      recorded_at: '2026-01-12T06:40:00.000Z',
      recorded_by: 'U1',
      withdrawn: false,
      reason: null,
      ingest_key: null,
    });
    expect(out.split('\n').filter((line) => /^,?\{/.test(line)).length).toBe(
      1 + expected.reduce((sum, set) => sum + (all[set]?.length ?? 0), 0),
    );
  });

  it('of one pilot has nothing of the others', async () => {
    const { out } = await run(url, 'export', '--pilot', 'claims-triage');
    const all = parse(out);
    expect(all['pilots']?.map(({ key }) => key)).toEqual(['claims-triage']);
    expect(all['logbook']).toHaveLength(1);
    expect(all['people']?.map(({ id }) => id)).toEqual(['U1']);
    expect(out).not.toMatch(/churn|Ben Boll|EUR\/case/i);
  });

  it('gives a logbook whose chain can be checked without the app', async () => {
    const { logbook = [], logbook_heads: heads } = parse((await run(url, 'export')).out);
    let prev = '0'.repeat(64);
    for (const entry of logbook) {
      const { n, at: when, kind, pilot, actor, body, commitment, hash } = entry;
      const ids: Record<string, string> = { 'claims-triage': 'P1', churn: 'P2' };
      const facts = {
        workspace: 'T1',
        n: Number(n),
        prev,
        at: Date.parse(String(when)),
        kind: String(kind),
        actor: String(actor),
      };
      const text = entryText({
        ...facts,
        pilot: ids[String(pilot)] ?? null,
        body: canonicalText(body ?? null),
        commitment: String(commitment),
      });
      expect(sha256(text)).toBe(hash);
      prev = String(hash);
    }
    expect(heads).toEqual([{ n: 2, hash: prev }]);
    // Without the salt nobody can find out by trying who somebody was once they are forgotten.
    expect(logbook[0]).not.toHaveProperty('salt');
    expect(sha256(commitmentText('', 'user:U1', '{"reason":"too early"}'))).not.toBe(
      logbook[0]?.['commitment'],
    );
  });

  it('never hands out what opens the endpoint', async () => {
    await run(url, 'token', 'create', '--name', 'warehouse');
    const { tokens = [] } = parse((await run(url, 'export')).out);
    const [row] = await db.q.select().from(db.tables.tokens);
    expect(tokens).toMatchObject([{ name: 'warehouse' }]);
    expect(JSON.stringify(tokens)).not.toContain(row?.digest);
  });

  it('writes a CSV file for each kind of record, readable by its owner', async () => {
    const { code, out } = await run(url, 'export', '--format', 'csv', '--out', at('all'));
    const files = readdirSync(at('all'));
    expect({ code, out }).toEqual({ code: 0, out: `Written to ${at('all')}: ${files.length} files.\n` });
    expect(files).toEqual(
      expect.arrayContaining(['charter-versions.csv', 'logbook.csv', 'observations.csv', 'values.csv']),
    );
    expect(statSync(at('all')).mode & 0o777).toBe(0o700);
    expect(statSync(at('all/values.csv')).mode & 0o777).toBe(0o600);
    expect(csv('all/observations.csv')).toHaveLength(9);
    expect(csv('all/logbook.csv')[0]).toMatchObject({
      n: '1',
      body: '{"what":"something"}',
      personal: '{"reason":"too early"}',
    });
  });

  it('gives numbers that an import takes in again as they were', async () => {
    await run(url, 'export', '--format', 'csv', '--out', at('all'));
    const other = await fresh.url();
    const second = await fresh.open(other);
    await plantPilots(second);
    await second.q.update(second.tables.charterVersions).set({ fields: { start: '2026-01-05' } });
    const taken = await run(other, 'import', 'observations', at('all/values.csv'));
    const what = ({
      metric,
      periodEnd,
      value,
      num,
      den,
      raw,
      n,
      unit,
      trust,
      evidence,
      ingestKey,
    }: Awaited<ReturnType<typeof recorded>>[number]) =>
      JSON.stringify({ metric, periodEnd, value, num, den, raw, n, unit, trust, evidence, ingestKey });
    expect(taken).toMatchObject({ code: 0, err: '' });
    const counting = (await recorded(db)).filter(({ id }) =>
      ['O2', 'O3', 'O6', 'O7', 'O8', 'O9'].includes(id),
    );
    expect((await recorded(second)).map(what).sort()).toEqual(counting.map(what).sort());
    // And where they come from, they change nothing.
    expect(await run(url, 'import', 'observations', at('all/values.csv'))).toMatchObject({
      code: 0,
      out: expect.stringContaining('0 values recorded. 6 values were there already.'),
    });
  });

  it('is refused in a sentence where it cannot be done', async () => {
    writeFileSync(at('file'), 'mine');
    mkdirSync(at('full'));
    writeFileSync(at('full/a'), 'mine');
    const refusals: [string[], RegExp][] = [
      [['--format', 'csv'], /^CSV is several files; add --out /],
      [['--format', 'xml'], /Allowed choices are json, csv/],
      [['--pilot', 'unicorn'], /^There is no pilot "unicorn"; /],
      [['--pilot', `a${'\u202e'}`], /^There is no pilot "/],
      [['--workspace', 'T9'], /^There is no workspace "T9"; there is: T1/],
      [['--out', at('file')], /is a file; name a folder that is empty/],
      [['--out', at('full')], /is not empty, and nothing in it is written over/],
      [['--out', at('file/below')], /There is no folder|is no name/],
      [['--out', at('x'.repeat(300))], /^That is no name for a file/],
    ];
    for (const [args, sentence] of refusals) {
      const { code, out, err } = await run(url, 'export', ...args);
      expect({ args, code, out }).toEqual({ args, code: 2, out: '' });
      expect(err).toMatch(sentence);
      expect(err).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
    }
    expect(readFileSync(at('full/a'), 'utf8')).toBe('mine');
    expect(readdirSync(folder).sort()).toEqual(['file', 'full']);
    expect(existsSync(at('full.part'))).toBe(false);
  });
});

describe('the bytes of an export', () => {
  const [sqlite, postgres] = [freshDatabases('sqlite'), freshDatabases('postgres')];

  it.each(['json', 'csv'])('are the same on both engines, and every time: %s', async (format) => {
    const exported: Record<string, string>[] = [];
    for (const [n, fresh] of [sqlite, sqlite, postgres].entries()) {
      const url = await fresh.url();
      const db = await openDatabase({ url, salt: () => 'salt' });
      await plant(db);
      await db.close();
      const { code, err } = await run(url, 'export', '--format', format, '--out', at(`${n}`));
      expect({ code, err }).toEqual({ code: 0, err: '' });
      exported.push(
        Object.fromEntries(
          readdirSync(at(`${n}`)).map((name) => [name, readFileSync(at(`${n}/${name}`), 'utf8')]),
        ),
      );
    }
    expect(exported[1]).toEqual(exported[0]);
    expect(exported[2]).toEqual(exported[0]);
  });
});

onBothEngines('hostile text in an export', (_, fresh) => {
  it('is kept as what it is in JSON, and runs in no spreadsheet', async () => {
    const url = await fresh.url();
    const db = await fresh.open(url);
    const names = Object.values(HOSTILE).map((text) => text.toWellFormed().replaceAll('\u0000', ''));
    const { pilots, workspaces } = db.tables;
    await db.q.insert(workspaces).values(aWorkspace());
    const rows = [...names, '=1+1', '+1', '-cmd', '@a', '\t=1', '＝1', '-12.50'].map((name, i) =>
      aPilot({ id: `P${String(i).padStart(2, '0')}`, key: `k${i}`, name }),
    );
    await db.q.insert(pilots).values(rows);
    const { out } = await run(url, 'export');
    expect(parse(out)['pilots']?.map(({ name }) => name)).toEqual(rows.map(({ name }) => name));
    await run(url, 'export', '--format', 'csv', '--out', at('all'));
    const cells = csv('all/pilots.csv').map(({ name }) => name ?? '');
    expect(cells.every((cell, i) => cell === rows[i]?.name || cell === `'${rows[i]?.name}`)).toBe(true);
    expect(cells.filter((cell) => /^[\s\p{Cf}]*[=+\-@＝＋－＠]/u.test(cell))).toEqual(['-0', '-12.50']);
  });
});
