/** Who may import whom? The table of docs/house.md as data. */
import { type Import, type Module, packageOf } from './module.ts';

/** A room of the house: which files are in it and what they may stand on besides one another. */
export interface Room {
  readonly name: string;
  /** The files of the room. What it matches is the own folder of a file, in which everything may be imported. */
  readonly files: RegExp;
  /** Files of other rooms; null means every room above, which is then barred by `never`. */
  readonly may: RegExp | null;
  readonly never?: RegExp;
  /** Packages by name; null means any. */
  readonly packages: readonly string[] | null;
  readonly node: boolean;
  readonly sentence: string;
}

const rooms = (...names: string[]) => new RegExp(`^src/(?:${names.join('|')})/`);

/** What features share: files beside their folders. */
const GROUND = [
  'amend',
  'answers',
  'asked-else',
  'calendars',
  'card-letters',
  'check-in-facts',
  'export-task',
  'feature',
  'find-pilot',
  'held-blocks',
  'keep-preferences',
  'keep-updates',
  'keep-values',
  'keep-pilot',
  'orders',
  'people-named',
  'sponsor-signs',
  'read-values',
  'take-file',
  'take-pilots',
  'value-commits',
  'undelivered-blocks',
  'watch-blocks',
  'watch-words',
  'who-is-there',
];

const FEATURE_MAY = new RegExp(
  `^src/(?:(?:core|views|db|metrics|slack|charts|readiness)/|features/(?:${GROUND.join('|')})[.]ts$|http/route[.]ts$)`,
);

/** The rooms, from the ground up. The first whose `files` matches a path is the room of that path. */
export const ROOMS: readonly Room[] = [
  {
    name: 'core',
    files: /^src\/core\//,
    may: /^$/,
    packages: ['decimal.js', 'temporal-polyfill'],
    node: false,
    sentence:
      'core/ only follows from facts: hand in what it needs as an argument, and let db/ hash and store.',
  },
  {
    name: 'slack',
    files: /^src\/slack\//,
    may: /^$/,
    packages: ['@slack/bolt', '@slack/web-api', 'undici', 'zod'],
    node: true,
    sentence:
      'slack/ knows Slack and has never heard of pilots: what is about pilots belongs in views/ or a feature.',
  },
  {
    name: 'jobs',
    files: /^src\/jobs\//,
    may: /^$/,
    packages: ['node-cron', 'zod'],
    node: true,
    sentence: 'jobs/ asks what is due and has never heard of pilots: the app hands it the work.',
  },
  {
    name: 'http',
    files: /^src\/http\//,
    may: /^$/,
    packages: ['prom-client', 'zod'],
    node: true,
    sentence: 'http/ carries requests and has never heard of pilots: the app hands it the routes.',
  },
  {
    name: 'charts',
    files: /^src\/charts\//,
    may: /^$/,
    packages: ['@resvg/resvg-js', 'echarts', 'zod'],
    node: true,
    sentence: 'charts/ takes numbers and gives pictures: translate facts into numbers before calling it.',
  },
  {
    name: 'metrics',
    files: /^src\/metrics\//,
    may: rooms('core'),
    packages: ['papaparse', 'undici', 'zod'],
    node: true,
    sentence:
      'metrics/ reads numbers from a source: who may record them and where they go is decided by features.',
  },
  {
    name: 'db',
    files: /^src\/db\//,
    may: rooms('core'),
    packages: ['better-sqlite3', 'drizzle-orm', 'pg', 'zod'],
    node: true,
    sentence: 'db/ keeps and finds rows: rules belong in core/, words in views/, Slack in features.',
  },
  {
    name: 'readiness',
    files: /^src\/readiness\//,
    may: rooms('core'),
    packages: ['yaml', 'zod'],
    node: true,
    sentence: 'readiness/ is data: whatever acts on it belongs in core/ or a feature.',
  },
  {
    name: 'views',
    files: /^src\/views\//,
    may: /^src\/(?:core\/|slack\/(?:blocks|button|courier|field|form|limits|outcome|text)\.ts$)/,
    packages: ['zod'],
    node: false,
    sentence: 'views/ turns facts into words and blocks: load the facts in the feature and hand them in.',
  },
  {
    name: 'the ground of the features',
    files: new RegExp(`^src/features/(?:${GROUND.join('|')})[.]ts$`),
    may: FEATURE_MAY,
    packages: ['zod'],
    node: false,
    sentence: 'What every feature stands on knows none of them.',
  },
  {
    name: 'the list of features',
    files: /^src\/features\/index\.ts$/,
    may: /^src\/features\/(?:feature|[^/]+\/index)\.ts$/,
    packages: [],
    node: false,
    sentence: 'features/index.ts is the list: it names each index.ts of a feature and does nothing else.',
  },
  {
    name: 'a feature',
    files: /^src\/features\/[^/]+\//,
    may: FEATURE_MAY,
    packages: ['zod'],
    node: false,
    sentence:
      'A feature stands alone: what two of them need is a rule (core/), words (views/) or rows (db/), never each other.',
  },
  {
    name: 'config',
    files: /^src\/config\.ts$/,
    may: rooms('core'),
    packages: ['zod'],
    node: false,
    sentence: 'config.ts turns an environment object into a Config: main.ts hands the environment in.',
  },
  {
    name: 'app',
    files: /^src\/app(?:\.ts$|\/)/,
    may: null,
    never: /^src\/(?:cli\/|main\.ts$)/,
    packages: null,
    node: true,
    sentence:
      'app joins the parts it is given: commands and the process around it are the business of cli/ and main.ts.',
  },
  {
    name: 'cli',
    files: /^src\/cli\//,
    may: null,
    never: /^src\/main\.ts$/,
    packages: null,
    node: true,
    sentence: 'A command is started by main.ts and never starts it.',
  },
  {
    name: 'main',
    files: /^src\/main\.ts$/,
    may: null,
    packages: null,
    node: true,
    sentence: 'main.ts may import everything of src/.',
  },
];

/** The room of a path, or undefined when it stands outside of all of them. */
export function roomOf(path: string): Room | undefined {
  return ROOMS.find((room) => room.files.test(path));
}

/** Each import of the module that its room does not allow, as `file imports target`. */
export function forbiddenImports(room: Room, module: Module): string[] {
  return module.imports
    .filter((used) => !mayImport(room, module.path, used))
    .map(({ target }) => `${module.path} imports ${target}`);
}

function mayImport(room: Room, from: string, { target, ours }: Import): boolean {
  if (target.startsWith('node:')) return room.node;
  if (!ours) return room.packages === null || room.packages.includes(packageOf(target));
  const own = room.files.exec(from)?.[0] ?? from;
  if (own.endsWith('/') && target.startsWith(own)) return true;
  return room.may === null ? room.never?.test(target) !== true : room.may.test(target);
}
