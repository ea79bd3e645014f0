/** How is a measured process started, watched and ended? */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** What a process has taken so far. */
export interface Usage {
  /** What is in RAM now. */
  readonly memoryMb: number;
  /** The most that has been in RAM. */
  readonly peakMb: number;
  /** Time on a processor since it was started. */
  readonly cpuMs: number;
}

/** A running process. */
export interface Child {
  /** From starting it to the line that says it is ready, in milliseconds. */
  readonly readyMs: number;
  /** That line. */
  readonly readyLine: string;
  usage(): Promise<Usage>;
  /** Waits until it has ended by itself, and tells what it has taken in all. */
  end(): Promise<Usage>;
  stop(): Promise<void>;
}

/** What to start. */
export interface ChildParts {
  /** Path of the script from the root of the project. */
  readonly script: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** What the line looks like that says it is ready. */
  readonly ready: RegExp;
  /** How long to wait for that line, in milliseconds, where it is not soon there. */
  readonly patienceMs?: number;
  /** What `tether.js` understands. */
  readonly handicap: {
    readonly requestMs?: number;
    readonly messageMs?: number;
    readonly startMs?: number;
    readonly heavyMb?: number;
  };
}

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const PATIENCE_MS = 30_000;

const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** Starts a Node process and waits until it says that it is ready. It ends when this process ends, however that ends. */
export async function startChild(parts: ChildParts): Promise<Child> {
  const tether = new URL('tether.js', import.meta.url);
  for (const [name, value] of Object.entries(parts.handicap)) tether.searchParams.set(name, String(value));
  const started = performance.now();
  const child = spawn(process.execPath, ['--import', tether.href, parts.script, ...parts.args], {
    cwd: ROOT,
    // Of the caller's environment only what a process needs to run: the rest may configure the app otherwise.
    env: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      TMPDIR: process.env['TMPDIR'],
      ...parts.env,
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  running.add(child);
  child.once('exit', () => running.delete(child));
  const ended = Promise.all([lastWordOf(child), once(child, 'exit')]);
  ended.catch(() => {});
  const readyLine = await lineLike(child, parts);
  return {
    readyMs: performance.now() - started,
    readyLine,
    async usage() {
      child.send('usage');
      const [usage] = (await once(child, 'message')) as [Usage];
      return usage;
    },
    async end() {
      const [last, [code]] = await ended;
      if (code !== 0 || last === null) throw new Error(`${parts.script} ended with ${code}`);
      return last;
    },
    stop: () => stop(child),
  };
}

/** What a child says of itself last: it does so when it ends. Null when it could not any more. */
function lastWordOf(child: ChildProcess): Promise<Usage | null> {
  let last: Usage | null = null;
  child.on('message', (usage: Usage) => {
    last = usage;
  });
  return new Promise((resolve) => child.once('disconnect', () => resolve(last)));
}

function lineLike(child: ChildProcess, parts: ChildParts): Promise<string> {
  const { stdout, stderr } = child;
  if (stdout === null || stderr === null) throw new Error('the output of a child is a pipe');
  const said: string[] = [];
  stderr.on('data', (chunk: Buffer) => said.push(chunk.toString()));
  return new Promise((resolve, reject) => {
    const give = (why: string) => {
      clearTimeout(timer);
      child.kill('SIGKILL');
      reject(new Error(`${parts.script} ${why}. It said: ${said.join('').slice(-2000)}`));
    };
    const ended = (code: number | null) => give(`ended with ${code} before it was ready`);
    const patience = parts.patienceMs ?? PATIENCE_MS;
    const timer = setTimeout(give, patience, `was not ready within ${patience / 1000} s`);
    child.once('error', (error) => give(`could not be started (${error.message})`));
    child.once('exit', ended);
    createInterface({ input: stdout }).on('line', (line) => {
      said.push(`${line}\n`);
      if (!parts.ready.test(line)) return;
      clearTimeout(timer);
      child.off('exit', ended);
      resolve(line);
    });
  });
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 5000);
  await gone;
  clearTimeout(timer);
}
