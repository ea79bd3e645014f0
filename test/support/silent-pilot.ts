/** What does a pilot look like that nobody hears of any more? */
import type { Database } from '../../src/db/database.ts';
import { asks, signedPilot } from './acts.ts';
import { startWorld, type World } from './world.ts';

const START = { 'Start date': '2026-01-05', 'Decision date': '2026-04-05' };

/** A signed pilot with something in its way, under strict thresholds, of which nobody hears any more. */
export async function silent(db: Database, options: Parameters<typeof startWorld>[1] = {}): Promise<World> {
  const world = await startWorld(db, options);
  const [workspace] = await db.q.select().from(db.tables.workspaces);
  await db.q.insert(db.tables.stallSettings).values({
    workspace: workspace?.id ?? '',
    version: 1,
    preset: 'strict',
    changed: {},
    setAt: world.clock.now(),
    setBy: 'U0LENA00001',
  });
  await signedPilot(world, 'Claims triage', { fields: START });
  await asks(world, 'ana', '/pilot blocker claims-triage ERP test access');
  await world.control.submit('ana');
  await world.settle();
  return world;
}
