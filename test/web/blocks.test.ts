import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { eventually, message, usePageWorld } from './page-world.ts';

type Json = Record<string, unknown>;
const plain = (text: string) => ({ type: 'plain_text', text });
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
const option = (text: string, value = text.toLowerCase()) => ({ text: plain(text), value });
const options = [option('Green'), option('Amber'), option('Red')];

/** An element beside the words "Pick" in a section, or in a row of its own. */
const beside = (element: Json) => [
  { type: 'section', text: mrkdwn('Pick'), accessory: { action_id: 'it', ...element } },
];
const inRow = (element: Json) => [{ type: 'actions', elements: [{ action_id: 'it', ...element }] }];

interface Row {
  what: string;
  blocks: Json[];
  use(page: Page, said: Locator): Promise<void>;
  /** What the app is told of it. */
  told: Json;
}

const pick = async (page: Page, said: Locator, ...names: string[]): Promise<void> => {
  for (const name of names) {
    await said.getByRole('combobox').click();
    await page.getByRole('option', { name }).click();
  }
};

const rows: Row[] = [
  {
    what: 'a button',
    blocks: inRow({ type: 'button', text: plain('Press me'), value: 'v', style: 'primary' }),
    use: (_, said) => said.getByRole('button', { name: 'Press me' }).click(),
    told: { type: 'button', value: 'v' },
  },
  {
    what: 'a button with a name for those who cannot see it',
    blocks: beside({ type: 'button', text: plain('Open'), accessibility_label: 'Open Claims triage' }),
    use: (_, said) => said.getByRole('button', { name: 'Open Claims triage' }).click(),
    told: { type: 'button' },
  },
  {
    what: 'an overflow menu',
    blocks: beside({ type: 'overflow', options: [option('Hand over'), option('Snooze')] }),
    async use(page, said) {
      await said.getByRole('button', { name: 'More', exact: true }).click();
      await page.getByRole('menuitem', { name: 'Snooze' }).click();
    },
    told: { type: 'overflow', selected_option: { value: 'snooze' } },
  },
  {
    what: 'a menu of options',
    blocks: beside({ type: 'static_select', options }),
    use: (page, said) => pick(page, said, 'Amber'),
    told: { selected_option: { value: 'amber' } },
  },
  {
    what: 'a menu of groups',
    blocks: inRow({
      type: 'static_select',
      option_groups: [
        { label: plain('One'), options: [option('Same', '1')] },
        { label: plain('Two'), options: [option('Other', '2')] },
      ],
    }),
    async use(page, said) {
      await said.getByRole('combobox').fill('oth');
      await page.keyboard.press('Enter');
    },
    told: { selected_option: { value: '2' } },
  },
  {
    what: 'a menu of several options',
    blocks: beside({ type: 'multi_static_select', options }),
    use: (page, said) => pick(page, said, 'Green', 'Red'),
    told: { selected_options: [{ value: 'green' }, { value: 'red' }] },
  },
  {
    what: 'a menu the app fills',
    blocks: inRow({ type: 'external_select', min_query_length: 2 }),
    async use(page, said) {
      await said.getByRole('combobox').click();
      await page.getByText('Type 2 characters to search.').waitFor();
      await said.getByRole('combobox').fill('inv');
      await page.getByRole('option', { name: 'Invoice matcher' }).click();
    },
    told: { selected_option: { value: 'invoice-matcher' } },
  },
  {
    what: 'a menu of people',
    blocks: inRow({ type: 'users_select' }),
    use: (page, said) => pick(page, said, 'Béla Novák'),
    told: { selected_user: 'U0BELA00001' },
  },
  {
    what: 'a menu of several people',
    blocks: beside({ type: 'multi_users_select', initial_users: ['U0CHIEN0001'] }),
    async use(page, said) {
      await said.getByRole('button', { name: 'Remove Chien Wu' }).click();
      await pick(page, said, 'Béla Novák');
    },
    told: { selected_users: ['U0BELA00001'] },
  },
  {
    what: 'a menu of channels',
    blocks: inRow({ type: 'channels_select' }),
    use: (page, said) => pick(page, said, '#general'),
    told: { selected_channel: 'C0GENERAL01' },
  },
  {
    what: 'a menu of conversations',
    blocks: inRow({ type: 'conversations_select', filter: { include: ['private'] } }),
    use: (page, said) => pick(page, said, '#secret'),
    told: { selected_conversation: 'C0SECRET001' },
  },
  {
    what: 'a date',
    blocks: inRow({ type: 'datepicker', initial_date: '2026-01-12' }),
    async use(page, said) {
      await said.getByRole('button', { name: 'Open the calendar' }).click();
      await page.getByRole('button', { name: 'Thu, 15 January 2026' }).click();
    },
    told: { selected_date: '2026-01-15' },
  },
  {
    what: 'a time',
    blocks: inRow({ type: 'timepicker', initial_time: '09:00' }),
    use: (_, said) => said.getByLabel('Time').fill('14:30'),
    told: { selected_time: '14:30' },
  },
  {
    what: 'a date with its time, in the zone of who looks',
    blocks: inRow({ type: 'datetimepicker', initial_date_time: 1_767_600_000 }),
    use: (_, said) => said.getByLabel('Time').fill('10:00'),
    told: { selected_date_time: 1_767_607_200 },
  },
  {
    what: 'checkboxes',
    blocks: inRow({ type: 'checkboxes', options, initial_options: [option('Green')] }),
    use: (_, said) => said.getByRole('checkbox', { name: 'Red' }).check(),
    told: { selected_options: [{ value: 'green' }, { value: 'red' }] },
  },
  {
    what: 'radio buttons',
    blocks: inRow({ type: 'radio_buttons', options }),
    use: (_, said) => said.getByRole('radio', { name: 'Amber' }).check(),
    told: { selected_option: { value: 'amber' } },
  },
  {
    what: 'an input that tells the app when Enter is pressed',
    blocks: [
      {
        type: 'input',
        dispatch_action: true,
        label: plain('Note'),
        element: { type: 'plain_text_input', action_id: 'it' },
      },
    ],
    async use(page, said) {
      await said.getByLabel('Note').fill('Some words');
      await page.keyboard.press('Enter');
    },
    told: { value: 'Some words' },
  },
  {
    what: 'a pair of feedback buttons',
    blocks: [
      {
        type: 'context_actions',
        elements: [
          {
            type: 'feedback_buttons',
            action_id: 'it',
            positive_button: { text: plain('Good'), value: 'good' },
            negative_button: { text: plain('Bad'), value: 'bad' },
          },
        ],
      },
    ],
    use: (_, said) => said.getByRole('button', { name: 'Bad' }).click(),
    told: { type: 'feedback_buttons', value: 'bad' },
  },
  {
    what: 'an icon button',
    blocks: [
      {
        type: 'context_actions',
        elements: [{ type: 'icon_button', icon: 'trash', text: plain('Remove'), action_id: 'it' }],
      },
    ],
    use: (_, said) => said.getByRole('button', { name: 'Remove' }).click(),
    told: { type: 'icon_button' },
  },
  {
    what: 'the button of a card',
    blocks: [
      {
        type: 'card',
        title: mrkdwn('A card'),
        actions: [{ type: 'button', text: plain('Open it'), action_id: 'it' }],
      },
    ],
    use: (_, said) => said.getByRole('button', { name: 'Open it' }).click(),
    told: { type: 'button' },
  },
  {
    what: 'a button inside a container',
    blocks: [
      {
        type: 'container',
        title: plain('Folded'),
        is_collapsible: true,
        default_collapsed: true,
        child_blocks: inRow({ type: 'button', text: plain('Deep') }),
      },
    ],
    async use(_, said) {
      await said.getByText('Folded').click();
      await said.getByRole('button', { name: 'Deep' }).click();
    },
    told: { type: 'button' },
  },
];

