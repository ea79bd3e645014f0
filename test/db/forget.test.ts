/** Is there a column anywhere in which words of a person stay when they are forgotten? */
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import type { Database } from '../../src/db/database.ts';
import { forget, tracesOf } from '../../src/db/forget.ts';
import { tables } from '../../src/db/schema.sqlite.ts';
import type { Tables } from '../../src/db/schema.ts';
import { onBothEngines } from '../support/databases.ts';
import { openRaw } from './filled.ts';

const require = createRequire(import.meta.url);
const { getTableColumns, getTableName }: typeof import('drizzle-orm') = require('drizzle-orm');

const PETRA = 'U0PETRA0001';
const NAME = 'Petra Plant';
/** Stands wherever Petra may have written something. */
const WORD = 'pumpernickel';
const said = (by = PETRA) => ({ words: WORD, by, at: 1 });

type Planted = Readonly<Record<string, unknown>>;

/** What may stand in the text columns of a table. */
interface Holds {
  /** Rows in which Petra is named and her words stand, whatever else is in them. */
  readonly rows: readonly Planted[];
  /** Columns that hold nobody's own words: keys, days, numbers, choices, and what was agreed or came from a source. */
  readonly plain: readonly string[];
}

const EVERYWHERE = ['workspace', 'id', 'pilot', 'kind', 'state'];

