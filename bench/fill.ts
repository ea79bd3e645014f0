/** Which rows does a workspace have in which many pilots are under way? */
import { createRequire } from 'node:module';
import type BetterSqlite3 from 'better-sqlite3';
import { addDays, dayOf, startOfDay, weekdayOf } from '../src/core/day.ts';
import type { Statement } from '../src/db/database.ts';
import { migrate } from '../src/db/migrate.ts';
import { openDatabase } from '../src/db/open.ts';
import type { Tables } from '../src/db/schema.ts';
import { idMaker } from '../src/db/uuidv7.ts';

const require = createRequire(import.meta.url);
const Connection: typeof BetterSqlite3 = require('better-sqlite3');

type Row<Name extends keyof Tables> = Tables[Name]['$inferInsert'];

/** How much there is. */
export interface Size {
  readonly pilots: number;
  /** Criteria of each pilot, each on a metric of its own. */
  readonly criteria: number;
  /** Weeks with a value, for each criterion. */
  readonly values: number;
  /** Whole weeks since the pilots began. */
  readonly weeks: number;
}

/** A pilot that was filled in. */
export interface FilledPilot {
  readonly id: string;
  readonly key: string;
  readonly owner: string;
  readonly metrics: readonly string[];
}

export const WORKSPACE = 'T0BENCH0001';
export const BOT = 'U0BENCHBOT1';
export const CHANNEL = 'C0BENCH0001';
export const ZONE = 'Europe/Berlin';
const PEOPLE = 40;

/** Somebody of the workspace by number. */
const person = (n: number): string => `U0PERSON${String(n % PEOPLE).padStart(3, '0')}`;

/** The first day of the pilots: a Monday. */
function firstDay(now: number, weeks: number): string {
  const today = dayOf(now, ZONE);
  return addDays(today, 1 - weekdayOf(today) - 7 * weeks);
}

/**
 * Fills a new database file: signed pilots with owner, sponsor and production owner, a card in a channel, and values of
 * past weeks. The same size and time give the same rows.
 */
export async function fill(file: string, size: Size, now: number): Promise<FilledPilot[]> {
  const db = await openDatabase({ url: `file:${file}`, salt: () => '0'.repeat(32) });
  const t = db.tables;
  const start = firstDay(now, size.weeks);
  const signedAt = startOfDay(start, ZONE);
  const id = numberedIds(signedAt);
  try {
    await migrate(db);
    await db.q.insert(t.workspaces).values(theWorkspace(signedAt));
    await db.q.insert(t.people).values(Array.from({ length: PEOPLE }, (_, n) => aPerson(person(n), now)));
    const filled: FilledPilot[] = [];
    for (let first = 0; first < size.pilots; first += PORTION) {
      const portion = Array.from({ length: Math.min(PORTION, size.pilots - first) }, (_, n) =>
        pilotRows(first + n, size, { id, start, signedAt }),
      );
      const insert = <Name extends keyof Tables>(table: Name, rows: Row<Name>[]): Statement[] =>
        inPortions(rows).map((some) => db.q.insert(t[table]).values(some as never));
      await db.atomically(WORKSPACE, () => [
        ...insert(
          'pilots',
          portion.map(({ pilot }) => pilot),
        ),
        ...insert(
          'roles',
          portion.flatMap(({ roles }) => roles),
        ),
        ...insert(
          'charterVersions',
          portion.map(({ charter }) => charter),
        ),
        ...insert(
          'metrics',
          portion.flatMap(({ metrics }) => metrics),
        ),
        ...insert(
          'criteria',
          portion.flatMap(({ criteria }) => criteria),
        ),
        ...insert(
          'messages',
          portion.map(({ card }) => card),
        ),
      ]);
      filled.push(...portion.map(({ filled: pilot }) => pilot));
    }
    fillValues(file, size, { id, start, filled });
    return filled;
  } finally {
    await db.close();
  }
}

/** Rows in one statement: as many as SQLite's limit of parameters lets through with room to spare. */
const PORTION = 100;

const inPortions = <Value>(rows: readonly Value[]): Value[][] =>
  Array.from({ length: Math.ceil(rows.length / PORTION) }, (_, n) =>
    rows.slice(n * PORTION, (n + 1) * PORTION),
  );

/** Ids as long and as sorted as the app's, and the same ones in every run. */
function numberedIds(at: number): () => string {
  const bytes = Buffer.alloc(10);
  let made = 0;
  const random = (): Buffer => {
    made += 1;
    bytes.writeUInt32BE(made, 6);
    return bytes;
  };
  return idMaker(() => at, random);
}

interface Filling {
  readonly id: () => string;
  readonly start: string;
  readonly signedAt: number;
}

