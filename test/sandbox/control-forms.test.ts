import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox/server/index.ts';
import { type Answer, callApi, freshTrigger } from './call-api.ts';
import * as p from './payloads.ts';
import { connectSocket, type Received } from './raw-app.ts';

const project = 'C0PROJECT01';
let slack: Sandbox;
let heard: Received[];
let offer: p.Payload[];
beforeEach(async () => {
  heard = [];
  offer = [p.option(1), p.option(2)];
  slack = await startSandbox();
  await connectSocket(slack, ({ payload }) => {
    heard.push(payload as Received);
    return (payload as Received)['type'] === 'block_suggestion' ? { options: offer } : {};
  });
});
afterEach(() => slack.close());

const open = async (...blocks: p.Payload[]): Promise<Answer> =>
  callApi(slack, 'views.open', { trigger_id: await freshTrigger(slack), view: p.modal({ blocks }) });
const labelled = (label: string, element: p.Payload, more: p.Payload = {}): p.Payload =>
  p.input({ action_id: 'a', ...element }, { block_id: label, label: p.plain(label), ...more });
const values = (): Record<string, Record<string, p.Payload>> =>
  (slack.control.openView('amara')?.['state'] as { values: Record<string, Record<string, p.Payload>> })
    .values;
const lastAction = (): p.Payload => (heard.at(-1)?.['actions'] as p.Payload[])[0] ?? {};

describe('filling in forms', () => {
  it.each<[string, p.Payload, unknown, p.Payload]>([
    ['a text', { type: 'plain_text_input' }, 'Hello', { value: 'Hello' }],
    ['nothing', { type: 'plain_text_input', initial_value: 'x' }, '', { value: null }],
    ['a number', { type: 'number_input', is_decimal_allowed: true }, 12.5, { value: '12.5' }],
    ['an address', { type: 'url_text_input' }, 'https://example.com', { value: 'https://example.com' }],
    ['a date', { type: 'datepicker' }, '2026-01-12', { selected_date: '2026-01-12' }],
    [
      'a time',
      { type: 'timepicker', timezone: 'Europe/Berlin' },
      '09:30',
      { selected_time: '09:30', timezone: 'Europe/Berlin' },
    ],
    [
      'a date and time',
      { type: 'datetimepicker' },
      '2026-01-12T09:30:00Z',
      { selected_date_time: 1_768_210_200 },
    ],
    [
      'an option by its text',
      { type: 'static_select', options: [p.option(1)] },
      'Option 1',
      { selected_option: { value: 'v1' } },
    ],
    [
      'an option by its value',
      { type: 'radio_buttons', options: [p.option(1)] },
      'v1',
      { selected_option: { value: 'v1' } },
    ],
    [
      'several options',
      { type: 'checkboxes', options: [p.option(1), p.option(2)] },
      ['Option 1', 'v2'],
      { selected_options: [{ value: 'v1' }, { value: 'v2' }] },
    ],
    [
      'one option of a multi menu',
      { type: 'multi_static_select', options: [p.option(1)] },
      'Option 1',
      { selected_options: [{ value: 'v1' }] },
    ],
    ['a person by handle', { type: 'users_select' }, '@bela', { selected_user: 'U0BELA00001' }],
    [
      'people by id and name',
      { type: 'multi_users_select' },
      ['U0BELA00001', 'Chien Wu'],
      { selected_users: ['U0BELA00001', 'U0CHIEN0001'] },
    ],
    ['a channel by name', { type: 'channels_select' }, '#project', { selected_channel: project }],
    [
      'a conversation by id',
      { type: 'conversations_select', filter: { include: ['private'] } },
      'C0SECRET001',
      { selected_conversation: 'C0SECRET001' },
    ],
    [
      'a choice the app offers',
      { type: 'external_select', min_query_length: 2 },
      'Option 2',
      { selected_option: { value: 'v2' } },
    ],
    [
      'rich text',
      { type: 'rich_text_input' },
      'Hi @bela',
      {
        rich_text_value: {
          type: 'rich_text',
          elements: [{ elements: [{ text: 'Hi ' }, { user_id: 'U0BELA00001' }] }],
        },
      },
    ],
    [
      'a file',
      { type: 'file_input' },
      { name: 'a.csv', content: 'x,y' },
      { files: [{ name: 'a.csv', size: 3 }] },
    ],
  ])('enters %s', async (_, element, given, entry) => {
    await open(labelled('Field', element));
    expect(await slack.control.fill('amara', { Field: given })).toMatchObject({ ok: true });
    expect(values()['Field']?.['a']).toMatchObject({ type: element['type'], ...entry });
  });

  it.each<[string, p.Payload, unknown, string]>([
    ['a date that is none', { type: 'datepicker' }, '2026-02-30', 'A date picker takes YYYY-MM-DD'],
    [
      'a choice that is not offered',
      { type: 'static_select', options: [p.option(1)] },
      'Two',
      'No choice "Two". There are: Option 1.',
    ],
    ['a person who is not here', { type: 'users_select' }, '@nobody', 'No person "@nobody" here'],
    [
      'a channel the person cannot see',
      { type: 'conversations_select' },
      '#nowhere',
      'sees no conversation "#nowhere"',
    ],
    [
      'a private channel in a channel menu',
      { type: 'channels_select' },
      '#secret',
      'does not offer "#secret"',
    ],
    ['too few letters for the app to be asked', { type: 'external_select' }, 'ab', 'asks after 3 characters'],
  ])('refuses %s', async (_, element, given, sentence) => {
    await open(labelled('Field', element));
    await expect(slack.control.fill('amara', { Field: given })).rejects.toThrow(sentence);
  });

  it('lists the labels when one is not there, and says when there is no modal', async () => {
    await expect(slack.control.fill('amara', { Name: 'x' })).rejects.toThrow('@amara has no modal open');
    await open(labelled('Name', { type: 'plain_text_input' }), labelled('Owner', { type: 'users_select' }));
    await expect(slack.control.fill('amara', { Title: 'x' })).rejects.toThrow(
      'No input "Title" in "Title". There are: Name · Owner.',
    );
  });

  it('asks the app for choices with what was typed', async () => {
    await open(labelled('Team', { type: 'external_select', min_query_length: 0 }));
    offer = [p.option(9)];
    await slack.control.fill('amara', { Team: 'anything' });
    expect(heard.at(-1)).toMatchObject({
      type: 'block_suggestion',
      value: 'anything',
      action_id: 'a',
      block_id: 'Team',
      container: { type: 'view' },
      view: { type: 'modal' },
    });
    expect(values()['Team']?.['a']).toMatchObject({ selected_option: { value: 'v9' } });
  });

  it('tells the app of changes where it asked, and of menus outside inputs', async () => {
    await open(
      labelled('Quiet', { type: 'plain_text_input' }),
      labelled('Loud', { type: 'plain_text_input' }, { dispatch_action: true }),
      p.section({ text: p.marked('Beside'), accessory: p.menu({ action_id: 'pick' }) }),
    );
    const before = heard.length;
    await slack.control.fill('amara', { Quiet: 'x', Loud: 'y', Beside: 'Option 0' });
    expect(heard.slice(before).map(({ type }) => type)).toEqual(['block_actions', 'block_actions']);
    expect(heard[before]).toMatchObject({
      actions: [{ type: 'plain_text_input', value: 'y' }],
      view: { state: { values: { Quiet: { a: { value: 'x' } } } } },
    });
    expect(lastAction()).toMatchObject({ selected_option: { value: 'v0' } });
  });
});

