/** How soon is Bolt there when nothing is built on it, and what does it hold? */
import { createRequire } from 'node:module';
import type BetterSqlite3 from 'better-sqlite3';

const require = createRequire(import.meta.url);
const bolt: typeof import('@slack/bolt') = require('@slack/bolt');
const Connection: typeof BetterSqlite3 = require('better-sqlite3');

const told = JSON.parse(process.argv[2] ?? '{}') as Readonly<Record<string, string>>;
const client = new Connection(told['file']);
client.pragma('journal_mode = WAL');
client.exec('create table if not exists kept (id integer primary key) strict');

const app = new bolt.App({
  token: told['botToken'] ?? '',
  appToken: told['appToken'] ?? '',
  socketMode: true,
  clientOptions: { slackApiUrl: told['apiUrl'] ?? '' },
  logLevel: bolt.LogLevel.ERROR,
});
process.once('SIGTERM', () => process.exit());
await app.start();
process.stdout.write('ready\n');
