/** Which laws does every file of the house obey, and what is said when one is broken? */
import { importCycles } from './cycles.ts';
import type { Module } from './module.ts';
import { forbiddenImports, ROOMS, roomOf } from './rooms.ts';

/** One law: its sentence, and the places that break it. */
export interface Law {
  readonly name: string;
  readonly sentence: string;
  breaches(modules: readonly Module[]): string[];
}

const LINES = 350;
const DRAWERS = /^(?:utils?|helpers?|common|lib|shared|services?|managers?|misc|types)$/;
const CLOCK_OR_CHANCE =
  /^(?:new Date|Date\(\)|Date\.(?:now|\*)|Math\.(?:random|\*)|Temporal\.Now|performance\.|crypto\.|(?:globalThis\.)?fetch\(\))/;
const OPEN_END = new RegExp(
  `\\b(?:${['TO-DO', 'FIX-ME', 'XX-X'].map((word) => word.replace('-', '')).join('|')})\\b`,
);

const OPENING = /^(?:#!.*\n)?\/\*\*\s+(?:\* )?\w/;

const SLACK_LISTENER = /^src\/slack\/listen\.ts$/;
const SLACK_COURIER = /^src\/slack\/courier[^/]*\.ts$/;
const DEMO = /^src\/cli\/demo(?:\.ts$|\/)/;

const IMPORT_LAWS: readonly Law[] = ROOMS.map((room) => ({
  name: `imports of ${room.name}`,
  sentence: room.sentence,
  breaches: (modules) =>
    modules.filter(({ path }) => roomOf(path) === room).flatMap((module) => forbiddenImports(room, module)),
}));

/** Every law of the house, in the order in which a broken one is best mended. */
export const LAWS: readonly Law[] = [
  {
    name: 'rooms',
    sentence:
      'Every file of src/ belongs to a room of docs/house.md: move it into one, or add the room there and here.',
    breaches: (modules) =>
      modules.filter(({ path }) => path.startsWith('src/') && roomOf(path) === undefined).map(pathOf),
  },
  ...IMPORT_LAWS,
  {
    name: 'Bolt',
    sentence: 'Only src/slack/listen.ts knows @slack/bolt: return what to acknowledge and it will be done.',
    breaches: (modules) => importers(modules, /^@slack\/bolt/, (path) => SLACK_LISTENER.test(path)),
  },
  {
    name: 'the Web API',
    sentence: 'Only src/slack/courier.ts calls the Web API: return the message, or put it into the outbox.',
    breaches: (modules) =>
      importers(
        modules,
        /^@slack\/web-api/,
        (path, how) => SLACK_COURIER.test(path) || (how === 'type' && SLACK_LISTENER.test(path)),
      ),
  },
  {
    name: 'drivers',
    sentence: 'Only src/db/ knows a database driver: write a query in src/db/queries and call that.',
    breaches: (modules) =>
      importers(modules, /^(?:better-sqlite3|pg|drizzle-orm)(?:$|\/)/, (path) => path.startsWith('src/db/')),
  },
  {
    name: 'walls',
    sentence:
      'src/ and sandbox/ know nothing of each other; only src/cli/demo.ts loads sandbox/server, when it runs.',
    breaches: (modules) =>
      modules.flatMap(({ path, imports }) =>
        imports
          .filter(({ ours, target, how }) => ours && leavesItsHouse(path, target, how))
          .map(({ target }) => `${path} imports ${target}`),
      ),
  },
  {
    name: 'clock and chance',
    sentence: 'core/ and views/ are handed the time and everything random: no clock, no dice, no network.',
    breaches: (modules) => users(modules, /^src\/(?:core|views)\//, (used) => CLOCK_OR_CHANCE.test(used)),
  },
  {
    name: 'environment',
    sentence: 'Only src/main.ts reads the environment of the process: take it as an argument from there.',
    breaches: (modules) => [
      ...users(modules, /^(?:src\/(?!main\.ts$)|sandbox\/server\/)/, (used) =>
        /^process\.(?:env|\*)/.test(used),
      ),
      ...importers(modules, /^node:process$/, (path) => path === 'src/main.ts'),
    ],
  },
  {
    name: 'queries',
    sentence: 'Queries are awaited builders: .run(), .get() and .all() exist on SQLite only.',
    breaches: (modules) => users(modules, /^src\/db\/queries/, runsOnSqliteOnly),
  },
  {
    name: 'raw SQL',
    sentence: 'sql.raw puts text into a statement unescaped: use a placeholder of sql`…`.',
    breaches: (modules) => users(modules, /^src\//, (used) => used.endsWith('sql.raw')),
  },
  {
    name: 'relations',
    sentence: 'Drizzle’s relations build other SQL on each engine: write the join with the builders.',
    breaches: (modules) =>
      users(modules, /^src\//, (used) =>
        /\.find(?:Many|First)\(\)$|^(?:relations|defineRelations)\(\)$/.test(used),
      ),
  },
  {
    name: 'STRICT tables',
    sentence:
      'SQLite accepts any text in a number column of a table that is not STRICT: add STRICT to the migration.',
    breaches: (modules) =>
      modules
        .filter(({ path }) => /^drizzle\/sqlite\/.*\.sql$/.test(path))
        .flatMap(({ path, text }) => lenientTables(text).map((table) => `${path} creates ${table}`)),
  },
  {
    name: 'both engines',
    sentence: 'A test in test/e2e runs on SQLite and on PostgreSQL: wrap all of it in onBothEngines.',
    breaches: (modules) =>
      modules
        .filter(({ path }) => /^test\/e2e\/.*\.test\.ts$/.test(path))
        .filter(
          ({ uses, topCalls }) =>
            !uses.includes('onBothEngines()') ||
            topCalls.some((name) => /^(?:describe|it|test|suite)$/.test(name)),
        )
        .map(pathOf),
  },
  {
    name: 'cycles',
    sentence:
      'Files that import one another in a circle are one file in several pieces: move what they share down.',
    breaches: (modules) => importCycles(modules).map((cycle) => cycle.join(' → ')),
  },
  {
    name: 'length',
    sentence: `No source file is longer than ${LINES} lines: find the second question it answers and give it a file.`,
    breaches: (modules) =>
      modules
        .filter(({ path }) => /^(?:bench|bin|sandbox|scripts|src)\//.test(path))
        .map(({ path, text }) => ({ path, lines: text.trimEnd().split('\n').length }))
        .filter(({ lines }) => lines > LINES)
        .map(({ path, lines }) => `${path} has ${lines} lines`),
  },
  {
    name: 'drawers',
    sentence:
      'A name like utils or types says nothing of what is inside: name the file after what it answers.',
    breaches: (modules) =>
      modules
        .map(pathOf)
        .filter((path) => path.split('/').some((part) => DRAWERS.test(part.replace(/\..*$/, '')))),
  },
  {
    name: 'open ends',
    sentence: 'A note to do something later is an issue, not a comment.',
    breaches: (modules) => modules.filter(({ text }) => OPEN_END.test(text)).map(pathOf),
  },
  {
    name: 'opening sentence',
    sentence: 'A file opens with a comment that says which question it answers.',
    breaches: (modules) =>
      modules
        .filter(({ path }) => /\.[jt]sx?$/.test(path) && /^(?:bench|bin|sandbox|scripts|src)\//.test(path))
        .filter(({ text }) => !OPENING.test(text))
        .map(pathOf),
  },
];

function pathOf({ path }: Module): string {
  return path;
}

function leavesItsHouse(from: string, target: string, how: string): boolean {
  if (from.startsWith('sandbox/')) return target.startsWith('src/');
  if (!from.startsWith('src/') || !target.startsWith('sandbox/')) return false;
  return !(DEMO.test(from) && how === 'lazy' && target.startsWith('sandbox/server/'));
}

function importers(
  modules: readonly Module[],
  target: RegExp,
  allowed: (path: string, how: string) => boolean,
): string[] {
  return modules
    .filter(({ path }) => path.startsWith('src/'))
    .flatMap(({ path, imports }) =>
      imports
        .filter((used) => target.test(used.target) && !allowed(path, used.how))
        .map((used) => `${path} imports ${used.target}`),
    );
}

function users(modules: readonly Module[], where: RegExp, barred: (used: string) => boolean): string[] {
  return modules
    .filter(({ path }) => where.test(path))
    .flatMap(({ path, uses }) => uses.filter(barred).map((used) => `${path} uses ${used}`));
}

/** A map has `.get()` too, so that one counts on a chain of calls and on the names a database goes by. */
function runsOnSqliteOnly(used: string): boolean {
  if (/\.(?:run|all)\(\)$/.test(used)) return used !== 'Promise.all()';
  return /(?:\)|\b(?:database|db|prepared|statement|tx))\.get\(\)$/.test(used);
}

function lenientTables(migration: string): string[] {
  return migration
    .split(/;|--> statement-breakpoint/)
    .filter(
      (statement) =>
        /^\s*CREATE TABLE/im.test(statement) && !/\bSTRICT\s*(?:,\s*WITHOUT ROWID\s*)?$/i.test(statement),
    )
    .map((statement) => /CREATE TABLE (?:IF NOT EXISTS )?(\S+)/i.exec(statement)?.[1] ?? 'a table');
}
