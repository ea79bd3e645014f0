/** How does a test get a fresh database, and run the same claims on both engines? */

import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, inject } from 'vitest';
import { sha256 } from '../../src/db/chain.ts';
import type { Database } from '../../src/db/database.ts';
import { migrate } from '../../src/db/migrate.ts';
import { readPlan } from '../../src/db/migrations.ts';
import { openDatabase } from '../../src/db/open.ts';
import './one-postgres.ts';

const require = createRequire(import.meta.url);

/** The engines everything runs on. */
export const engines = ['sqlite', 'postgres'] as const;

/** Which engine a test is running on. */
export type Engine = (typeof engines)[number];

/** The address of an empty database, and how to get rid of it. */
export interface Place {
  readonly url: string;
  drop(): Promise<void>;
}

/** Hands out databases of one engine and takes them back: after the test that asked, or after the file. */
export interface Fresh {
  readonly engine: Engine;
  /** A migrated, empty, open database. */
  database(): Promise<Database>;
  /** The address of a migrated, empty database: a file on SQLite. For child processes and several connections. */
  url(): Promise<string>;
  /** The address of a database without a single table. */
  bareUrl(): Promise<string>;
  /** One more connection to an address. */
  open(url: string): Promise<Database>;
}

/**
 * Declares the same claims for SQLite and for PostgreSQL.
 *
 * @param openFresh opens a migrated, empty database; on SQLite it is in memory
 * @example
 * onBothEngines('pilots', (openFresh) => { it('…', async () => { const db = await openFresh(); … }); });
 */
export function onBothEngines(
  name: string,
  claims: (openFresh: () => Promise<Database>, fresh: Fresh) => void,
): void {
  describe.each(engines)(`${name} on %s`, (engine) => {
    const fresh = freshDatabases(engine);
    claims(fresh.database, fresh);
  });
}

/** A source of databases for the `describe` it is called in. */
export function freshDatabases(engine: Engine): Fresh {
  // Whatever is opened outside a test, as in `beforeAll`, is shared by the file and lives as long.
  let inTest = false;
  const leavings = { test: [] as (() => Promise<void>)[], file: [] as (() => Promise<void>)[] };
  const later = (drop: () => Promise<void>) => {
    leavings[inTest ? 'test' : 'file'].push(drop);
  };
  const clear = async (list: (() => Promise<void>)[]) => {
    for (const drop of list.splice(0).reverse()) await drop();
  };
  beforeEach(() => {
    inTest = true;
  });
  afterEach(async () => {
    inTest = false;
    await clear(leavings.test);
  });
  afterAll(() => clear(leavings.file));

  const open = async (url: string) => {
    const db = await openDatabase({ url, salt: () => randomBytes(16).toString('hex') });
    later(() => db.close());
    return db;
  };
  const placed = async (place: Promise<Place>) => {
    const { url, drop } = await place;
    later(drop);
    return url;
  };
  const bareUrl = () => placed(engine === 'sqlite' ? newFile() : newPostgres());
  return {
    engine,
    open,
    bareUrl,
    url: async () => {
      if (engine === 'postgres') return placed(newPostgres(await template()));
      const url = await bareUrl();
      const db = await openDatabase({ url, salt: () => '' });
      await migrate(db);
      await db.close();
      return url;
    },
    database: async () => {
      if (engine === 'postgres') return open(await placed(newPostgres(await template())));
      const db = await open('file::memory:');
      await migrate(db);
      return db;
    },
  };
}

async function newFile(): Promise<Place> {
  const folder = mkdtempSync(join(tmpdir(), 'pilotage-test-'));
  const drop = async () => rmSync(folder, { recursive: true, force: true });
  return { url: `file:${join(folder, 'test.db')}`, drop };
}

async function newPostgres(from = 'template1'): Promise<Place> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  const root = await server();
  await statement(root, `create database ${name} template ${from}`);
  return {
    url: beside(root, name),
    drop: () => statement(root, `drop database if exists ${name} with (force)`),
  };
}

let asked: Promise<string> | undefined;

/** The address of the run's one server, started by the first question. */
function server(): Promise<string> {
  asked ??= fetch(inject('postgresDoor')).then(async (answer) => {
    const text = await answer.text();
    if (!answer.ok) throw new Error(text);
    return text;
  });
  return asked;
}

let made: Promise<string> | undefined;

/** The name of a migrated database that fresh ones are copied from: one per set of migrations. */
function template(): Promise<string> {
  made ??= makeTemplate();
  return made;
}

async function makeTemplate(): Promise<string> {
  const { migrations, triggers } = readPlan('postgres');
  const name = `migrated_${sha256([...migrations, triggers].map((one) => one.checksum).join()).slice(0, 12)}`;
  const root = await server();
  await withClient(root, async (query) => {
    // Test files run side by side; the first one makes it, and under its final name only when it is complete.
    await query("select pg_advisory_lock(hashtext('template'))");
    if ((await query(`select 1 from pg_database where datname = '${name}'`)) > 0) return;
    await query(`drop database if exists ${name}_unfinished with (force)`);
    await query(`create database ${name}_unfinished`);
    const db = await openDatabase({ url: beside(root, `${name}_unfinished`), salt: () => '' });
    await migrate(db);
    await db.close();
    await query(`alter database ${name}_unfinished rename to ${name}`);
  });
  return name;
}

function beside(url: string, database: string): string {
  const other = new URL(url);
  other.pathname = `/${database}`;
  return other.href;
}

function statement(url: string, text: string): Promise<void> {
  return withClient(url, async (query) => {
    await query(text);
  });
}

async function withClient(url: string, work: (query: (text: string) => Promise<number>) => Promise<void>) {
  const { Client }: typeof import('pg') = require('pg');
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await work(async (text) => (await client.query(text)).rowCount ?? 0);
  } finally {
    await client.end();
  }
}
