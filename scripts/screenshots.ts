/** What do the pictures of README and docs show? Takes them from the running demo: `npm run screenshots`. */
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { servePage } from '../sandbox/server/serve-web.ts';
import { playHistory } from '../src/cli/demo/history.ts';
import { markHistoryRead } from '../src/cli/demo/seen.ts';
import { demoRoutes, type Running } from '../src/cli/demo/serve.ts';
import { openStage } from '../src/cli/demo/stage.ts';
import { historyEnd } from '../src/cli/demo/story-facts.ts';
import { launchBrowser } from '../test/web/browser.ts';

const folder = fileURLToPath(new URL('../docs/images/', import.meta.url));
const MONDAY = '2026-06-29';

/** One picture: who looks where, how large, and what is opened first. */
interface Shot {
  readonly name: string;
  readonly address: string;
  readonly width: number;
  readonly height: number;
  readonly dark?: boolean;
  readonly prepare?: (page: Page) => Promise<void>;
}

const newest = (page: Page, text: string) => page.locator('.message').filter({ hasText: text }).last();

const SHOTS: readonly Shot[] = [
  {
    name: 'sponsor-signs',
    address: '/?as=priya&in=@pilotage',
    width: 1280,
    height: 800,
    prepare: (page) => newest(page, 'do you sign this?').waitFor(),
  },
  {
    name: 'sponsor-phone',
    address: '/?as=priya&in=@pilotage',
    width: 390,
    height: 844,
    prepare: (page) => newest(page, 'do you sign this?').waitFor(),
  },
  {
    name: 'digest',
    address: '/?as=omar&in=ai-pilots',
    width: 1280,
    height: 800,
    dark: true,
    prepare: (page) => newest(page, 'AI pilots this week').waitFor(),
  },
  {
    name: 'how-computed',
    address: '/?as=omar&in=claims',
    width: 1280,
    height: 800,
    async prepare(page) {
      await newest(page, 'Claims triage ·').getByRole('button', { name: 'How is this computed?' }).click();
      await page.getByText('Rule:').first().waitFor();
    },
  },
  {
    name: 'home',
    address: '/?as=ana&home=Pilotage',
    width: 1280,
    height: 800,
    prepare: (page) => page.getByText('Waiting for me').first().waitFor(),
  },
];

let running: Running | null = null;
const [page, browser] = await Promise.all([servePage(), launchBrowser()]);
const routes = demoRoutes(() => running);
const quiet = () => {};
const stage = await openStage({
  start: Date.parse(`${MONDAY}T07:00:00Z`),
  port: 0,
  serve: (request, response) => routes(request, response) || page(request, response),
  log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
});
try {
  await playHistory(stage, MONDAY, quiet);
  await markHistoryRead(stage);
  running = { stage, end: await historyEnd(stage.db, stage.clock.now()) };
  mkdirSync(folder, { recursive: true });
  for (const shot of SHOTS) {
    const context = await browser.newContext({
      viewport: { width: shot.width, height: shot.height },
      colorScheme: shot.dark === true ? 'dark' : 'light',
    });
    const tab = await context.newPage();
    await tab.goto(stage.slack.url + shot.address);
    await shot.prepare?.(tab);
    await tab.screenshot({ path: `${folder}${shot.name}.png` });
    await context.close();
    process.stdout.write(`${shot.name}.png\n`);
  }
} finally {
  await browser.close();
  await stage.close();
}