describe('submitting forms', () => {
  it.each<[string, p.Payload, unknown, string | undefined]>([
    ['an empty required field', { type: 'plain_text_input' }, '', 'Please complete this required field.'],
    [
      'a text that is too short',
      { type: 'plain_text_input', min_length: 3 },
      'ab',
      'This field must be at least 3 characters long.',
    ],
    [
      'a text that is too long',
      { type: 'plain_text_input', max_length: 3 },
      p.word(4),
      "This field can't be longer than 3 characters.",
    ],
    ['a text that just fits', { type: 'plain_text_input', max_length: 3 }, p.word(3), undefined],
    [
      'words for a number',
      { type: 'number_input', is_decimal_allowed: true },
      '12,5 %',
      'Please enter a valid number.',
    ],
    [
      'a fraction where whole numbers go',
      { type: 'number_input', is_decimal_allowed: false },
      '1.5',
      'Please enter a whole number.',
    ],
    [
      'a number below the bound',
      { type: 'number_input', is_decimal_allowed: true, min_value: '0' },
      '-1',
      'Please enter a number of at least 0.',
    ],
    [
      'a number above the bound',
      { type: 'number_input', is_decimal_allowed: true, max_value: '10' },
      '11',
      'Please enter a number of at most 10.',
    ],
    ['an address that is none', { type: 'email_text_input' }, 'amara', 'Please enter a valid email address.'],
    ['a link that is none', { type: 'url_text_input' }, 'example', 'Please enter a valid URL.'],
  ])('shows %s beside the field and sends nothing', async (_, element, given, error) => {
    await open(labelled('Field', element));
    await slack.control.fill('amara', { Field: given });
    const before = heard.length;
    expect((await slack.control.submit('amara')).errorsByLabel).toEqual(
      error === undefined ? {} : { Field: error },
    );
    expect(heard.length - before).toBe(error === undefined ? 1 : 0);
  });

  it('does not submit what has no submit button', async () => {
    await callApi(slack, 'views.open', {
      trigger_id: await freshTrigger(slack),
      view: { type: 'modal', title: p.plain('T'), blocks: [] },
    });
    await expect(slack.control.submit('amara')).rejects.toThrow('no submit button');
  });
});
