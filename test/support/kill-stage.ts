/** How do people get from a name to a recorded value when the app may die under their hands at any moment? */
import { type Sandbox, startSandbox, type WorkspaceSeed } from '../../sandbox/server/index.ts';
import { harbourMutual } from '../../src/cli/demo/people.ts';
import { settableClock, simulateTime } from '../../src/jobs/simulated-time.ts';
import { Killed, type Killable, prepareKillable } from './killable.ts';

/** Tuesday, 13 January 2026: the first week of a pilot that started on Monday the 5th is over. */
const TUESDAY = Date.UTC(2026, 0, 13, 8);
/** What it takes to notice that a process died and to start another one. */
const RESTART_MS = 90_000;

/** A Slack with people in it, and the app beside it in a process that dies. */
export interface Stage {
  readonly slack: Sandbox;
  /** From a name to a recorded value, starting the app again whenever it died. */
  flow(): Promise<void>;
  points(): Promise<number>;
  readonly kills: number;
  end(): Promise<void>;
}

export async function startStage(
  url: string,
  killAt: number | null,
  ready: () => Killable = prepareKillable,
): Promise<Stage> {
  const clock = settableClock(TUESDAY);
  const slack = await startSandbox({ clock, seed: structuredClone(harbourMutual) as WorkspaceSeed });
  const { control } = slack;
  let kills = 0;
  let process_ = ready();
  const begin = async (at: number | null) => {
    await process_.start({
      url,
      apiUrl: slack.apiUrl,
      botToken: 'xoxb-demo-harbour',
      appToken: 'xapp-demo-harbour',
      at: clock.now(),
      killAt: at,
    });
  };
  const settle = () => time().settle();
  const time = () =>
    simulateTime(clock, [
      process_.inTime(clock),
      { settled: slack.settled, nextDue: slack.nextDue, runDue: slack.runDue },
    ]);
  /** Does something; when the app dies of it, starts the app again. */
  const survive = async (act: () => Promise<unknown>) => {
    try {
      await act();
      await settle();
    } catch (error) {
      if (!(error instanceof Killed)) throw error;
      kills += 1;
      await slack.settled();
      process_ = ready();
      await begin(null);
      await time().advanceTo(clock.now() + RESTART_MS);
    }
  };
  /** Does something again until it shows, as people do. */
  const until = async (what: string, shows: () => boolean, act: () => Promise<unknown>) => {
    for (let turn = 0; turn < 6; turn += 1) {
      await survive(act);
      if (shows()) return;
    }
    throw new Error(`after six tries still not: ${what}`);
  };
  const texts = (who: string, where: string) =>
    control.read.messages(who, where).map((message) => control.read.text(message));
  const said = (who: string, where: string, words: RegExp) => texts(who, where).some((text) => words.test(text));
  const view = () => control.openView('ana');
  const titleOf = () => (view()?.['title'] as { text?: string } | undefined)?.text ?? '';

  const form = async (command: string, title: string, values: Record<string, string>, done: () => boolean) => {
    await until(
      command,
      done,
      async () => {
        if (titleOf() !== title) {
          await control.command('ana', '#general', command);
          await settle();
        }
        if (titleOf() !== title) return;
        await control.fill('ana', values);
        await settle();
        await control.submit('ana');
      },
    );
  };

  await survive(() => begin(killAt));
  return {
    slack,
    get kills() {
      return kills;
    },
    async flow() {
      await form(
        '/pilot register Claims triage',
        'Register a pilot',
        {
          'Business outcome': 'A claim costs €12.50 or less by April; now €18.40',
          'Executive sponsor': '@priya',
          'Start date': '2026-01-05',
          'Decision date': '2026-04-05',
          Channel: '#claims',
        },
        () => titleOf() === '' ,
      );
      await form(
        '/pilot criteria claims-triage',
        'Add criterion',
        { Metric: 'Cost per claim', Kind: 'at most', Unit: 'EUR per claim', Baseline: '18.40', Target: '12.50' },
        () => titleOf() === '',
      );
      await until(
        'asked',
        () => said('ana', '#general', /has been asked/),
        async () => {
          if (view() === null) {
            await control.command('ana', '#general', '/pilot sign-off claims-triage');
            await settle();
          }
          if (view() === null) return;
          const label = control.read.text(view() as never).includes('Production owner') ? 'Production owner' : 'Rollback plan';
          await control.fill('ana', { [label]: label === 'Production owner' ? '@omar' : 'One switch back.' });
          await control.submit('ana');
        },
      );
      await until(
        'signed',
        () => said('priya', 'Pilotage', /signed version 1|Signed\./) || said('priya', '#general', /Signed\.|signed this/),
        async () => {
          const dm = control.read.messages('priya', 'Pilotage').some((m) => JSON.stringify(m).includes('sign-charter'));
          if (dm) await control.press('priya', { channel: 'Pilotage', label: 'Sign charter' });
          else {
            await control.command('priya', '#general', '/pilot mine');
            await settle();
            await control.press('priya', { channel: '#general', label: 'Read and answer' });
            await settle();
            await control.press('priya', { channel: '#general', label: 'Sign charter' });
          }
        },
      );
      await until(
        'recorded',
        () => said('ana', '#general', /17\.90/),
        () => control.command('ana', '#general', '/pilot record claims-triage cost-per-claim 17.90'),
      );
    },
    points: () => process_.points(),
    async end() {
      await process_.end();
      await slack.close();
    },
  };
}
