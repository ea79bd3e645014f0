/** What does a press that is kept cost at least: bare Bolt, and one row that is on the disk before the answer? */
import { createRequire } from 'node:module';
import type BetterSqlite3 from 'better-sqlite3';
import { bareBolt, serve, told } from './bare-bolt.ts';

const require = createRequire(import.meta.url);
const Connection: typeof BetterSqlite3 = require('better-sqlite3');

const client = new Connection(told['file']);
client.pragma('journal_mode = WAL');
client.pragma('synchronous = FULL');
client.exec('create table kept (id integer primary key, user text not null, typed text not null) strict');
const keep = client.prepare('insert into kept (user, typed) values (?, ?)');

const app = bareBolt();
app.view('record-values', async ({ body, view, ack }) => {
  keep.run(body.user.id, JSON.stringify(view.state.values));
  await ack({ response_action: 'clear' });
});
await serve(app);
