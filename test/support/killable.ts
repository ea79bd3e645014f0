/** How does a test run the app in a process that may die at any moment? */
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Participant, SettableClock } from '../../src/jobs/simulated-time.ts';
import type { Point, Question } from './kill-child.ts';

/** The process is dead, so it cannot answer. */
export class Killed extends Error {
  override readonly name = 'Killed';
}

/** What a process needs to begin. */
export type Beginning = Omit<Extract<Question, { ask: 'start' }>, 'ask'>;

/** The app in a process of its own. Everything that is asked of it fails with `Killed` once it is dead. */
export interface Killable {
  /** Connects the app to its database and to Slack. */
  start(how: Beginning): Promise<void>;
  /** The app as a part of simulated time. */
  inTime(clock: SettableClock): Participant;
  /** Every point its writes have passed. */
  points(): Promise<readonly Point[]>;
  /** Stops the app, then ends the process. */
  end(): Promise<void>;
}

const SCRIPT = fileURLToPath(new URL('kill-child.ts', import.meta.url));

/** A process that is loading and will wait for `start`. It ends with this one. */
export function killable(): Killable {
  const child = fork(SCRIPT, { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const asked = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  let count = 0;
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const loaded = new Promise<void>((resolve) => child.once('message', () => resolve()));
  child.on('message', (message: { n?: number; value?: unknown; error?: string }) => {
    const waiting = asked.get(message.n ?? 0);
    asked.delete(message.n ?? 0);
    if (message.error === undefined) waiting?.resolve(message.value ?? null);
    else waiting?.reject(new Error(message.error));
  });
  child.once('exit', () => {
    for (const { reject } of asked.values()) reject(new Killed());
    asked.clear();
  });
  const ask = (question: Question): Promise<unknown> => {
    if (isDead(child)) return Promise.reject(new Killed());
    count += 1;
    const n = count;
    return new Promise((resolve, reject) => {
      asked.set(n, { resolve, reject });
      // One that has just died cannot be written to; its exit answers for it.
      child.send({ ...question, n }, () => undefined);
    });
  };
  return {
    async start(how) {
      await Promise.race([loaded, gone]);
      await ask({ ask: 'start', ...how });
    },
    inTime: (clock) => ({
      settled: async () => void (await ask({ ask: 'settled' })),
      nextDue: async () => (await ask({ ask: 'nextDue', at: clock.now() })) as number | null,
      runDue: async () => void (await ask({ ask: 'runDue', at: clock.now() })),
    }),
    points: async () => (await ask({ ask: 'points' })) as Point[],
    async end() {
      await ask({ ask: 'stop' }).catch(() => undefined);
      child.kill('SIGKILL');
      await gone;
    },
  };
}

const isDead = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode !== null || signalCode !== null;