describe('an element in a message', () => {
  const world = usePageWorld({
    listen(app) {
      app.action(/.*/, async ({ ack }) => ack());
      app.options(/.*/, async ({ ack, options: { value } }) => {
        const names = ['Claims triage', 'Invoice matcher'].filter((name) =>
          name.toLowerCase().includes(value),
        );
        await ack({
          options: names.map((name) => ({
            text: { type: 'plain_text', text: name },
            value: name.toLowerCase().replace(' ', '-'),
          })),
        });
      });
    },
  });

  it.each(rows)('$what is used, and the app is told', async ({ blocks, use, told }) => {
    await world.post('C0PROJECT01', { blocks });
    const page = await world.open('/?as=amara&in=project');
    const said = message(page, /./);
    await use(page, said);
    await eventually(() => world.delivered('block_actions')['actions']).toMatchObject([
      { action_id: 'it', ...told },
    ]);
    expect(world.delivered('block_actions')).toMatchObject({ user: { id: 'U0AMARA0001' } });
  });

  it('is asked about first where the app wants that', async () => {
    const confirm = {
      title: plain('Sure?'),
      text: mrkdwn('It is *final*.'),
      confirm: plain('Sign'),
      deny: plain('Wait'),
    };
    await world.post('C0PROJECT01', {
      blocks: inRow({ type: 'button', text: plain('Sign charter'), confirm }),
    });
    const page = await world.open('/?as=amara&in=project');
    const button = message(page, /./).getByRole('button', { name: 'Sign charter' });
    await button.click();
    const dialog = page.getByRole('alertdialog', { name: 'Sure?' });
    expect(await dialog.locator('strong').innerText()).toBe('final');
    await dialog.getByRole('button', { name: 'Wait' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(world.delivered('block_actions')).toEqual({});
    await button.click();
    await dialog.getByRole('button', { name: 'Sign' }).click();
    await eventually(() => world.delivered('block_actions')['actions']).toHaveLength(1);
  });

  it('keeps what was entered for the next press, over a reload', async () => {
    const input = {
      type: 'input',
      block_id: 'note',
      label: plain('Note'),
      element: { type: 'plain_text_input', action_id: 'text' },
    };
    await world.post('C0PROJECT01', {
      blocks: [input, ...inRow({ type: 'button', text: plain('Send it') })],
    });
    const page = await world.open('/?as=amara&in=project');
    await page.getByLabel('Note').fill('Typed');
    await page.getByRole('button', { name: 'Send it' }).click();
    await eventually(() => world.delivered('block_actions')['state']).toMatchObject({
      values: { note: { text: { value: 'Typed' } } },
    });
    await page.reload();
    expect(await page.getByLabel('Note').inputValue()).toBe('Typed');
  });
});

describe('a press the app does not answer', () => {
  const world = usePageWorld({ listen: () => undefined, sandbox: { ackTimeoutMs: 200 } });

  it('says what Slack says', async () => {
    await world.post('C0PROJECT01', { blocks: inRow({ type: 'button', text: plain('Silence') }) });
    const page = await world.open('/?as=amara&in=project');
    const button = page.getByRole('button', { name: 'Silence' });
    await button.click();
    await page.locator('.button[aria-busy=true]').waitFor();
    await page.getByText('We had some trouble connecting. Try again?').waitFor();
    expect(await button.getAttribute('aria-busy')).toBe('false');
  });
});

describe('blocks that are only looked at', () => {
  const world = usePageWorld();
  const cell = (text: string) => ({ type: 'raw_text', text });
  const shown: { what: string; blocks: Json[]; see(said: Locator): Promise<void> }[] = [
    {
      what: 'headers, dividers, fields and context',
      blocks: [
        { type: 'header', text: plain('The header') },
        { type: 'divider' },
        { type: 'section', fields: [mrkdwn('*Owner*\nAna'), mrkdwn('*Sponsor*\nBen')] },
        { type: 'context', elements: [mrkdwn('small *print*')] },
      ],
      async see(said) {
        await said.getByRole('heading', { name: 'The header' }).waitFor();
        expect(await said.locator('.blocks').innerText()).toMatch(/Owner\nAna\s+Sponsor\nBen\s+small print/);
      },
    },
    {
      what: 'rich text',
      blocks: [
        {
          type: 'rich_text',
          elements: [
            { type: 'rich_text_section', elements: [{ type: 'text', text: 'Bold', style: { bold: true } }] },
            {
              type: 'rich_text_list',
              style: 'ordered',
              elements: [
                { type: 'rich_text_section', elements: [{ type: 'user', user_id: 'U0BELA00001' }] },
                {
                  type: 'rich_text_section',
                  elements: [{ type: 'link', url: 'https://a.example', text: 'there' }],
                },
              ],
            },
            { type: 'rich_text_quote', elements: [{ type: 'text', text: 'quoted' }] },
            { type: 'rich_text_preformatted', elements: [{ type: 'text', text: 'a\n  b' }] },
          ],
        },
      ],
      async see(said) {
        expect(await said.getByRole('listitem').allInnerTexts()).toEqual(['@Béla Novák', 'there']);
        expect(await said.locator('strong').innerText()).toBe('Bold');
        expect(await said.locator('blockquote').innerText()).toBe('quoted');
        expect(await said.locator('pre').innerText()).toBe('a\n  b');
      },
    },
    {
      what: 'tables',
      blocks: [
        {
          type: 'table',
          rows: [
            [cell('Pilot'), cell('Cost')],
            [cell('Claims'), cell('12')],
          ],
        },
      ],
      async see(said) {
        await said.getByRole('columnheader', { name: 'Cost' }).waitFor();
        await said.getByRole('cell', { name: '12' }).waitFor();
      },
    },
    {
      what: 'data tables with their pages',
      blocks: [
        {
          type: 'data_table',
          caption: 'By week',
          page_size: 2,
          row_header_column_index: 0,
          rows: [[cell('Week'), cell('Value')], ...['1', '2', '3'].map((n) => [cell(`W${n}`), cell(n)])],
        },
      ],
      async see(said) {
        await said.getByRole('table', { name: 'By week' }).waitFor();
        expect(await said.getByRole('rowheader').allInnerTexts()).toEqual(['W1', 'W2']);
        await said.getByRole('button', { name: 'Next' }).click();
        expect(await said.getByRole('rowheader').allInnerTexts()).toEqual(['W3']);
      },
    },
    {
      what: 'pictures, with their words where they do not come',
      blocks: [
        {
          type: 'image',
          image_url: 'http://127.0.0.1:9/none.png',
          alt_text: 'A chart of costs',
          title: plain('Costs'),
        },
      ],
      async see(said) {
        await said.getByText('A chart of costs').waitFor();
        await said.getByText('Costs', { exact: true }).waitFor();
      },
    },
    {
      what: 'Markdown',
      blocks: [{ type: 'markdown', text: '## A heading\n\n**bold** and\n\n- one\n- two' }],
      async see(said) {
        await said.getByRole('heading', { name: 'A heading' }).waitFor();
        expect(await said.getByRole('listitem').allInnerTexts()).toEqual(['one', 'two']);
      },
    },
    {
      what: 'charts',
      blocks: [
        {
          type: 'data_visualization',
          title: 'Cost per claim',
          chart: {
            type: 'bar',
            series: [
              {
                name: 'Cost',
                data: [
                  { label: 'W1', value: 18 },
                  { label: 'W2', value: 15 },
                ],
              },
            ],
            axis_config: { categories: ['W1', 'W2'] },
          },
        },
      ],
      see: (said) => said.getByRole('heading', { name: 'Cost per claim' }).waitFor(),
    },
    {
      what: 'plans',
      blocks: [
        {
          type: 'plan',
          title: 'The plan',
          tasks: [{ task_id: '1', title: 'Label letters', status: 'complete' }],
        },
      ],
      see: (said) => said.getByText('Label letters').waitFor(),
    },
    {
      what: 'videos',
      blocks: [
        {
          type: 'video',
          title: plain('How it works'),
          alt_text: 'A walk through',
          thumbnail_url: 'https://v.example/t.png',
          video_url: 'https://v.example/v',
        },
      ],
      see: (said) => said.getByText('How it works').waitFor(),
    },
    {
      what: 'rows of cards',
      blocks: [
        {
          type: 'carousel',
          elements: ['One', 'Two'].map((name) => ({
            type: 'card',
            title: mrkdwn(name),
            body: mrkdwn(`*Body* of ${name}`),
          })),
        },
      ],
      see: (said) => said.getByText('Body of Two').waitFor(),
    },
  ];

  it.each(shown)('show $what', async ({ blocks, see }) => {
    await world.post('C0PROJECT01', { blocks });
    const page = await world.open('/?as=amara&in=project');
    const said = message(page, /./);
    await said.waitFor();
    await see(said);
    expect(await page.locator('.unknown-box').count()).toBe(0);
  });
});
