/** Is a pilot compared with how long others needed, once enough of them have finished, and does it say so? */
import { expect, it } from 'vitest';
import { phasesOfOthers } from '../../src/features/escalate/finished.ts';
import { asks, signedPilot } from '../support/acts.ts';
import { onBothEngines } from '../support/databases.ts';
import { builtFor, type Finished, finish } from '../support/finished-pilots.ts';
import { startWorld, type World } from '../support/world.ts';

const START = { 'Start date': '2026-01-05', 'Decision date': '2026-04-05' };
const at = (text: string): number => Date.parse(text);

/** Seventeen built for thirty days or fewer, three for longer. */
const TWENTY = [...Array.from({ length: 17 }, (_, n) => 14 + n), 33, 40, 60];

const home = async (world: World): Promise<string> => {
  const [workspace] = await world.db.q.select().from(world.db.tables.workspaces);
  return workspace?.id ?? '';
};

/** A pilot that is being built since 5 January, beside others that have finished, on 9 February. */
async function besides(world: World, others: readonly Finished[]): Promise<void> {
  await finish(world.db, await home(world), others);
  await signedPilot(world, 'Claims triage', { fields: START });
  await world.time.advanceTo(at('2026-02-09T12:00:00Z'));
}

const whyStuck = async (world: World): Promise<string> => {
  await asks(world, 'lena', '/pilot show claims-triage');
  await world.control.press('lena', { channel: '#general', label: 'Why it needs help' });
  await world.settle();
  const view = world.control.openView('lena');
  return view === null ? '' : world.control.read.text(view);
};

const causes = async (world: World) =>
  (await world.db.q.select().from(world.db.tables.cases)).map(({ cause }) => cause);

onBothEngines('a phase beside those of others', (openFresh) => {
  it('is late when it lasts longer than nearly all of twenty finished pilots, and the page says so', async () => {
    const world = await startWorld(await openFresh());
    await besides(world, builtFor(TWENTY));
    expect(await causes(world)).toContain('late_phase');
    const page = await whyStuck(world);
    expect(page).toMatch(/building for 35 days, where 17 of 20 finished pilots took 30 or fewer\./);
    expect(page).toMatch(/Counts from day 31 on: 17 of 20 finished pilots took 30 or fewer; days of a pause/);
    expect(world.complaints).toEqual([]);
  });

  it('is late by the plan alone while nineteen have finished', async () => {
    const world = await startWorld(await openFresh());
    await besides(world, builtFor(TWENTY.slice(1)));
    expect(await causes(world)).not.toContain('late_phase');
    await world.time.advanceTo(at('2026-03-03T12:00:00Z'));
    expect(await whyStuck(world)).toMatch(
      /building for 8 weeks, planned for 6 weeks\.[\s\S]*Counts from day 53 on, by the plan of 42 days; from 20 pilots on/,
    );
  });
});

onBothEngines('the phases of finished pilots', (openFresh) => {
  it('are read with what decides about them: first signature, first numbers, pauses, the first end', async () => {
    const world = await startWorld(await openFresh());
    const usual: Finished = { created: '2025-04-07', measured: '2025-05-07', ended: '2025-06-04' };
    await finish(world.db, await home(world), [
      { ...usual, paused: ['2025-04-10', '2025-04-15'] },
      { ...usual, measured: null, decision: 'stop' },
      { ...usual, decision: 'extend' },
      { ...usual, watched: '2025-04-07' },
      // From a file: signed before it came, and released when all was over.
      { ...usual, created: '2025-05-20', start: '2025-04-07', signed: '2025-04-07', released: '2025-06-05' },
      ...builtFor(TWENTY),
    ]);
    const phases = await phasesOfOthers(world, await home(world), at('2026-01-05T12:00:00Z'));
    const of = (stage: string) =>
      phases
        .filter((phase) => phase.stage === stage)
        .map(({ days }) => days)
        .sort((a, b) => a - b);
    expect(of('select')).toEqual(Array.from({ length: 22 }, () => 0));
    expect(of('build')).toEqual([25, ...TWENTY].sort((a, b) => a - b));
    expect(of('measure')).toEqual(Array.from({ length: 21 }, () => 28));
    expect(of('deploy')).toEqual([]);
    // Before twenty had finished, nothing was known.
    expect(await phasesOfOthers(world, await home(world), at('2025-05-25T12:00:00Z'))).toEqual([]);
  });
});
