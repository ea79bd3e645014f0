import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox/server/index.ts';
import { callApi, postJson } from './call-api.ts';
import * as p from './payloads.ts';
import { connectSocket, type Received } from './raw-app.ts';
import { createSetClock, type SetClock } from './set-clock.ts';

let slack: Sandbox;
let clock: SetClock;
let heard: Received[];
beforeEach(async () => {
  clock = createSetClock();
  heard = [];
  slack = await startSandbox({ clock });
  await connectSocket(slack, ({ payload }) => void heard.push(payload as Received));
});
afterEach(() => slack.close());

const url = (): string => String(heard.at(-1)?.['response_url']);
const respond = async (body: unknown, to = url()): Promise<{ status: number; text: string }> => {
  const response = await postJson(to, body);
  return { status: response.status, text: await response.text() };
};
const seen = (user: string): string[] =>
  slack.control.read.messages(user, '#project').map(({ text }) => text);
const postButton = async (): Promise<unknown> => {
  const blocks = [p.actions(p.button({ action_id: 'go', text: p.plain('Go') }))];
  const { ts } = await callApi(slack, 'chat.postMessage', { channel: 'C0PROJECT01', text: 'Card', blocks });
  await slack.control.press('amara', { channel: '#project', label: 'Go' });
  return ts;
};

describe('response URLs', () => {
  it('answer to the person alone, or to everybody when asked', async () => {
    await slack.control.command('amara', '#project', '/test');
    expect(await respond({ text: 'For you' })).toEqual({ status: 200, text: 'ok' });
    await respond({ text: 'For all', response_type: 'in_channel' });
    expect(seen('amara')).toEqual(['For you', 'For all']);
    expect(seen('bela')).toEqual(['For all']);
  });

  it('work where the bot is not a member', async () => {
    await slack.control.command('amara', '#secret', '/test');
    await respond({ text: 'Hello', response_type: 'in_channel' });
    expect(slack.control.read.messages('amara', '#secret')).toMatchObject([{ text: 'Hello' }]);
  });

  it('replace and delete the message that was pressed', async () => {
    await postButton();
    await respond({ text: 'Changed', replace_original: true });
    expect(seen('bela')).toEqual(['Changed']);
    expect(slack.control.read.messages('bela', '#project')[0]).not.toHaveProperty('blocks');
    await respond({ delete_original: true });
    expect(seen('bela')).toEqual([]);
  });

  it('replace and delete what one person sees', async () => {
    const blocks = [p.actions(p.button({ action_id: 'go', text: p.plain('Go') }))];
    await callApi(slack, 'chat.postEphemeral', {
      channel: 'C0PROJECT01',
      user: 'U0AMARA0001',
      text: 'Psst',
      blocks,
    });
    await slack.control.press('amara', { channel: '#project', label: 'Go' });
    expect(heard.at(-1)).toMatchObject({ container: { is_ephemeral: true } });
    expect(heard.at(-1)).not.toHaveProperty('message');
    await respond({ text: 'Changed', replace_original: true });
    expect(seen('amara')).toEqual(['Changed']);
    await respond({ delete_original: true });
    expect(seen('amara')).toEqual([]);
  });

  it('work five times', async () => {
    await slack.control.command('amara', '#project', '/test');
    for (const n of p.times(5, (index) => index))
      expect(await respond({ text: `${n}` })).toMatchObject({ status: 200 });
    expect(await respond({ text: 'six' })).toEqual({ status: 404, text: '{"ok":false,"error":"used_url"}' });
    expect(seen('amara')).toHaveLength(5);
  });

  it('work for half an hour of the workspace clock', async () => {
    await slack.control.command('amara', '#project', '/test');
    clock.move(30 * 60_000);
    expect(await respond({ text: 'In time' })).toMatchObject({ status: 200 });
    clock.move(1);
    expect(await respond({ text: 'Late' })).toEqual({
      status: 404,
      text: '{"ok":false,"error":"expired_url"}',
    });
  });

  it('refuse what Slack would refuse', async () => {
    await slack.control.command('amara', '#project', '/test');
    expect(await respond({ text: 'x', blocks: [{ type: 'heading' }] })).toMatchObject({
      status: 400,
      text: expect.stringContaining('invalid_blocks'),
    });
    expect(await respond({})).toMatchObject({ status: 400, text: expect.stringContaining('no_text') });
    expect(await respond({ text: 'x' }, `${slack.url}/actions/T0SANDBOX01/1/guess`)).toMatchObject({
      status: 404,
    });
  });

  it('stay in the thread that was pressed', async () => {
    const { ts: root } = await callApi(slack, 'chat.postMessage', { channel: 'C0PROJECT01', text: 'Root' });
    const blocks = [p.actions(p.button({ action_id: 'go', text: p.plain('Go') }))];
    await callApi(slack, 'chat.postMessage', {
      channel: 'C0PROJECT01',
      text: 'Reply',
      blocks,
      thread_ts: root,
    });
    await slack.control.press('amara', { channel: '#project', label: 'Go' });
    await respond({ text: 'Here' });
    expect(slack.control.read.messages('amara', '#project').at(-1)).toMatchObject({
      text: 'Here',
      thread_ts: root,
    });
  });
});

describe('answers in the acknowledgement of a command', () => {
  it('show the command too when they are for everybody', async () => {
    await slack.close();
    slack = await startSandbox({ clock });
    await connectSocket(slack, () => ({ response_type: 'in_channel', text: 'Hello all' }));
    await slack.control.command('amara', '#project', '/test me');
    expect(seen('bela')).toEqual(['/test me', 'Hello all']);
  });

  it('show a failure when Slack would refuse them', async () => {
    await slack.close();
    slack = await startSandbox({ clock });
    await connectSocket(slack, () => ({ blocks: [{ type: 'heading' }] }));
    expect(await slack.control.command('amara', '#project', '/test')).toMatchObject({
      ok: false,
      notice: '/test failed with the error "dispatch_failed"',
      answer: { error: 'invalid_blocks' },
    });
  });
});
