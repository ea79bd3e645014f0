// cspell:words describedby
import type { App as BoltApp } from '@slack/bolt';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { eventually, message, say, usePageWorld } from './page-world.ts';

type Json = Record<string, unknown>;
const plain = (text: string) => ({ type: 'plain_text', text });
const option = (text: string) => ({ text: plain(text), value: text.toLowerCase() });
const input = (id: string, label: string, element: Json, more: Json = {}) => ({
  type: 'input',
  block_id: id,
  label: plain(label),
  element: { action_id: 'it', ...element },
  optional: true,
  ...more,
});
const modal = (title: string, blocks: Json[], more: Json = {}) => ({
  type: 'modal',
  callback_id: 'form',
  title: plain(title),
  submit: plain('Save'),
  close: plain('Not now'),
  blocks,
  ...more,
});
const text = { type: 'plain_text_input' };
const options = [option('Weekly'), option('Monthly')];

const everyInput = modal('Everything', [
  input('name', 'Name', text, { optional: false, hint: plain('What people call it') }),
  input('story', 'Story', { ...text, multiline: true, max_length: 30 }),
  input('mail', 'Mail', { type: 'email_text_input' }),
  input('site', 'Site', { type: 'url_text_input' }),
  input('target', 'Target', { type: 'number_input', is_decimal_allowed: true, max_value: '100' }),
  input('start', 'Start', { type: 'datepicker' }),
  input('at', 'At', { type: 'timepicker' }),
  input('remind', 'Remind', { type: 'datetimepicker' }),
  input('every', 'Every', { type: 'static_select', options }),
  input('like', 'Like', { type: 'external_select', min_query_length: 1 }),
  input('sponsor', 'Sponsor', { type: 'users_select' }),
  input('where', 'Where', { type: 'conversations_select' }),
  input('people', 'People', { type: 'multi_users_select' }),
  input('places', 'Places', { type: 'multi_channels_select' }),
  input('kind', 'Kind', { type: 'radio_buttons', options }),
  input('also', 'Also', { type: 'checkboxes', options }),
  input('words', 'Words', { type: 'rich_text_input' }),
  input('files', 'Files', { type: 'file_input', filetypes: ['csv'] }),
]);

/** What the app does with a submission, as the test says. */
let answer: (values: Record<string, Record<string, Json>>) => Json = () => ({});
let view: Json = everyInput;

function listen(app: BoltApp): void {
  app.command('/test', async ({ ack, client, command }) => {
    await ack();
    await client.views.open({ trigger_id: command.trigger_id, view: view as never });
  });
  app.view('form', async ({ ack, body }) => {
    const said = answer(body.view.state.values as never);
    if (said['silent'] !== true) await ack(said as never);
  });
  app.action(/.*/, async ({ ack, body, client }) => {
    await ack();
    const opened = (body as { view?: { id: string } }).view;
    if (opened !== undefined) {
      const blocks = [...(view['blocks'] as Json[]), { type: 'section', text: plain('Passes at 12.50') }];
      await client.views.update({ view_id: opened.id, view: { ...view, blocks } as never });
    }
  });
  app.options(/.*/, async ({ ack }) => ack({ options: [option('Claims triage')] as never }));
}

const openForm = async (page: Page): Promise<void> => {
  await say(page, '/test open');
  await page.getByRole('dialog').waitFor();
};

