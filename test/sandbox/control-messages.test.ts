import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox/server/index.ts';
import { type Answer, callApi } from './call-api.ts';
import * as p from './payloads.ts';
import { connectSocket, type Received } from './raw-app.ts';

const project = 'C0PROJECT01';
let slack: Sandbox;
let heard: Received[];
beforeEach(async () => {
  heard = [];
  slack = await startSandbox();
  await connectSocket(slack, ({ payload }) => {
    heard.push(payload as Received);
    return {};
  });
});
afterEach(() => slack.close());

const post = (blocks: p.Payload[], channel = project): Promise<Answer> =>
  callApi(slack, 'chat.postMessage', { channel, text: 'Card', blocks });
const lastAction = (): p.Payload => (heard.at(-1)?.['actions'] as p.Payload[])[0] ?? {};

describe('pressing in messages', () => {
  it('finds the newest message that has the button', async () => {
    const buttons = (value: string): p.Payload[] => [p.actions(p.button({ action_id: 'go', value }))];
    const first = await post(buttons('first'));
    await post(buttons('second'));
    await slack.control.press('amara', { channel: '#project', label: 'Press' });
    expect(lastAction()).toMatchObject({
      type: 'button',
      action_id: 'go',
      value: 'second',
      text: { text: 'Press' },
      action_ts: expect.stringMatching(/^\d+\.\d{6}$/),
    });
    await slack.control.press('amara', { channel: '#project', ts: String(first['ts']), actionId: 'go' });
    expect(lastAction()).toMatchObject({ value: 'first' });
  });

  it('sends what Slack sends with a press', async () => {
    const { ts } = await post([p.actions(p.button({ action_id: 'go' }))]);
    await slack.control.press('amara', { channel: '#project', label: 'Press' });
    expect(heard.at(-1)).toMatchObject({
      type: 'block_actions',
      team: { id: 'T0SANDBOX01', domain: 'harbour' },
      user: { id: 'U0AMARA0001', username: 'amara' },
      api_app_id: expect.stringMatching(/^A/),
      container: { type: 'message', message_ts: ts, channel_id: project, is_ephemeral: false },
      channel: { id: project, name: 'project' },
      message: { ts, blocks: [{ type: 'actions' }] },
      trigger_id: expect.any(String),
      response_url: expect.stringContaining('/actions/T0SANDBOX01/'),
      state: { values: {} },
    });
  });

  it('says what is there when the button is not', async () => {
    await post([p.actions(p.button({ text: p.plain('Approve') }), p.button({ text: p.plain('Decline') }))]);
    await expect(slack.control.press('amara', { channel: '#project', label: 'Delete' })).rejects.toThrow(
      'No message there has "Delete". There are: Approve · Decline.',
    );
    await expect(
      slack.control.press('amara', { channel: '#project', ts: '1.1', label: 'Approve' }),
    ).rejects.toThrow('sees no message 1.1');
  });

  it('asks which one when a label stands twice', async () => {
    await post([p.actions(p.button({ action_id: 'a' }), p.button({ action_id: 'b' }))]);
    await expect(slack.control.press('amara', { channel: '#project', label: 'Press' })).rejects.toThrow(
      '2 times "Press"',
    );
    expect(
      await slack.control.press('amara', { channel: '#project', label: 'Press', actionId: 'b' }),
    ).toMatchObject({ ok: true });
  });

  it('lets nobody press what they cannot see', async () => {
    await slack.control.channels.invite('#secret', 'Test app');
    await post([p.actions(p.button())], 'C0SECRET001');
    await expect(slack.control.press('bela', { channel: '#secret', label: 'Press' })).rejects.toThrow(
      '@bela cannot see',
    );
    await expect(slack.control.press('dana', { channel: '#general', label: 'Press' })).rejects.toThrow(
      '@dana cannot see',
    );
    await slack.control.people.deactivate('amara');
    await expect(slack.control.press('amara', { channel: '#secret', label: 'Press' })).rejects.toThrow(
      '@amara is deactivated',
    );
  });

  it('picks from overflow menus and sets menus, remembering what was set', async () => {
    await post([
      p.beside({ type: 'overflow', action_id: 'more', options: [p.option(1), p.option(2)] }),
      p.actions(
        p.menu({ action_id: 'pick', placeholder: p.plain('Pick one'), options: [p.option(1), p.option(2)] }),
        p.button({ action_id: 'go' }),
      ),
    ]);
    await slack.control.chooseFrom('amara', { channel: '#project', label: 'Option 2' });
    expect(lastAction()).toMatchObject({ type: 'overflow', selected_option: { value: 'v2' } });
    await slack.control.chooseFrom('amara', { channel: '#project', label: 'Pick one', value: 'Option 1' });
    expect(lastAction()).toMatchObject({ type: 'static_select', selected_option: { value: 'v1' } });
    await slack.control.press('amara', { channel: '#project', label: 'Press' });
    const state = (heard.at(-1)?.['state'] as { values: Record<string, p.Payload> }).values;
    expect(Object.values(state)).toMatchObject([{ pick: { selected_option: { value: 'v1' } } }]);
  });
});

