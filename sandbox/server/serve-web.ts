/** How does the browser page come from the sandbox's own port? */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, extname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { ServeHook } from './http-server.ts';
import { addressOf } from './request-address.ts';

/** Where built pages are kept. */
export interface PageOptions {
  /** A folder that may be deleted at any time; default `node_modules/.cache/sandbox-page`. */
  cache?: string;
}

/** The files of the built page by their path, such as `/assets/main-x1.js`. */
export type PageFiles = ReadonlyMap<string, Uint8Array>;

const run = promisify(execFile);
const halfBuilt = 'half-';
const webRoot = fileURLToPath(new URL('../web/', import.meta.url));
const projectRoot = fileURLToPath(new URL('../../', import.meta.url));
// What the page is made of: its own folder, the files of the server it reads along, and the versions of packages.
const sources = [
  webRoot,
  fileURLToPath(new URL('.', import.meta.url)),
  join(projectRoot, 'package-lock.json'),
];

const contentTypes: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

// Messages may show pictures and videos from anywhere; code and data come from this server only.
const policy = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  'img-src * data: blob:',
  'media-src *',
  'frame-src https:',
  "object-src 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * A hook for `startSandbox({ serve })` that answers `/` with the page and leaves everything else alone. The page is
 * built once and kept until a file it is made of changes.
 */
export async function servePage(options: PageOptions = {}): Promise<ServeHook> {
  const files = await pageFiles(options);
  return (request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return false;
    const { pathname } = addressOf(request);
    const path = pathname === '/' ? '/index.html' : pathname;
    const body = files.get(path);
    if (body === undefined) return false;
    const lasting = path.startsWith('/assets/');
    response.writeHead(200, {
      'content-type': contentTypes[extname(path)] ?? 'application/octet-stream',
      'content-length': body.byteLength,
      'cache-control': lasting ? 'public, max-age=31536000, immutable' : 'no-cache',
      'content-security-policy': policy,
      'x-content-type-options': 'nosniff',
    });
    response.end(request.method === 'HEAD' ? undefined : body);
    return true;
  };
}

/** The files of the page: from the cache, or built and put there. */
export async function pageFiles(options: PageOptions = {}): Promise<PageFiles> {
  const cache = options.cache ?? join(projectRoot, 'node_modules', '.cache', 'sandbox-page');
  const folder = join(cache, await sourcesHash());
  const kept = await readAll(folder);
  return kept.has('/index.html') ? kept : build(folder);
}

/** Builds beside and renames, so that a half-built page is never found. */
async function build(folder: string): Promise<PageFiles> {
  const half = await emptyFolder(dirname(folder));
  try {
    // In a process of its own: what the build leaves in memory would stay as long as the sandbox runs.
    await run(process.execPath, [join(webRoot, 'build.ts'), half]);
    const files = await readAll(half);
    // A cache that cannot be written costs the next start a second, nothing else.
    await keep(half, folder).catch(() => undefined);
    return files;
  } catch (error) {
    throw new Error('The page could not be built.', { cause: error });
  } finally {
    await rm(half, { recursive: true, force: true });
  }
}

async function emptyFolder(cache: string): Promise<string> {
  try {
    await mkdir(cache, { recursive: true });
    return await mkdtemp(join(cache, halfBuilt));
  } catch {
    return mkdtemp(join(tmpdir(), halfBuilt));
  }
}

/** Keeps a page, and forgets those that were built from older sources. */
async function keep(half: string, folder: string): Promise<void> {
  const cache = dirname(folder);
  const older = (await readdir(cache)).filter((name) => !name.startsWith(halfBuilt));
  await rename(half, folder);
  await Promise.all(older.map((name) => rm(join(cache, name), { recursive: true, force: true })));
}

async function sourcesHash(): Promise<string> {
  const hash = createHash('sha256').update(process.version);
  for (const source of sources) {
    const files = await readAll(source);
    for (const [path, content] of [...files].sort(([one], [other]) => (one < other ? -1 : 1))) {
      hash.update(path).update('\0').update(content);
    }
  }
  return hash.digest('hex').slice(0, 20);
}

/** Every file below a folder, or the one file; none when there is no such folder. */
async function readAll(root: string): Promise<PageFiles> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true }).catch(() => null);
  if (entries === null) return new Map(await oneFile(root));
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const contents = await Promise.all(paths.map((path) => readFile(path)));
  return new Map(paths.map((path, index) => [urlPath(root, path), contents[index] ?? new Uint8Array()]));
}

async function oneFile(path: string): Promise<[string, Uint8Array][]> {
  const content = await readFile(path).catch(() => null);
  return content === null ? [] : [['/', content]];
}

function urlPath(root: string, path: string): string {
  return `/${relative(root, path).split(sep).join('/')}`;
}
