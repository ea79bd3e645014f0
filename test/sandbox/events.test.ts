import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox/server/index.ts';
import { callApi } from './call-api.ts';
import { connectSocket, type Received } from './raw-app.ts';

let slack: Sandbox;
let events: Received[];
beforeEach(async () => {
  slack = await startSandbox();
  events = [];
  await connectSocket(slack, ({ type, payload }) => {
    if (type === 'events_api') events.push((payload as Received)['event'] as Received);
    return {};
  });
});
afterEach(() => slack.close());

const subscribe = (...names: string[]) => slack.control.apps.subscribe(names);

describe('events', () => {
  it('come only to apps that subscribed and have the scope', async () => {
    await slack.control.type('amara', 'Test app', 'Hello');
    expect(events).toEqual([]);
    await subscribe('message.im');
    await slack.control.type('amara', 'Test app', 'Hello');
    expect(events).toHaveLength(1);
    await slack.control.apps.removeScope('im:history');
    await slack.control.type('amara', 'Test app', 'Hello');
    expect(events).toHaveLength(1);
  });

  it('carry what was typed as Slack writes it', async () => {
    await subscribe('message.channels');
    await slack.control.type(
      'amara',
      '#project',
      'Ask @bela, see #general and https://example.com/a. <b> & co',
    );
    expect(events).toMatchObject([
      {
        type: 'message',
        channel_type: 'channel',
        user: 'U0AMARA0001',
        text: 'Ask <@U0BELA00001>, see <#C0GENERAL01|general> and <https://example.com/a>. &lt;b&gt; &amp; co',
        blocks: [
          {
            type: 'rich_text',
            elements: [
              {
                elements: [
                  { type: 'text', text: 'Ask ' },
                  { type: 'user', user_id: 'U0BELA00001' },
                  {},
                  { type: 'channel' },
                  {},
                  { type: 'link' },
                  {},
                ],
              },
            ],
          },
        ],
      },
    ]);
  });

  it('tell the app that it was mentioned', async () => {
    await subscribe('app_mention');
    await slack.control.type('amara', '#project', 'Hello @test-app');
    await slack.control.type('amara', '#general', 'Hello @test-app');
    expect(events).toMatchObject([{ type: 'app_mention', channel: 'C0PROJECT01' }]);
  });

  it('tell of changed and deleted messages, and of the app’s own', async () => {
    await subscribe('message.channels');
    const { ts } = await callApi(slack, 'chat.postMessage', { channel: 'C0PROJECT01', text: 'One' });
    await callApi(slack, 'chat.update', { channel: 'C0PROJECT01', ts, text: 'Two' });
    await callApi(slack, 'chat.delete', { channel: 'C0PROJECT01', ts });
    await slack.settled();
    expect(events).toMatchObject([
      { text: 'One', bot_id: expect.any(String) },
      { subtype: 'message_changed', message: { text: 'Two' }, previous_message: { text: 'One' } },
      { subtype: 'message_deleted', deleted_ts: ts },
    ]);
  });

  it('tell of metadata', async () => {
    await subscribe('message_metadata_posted');
    const metadata = { event_type: 'outbox', event_payload: { id: 'o1' } };
    const { ts } = await callApi(slack, 'chat.postMessage', { channel: 'C0PROJECT01', text: 'x', metadata });
    await slack.settled();
    expect(events).toMatchObject([{ type: 'message_metadata_posted', message_ts: ts, metadata }]);
  });

  it('tell who joins and leaves', async () => {
    await subscribe('member_joined_channel', 'member_left_channel');
    await slack.control.channels.invite('#project', 'chien', 'amara');
    await slack.control.channels.kick('#project', 'chien');
    await slack.control.channels.invite('#general', 'Test app');
    const { user_id: bot } = await callApi(slack, 'auth.test');
    expect(events).toMatchObject([
      { type: 'member_joined_channel', user: 'U0CHIEN0001', inviter: 'U0AMARA0001', channel_type: 'C' },
      { type: 'member_left_channel', user: 'U0CHIEN0001' },
      { type: 'member_joined_channel', user: bot, channel: 'C0GENERAL01' },
    ]);
  });

  it('tell of archived, renamed and shared channels', async () => {
    await subscribe(
      'channel_archive',
      'channel_unarchive',
      'channel_rename',
      'channel_shared',
      'channel_created',
    );
    await slack.control.channels.archive('#project');
    await slack.control.channels.unarchive('#project');
    await slack.control.channels.rename('#project', 'projects');
    await slack.control.channels.share('#projects');
    await slack.control.channels.create({ name: 'new', members: ['amara'] });
    expect(events.map(({ type }) => type)).toEqual([
      'channel_archive',
      'channel_unarchive',
      'channel_rename',
      'channel_shared',
      'channel_created',
    ]);
  });

  it('tell how people change', async () => {
    await subscribe('user_change', 'team_join');
    await slack.control.people.setTimezone('bela', 'Asia/Tokyo');
    await slack.control.people.rename('bela', { realName: 'Bela New', name: 'victor' });
    await slack.control.people.makeGuest('victor', 'multi');
    await slack.control.people.makeAdmin('victor', true);
    await slack.control.people.deactivate('victor');
    await slack.control.people.add({ name: 'new', realName: 'New Person' });
    expect(events).toMatchObject([
      { user: { tz: 'Asia/Tokyo', tz_offset: 32_400 } },
      { user: { real_name: 'Bela New', name: 'victor' } },
      { user: { is_restricted: true } },
      { user: { is_admin: true } },
      { user: { deleted: true } },
      { type: 'team_join', user: { name: 'new' } },
    ]);
  });

  it('tell an app that it is gone', async () => {
    await slack.control.apps.uninstall();
    expect(events.map(({ type }) => type).sort()).toEqual(['app_uninstalled', 'tokens_revoked']);
    await slack.control.openHome('amara');
    expect(events).toHaveLength(2);
  });

  it('tell of reactions', async () => {
    await subscribe('reaction_added', 'reaction_removed');
    const { ts: timestamp } = await callApi(slack, 'chat.postMessage', { channel: 'C0PROJECT01', text: 'x' });
    await callApi(slack, 'reactions.add', { channel: 'C0PROJECT01', timestamp, name: 'eyes' });
    await callApi(slack, 'reactions.remove', { channel: 'C0PROJECT01', timestamp, name: 'eyes' });
    await slack.settled();
    expect(events).toMatchObject([
      { type: 'reaction_added', reaction: 'eyes', item: { ts: timestamp } },
      { type: 'reaction_removed' },
    ]);
  });

  it('name the tab of the app that was opened', async () => {
    await slack.control.openMessages('amara');
    await slack.control.openHome('amara');
    expect(events).toMatchObject([{ tab: 'messages' }, { tab: 'home' }]);
  });
});