/** Every table; one that is new, or has a new text column, fails until somebody has said whose words stand there. */
const HOLDS: { readonly [Name in keyof Tables]: Holds } = {
  workspaces: {
    rows: [{ id: 'T1', heldBy: PETRA, settings: { askedBy: PETRA } }],
    plain: ['name', 'timezone', 'botUser'],
  },
  people: {
    rows: [{ id: PETRA, name: 'petra', realName: NAME, quiet: { from: 1, until: 2 } }],
    plain: ['timezone'],
  },
  pilots: {
    rows: [{ id: 'P1', createdBy: PETRA }],
    plain: ['key', 'name', 'stage', 'visibility', 'channel', 'businessUnit', 'externalId', 'externalLink'],
  },
  roles: { rows: [{ person: PETRA, until: 1 }], plain: ['role'] },
  sponsorAnswers: { rows: [{ sponsor: PETRA, by: PETRA, reason: WORD }], plain: ['test', 'answer'] },
  watched: {
    rows: [{ addressee: `user:${PETRA}`, dedupeKey: `check-in-ask:${PETRA}:2026-01-05` }],
    plain: [],
  },
  charterVersions: {
    rows: [
      { id: 'V1', n: 1, askedBy: PETRA, note: WORD, fields: { outcome: 'agreed', note: WORD } },
      { id: 'V2', n: 2, answeredBy: PETRA, reason: WORD, fields: {} },
      { id: 'V3', n: 3, text: `{"holders":{"owner":"${PETRA}"}}`, fields: {} },
    ],
    plain: ['status', 'hash'],
  },
  metrics: { rows: [{ reporter: PETRA }], plain: ['key', 'name', 'unit', 'cadence', 'source'] },
  criteria: {
    rows: [],
    plain: [
      ...['lineage', 'metric', 'measures', 'role', 'baseline', 'baselineKnownBy', 'target', 'targetHigh'],
      ...['deadline', 'firstEffect', 'agg', 'percentile', 'margin', 'mode', 'tolerance', 'rates'],
    ],
  },
  observations: {
    rows: [{ recordedBy: PETRA, reason: WORD }],
    plain: [
      ...['metric', 'periodStart', 'periodEnd', 'value', 'num', 'den', 'raw', 'unit', 'source', 'evidence'],
      'ingestKey',
    ],
  },
  tokens: { rows: [], plain: ['name', 'digest'] },
  setAside: {
    rows: [{ resolvedBy: PETRA, reason: WORD, given: { by: PETRA, note: WORD } }],
    plain: ['source', 'cause', 'metric', 'problem', 'ingestKey'],
  },
  metricNames: { rows: [{ setBy: PETRA }], plain: ['source', 'name', 'metric'] },
  checkIns: { rows: [{ submittedBy: PETRA, ask: WORD }], plain: ['due', 'view', 'amends'] },
  checkInLog: { rows: [{ person: PETRA }], plain: ['due', 'what'] },
  blockers: {
    rows: [
      { id: 'B1', raisedBy: PETRA, words: WORD, owner: PETRA, closedBy: PETRA },
      { id: 'B2', raisedBy: 'U0OTHER0001', words: 'stays', owner: PETRA },
    ],
    plain: ['neededBy'],
  },
  pauses: { rows: [{ setBy: PETRA, reason: WORD }], plain: ['returnDay'] },
  preferences: { rows: [{ person: PETRA, settings: { note: WORD } }], plain: [] },
  follows: { rows: [{ person: PETRA }], plain: [] },
  looks: {
    rows: [],
    plain: ['day', 'due', 'seen', 'counted', 'standing', 'verdicts', 'worst', 'view'],
  },
  cases: {
    rows: [
      {
        id: 'C1',
        record: { chain: { owner: PETRA } },
        said: {
          view: { ...said(), diagnosis: 'adoption' },
          plan: { next: WORD, until: '2026-01-05', by: PETRA, at: 1 },
          snooze: { reason: WORD, until: '2026-01-05', by: PETRA, at: 1 },
          closing: said(),
        },
      },
      {
        id: 'C2',
        record: { chain: { owner: PETRA } },
        said: { view: { ...said('U0OTHER0001'), words: 'stays' } },
      },
    ],
    plain: ['cause', 'turnedOn', 'closedAs'],
  },
  caseCopies: { rows: [{ person: PETRA }], plain: ['case', 'level', 'role', 'outcome'] },
  decisions: {
    rows: [
      {
        id: 'D1',
        by: PETRA,
        reason: WORD,
        details: {
          words: WORD,
          person: PETRA,
          blocker: null,
          conditions: [{ words: WORD, due: '2026-02-02' }],
          shown: WORD,
        },
      },
      // Somebody else has decided, before a card with what Petra had said.
      {
        id: 'D2',
        by: 'U0OTHER0001',
        reason: 'stays',
        details: {
          words: 'stays',
          person: null,
          blocker: null,
          conditions: [],
          shown: `${NAME}, owner: "${WORD}"`,
        },
      },
    ],
    plain: ['cases', 'decision', 'role', 'suggested', 'until', 'seen'],
  },
  conditions: {
    rows: [
      { id: 'K1', decision: 'D1', words: WORD },
      { id: 'K2', decision: 'D2', words: 'stays', clearedBy: PETRA },
    ],
    plain: ['due'],
  },
  stallSettings: { rows: [{ setBy: PETRA }], plain: ['preset', 'changed'] },
  outbox: {
    rows: [
      { id: 'O1', addressee: `user:${PETRA}`, details: { words: WORD }, sent: { text: WORD } },
      {
        id: 'O2',
        addressee: 'user:U0OTHER0001',
        state: 'ready',
        details: { ...said(), note: WORD, answer: WORD },
      },
      {
        id: 'O3',
        addressee: 'user:U0OTHER0001',
        state: 'sent',
        details: { asked: [said()] },
        sent: { text: WORD },
      },
      {
        id: 'O4',
        addressee: 'user:U0OTHER0001',
        state: 'ready',
        details: { askers: [PETRA, 'U0OTHER0001'], told: { ...said() } },
      },
      { id: 'O5', addressee: 'channel:C1', state: 'sent', sent: { text: `${NAME} says ${WORD}` } },
      {
        id: 'O6',
        addressee: 'channel:C1',
        state: 'ready',
        subject: `gone:${PETRA}`,
        dedupeKey: `gone:${PETRA}`,
      },
    ],
    plain: ['channel', 'ts', 'error'],
  },
  messages: {
    rows: [
      { id: 'M1', reader: `user:${PETRA}` },
      { id: 'M2', reader: 'channel:C1', subject: `daily:${PETRA}:2026-01-05` },
    ],
    plain: ['channel', 'ts'],
  },
  seen: { rows: [{ id: `home:${PETRA}` }], plain: [] },
  schedules: {
    rows: [
      { id: 'S1', subject: PETRA, setBy: PETRA, details: { note: WORD } },
      {
        id: 'S2',
        subject: 'unit',
        setBy: PETRA,
        rule: { by: PETRA, note: WORD },
        details: { by: PETRA, reason: WORD },
      },
    ],
    plain: ['timezone'],
  },
  logbookHeads: { rows: [], plain: ['hash'] },
  logbook: {
    rows: [],
    plain: ['actor', 'body', 'personal', 'salt', 'commitment', 'prev', 'hash'],
  },
};

const columnsOf = (name: keyof Tables) => Object.entries(getTableColumns(tables[name]));
const holdsText = (column: { readonly dataType: string }) => ['string', 'json'].includes(column.dataType);

