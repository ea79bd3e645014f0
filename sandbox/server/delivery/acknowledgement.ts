/** What did the app answer to a delivery? */

export type DeliveryKind = 'events_api' | 'slash_commands' | 'interactive';

/** Why a delivery failed, as Slack's retry headers name it without their prefix. */
export type DeliveryFailure = 'timeout' | 'http_error' | 'connection_failed';

export interface Acknowledgement {
  ok: boolean;
  /** Real milliseconds until the app answered. */
  ms: number;
  /** What came with the answer: parsed JSON, a text, or null. */
  body: unknown;
  failure: DeliveryFailure | null;
  /** HTTP status; null over a socket. */
  status: number | null;
  /** False when the app asked not to be sent this again. */
  mayRetry: boolean;
}

/** Which attempt this is, and why the one before failed. */
export interface Retry {
  attempt: number;
  reason: string;
}

/** An answer that says the delivery failed. */
export function failed(failure: DeliveryFailure, ms: number, status: number | null = null): Acknowledgement {
  return { ok: false, ms, body: null, failure, status, mayRetry: true };
}
