/** How does something reach an app, over whichever way it has chosen? */
import type { JsonObject } from '../json.ts';
import type { Parts } from '../parts.ts';
import type { InstalledApp } from '../world/workspace.ts';
import { type Acknowledgement, type DeliveryKind, failed, type Retry } from './acknowledgement.ts';
import { postToApp } from './post-to-app.ts';

/** Payload types whose acknowledgement may carry an answer. */
const answered = new Set(['view_submission', 'block_suggestion']);

/**
 * Delivers a payload once and waits until the app has acknowledged, refused, or let the time pass.
 * @param name what the journal calls it, such as `view_submission` or an event type
 */
export async function deliver(
  parts: Parts,
  app: InstalledApp,
  kind: DeliveryKind,
  name: string,
  payload: JsonObject,
  retry?: Retry,
): Promise<Acknowledgement> {
  const end = parts.inFlight.begin();
  const attempt = retry?.attempt ?? 0;
  const note = parts.journal.begin({ direction: 'delivery', name, app: app.id, request: payload, attempt });
  const failure = parts.failures.forDelivery(kind, name);
  try {
    const acknowledgement =
      failure === 'drop'
        ? failed('timeout', 0)
        : await send(parts, app, kind, payload, retry, failure === 'disconnect');
    if (failure === 'duplicate') await send(parts, app, kind, payload, retry, false);
    note({ answer: acknowledgement.body, status: acknowledgement.status, failure: acknowledgement.failure });
    return acknowledgement;
  } finally {
    end();
  }
}

function send(
  parts: Parts,
  app: InstalledApp,
  kind: DeliveryKind,
  payload: JsonObject,
  retry: Retry | undefined,
  cutAfterwards: boolean,
): Promise<Acknowledgement> {
  const timeoutMs = parts.ackTimeoutMs;
  if (app.mode === 'http') {
    const now = parts.realClock.now();
    return postToApp(app, kind, payload, { timeoutMs, now, retry, closing: parts.closing });
  }
  const acceptsPayload = kind === 'slash_commands' || answered.has(String(payload['type']));
  return parts.sockets.send(app, kind, payload, { timeoutMs, acceptsPayload, retry, cutAfterwards });
}
