/** Which files has the app handed to somebody? */
import { harbourMutual } from '../../src/cli/demo/people.ts';
import type { World } from './world.ts';

/** A file as whoever got it has it. */
export interface ReceivedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Every file in the direct messages from the app, oldest first. */
export async function findFiles(world: World, who: string): Promise<ReceivedFile[]> {
  const messages = world.control.read.dm(who, 'Pilotage');
  const threads = messages.flatMap(({ ts }) =>
    world.control.read.messages(who, 'Pilotage', { thread: ts }).filter((message) => message.ts !== ts),
  );
  const all = [...messages, ...threads];
  const seen = [...new Map(all.map((message) => [message.ts, message])).values()].sort((a, b) =>
    a.ts < b.ts ? -1 : 1,
  );
  const files = seen.flatMap(
    (message) => (message['files'] ?? []) as { name: string; url_private: string }[],
  );
  return Promise.all(
    files.map(async ({ name, url_private: url }) => {
      const token = harbourMutual.apps[0]?.botToken;
      const answer = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
      return { name, bytes: new Uint8Array(await answer.arrayBuffer()) };
    }),
  );
}
