import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JournalLine } from '../../sandbox/server/control/journal-lines.ts';
import type { PageMessages, PageState } from '../../sandbox/server/control/page-state.ts';
import type { Change } from '../../sandbox/server/index.ts';
import { type Sandbox, startSandbox } from '../../sandbox/server/index.ts';
import { callApi } from '../sandbox/call-api.ts';

let slack: Sandbox;

/** What the sandbox answers to a question of the page. */
const ask = async <Answer>(name: string, fields: object): Promise<Answer> => {
  const response = await fetch(`${slack.url}/control/page/${name}`, {
    method: 'POST',
    body: JSON.stringify(fields),
  });
  const body = (await response.json()) as { ok: boolean; result: Answer; error: string };
  if (!body.ok) throw new Error(body.error);
  return body.result;
};
const news = async (user: string, channel: string) => {
  const { channels } = await ask<PageState>('state', { user });
  const { unread, mentions } = channels.find(({ name }) => name === channel) ?? { unread: -1, mentions: -1 };
  return { unread, mentions };
};
const text = (words: string) => ({ type: 'plain_text', text: words });

describe('what the page asks the sandbox', () => {
  beforeEach(async () => {
    slack = await startSandbox({ ackTimeoutMs: 50 });
  });
  afterEach(() => slack.close());

  it('counts as unread what others said after the mark, replies in direct messages only', async () => {
    const { control } = slack;
    const first = await control.type('bela', '#project', 'One');
    await control.type('bela', '#project', 'Two for @amara');
    await control.type('bela', '#project', 'A reply', { threadTs: first.ts });
    await control.type('amara', '#project', 'My own');
    expect(await news('amara', 'project')).toEqual({ unread: 2, mentions: 1 });
    await ask('read', { user: 'amara', channel: '#project', ts: first.ts });
    expect(await news('amara', 'project')).toEqual({ unread: 1, mentions: 1 });
    await ask('read', { user: 'amara', channel: '#project', ts: '1.0' });
    expect(await news('amara', 'project')).toEqual({ unread: 1, mentions: 1 });
    const direct = await control.type('bela', '@amara', 'Between us');
    await control.type('bela', '@amara', 'In a thread', { threadTs: direct.ts });
    expect(await news('amara', 'Béla Novák')).toEqual({ unread: 2, mentions: 2 });
    const { people } = await ask<PageState>('state', { user: 'bela' });
    expect(people.map(({ name, mentions }) => [name, mentions]).slice(0, 2)).toEqual([
      ['amara', 3],
      ['bela', 0],
    ]);
  });

  it('tells other tabs of a mark', async () => {
    const { ts } = await slack.control.type('bela', '#project', 'One');
    const heard: Change[] = [];
    slack.control.listen((change) => heard.push(change));
    await ask('read', { user: 'amara', channel: '#project', ts });
    await ask('read', { user: 'amara', channel: '#project', ts });
    expect(heard).toMatchObject([{ kind: 'read', channel: 'C0PROJECT01', user: 'U0AMARA0001' }]);
  });

  it('gives a few messages with the roots of their threads, and leaves out what is gone', async () => {
    const { control } = slack;
    const root = await control.type('bela', '#project', 'Root');
    await control.type('bela', '#project', 'Other');
    const reply = await control.type('bela', '#project', 'Reply', { threadTs: root.ts });
    const only = [reply.ts, '12.000000'];
    const { messages } = await ask<PageMessages>('messages', { user: 'amara', channel: '#project', only });
    expect(messages.map((message) => message.text)).toEqual(['Root', 'Reply']);
    await expect(ask('messages', { user: 'bela', channel: '#secret' })).rejects.toThrow('cannot see');
  });

  it('lets nobody dismiss what another sees', async () => {
    await callApi(slack, 'chat.postEphemeral', {
      channel: 'C0PROJECT01',
      user: 'U0AMARA0001',
      text: 'Yours',
    });
    const [message] = slack.control.read.messages('amara', '#project');
    const at = { channel: '#project', ts: message?.ts };
    await expect(ask('dismiss', { user: 'bela', ...at })).rejects.toThrow(
      'There is no such message to dismiss.',
    );
    await ask('dismiss', { user: 'amara', ...at });
    expect(slack.control.read.messages('amara', '#project')).toEqual([]);
  });

  it('says which field or form is gone, and that an app does not answer', async () => {
    const element = { type: 'external_select', action_id: 'pick', min_query_length: 0 };
    const block = { type: 'section', block_id: 'one', text: text('Pick'), accessory: element };
    const { ts } = await callApi(slack, 'chat.postMessage', {
      channel: 'C0PROJECT01',
      text: 'x',
      blocks: [block],
    });
    const at = { user: 'amara', channel: '#project', ts, blockId: 'one', actionId: 'pick' };
    await expect(ask('choices', { ...at, query: 'a' })).rejects.toThrow('Test app did not answer.');
    await expect(ask('enter', { ...at, blockId: 'two' })).rejects.toThrow(
      'That field is not there any more.',
    );
    await expect(ask('enter', { ...at, ts: '1.0' })).rejects.toThrow('That message is not there any more.');
    await expect(ask('enter', { ...at, view: 'V1' })).rejects.toThrow('That form is not open any more.');
    const chosen = { text: text('Claims triage'), value: 'claims' };
    await ask('enter', { ...at, value: chosen });
    const { messages } = await ask<PageMessages>('messages', at);
    expect(messages[0]?.entered).toMatchObject({ one: { pick: { selected_option: chosen } } });
  });

  it('finds the refused messages of a conversation, for those who would have seen them', async () => {
    const bad = [{ type: 'section' }];
    await callApi(slack, 'chat.postMessage', { channel: 'C0PROJECT01', text: 'For all', blocks: bad });
    await callApi(slack, 'chat.postMessage', { channel: 'U0BELA00001', text: 'For Béla', blocks: bad });
    await callApi(slack, 'chat.postEphemeral', {
      channel: 'C0PROJECT01',
      user: 'U0BELA00001',
      text: 'Only Béla',
      blocks: bad,
    });
    const refused = async (user: string, channel: string): Promise<string[]> =>
      (await ask<PageMessages>('messages', { user, channel })).refusals.map((refusal) => refusal.text);
    expect(await refused('amara', '#project')).toEqual(['For all']);
    expect(await refused('bela', '#project')).toEqual(['For all', 'Only Béla']);
    expect(await refused('bela', 'Test app')).toEqual(['For Béla']);
  });

  it('gives lines of the journal by name, person, number and trouble', async () => {
    for (const user of ['U0AMARA0001', 'U0BELA00001']) {
      await callApi(slack, 'chat.postEphemeral', { channel: 'C0PROJECT01', user, text: 'Hello' });
    }
    await callApi(slack, 'chat.postMessage', { channel: 'C0PROJECT01' });
    const names = async (fields: object): Promise<string[]> =>
      (await ask<JournalLine[]>('log', fields)).map(({ n, name }) => `${n} ${name}`);
    expect(await names({ name: 'EPHEMERAL' })).toEqual(['1 chat.postEphemeral', '2 chat.postEphemeral']);
    expect(await names({ person: 'U0BELA00001' })).toEqual(['2 chat.postEphemeral']);
    expect(await names({ troubled: true })).toEqual(['3 chat.postMessage']);
    expect(await names({ since: 2 })).toEqual(['3 chat.postMessage']);
    expect(await names({ before: 2 })).toEqual(['1 chat.postEphemeral']);
    expect(await ask('log-entry', { n: 3 })).toMatchObject({
      answer: { ok: false },
      request: { channel: 'C0PROJECT01' },
    });
    expect(await ask('log-entry', { n: 9 })).toBeNull();
  });
});
