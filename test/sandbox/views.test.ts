import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox/server/index.ts';
import { type Answer, callApi, freshTrigger } from './call-api.ts';
import * as p from './payloads.ts';
import { connectSocket, type Received } from './raw-app.ts';
import { createSetClock, type SetClock } from './set-clock.ts';

let slack: Sandbox;
let real: SetClock;
let answerWith: (payload: Received) => unknown;
let heard: Received[];
beforeEach(async () => {
  real = createSetClock();
  heard = [];
  answerWith = () => ({});
  slack = await startSandbox({ realClock: real });
  await connectSocket(slack, ({ payload }) => {
    heard.push(payload as Received);
    return answerWith(payload as Received);
  });
});
afterEach(() => slack.close());

const open = async (view: p.Payload, user = 'amara'): Promise<Answer> =>
  callApi(slack, 'views.open', { trigger_id: await freshTrigger(slack, user), view: p.modal(view) });
const idOf = (answer: Answer): string => String((answer['view'] as p.Payload)['id']);
const name = (more: p.Payload = {}): p.Payload =>
  p.input(
    { type: 'plain_text_input', action_id: 'a', ...more },
    { block_id: 'name', label: p.plain('Name') },
  );

describe('triggers', () => {
  it('work once', async () => {
    const trigger = await freshTrigger(slack);
    const call = (): Promise<Answer> =>
      callApi(slack, 'views.open', { trigger_id: trigger, view: p.modal() });
    expect(await call()).toMatchObject({ ok: true });
    expect(await call()).toMatchObject({ error: 'exchanged_trigger_id' });
  });

  it('work for three seconds of real time', async () => {
    const [inTime, late] = [await freshTrigger(slack), await freshTrigger(slack)];
    real.move(3000);
    expect(await callApi(slack, 'views.open', { trigger_id: inTime, view: p.modal() })).toMatchObject({
      ok: true,
    });
    real.move(1);
    expect(await callApi(slack, 'views.open', { trigger_id: late, view: p.modal() })).toMatchObject({
      error: 'expired_trigger_id',
    });
  });

  it('are not guessed, and are not spent by a view that is refused', async () => {
    expect(await callApi(slack, 'views.open', { trigger_id: '1.1.a', view: p.modal() })).toMatchObject({
      error: 'invalid_trigger_id',
    });
    const trigger = await freshTrigger(slack);
    expect(await callApi(slack, 'views.open', { trigger_id: trigger, view: {} })).toMatchObject({
      error: 'invalid_arguments',
    });
    expect(await callApi(slack, 'views.open', { trigger_id: trigger, view: p.modal() })).toMatchObject({
      ok: true,
    });
  });
});

describe('updating views', () => {
  it('refuses a stale hash and takes the fresh one', async () => {
    const opened = await open({});
    const hash = (opened['view'] as p.Payload)['hash'];
    const update = (given: unknown): Promise<Answer> =>
      callApi(slack, 'views.update', { view_id: idOf(opened), hash: given, view: p.modal() });
    const updated = await update(hash);
    expect(updated).toMatchObject({ ok: true });
    expect(await update(hash)).toMatchObject({ error: 'hash_conflict' });
    expect(await update((updated['view'] as p.Payload)['hash'])).toMatchObject({ ok: true });
  });

  it('finds a view by the id the app gave it, which is unique', async () => {
    await open({ external_id: 'pilot-1' });
    expect(
      await callApi(slack, 'views.update', {
        external_id: 'pilot-1',
        view: p.modal({ external_id: 'pilot-1' }),
      }),
    ).toMatchObject({ ok: true });
    expect(await open({ external_id: 'pilot-1' }, 'bela')).toMatchObject({ error: 'duplicate_external_id' });
  });

  it('answers not_found for a view the person has closed', async () => {
    const opened = await open({});
    await slack.control.closeView('amara');
    expect(await callApi(slack, 'views.update', { view_id: idOf(opened), view: p.modal() })).toMatchObject({
      error: 'not_found',
    });
  });

  it('keeps what was entered only where block id and action id stay', async () => {
    const opened = await open({ blocks: [name()] });
    await slack.control.fill('amara', { Name: 'Typed' });
    const update = async (...blocks: p.Payload[]): Promise<unknown> => {
      await callApi(slack, 'views.update', { view_id: idOf(opened), view: p.modal({ blocks }) });
      return slack.control.openView('amara')?.['state'];
    };
    expect(await update(p.divider, name({ initial_value: 'New' }))).toMatchObject({
      values: { name: { a: { value: 'Typed' } } },
    });
    expect(await update(name({ action_id: 'b', initial_value: 'New' }))).toMatchObject({
      values: { name: { b: { value: 'New' } } },
    });
  });

  it('publishes no Home where the app has none', async () => {
    await slack.control.apps.setHomeTab(false);
    const view = { type: 'home', blocks: [] };
    expect(await callApi(slack, 'views.publish', { user_id: 'U0AMARA0001', view })).toMatchObject({
      error: 'not_enabled',
    });
    await slack.control.apps.setHomeTab(true);
    expect(await callApi(slack, 'views.publish', { user_id: 'U0NOBODY001', view })).toMatchObject({
      error: 'user_not_found',
    });
    expect(await callApi(slack, 'views.publish', { user_id: 'U0AMARA0001', view, hash: 'x' })).toMatchObject({
      ok: true,
    });
    expect(await callApi(slack, 'views.publish', { user_id: 'U0AMARA0001', view, hash: 'x' })).toMatchObject({
      error: 'hash_conflict',
    });
  });
});

