/** What runs in the thread that does long work: one job on a connection of its own, then the end. */
import { randomBytes, randomFillSync } from 'node:crypto';
import { once } from 'node:events';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { openDatabase } from '../db/open.ts';
import { idMaker, randomBytesFrom } from '../db/uuidv7.ts';
import type { ExportTask } from '../features/export-task.ts';
import type { ValuesRequest } from '../features/feature.ts';
import { takeRequest } from '../features/hand-in-values/take-request.ts';
import type { RefusedRow } from '../features/read-values.ts';
import { type FileTask, takeFile } from '../features/take-file.ts';
import type { HttpAnswer } from '../http/route.ts';
import { exportedBytes } from './exported-bytes.ts';
import { type Failure, failureOf } from './long-work-failure.ts';
import { stepBack } from './step-back.ts';

/** What is to be done. */
export type Job =
  | { readonly kind: 'file'; readonly task: FileTask }
  | { readonly kind: 'request'; readonly request: ValuesRequest }
  | { readonly kind: 'export'; readonly task: ExportTask };

/** What the thread is told: the time, and the next piece of the file or its end. */
export interface Heard {
  readonly now: number;
  readonly piece: Uint8Array | null;
}

/** What the thread says. */
export type Said =
  | { readonly say: 'more' }
  | {
      readonly say: 'counts';
      readonly accepted: number;
      readonly repeated: number;
      readonly refused: readonly RefusedRow[];
    }
  | { readonly say: 'recorded' }
  | { readonly say: 'answer'; readonly answer: HttpAnswer }
  | { readonly say: 'bytes'; readonly bytes: Uint8Array }
  | { readonly say: 'done' }
  | { readonly say: 'failed'; readonly failure: Failure };

/** Refused rows that are told of together. */
const REFUSED_TOGETHER = 500;

const given = workerData as { readonly url: string; readonly job: Job; readonly now: number };
let time = given.now;

async function work(say: (said: Said) => void, port: MessagePort): Promise<void> {
  if (given.job.kind === 'export') {
    for await (const bytes of exportedBytes(given.url, given.job.task)) say({ say: 'bytes', bytes });
    return;
  }
  const db = await openDatabase({ url: given.url, salt: () => randomBytes(16).toString('hex') });
  const now = () => time;
  const parts = { db, now, newId: idMaker(now, randomBytesFrom(randomFillSync)) };
  try {
    const { job } = given;
    if (job.kind === 'request') return say({ say: 'answer', answer: await takeRequest(parts, job.request) });
    const sink = counting(say);
    await takeFile(parts, job.task, pieces(say, port, sink.tell), sink);
  } finally {
    await db.close();
  }
}

/** The pieces of the file, each asked for when the one before has been dealt with. */
async function* pieces(
  say: (said: Said) => void,
  port: MessagePort,
  before: () => void,
): AsyncGenerator<Uint8Array> {
  for (;;) {
    before();
    const answered = once(port, 'message') as Promise<[Heard]>;
    say({ say: 'more' });
    const [heard] = await answered;
    time = heard.now;
    if (heard.piece === null) return;
    yield heard.piece;
  }
}

/** Adds up what becomes of the rows, and tells of it from time to time. */
function counting(say: (said: Said) => void) {
  let [accepted, repeated] = [0, 0];
  let refused: RefusedRow[] = [];
  const tell = () => {
    if (accepted + repeated + refused.length > 0) say({ say: 'counts', accepted, repeated, refused });
    [accepted, repeated, refused] = [0, 0, []];
  };
  return {
    tell,
    accept(count: number) {
      accepted += count;
      tell();
    },
    repeat(count: number) {
      repeated += count;
    },
    refuse(row: RefusedRow) {
      refused.push(row);
      if (refused.length === REFUSED_TOGETHER) tell();
    },
    recorded() {
      tell();
      say({ say: 'recorded' });
    },
  };
}

if (parentPort !== null) {
  stepBack();
  const port = parentPort;
  const say = (said: Said) => port.postMessage(said);
  work(say, port).then(
    () => say({ say: 'done' }),
    (error: unknown) => say({ say: 'failed', failure: failureOf(error) }),
  );
}
