/** How is long work done without keeping those waiting who want an answer at once? By a thread with a connection of its own. */
import { Worker } from 'node:worker_threads';
import type { LongWork } from '../features/feature.ts';
import { type FileSink, Unfinished } from '../features/take-file.ts';
import type { HttpAnswer } from '../http/route.ts';
import { failureFrom } from './long-work-failure.ts';
import type { Heard, Job, Said } from './long-work-thread.ts';
import { piecesOf } from './pieces.ts';

/** Long work, and its end. */
export interface Workshop extends LongWork {
  /** Ends what is under way: what is recorded stays, and nothing is recorded by half. */
  close(): Promise<void>;
}

/** Rows are short-lived: with more room for them the thread would take more memory, not less time. */
const YOUNG_MB = 16;
/** Far more than the thread needs; with a limit it gives back sooner what it does not need any more. */
const OLD_MB = 512;

/**
 * Makes a place for long work. One piece of work of each kind is done at a time; others wait.
 *
 * @param parts.url how the thread opens the database
 * @param parts.now the time goes along with what the thread is told, so that it lives in the same one
 */
export function createLongWork(parts: { readonly url: string; readonly now: () => number }): Workshop {
  const { url, now } = parts;
  const running = new Set<Worker>();
  const [files, requests, exports] = [oneByOne(), oneByOne(), oneByOne()];
  let closed = false;

  /** Runs one job in a thread; `hear` is told what the thread says, until the job is done. */
  async function run(
    job: Job,
    hear: (said: Said, tell: (heard: Heard) => void) => Promise<void>,
  ): Promise<void> {
    if (closed) throw new Unfinished('The app is being stopped.');
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const thread = new Worker(new URL('../../bin/long-work.js', import.meta.url), {
      workerData: { url, job, now: now() },
      execArgv: [],
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB, maxOldGenerationSizeMb: OLD_MB },
    });
    running.add(thread);
    const tell = (heard: Heard) =>
      // The piece is handed over, not copied: nobody here looks at it again.
      thread.postMessage(heard, heard.piece === null ? [] : [heard.piece.buffer as ArrayBuffer]);
    thread.on('message', (said: Said) => {
      if (said.say === 'done') resolve();
      else if (said.say === 'failed') reject(failureFrom(said.failure));
      else hear(said, tell).catch(reject);
    });
    thread.once('error', reject);
    thread.once('exit', () =>
      reject(new Unfinished('The thread that did the work has ended before it was done.')),
    );
    try {
      await promise;
    } finally {
      await thread.terminate();
      running.delete(thread);
    }
  }

  return {
    takeFile: (task, bytes, sink) =>
      files(async () => {
        const pieces = piecesOf(bytes);
        try {
          await run({ kind: 'file', task }, async (said, tell) => {
            if (said.say === 'counts') return report(said, sink);
            if (said.say === 'recorded') return sink.recorded?.();
            if (said.say !== 'more') return;
            const piece = await pieces.next();
            tell({ now: now(), piece: piece.done === true ? null : piece.value });
          });
        } finally {
          await pieces.return(undefined);
        }
      }),
    takeRequest: (request) =>
      requests(async () => {
        let answer: HttpAnswer | null = null;
        await run({ kind: 'request', request }, async (said) => {
          if (said.say === 'answer') answer = said.answer;
        });
        if (answer === null) throw new Unfinished('The thread that did the work has not answered.');
        return answer;
      }),
    exportFile: (task) =>
      exports(async () => {
        const pieces: Uint8Array[] = [];
        await run({ kind: 'export', task }, async (said) => {
          if (said.say === 'bytes') pieces.push(said.bytes);
        });
        return Buffer.concat(pieces);
      }),
    async close() {
      closed = true;
      await Promise.all([...running].map((thread) => thread.terminate()));
    },
  };
}

function report(said: Extract<Said, { say: 'counts' }>, sink: FileSink): void {
  for (const row of said.refused) sink.refuse(row);
  if (said.repeated > 0) sink.repeat(said.repeated);
  if (said.accepted > 0) sink.accept(said.accepted);
}

/** Does one thing after the other, whatever becomes of each. */
function oneByOne() {
  let last: Promise<unknown> = Promise.resolve();
  return <Result>(work: () => Promise<Result>): Promise<Result> => {
    const mine = last.then(work, work);
    last = mine;
    return mine;
  };
}
