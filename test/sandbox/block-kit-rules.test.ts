import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox/server/index.ts';
import { type Answer, callApi, freshTrigger, refusalOf } from './call-api.ts';
import * as p from './payloads.ts';

let slack: Sandbox;
beforeAll(async () => {
  slack = await startSandbox();
});
afterAll(() => slack.close());

const post = (...blocks: unknown[]): Promise<Answer> =>
  callApi(slack, 'chat.postMessage', { channel: 'C0PROJECT01', text: 'x', blocks });
const publish = (...blocks: unknown[]): Promise<Answer> =>
  callApi(slack, 'views.publish', { user_id: 'U0AMARA0001', view: { type: 'home', blocks } });
const open = async (view: p.Payload): Promise<Answer> =>
  callApi(slack, 'views.open', { trigger_id: await freshTrigger(slack), view });
const messages = async (answer: Promise<Answer>): Promise<string[]> => refusalOf(await answer).messages;

describe('what Slack refuses in a message', () => {
  it.each<[string, unknown, string]>([
    ['an unknown block', { type: 'heading' }, 'unsupported type: heading [json-pointer:/blocks/0/type]'],
    [
      'a block without a type',
      { text: p.plain('x') },
      'missing required field: type [json-pointer:/blocks/0]',
    ],
    ['something that is no block', 'divider', 'must provide an object [json-pointer:/blocks/0]'],
    [
      'an alert, which is for modals',
      { type: 'alert', text: p.plain('x') },
      'unsupported type: alert [json-pointer:/blocks/0/type]',
    ],
    [
      'a file block',
      { type: 'file', source: 'remote', external_id: 'x' },
      'unsupported type: file [json-pointer:/blocks/0/type]',
    ],
    [
      'a field nobody knows',
      p.section({ colour: 'red' }),
      'invalid additional property: colour [json-pointer:/blocks/0]',
    ],
    ['a section without text', { type: 'section' }, 'missing required field: text [json-pointer:/blocks/0]'],
    [
      'an empty text',
      p.section({ text: p.marked('') }),
      'must be more than 0 characters [json-pointer:/blocks/0/text/text]',
    ],
    ['an empty header', p.header(''), 'must be more than 0 characters [json-pointer:/blocks/0/text/text]'],
    [
      'mrkdwn in a header',
      { type: 'header', text: p.marked('x') },
      'unsupported type: mrkdwn [json-pointer:/blocks/0/text/type]',
    ],
    [
      'emoji in mrkdwn',
      p.section({ text: { ...p.marked('x'), emoji: true } }),
      'invalid additional property: emoji [json-pointer:/blocks/0/text]',
    ],
    [
      'a text that is a number',
      p.section({ text: { type: 'mrkdwn', text: 1 } }),
      'must be a string [json-pointer:/blocks/0/text/text]',
    ],
    [
      'an actions block with nothing in it',
      p.actions(),
      'must provide at least 1 items [json-pointer:/blocks/0/elements]',
    ],
    [
      'an input in an actions block',
      p.actions({ type: 'plain_text_input' }),
      'unsupported type: plain_text_input [json-pointer:/blocks/0/elements/0/type]',
    ],
    [
      'a multi menu in an actions block',
      p.actions({ type: 'multi_users_select' }),
      'unsupported type: multi_users_select [json-pointer:/blocks/0/elements/0/type]',
    ],
    [
      'the same action id twice',
      p.actions(p.button({ action_id: 'go' }), p.button({ action_id: 'go' })),
      '`action_id` "go" already exists [json-pointer:/blocks/0/elements/1/action_id]',
    ],
    [
      'an unknown style',
      p.actions(p.button({ style: 'bold' })),
      'must be a valid enum value [json-pointer:/blocks/0/elements/0/style]',
    ],
    [
      'a button with no address',
      p.actions(p.button({ url: 'nowhere' })),
      'must be a valid URL [json-pointer:/blocks/0/elements/0/url]',
    ],
    [
      'a menu without options',
      p.beside({ type: 'static_select' }),
      'missing required field: options [json-pointer:/blocks/0/accessory]',
    ],
    [
      'an initial option that is none of the options',
      p.beside(p.menu({ initial_option: p.option(7) })),
      'must match one of the provided options [json-pointer:/blocks/0/accessory/initial_option]',
    ],
    [
      'formatted text in a menu',
      p.beside(p.menu({ options: [{ text: p.marked('x'), value: 'x' }] })),
      'unsupported type: mrkdwn [json-pointer:/blocks/0/accessory/options/0/text/type]',
    ],
    [
      'a date that is none',
      p.beside({ type: 'datepicker', initial_date: '12.01.2026' }),
      'must be a valid date [json-pointer:/blocks/0/accessory/initial_date]',
    ],
    [
      'an image with no source',
      { type: 'image', alt_text: 'x' },
      'missing required field: image_url [json-pointer:/blocks/0]',
    ],
    [
      'an image without alt_text',
      { type: 'image', image_url: p.link(30) },
      'missing required field: alt_text [json-pointer:/blocks/0]',
    ],
    [
      'a list inside a list item',
      {
        type: 'rich_text',
        elements: [
          {
            type: 'rich_text_list',
            style: 'bullet',
            elements: [{ type: 'rich_text_list', style: 'bullet', elements: [] }],
          },
        ],
      },
      'unsupported type: rich_text_list [json-pointer:/blocks/0/elements/0/elements/0/type]',
    ],
    [
      'a data table with rows of different length',
      p.dataTable([[p.raw('a')], [p.raw('b'), p.raw('c')]]),
      'must provide 1 items [json-pointer:/blocks/0/rows/1]',
    ],
    [
      'a data table of a header alone',
      p.dataTable([[p.raw('a')]]),
      'must provide at least 2 items [json-pointer:/blocks/0/rows]',
    ],
    [
      'a pie with a slice of nothing',
      p.pie([{ label: 'a', value: 0 }]),
      'must be more than 0 [json-pointer:/blocks/0/chart/segments/0/value]',
    ],
    [
      'a series without every category',
      p.lines(1, 1, { categories: ['P0', 'P1'] }),
      'must provide a value for every category [json-pointer:/blocks/0/chart/series/0/data]',
    ],
    [
      'an empty card',
      { type: 'card', subtitle: p.marked('x') },
      'must provide at least one of hero_image, title, actions, body [json-pointer:/blocks/0]',
    ],
    [
      'a container in a container',
      p.container({ child_blocks: [p.container({})] }),
      'unsupported type: container [json-pointer:/blocks/0/child_blocks/0/type]',
    ],
    [
      'a video over http',
      p.video({ video_url: 'http://example.com/v' }),
      'must be a valid https URL [json-pointer:/blocks/0/video_url]',
    ],
  ])('%s', async (_, block, message) => {
    const answer = await post(block);
    expect(answer).toMatchObject({ ok: false, error: 'invalid_blocks', errors: [`[ERROR] ${message}`] });
    expect(refusalOf(answer).messages).toEqual([`[ERROR] ${message}`]);
  });

  it('the same block id twice', async () => {
    const block = p.section({ block_id: 'b' });
    expect(await messages(post(block, block))).toEqual([
      '[ERROR] `block_id` "b" already exists [json-pointer:/blocks/1/block_id]',
    ]);
  });

  it('everything that is wrong at once, each with its pointer', async () => {
    expect(await messages(post(p.header(p.word(151)), { type: 'heading' }))).toEqual([
      '[ERROR] must be less than 151 characters [json-pointer:/blocks/0/text/text]',
      '[ERROR] unsupported type: heading [json-pointer:/blocks/1/type]',
    ]);
  });
});

