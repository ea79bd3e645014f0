import type { WebClient } from '@slack/web-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox/server/index.ts';
import { callApi } from './call-api.ts';
import * as p from './payloads.ts';
import { createClient, errorOf } from './web-client.ts';

const amara = 'U0AMARA0001';
const bela = 'U0BELA00001';
const project = 'C0PROJECT01';

let slack: Sandbox;
let client: WebClient;
beforeEach(async () => {
  slack = await startSandbox();
  client = createClient(slack);
});
afterEach(() => slack.close());

describe('posting', () => {
  it('returns the message as the app that posted it', async () => {
    const answer = await client.chat.postMessage({ channel: project, text: 'Hello' });
    expect(answer).toMatchObject({
      channel: project,
      message: { text: 'Hello', type: 'message', ts: answer.ts, bot_profile: { name: 'Test app' } },
    });
  });

  it('fills in block ids and what Slack shows for a missing text', async () => {
    const answer = await callApi(slack, 'chat.postMessage', {
      channel: project,
      blocks: [p.section(), p.actions(p.button())],
    });
    const message = answer['message'] as {
      text: string;
      blocks: { block_id: string; elements?: { action_id: string }[] }[];
    };
    expect(message.text).toBe("This content can't be displayed.");
    expect(new Set(message.blocks.map(({ block_id: id }) => id)).size).toBe(2);
    expect(message.blocks[1]?.elements?.[0]?.action_id).toMatch(/./);
  });

  it('gives every message its own, later timestamp though the clock stands still', async () => {
    const still = await startSandbox({ clock: { now: () => 1_768_212_000_000 } });
    const stamps: number[] = [];
    for (const text of ['a', 'b', 'c'])
      stamps.push(Number((await callApi(still, 'chat.postMessage', { channel: project, text }))['ts']));
    await still.close();
    expect(stamps).toEqual([1_768_212_000, 1_768_212_000.000_001, 1_768_212_000.000_002]);
  });

  it('opens the direct message when it is given a person', async () => {
    const answer = await client.chat.postMessage({ channel: amara, text: 'Hello' });
    expect(answer.channel).toMatch(/^D/);
    expect((await client.chat.postMessage({ channel: amara, text: 'Again' })).channel).toBe(answer.channel);
    expect(slack.control.read.dm('amara', 'Test app')).toMatchObject([{ text: 'Hello' }, { text: 'Again' }]);
    expect(() => slack.control.read.messages('bela', String(answer.channel))).toThrow('cannot see');
  });

  it.each<[string, string, (() => Promise<unknown>) | null]>([
    ['channel_not_found', 'C0NOWHERE01', null],
    ['channel_not_found', 'C0SECRET001', null],
    ['channel_not_found', 'U0NOBODY001', null],
    ['is_archived', project, () => slack.control.channels.archive('#project')],
    ['user_disabled', bela, () => slack.control.people.deactivate('bela')],
    ['not_in_channel', 'C0GENERAL01', () => slack.control.apps.removeScope('chat:write.public')],
    ['messages_tab_disabled', amara, () => slack.control.apps.setMessagesTab('off')],
    ['missing_scope', project, () => slack.control.apps.removeScope('chat:write')],
  ])('answers %s for %s', async (error, channel, change) => {
    await change?.();
    expect(await errorOf(client.chat.postMessage({ channel, text: 'x' }))).toBe(error);
  });

  it('does not write to bots', async () => {
    const { user_id: self } = await client.auth.test();
    expect(await errorOf(client.chat.postMessage({ channel: String(self), text: 'x' }))).toBe(
      'cannot_dm_bot',
    );
  });

  it('writes to people of another company only when they share a channel', async () => {
    const { id } = await slack.control.people.add({
      name: 'eva',
      realName: 'Eva Outside',
      teamId: 'T0OTHER0001',
    });
    expect(await errorOf(client.chat.postMessage({ channel: id, text: 'x' }))).toBe('channel_not_found');
    expect(await errorOf(client.conversations.open({ users: id }))).toBe('invalid_user_combination');
    expect((await client.users.info({ user: id })).user).toMatchObject({ is_stranger: true });
    await slack.control.channels.invite('#project', 'eva');
    expect(await client.chat.postMessage({ channel: id, text: 'x' })).toMatchObject({ ok: true });
    expect((await client.users.info({ user: id })).user).toMatchObject({
      is_stranger: false,
      team_id: 'T0OTHER0001',
    });
  });

  it('keeps threads: parents count replies, a reply to a reply goes to the thread', async () => {
    const root = await client.chat.postMessage({ channel: project, text: 'Root' });
    const reply = await client.chat.postMessage({
      channel: project,
      text: 'One',
      thread_ts: String(root.ts),
    });
    await client.chat.postMessage({ channel: project, text: 'Two', thread_ts: String(reply.ts) });
    const { messages } = await client.conversations.replies({ channel: project, ts: String(root.ts) });
    expect(messages).toMatchObject([
      { text: 'Root', reply_count: 2 },
      { text: 'One', thread_ts: root.ts },
      { text: 'Two', thread_ts: root.ts },
    ]);
    const history = await client.conversations.history({ channel: project });
    expect(history.messages).toMatchObject([{ text: 'Root' }]);
    expect(await errorOf(client.chat.postMessage({ channel: project, text: 'x', thread_ts: '1.1' }))).toBe(
      'cannot_reply_to_message',
    );
  });

  it('shows an ephemeral message to one person and keeps it nowhere', async () => {
    await client.chat.postEphemeral({ channel: project, user: amara, text: 'For you' });
    expect(slack.control.read.messages('amara', '#project')).toMatchObject([
      { text: 'For you', is_ephemeral: true },
    ]);
    expect(slack.control.read.messages('bela', '#project')).toEqual([]);
    expect((await client.conversations.history({ channel: project })).messages).toEqual([]);
    expect(
      await errorOf(client.chat.postEphemeral({ channel: project, user: 'U0CHIEN0001', text: 'x' })),
    ).toBe('user_not_in_channel');
  });

  it.each<[string, Record<string, unknown>]>([
    ['no_text', {}],
    ['no_text', { text: ' ', blocks: [] }],
    ['markdown_text_conflict', { text: 'x', markdown_text: 'y' }],
    ['msg_too_long', { markdown_text: p.word(12_001) }],
    ['invalid_blocks_format', { text: 'x', blocks: '{' }],
    ['invalid_blocks_format', { text: 'x', blocks: { type: 'divider' } }],
    ['invalid_metadata_format', { text: 'x', metadata: 'oops' }],
    ['invalid_metadata_schema', { text: 'x', metadata: { event_type: 'saved' } }],
    [
      'invalid_metadata_schema',
      { text: 'x', metadata: { event_type: 'saved', event_payload: { deep: { er: { no: 1 } } } } },
    ],
    [
      'metadata_too_large',
      { text: 'x', metadata: { event_type: 'saved', event_payload: { note: 'a'.repeat(16_000) } } },
    ],
    ['too_many_attachments', { text: 'x', attachments: p.times(101, () => ({ text: 'a' })) }],
    ['invalid_attachments', { text: 'x', attachments: [{ blocks: [{ type: 'heading' }] }] }],
  ])('answers %s', async (error, args) => {
    expect(await callApi(slack, 'chat.postMessage', { channel: project, ...args })).toMatchObject({ error });
  });

  it('takes 100 attachments, and cuts a text after 40,000 characters', async () => {
    const attachments = p.times(100, () => ({ text: 'a' }));
    expect(await callApi(slack, 'chat.postMessage', { channel: project, attachments })).toMatchObject({
      ok: true,
    });
    const { message } = await client.chat.postMessage({ channel: project, text: p.word(40_001) });
    expect([...(message?.text ?? '')]).toHaveLength(40_000);
  });

  it('warns in its log of blocks without text', async () => {
    await callApi(slack, 'chat.postMessage', { channel: project, blocks: [p.section()] });
    expect(slack.control.read.log().at(-1)?.warnings).toEqual([
      expect.stringContaining('No text beside the blocks'),
    ]);
  });
});

