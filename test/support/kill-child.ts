/** What runs in the process that gets killed? The real app on a database of its own, which kills itself at one write. */
import { randomBytes } from 'node:crypto';
import module from 'node:module';

process.env['TZ'] = 'UTC';
module.enableCompileCache();
const [{ createApp }, { openDatabase }, { idMaker }, { settableClock }, { stillTicker }, { numberWrites }] =
  await Promise.all([
    import('../../src/app.ts'),
    import('../../src/db/open.ts'),
    import('../../src/db/uuidv7.ts'),
    import('../../src/jobs/simulated-time.ts'),
    import('../../src/jobs/ticker.ts'),
    import('./numbered-writes.ts'),
  ]);

/** A moment in the life of the process: right before or right after one of its writes. */
export interface Point {
  readonly write: number;
  readonly when: 'before' | 'after';
}

/** What the parent may ask for. */
export type Question =
  | {
      readonly ask: 'start';
      readonly url: string;
      readonly apiUrl: string;
      readonly botToken: string;
      readonly appToken: string;
      readonly at: number;
      readonly killAt: Point | null;
    }
  /** The points passed so far; a write that touched nothing has none. */
  | { readonly ask: 'points' }
  | { readonly ask: 'settled' | 'stop' }
  | { readonly ask: 'nextDue' | 'runDue'; readonly at: number };

const clock = settableClock(0);
let app: Awaited<ReturnType<typeof createApp>> | undefined;
const passed: Point[] = [];

async function start({ killAt, ...how }: Extract<Question, { ask: 'start' }>): Promise<void> {
  const die = (write: number, when: Point['when']) => {
    if (killAt?.write === write && killAt.when === when) process.kill(process.pid, 'SIGKILL');
  };
  const db = await openDatabase({ url: how.url, salt: () => randomBytes(16).toString('hex'), as: 'app' });
  const complain = (facts: object, words: string) =>
    void process.stderr.write(`${words} ${JSON.stringify(facts)}\n`);
  app = await createApp({
    slack: { botToken: how.botToken, apiUrl: how.apiUrl, mode: { kind: 'socket', appToken: how.appToken } },
    db: numberWrites(db, {
      before: (write) => die(write, 'before'),
      after(write, touched) {
        if (touched) passed.push({ write, when: 'before' }, { write, when: 'after' });
        die(write, 'after');
      },
    }),
    command: '/pilot',
    timezone: 'Europe/Berlin',
    now: clock.now,
    newId: idMaker(clock.now, () => randomBytes(10)),
    ticker: stillTicker(),
    log: { debug() {}, info() {}, warn: complain, error: complain },
  });
  await app.start();
}

async function answer(question: Question): Promise<unknown> {
  if ('at' in question) clock.set(question.at);
  switch (question.ask) {
    case 'start':
      return start(question);
    case 'points':
      return passed;
    case 'settled':
      return app?.settled();
    case 'nextDue':
      return app?.nextDue();
    case 'runDue':
      return app?.runDue();
    case 'stop':
      // The processes that come after this one begin faster for it.
      module.flushCompileCache();
      return app?.stop();
  }
}

process.on('message', (question: Question & { readonly n: number }) => {
  answer(question).then(
    (value) => process.send?.({ n: question.n, value }),
    (error: unknown) => process.send?.({ n: question.n, error: String(error) }),
  );
});
process.once('disconnect', () => process.exit());
process.send?.({ ready: true });
