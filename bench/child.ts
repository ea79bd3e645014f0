/** How is a measured process started, watched and ended? */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** What a process has taken so far. */
export interface Usage {
  /** What is in RAM now. */
  readonly memoryMb: number;
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
  /** What `tether.js` understands. */
  readonly handicap: { readonly requestMs?: number; readonly startMs?: number; readonly heavyMb?: number };
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
  const readyLine = await lineLike(child, parts);
  return {
    readyMs: performance.now() - started,
    readyLine,
    async usage() {
      child.send('usage');
      const [usage] = (await once(child, 'message')) as [Usage];
      return usage;
    },
    stop: () => stop(child),
  };
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
    const timer = setTimeout(give, PATIENCE_MS, `was not ready within ${PATIENCE_MS / 1000} s`);
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
