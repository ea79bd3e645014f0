import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { callApi } from '../sandbox/call-api.ts';
import { composer, message, openMenu, say, seedWithPartner, usePageWorld } from './page-world.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const plain = (text: string) => ({ type: 'plain_text', text });
const option = (text: string) => ({ text: plain(text), value: text });
const options = [option('One'), option('Two')];

interface Finding {
  id: string;
  impact: string;
  nodes: { html: string; failureSummary: string }[];
}

/** What axe finds that is serious, one line each. */
const serious = async (page: Page): Promise<string[]> => {
  await page.evaluate(axe);
  const { violations } = (await page.evaluate(`axe.run(document, { resultTypes: ['violations'] })`)) as {
    violations: Finding[];
  };
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html} ${node.failureSummary}`));
};

const blocks = [
  { type: 'header', text: plain('Do you sign this?') },
  {
    type: 'section',
    text: {
      type: 'mrkdwn',
      text: '*Now* `code` <https://a.example|link> <@U0AMARA0001> <@U0BELA00001> <#C0GENERAL01>',
    },
  },
  { type: 'section', text: plain('Pick'), accessory: { type: 'static_select', action_id: 'a', options } },
  { type: 'context', elements: [plain('small print')] },
  {
    type: 'actions',
    elements: [
      { type: 'button', text: plain('Sign'), style: 'primary', action_id: 'b' },
      { type: 'button', text: plain('Decline'), style: 'danger', action_id: 'c' },
      { type: 'overflow', options, action_id: 'd' },
      { type: 'datepicker', action_id: 'e' },
      { type: 'timepicker', action_id: 'f' },
      { type: 'datetimepicker', action_id: 'g' },
      { type: 'users_select', action_id: 'h' },
      { type: 'radio_buttons', options, action_id: 'i' },
      { type: 'checkboxes', options, action_id: 'j' },
    ],
  },
  { type: 'table', rows: [[{ type: 'raw_text', text: 'A' }], [{ type: 'raw_text', text: '1' }]] },
  { type: 'card', title: { type: 'mrkdwn', text: 'Card' }, subtext: { type: 'mrkdwn', text: 'below' } },
  { type: 'container', title: plain('Container'), is_collapsible: true, child_blocks: [{ type: 'divider' }] },
];
const view = {
  type: 'modal',
  title: plain('Register'),
  submit: plain('Save'),
  blocks: [
    {
      type: 'input',
      label: plain('Name'),
      hint: plain('A hint'),
      element: { type: 'plain_text_input', action_id: 'a' },
    },
    {
      type: 'input',
      label: plain('Who'),
      element: { type: 'multi_users_select', action_id: 'b', initial_users: ['U0BELA00001'] },
    },
    { type: 'input', label: plain('When'), element: { type: 'datetimepicker', action_id: 'c' } },
    { type: 'input', label: plain('Kind'), element: { type: 'radio_buttons', action_id: 'd', options } },
    { type: 'input', label: plain('File'), element: { type: 'file_input', action_id: 'e' } },
    { type: 'input', label: plain('Text'), element: { type: 'rich_text_input', action_id: 'f' } },
  ],
};
const story = {
  title: 'A story',
  intro: 'Try it.',
  chapters: [
    {
      title: 'One',
      steps: [
        { id: '1', text: 'Done already', done: true },
        { id: '2', text: 'Do this', as: 'bela', where: '#general', command: '/test', done: false },
      ],
    },
  ],
};

describe.each(['light', 'dark'] as const)('axe finds nothing serious in %s colours', (colorScheme) => {
  const world = usePageWorld({
    seed: seedWithPartner,
    sandbox: {
      serve(request, response) {
        if (request.url?.startsWith('/demo/') !== true) return false;
        response.setHeader('content-type', 'application/json');
        response.end(JSON.stringify(request.url === '/demo/story' ? story : {}));
        return true;
      },
    },
    listen(app) {
      app.command('/test', async ({ ack, client, command }) => {
        await ack();
        await client.views.open({ trigger_id: command.trigger_id, view: view as never });
      });
      app.event('app_home_opened', async ({ client, event }) => {
        const home = { type: 'home', blocks: blocks.slice(0, 5) };
        await client.views.publish({ user_id: event.user, view: home as never });
      });
    },
  });

  it('in a conversation with everything in it, its thread, menus and the inspector', async () => {
    const { ts } = await world.slack.control.type('bela', '#project', 'Hello @amara');
    await world.slack.control.type('dana', '#project', 'A reply', { threadTs: ts });
    await world.slack.control.react('dana', { channel: '#project', ts, name: 'eyes' });
    await world.post('C0PROJECT01', { blocks });
    await callApi(world.slack, 'chat.postEphemeral', {
      channel: 'C0PROJECT01',
      user: 'U0AMARA0001',
      text: 'For you',
    });
    await callApi(world.slack, 'chat.postMessage', { channel: 'C0PROJECT01', blocks: [{ type: 'section' }] });
    await world.slack.control.type('amara', '@bela', 'Unread for Béla');
    const page = await world.open('/?as=amara&in=project', { colorScheme });
    await page.getByRole('heading', { name: 'Do you sign this?' }).waitFor();
    await page.getByRole('button', { name: 'Use' }).waitFor();
    await page.getByRole('heading', { name: 'A story' }).waitFor();
    expect(await serious(page)).toEqual([]);
    await openMenu(message(page, 'Do you sign this?'));
    expect(await serious(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Inspector', exact: true }).click();
    await page.locator('.journal-line').first().click();
    await page.getByRole('button', { name: '1 reply' }).click();
    await page.getByRole('region', { name: 'Thread #project' }).waitFor();
    expect(await serious(page)).toEqual([]);
  });

  it('in a modal with errors, its menus and its calendar', async () => {
    const page = await world.open('/?as=amara&in=project', { colorScheme });
    await say(page, '/test open');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('alert').first().waitFor();
    await page.getByLabel('Text').waitFor();
    expect(await serious(page)).toEqual([]);
    await page.getByLabel('Who').click();
    await page.getByRole('option').first().waitFor();
    expect(await serious(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Open the calendar' }).click();
    await page.getByRole('table').waitFor();
    expect(await serious(page)).toEqual([]);
  });

  it('in a Home, and on a phone', async () => {
    const page = await world.open('/?as=amara&home=Test%20app', { colorScheme });
    await page.getByRole('heading', { name: 'Do you sign this?' }).waitFor();
    expect(await serious(page)).toEqual([]);
    const phone = await world.open('/?as=amara', { colorScheme, viewport: { width: 390, height: 844 } });
    await phone.getByRole('navigation', { name: 'Places' }).waitFor();
    expect(await serious(phone)).toEqual([]);
    await phone.getByRole('button', { name: 'partner' }).click();
    await composer(phone).waitFor();
    await composer(phone).fill('/t');
    await phone.getByRole('option').waitFor();
    expect(await serious(phone)).toEqual([]);
  });
});
