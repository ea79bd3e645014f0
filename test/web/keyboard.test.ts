import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { composer, eventually, message, usePageWorld } from './page-world.ts';

const plain = (text: string) => ({ type: 'plain_text', text });

/** What a person who cannot see hears of where the focus is. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(`(() => {
    const at = document.activeElement;
    return (at.getAttribute('aria-label') || at.labels?.[0]?.innerText || at.innerText || at.tagName).trim();
  })()`);

/** Presses Tab until the focus is on something of that name. */
const tabTo = async (page: Page, name: string): Promise<void> => {
  for (let step = 0; step < 80; step += 1) {
    await page.keyboard.press('Tab');
    if ((await focused(page)) === name) return;
  }
  throw new Error(`Tab never came to "${name}".`);
};

describe('with the keyboard alone', () => {
  const view = {
    type: 'modal',
    title: plain('Register'),
    submit: plain('Save'),
    blocks: [
      { type: 'input', label: plain('Name'), element: { type: 'plain_text_input', action_id: 'name' } },
      { type: 'input', label: plain('Sponsor'), element: { type: 'users_select', action_id: 'sponsor' } },
      {
        type: 'input',
        label: plain('Start'),
        element: { type: 'datepicker', action_id: 'start', initial_date: '2026-01-30' },
      },
    ],
  };
  const world = usePageWorld({
    listen(app) {
      app.command('/test', async ({ ack, client, command }) => {
        await ack();
        await client.views.open({ trigger_id: command.trigger_id, view: view as never });
      });
      app.view(/.*/, async ({ ack }) => ack());
      app.action(/.*/, async ({ ack }) => ack());
    },
  });

  it('a command is typed, its form filled and sent, and the focus is back where it was', async () => {
    const page = await world.open('/?as=amara&in=project');
    await composer(page).waitFor();
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe('Skip to the conversation');
    await page.keyboard.press('Enter');
    await tabTo(page, 'Message to #project');
    await page.keyboard.type('/te');
    await page.keyboard.press('Tab');
    await page.keyboard.type('open');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Register' }).waitFor();
    await eventually(() => focused(page)).toBe('Name');
    await page.keyboard.type('Claims triage');
    await page.keyboard.press('Tab');
    await page.keyboard.type('bél');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await tabTo(page, 'Open the calendar');
    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('PageDown');
    await eventually(() => focused(page)).toBe('Sat, 28 February 2026');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await eventually(() => focused(page)).toBe('Start');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    const sent = world.delivered('view_submission') as { view: { state: { values: object } } };
    expect(Object.values(sent.view.state.values)).toMatchObject([
      { name: { value: 'Claims triage' } },
      { sponsor: { selected_user: 'U0BELA00001' } },
      { start: { selected_date: '2026-03-07' } },
    ]);
    await eventually(() => focused(page)).toBe('Message to #project');
  });

  it('the focus stays inside of a modal, and Escape closes what is in front first', async () => {
    const page = await world.open('/?as=amara&in=project');
    await composer(page).fill('/test open');
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Register' });
    await dialog.waitFor();
    for (let step = 0; step < 20; step += 1) {
      await page.keyboard.press('Tab');
      const inside = `document.activeElement === document.body || document.activeElement.closest('dialog') !== null`;
      expect(await page.evaluate(inside)).toBe(true);
    }
    await dialog.getByLabel('Sponsor').focus();
    await page.keyboard.press('ArrowDown');
    await page.getByRole('listbox').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('listbox').waitFor({ state: 'detached' });
    await dialog.waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await eventually(() => focused(page)).toBe('Message to #project');
  });

  it('messages are walked with the arrow keys and used from there', async () => {
    const elements = [
      { type: 'button', text: plain('Sign'), action_id: 'sign', confirm: { text: plain('Really?') } },
      {
        type: 'overflow',
        action_id: 'more',
        options: ['One', 'Two'].map((name) => ({ text: plain(name), value: name })),
      },
    ];
    await world.slack.control.type('bela', '#project', 'First');
    await world.post('C0PROJECT01', { blocks: [{ type: 'actions', elements }] });
    await world.slack.control.type('bela', '#project', 'Last');
    const page = await world.open('/?as=amara&in=project');
    await message(page, 'Last').waitFor();
    await page.getByRole('feed').focus();
    await page.keyboard.press('ArrowDown');
    await eventually(() => focused(page)).toMatch(/^Béla Novák/);
    await page.keyboard.press('ArrowUp');
    await eventually(() => focused(page)).toMatch(/^Test app/);
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe('Sign');
    await page.keyboard.press('Enter');
    await page.getByRole('alertdialog').waitFor();
    await tabTo(page, 'Yes');
    await page.keyboard.press('Enter');
    await eventually(() => world.delivered('block_actions')['actions']).toMatchObject([
      { action_id: 'sign' },
    ]);
    await eventually(() => focused(page)).toBe('Sign');
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowDown');
    await eventually(() => focused(page)).toBe('One');
    await page.keyboard.press('ArrowUp');
    await eventually(() => focused(page)).toBe('Two');
    await page.keyboard.press('Enter');
    await eventually(() => world.delivered('block_actions')['actions']).toMatchObject([
      { action_id: 'more', selected_option: { value: 'Two' } },
    ]);
    await eventually(() => focused(page)).toBe('More');
  });

  it('somebody else is become and another place opened', async () => {
    const page = await world.open('/?as=amara&in=project');
    await composer(page).waitFor();
    await tabTo(page, 'Be Béla Novák');
    await page.keyboard.press('Enter');
    await page.locator('.self-name').getByText('Béla Novák').waitFor();
    await tabTo(page, 'general');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'general' }).waitFor();
    expect(new URL(page.url()).search).toBe('?as=bela&in=general');
  });
});
