/** Can a newcomer walk the demo's story in the browser, as four different people? */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { servePage } from '../../sandbox/server/serve-web.ts';
import { HISTORY_WEEKS, playHistory } from '../../src/cli/demo/history.ts';
import { markHistoryRead } from '../../src/cli/demo/seen.ts';
import { demoRoutes, type Running } from '../../src/cli/demo/serve.ts';
import { openStage, type Stage } from '../../src/cli/demo/stage.ts';
import { historyEnd } from '../../src/cli/demo/story-facts.ts';
import { verify } from '../../src/db/verify.ts';
import { launchBrowser } from './browser.ts';
import { composer, eventually, message } from './page-world.ts';

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
  const step = (page: Page, text: string) => page.locator('.step').filter({ hasText: text });
  const current = (page: Page) => page.locator('.step[aria-current="step"]');
  /** Has a step's command typed, and sends it. */
  const typed = async (page: Page, text: string): Promise<void> => {
    await step(page, text).getByRole('button', { name: 'Type it for me' }).click();
    await composer(page).waitFor();
    await page.getByRole('button', { name: 'Send' }).click();
  };
  const choose = async (page: Page, label: string, person: string): Promise<void> => {
    await dialog(page).getByLabel(label).fill(person);
    await page.getByRole('option', { name: person }).click();
  };
  /** Presses a decision on the newest card, says yes to what cannot be taken back, and submits its form. */
  const presses = async (
    page: Page,
    card: string,
    decision: string,
    fill: (form: Locator) => Promise<void> = async () => {},
  ): Promise<void> => {
    const button = { name: decision, exact: true } as const;
    await message(page, card).last().getByRole('button', button).click();
    const asks = page.getByRole('alertdialog');
    await dialog(page).waitFor();
    if (await asks.isVisible()) {
      await asks.getByRole('button', button).click();
      await asks.waitFor({ state: 'detached' });
    }
    await fill(dialog(page));
    await dialog(page).getByRole('button', button).click();
  };
  const decides = async (
    page: Page,
    text: string,
    card: string,
    decision: string,
    fill?: (form: Locator) => Promise<void>,
  ): Promise<void> => {
    await typed(page, text);
    await presses(page, card, decision, fill);
  };
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

  it('lets Priya sign, Ana record, and Diego register and agree, in the browser', async () => {
    const page = await open('/?as=ana&home=Pilotage');
    // One click leads to the first step, as the person it is for.
    await current(page).getByRole('button', { name: 'Go there' }).click();
    const request = message(page, 'Quote helper: do you sign this?');
    await request.getByRole('button', { name: 'Sign charter' }).click();
    await dialog(page).getByRole('button', { name: 'Sign charter' }).click();
    await eventually(done).toContain('sign');

    await typed(page, 'Record what a claim cost');
    await message(page, '€11.70 is recorded').waitFor();
    await eventually(done).toContain('record');

    await typed(page, 'Register a pilot');
    await dialog(page).getByLabel('Name').fill('Letter drafts');
    await dialog(page).getByRole('button', { name: 'Save draft' }).click();
    await eventually(done).toContain('register');
    // The panel moves on a moment after the app has it.
    await current(page)
      .filter({ hasText: 'Press Add criterion on the draft' })
      .getByRole('button', { name: 'Go there' })
      .click();
    await message(page, 'Letter drafts').last().getByRole('button', { name: 'Add criterion' }).click();
    await dialog(page).getByLabel('Metric').fill('Hours per letter');
    await dialog(page).getByLabel('Target').fill('2');
    await dialog(page).getByRole('button', { name: 'Save', exact: true }).click();
    await eventually(done).toContain('criterion');
    expect(await verify(stage.db)).toBeNull();
    expect(complaints).toEqual([]);
  });

  it('shows each way of dying to whoever can end it: four sponsors and owners decide in the browser', async () => {
    const page = await open('/?as=ana&home=Pilotage');
    await decides(page, 'Wrong problem', 'Fraud flags is stuck', 'Stop', (form) =>
      form.getByLabel('In one sentence, why').fill('Invoices paid twice are the problem.'),
    );
    await eventually(done).toContain('wrong-problem');

    await typed(page, 'No sponsor');
    await message(page, 'charter declined').last().getByRole('button', { name: 'Edit charter' }).click();
    await choose(page, 'Executive sponsor', 'Nora Byrne');
    await dialog(page).getByRole('button', { name: 'Save' }).click();
    await eventually(done).toContain('no-sponsor');

    for (const [step, name, id] of [
      ['Bad data', 'Call summaries', 'bad-data'],
      ['No plan for integration', 'Invoice matcher', 'no-integration'],
    ] as const) {
      await decides(page, step, `${name} is stuck`, 'Unblock', () =>
        choose(page, 'Who does it', 'Tomás Silva'),
      );
      await eventually(done).toContain(id);
    }
    await decides(page, 'No adoption', 'Churn model is stuck', 'Restructure', (form) =>
      form.getByLabel('What should change').fill('Only the renewals team, with a goal it can reach.'),
    );
    await eventually(done).toEqual(expect.arrayContaining(['no-adoption', 'no-criteria']));
    expect(complaints).toEqual([]);
  });

  it('lets two that are met go live, one at once and one on its day of next week', async () => {
    const page = await open('/?as=omar&in=ai-pilots');
    await decides(page, 'Contract finder is met', 'Contract finder: met', 'Go');
    await eventually(done).toContain('first-go');
    await page.getByRole('button', { name: 'Next Monday 09:00' }).click();
    await message(page, 'AI pilots this week').last().waitFor();
    await eventually(done).toContain('digest');
    for (const press of ['+1 day', '+1 hour']) {
      const before = stage.clock.now();
      await page.getByRole('button', { name: press }).click();
      await eventually(() => stage.clock.now()).toBeGreaterThan(before);
      await stage.time.settle();
    }
    await current(page).getByRole('button', { name: 'Go there' }).click();
    await presses(page, 'Claims triage: met', 'Go');
    await eventually(done).toContain('second-go');
    await stage.time.advanceTo(stage.clock.now() + 3_600_000);
    const rows = await stage.db.q.select().from(stage.db.tables.pilots);
    const live = rows.filter(({ stage: phase }) => phase === 'deploy').map(({ key }) => key);
    expect(live.toSorted()).toEqual(['claims-triage', 'contract-finder']);
    expect(rows.find(({ key }) => key === 'fraud-flags')?.stage).toBe('stopped');
    expect(await verify(stage.db)).toBeNull();
    expect(complaints).toEqual([]);
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