describe('what Slack refuses in a view', () => {
  it.each<[string, p.Payload, string]>([
    [
      'a modal without a title',
      { type: 'modal', blocks: [] },
      'missing required field: title [json-pointer:/view]',
    ],
    [
      'a type nobody knows',
      { type: 'dialog', blocks: [] },
      'must be a valid enum value [json-pointer:/view/type]',
    ],
    [
      'a Home where a modal is opened',
      { type: 'home', blocks: [] },
      'must be a valid enum value [json-pointer:/view/type]',
    ],
    [
      'an input without a submit button',
      { type: 'modal', title: p.plain('T'), blocks: [p.input({ type: 'datepicker' })] },
      'must define `submit` to use an `input` block in modals [json-pointer:/view/blocks/0/input]',
    ],
    [
      'a field nobody knows',
      p.modal({ submit_disabled: true }),
      'invalid additional property: submit_disabled [json-pointer:/view]',
    ],
    [
      'a chart',
      p.modal({ blocks: [p.pie([p.segment(0)])] }),
      'unsupported type: data_visualization [json-pointer:/view/blocks/0/type]',
    ],
    [
      'numbers that are no texts',
      p.modal({ blocks: [p.input({ type: 'number_input', is_decimal_allowed: true, min_value: 1 })] }),
      'must be a valid number [json-pointer:/view/blocks/0/element/min_value]',
    ],
    [
      'bounds the wrong way round',
      p.modal({ blocks: [p.input({ type: 'plain_text_input', min_length: 5, max_length: 4 })] }),
      'must be less than or equal to max_length [json-pointer:/view/blocks/0/element/min_length]',
    ],
    [
      'an empty filter',
      p.modal({ blocks: [p.input({ type: 'conversations_select', filter: {} })] }),
      'must provide at least 1 items [json-pointer:/view/blocks/0/element/filter]',
    ],
    [
      'two elements that want the focus',
      p.modal({ blocks: p.times(2, () => p.input({ type: 'plain_text_input', focus_on_load: true })) }),
      'only one element can have `focus_on_load` [json-pointer:/view/blocks]',
    ],
  ])('%s', async (_, view, message) => {
    expect(refusalOf(await open(view))).toEqual({
      error: 'invalid_arguments',
      messages: [`[ERROR] ${message}`],
    });
  });

  it('an alert in a Home', async () => {
    expect(await messages(publish({ type: 'alert', text: p.plain('x') }))).toEqual([
      '[ERROR] unsupported type: alert [json-pointer:/view/blocks/0/type]',
    ]);
  });

  it('takes inputs in a Home without a submit button', async () => {
    expect(await publish(p.input({ type: 'plain_text_input' }))).toMatchObject({ ok: true });
  });
});

