/** How does an app know that a request came from Slack? */
import { createHmac } from 'node:crypto';

/**
 * Headers that sign a request body the way Slack does (version v0).
 * @param secret the app's signing secret
 * @param body the exact bytes of the request, as text
 * @param now epoch milliseconds of real time; apps refuse what is older than five minutes
 */
export function signatureHeaders(secret: string, body: string, now: number): Record<string, string> {
  const timestamp = String(Math.floor(now / 1000));
  const digest = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
  return { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': `v0=${digest}` };
}