describe('changing messages', () => {
  it('updates text and blocks, and keeps what is left out', async () => {
    const blocks = [p.section({ block_id: 'b' })];
    const posted = await callApi(slack, 'chat.postMessage', { channel: project, text: 'One', blocks });
    await callApi(slack, 'chat.update', { channel: project, ts: posted['ts'], text: 'Two' });
    expect(slack.control.read.messages('amara', '#project')).toMatchObject([
      { text: 'Two', blocks: [{ block_id: 'b' }], edited: {} },
    ]);
    await callApi(slack, 'chat.update', { channel: project, ts: posted['ts'], text: 'Three', blocks: [] });
    expect(slack.control.read.messages('amara', '#project')).toMatchObject([{ text: 'Three', blocks: [] }]);
  });

  it.each<[string, number]>([
    ['ok', 4000],
    ['msg_too_long', 4001],
  ])('answers %s to an update of %d characters', async (outcome, length) => {
    const { ts } = await client.chat.postMessage({ channel: project, text: 'x' });
    const answer = await callApi(slack, 'chat.update', { channel: project, ts, text: p.word(length) });
    expect(answer.error ?? 'ok').toBe(outcome);
  });

  it('does not touch what is not its own, is gone, or is in an archived channel', async () => {
    const typed = await slack.control.type('amara', '#project', 'Mine');
    expect(await errorOf(client.chat.update({ channel: project, ts: typed.ts, text: 'x' }))).toBe(
      'cant_update_message',
    );
    expect(await errorOf(client.chat.delete({ channel: project, ts: typed.ts }))).toBe('cant_delete_message');
    const { ts } = await client.chat.postMessage({ channel: project, text: 'x' });
    await client.chat.delete({ channel: project, ts: String(ts) });
    expect(await errorOf(client.chat.update({ channel: project, ts: String(ts), text: 'y' }))).toBe(
      'message_not_found',
    );
    const kept = await client.chat.postMessage({ channel: project, text: 'x' });
    await slack.control.channels.archive('#project');
    expect(await errorOf(client.chat.update({ channel: project, ts: String(kept.ts), text: 'y' }))).toBe(
      'is_inactive',
    );
  });

  it('leaves a tombstone for the root of a thread', async () => {
    const root = await client.chat.postMessage({ channel: project, text: 'Root' });
    await client.chat.postMessage({ channel: project, text: 'Reply', thread_ts: String(root.ts) });
    await client.chat.delete({ channel: project, ts: String(root.ts) });
    expect(slack.control.read.messages('amara', '#project')).toMatchObject([
      { subtype: 'tombstone' },
      { text: 'Reply' },
    ]);
  });

  it('gives permalinks of messages and replies', async () => {
    const root = await client.chat.postMessage({ channel: project, text: 'Root' });
    const reply = await client.chat.postMessage({
      channel: project,
      text: 'Reply',
      thread_ts: String(root.ts),
    });
    const link = async (ts: unknown) =>
      (await client.chat.getPermalink({ channel: project, message_ts: String(ts) })).permalink;
    expect(await link(root.ts)).toBe(
      `https://harbour.slack.com/archives/${project}/p${String(root.ts).replace('.', '')}`,
    );
    expect(await link(reply.ts)).toContain(`?thread_ts=${root.ts}&cid=${project}`);
    expect(await errorOf(client.chat.getPermalink({ channel: project, message_ts: '1.1' }))).toBe(
      'message_not_found',
    );
  });

  it('returns metadata only when it is asked for, and keeps the id the app gave', async () => {
    const metadata = { event_type: 'outbox', event_payload: { id: 'o1' } };
    await client.apiCall('chat.postMessage', { channel: project, text: 'x', metadata, client_msg_id: 'c1' });
    const read = async (all: boolean) =>
      (await client.conversations.history({ channel: project, include_all_metadata: all })).messages?.[0];
    expect(await read(false)).toMatchObject({ metadata: { event_type: 'outbox' }, client_msg_id: 'c1' });
    expect((await read(false))?.metadata?.event_payload).toBeUndefined();
    expect(await read(true)).toMatchObject({ metadata });
  });

  it('takes metadata of 16,000 characters', async () => {
    const sized = (size: number): unknown => {
      const note = 'a'.repeat(size - JSON.stringify({ event_type: 't', event_payload: { note: '' } }).length);
      return { event_type: 't', event_payload: { note } };
    };
    const say = (size: number) =>
      callApi(slack, 'chat.postMessage', { channel: project, text: 'x', metadata: sized(size) });
    expect(await say(16_000)).toMatchObject({ ok: true });
    expect(await say(16_001)).toMatchObject({ error: 'metadata_too_large' });
  });

  it('removes metadata with an empty object and keeps it otherwise', async () => {
    const metadata = { event_type: 'outbox', event_payload: { id: 'o1' } };
    const { ts } = await callApi(slack, 'chat.postMessage', { channel: project, text: 'x', metadata });
    await callApi(slack, 'chat.update', { channel: project, ts, text: 'y' });
    expect(slack.control.read.messages('amara', '#project')).toMatchObject([{ metadata }]);
    await callApi(slack, 'chat.update', { channel: project, ts, text: 'z', metadata: {} });
    expect(slack.control.read.messages('amara', '#project')[0]).not.toHaveProperty('metadata');
  });
});
