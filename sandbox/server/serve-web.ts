/** How does the browser page come from the sandbox's own port? */
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, extname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ServeHook } from './http-server.ts';

/** Where built pages are kept. */
export interface PageOptions {
  /** A folder that may be deleted at any time; default `node_modules/.cache/sandbox-page`. */
  cache?: string;
}

/** The files of the built page by their path, such as `/assets/main-x1.js`. */
export type PageFiles = ReadonlyMap<string, Uint8Array>;

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
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
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
  if (kept.has('/index.html')) return kept;
  const built = await build();
  // A cache that cannot be written costs the next start a second, nothing else.
  await keep(folder, built).catch(() => undefined);
  return built;
}

async function build(): Promise<PageFiles> {
  const vite = await import('vite');
  const { default: config } = await import('../web/vite.config.ts');
  const results = await vite.build({
    ...config,
    configFile: false,
    build: { ...config.build, write: false },
  });
  const files = new Map<string, Uint8Array>();
  for (const result of Array.isArray(results) ? results : [results]) {
    if (!('output' in result)) continue;
    for (const file of result.output) {
      files.set(`/${file.fileName}`, Buffer.from(file.type === 'chunk' ? file.code : file.source));
    }
  }
  return files;
}

/** Writes beside and renames, so that a half-written page is never found. */
async function keep(folder: string, files: PageFiles): Promise<void> {
  const half = `${folder}.${randomBytes(6).toString('hex')}`;
  for (const [path, content] of files) {
    await mkdir(dirname(join(half, path)), { recursive: true });
    await writeFile(join(half, path), content);
  }
  const older = (await readdir(dirname(folder))).map((name) => join(dirname(folder), name));
  await rename(half, folder).catch(() => rm(half, { recursive: true, force: true }));
  const gone = older.filter((path) => path !== folder && !path.startsWith(`${folder}.`));
  await Promise.all(gone.map((path) => rm(path, { recursive: true, force: true })));
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
