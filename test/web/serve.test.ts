import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox/server/index.ts';
import { type PageFiles, pageFiles, servePage } from '../../sandbox/server/serve-web.ts';

const kilobytes = (files: PageFiles, which: (path: string) => boolean): number =>
  [...files].reduce((sum, [path, content]) => sum + (which(path) ? gzipSync(content).byteLength : 0), 0) /
  1024;

describe('the built page', () => {
  const cache = mkdtempSync(join(tmpdir(), 'page-cache-'));
  let files: PageFiles;

  beforeAll(async () => {
    files = await pageFiles({ cache });
  });
  afterAll(() => rmSync(cache, { recursive: true, force: true }));

  it('is less than 450 kB in all, and a third of that before anything rare is met', () => {
    const html = Buffer.from(files.get('/index.html') ?? '').toString('utf8');
    expect(kilobytes(files, () => true)).toBeLessThan(450);
    expect(kilobytes(files, (path) => path === '/index.html' || html.includes(path))).toBeLessThan(150);
  });

  it('is React for use, not for development', () => {
    const code = [...files.values()].map((content) => Buffer.from(content).toString('utf8')).join('');
    expect(code.includes('This will cause a hydration error')).toBe(false);
  });

  it('is kept, and read from there the next time', async () => {
    const [folder = ''] = readdirSync(cache);
    writeFileSync(join(cache, folder, 'index.html'), 'from the cache');
    expect(Buffer.from((await pageFiles({ cache })).get('/index.html') ?? '').toString()).toBe(
      'from the cache',
    );
  });

  it('is there though nothing can be kept', async () => {
    const file = join(cache, 'a-file');
    writeFileSync(file, '');
    expect((await pageFiles({ cache: join(file, 'cache') })).has('/index.html')).toBe(true);
  });
});

describe('the page on the port of the sandbox', () => {
  let slack: Sandbox;
  const get = (path: string, init: RequestInit = {}) => fetch(`${slack.url}${path}`, init);

  afterEach(() => slack.close());

  it('answers what is the page’s, and leaves the rest alone', async () => {
    slack = await startSandbox({ serve: await servePage() });
    const page = await get('/?as=amara');
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'self'");
    const script = /src="([^"]+\.js)"/.exec(await page.text())?.[1] ?? '';
    const code = await get(script);
    expect(code.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(code.headers.get('cache-control')).toContain('immutable');
    expect((await get('/', { method: 'HEAD' })).status).toBe(200);
    expect((await get('/', { method: 'POST' })).status).toBe(404);
    for (const path of ['/demo/state', '/assets/none.js', '/../package.json', '/%2e%2e/package.json']) {
      expect((await get(path)).status, path).toBe(404);
    }
    expect((await get('/control/page/nothing')).status).toBe(404);
  });
});
