import type { WebClient } from '@slack/web-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox/server/index.ts';
import { createClient, errorOf } from './web-client.ts';

const amara = 'U0AMARA0001';
const bela = 'U0BELA00001';
const dana = 'U0DANA00001';
const project = 'C0PROJECT01';

let slack: Sandbox;
let client: WebClient;
beforeEach(async () => {
  slack = await startSandbox();
  client = createClient(slack);
});
afterEach(() => slack.close());

describe('conversations and people', () => {
  it('lists what the bot can see, page by page', async () => {
    const first = await client.conversations.list({ limit: 1 });
    expect(first.channels).toMatchObject([{ name: 'general', is_member: false }]);
    const cursor = first.response_metadata?.next_cursor;
    const second = await client.conversations.list({ limit: 1, cursor: String(cursor) });
    expect(second.channels).toMatchObject([{ name: 'project', is_member: true }]);
    expect(second.response_metadata?.next_cursor).toBe('');
    expect((await client.conversations.list({ types: 'private_channel' })).channels).toEqual([]);
    expect(await errorOf(client.conversations.list({ cursor: 'nonsense' }))).toBe('invalid_cursor');
  });

  it('needs the scope of the kind of conversation', async () => {
    await slack.control.channels.invite('#secret', 'Test app');
    await slack.control.apps.removeScope('groups:read');
    expect(await errorOf(client.conversations.info({ channel: 'C0SECRET001' }))).toBe('missing_scope');
    expect(await client.conversations.info({ channel: project })).toMatchObject({
      channel: { is_archived: false },
    });
  });

  it('reads history between two instants', async () => {
    const stamps: string[] = [];
    for (const text of ['a', 'b', 'c'])
      stamps.push(String((await client.chat.postMessage({ channel: project, text })).ts));
    const [oldest = '', , latest = ''] = stamps;
    const texts = async (inclusive: boolean) =>
      (await client.conversations.history({ channel: project, oldest, latest, inclusive })).messages?.map(
        ({ text }) => text,
      );
    expect(await texts(false)).toEqual(['b']);
    expect(await texts(true)).toEqual(['c', 'b', 'a']);
    expect(await errorOf(client.conversations.history({ channel: 'C0GENERAL01' }))).toBe('not_in_channel');
  });

  it('creates, joins, fills, renames, archives and leaves', async () => {
    const { channel } = await client.conversations.create({ name: 'rollout' });
    const id = String(channel?.id);
    await client.conversations.invite({ channel: id, users: `${amara},${bela}` });
    await slack.settled();
    expect((await client.conversations.members({ channel: id })).members).toEqual(
      expect.arrayContaining([amara, bela]),
    );
    expect(await errorOf(client.conversations.create({ name: 'rollout' }))).toBe('name_taken');
    expect(await errorOf(client.conversations.create({ name: 'Roll Out' }))).toBe('invalid_name_specials');
    await client.conversations.rename({ channel: id, name: 'rollout-2' });
    await client.conversations.archive({ channel: id });
    await slack.settled();
    expect((await client.conversations.info({ channel: id })).channel).toMatchObject({
      name: 'rollout-2',
      is_archived: true,
      previous_names: ['rollout'],
    });
    expect(await errorOf(client.conversations.join({ channel: id }))).toBe('is_archived');
    await client.conversations.unarchive({ channel: id });
    await client.conversations.leave({ channel: id });
    await slack.settled();
    expect(await client.conversations.join({ channel: id })).toMatchObject({ ok: true });
  });

  it('describes people: zones, guests, deactivated, bots', async () => {
    const user = async (id: string) => (await client.users.info({ user: id, include_locale: true })).user;
    expect(await user(bela)).toMatchObject({
      tz: 'Europe/Budapest',
      is_restricted: false,
      deleted: false,
      locale: 'en-US',
    });
    expect((await user(bela))?.tz_offset).toSatisfy((offset: number) => offset === 3600 || offset === 7200);
    expect(await user(dana)).toMatchObject({ is_restricted: true, is_ultra_restricted: true });
    await slack.control.people.deactivate('bela');
    expect(await user(bela)).toMatchObject({ deleted: true });
    expect(await errorOf(client.users.lookupByEmail({ email: 'bela@harbour.example' }))).toBe(
      'users_not_found',
    );
    expect(await errorOf(client.users.info({ user: 'U0NOBODY001' }))).toBe('user_not_found');
    expect((await client.users.list({})).members).toHaveLength(5);
  });

  it('shows e-mail addresses only with their scope', async () => {
    const profile = async () => (await client.users.info({ user: amara })).user?.profile;
    expect(await profile()).toMatchObject({ email: 'amara@harbour.example' });
    await slack.control.apps.removeScope('users:read.email');
    expect(await profile()).not.toHaveProperty('email');
  });

  it('tells who does not want to be disturbed', async () => {
    const now = Date.now();
    await slack.control.people.doNotDisturb('bela', { from: now, until: now + 3_600_000 });
    expect(await client.dnd.info({ user: bela })).toMatchObject({
      dnd_enabled: true,
      next_dnd_end_ts: Math.floor((now + 3_600_000) / 1000),
    });
    expect((await client.dnd.teamInfo({ users: [amara, bela] as never })).users).toMatchObject({
      [amara]: { dnd_enabled: false },
      [bela]: { dnd_enabled: true },
    });
  });

  it('tells of the team and the bot', async () => {
    const { bot_id: bot } = await client.auth.test();
    expect(await client.team.info()).toMatchObject({ team: { domain: 'harbour' } });
    expect(await client.bots.info({ bot: String(bot) })).toMatchObject({ bot: { name: 'Test app' } });
  });
});
