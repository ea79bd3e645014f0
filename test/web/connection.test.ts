import { describe, expect, it } from 'vitest';
import { composer, message, say, usePageWorld } from './page-world.ts';

describe('a page that loses its sandbox', () => {
  const world = usePageWorld();

  it('says so, comes back by itself, and shows what is there then', async () => {
    const page = await world.open('/?as=amara&in=project');
    await say(page, 'Before the end');
    await message(page, 'Before the end').waitFor();
    await world.restart();
    await page.getByText('Before the end').waitFor({ state: 'detached' });
    await page.getByText('The workspace does not answer.').waitFor({ state: 'detached' });
    await page.getByText('Nothing has been said here yet.').waitFor();
    await world.slack.control.type('bela', '#project', 'After the beginning');
    await message(page, 'After the beginning').waitFor();
  });

  it('tells of the lost connection while it lasts, and keeps what was typed', async () => {
    const page = await world.open('/?as=amara&in=project');
    await composer(page).fill('Half a sentence');
    await world.app.stop();
    await world.slack.close();
    await page.getByText('The workspace does not answer.').waitFor();
    expect(await composer(page).inputValue()).toBe('Half a sentence');
    await world.restart();
    await page.getByText('The workspace does not answer.').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Send' }).click();
    await message(page, 'Half a sentence').waitFor();
  });

  it('says that an app is closed, and when it is back', async () => {
    const page = await world.open('/?as=amara&in=project');
    await composer(page).waitFor();
    expect(await page.getByText('Test app is not connected.').count()).toBe(0);
    await world.app.stop();
    await page.getByText('Test app is not connected.').waitFor();
    await say(page, '/test anything');
    await page.getByText('/test failed with the error "dispatch_failed"').waitFor();
    await world.restart();
    await page.getByText('Test app is not connected.').waitFor({ state: 'detached' });
  });
});
