/** What does a pilot look like whose numbers are in, and how do people answer about it? */
import type { Database } from '../../src/db/database.ts';
import { asks, signedPilot } from './acts.ts';
import { startWorld, type World } from './world.ts';

const START = { 'Start date': '2026-01-05', 'Decision date': '2026-01-30' };

/** A signed pilot of January whose numbers are in, on its way to its decision. */
export async function measured(db: Database, values: readonly string[]): Promise<World> {
  const world = await startWorld(db);
  await signedPilot(world, 'Claims triage', { fields: START });
  for (const [week, value] of values.entries()) {
    await world.time.advanceTo(Date.parse('2026-01-12T12:00:00Z') + week * 7 * 86_400_000);
    await asks(world, 'ana', `/pilot record claims-triage cost-per-claim ${value}`);
  }
  return world;
}

/** Fills in the form in front of somebody and submits it. */
export const submits = async (world: World, who: string, fields: Readonly<Record<string, string>>) => {
  await world.control.fill(who, fields);
  const result = await world.control.submit(who);
  await world.settle();
  return result;
};

/** Presses a button in somebody's conversation with the app. */
export const presses = async (world: World, who: string, label: string) => {
  await world.control.press(who, { channel: 'Pilotage', label });
  await world.settle();
};

/** A pilot that was sent into production on 4 February, on one condition. */
export async function goesOnCondition(db: Database, words: string, by: string): Promise<World> {
  const world = await measured(db, ['12.40', '12.10', '11.90']);
  await world.time.advanceTo(Date.parse('2026-02-04T22:00:00Z'));
  await presses(world, 'priya', 'Conditional go');
  const result = await submits(world, 'priya', {
    Condition: words,
    By: by,
    'Why not Go, as suggested': 'Audit has asked for it.',
  });
  if (!result.ok) throw new Error(`not decided: ${JSON.stringify(result)}`);
  await world.time.advanceTo(Date.parse('2026-02-05T12:00:00Z'));
  return world;
}
