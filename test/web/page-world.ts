/** How does a test put a browser in front of the local Slack, with a small app behind it? */
import type { App as BoltApp } from '@slack/bolt';
import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import {
  defaultSeed,
  type Sandbox,
  type SandboxOptions,
  startSandbox,
  type WorkspaceSeed,
} from '../../sandbox/server/index.ts';
import { servePage } from '../../sandbox/server/serve-web.ts';
import { callApi } from '../sandbox/call-api.ts';
import { type RunningApp, startApp } from '../sandbox/story-app.ts';
import { launchBrowser } from './browser.ts';

/** What a test works with. Everything is fresh for each test, but the browser. */
export interface PageWorld {
  slack: Sandbox;
  app: RunningApp;
  /** Opens the page at an address such as `/?as=amara&in=project`, in a tab of its own. */
  open(address: string, options?: BrowserContextOptions): Promise<Page>;
  /** Opens another tab beside one that is open. */
  beside(page: Page, address: string): Promise<Page>;
  /** Posts as the app; fails when Slack would refuse. */
  post(channel: string, content: Record<string, unknown>): Promise<string>;
  /** The newest payload the app was sent of a kind, such as `block_actions`. */
  delivered(name: string): Record<string, unknown>;
  /** Starts another sandbox at the same port, as after a restart. */
  restart(): Promise<void>;
  /** What the browser complained about. */
  complaints: string[];
}

export interface PageWorldOptions {
  seed?: () => WorkspaceSeed;
  listen?(app: BoltApp, heard: string[]): void;
  sandbox?: Partial<SandboxOptions>;
}

/** The default workspace with somebody of another company. */
export function seedWithPartner(): WorkspaceSeed {
  const seed = defaultSeed();
  seed.people.push({
    id: 'U0EVE000001',
    name: 'eve',
    realName: 'Eve Martin',
    tz: 'Europe/Paris',
    teamId: 'T0PARTNER01',
  });
  seed.channels.push({
    id: 'C0PARTNER01',
    name: 'partner',
    members: ['amara', 'eve', 'Test app'],
    isExtShared: true,
  });
  return seed;
}

/**
 * Prepares a world before each test of a file and clears it away afterwards. A test in which the browser reports an
 * error fails.
 */
export function usePageWorld(options: PageWorldOptions = {}): PageWorld {
  let browser: Browser;
  let contexts: BrowserContext[] = [];
  let url = '';
  const world = { complaints: [] as string[] } as PageWorld;

  const begin = async (port: number): Promise<void> => {
    const page = await servePage();
    const seed = (options.seed ?? defaultSeed)();
    const before = options.sandbox?.serve;
    world.slack = await startSandbox({
      ...options.sandbox,
      port,
      seed,
      serve: (request, response) => before?.(request, response) === true || page(request, response),
    });
    world.app = await startApp(world.slack, 'socket', options.listen ?? acknowledge);
    url = world.slack.url;
  };
  const watch = (page: Page): Page => {
    page.on('pageerror', (error) => world.complaints.push(error.message));
    page.on('console', (message) => {
      // A connection that is cut on purpose is told of by the browser itself.
      if (message.type() === 'error' && !/net::ERR_|Failed to load resource/.test(message.text())) {
        world.complaints.push(message.text());
      }
    });
    return page;
  };
  const end = async (): Promise<void> => {
    await world.app.stop();
    await world.slack.close();
  };

  world.open = async (address, contextOptions = {}) => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...contextOptions });
    context.setDefaultTimeout(15_000);
    contexts.push(context);
    const page = watch(await context.newPage());
    await page.goto(url + address);
    return page;
  };
  world.beside = async (page, address) => {
    const tab = watch(await page.context().newPage());
    await tab.goto(url + address);
    return tab;
  };
  world.post = async (channel, content) => {
    const answer = await callApi(world.slack, 'chat.postMessage', { channel, text: 'words', ...content });
    expect(answer, JSON.stringify(answer.response_metadata)).toMatchObject({ ok: true });
    return String(answer['ts']);
  };
  world.delivered = (name) => {
    const entry = world.slack.control.read
      .log()
      .findLast((line) => line.direction === 'delivery' && line.name === name);
    return (entry?.request ?? {}) as Record<string, unknown>;
  };
  world.restart = async () => {
    await end();
    await begin(Number(new URL(url).port));
  };

  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    world.complaints.length = 0;
    await begin(0);
  });
  afterEach(async () => {
    for (const context of contexts) await context.close();
    contexts = [];
    await end();
    expect(world.complaints).toEqual([]);
  });
  return world;
}

/** A message by its text. */
export function message(page: Page, text: string | RegExp): Locator {
  return page.locator('.message').filter({ hasText: text });
}

/** The box to write in. */
export function composer(page: Page): Locator {
  return page.locator('#composer');
}

/** Types into the box and sends it. */
export async function say(page: Page, text: string): Promise<void> {
  await composer(page).fill(text);
  await page.getByRole('button', { name: 'Send' }).click();
}

/** Opens the menu of a message, which shows itself to who points at it. */
export async function openMenu(of: Locator): Promise<void> {
  await of.hover();
  await of.getByRole('button', { name: 'More about this message' }).click();
}

/** Waits until something is so: what the page has sent may be under way. */
export function eventually<Value>(read: () => Value): ReturnType<typeof expect.poll<Value>> {
  return expect.poll(read, { timeout: 10_000, interval: 20, message: 'waited in vain' });
}

function acknowledge(app: BoltApp): void {
  app.action(/.*/, async ({ ack }) => ack());
  app.command('/test', async ({ ack }) => ack());
}
