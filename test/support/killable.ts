/** How does a test run the app in a process that may be killed at any moment, and start it again? */
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Participant, SettableClock } from '../../src/jobs/simulated-time.ts';
import type { Question } from './kill-child.ts';

type Start = Omit<Extract<Question, { ask: 'start' }>, 'ask'>;

/** The process was killed while something was asked of it. */
export class Killed extends Error {
  override readonly name = 'Killed';
}

/** The app in a process of its own. */
export interface Killable {
  /** Connects the app to its database and to Slack. */
  start(how: Start): Promise<void>;
  /** The app as a part of simulated time. */
  inTime(clock: SettableClock): Participant;
  /** How many points its writes have passed. */
  points(): Promise<number>;
  alive(): boolean;
  /** Stops the app, then ends the process. */
  end(): Promise<void>;
}

const SCRIPT = fileURLToPath(new URL('kill-child.ts', import.meta.url));

/** Starts a process that has loaded everything and waits for `start`. */
export function prepareKillable(): Killable {
  const child = fork(SCRIPT, { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const open = new Map<number, { resolve(value: number | null): void; reject(error: Error): void }>();
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const ready = new Promise<void>((resolve, reject) => {
    child.once('message', () => resolve());
    child.once('exit', (code) => reject(new Error(`the process ended with ${code} before it was ready`)));
  });
  ready.catch(() => undefined);
  child.on('message', (message: { n?: number; value?: number | null; error?: string }) => {
    const waiting = message.n === undefined ? undefined : open.get(message.n);
    if (waiting === undefined || message.n === undefined) return;
    open.delete(message.n);
    if (message.error === undefined) waiting.resolve(message.value ?? null);
    else waiting.reject(new Error(message.error));
  });
  child.once('exit', () => {
    for (const { reject } of open.values()) reject(new Killed());
    open.clear();
  });
  let asked = 0;
  const ask = (question: Question): Promise<number | null> => {
    if (isGone(child)) return Promise.reject(new Killed());
    asked += 1;
    const n = asked;
    return new Promise((resolve, reject) => {
      open.set(n, { resolve, reject });
      // A process that has just died cannot be written to; its exit rejects what is open.
      child.send({ ...question, n }, () => undefined);
    });
  };
  return {
    async start(how) {
      await ready;
      await ask({ ask: 'start', ...how });
    },
    inTime: (clock) => ({
      settled: async () => void (await ask({ ask: 'settled' })),
      nextDue: () => ask({ ask: 'nextDue', at: clock.now() }),
      runDue: async () => void (await ask({ ask: 'runDue', at: clock.now() })),
    }),
    points: async () => (await ask({ ask: 'points' })) ?? 0,
    alive: () => !isGone(child),
    async end() {
      if (!isGone(child)) await ask({ ask: 'stop' }).catch(() => undefined);
      child.kill('SIGKILL');
      await gone;
    },
  };
}

const isGone = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode !== null || signalCode !== null;
