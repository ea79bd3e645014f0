/** Did the app try to open a form that Slack would not open? */
import { useEffect, useState } from 'react';
import type { RefusedPayload } from '../../server/control/refusals.ts';
import { ask } from '../live/ask.ts';
import { refresher } from '../live/refresh.ts';
import { useSeenPart } from '../live/use-live.ts';
import { say } from './notices.ts';

const rest = 300;

/**
 * Says so as soon as it happens.
 * @param line the newest line of the journal when the page was opened
 */
export function useRefusedModals(line: number): void {
  const journal = useSeenPart((seen) => seen.journal);
  const [poke] = useState(() => {
    let since = line;
    return refresher(async () => {
      const refusals = await ask<RefusedPayload[]>('page/refused-modals', { since });
      for (const { n, name, error, messages } of refusals) {
        since = Math.max(since, n);
        const details = messages.map((message) => message.replace(/^\[ERROR\] /, ''));
        say(`Slack would refuse this form: ${name} answered ${error}.`, 'trouble', { details, entry: n });
      }
    }, rest);
  });
  useEffect(() => {
    // Without an answer the connection is gone, which is said elsewhere.
    if (journal > 0) poke().catch(() => undefined);
  }, [poke, journal]);
}
