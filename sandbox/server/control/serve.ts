/** How is the control reached over HTTP? */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { CallFailure, Failures, Frequency } from '../failures.ts';
import { isObject, type JsonObject, objectAt, parseJson } from '../json.ts';
import { isLocalRequest } from '../loopback.ts';
import type { Parts } from '../parts.ts';
import { addressOf } from '../request-address.ts';
import { readBody } from '../web-api/arguments.ts';
import { streamChanges } from './event-stream.ts';
import type { Control } from './index.ts';
import { answerPage } from './page.ts';

/** What the endpoints work with beside the control itself. */
export interface Served {
  control: Control;
  failures: Failures;
  settled(): Promise<void>;
  nextDue(): number | null;
  runDue(): Promise<void>;
}

/**
 * Answers a request under `/control/`: `{"ok": true, "result": …}`, or `{"ok": false, "error": sentence}` with 400.
 * Arguments are named fields of a JSON body or of the query.
 */
export async function serveControl(
  parts: Parts,
  served: Served,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = addressOf(request);
  const name = url.pathname.replace(/^\/control\//, '');
  if (!isLocalRequest(request)) return answer(response, 403, { ok: false, error: 'Only from this machine.' });
  if (name === 'events') return streamChanges(parts.feed, request, response);
  const body = parseJson((await readBody(request)).toString('utf8'));
  const fields = { ...Object.fromEntries(url.searchParams), ...(isObject(body) ? body : {}) };
  const endpoint = endpoints[name];
  const forPage = answerPage(parts, served.control, name, fields);
  const run = forPage ?? (endpoint === undefined ? undefined : async () => endpoint(served, fields));
  if (run === undefined) return answer(response, 404, { ok: false, error: `No control "${name}".` });
  try {
    const result = await run();
    answer(response, 200, { ok: true, result: result ?? null });
  } catch (error) {
    answer(response, 400, { ok: false, error: error instanceof Error ? error.message : String(error) });
  }
}

const failureKinds = [
  'lose_answer',
  'reset_before',
  'reset_after',
  'rate_limited',
  'status',
  'invalid_json',
  'error',
  'slow',
] as const;
const goodbyes = ['warning', 'refresh_requested', 'link_disabled'] as const;

type Endpoint = (served: Served, fields: JsonObject) => unknown;

const endpoints: Record<string, Endpoint> = {
  command: ({ control }, f) => control.command(text(f, 'user'), text(f, 'channel'), text(f, 'text')),
  type: ({ control }, f) =>
    control.type(
      text(f, 'user'),
      text(f, 'channel'),
      text(f, 'text'),
      given({ threadTs: maybe(f, 'threadTs') }),
    ),
  press: ({ control }, f) => control.press(text(f, 'user'), rest(f, 'channel')),
  'choose-from': ({ control }, f) => control.chooseFrom(text(f, 'user'), rest(f, 'channel')),
  react: ({ control }, f) =>
    control.react(text(f, 'user'), {
      channel: text(f, 'channel'),
      ts: text(f, 'ts'),
      name: text(f, 'name'),
      remove: f['remove'] === true,
    }),
  'open-home': ({ control }, f) => control.openHome(text(f, 'user'), maybe(f, 'app')),
  'open-messages': ({ control }, f) => control.openMessages(text(f, 'user'), maybe(f, 'app')),
  'press-home': ({ control }, f) => control.pressHome(text(f, 'user'), rest(f)),
  'fill-home': ({ control }, f) => control.fillHome(text(f, 'user'), objectAt(f['values']), maybe(f, 'app')),
  shortcut: ({ control }, f) =>
    control.shortcut(
      text(f, 'user'),
      text(f, 'callbackId'),
      f['ts'] === undefined ? undefined : { channel: text(f, 'channel'), ts: text(f, 'ts') },
    ),
  'open-view': ({ control }, f) => control.openView(text(f, 'user')),
  fill: ({ control }, f) => control.fill(text(f, 'user'), objectAt(f['values'])),
  'press-in-view': ({ control }, f) => control.pressInView(text(f, 'user'), rest(f)),
  submit: ({ control }, f) => control.submit(text(f, 'user')),
  'close-view': ({ control }, f) => control.closeView(text(f, 'user'), f['all'] === true),
  messages: ({ control }, f) =>
    control.read.messages(text(f, 'user'), text(f, 'channel'), given({ thread: maybe(f, 'thread') })),
  dm: ({ control }, f) => control.read.dm(text(f, 'user'), text(f, 'with')),
  home: ({ control }, f) => control.read.home(text(f, 'user'), maybe(f, 'app')),
  views: ({ control }, f) => control.read.views(text(f, 'user')),
  notices: ({ control }, f) => control.read.notices(text(f, 'user')),
  channels: ({ control }, f) => control.read.channels(text(f, 'user')),
  log: ({ control }, f) => control.read.log({ since: Number(f['since'] ?? 0) }),
  text: ({ control }, f) => control.read.text(objectAt(f['message']), maybe(f, 'viewer')),
  state: ({ control }, f) => control.state(text(f, 'user')),
  'people/add': ({ control }, f) => control.people.add(rest(f, 'name', 'realName')),
  'people/deactivate': ({ control }, f) => control.people.deactivate(text(f, 'user')),
  'people/reactivate': ({ control }, f) => control.people.reactivate(text(f, 'user')),
  'people/rename': ({ control }, f) =>
    control.people.rename(text(f, 'user'), given({ name: maybe(f, 'name'), realName: maybe(f, 'realName') })),
  'people/set-timezone': ({ control }, f) => control.people.setTimezone(text(f, 'user'), text(f, 'tz')),
  'people/make-guest': ({ control }, f) =>
    control.people.makeGuest(
      text(f, 'user'),
      f['kind'] === 'multi' || f['kind'] === 'single' ? f['kind'] : null,
    ),
  'people/make-admin': ({ control }, f) => control.people.makeAdmin(text(f, 'user'), f['isAdmin'] !== false),
  'people/do-not-disturb': ({ control }, f) =>
    control.people.doNotDisturb(
      text(f, 'user'),
      f['until'] === undefined ? null : { from: Number(f['from'] ?? 0), until: Number(f['until']) },
    ),
  'channels/create': ({ control }, f) =>
    control.channels.create({
      ...rest<{ name: string; members: string[] }>(f, 'name'),
      members: list(f, 'members'),
    }),
  'channels/archive': ({ control }, f) => control.channels.archive(text(f, 'channel')),
  'channels/unarchive': ({ control }, f) => control.channels.unarchive(text(f, 'channel')),
  'channels/rename': ({ control }, f) => control.channels.rename(text(f, 'channel'), text(f, 'name')),
  'channels/invite': ({ control }, f) =>
    control.channels.invite(text(f, 'channel'), text(f, 'who'), maybe(f, 'by')),
  'channels/kick': ({ control }, f) => control.channels.kick(text(f, 'channel'), text(f, 'who')),
  'channels/share': ({ control }, f) => control.channels.share(text(f, 'channel')),
  'apps/revoke-token': ({ control }, f) => control.apps.revokeToken(maybe(f, 'app')),
  'apps/uninstall': ({ control }, f) => control.apps.uninstall(maybe(f, 'app')),
  'apps/reinstall': ({ control }, f) => control.apps.reinstall(maybe(f, 'botToken'), maybe(f, 'app')),
  'apps/add-scope': ({ control }, f) => control.apps.addScope(text(f, 'scope'), maybe(f, 'app')),
  'apps/remove-scope': ({ control }, f) => control.apps.removeScope(text(f, 'scope'), maybe(f, 'app')),
  'apps/set-mode': ({ control }, f) =>
    control.apps.setMode(oneOf(f, 'mode', ['socket', 'http']), maybe(f, 'requestUrl'), maybe(f, 'app')),
  'apps/set-home-tab': ({ control }, f) => control.apps.setHomeTab(f['enabled'] !== false, maybe(f, 'app')),
  'apps/set-messages-tab': ({ control }, f) =>
    control.apps.setMessagesTab(oneOf(f, 'setting', ['on', 'read_only', 'off']), maybe(f, 'app')),
  'apps/subscribe': ({ control }, f) => control.apps.subscribe(list(f, 'events'), maybe(f, 'app')),
  'apps/verify-request-url': ({ control }, f) => control.apps.verifyRequestUrl(maybe(f, 'app')),
  'apps/disconnect-sockets': ({ control }, f) =>
    control.apps.disconnectSockets(oneOf(f, 'reason', goodbyes), maybe(f, 'app')),
  'apps/cut-sockets': ({ control }, f) => control.apps.cutSockets(maybe(f, 'app')),
  'set-retention': ({ control }, f) => control.setRetention(f['days'] === null ? null : number(f, 'days')),
  'rate-limits': ({ control }, f) => control.enforceRateLimits(f['on'] !== false),
  'failures/call': ({ failures }, f) =>
    failures.call(text(f, 'method'), callFailure(objectAt(f['failure'])), frequency(f)).id,
  'failures/delivery': ({ failures }, f) =>
    failures.delivery(text(f, 'what'), oneOf(f, 'trouble', ['duplicate', 'drop', 'disconnect']), frequency(f))
      .id,
  'failures/list': ({ failures }) => failures.list(),
  'failures/stop': ({ failures }, f) => failures.stop(number(f, 'id')),
  'failures/clear': ({ failures }) => failures.clear(),
  settled: ({ settled }) => settled(),
  'next-due': ({ nextDue }) => nextDue(),
  'run-due': ({ runDue }) => runDue(),
};

function text(fields: JsonObject, name: string): string {
  const value = fields[name];
  if (typeof value !== 'string' || value === '') throw new Error(`Say ${name}.`);
  return value;
}

function number(fields: JsonObject, name: string): number {
  const value = Number(fields[name] ?? Number.NaN);
  if (!Number.isFinite(value)) throw new Error(`Say ${name} as a number.`);
  return value;
}

function maybe(fields: JsonObject, name: string): string | undefined {
  const value = fields[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A field that must be one of a few words. */
function oneOf<Word extends string>(fields: JsonObject, name: string, words: readonly Word[]): Word {
  const word = words.find((candidate) => candidate === fields[name]);
  if (word === undefined) throw new Error(`Say ${name}: ${words.join(', ')}.`);
  return word;
}

function list(fields: JsonObject, name: string): string[] {
  const value = fields[name];
  return Array.isArray(value) ? value.map(String) : [];
}

/** The fields as an argument object, once the ones that must be there are. */
function rest<T>(fields: JsonObject, ...required: string[]): T {
  for (const name of required) text(fields, name);
  const { user: _, ...others } = fields;
  return others as T;
}

/** Leaves out what was not given. */
function given<T extends object>(fields: T): { [Name in keyof T]?: NonNullable<T[Name]> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [Name in keyof T]?: NonNullable<T[Name]>;
  };
}

/** A failure of calls, by its kind and the fields that kind has. */
function callFailure(fields: JsonObject): CallFailure {
  const accepted = fields['accepted'] === true;
  const kind = oneOf(fields, 'kind', failureKinds);
  switch (kind) {
    case 'rate_limited':
      return { kind, retryAfter: number(fields, 'retryAfter') };
    case 'status':
      return { kind, status: number(fields, 'status'), accepted };
    case 'error':
      return { kind, error: text(fields, 'error') };
    case 'slow':
      return { kind, accepted, ...(fields['ms'] === undefined ? {} : { ms: number(fields, 'ms') }) };
    default:
      return { kind };
  }
}

function frequency(fields: JsonObject): Frequency {
  const numbers = ['times', 'probability', 'seed'].flatMap((name) =>
    fields[name] === undefined ? [] : [[name, number(fields, name)]],
  );
  return Object.fromEntries(numbers) as Frequency;
}

function answer(response: ServerResponse, status: number, body: JsonObject): void {
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
  });
  response.end(JSON.stringify(body));
}
