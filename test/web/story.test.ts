/** Can a newcomer walk the demo's story in the browser, as four different people? */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { servePage } from '../../sandbox/server/serve-web.ts';
import { HISTORY_WEEKS, playHistory } from '../../src/cli/demo/history.ts';
import { markHistoryRead } from '../../src/cli/demo/seen.ts';
import { demoRoutes, type Running } from '../../src/cli/demo/serve.ts';
import { openStage, type Stage } from '../../src/cli/demo/stage.ts';
import { historyEnd } from '../../src/cli/demo/story.ts';
import { verify } from '../../src/db/verify.ts';
import { launchBrowser } from './browser.ts';
import { composer, eventually, message, say } from './page-world.ts';

const require = createRequire(import.meta.url);
const MONDAY = '2026-06-29';

describe('the story of the demo', () => {
  let browser: Browser;
  let stage: Stage;
  const complaints: string[] = [];

  beforeAll(async () => {
    let running: Running | null = null;
    const [page, launched] = await Promise.all([servePage(), launchBrowser()]);
    browser = launched;
    const routes = demoRoutes(() => running);
    const note = (facts: object, words: string) => void complaints.push(`${words} ${JSON.stringify(facts)}`);
    stage = await openStage({
      start: Date.parse(`${MONDAY}T07:00:00Z`),
      port: 0,
      serve: (request, response) => routes(request, response) || page(request, response),
      log: { debug() {}, info() {}, warn: note, error: note },
    });
    await playHistory(stage, MONDAY, () => {});
    await markHistoryRead(stage);
    running = { stage, end: await historyEnd(stage.db, stage.clock.now()) };
  }, 240_000);
  afterAll(async () => {
    await browser.close();
    await stage.close();
  });

  const open = async (
    address: string,
    width = 1280,
    colorScheme: 'light' | 'dark' = 'light',
  ): Promise<Page> => {
    const context = await browser.newContext({ viewport: { width, height: 860 }, colorScheme });
    context.setDefaultTimeout(15_000);
    const page = await context.newPage();
    await page.goto(stage.slack.url + address);
    return page;
  };
  const done = async (): Promise<string[]> => {
    const answer = await fetch(`${stage.slack.url}/demo/story`);
    const story = (await answer.json()) as { chapters: { steps: { id: string; done: boolean }[] }[] };
    return story.chapters.flatMap(({ steps }) => steps.filter((step) => step.done).map(({ id }) => id));
  };
  const dialog = (page: Page) => page.locator('[role="dialog"], [role="alertdialog"], dialog[open]').last();
  const be = (page: Page, name: string) => page.getByRole('button', { name: `Be ${name}` }).click();
  const serious = async (page: Page): Promise<string[]> => {
    await page.evaluate(readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8'));
    return page.evaluate(async () => {
      const { axe } = globalThis as unknown as {
        axe: {
          run(): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }>;
        };
      };
      const { violations } = await axe.run();
      return violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
    });
  };

  it('begins with eight pilots, twenty weeks in, and nothing done', async () => {
    expect(await stage.db.q.select().from(stage.db.tables.pilots)).toHaveLength(8);
    expect(stage.clock.now() - Date.parse(`${MONDAY}T07:00:00Z`)).toBeGreaterThan(
      HISTORY_WEEKS * 7 * 86_400_000 - 1,
    );
    expect(await done()).toEqual([]);
    const entries = await stage.db.q.select().from(stage.db.tables.logbook);
    const byPeople = [
      'pilot_registered',
      'criterion_added',
      'signature_asked',
      'charter_signed',
      'value_recorded',
      'values_imported',
    ];
    const files = entries.filter(({ kind }) => kind === 'values_imported');
    expect(new Set(files.map(({ actor }) => actor))).toEqual(new Set(['user:U0MAREK0001']));
    expect(
      entries.filter(({ kind, actor }) => byPeople.includes(kind) && !actor.startsWith('user:U')),
    ).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('lets Priya sign, Ana record and agree, Tomás edit, and Diego register, in the browser', async () => {
    const page = await open('/?as=priya&in=@pilotage');
    const request = message(page, 'Quote helper: do you sign this?');
    await request.getByRole('button', { name: 'Sign charter' }).click();
    await dialog(page).getByRole('button', { name: 'Sign charter' }).click();
    await message(page, 'Priya Shah signed version 1').last().waitFor();
    await eventually(done).toContain('sign');
    await page.goto(`${stage.slack.url}/?as=priya&in=ai-pilots`);
    await say(page, '/pilot decide churn-model');
    const stuck = message(page, 'Churn model is stuck').last();
    await stuck.getByRole('button', { name: 'Restructure', exact: true }).click();
    await dialog(page)
      .getByLabel('What should change')
      .fill('Only the renewals team, with a goal it can reach.');
    await dialog(page).getByRole('button', { name: 'Restructure', exact: true }).click();
    await eventually(done).toContain('decide');

    await be(page, 'Ana Costa');
    await page.getByRole('button', { name: 'claims', exact: true }).click();
    await composer(page).waitFor();
    await say(page, '/pilot record claims-triage cost-per-claim 11.70');
    await message(page, '€11.70 is recorded').waitFor();
    await eventually(done).toContain('record');
    await say(page, '/pilot criteria fraud-flags');
    const form = dialog(page);
    await form.getByLabel('Metric').fill('False payments');
    await form.getByLabel('Target').fill('20');
    await form.getByRole('button', { name: 'Save' }).click();
    await message(page, 'False payments is saved as a criterion').waitFor();
    await eventually(done).toContain('criterion');

    await be(page, 'Diego Ramos');
    await page.getByRole('button', { name: 'finance-ai', exact: true }).click();
    await composer(page).waitFor();
    await say(page, '/pilot register Letter drafts');
    await dialog(page).getByRole('button', { name: 'Save draft' }).click();
    await eventually(done).toContain('register');

    await page.goto(`${stage.slack.url}/?as=tomas&in=@pilotage`);
    await message(page, 'declined Shelf planner')
      .last()
      .getByRole('button', { name: 'Edit charter' })
      .click();
    const charter = dialog(page);
    await charter.getByLabel('Budget').fill('€8,000');
    await charter.getByRole('button', { name: 'Save' }).click();
    await eventually(done).toContain('sponsor');
    expect(await verify(stage.db)).toBeNull();
    expect(complaints).toEqual([]);
  });

  it('moves to Monday and shows the digest, which ticks the last step', async () => {
    const page = await open('/?as=omar&in=ai-pilots');
    await page.getByRole('button', { name: 'Next Monday 09:00' }).click();
    await message(page, 'AI pilots this week').last().waitFor();
    await eventually(done).toContain('digest');
    expect(await done()).toEqual(
      expect.arrayContaining(['sign', 'decide', 'record', 'criterion', 'register', 'sponsor', 'digest']),
    );
  });

  it('keeps the rhythm: missed, answered late, away, a holiday, and the change of the clocks', async () => {
    const { control } = stage.slack;
    const day = 86_400_000;
    const acts = async (who: string, place: string, command: string, fields: Record<string, unknown>) => {
      await control.command(who, place, command);
      await stage.time.settle();
      await control.fill(who, fields);
      const submitted = await control.submit(who);
      expect(submitted.errorsByLabel).toEqual({});
      await stage.time.settle();
    };
    expect(await done()).not.toContain('late');
    await stage.time.advanceTo(stage.clock.now() + 8 * day);
    expect(await done()).toContain('miss');
    await acts('ana', '#claims', '/pilot check-in claims-triage', { 'My view': 'Green, on course' });
    expect(await done()).toContain('late');
    const today = new Date(stage.clock.now()).toISOString().slice(0, 10);
    await acts('marek', '#finance-ai', '/pilot away', {
      From: today,
      'Last day': today,
      'Who stands in': '@wei',
    });
    await acts('lena', '#ai-pilots', '/pilot settings workspace holidays', {
      'Other days off': '2026-12-24',
    });
    expect(await done()).toEqual(expect.arrayContaining(['away', 'holiday']));
    expect(await done()).not.toContain('clocks');
    // As if the machine had been switched off over the winter.
    stage.clock.set(Date.parse('2027-03-30T00:00:00Z'));
    await stage.time.settle();
    const asked = () =>
      control.read.dm('ana', 'Pilotage').filter((one) => /check-ins? due/.test(control.read.text(one)))
        .length;
    await stage.time.advanceTo(Date.parse('2027-04-01T06:59:00Z'));
    const before = asked();
    await stage.time.advanceTo(Date.parse('2027-04-01T07:01:00Z'));
    expect(asked()).toBe(before + 1);
    expect(await done()).toContain('clocks');
    expect(complaints).toEqual([]);
  }, 240_000);

  it.each([
    [1280, 'light'],
    [1280, 'dark'],
    [390, 'light'],
    [390, 'dark'],
  ] as const)('has no serious accessibility problem at %i px, %s', async (width, scheme) => {
    for (const address of ['/?as=priya&in=@pilotage', '/?as=omar&in=ai-pilots', '/?as=ana&home=Pilotage']) {
      const page = await open(address, width, scheme);
      await page.locator('main').getByText('Pilotage').first().waitFor();
      await page
        .locator(address.includes('home=') ? 'main h2, main h1' : '.message')
        .first()
        .waitFor();
      expect(await serious(page), address).toEqual([]);
      await page.context().close();
    }
  });
});