function pilotRows(n: number, size: Size, { id, start, signedAt }: Filling) {
  const pilotId = id();
  const key = `claims-triage-${String(n + 1).padStart(5, '0')}`;
  const [owner, sponsor, production] = [person(n), person(n + 1), person(n + 2)];
  const within = { workspace: WORKSPACE, pilot: pilotId };
  const pilot: Row<'pilots'> = {
    workspace: WORKSPACE,
    id: pilotId,
    key,
    name: `Claims triage ${n + 1}`,
    stage: 'measure',
    visibility: 'workspace',
    channel: CHANNEL,
    businessUnit: 'Claims',
    revision: 7,
    createdAt: signedAt,
    createdBy: owner,
  };
  const roles = (
    [
      ['owner', owner],
      ['sponsor', sponsor],
      ['production_owner', production],
    ] as const
  ).map(([role, holder]): Row<'roles'> => ({ ...within, id: id(), role, person: holder, since: signedAt }));
  const charter: Row<'charterVersions'> = {
    ...within,
    id: id(),
    n: 1,
    status: 'signed',
    fields: {
      outcome: 'Claims are paid a day earlier and cost less to handle',
      problem: 'Every claim is read by three people before anybody decides. Customers wait nine days.',
      start,
      decision: addDays(start, 7 * (size.weeks + 13)),
      rollback: 'Switch the queue back to the old order; takes ten minutes',
      budget: '€40,000 until the decision',
    },
    askedAt: signedAt,
    askedBy: owner,
    answeredAt: signedAt,
    answeredBy: sponsor,
    text: '{}',
    hash: '0'.repeat(64),
    frozenAt: signedAt,
    resultsKnown: false,
    revision: 3,
  };
  const metrics = Array.from(
    { length: size.criteria },
    (_, place): Row<'metrics'> => ({
      ...within,
      id: id(),
      key: `measure-${place + 1}`,
      name: `Measure ${place + 1}`,
      unit: place % 2 === 0 ? 'min' : 'percent',
      cadence: 'week',
      source: 'typed',
    }),
  );
  const criteria = metrics.map(
    (metric, place): Row<'criteria'> => ({
      ...within,
      id: id(),
      version: 1,
      lineage: id(),
      position: place,
      metric: metric.id,
      measures: 'business',
      kind: place % 2 === 0 ? 'at_most' : 'at_least',
      role: place === 2 ? 'guardrail' : 'required',
      baseline: place % 2 === 0 ? '30' : '20',
      target: place % 2 === 0 ? '20' : '40',
      deadline: addDays(start, 7 * (size.weeks + 13)),
      // The first is judged by its newest value, so that one value changes its word; the others by the form's default.
      agg: place === 0 ? 'latest' : 'mean',
      aggWindow: place === 0 ? 1 : 4,
      sustain: 1,
      minN: 0,
      minPeriods: 2,
      minTrust: 0,
      margin: '0',
      closingDays: 5,
      mode: 'deadline',
      tolerance: '0.1',
    }),
  );
  const card: Row<'messages'> = {
    workspace: WORKSPACE,
    id: id(),
    kind: 'pilot-card',
    subject: pilotId,
    version: 1,
    reader: `channel:${CHANNEL}`,
    channel: CHANNEL,
    ts: `1600000000.${String(n).padStart(6, '0')}`,
    shown: 7,
    wanted: 7,
    live: true,
    sentAt: signedAt,
    fence: 0,
  };
  const filled: FilledPilot = { id: pilotId, key, owner, metrics: metrics.map((metric) => metric.id) };
  return { pilot, roles, charter, metrics, criteria, card, filled };
}

/** Writes the values with plain statements: there may be more than a million. */
function fillValues(
  file: string,
  size: Size,
  { id, start, filled }: Pick<Filling, 'id' | 'start'> & { readonly filled: readonly FilledPilot[] },
): void {
  const client = new Connection(file);
  client.pragma('synchronous = OFF');
  const insert = client.prepare(
    `insert into observations (workspace, id, pilot, metric, period_start, period_end, value, unit, source, trust, recorded_at, recorded_by, withdrawn)
     values (?, ?, ?, ?, ?, ?, ?, ?, 'typed', 1, ?, ?, 0)`,
  );
  const weeks = Array.from({ length: size.values }, (_, week) => {
    const end = addDays(start, 7 * (week + 1));
    return { week, start: addDays(start, 7 * week), end, at: startOfDay(end, ZONE) };
  });
  client.transaction(() => {
    for (const [n, pilot] of filled.entries()) {
      for (const [place, metric] of pilot.metrics.entries()) {
        for (const { week, start: from, end, at } of weeks) {
          const value = place % 2 === 0 ? lowering(n, week) : rising(n, week);
          const unit = place % 2 === 0 ? 'min' : 'percent';
          insert.run(WORKSPACE, id(), pilot.id, metric, from, end, value, unit, at, pilot.owner);
        }
      }
    }
  })();
  client.pragma('wal_checkpoint(TRUNCATE)');
  client.close();
}

/** Tenths that look like noise and are the same in every run. */
const wobble = (n: number, week: number): number => (((n * 31 + week * 17) * 7919) % 23) - 11;
const lowering = (n: number, week: number): string => ((300 - 4 * week + wobble(n, week)) / 10).toFixed(1);
const rising = (n: number, week: number): string => ((200 + 7 * week + wobble(n, week)) / 10).toFixed(1);

function theWorkspace(at: number): Row<'workspaces'> {
  return { id: WORKSPACE, name: 'Bench', timezone: ZONE, botUser: BOT, installedAt: at, settings: {} };
}

function aPerson(id: string, at: number): Row<'people'> {
  return {
    workspace: WORKSPACE,
    id,
    name: `Person ${id}`,
    realName: `Person ${id}`,
    timezone: ZONE,
    isBot: false,
    isDeactivated: false,
    isGuest: false,
    isExternal: false,
    isAdmin: false,
    refreshedAt: at,
  };
}
