import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox/server/index.ts';
import { postJson } from './call-api.ts';
import { connectSocket } from './raw-app.ts';

let slack: Sandbox;
beforeEach(async () => {
  slack = await startSandbox({
    serve: (incoming, response) => {
      if (incoming.url !== '/page') return false;
      response.end('a page');
      return true;
    },
  });
});
afterEach(() => slack.close());

interface Answered {
  ok: boolean;
  result?: unknown;
  error?: string;
}

const control = async (name: string, fields: Record<string, unknown> = {}): Promise<Answered> =>
  (await (await postJson(`${slack.url}/control/${name}`, fields)).json()) as Answered;

/** The status of a request with headers a browser would set. */
const statusWith = (headers: Record<string, string>): Promise<number | undefined> =>
  new Promise((resolve) => {
    request(`${slack.url}/control/settled`, { headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    }).end();
  });

describe('the control over HTTP', () => {
  it('acts and reads by named fields', async () => {
    await connectSocket(slack, () => ({ text: 'Hello' }));
    expect(await control('command', { user: 'amara', channel: '#project', text: '/test' })).toMatchObject({
      ok: true,
      result: { ok: true, answer: { text: 'Hello' } },
    });
    const { result } = await control('messages', { user: 'amara', channel: '#project' });
    expect(result).toMatchObject([{ text: 'Hello', is_ephemeral: true }]);
  });

  it.each([
    '//',
    '///',
    '//x:99999/',
    '/\\',
  ])('goes on after a request for %s, which is no address', async (path) => {
    const asked = await new Promise<number | undefined>((resolve, reject) => {
      request(slack.url, { path }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on('error', reject)
        .end();
    });
    expect(asked).toBe(404);
    expect((await fetch(`${slack.url}/page`)).status).toBe(200);
  });

  it('takes fields from the query too', async () => {
    const response = await fetch(`${slack.url}/control/state?user=bela`);
    expect(await response.json()).toMatchObject({ ok: true, result: { me: { name: 'bela' } } });
  });

  it('answers a sentence when something is not there', async () => {
    expect(await control('press', { user: 'amara', channel: '#project', label: 'Go' })).toEqual({
      ok: false,
      error: 'No message there has "Go". There are: no buttons.',
    });
    expect(await control('command', { user: 'amara' })).toEqual({ ok: false, error: 'Say channel.' });
    expect(await control('fly')).toEqual({ ok: false, error: 'No control "fly".' });
  });

  it('changes the workspace and switches failures', async () => {
    await control('people/rename', { user: 'bela', realName: 'Bela New' });
    await control('channels/archive', { channel: '#project' });
    await control('apps/remove-scope', { scope: 'chat:write' });
    expect(slack.control.state('amara')).toMatchObject({
      people: expect.arrayContaining([expect.objectContaining({ realName: 'Bela New' })]),
    });
    expect(slack.control.read.channels('amara')).toMatchObject([
      {},
      { name: 'project', isArchived: true },
      {},
    ]);
    const { result: id } = await control('failures/call', {
      method: 'chat.postMessage',
      failure: { kind: 'reset_before' },
      times: 2,
    });
    expect(slack.failures.list()).toMatchObject([{ id, what: 'chat.postMessage' }]);
    await control('failures/stop', { id });
    expect(slack.failures.list()).toEqual([]);
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['failures/call', { method: '*', failure: { kind: 'melt' } }, 'Say kind: lose_answer, reset_before'],
    ['failures/call', { method: '*', failure: { kind: 'rate_limited' } }, 'Say retryAfter as a number.'],
    ['failures/delivery', { what: '*', trouble: 'lost' }, 'Say trouble: duplicate, drop, disconnect.'],
    ['apps/set-mode', { mode: 'pigeon' }, 'Say mode: socket, http.'],
    ['set-retention', {}, 'Say days as a number.'],
  ])('%s refuses %o', async (name, fields, sentence) => {
    expect(await control(name, fields)).toMatchObject({
      ok: false,
      error: expect.stringContaining(sentence),
    });
  });

  it('runs what is due and says what is next', async () => {
    expect(await control('next-due')).toEqual({ ok: true, result: null });
    expect(await control('run-due')).toEqual({ ok: true, result: null });
  });

  it.each<[number, Record<string, string>]>([
    [200, { host: '127.0.0.1:1' }],
    [200, { host: 'localhost' }],
    [403, { host: 'evil.example' }],
    [403, { host: '127.0.0.1.evil.example' }],
    [403, { origin: 'https://evil.example' }],
    [200, { origin: 'http://localhost:5173' }],
  ])('answers %d to %o', async (status, headers) => {
    expect(await statusWith(headers)).toBe(status);
  });

  it('streams changes, one line each', async () => {
    const response = await fetch(`${slack.url}/control/events`);
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    const reader = (response.body as ReadableStream<Uint8Array>)
      .pipeThrough(new TextDecoderStream())
      .getReader();
    await reader.read();
    await slack.control.type('amara', '#project', 'Hello');
    let streamed = '';
    while (!streamed.includes('event: message')) streamed += (await reader.read()).value ?? '';
    const line = streamed
      .split('\n')
      .find((candidate) => candidate.startsWith('data: {') && candidate.includes('"message"'));
    expect(JSON.parse(line?.slice('data: '.length) ?? '{}')).toMatchObject({
      kind: 'message',
      channel: 'C0PROJECT01',
      n: expect.any(Number),
    });
    await reader.cancel();
  });

  it('lets a page live on the same port', async () => {
    expect(await (await fetch(`${slack.url}/page`)).text()).toBe('a page');
    expect((await fetch(`${slack.url}/elsewhere`)).status).toBe(404);
  });
});
