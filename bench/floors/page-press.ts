/** How soon is a press acknowledged when nothing is done about it? */
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const bolt: typeof import('@slack/bolt') = require('@slack/bolt');

const told = JSON.parse(process.argv[2] ?? '{}') as Readonly<Record<string, string>>;
const app = new bolt.App({
  token: told['botToken'] ?? '',
  appToken: told['appToken'] ?? '',
  socketMode: true,
  clientOptions: { slackApiUrl: told['apiUrl'] ?? '' },
  logLevel: bolt.LogLevel.ERROR,
});
app.command(told['command'] ?? '', ({ ack }) =>
  ack({
    text: 'Press',
    blocks: [
      {
        type: 'actions',
        elements: [{ type: 'button', action_id: 'press', text: { type: 'plain_text', text: 'My pilots' } }],
      },
    ],
  }),
);
app.action('press', ({ ack }) => ack());
process.once('SIGTERM', () => process.exit());
await app.start();
process.stdout.write('ready\n');
