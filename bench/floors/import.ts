/** What does loading a CSV file cost at least: each line cut at its commas, and its cells put into a table of text without any key? */
import { createReadStream } from 'node:fs';
import { createRequire } from 'node:module';
import type BetterSqlite3 from 'better-sqlite3';

const require = createRequire(import.meta.url);
const Connection: typeof BetterSqlite3 = require('better-sqlite3');

const told = JSON.parse(process.argv[2] ?? '{}') as Readonly<Record<string, string>>;
const client = new Connection(told['file']);
client.pragma('journal_mode = WAL');
client.pragma('synchronous = FULL');

/** Makes the table the first line describes, and gives what adds a line to it. */
function tableOf(names: readonly string[]): (cells: readonly string[]) => unknown {
  client.exec(`create table loaded (${names.map((name) => `"${name}" text`).join(', ')})`);
  const insert = client.prepare(`insert into loaded values (${names.map(() => '?').join(', ')})`);
  return (cells) => insert.run(cells);
}

client.exec('begin');
let keep: ReturnType<typeof tableOf> | null = null;
let loaded = 0;
let rest = '';
for await (const piece of createReadStream(told['csv'] ?? '', { encoding: 'utf8', highWaterMark: 1 << 18 })) {
  const lines = `${rest}${piece}`.split('\n');
  rest = lines.pop() ?? '';
  for (const line of lines) {
    const cells = line.split(',');
    if (keep === null) keep = tableOf(cells);
    else {
      keep(cells);
      loaded += 1;
    }
  }
}
client.exec('commit');
client.close();
process.stdout.write(`${loaded} rows loaded\n`);
