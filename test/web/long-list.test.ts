import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { eventually, message, usePageWorld } from './page-world.ts';

const count = 5000;

describe('a channel with 5,000 messages', () => {
  const world = usePageWorld();

  const fill = async (): Promise<void> => {
    for (let n = 0; n < count; n += 1) {
      const more = 'words '.repeat(n % 60);
      await world.slack.control.type(n % 3 === 0 ? 'amara' : 'bela', '#project', `Message ${n}. ${more}`);
    }
  };
  /** Numbers of the messages in sight, from top to bottom. */
  const inSight = async (page: Page): Promise<number[]> => {
    // What has just come into sight is measured first, and takes its place with the next frame.
    await page.evaluate(
      'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(done))))',
    );
    const texts = await page.evaluate<string[]>(`(() => {
      const box = document.querySelector('.scroller').getBoundingClientRect();
      return [...document.querySelectorAll('.scroller .message')].filter((row) => {
        const at = row.getBoundingClientRect();
        return at.bottom > box.top + 1 && at.top < box.bottom - 1;
      }).map((row) => [row.getBoundingClientRect().top, row.innerText])
        .sort((one, other) => one[0] - other[0]).map(([, text]) => text);
    })()`);
    return texts.map((text) => Number(/Message (\d+)\./.exec(text)?.[1]));
  };
  const unread = async (): Promise<number | undefined> => {
    const body = JSON.stringify({ user: 'amara' });
    const answer = await fetch(`${world.slack.url}/control/page/state`, { method: 'POST', body });
    const { result } = (await answer.json()) as {
      result: { channels: { name: string; unread: number }[] };
    };
    return result.channels.find(({ name }) => name === 'project')?.unread;
  };
  const scrollTo = (page: Page, share: number): Promise<void> =>
    page.evaluate(
      `(() => { const s = document.querySelector('.scroller'); s.scrollTop = s.scrollHeight * ${share}; })()`,
    );
  const consecutive = (numbers: number[]): boolean =>
    numbers.length > 0 && numbers.every((n, index) => index === 0 || n === (numbers[index - 1] ?? 0) + 1);

  it('draws only what is in sight, wherever one scrolls to', async () => {
    await fill();
    const page = await world.open('/?as=amara&in=project');
    await message(page, 'Message 0.')
      .or(message(page, `Message ${count - 1}.`))
      .first()
      .waitFor();
    for (const share of [1, 0.5, 0.25, 0.75, 0]) {
      await scrollTo(page, share);
      await eventually(async () => consecutive(await inSight(page))).toBe(true);
      expect(await page.locator('.row').count()).toBeLessThan(120);
    }
    expect(await page.evaluate<number>(`document.querySelectorAll('*').length`)).toBeLessThan(3000);
    expect(await inSight(page)).toContain(0);
  });

  it('begins where one has stopped to read', async () => {
    await fill();
    const read = world.slack.control.read.messages('amara', '#project')[3000]?.ts;
    const body = JSON.stringify({ user: 'amara', channel: 'project', ts: read });
    await fetch(`${world.slack.url}/control/page/read`, { method: 'POST', body });
    const page = await world.open('/?as=amara&in=project');
    await page.locator('.divider.new').waitFor();
    await eventually(async () => consecutive(await inSight(page))).toBe(true);
    expect(await inSight(page)).toEqual(expect.arrayContaining([3000, 3001]));
    expect(await page.locator('.divider.new').isVisible()).toBe(true);
    await page.getByRole('button', { name: /^\d+ new$/ }).click();
    await message(page, `Message ${count - 1}.`).waitFor();
  });

  it('stays at the end while it is looked at, and where one reads when it is not', async () => {
    await fill();
    const page = await world.open('/?as=amara&in=project');
    await page.getByRole('button', { name: /Newest|new$/ }).click();
    await message(page, `Message ${count - 1}.`).waitFor();
    await world.slack.control.type('bela', '#project', `Message ${count}.`);
    await message(page, `Message ${count}.`).waitFor();
    await eventually(async () => (await inSight(page)).at(-1)).toBe(count);
    // What was seen is read before the next one comes, so that one message is new and not two.
    await eventually(unread).toBe(0);
    await scrollTo(page, 0.5);
    await eventually(async () => consecutive(await inSight(page))).toBe(true);
    const before = await inSight(page);
    await world.slack.control.type('bela', '#project', `Message ${count + 1}.`);
    await page.getByRole('button', { name: '1 new' }).waitFor();
    expect(await inSight(page)).toEqual(before);
    await page.getByRole('button', { name: '1 new' }).click();
    await message(page, `Message ${count + 1}.`).waitFor();
  });
});
