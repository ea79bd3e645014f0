/** How does a test make Slack fail in every way it can, while somebody does something? */
import type { CallFailure, Change } from '../../sandbox/server/index.ts';
import { addCriterion, reads, register, type SamplePilot, told } from './acts.ts';
import type { World } from './world.ts';

/** One way in which a call can go wrong. */
export interface Trouble {
  readonly what: string;
  readonly failure: CallFailure;
  /** Whether Slack has done what it was asked, although it does not say so. */
  readonly isDone: boolean;
}

/** Every way in which one call can go wrong and its fate stays open, or is to be awaited. */
export const TROUBLES: readonly Trouble[] = [
  { what: 'the answer is lost', failure: { kind: 'lose_answer' }, isDone: true },
  { what: 'the connection breaks before', failure: { kind: 'reset_before' }, isDone: false },
  { what: 'the connection breaks after', failure: { kind: 'reset_after' }, isDone: true },
  { what: 'too many calls', failure: { kind: 'rate_limited', retryAfter: 30 }, isDone: false },
  { what: 'a server error', failure: { kind: 'status', status: 503 }, isDone: false },
  {
    what: 'a server error after all was done',
    failure: { kind: 'status', status: 500, accepted: true },
    isDone: true,
  },
  { what: 'an answer that is not JSON', failure: { kind: 'invalid_json' }, isDone: true },
  { what: 'an inner error', failure: { kind: 'error', error: 'internal_error' }, isDone: false },
  { what: 'a slow answer', failure: { kind: 'slow', accepted: true }, isDone: true },
];

/** Lets the next call of a method fail while something is done; what is held back is let go as soon as it is held. */
export async function whileFailing(
  world: World,
  method: string,
  failure: CallFailure,
  act: () => Promise<unknown>,
): Promise<void> {
  const active = world.slack.failures.call(method, failure, { times: 1 });
  const stop = world.control.listen(({ kind, detail }: Change) => {
    if (kind === 'call' && (detail?.['what'] === 'held' || detail?.['failure'] === 'lose_answer'))
      active.release();
  });
  await act();
  await world.settle();
  stop();
  active.stop();
  if (active.struck() !== 1) throw new Error(`${method} was called ${active.struck()} times, not once`);
}

/** A pilot with nothing missing: one more `sign-off` asks its sponsor. */
export async function readyToAsk(world: World, name: string, sample: SamplePilot = {}): Promise<string> {
  const { control } = world;
  const key = name.toLowerCase().replaceAll(' ', '-');
  const owner = sample.owner ?? 'ana';
  await register(world, name, sample);
  await addCriterion(world, key, {}, owner);
  for (const values of [{ 'Production owner': '@omar' }, { 'Rollback plan': 'One switch back.' }]) {
    await control.command(owner, '#general', `/pilot sign-off ${key}`);
    await world.settle();
    await control.fill(owner, values);
    await control.submit(owner);
    await world.settle();
  }
  return key;
}

/** Lets time pass. */
export const passes = (world: World, ms: number): Promise<void> =>
  world.time.advanceTo(world.clock.now() + ms);

/** What somebody reads on the Home tab after opening it. */
export async function homeOf(world: World, who: string): Promise<string> {
  await world.control.openHome(who);
  await world.settle();
  const view = world.control.read.home(who);
  return view === null ? '' : world.control.read.text(view);
}

/** What was to be said, in the order of asking: all of it, or one kind. */
export async function rowsOf({ db }: World, kind?: string) {
  const { outbox } = db.tables;
  const rows = await db.q.select().from(outbox).orderBy(outbox.id);
  return rows.filter((row) => kind === undefined || row.kind === kind);
}

/** How often the sponsor reads that a pilot is to be signed. */
export const requestsFor = (world: World, name: string): string[] =>
  told(world, 'priya').filter((text) => text.includes(`${name}: do you sign this`));

/** The digests that stand in the channel of all pilots. */
export const digestsPosted = (world: World): string[] =>
  reads(world, 'omar', '#ai-pilots').filter((text) => /AI pilots this week/.test(text));

/** What the app logged about requests and jobs it could not carry out. */
export const faultsOf = (world: World): string[] =>
  world.complaints
    .map(({ words }) => words)
    .filter((words) => /failed|could not be (?:made|handled|taken|kept)/.test(words));
