/** How does a Web API request become an answer? */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Strike } from '../failures.ts';
import type { Ending } from '../journal.ts';
import type { JsonObject } from '../json.ts';
import { objectAt } from '../json.ts';
import type { Parts } from '../parts.ts';
import { addressOf } from '../request-address.ts';
import { Refusal, refuseArguments } from './answer.ts';
import { type ParsedRequest, parseRequest, readBody, textArgument } from './arguments.ts';
import { authenticate } from './authenticate.ts';
import type { Call } from './method.ts';
import { methods } from './methods.ts';

interface Outcome {
  status: number;
  headers: Record<string, string>;
  answer: JsonObject;
  appId: string | null;
  afterwards: (() => unknown)[];
  warnings: string[];
}

/** Answers one request under `/api/`, and lets it fail where a failure is switched on. */
export async function serveApi(
  parts: Parts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const underWay = parts.inFlight.begin();
  response.on('close', underWay);
  const name = addressOf(request).pathname.replace(/^\/api\//, '');
  const parsed = await parseRequest(request, await readBody(request));
  const note = parts.journal.begin({ direction: 'call', name, app: null, request: parsed.args });
  const strike = parts.failures.forCall(name);
  if (strike !== undefined && (await failBefore(parts, strike, response, underWay, note))) return;
  // Beside the response, because what follows the answer counts as under way too.
  const performing = parts.inFlight.begin();
  try {
    const outcome = await perform(parts, name, parsed);
    const failing =
      strike === undefined ? false : await failAfter(parts, strike, response, [underWay, performing]);
    if (!failing) send(response, outcome.status, outcome.headers, JSON.stringify(outcome.answer));
    const refusal = outcome.answer['ok'] === true ? null : String(outcome.answer['error']);
    note({
      app: outcome.appId,
      answer: outcome.answer,
      warnings: outcome.warnings,
      ...(failing ? brokenEnding(strike) : { status: outcome.status, failure: refusal }),
    });
    await Promise.all(outcome.afterwards.map((run) => run()));
  } finally {
    performing();
  }
}

function brokenEnding(strike: Strike | undefined): Ending {
  const failure = strike?.failure;
  if (failure?.kind === 'status') return { status: failure.status, failure: failure.kind };
  return { status: failure?.kind === 'invalid_json' ? 200 : null, failure: failure?.kind ?? null };
}

/** Does what the request asks, and says what to answer. */
async function perform(parts: Parts, name: string, parsed: ParsedRequest): Promise<Outcome> {
  const outcome: Outcome = {
    status: 200,
    headers: {},
    answer: {},
    appId: null,
    afterwards: [],
    warnings: [],
  };
  try {
    outcome.answer = { ok: true, ...(await callMethod(parts, name, parsed, outcome)) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    outcome.answer = error.answer;
  }
  if (parsed.warnings.length > 0) {
    const metadata = objectAt(outcome.answer['response_metadata']);
    outcome.answer['warning'] ??= parsed.warnings.join(',');
    outcome.answer['response_metadata'] = { ...metadata, warnings: parsed.warnings };
  }
  return outcome;
}

async function callMethod(
  parts: Parts,
  name: string,
  parsed: ParsedRequest,
  outcome: Outcome,
): Promise<JsonObject> {
  const method = methods[name];
  if (method === undefined) throw new Refusal('unknown_method', { req_method: name });
  const args = parsed.wasJson && method.json === false ? {} : parsed.args;
  const app =
    method.token === 'none'
      ? [...parts.workspace.apps.values()][0]
      : authenticate(parts.workspace, method, parsed.token);
  if (app === undefined) throw new Refusal('not_authed');
  outcome.appId = method.token === 'none' ? null : app.id;
  outcome.headers['x-oauth-scopes'] = [...app.scopes].join(',');
  if (method.scopes !== undefined) outcome.headers['x-accepted-oauth-scopes'] = method.scopes.join(',');
  const wait = parts.rateLimits.take(app.id, name, method.tier, textArgument(args, 'channel'));
  if (wait !== null) {
    outcome.status = 429;
    outcome.headers['retry-after'] = String(wait);
    throw new Refusal('ratelimited');
  }
  const missing = (method.required ?? []).filter((field) => (textArgument(args, field) ?? '') === '');
  if (missing.length > 0) refuseArguments(...missing.map((field) => `missing required field: ${field}`));
  const known = new Set([...(method.required ?? []), ...(method.optional ?? [])]);
  for (const field of Object.keys(args)) {
    if (!known.has(field) && field !== 'team_id' && name !== 'api.test')
      outcome.warnings.push(`Unknown argument: ${field}.`);
  }
  const call: Call = {
    parts,
    app,
    args,
    warn: (text) => outcome.warnings.push(text),
    afterwards: (run) => outcome.afterwards.push(run),
  };
  return method.handle(call);
}

/** Fails before Slack has done anything; true when the request is over. */
async function failBefore(
  parts: Parts,
  strike: Strike,
  response: ServerResponse,
  underWay: () => void,
  note: (ending: Ending) => void,
): Promise<boolean> {
  const { failure } = strike;
  const end = (status: number | null): true => {
    note({ status, failure: failure.kind });
    return true;
  };
  switch (failure.kind) {
    case 'reset_before':
      response.socket?.resetAndDestroy();
      return end(null);
    case 'rate_limited': {
      const headers = { 'retry-after': String(failure.retryAfter) };
      send(response, 429, headers, JSON.stringify({ ok: false, error: 'ratelimited' }));
      return end(429);
    }
    case 'status':
      if (failure.accepted === true) return false;
      send(response, failure.status, {}, `${failure.status}`);
      return end(failure.status);
    case 'error':
      send(response, 200, {}, JSON.stringify({ ok: false, error: failure.error }));
      note({ status: 200, failure: failure.error, answer: { ok: false, error: failure.error } });
      return true;
    case 'slow':
      if (failure.accepted !== true) await hold(parts, strike, [underWay]);
      return false;
    default:
      return false;
  }
}

/** Fails after Slack has done what was asked; true when nothing more is to be answered. */
async function failAfter(
  parts: Parts,
  strike: Strike,
  response: ServerResponse,
  underWay: (() => void)[],
): Promise<boolean> {
  const { failure } = strike;
  switch (failure.kind) {
    case 'lose_answer':
      for (const end of underWay) end();
      void strike.held.then(() => response.socket?.destroy());
      return true;
    case 'reset_after':
      response.socket?.resetAndDestroy();
      return true;
    case 'status':
      send(response, failure.status, {}, `${failure.status}`);
      return true;
    case 'invalid_json':
      send(response, 200, { 'content-type': 'text/html' }, '<html><body>Something went wrong.</body>');
      return true;
    case 'slow':
      if (failure.accepted === true) await hold(parts, strike, underWay);
      return false;
    default:
      return false;
  }
}

/** Waits without counting as under way: only the clock or a release ends it. */
async function hold(parts: Parts, strike: Strike, underWay: (() => void)[]): Promise<void> {
  for (const end of underWay) end();
  parts.feed.tell('call', { detail: { what: 'held' } });
  const { failure } = strike;
  if (failure.kind === 'slow' && failure.ms !== undefined) {
    parts.agenda.at(parts.clock.now() + failure.ms, () => strike.letGo());
  }
  await strike.held;
}

function send(response: ServerResponse, status: number, headers: Record<string, string>, body: string): void {
  if (response.destroyed) return;
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
  response.end(body);
}
