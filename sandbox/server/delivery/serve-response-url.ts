/** How does a call to a response URL become an answer? */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isObject, parseJson } from '../json.ts';
import type { Parts } from '../parts.ts';
import { addressOf } from '../request-address.ts';
import { Refusal } from '../web-api/answer.ts';
import { readBody } from '../web-api/arguments.ts';
import { applyResponse } from './respond.ts';

const gone = new Set(['expired_url', 'used_url']);

/** Answers one POST to a response URL: `ok`, or an error code with 404 (expired, used up) or 400. */
export async function serveResponseUrl(
  parts: Parts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const underWay = parts.inFlight.begin();
  const { pathname } = addressOf(request);
  const text = (await readBody(request)).toString('utf8');
  const json = parseJson(text) ?? parseJson(new URLSearchParams(text).get('payload') ?? '');
  const note = parts.journal.begin({
    direction: 'response_url',
    name: 'response_url',
    app: null,
    request: json ?? text,
  });
  const warnings: string[] = [];
  const end = (status: number, error: string | null, app: string | null): void => {
    const body = error === null ? 'ok' : JSON.stringify({ ok: false, error });
    const type = error === null ? 'text/plain' : 'application/json; charset=utf-8';
    response.writeHead(status, { 'content-type': type });
    response.end(body);
    note({ status, answer: body, failure: error, app, warnings });
  };
  const target = parts.responseUrls.use(pathname);
  try {
    if (typeof target === 'string') throw new Refusal(target);
    if (!isObject(json)) throw new Refusal('invalid_payload');
    await applyResponse(parts, target, json, (warning) => warnings.push(warning));
    end(200, null, target.appId);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    end(gone.has(error.message) ? 404 : 400, error.message, typeof target === 'string' ? null : target.appId);
  } finally {
    underWay();
  }
}
