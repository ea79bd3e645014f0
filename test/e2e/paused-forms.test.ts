/** What comes of a form about a stuck pilot that was opened before the pilot was paused, and is submitted afterwards? */
import { expect, it } from 'vitest';
import { asks, newest, told } from '../support/acts.ts';
import { onBothEngines } from '../support/databases.ts';
import { presses, submits } from '../support/measured-pilot.ts';
import { silent } from '../support/silent-pilot.ts';
import type { World } from '../support/world.ts';

const WHY = 'Why not Unblock, as suggested';
const NORA = { words: 'ERP test access', owner: 'U0NORA00001', neededBy: '2026-02-05' };

/** Everything an answer would touch. */
async function kept({ db }: World) {
  const t = db.tables;
  const [made, inTheWay, [pilot], found] = await Promise.all([
    db.q.select().from(t.decisions),
    db.q.select().from(t.blockers),
    db.q.select().from(t.pilots),
    db.q.select().from(t.cases),
  ]);
  return {
    decisions: made.map(({ decision, state }) => [decision, state]),
    blockers: inTheWay.map(({ words, owner, neededBy }) => ({ words, owner, neededBy })),
    stage: pilot?.stage,
    isPaused: pilot?.pausedSince !== null,
    cases: found
      .filter(({ cause }) => cause !== 'signature')
      .map(({ state }) => state)
      .sort(),
  };
}

/** A pilot that has reached its sponsor; a form is open when it is paused. */
async function pausedUnder(world: World, who: string, label: string): Promise<void> {
  await world.time.advanceTo(Date.parse('2026-01-27T12:00:00Z'));
  await presses(world, who, label);
  expect(world.control.openView(who)).not.toBeNull();
  const other = who === 'ana' ? 'priya' : 'ana';
  await asks(world, other, '/pilot pause claims-triage');
  expect(await submits(world, other, { Reason: 'Year-end freeze' })).toMatchObject({ ok: true });
}

onBothEngines('a form that was open when its pilot was paused', (openFresh) => {
  // A decision is an answer to everything that is open, also while the pilot rests (`vectors/escalation.json`).
  it.each([
    ['Unblock', { 'Who does it': '@nora', By: '2026-02-05' }, ['unblock', 'done'], [NORA]],
    ['Extend', { Until: '2026-02-26', [WHY]: 'It unblocks itself.' }, ['extend', 'done'], null],
  ] as const)('%s decides as a whole, in one sentence, and leaves it paused', async (label, fields, decided, blockers) => {
    const world = await silent(await openFresh());
    await pausedUnder(world, 'priya', label);
    const before = await kept(world);
    expect(before).toMatchObject({ decisions: [], isPaused: true, cases: ['PAUSED(L2)', 'PAUSED(L3)'] });
    expect((await submits(world, 'priya', fields)).ok).toBe(true);
    expect(newest(world, 'priya', 'Pilotage')).toBe(
      `Claims triage: ${label}. Ana Costa hears now. The pilot stays paused.`,
    );
    expect(await kept(world)).toEqual({
      ...before,
      decisions: [decided],
      blockers: blockers ?? before.blockers,
      cases: ['CLOSED', 'CLOSED'],
    });
    expect(told(world, 'ana').filter((text) => /Decided by: Priya Shah/.test(text))).toHaveLength(1);
    expect(world.complaints).toEqual([]);
  });

  it('Stop can still be undone for ten minutes, and ends it after that', async () => {
    const world = await silent(await openFresh());
    await pausedUnder(world, 'priya', 'Stop');
    const before = await kept(world);
    expect((await submits(world, 'priya', { 'In one sentence, why': 'No budget.' })).ok).toBe(true);
    expect(newest(world, 'priya', 'Pilotage')).toMatch(
      /^Claims triage: Stop\. Nobody is told for ten minutes/,
    );
    expect(await kept(world)).toEqual({ ...before, decisions: [['stop', 'pending']] });
    await world.time.advanceTo(world.clock.now() + 11 * 60_000);
    expect(await kept(world)).toMatchObject({
      decisions: [['stop', 'done']],
      stage: 'stopped',
      cases: ['CLOSED', 'CLOSED'],
    });
    expect(world.complaints).toEqual([]);
  });

  it.each([
    ["I'm on it", { 'Next step': 'Ask Finance IT', By: '2026-01-30' }],
    ['Snooze', { Why: 'Year end', Until: '2026-01-30' }],
  ] as const)('%s says that it rests, and keeps nothing', async (label, fields) => {
    const world = await silent(await openFresh());
    await pausedUnder(world, 'priya', label);
    const before = await kept(world);
    expect((await submits(world, 'priya', fields)).ok).toBe(true);
    expect(newest(world, 'priya', 'Pilotage')).toBe(
      'Claims triage is paused. Nothing is asked meanwhile, so there is nothing to answer. Nothing has changed.',
    );
    expect(await kept(world)).toEqual(before);
    expect(world.complaints).toEqual([]);
  });
});
