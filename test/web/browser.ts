/** How does a test get a real browser out of npm alone? */
// cspell:words cachedir FONTCONFIG
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';

const require = createRequire(import.meta.url);
const cache = fileURLToPath(new URL('../../node_modules/.cache/', import.meta.url));

const installed = [
  '/usr/bin/google-chrome',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/**
 * Starts Chromium: the one of @sparticuz/chromium on Linux x64, elsewhere an installed Chrome.
 * @throws Error with one sentence where there is neither
 */
export async function launchBrowser(): Promise<Browser> {
  const { chromium } = require('playwright-core') as typeof import('playwright-core');
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    const executablePath = installed.find(existsSync);
    if (executablePath === undefined) {
      throw new Error(
        'The page tests need Chrome: install it, or run them on Linux x64, where it comes from npm.',
      );
    }
    return chromium.launch({ executablePath });
  }
  const home = await unpacked();
  return chromium.launch({
    executablePath: join(home, 'chromium'),
    args: ['--no-sandbox', '--disable-gpu', '--font-render-hinting=none', '--hide-scrollbars'],
    env: {
      ...process.env,
      FONTCONFIG_PATH: home,
      LD_LIBRARY_PATH: [join(home, 'al2023', 'lib'), process.env['LD_LIBRARY_PATH'] ?? ''].join(':'),
    },
  });
}

/** The folder of the unpacked browser; unpacked once, in a folder of its own, because two at once would break each other. */
async function unpacked(): Promise<string> {
  const { version } = require('../../node_modules/@sparticuz/chromium/package.json') as { version: string };
  const home = join(cache, `page-browser-${version}`);
  if (existsSync(join(home, 'chromium'))) return home;
  mkdirSync(cache, { recursive: true });
  const half = mkdtempSync(join(cache, 'page-browser-half-'));
  const before = process.env['TMPDIR'];
  // Without the first it leaves its libraries packed; the second says where it unpacks to.
  process.env['AWS_LAMBDA_JS_RUNTIME'] = 'nodejs22.x';
  process.env['TMPDIR'] = half;
  try {
    const { default: packed } = await import('@sparticuz/chromium');
    await packed.executablePath();
  } finally {
    if (before === undefined) Reflect.deleteProperty(process.env, 'TMPDIR');
    else process.env['TMPDIR'] = before;
  }
  writeFileSync(join(half, 'fonts.conf'), fontList(home));
  try {
    renameSync(half, home);
  } catch {
    // Another test file was first.
    rmSync(half, { recursive: true, force: true });
  }
  return home;
}

/** Its own list of fonts names a folder it does not use, and without any font this Chromium ends at the first input. */
function fontList(home: string): string {
  const alias = (family: string, font: string): string =>
    `<alias binding="strong"><family>${family}</family><prefer><family>${font}</family></prefer></alias>`;
  const sans = ['system-ui', 'sans-serif', 'Helvetica'].map((family) => alias(family, 'Open Sans'));
  return `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${join(home, 'fonts')}</dir><dir>/usr/share/fonts</dir><cachedir>${join(home, 'fonts-cache')}</cachedir>
${sans.join('')}${alias('monospace', 'DejaVu Sans Mono')}</fontconfig>
`;
}
