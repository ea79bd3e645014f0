/** How do people get from a name to a recorded value when the app may die under their hands at any moment? */
import { randomBytes } from 'node:crypto';
import { type CallFailure, startSandbox, type WorkspaceSeed } from '../../sandbox/server/index.ts';
import { createApp } from '../../src/app.ts';
import { harbourMutual } from '../../src/cli/demo/people.ts';
import type { Database } from '../../src/db/database.ts';
import { idMaker } from '../../src/db/uuidv7.ts';
import { type Participant, settableClock, simulateTime } from '../../src/jobs/simulated-time.ts';
import { stillTicker } from '../../src/jobs/ticker.ts';
import type { Point } from './kill-child.ts';
import { type Killable, Killed } from './killable.ts';

/** Tuesday, 13 January 2026: the first week of a pilot that started on Monday the 5th is over. */
const TUESDAY = Date.UTC(2026, 0, 13, 8);
/** What it takes until somebody has noticed that a process is gone and has started another one. */
const ABSENCE_MS = 10_000;
/** Long enough for everything a dead process has left half done to be taken up again. */
const AFTERWARDS_MS = 10 * 60_000;

/** A Slack with people in it, an app that dies, and the one that takes over. */
export interface Stage {
  /** How often the app died. */
  deaths(): number;
  /** From a name to a recorded value; after a death everybody does again what did not seem to work. */
  play(): Promise<void>;
  /** Our ids of the messages that stand in Slack. */
  standing(): string[];
  end(): Promise<void>;
}

/** Who takes over on the same database when the process has died. */
type Heir = () => Promise<Database>;