describe('every text column of the schema', () => {
  it.each(
    Object.keys(HOLDS) as (keyof Tables)[],
  )('of %s is known to hold words of people or none', (name) => {
    const { rows, plain } = HOLDS[name];
    const known = new Set([...EVERYWHERE, ...plain, ...rows.flatMap((row) => Object.keys(row))]);
    const texts = columnsOf(name).filter(([, column]) => holdsText(column));
    expect(texts.map(([property]) => property).filter((property) => !known.has(property))).toEqual([]);
  });
});

/** A row in which everything has some value: what is given, else nothing where that may be, else one of its kind. */
function filled(name: keyof Tables, given: Planted, engine: string, nth: number): [string, unknown][] {
  return columnsOf(name).map(([property, column]): [string, unknown] => {
    const value = property in given ? given[property] : plainValue(property, column, nth);
    if (typeof value === 'boolean') return [column.name, engine === 'sqlite' ? Number(value) : value];
    return [column.name, typeof value === 'object' && value !== null ? JSON.stringify(value) : value];
  });
}

function plainValue(
  property: string,
  column: { readonly dataType: string; readonly notNull: boolean; readonly primary: boolean },
  nth: number,
): unknown {
  if (property === 'workspace') return 'T1';
  if (property === 'pilot') return 'P1';
  if (!column.notNull && !column.primary) return null;
  if (column.dataType === 'json') return {};
  if (column.dataType === 'boolean') return false;
  return column.dataType === 'string' ? `${property}-${nth}` : 1;
}

/** Every place in which something stands. */
async function placesOf(db: Database, words: RegExp): Promise<string[]> {
  const found: string[] = [];
  for (const [name, table] of Object.entries(db.tables)) {
    for (const row of await db.q.select().from(table)) {
      for (const [property, value] of Object.entries(row))
        if (words.test(JSON.stringify(value))) found.push(`${name}.${property}`);
    }
  }
  return [...new Set(found)].sort();
}

const personalOf = async (db: Database) =>
  (await db.q.select().from(db.tables.logbook))
    .sort((a, b) => a.n - b.n)
    .map(({ kind, personal }) => [kind, personal !== null]);

onBothEngines('a person whose words stand in every place', (_openFresh, fresh) => {
  it('is in none of them any more, and what others said and what was decided stays', async () => {
    const url = await fresh.url();
    const raw = await openRaw(url);
    for (const name of Object.keys(HOLDS) as (keyof Tables)[]) {
      for (const [nth, given] of HOLDS[name].rows.entries()) {
        const values = filled(name, given, fresh.engine, nth);
        const marks = values.map((_, at) => (fresh.engine === 'sqlite' ? '?' : `$${at + 1}`)).join(', ');
        await raw.rows(
          `insert into "${getTableName(tables[name])}" (${values.map(([column]) => `"${column}"`).join(', ')}) values (${marks})`,
          values.map(([, value]) => value),
        );
      }
    }
    await raw.close();
    const db = await fresh.open(url);
    const entry = { at: 1, pilot: 'P1', body: { decision: 'stop' } };
    await db.atomically('T1', (log) => [
      log({ ...entry, kind: 'view_added', actor: `user:${PETRA}`, personal: { words: WORD } }),
      log({
        ...entry,
        kind: 'decided',
        actor: 'user:U0OTHER0001',
        personal: { reason: 'x', shown: `${NAME}, owner: "${WORD}"` },
      }),
      log({
        ...entry,
        kind: 'follows',
        actor: 'user:U0OTHER0001',
        personal: { words: 'petra is no full name' },
      }),
    ]);
    const whom = { workspace: 'T1', person: PETRA, names: [NAME, 'petra'] };
    const planted = await placesOf(db, new RegExp(WORD));
    expect(planted.length).toBeGreaterThan(18);
    const traces = await tracesOf(db, whom);
    expect([...traces.keys()]).toEqual(
      expect.arrayContaining(['conditions', 'cases', 'decisions', 'outbox']),
    );

    expect(await forget(db, whom, 2)).toEqual(traces);

    expect(await placesOf(db, new RegExp(`${WORD}|${PETRA}|${NAME}`))).toEqual([]);
    expect(await placesOf(db, /stays/)).toEqual([
      'blockers.words',
      'cases.said',
      'conditions.words',
      'decisions.details',
      'decisions.reason',
    ]);
    expect(await placesOf(db, /agreed/)).toEqual(['charterVersions.fields']);
    expect(await personalOf(db)).toEqual([
      ['view_added', false],
      ['decided', false],
      ['follows', true],
      ['person_forgotten', false],
    ]);
    expect((await db.q.select().from(db.tables.decisions)).map(({ id }) => id).sort()).toEqual(['D1', 'D2']);
    expect((await tracesOf(db, whom)).size).toBe(0);
  });
});
