/** How is a file played, from its first instant to its last? */
import { createHash } from 'node:crypto';
import type { Log } from '../../app.ts';
import { addDays, dayOf, startOfDay } from '../../core/day.ts';
import { SENDING_LIMITS } from '../../slack/pace.ts';
import type { ExitCode, Terminal } from '../command.ts';
import { openStage, type Seed, type Stage } from '../demo/stage.ts';
import { createProgress } from '../progress.ts';
import { type Happened, inOrder, lineText } from './line.ts';
import { eventText, playEvent } from './play-event.ts';
import type { Script } from './read-timeline.ts';
import { seedOf, setUp } from './set-up.ts';
import { createWatch } from './watch.ts';

/** Plays the file and prints a line for everything that comes of it. */
export async function runRehearsal(terminal: Terminal, script: Script): Promise<ExitCode> {
  const { zone, start, until } = script;
  const seed = seedOf(script);
  const progress = createProgress(terminal, 'Rehearsing');
  const stage = await openStage({
    // Everybody is set up in the night before, when nobody is asked anything.
    start: startOfDay(dayOf(start, zone), zone),
    port: 0,
    log: logTo(terminal),
    seed,
    timezone: zone,
    chance: repeatable(),
    // A rehearsal tells when each message would come: the real Slack makes some of them wait.
    limits: SENDING_LIMITS,
  });
  try {
    await setUp(stage, script);
    const print = (lines: readonly Happened[]) => {
      progress.clear();
      for (const line of inOrder(lines)) terminal.out(lineText(line, zone));
      progress.show((stage.clock.now() - start) / Math.max(1, until - start));
    };
    await play(stage, seed, script, print);
    progress.clear();
    return 0;
  } finally {
    await stage.close();
  }
}

/** People who leave do so at their time, like everything else. */
function happenings({ timeline, events, lineOf, instantOf }: Script) {
  const leaving = timeline.people.flatMap(({ id, gone_at: at }, index) =>
    at === undefined ? [] : [{ at: instantOf(at), line: lineOf(['people', index, 'gone_at']), gone: id }],
  );
  return [...leaving, ...events].sort((one, other) => one.at - other.at);
}

async function play(
  stage: Stage,
  seed: Seed,
  script: Script,
  print: (lines: readonly Happened[]) => void,
): Promise<void> {
  const { zone, until } = script;
  const watch = await createWatch(stage, seed, zone);

  /** Time passes, and every midnight is a look: words about pilots change with the day. */
  async function passTo(instant: number): Promise<void> {
    while (stage.clock.now() < instant) {
      const midnight = startOfDay(addDays(dayOf(stage.clock.now(), zone), 1), zone);
      const stop = Math.min(midnight, instant);
      if (!(await stage.time.advanceToNext(stop))) await stage.time.advanceTo(stop);
      print(await watch.look('clock', null));
    }
  }

  print(await watch.look('clock', null));
  for (const happening of happenings(script)) {
    await passTo(happening.at);
    const { at, line } = happening;
    if ('gone' in happening) {
      await stage.slack.control.people.deactivate(happening.gone);
      await stage.time.settle();
      print(await watch.look(`line ${line}: ${happening.gone} leaves`, null));
      continue;
    }
    const { event } = happening;
    const cause = `line ${line}: ${eventText(event)}`;
    const refused = await playEvent(stage, event);
    const actor = 'by' in event ? `@${event.by}` : null;
    print([
      ...refused.map(
        ({ field, sentence }): Happened => ({
          at,
          type: 'refused',
          to: actor,
          pilot: null,
          kind: field ?? 'act',
          text: sentence,
          cause,
        }),
      ),
      ...(await watch.look(cause, actor)),
    ]);
  }
  await passTo(until);
}

/** Bytes that look random and are the same in every run. */
function repeatable(): (size: number) => Uint8Array {
  let turn = 0;
  return (size) => {
    turn += 1;
    return createHash('sha256').update(`rehearsal ${turn}`).digest().subarray(0, size);
  };
}

/** Lines about messages tell what went wrong with Slack; what went wrong with us is said aloud. */
function logTo(terminal: Terminal): Log {
  const error = (facts: object, words: string) => {
    const { err } = facts as { err?: unknown };
    terminal.err(`${words}${err instanceof Error ? `: ${err.message}` : ''}\n`);
  };
  return { debug() {}, info() {}, warn() {}, error };
}