/** Sets the stage: `victim` runs the app until it dies at `killAt`; then an app that opens `heir` takes over. */
export async function setStage(parts: {
  readonly url: string;
  readonly victim: Killable;
  readonly killAt: Point | null;
  readonly heir: Heir;
  /** What goes wrong with every third message that is posted. */
  readonly trouble?: CallFailure;
  /** What the app may do besides what the demo's may. */
  readonly scopes?: readonly string[];
}): Promise<Stage> {
  const clock = settableClock(TUESDAY);
  const seed = structuredClone(harbourMutual) as WorkspaceSeed;
  for (const one of seed.apps) one.scopes.push(...(parts.scopes ?? []));
  const slack = await startSandbox({ clock, seed });
  const { control } = slack;
  if (parts.trouble !== undefined) {
    const active = slack.failures.call('chat.postMessage', parts.trouble, { probability: 1 / 3, seed: 7 });
    control.listen(({ kind, detail }) => {
      if (kind === 'call' && (detail?.['what'] === 'held' || detail?.['failure'] === 'lose_answer'))
        active.release();
    });
  }
  const { botToken, appToken } = harbourMutual.apps[0] ?? { botToken: '', appToken: '' };
  let deaths = 0;
  let app: Participant = parts.victim.inTime(clock);
  let stopHeir = async () => {};

  const time = () => simulateTime(clock, [app, slack]);
  const settle = () => time().settle();

  async function takeOver(): Promise<void> {
    deaths += 1;
    await slack.settled();
    clock.set(clock.now() + ABSENCE_MS);
    const heir = await createApp({
      slack: {
        botToken,
        apiUrl: slack.apiUrl,
        mode: { kind: 'socket', appToken },
      },
      db: await parts.heir(),
      command: '/pilot',
      timezone: 'Europe/Berlin',
      now: clock.now,
      newId: idMaker(clock.now, () => randomBytes(10)),
      ticker: stillTicker(),
      log: { debug() {}, info() {}, warn() {}, error() {} },
    });
    await heir.start();
    app = heir;
    stopHeir = heir.stop;
    await time().advanceTo(clock.now() + AFTERWARDS_MS);
  }

  /** Does something again until it shows, as people do; the app may die of it. */
  async function until(shows: () => boolean, act: () => Promise<unknown>): Promise<void> {
    for (let turn = 0; turn < 6; turn += 1) {
      try {
        await act();
        await settle();
      } catch (error) {
        if (!(error instanceof Killed)) throw error;
        await takeOver();
      }
      if (shows()) return;
    }
    throw new Error(`six tries, and still not: ${String(shows)}`);
  }

  const read = (who: string, where: string) =>
    control.read.messages(who, where).map((message) => control.read.text(message));
  const said = (who: string, where: string, words: RegExp) =>
    read(who, where).some((text) => words.test(text));
  const title = () => (control.openView('ana')?.['title'] as { text: string } | undefined)?.text ?? '';
  const types = async (who: string, words: string) => {
    await control.command(who, '#general', words);
    await settle();
  };

  /** Opens a form by command unless it is still open, fills it in, and submits it until it closes. */
  async function fillIn(
    words: string,
    form: string,
    values: Readonly<Record<string, string>>,
  ): Promise<void> {
    let sent = false;
    await until(
      () => sent,
      async () => {
        if (title() === '') await types('ana', words);
        if (title() !== form) return;
        await control.fill('ana', values);
        sent = (await control.submit('ana')).ok;
      },
    );
  }

  async function signs(): Promise<void> {
    const asked = control.read
      .dm('priya', 'Pilotage')
      .some((message) => JSON.stringify(message).includes('"sign-charter"'));
    if (asked) return void (await control.press('priya', { channel: 'Pilotage', label: 'Sign charter' }));
    // The request may have been lost with the process; what waits for somebody can always be asked for.
    await types('priya', '/pilot mine');
    await control.press('priya', { channel: '#general', label: 'Read and answer' });
    await settle();
    await control.press('priya', { channel: '#general', label: 'Sign charter' });
  }

  return {
    deaths: () => deaths,
    async play() {
      await until(
        () => true,
        () =>
          parts.victim.start({
            url: parts.url,
            apiUrl: slack.apiUrl,
            botToken,
            appToken,
            at: clock.now(),
            killAt: parts.killAt,
          }),
      );
      await fillIn('/pilot register Claims triage', 'Register a pilot', {
        'Business outcome': 'A claim costs €12.50 or less by April; now €18.40',
        'Executive sponsor': '@priya',
        'Start date': '2026-01-05',
        'Decision date': '2026-04-05',
        Channel: '#claims',
      });
      await fillIn('/pilot criteria claims-triage', 'Add criterion', {
        Metric: 'Cost per claim',
        Kind: 'at most',
        Unit: 'EUR per claim',
        Baseline: '18.40',
        Target: '12.50',
      });
      for (const values of [{ 'Production owner': '@omar' }, { 'Rollback plan': 'One switch back.' }]) {
        await fillIn('/pilot sign-off claims-triage', 'Complete the charter', values);
      }
      await until(
        () => said('ana', '#general', /has been asked/),
        () => types('ana', '/pilot sign-off claims-triage'),
      );
      await until(
        () =>
          said('priya', 'Pilotage', /signed version 1|Signed\./) ||
          said('priya', '#general', /Signed\.|signed this/),
        signs,
      );
      await until(
        () => said('ana', '#general', /€17\.90/),
        () => types('ana', '/pilot record claims-triage cost-per-claim 17.90'),
      );
      await until(
        () => true,
        () => time().advanceTo(clock.now() + AFTERWARDS_MS),
      );
    },
    standing() {
      const places = [...['ana', 'priya'].map((who) => [who, 'Pilotage']), ['omar', '#claims']] as [
        string,
        string,
      ][];
      return places
        .flatMap(([who, where]) => control.read.messages(who, where))
        .map(
          (message) => (message['metadata'] as { event_payload?: { id?: string } })?.event_payload?.id ?? '',
        );
    },
    async end() {
      await stopHeir();
      await parts.victim.end();
      await slack.close();
    },
  };
}
