/** How does a delivery reach an app over HTTP? */
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { type JsonObject, parseJson } from '../json.ts';
import type { InstalledApp } from '../world/workspace.ts';
import { type Acknowledgement, type DeliveryKind, failed, type Retry } from './acknowledgement.ts';
import { signatureHeaders } from './signature.ts';

/** Content type and body of a delivery: events as JSON, everything else as a form. */
function encodeDelivery(kind: DeliveryKind, payload: JsonObject): { type: string; body: string } {
  if (kind === 'events_api') return { type: 'application/json', body: JSON.stringify(payload) };
  const fields =
    kind === 'slash_commands'
      ? Object.entries(payload).map(([key, value]): [string, string] => [key, String(value)])
      : [['payload', JSON.stringify(payload)] as [string, string]];
  return { type: 'application/x-www-form-urlencoded', body: new URLSearchParams(fields).toString() };
}

/**
 * Posts a signed delivery to the app's request URL and waits for the whole answer.
 * @param now epoch milliseconds of real time, for the signature
 */
export function postToApp(
  app: InstalledApp,
  kind: DeliveryKind,
  payload: JsonObject,
  how: { timeoutMs: number; now: number; retry: Retry | undefined; closing: AbortSignal },
): Promise<Acknowledgement> {
  const started = performance.now();
  const elapsed = (): number => performance.now() - started;
  if (app.requestUrl === null) return Promise.resolve(failed('connection_failed', 0));
  const { type, body } = encodeDelivery(kind, payload);
  const url = new URL(app.requestUrl);
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
  const headers = {
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    accept: '*/*',
    'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
    ...signatureHeaders(app.signingSecret, body, how.now),
    ...retryHeaders(how.retry),
  };
  return new Promise((resolve) => {
    const request = { method: 'POST', headers, agent: false as const, signal: how.closing };
    const outgoing = send(url, request, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', () => end(failed('connection_failed', elapsed())));
      response.on('end', () => {
        const status = response.statusCode ?? 0;
        const ok = status >= 200 && status < 300;
        end({
          ok,
          ms: elapsed(),
          body: decode(Buffer.concat(chunks).toString('utf8')),
          failure: ok ? null : 'http_error',
          status,
          mayRetry: response.headers['x-slack-no-retry'] !== '1',
        });
      });
    });
    const timer = setTimeout(() => {
      end(failed('timeout', elapsed()));
      outgoing.destroy();
    }, how.timeoutMs);
    const end = (acknowledgement: Acknowledgement): void => {
      clearTimeout(timer);
      resolve(acknowledgement);
    };
    outgoing.on('error', () => end(failed('connection_failed', elapsed())));
    outgoing.end(body);
  });
}

function retryHeaders(retry: Retry | undefined): Record<string, string> {
  if (retry === undefined) return {};
  return { 'x-slack-retry-num': String(retry.attempt), 'x-slack-retry-reason': retry.reason };
}

function decode(text: string): unknown {
  if (text === '') return null;
  return parseJson(text) ?? text;
}