describe('a modal', () => {
  const world = usePageWorld({ listen, sandbox: { ackTimeoutMs: 1000 } });

  it('sends what was entered into every kind of input', async () => {
    view = everyInput;
    answer = () => ({});
    const page = await world.open('/?as=amara&in=project');
    await openForm(page);
    const dialog = page.getByRole('dialog', { name: 'Everything' });
    const pick = async (label: string, ...names: string[]): Promise<void> => {
      for (const name of names) {
        await dialog.getByLabel(label, { exact: false }).first().click();
        await page.getByRole('option', { name }).click();
      }
    };
    await dialog.getByLabel('Name').fill('Claims triage');
    await dialog.getByLabel('Story').fill('Two\nlines');
    await dialog.getByLabel('Mail').fill('ana@harbour.example');
    await dialog.getByLabel('Site').fill('https://harbour.example');
    await dialog.getByLabel('Target').fill('12.5');
    await dialog.getByLabel('Start').fill('5 Jan 2026');
    await dialog.getByLabel('At (optional)').fill('09:15');
    await dialog.getByLabel('Remind').fill('2026-07-01');
    await pick('Every', 'Monthly');
    await dialog.getByLabel('Like').fill('cl');
    await page.getByRole('option', { name: 'Claims triage' }).click();
    await pick('Sponsor', 'Béla Novák');
    await pick('Where', '#project');
    await pick('People', 'Amara Osei', 'Chien Wu');
    await pick('Places', '#general', '#project');
    await dialog.getByRole('radio', { name: 'Weekly' }).check();
    await dialog.getByRole('checkbox', { name: 'Monthly' }).check();
    await dialog.getByLabel('Words').fill('Some *bold*\n- item');
    await dialog
      .getByLabel('Files')
      .setInputFiles({ name: 'v.csv', mimeType: 'text/csv', buffer: Buffer.from('a\u00e9,b') });
    await dialog.getByText('v.csv').waitFor();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });
    const sent = world.delivered('view_submission') as { view: { state: { values: Json } } };
    const bold = { type: 'text', text: 'bold', style: { bold: true } };
    expect(sent.view.state.values).toMatchObject({
      name: { it: { value: 'Claims triage' } },
      story: { it: { value: 'Two\nlines' } },
      mail: { it: { value: 'ana@harbour.example' } },
      site: { it: { value: 'https://harbour.example' } },
      target: { it: { value: '12.5' } },
      start: { it: { selected_date: '2026-01-05' } },
      at: { it: { selected_time: '09:15' } },
      // Nine o'clock in London, which is an hour ahead in July.
      remind: { it: { selected_date_time: Date.UTC(2026, 6, 1, 8) / 1000 } },
      every: { it: { selected_option: { value: 'monthly' } } },
      like: { it: { selected_option: { value: 'claims triage' } } },
      sponsor: { it: { selected_user: 'U0BELA00001' } },
      where: { it: { selected_conversation: 'C0PROJECT01' } },
      people: { it: { selected_users: ['U0AMARA0001', 'U0CHIEN0001'] } },
      places: { it: { selected_channels: ['C0GENERAL01', 'C0PROJECT01'] } },
      kind: { it: { selected_option: { value: 'weekly' } } },
      also: { it: { selected_options: [{ value: 'monthly' }] } },
      words: {
        it: {
          rich_text_value: {
            elements: [
              { type: 'rich_text_section', elements: [{ text: 'Some ' }, bold] },
              { type: 'rich_text_list', style: 'bullet' },
            ],
          },
        },
      },
      files: { it: { files: [{ name: 'v.csv', size: 5 }] } },
    });
  });

  it('shows what is missing and what the app refuses beside the fields, and goes to the first', async () => {
    view = everyInput;
    answer = () => ({ response_action: 'errors', errors: { name: 'There is one of that name.' } });
    const page = await world.open('/?as=amara&in=project');
    await openForm(page);
    await page.getByRole('button', { name: 'Save' }).click();
    const name = page.getByLabel('Name');
    await eventually(() => name.getAttribute('aria-invalid')).toBe('true');
    await page.getByRole('alert').getByText('Please complete this required field.').waitFor();
    await eventually(() => name.evaluate((field) => field === field.ownerDocument.activeElement)).toBe(true);
    await name.fill('Claims triage');
    await page.getByRole('button', { name: 'Save' }).click();
    const error = page.getByRole('alert').getByText('There is one of that name.');
    await error.waitFor();
    expect(await name.getAttribute('aria-describedby')).toContain(await error.getAttribute('id'));
    expect(await name.inputValue()).toBe('Claims triage');
    await name.fill('Another');
    await error.waitFor({ state: 'detached' });
  });

  it('checks numbers, lengths and addresses as Slack does', async () => {
    view = everyInput;
    const page = await world.open('/?as=amara&in=project');
    await openForm(page);
    await page.getByLabel('Name').fill('A');
    await page.getByLabel('Target').fill('101');
    await page.getByLabel('Mail').fill('nobody');
    await page.getByLabel('Story').fill('x'.repeat(31));
    await page.getByText('1 too many').waitFor();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Please enter a number of at most 100.').waitFor();
    await page.getByText('Please enter a valid email address.').waitFor();
    await page.getByText("This field can't be longer than 30 characters.").waitFor();
    expect(world.delivered('view_submission')).toEqual({});
  });

  it('changes while a person fills it, and keeps what was typed', async () => {
    view = modal('Criterion', [
      input('name', 'Name', text),
      input('kind', 'Kind', { type: 'static_select', options }, { dispatch_action: true }),
    ]);
    const page = await world.open('/?as=amara&in=project');
    await openForm(page);
    await page.getByLabel('Name').pressSequentially('Cost per claim');
    await page.getByLabel('Kind').click();
    await page.getByRole('option', { name: 'Weekly' }).click();
    await page.getByText('Passes at 12.50').waitFor();
    expect(await page.getByLabel('Name').inputValue()).toBe('Cost per claim');
    expect(await page.getByLabel('Kind').inputValue()).toBe('Weekly');
    expect(world.delivered('block_actions')['view']).toMatchObject({
      state: { values: { name: { it: { value: 'Cost per claim' } } } },
    });
  });

  it('is followed by another, goes back, and closes all at once', async () => {
    view = modal('First', [input('name', 'Name', text)]);
    answer = () => ({ response_action: 'push', view: modal('Second', [input('more', 'More', text)]) });
    const page = await world.open('/?as=amara&in=project');
    await openForm(page);
    await page.getByLabel('Name').fill('Kept');
    await page.getByRole('button', { name: 'Save' }).click();
    const second = page.getByRole('dialog', { name: 'Second' });
    await second.getByRole('button', { name: 'Not now' }).click();
    await page.getByRole('dialog', { name: 'First' }).waitFor();
    expect(await page.getByLabel('Name').inputValue()).toBe('Kept');
    await page.getByRole('button', { name: 'Save' }).click();
    await second.getByRole('button', { name: 'Close all' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  it('is replaced by what the app answers with', async () => {
    view = modal('Ask', [input('name', 'Name', text)]);
    answer = () => ({
      response_action: 'update',
      view: modal('Thanks', [], { submit: undefined, close: plain('Done') }),
    });
    const page = await world.open('/?as=amara&in=project');
    await openForm(page);
    await page.getByRole('button', { name: 'Save' }).click();
    const thanks = page.getByRole('dialog', { name: 'Thanks' });
    await thanks.getByRole('button', { name: 'Done' }).click();
    await thanks.waitFor({ state: 'detached' });
  });

  it('says what Slack says when the app does not answer, and stays', async () => {
    view = modal('Slow', [input('name', 'Name', text)]);
    answer = () => ({ silent: true });
    const page = await world.open('/?as=amara&in=project');
    await openForm(page);
    await page.getByLabel('Name').fill('Still here');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.locator('.modal-form[aria-busy=true]').waitFor();
    await page.getByRole('alert').getByText('We had some trouble connecting. Try again?').waitFor();
    expect(await page.getByLabel('Name').inputValue()).toBe('Still here');
  });

  it('that Slack would refuse is said, with a way to the reasons', async () => {
    view = modal('A title that is far too long to show', []);
    const page = await world.open('/?as=amara&in=project');
    await say(page, '/test open');
    await page.getByText('Slack would refuse this form: views.open answered invalid_arguments.').waitFor();
    await page.getByText('must be less than 25 characters').waitFor();
    await page.getByRole('button', { name: 'Show in the inspector' }).click();
    await page.getByRole('article', { name: /^Line/ }).getByText('Failed: invalid_arguments').waitFor();
  });

  it('is the same in two tabs', async () => {
    view = modal('Shared', [input('name', 'Name', text)]);
    const page = await world.open('/?as=amara&in=project');
    const tab = await world.beside(page, '/?as=amara&in=general');
    await openForm(page);
    await page.getByLabel('Name').fill('Typed here');
    await eventually(() => tab.getByLabel('Name').inputValue()).toBe('Typed here');
    await tab.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });
});

describe('a Home', () => {
  const button = (label: string) => ({ type: 'button', text: plain(label), action_id: 'go' });
  const home = (user: string, count: number): Json => ({
    type: 'home',
    blocks: [
      { type: 'header', text: plain(`Home of ${user}`) },
      { type: 'section', text: plain(`Pressed ${count} times`), accessory: button('Press') },
    ],
  });
  let pressed = 0;
  const world = usePageWorld({
    listen(app) {
      app.event('app_home_opened', async ({ event, client }) => {
        world.app.heard.push(`${event.tab} of ${event.user}`);
        await client.views.publish({ user_id: event.user, view: home(event.user, pressed) as never });
      });
      app.action('go', async ({ ack, body, client }) => {
        await ack();
        pressed += 1;
        await client.views.publish({ user_id: body.user.id, view: home(body.user.id, pressed) as never });
      });
    },
  });

  it('is what the app publishes for each person, and changes when pressed', async () => {
    const page = await world.open('/?as=amara&in=project');
    await page.getByRole('button', { name: 'Test app' }).click();
    await page.getByRole('heading', { name: 'Home of U0AMARA0001' }).waitFor();
    await page.getByRole('button', { name: 'Press', exact: true }).click();
    await page.getByText('Pressed 1 times').waitFor();
    await page.getByRole('button', { name: 'Be Béla Novák' }).click();
    await page.getByRole('heading', { name: 'Home of U0BELA00001' }).waitFor();
    expect(world.app.heard).toEqual(['home of U0AMARA0001', 'home of U0BELA00001']);
  });

  it('has the messages of the app beside it', async () => {
    const page = await world.open('/?as=amara&home=Test%20app');
    await page.getByRole('heading', { name: 'Home of U0AMARA0001' }).waitFor();
    await world.post('U0AMARA0001', { text: 'Your signature is asked for' });
    const tabs = page.getByRole('navigation', { name: 'Tabs of Test app' });
    await tabs.getByRole('button', { name: 'Messages 1 unread' }).click();
    await message(page, 'Your signature is asked for').waitFor();
    await eventually(() => world.app.heard).toEqual(['home of U0AMARA0001', 'messages of U0AMARA0001']);
    await tabs.getByRole('button', { name: 'Messages', exact: true }).waitFor();
    await say(page, 'Hello app');
    await message(page, 'Hello app').waitFor();
  });

  it('that Slack would refuse shows the refusal', async () => {
    const page = await world.open('/?as=amara&home=Test%20app');
    await page.getByRole('heading', { name: 'Home of U0AMARA0001' }).waitFor();
    const bad = { type: 'home', blocks: [{ type: 'header', text: plain('x'.repeat(151)) }] };
    await world.app.app.client.views
      .publish({ user_id: 'U0AMARA0001', view: bad as never })
      .catch(() => undefined);
    await page.locator('.refusal').getByText('must be less than 151 characters').waitFor();
    await page.getByRole('button', { name: 'Press', exact: true }).click();
    await page.locator('.refusal').waitFor({ state: 'detached' });
  });
});