describe('answers to a submission', () => {
  const submitted = async (answer: unknown): Promise<unknown> => {
    answerWith = ({ type }) => (type === 'view_submission' ? answer : {});
    return slack.control.submit('amara');
  };
  const titles = (): unknown[] =>
    slack.control.read.views('amara').map(({ title }) => (title as p.Payload)['text']);

  it('closes the view, and shows the one below', async () => {
    await open({ title: p.plain('First') });
    await submitted({ response_action: 'push', view: p.modal({ title: p.plain('Second') }) });
    expect(titles()).toEqual(['First', 'Second']);
    await submitted({});
    expect(titles()).toEqual(['First']);
  });

  it('updates in place and clears the stack', async () => {
    await open({ title: p.plain('First') });
    await submitted({ response_action: 'update', view: p.modal({ title: p.plain('Changed') }) });
    expect(titles()).toEqual(['Changed']);
    await submitted({ response_action: 'push', view: p.modal() });
    await submitted({ response_action: 'clear' });
    expect(titles()).toEqual([]);
  });

  it.each<[string, unknown]>([
    ['errors for a block that is not there', { response_action: 'errors', errors: { nowhere: 'x' } }],
    ['no errors at all', { response_action: 'errors', errors: {} }],
    ['a view Slack would refuse', { response_action: 'update', view: { type: 'modal', blocks: [] } }],
    ['an unknown response_action', { response_action: 'celebrate' }],
  ])('shows trouble for %s, and keeps the view', async (_, answer) => {
    await open({ title: p.plain('First'), blocks: [name({ initial_value: 'x' })] });
    expect(await submitted(answer)).toMatchObject({
      ok: false,
      notice: 'We had some trouble connecting. Try again?',
    });
    expect(titles()).toEqual(['First']);
    expect(slack.control.read.log().at(-1)).toMatchObject({ failure: 'unusable_answer' });
  });

  it('does not push a fourth view', async () => {
    await open({});
    const push = { response_action: 'push', view: p.modal() };
    await submitted(push);
    await submitted(push);
    expect(await submitted(push)).toMatchObject({ ok: false });
    expect(slack.control.read.views('amara')).toHaveLength(3);
  });
});

describe('closing', () => {
  it('tells the app only when it asked, and whether the whole stack went', async () => {
    await open({});
    await slack.control.closeView('amara');
    await open({ notify_on_close: true });
    await slack.control.closeView('amara');
    await open({ notify_on_close: true });
    await slack.control.closeView('amara', true);
    const closed = heard.filter(({ type }) => type === 'view_closed');
    expect(closed.map(({ is_cleared }) => is_cleared)).toEqual([false, true]);
  });

  it('clears the stack when the view says so', async () => {
    await open({});
    answerWith = ({ type }) =>
      type === 'view_submission' ? { response_action: 'push', view: p.modal({ clear_on_close: true }) } : {};
    await slack.control.submit('amara');
    await slack.control.closeView('amara');
    expect(slack.control.read.views('amara')).toEqual([]);
  });
});

describe('payloads of views', () => {
  it('carry team, user, view, state and a trigger', async () => {
    await open({
      callback_id: 'form',
      private_metadata: '{"pilot":1}',
      blocks: [name({ initial_value: 'x' })],
    });
    await slack.control.submit('amara');
    expect(heard.at(-1)).toMatchObject({
      type: 'view_submission',
      team: { id: 'T0SANDBOX01', domain: 'harbour' },
      user: { id: 'U0AMARA0001', username: 'amara', name: 'amara', team_id: 'T0SANDBOX01' },
      trigger_id: expect.any(String),
      response_urls: [],
      is_enterprise_install: false,
      view: {
        callback_id: 'form',
        private_metadata: '{"pilot":1}',
        root_view_id: expect.stringMatching(/^V/),
        previous_view_id: null,
        state: { values: { name: { a: { type: 'plain_text_input', value: 'x' } } } },
      },
    });
  });

  it('start conversation menus with the current conversation, and give addresses to answer to', async () => {
    const menu = {
      type: 'conversations_select',
      action_id: 'c',
      default_to_current_conversation: true,
      response_url_enabled: true,
    };
    const blocks = [p.input(menu, { block_id: 'where', label: p.plain('Channel') })];
    await slack.control.command('amara', '#project', '/test');
    const trigger = heard.at(-1)?.['trigger_id'];
    await callApi(slack, 'views.open', { trigger_id: trigger, view: p.modal({ blocks }) });
    await slack.control.submit('amara');
    const submission = heard.at(-1) ?? {};
    expect(submission).toMatchObject({
      view: { state: { values: { where: { c: { selected_conversation: 'C0PROJECT01' } } } } },
      response_urls: [{ block_id: 'where', action_id: 'c', channel_id: 'C0PROJECT01' }],
    });
  });
});
