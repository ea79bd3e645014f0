import type { WebClient } from '@slack/web-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultSeed, type Sandbox, startSandbox } from '../../sandbox/server/index.ts';
import { callApi } from './call-api.ts';
import * as p from './payloads.ts';
import { createClient, errorOf } from './web-client.ts';

const project = 'C0PROJECT01';

let slack: Sandbox;
let client: WebClient;
beforeEach(async () => {
  slack = await startSandbox();
  client = createClient(slack);
});
afterEach(() => slack.close());

describe('reactions and files', () => {
  it('adds, counts and takes back reactions', async () => {
    const { ts: timestamp } = await client.chat.postMessage({ channel: project, text: 'x' });
    const target = { channel: project, timestamp: String(timestamp), name: 'white_check_mark' };
    await client.reactions.add(target);
    expect(await errorOf(client.reactions.add(target))).toBe('already_reacted');
    await slack.control.react('amara', { channel: '#project', ts: target.timestamp, name: target.name });
    expect((await client.reactions.get(target)) as unknown).toMatchObject({
      message: { reactions: [{ name: 'white_check_mark', count: 2 }] },
    });
    await client.reactions.remove(target);
    expect(await errorOf(client.reactions.remove(target))).toBe('no_reaction');
    expect(await errorOf(client.reactions.add({ ...target, timestamp: '1.1' }))).toBe('message_not_found');
  });

  it('uploads a file through the client and gives it back', async () => {
    const csv = 'pilot,value\nclaims,12.5\n';
    await client.filesUploadV2({
      channel_id: project,
      filename: 'values.csv',
      content: csv,
      initial_comment: 'Here',
      title: 'Values',
    });
    await slack.settled();
    const [message] = slack.control.read.messages('bela', '#project');
    expect(slack.control.read.text(message ?? {})).toBe('Here\n[file: values.csv]');
    const file = (message?.['files'] as { id: string; url_private: string; title: string }[])[0];
    expect((await client.files.info({ file: file?.id ?? '' })).file).toMatchObject({
      title: 'Values',
      mimetype: 'text/csv',
      size: csv.length,
    });
    const download = await fetch(file?.url_private ?? '', {
      headers: { authorization: 'Bearer xoxb-sandbox' },
    });
    expect(await download.text()).toBe(csv);
    const stranger = await fetch(file?.url_private ?? '', { headers: { authorization: 'Bearer nobody' } });
    expect(stranger.status).toBe(403);
  });

  it.each<[number, string]>([
    [1000, 'ok'],
    [1001, 'alt_txt_too_large'],
  ])('answers to %d characters of alt text: %s', async (length, outcome) => {
    const body = new URLSearchParams({ filename: 'a.txt', length: '1', alt_txt: p.word(length) });
    const headers = { authorization: 'Bearer xoxb-sandbox' };
    const response = await fetch(`${slack.apiUrl}files.getUploadURLExternal`, {
      method: 'POST',
      headers,
      body,
    });
    const answer = (await response.json()) as { error?: string };
    expect(answer.error ?? 'ok').toBe(outcome);
  });

  it('shares a file in 100 channels and no more', async () => {
    const { upload_url: url, file_id: id } = await client.files.getUploadURLExternal({
      filename: 'a.txt',
      length: 1,
    });
    await fetch(String(url), { method: 'POST', body: 'a' });
    const share = (count: number) =>
      callApi(slack, 'files.completeUploadExternal', {
        files: [{ id }],
        channels: p.times(count, () => project).join(),
      });
    expect(await share(101)).toMatchObject({ error: 'channels_limit_exceeded' });
    expect(await share(100)).toMatchObject({ ok: true });
  });

  it('refuses bytes of another length and files that never came', async () => {
    const { upload_url: url, file_id: id } = await client.files.getUploadURLExternal({
      filename: 'a.txt',
      length: 3,
    });
    expect((await fetch(String(url), { method: 'POST', body: 'four' })).status).toBe(400);
    expect(
      await errorOf(
        client.files.completeUploadExternal({ files: [{ id: String(id) }], channel_id: project }),
      ),
    ).toBe('file_not_found');
  });
});

describe('seeds', () => {
  it('refuses a channel member who is not there', async () => {
    const seed = { ...defaultSeed(), channels: [{ name: 'x', members: ['nobody'] }] };
    await expect(startSandbox({ seed })).rejects.toThrow('No person "nobody" here');
  });
});
