/** What runs in the process that gets killed? The real app on a database of its own, which kills itself at one write. */
import { randomBytes } from 'node:crypto';
import module from 'node:module';

process.env['TZ'] = 'UTC';
module.enableCompileCache();
const [
  { createApp },
  { openDatabase },
  { idMaker },
  { settableClock },
  { stillTicker },
  { createCourier },
  { numberWrites },
] = await Promise.all([
  import('../../src/app.ts'),
  import('../../src/db/open.ts'),
  import('../../src/db/uuidv7.ts'),
  import('../../src/jobs/simulated-time.ts'),
  import('../../src/jobs/ticker.ts'),
  import('../../src/slack/courier-web.ts'),
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
  /**
   * The points passed so far: one after every write that touched something, and one before it unless nothing was said to
   * Slack since the point before, so that dying there would leave the same behind.
   */
  | { readonly ask: 'points' }
  | { readonly ask: 'settled' | 'stop' }
  | { readonly ask: 'nextDue' | 'runDue'; readonly at: number };

const clock = settableClock(0);
let app: Awaited<ReturnType<typeof createApp>> | undefined;
const passed: Point[] = [];
/** How often something was said to Slack: now, at the last point, and before each write. */
let said = 0;
let saidAtLast = -1;
const saidBefore = new Map<number, number>();

async function start({ killAt, ...how }: Extract<Question, { ask: 'start' }>): Promise<void> {
  const die = (write: number, when: Point['when']) => {
    if (killAt?.write === write && killAt.when === when) process.kill(process.pid, 'SIGKILL');
  };
  const db = await openDatabase({ url: how.url, salt: () => randomBytes(16).toString('hex'), as: 'app' });
  const complain = (facts: object, words: string) =>
    void process.stderr.write(`${words} ${JSON.stringify(facts)}\n`);
  const courier = new Proxy(createCourier({ token: how.botToken, apiUrl: how.apiUrl }), {
    get(target, name, receiver) {
      said += 1;
      return Reflect.get(target, name, receiver) as unknown;
    },
  });
  app = await createApp({
    courier,
    slack: { botToken: how.botToken, apiUrl: how.apiUrl, mode: { kind: 'socket', appToken: how.appToken } },
    db: numberWrites(db, {
      before(write) {
        saidBefore.set(write, said);
        die(write, 'before');
      },
      after(write, touched) {
        if (touched) {
          if (saidBefore.get(write) !== saidAtLast) passed.push({ write, when: 'before' });
          passed.push({ write, when: 'after' });
          saidAtLast = said;
        }
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
