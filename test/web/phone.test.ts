import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { composer, message, openMenu, say, usePageWorld } from './page-world.ts';

const plain = (text: string) => ({ type: 'plain_text', text });
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

describe('on a phone', () => {
  const view = {
    type: 'modal',
    title: plain('Register'),
    submit: plain('Save'),
    blocks: [
      { type: 'input', label: plain('Name'), element: { type: 'plain_text_input', action_id: 'name' } },
    ],
  };
  const world = usePageWorld({
    listen(app) {
      app.command('/test', async ({ ack, client, command }) => {
        await ack();
        await client.views.open({ trigger_id: command.trigger_id, view: view as never });
      });
      app.view(/.*/, async ({ ack }) => ack());
    },
  });
  /** Nothing is wider than the phone. */
  const fits = (page: Page): Promise<boolean> =>
    page.evaluate('document.documentElement.scrollWidth <= 390 && document.body.scrollWidth <= 390');
  /** Buttons in sight that are too small for a finger. */
  const tooSmall = (page: Page): Promise<string[]> =>
    page.evaluate(`[...document.querySelectorAll('button, select, [role=combobox], textarea')].filter((one) => {
      const { width, height, top } = one.getBoundingClientRect();
      return one.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && width > 0 && top < 844 && (height < 26 || width < 26);
    }).map((one) => one.outerHTML.slice(0, 120))`);

  it('one thing fills the page at a time, and back leads to the list', async () => {
    await world.slack.control.type('bela', '#project', 'Hello');
    const page = await world.open('/?as=amara', phone);
    const places = page.getByRole('navigation', { name: 'Places' });
    await places.getByRole('button', { name: 'project' }).tap();
    await message(page, 'Hello').waitFor();
    expect(await places.isVisible()).toBe(false);
    await message(page, 'Hello').hover();
    await openMenu(message(page, 'Hello'));
    await page.getByRole('menuitem', { name: 'Reply in thread' }).tap();
    const thread = page.getByRole('region', { name: 'Thread #project' });
    await thread.waitFor();
    expect((await thread.boundingBox())?.width).toBe(390);
    expect(await fits(page)).toBe(true);
    await thread.getByRole('button', { name: 'Close the thread' }).tap();
    await page.getByRole('button', { name: 'Back to the list' }).tap();
    await places.waitFor();
    await page.getByRole('button', { name: 'Be Béla Novák' }).tap();
    await places.getByText('Béla Novák').first().waitFor();
    expect(await fits(page)).toBe(true);
  });

  it('a form fills the page', async () => {
    const page = await world.open('/?as=amara&in=project', phone);
    await say(page, '/test open');
    const dialog = page.getByRole('dialog', { name: 'Register' });
    await dialog.waitFor();
    expect(await dialog.boundingBox()).toMatchObject({ x: 0, y: 0, width: 390, height: 844 });
    await page.getByLabel('Name').fill('Claims');
    await page.getByRole('button', { name: 'Save' }).tap();
    await dialog.waitFor({ state: 'detached' });
  });

  it('wide tables and long words do not widen the page', async () => {
    const row = Array.from({ length: 12 }, (_, n) => ({ type: 'raw_text', text: `Column number ${n}` }));
    await world.post('C0PROJECT01', {
      blocks: [
        { type: 'table', rows: [row, row] },
        { type: 'section', text: plain('w'.repeat(400)) },
      ],
    });
    const page = await world.open('/?as=amara&in=project', phone);
    await page.getByRole('table').waitFor();
    expect(await fits(page)).toBe(true);
    expect((await message(page, 'www').boundingBox())?.width).toBeLessThanOrEqual(390);
  });

  it('a menu stands beside the words of its row, not below them', async () => {
    const words = 'Invoice matcher: 61 % matched; agreed 85 % or more; off track';
    const options = ['Show', 'How is this computed?'].map((label) => ({ text: plain(label), value: label }));
    await world.post('project', {
      text: words,
      blocks: [
        { type: 'section', text: plain(words), accessory: { type: 'overflow', action_id: 'more', options } },
      ],
    });
    const page = await world.open('/?as=amara&in=project', phone);
    const row = message(page, words);
    const [text, menu] = await Promise.all([
      row.locator('.section-words').boundingBox(),
      row.locator('.section-accessory').boundingBox(),
    ]);
    expect(menu?.x).toBeGreaterThanOrEqual((text?.x ?? 0) + (text?.width ?? 0));
    expect(menu?.y).toBe(text?.y);
    expect(await fits(page)).toBe(true);
  });

  it('what is pressed is large enough', async () => {
    await world.post('C0PROJECT01', {
      blocks: [{ type: 'actions', elements: [{ type: 'button', text: plain('Press'), action_id: 'a' }] }],
    });
    const page = await world.open('/?as=amara', phone);
    await page.getByRole('button', { name: 'project' }).waitFor();
    expect(await tooSmall(page)).toEqual([]);
    await page.getByRole('button', { name: 'project' }).tap();
    await composer(page).waitFor();
    await page.getByRole('button', { name: 'Press' }).waitFor();
    expect(await tooSmall(page)).toEqual([]);
  });
});
