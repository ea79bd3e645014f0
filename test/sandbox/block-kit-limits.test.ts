import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox/server/index.ts';
import { type Answer, callApi, freshTrigger, refusalOf } from './call-api.ts';
import { messageRows, modalRows, viewRows } from './limit-rows.ts';
import * as p from './payloads.ts';

let slack: Sandbox;
beforeAll(async () => {
  slack = await startSandbox({ ackTimeoutMs: 1 });
});
afterAll(() => slack.close());

const post = (...blocks: p.Payload[]): Promise<Answer> =>
  callApi(slack, 'chat.postMessage', { channel: 'C0PROJECT01', text: 'x', blocks });
const open = async (view: p.Payload): Promise<Answer> =>
  callApi(slack, 'views.open', { trigger_id: await freshTrigger(slack), view: p.modal(view) });

describe('Block Kit limits', () => {
  it.each(messageRows)('a message takes $rule up to $most', async ({ most, pointer, says, build }) => {
    expect(await post(build(most))).toMatchObject({ ok: true });
    const { error, messages } = refusalOf(await post(build(most + 1)));
    expect(error).toBe('invalid_blocks');
    expect(messages).toContain(`[ERROR] ${says} [json-pointer:/blocks/0${pointer}]`);
  });

  it.each(modalRows)('a modal takes $rule up to $most', async ({ most, pointer, says, build }) => {
    expect(await open({ blocks: [build(most)] })).toMatchObject({ ok: true });
    const { error, messages } = refusalOf(await open({ blocks: [build(most + 1)] }));
    expect(error).toBe('invalid_arguments');
    expect(messages).toEqual([`[ERROR] ${says} [json-pointer:/view/blocks/0${pointer}]`]);
  });

  it.each(viewRows)('a view takes $rule up to $most', async ({ most, pointer, says, build }) => {
    expect(await open(build(most))).toMatchObject({ ok: true });
    const { error, messages } = refusalOf(await open(build(most + 1)));
    expect(error).toBe('invalid_arguments');
    expect(messages).toEqual([`[ERROR] ${says} [json-pointer:/view${pointer}]`]);
  });

  it('a message takes 50 blocks', async () => {
    expect(await post(...p.times(50, () => p.divider))).toMatchObject({ ok: true });
    expect(refusalOf(await post(...p.times(51, () => p.divider)))).toEqual({
      error: 'invalid_blocks',
      messages: ['[ERROR] no more than 50 items allowed [json-pointer:/blocks]'],
    });
  });

  it('all markdown blocks of a message together take 12,000 characters', async () => {
    const sized = (size: number): p.Payload => ({ type: 'markdown', text: p.word(size) });
    expect(await post(sized(6000), sized(6000))).toMatchObject({ ok: true });
    expect(await post(sized(6000), sized(6001))).toMatchObject({ error: 'invalid_blocks' });
  });

  it('a message takes two charts', async () => {
    expect(await post(...p.times(2, () => p.pie([p.segment(0)])))).toMatchObject({ ok: true });
    expect(await post(...p.times(3, () => p.pie([p.segment(0)])))).toMatchObject({ error: 'invalid_blocks' });
  });

  it('a message takes one table', async () => {
    const one = p.table([[p.raw('a')]]);
    expect(await post(one)).toMatchObject({ ok: true });
    expect(refusalOf(await post(one, one))).toEqual({
      error: 'invalid_attachments',
      messages: ['[ERROR] only_one_table_allowed [json-pointer:/blocks]'],
    });
  });

  it('all blocks of a message together take 13,200 characters', async () => {
    const sized = (size: number): p.Payload => p.section({ text: p.marked(p.word(size)) });
    const four = p.times(4, () => sized(3000));
    expect(await post(...four, sized(1200))).toMatchObject({ ok: true });
    expect(await post(...four, sized(1201))).toMatchObject({ error: 'msg_blocks_too_long' });
  });

  it('a view takes 250 KB', async () => {
    const sized = (size: number): p.Payload => p.section({ text: p.plain('a'.repeat(size)) });
    const bytes = (view: unknown): number => JSON.stringify(view).length;
    const home = (...blocks: p.Payload[]): p.Payload => ({ type: 'home', blocks });
    const full = p.times(80, () => sized(3000));
    const rest = 250 * 1024 - bytes(home(...full, sized(3000), sized(3000), sized(3000), sized(0)));
    const publish = (last: number): Promise<Answer> => {
      const view = home(...full, sized(3000), sized(3000), sized(3000), sized(last));
      return callApi(slack, 'views.publish', { user_id: 'U0AMARA0001', view });
    };
    expect(await publish(rest)).toMatchObject({ ok: true });
    expect(await publish(rest + 1)).toMatchObject({ error: 'view_too_large' });
  });

  it('a modal stacks three views', async () => {
    await open({});
    const push = async (): Promise<Answer> => {
      const before = slack.control.read.log().length;
      await slack.control.submit('amara');
      const sent = slack.control.read
        .log()
        .slice(before)
        .find(({ name }) => name === 'view_submission');
      const trigger = (sent?.request as p.Payload)['trigger_id'];
      return callApi(slack, 'views.push', { trigger_id: trigger, view: p.modal() });
    };
    expect(await push()).toMatchObject({ ok: true });
    expect(await push()).toMatchObject({ ok: true });
    expect(await push()).toMatchObject({ error: 'push_limit_reached' });
  });
});