describe('every block and element in its simplest form', () => {
  it('is taken in a message', async () => {
    const menus = ['users_select', 'conversations_select', 'channels_select', 'external_select'];
    const blocks = [
      p.divider,
      p.header('Title'),
      p.section({ fields: [p.marked('a')], expand: true }),
      p.beside({ type: 'datepicker', initial_date: '2026-01-12' }),
      p.beside({ type: 'timepicker', initial_time: '09:30', timezone: 'Europe/Berlin' }),
      ...menus.map((type) => p.beside({ type, placeholder: p.plain('Pick') })),
      ...menus.map((type) => p.beside({ type: `multi_${type}`, max_selected_items: 2 })),
      p.actions({ type: 'datetimepicker', initial_date_time: 1_768_212_000 }, p.button({ style: 'primary' })),
      p.context(p.plain('a'), p.image({})),
      p.contextActions(p.feedback({}), p.icon()),
      p.image({ image_url: undefined, slack_file: { id: 'F1' } }),
      p.input({ type: 'plain_text_input', multiline: true }),
      p.input({ type: 'email_text_input' }),
      p.input({ type: 'url_text_input' }),
      { type: 'markdown', text: '**Hello**' },
      p.richList(0),
      p.table([[p.raw('a'), { type: 'raw_number', value: 1, text: '1' }, p.richList(0)]]),
      p.pie([p.segment(0)]),
      p.card({ slack_icon: { type: 'icon', name: 'rocket' } }),
      { type: 'carousel', elements: [p.card()] },
      p.container({
        child_blocks: [p.divider],
        width: 'wide',
        is_collapsible: true,
        default_collapsed: true,
      }),
      { type: 'plan', title: 'Plan', tasks: [{ task_id: '1', title: 'First', status: 'pending' }] },
      { type: 'task_card', task_id: '1', title: 'First', status: 'in_progress' },
      p.video({}),
    ];
    const answer = await post(...blocks);
    expect(refusalOf(answer).messages).toEqual([]);
    expect(answer.ok).toBe(true);
  });
});

describe('blocks.validate', () => {
  it('needs no token and reports each problem with pointer and constraint', async () => {
    const blocks = [{ type: 'section', text: { type: 'invalid', text: 'x' } }];
    expect(await callApi(slack, 'blocks.validate', { blocks }, 'nobody')).toEqual({
      ok: false,
      error: 'invalid_blocks',
      errors: [
        {
          code: 'failed_constraint',
          message: 'unsupported type: invalid',
          pointer: '/0/text/type',
          constraint: { type: 'enum', expected: ['plain_text', 'mrkdwn'] },
        },
      ],
    });
  });

  it.each<[string, p.Payload]>([
    ['ok', { blocks: [p.divider, { type: 'alert', text: p.plain('x') }] }],
    ['ok', { view: p.modal() }],
    ['ok', { message: { text: 'x' } }],
    ['invalid_view', { view: { type: 'modal', blocks: [] } }],
    ['invalid_message', { message: {} }],
    ['invalid_arguments', {}],
    ['invalid_arguments', { blocks: [], view: {} }],
    ['invalid_arguments', { blocks: '{' }],
  ])('answers %s', async (outcome, args) => {
    const answer = await callApi(slack, 'blocks.validate', args);
    expect(answer.error ?? 'ok').toBe(outcome);
  });
});
