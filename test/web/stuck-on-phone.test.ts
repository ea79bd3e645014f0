/** Can a sponsor stop a pilot of which nobody has heard for three weeks, on a phone? */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { servePage } from '../../sandbox/server/serve-web.ts';
import { told } from '../support/acts.ts';
import { onBothEngines } from '../support/databases.ts';
import { silent } from '../support/silent-pilot.ts';
import { launchBrowser } from './browser.ts';
import { eventually, message } from './page-world.ts';

onBothEngines('a pilot that has gone silent', (openFresh) => {
  let browser: Browser;
  let page: Awaited<ReturnType<typeof servePage>>;
  beforeAll(async () => {
    [page, browser] = await Promise.all([servePage(), launchBrowser()]);
  }, 120_000);
  afterAll(() => browser.close());

  it('is stopped by its sponsor three weeks later, in a window as wide as a phone', async () => {
    const world = await silent(await openFresh(), { slack: { serve: page } });
    await world.time.advanceTo(Date.parse('2026-01-27T12:00:00Z'));
    const context = await browser.newContext({
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
    });
    context.setDefaultTimeout(15_000);
    const phone = await context.newPage();
    await phone.goto(`${world.slack.url}/?as=priya&in=@pilotage`);
    const card = message(phone, 'Claims triage is stuck').last();
    const stop = { name: 'Stop', exact: true } as const;
    await card.getByRole('button', stop).click();
    await phone.getByRole('alertdialog').getByRole('button', stop).click();
    const form = phone.getByRole('dialog');
    await form.getByLabel('In one sentence, why').fill('The vendor is leaving the market.');
    expect(await phone.evaluate('document.documentElement.scrollWidth <= 390')).toBe(true);
    await form.getByRole('button', stop).click();
    await message(phone, 'Nobody is told for ten minutes')
      .last()
      .getByRole('button', { name: 'Undo' })
      .waitFor();
    expect(told(world, 'ana').join()).not.toMatch(/vendor/);
    await world.time.advanceTo(world.clock.now() + 11 * 60_000);
    await message(phone, 'Claims triage: Stop, decided by Priya Shah').last().waitFor();
    expect(told(world, 'ana').at(-1)).toMatch(/Decided by: Priya Shah\.[\s\S]*"The vendor is leaving/);
    const pilots = world.db.q.select().from(world.db.tables.pilots);
    await eventually(async () => (await pilots).map(({ stage }) => stage)).toEqual(['stopped']);
    expect(world.complaints).toEqual([]);
    await context.close();
  }, 120_000);
});
