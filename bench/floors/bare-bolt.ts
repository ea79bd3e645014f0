/** What is the least that Bolt asks for? */
import { createRequire } from 'node:module';
import type { App } from '@slack/bolt';

const require = createRequire(import.meta.url);
const bolt: typeof import('@slack/bolt') = require('@slack/bolt');

/** What the bench tells a floor: the port, the secret, and what else it needs. */
export const told = JSON.parse(process.argv[2] ?? '{}') as Readonly<Record<string, string>>;

/** A Bolt app over HTTP that knows who it is without asking. */
export function bareBolt(): App {
  return new bolt.App({
    receiver: new bolt.HTTPReceiver({ signingSecret: told['secret'] ?? '', endpoints: ['/slack/events'] }),
    authorize: async () => ({ botToken: 'xoxb-bench', botUserId: 'U0BENCHBOT1', botId: 'B0BENCH0001' }),
    convoStore: false,
  });
}

/** Listens, and says so; ends when told to. */
export async function serve(app: App): Promise<void> {
  process.once('SIGTERM', () => process.exit());
  await app.start(Number(told['port']));
  process.stdout.write('ready\n');
}
