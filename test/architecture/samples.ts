/** What breaks each law, and what comes close without breaking it? */
import type { ProjectFile } from './module.ts';

/** For one law: files of which every one breaks it, and files that are all right. */
export interface Sample {
  readonly bad: readonly ProjectFile[];
  readonly good: readonly ProjectFile[];
}

const file = (path: string, text: string): ProjectFile => ({ path, text });
const lines = (count: number) => 'const a = 1;\n'.repeat(count);

/** By the name of the law. */
export const SAMPLES: Readonly<Record<string, Sample>> = {
  rooms: {
    bad: [file('src/clock.ts', ''), file('src/features/stray.ts', '')],
    good: [file('src/core/pilot.ts', ''), file('src/features/decide/index.ts', ''), file('src/app.ts', '')],
  },
  'imports of core': {
    bad: [
      file('src/core/a.ts', "import { z } from 'zod';"),
      file('src/core/b.ts', "import { createHash } from 'node:crypto';"),
      file('src/core/c.ts', "import type { Row } from '../db/schema.ts';"),
      file('src/core/d.ts', "export { words } from '../views/words.ts';"),
      file('src/core/e.ts', "type Row = import('../db/schema.ts').Row;"),
    ],
    good: [
      file('src/core/f.ts', "import { Decimal } from 'decimal.js';\nimport { a } from './a.ts';"),
      file(
        'src/core/evaluate/g.ts',
        "import { Temporal } from 'temporal-polyfill';\nimport { a } from '../a.ts';",
      ),
    ],
  },
  'imports of slack': {
    bad: [
      file('src/slack/form.ts', "import { Pilot } from '../core/pilot.ts';"),
      file('src/slack/text.ts', "const a = await import('../views/a.ts');"),
    ],
    good: [file('src/slack/listen.ts', "import { App } from '@slack/bolt';\nimport { a } from './a.ts';")],
  },
  'imports of jobs': {
    bad: [file('src/jobs/tick.ts', "import { stalls } from '../core/stall.ts';")],
    good: [file('src/jobs/tick.ts', "import cron from 'node-cron';")],
  },
  'imports of http': {
    bad: [file('src/http/health.ts', "import { query } from '../db/queries/pilots.ts';")],
    good: [file('src/http/health.ts', "import { createServer } from 'node:http';")],
  },
  'imports of charts': {
    bad: [file('src/charts/line.ts', "import { verdict } from '../core/verdict.ts';")],
    good: [file('src/charts/line.ts', "const echarts = require('echarts/core');")],
  },
  'imports of metrics': {
    bad: [file('src/metrics/csv.ts', "import { blocks } from '../slack/blocks.ts';")],
    good: [
      file('src/metrics/csv.ts', "import papa from 'papaparse';\nimport { day } from '../core/day.ts';"),
    ],
  },
  'imports of db': {
    bad: [
      file('src/db/queries/pilots.ts', "import { card } from '../../views/card.ts';"),
      file('src/db/engine.ts', "import { WebClient } from '@slack/web-api';"),
    ],
    good: [
      file(
        'src/db/engine.ts',
        "import Database from 'better-sqlite3';\nimport { pilot } from '../core/pilot.ts';",
      ),
    ],
  },
  'imports of readiness': {
    bad: [file('src/readiness/gates.ts', "import { ask } from '../features/assess-readiness/index.ts';")],
    good: [file('src/readiness/gates.ts', "import { gate } from '../core/readiness.ts';")],
  },
  'imports of views': {
    bad: [
      file('src/views/card.ts', "import { pilots } from '../db/queries/pilots.ts';"),
      file('src/views/words.ts', "import { createCourier } from '../slack/courier-web.ts';"),
    ],
    good: [
      file('src/views/card.ts', "import { section } from '../slack/blocks.ts';\nimport { z } from 'zod';"),
    ],
  },
  'imports of the ground of the features': {
    bad: [file('src/features/feature.ts', "import { decide } from './decide/index.ts';")],
    good: [file('src/features/feature.ts', "import type { Reply } from '../slack/reply.ts';")],
  },
  'imports of the list of features': {
    bad: [
      file('src/features/index.ts', "import { decide } from './decide/decide.ts';"),
      file('src/features/index.ts', "import { pilots } from '../db/queries/pilots.ts';"),
    ],
    good: [
      file('src/features/index.ts', "import { decide } from './decide/index.ts';\nimport './feature.ts';"),
    ],
  },
  'imports of a feature': {
    bad: [
      file('src/features/decide/index.ts', "import { ask } from '../escalate/index.ts';"),
      file('src/features/decide/form.ts', "import { App } from '@slack/bolt';"),
      file('src/features/decide/messages.ts', "import { start } from '../../app.ts';"),
      file('src/features/decide/decide.ts', "import { FEATURES } from '../index.ts';"),
    ],
    good: [
      file('src/features/decide/index.ts', "import { form } from './form.ts';\nimport '../feature.ts';"),
      file('src/features/decide/decide.ts', "import { pilots } from '../../db/queries/pilots.ts';"),
    ],
  },
  'imports of config': {
    bad: [file('src/config.ts', "import { createApp } from './app.ts';")],
    good: [file('src/config.ts', "import { z } from 'zod';")],
  },
  'imports of app': {
    bad: [
      file('src/app.ts', "import { start } from './cli/start.ts';"),
      file('src/app.ts', "import { main } from './main.ts';"),
    ],
    good: [file('src/app.ts', "import { FEATURES } from './features/index.ts';\nimport pino from 'pino';")],
  },
  'imports of cli': {
    bad: [file('src/cli/start.ts', "import { main } from '../main.ts';")],
    good: [
      file(
        'src/cli/start.ts',
        "import { createApp } from '../app.ts';\nimport { Command } from 'commander';",
      ),
    ],
  },
  'imports of main': {
    bad: [],
    good: [file('src/main.ts', "import { run } from './cli/index.ts';")],
  },
  Bolt: {
    bad: [
      file('src/app.ts', "import { App } from '@slack/bolt';"),
      file('src/slack/reply.ts', "import type { AckFn } from '@slack/bolt';"),
      file('src/cli/start.ts', "const bolt = require('@slack/bolt');"),
    ],
    good: [
      file('src/slack/listen.ts', "import { App } from '@slack/bolt';"),
      file('test/a.test.ts', "import '@slack/bolt';"),
    ],
  },
  'the Web API': {
    bad: [
      file('src/slack/listen.ts', "import { WebClient } from '@slack/web-api';"),
      file('src/slack/text.ts', "import type { WebClient } from '@slack/web-api';"),
      file('src/app.ts', "const { WebClient } = await import('@slack/web-api');"),
    ],
    good: [
      file('src/slack/courier.ts', "import { WebClient } from '@slack/web-api';"),
      file(
        'src/slack/courier-outcome.ts',
        "const api = require('@slack/web-api') as typeof import('@slack/web-api');",
      ),
      file('src/slack/listen.ts', "import { type WebClientOptions } from '@slack/web-api';"),
    ],
  },
  drivers: {
    bad: [
      file('src/cli/migrate.ts', "import Database from 'better-sqlite3';"),
      file('src/features/decide/index.ts', "import { eq } from 'drizzle-orm';"),
      file('src/app.ts', "import { drizzle } from 'drizzle-orm/node-postgres';"),
      file('src/metrics/sql.ts', "const pg = await import('pg');"),
    ],
    good: [file('src/db/postgres.ts', "import { drizzle } from 'drizzle-orm/node-postgres';")],
  },
  walls: {
    bad: [
      file('sandbox/server/index.ts', "import { LIMITS } from '../../src/slack/limits.ts';"),
      file('src/app.ts', "const sandbox = await import('../sandbox/server/index.ts');"),
      file('src/cli/demo.ts', "import { startSandbox } from '../../sandbox/server/index.ts';"),
      file('src/cli/demo.ts', "const page = await import('../../sandbox/web/page.ts');"),
    ],
    good: [
      file('src/cli/demo.ts', "const sandbox = await import('../../sandbox/server/index.ts');"),
      file('src/cli/demo/story.ts', "const sandbox = await import('../../../sandbox/server/index.ts');"),
      file('sandbox/server/index.ts', "import { limits } from './limits.ts';"),
    ],
  },
  'clock and chance': {
    bad: [
      file('src/core/a.ts', 'const now = Date.now();'),
      file('src/core/b.ts', 'const now = new Date(0);'),
      file('src/core/c.ts', 'const dice = Math.random;'),
      file('src/views/d.ts', "const answer = fetch('https://example.com');"),
      file('src/core/e.ts', 'const { now } = Date;'),
      file('src/core/f.ts', 'const now = Temporal.Now.instant();'),
      file('src/core/g.ts', "const now = Date['now']();"),
    ],
    good: [
      file('src/core/h.ts', '// never Date.now()\nconst words = "new Date("; const pi = Math.max(1, 2);'),
      file('src/cli/i.ts', 'const now = Date.now();'),
    ],
  },
  environment: {
    bad: [
      file('src/config.ts', 'const token = process.env.SLACK_BOT_TOKEN;'),
      file('src/app.ts', "const token = process['env'].A;"),
      file('src/cli/start.ts', 'const { env } = process;'),
      file('src/cli/demo.ts', "import { env } from 'node:process';"),
      file('sandbox/server/index.ts', 'const { PORT } = process.env;'),
    ],
    good: [
      file('src/main.ts', 'const token = process.env.SLACK_BOT_TOKEN;'),
      file('bench/index.ts', 'process.env.TZ = "UTC";'),
      file('src/cli/start.ts', 'process.on("SIGTERM", stop);'),
    ],
  },
  queries: {
    bad: [
      file('src/db/queries/pilots.ts', 'db.select().from(pilots).all();'),
      file('src/db/queries/logbook.ts', 'await db.select()\n  .from(heads)\n  .get();'),
      file('src/db/queries/cases.ts', 'db.insert(cases).values(row).run();'),
    ],
    good: [
      file('src/db/queries/pilots.ts', 'await Promise.all([db.select().from(pilots)]);\nrolesOf.get(id);'),
      file('src/db/sqlite.ts', 'statement.all();'),
    ],
  },
  'raw SQL': {
    bad: [file('src/db/queries/pilots.ts', 'db.execute(sql.raw(text));')],
    good: [file('src/db/queries/pilots.ts', 'const part = sql`lower(name)`; // never sql.raw')],
  },
  relations: {
    bad: [
      file('src/db/queries/pilots.ts', 'await db.query.pilots.findMany({ with: { criteria: true } });'),
      file('src/db/schema.ts', 'export const links = relations(pilots, () => ({}));'),
    ],
    good: [file('src/db/queries/pilots.ts', 'await db.select().from(pilots).leftJoin(criteria, on);')],
  },
  'STRICT tables': {
    bad: [
      file('drizzle/sqlite/0000_start.sql', 'CREATE TABLE `pilots` (\n\t`id` text\n);'),
      file(
        'drizzle/sqlite/0001_more.sql',
        'CREATE TABLE a (id text) STRICT;\n--> statement-breakpoint\nCREATE TABLE `strict` (id text);',
      ),
    ],
    good: [
      file(
        'drizzle/sqlite/0000_start.sql',
        'CREATE TABLE `pilots` (\n\t`id` text\n) STRICT;\nCREATE INDEX a ON pilots (id);',
      ),
      file('drizzle/sqlite/0001_more.sql', 'CREATE TABLE a (id text primary key) STRICT, WITHOUT ROWID;'),
      file('drizzle/postgres/0000_start.sql', 'CREATE TABLE "pilots" ("id" text);'),
    ],
  },
  'both engines': {
    bad: [
      file('test/e2e/sign.test.ts', "it('signs', () => {});"),
      file(
        'test/e2e/show.test.ts',
        "onBothEngines('show', () => {});\ndescribe.each([1])('besides', () => {});",
      ),
      file('test/e2e/empty.test.ts', "import { onBothEngines } from '../support/engines.ts';"),
    ],
    good: [
      file('test/e2e/sign.test.ts', "onBothEngines('signing', () => {\n  it('signs', () => {});\n});"),
      file('test/core/pilot.test.ts', "it('starts', () => {});"),
    ],
  },
  cycles: {
    bad: [
      file('src/core/a.ts', "import { b } from './b.ts';"),
      file('src/core/b.ts', "import { c } from './deep/c.ts';"),
      file('src/core/deep/c.ts', "import { a } from '../a.ts';"),
    ],
    good: [
      file('src/core/a.ts', "import { b } from './b.ts';\nimport { c } from './c.ts';"),
      file('src/core/b.ts', "import { c } from './c.ts';"),
      file('src/core/c.ts', ''),
    ],
  },
  length: {
    bad: [file('src/core/long.ts', lines(351)), file('sandbox/web/page.tsx', lines(400))],
    good: [file('src/core/full.ts', lines(350)), file('test/core/table.test.ts', lines(900))],
  },
  drawers: {
    bad: [
      file('src/utils/day.ts', ''),
      file('src/slack/helpers.ts', ''),
      file('test/lib/clock.ts', ''),
      file('sandbox/server/types.ts', ''),
      file('src/services/pilot.ts', ''),
    ],
    good: [file('src/core/library.ts', ''), file('test/support/clock.ts', '')],
  },
  'open ends': {
    bad: [file('src/core/a.ts', `// ${'TO'}DO: later`), file('scripts/b.ts', `/* ${'FIX'}ME */`)],
    good: [file('src/core/a.ts', '// the todo list of the owner')],
  },
  'opening sentence': {
    bad: [
      file('src/core/a.ts', 'export const a = 1;'),
      file('sandbox/server/b.ts', '// what\nexport const b = 1;'),
    ],
    good: [
      file('src/core/a.ts', '/** Which is first? */\nexport const a = 1;'),
      file('src/core/c.ts', '/**\n * Which is third?\n */\n'),
      file('bin/b.js', '#!/usr/bin/env node\n/** Which is second? */\n'),
      file('drizzle/sqlite/c.sql', 'SELECT 1;'),
    ],
  },
};
