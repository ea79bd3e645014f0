/** What does `show` cost at least: bare Bolt, the rows the app reads by raw statements, and an answer that is ready? */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type BetterSqlite3 from 'better-sqlite3';
import { bareBolt, serve, told } from './bare-bolt.ts';

const require = createRequire(import.meta.url);
const Connection: typeof BetterSqlite3 = require('better-sqlite3');

const client = new Connection(told['file'], { readonly: true });
const answers = new Map(
  Object.entries(JSON.parse(readFileSync(told['answers'] ?? '', 'utf8')) as Record<string, object>),
);

const workspaceRow = client.prepare('select * from workspaces where id = ?');
const personRow = client.prepare('select * from people where workspace = ? and id = ?');
const pilotRow = client.prepare<[string, string], { id: string }>(
  'select * from pilots where workspace = ? and key = ? and deleted_at is null',
);
const preferenceRow = client.prepare('select * from preferences where workspace = ? and person = ?');
const followRows = client.prepare('select * from follows where workspace = ? and person = ?');
const parts = [
  'select * from charter_versions where workspace = ? and pilot = ? order by n',
  'select * from metrics where workspace = ? and pilot = ? order by key',
  'select * from criteria where workspace = ? and pilot = ? order by version, position',
  'select * from observations where workspace = ? and pilot = ? order by recorded_at, id',
  'select * from pauses where workspace = ? and pilot = ? order by since',
  'select * from looks where workspace = ? and pilot = ? order by day desc limit 1',
  'select * from cases where workspace = ? and pilot = ? order by id',
  'select * from case_copies where workspace = ? and pilot = ? order by id',
  "select * from decisions where workspace = ? and pilot = ? and state <> 'undone' order by at, id",
  'select * from sponsor_answers where workspace = ? and pilot = ? order by at, id',
].map((text) => client.prepare(text));
const roleRows = client.prepare<[string, string], { person: string }>(
  'select * from roles where workspace = ? and pilot = ? and until is null',
);
const nameRows = client.prepare('select * from people where workspace = ? and id in (?, ?, ?)');

const app = bareBolt();
app.command('/pilot', async ({ command, ack }) => {
  const { team_id: workspace, user_id: user, text } = command;
  workspaceRow.get(workspace);
  personRow.get(workspace, user);
  preferenceRow.get(workspace, user);
  followRows.all(workspace, user);
  const key = text.slice('show '.length);
  const pilot = pilotRow.get(workspace, key);
  if (pilot === undefined) throw new Error(`there is no pilot ${key}`);
  const holders = roleRows.all(workspace, pilot.id).map(({ person }) => person);
  nameRows.all(workspace, ...holders);
  for (const statement of parts) statement.all(workspace, pilot.id);
  await ack(answers.get(key) as never);
});
await serve(app);
