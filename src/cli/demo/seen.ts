/** How much of the history have the people of the demo read already? */
import { harbourMutual } from './people.ts';
import type { Stage } from './stage.ts';

/** How long before its end everything of the history has been read: what is younger shows as new. */
const NEW_MS = 4 * 24 * 60 * 60 * 1000;

/** Marks everything older than a few days as read by everybody, so that each conversation opens where it ends. */
export async function markHistoryRead(stage: Stage): Promise<void> {
  const ts = ((stage.clock.now() - NEW_MS) / 1000).toFixed(6);
  for (const { name } of harbourMutual.people) {
    const channels = stage.slack.control.read.channels(name).map(({ id }) => id);
    for (const channel of [...channels, 'Pilotage']) {
      await fetch(`${stage.slack.url}/control/page/read`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ user: name, channel, ts }),
      });
    }
  }
}