describe('typing', () => {
  it('refuses commands nobody knows', async () => {
    expect(await slack.control.command('amara', '#project', '/nothing here')).toMatchObject({
      ok: false,
      notice: '/nothing is not a valid command.',
    });
    const { id } = await slack.control.people.add({
      name: 'eva',
      realName: 'Eva Outside',
      teamId: 'T0OTHER0001',
    });
    await slack.control.channels.invite('#project', id);
    expect(await slack.control.command('eva', '#project', '/test')).toMatchObject({
      notice: '/test is not a valid command.',
    });
  });

  it('refuses where a person cannot type', async () => {
    await expect(slack.control.type('bela', '#secret', 'x')).rejects.toThrow('@bela cannot see #secret');
    await expect(slack.control.type('chien', '#project', 'x')).rejects.toThrow('@chien is not in #project');
    await slack.control.channels.archive('#project');
    await expect(slack.control.command('amara', '#project', '/test')).rejects.toThrow('#project is archived');
    await slack.control.apps.setMessagesTab('read_only');
    await expect(slack.control.type('amara', 'Test app', 'x')).rejects.toThrow('turned off');
    await expect(slack.control.type('test-app', '#project', 'x')).rejects.toThrow('is a bot');
  });

  it('talks in threads and between people', async () => {
    const { ts } = await slack.control.type('amara', '#project', 'Root');
    await slack.control.type('bela', '#project', 'Reply', { threadTs: ts });
    expect(slack.control.read.messages('amara', '#project', { thread: ts })).toMatchObject([
      { reply_count: 1 },
      { text: 'Reply' },
    ]);
    await slack.control.type('amara', '@bela', 'Psst');
    expect(slack.control.read.dm('bela', '@amara')).toMatchObject([{ text: 'Psst' }]);
    expect(slack.control.read.channels('bela').map(({ name }) => name)).toContain('Amara Osei');
    expect(slack.control.read.channels('chien').map(({ name }) => name)).toEqual(['general', 'project']);
  });
});

describe('reading everything at once', () => {
  it('gives a page what one person may see', async () => {
    await post([p.section()]);
    await callApi(slack, 'views.publish', {
      user_id: 'U0AMARA0001',
      view: { type: 'home', blocks: [p.section()] },
    });
    const state = slack.control.state('amara');
    expect(state).toMatchObject({
      team: { domain: 'harbour' },
      me: { name: 'amara' },
      nextDue: null,
      views: [],
    });
    expect(state.channels.map(({ name }) => name)).toEqual(['general', 'project', 'secret']);
    expect(state.messages[project]).toHaveLength(1);
    expect(Object.keys(state.homes)).toHaveLength(1);
    expect(slack.control.state('bela').channels.map(({ name }) => name)).toEqual(['general', 'project']);
    expect(slack.control.state('bela').homes).toEqual({});
  });
});
