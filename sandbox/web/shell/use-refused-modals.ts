/** Did the app try to open a form that Slack would not open? */
import { useEffect, useRef } from 'react';
import type { RefusedPayload } from '../../server/control/refusals.ts';
import { ask } from '../live/ask.ts';
import { useSeenPart } from '../live/use-live.ts';
import { say } from './notices.ts';

/** Says so as soon as it happens. @param line the newest line of the journal when the page was opened */
export function useRefusedModals(line: number): void {
  const journal = useSeenPart((seen) => seen.journal);
  const since = useRef(line);
  useEffect(() => {
    if (journal === 0) return;
    ask<RefusedPayload[]>('page/refused-modals', { since: since.current }).then(
      (refusals) => {
        for (const { n, name, error, messages } of refusals) {
          since.current = Math.max(since.current, n);
          const details = messages.map((message) => message.replace(/^\[ERROR\] /, ''));
          say(`Slack would refuse this form: ${name} answered ${error}.`, 'trouble', { details, entry: n });
        }
      },
      () => undefined,
    );
  }, [journal]);
}
