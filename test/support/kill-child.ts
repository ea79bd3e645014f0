/** What runs in the process that gets killed? The real app on a database of its own, every write of which is numbered. */
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

/** What the parent asks for. */
export type Question =
  | {
      readonly ask: 'start';
      readonly url: string;
      readonly apiUrl: string;
      readonly botToken: string;
      readonly appToken: string;
      readonly at: number;
      /** At which point the process kills itself; null for never. */
      readonly killAt: number | null;
    }
  | { readonly ask: 'settled' | 'points' | 'stop' }
  | { readonly ask: 'nextDue' | 'runDue'; readonly at: number };

const clock = settableClock(0);
let app: Awaited<ReturnType<typeof createApp>> | undefined;
let points = 0;

async function start(question: Extract<Question, { ask: 'start' }>): Promise<null> {
  clock.set(question.at);
  const db = await openDatabase({ url: question.url, salt: () => randomBytes(16).toString('hex'), as: 'app' });
  const numbered = numberWrites(db, () => {
    points += 1;
    if (points === question.killAt) process.kill(process.pid, 'SIGKILL');
  });
  const complain = (facts: object, words: string) =>
    void process.stderr.write(`${words} ${JSON.stringify(facts)} ${String((facts as { err?: unknown }).err ?? '')}\n`);
  app = await createApp({
    slack: {
      botToken: question.botToken,
      apiUrl: question.apiUrl,
      mode: { kind: 'socket', appToken: question.appToken },
    },
    db: numbered,
    command: '/pilot',
    timezone: 'Europe/Berlin',
    now: clock.now,
    newId: idMaker(clock.now, () => randomBytes(10)),
    ticker: stillTicker(),
    log: { debug() {}, info() {}, warn: complain, error: complain },
  });
  await app.start();
  await app.settled();
  return null;
}

async function answer(question: Question): Promise<number | null> {
  if (question.ask === 'start') return start(question);
  if (question.ask === 'points') return points;
  if (app === undefined) throw new Error('the app has not been started');
  if ('at' in question) clock.set(question.at);
  switch (question.ask) {
    case 'settled':
      await app.settled();
      return null;
    case 'nextDue':
      return app.nextDue();
    case 'runDue':
      await app.runDue();
      return null;
    case 'stop':
      await app.stop();
      return null;
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
