/** Does anything break, or get into a state it must not be in, when people do whatever they can? */
import { expect, it } from 'vitest';
import { dayOf } from '../../src/core/day.ts';
import { verify } from '../../src/db/verify.ts';
import { addCriterion, register, signedPilot } from '../support/acts.ts';
import { onBothEngines } from '../support/databases.ts';
import { actAtRandom } from '../support/random-people.ts';
import { startWorld, type World } from '../support/world.ts';

const START = { 'Start date': '2026-01-05', 'Decision date': '2026-04-05' };
const STEPS = 80;

/** What must hold whatever was done; each breach as a line. */
async function breaches(world: World): Promise<string[]> {
  const { q, tables: t } = world.db;
  const found: string[] = [];
  const held = (await q.select().from(t.roles)).filter(({ until }) => until === null);
  for (const [pilot, roles] of Map.groupBy(held, (role) => role.pilot)) {
    const who = (role: string) => roles.filter((one) => one.role === role).map(({ person }) => person);
    for (const role of new Set(roles.map((one) => one.role)))
      if (who(role).length > 1) found.push(`${pilot} has several in the role ${role}`);
    const answering = new Set([...who('sponsor'), ...who('delegate')]);
    if ([...who('owner'), ...who('backup')].some((person) => answering.has(person)))
      found.push(`${pilot} has somebody on both sides`);
  }
  found.push(
    ...held.filter(({ person }) => /GREG|GONE|EVE/.test(person)).map(({ role }) => `nobody fit is ${role}`),
  );
  for (const version of await q.select().from(t.charterVersions)) {
    const isSigned = version.status === 'signed' || version.status === 'superseded';
    if (isSigned && (version.hash === null || version.answeredBy === version.askedBy))
      found.push(`version ${version.n} of ${version.pilot} is not signed by somebody else`);
  }
  const today = dayOf(world.clock.now(), 'Europe/Berlin');
  const early = (await q.select().from(t.observations)).filter(({ periodEnd }) => periodEnd > today);
  found.push(...early.map(({ periodEnd }) => `a period that ends on ${periodEnd} has a value on ${today}`));
  const resting = (await q.select().from(t.pauses)).filter(({ until }) => until === null);
  for (const { id, pausedSince } of await q.select().from(t.pilots)) {
    const pauses = resting.filter(({ pilot }) => pilot === id).length;
    if (pauses !== (pausedSince === null ? 0 : 1)) found.push(`${id} rests ${pauses} times`);
  }
  return found;
}

onBothEngines('people who do whatever they can', (openFresh) => {
  it.each([11, 12, 13])('break nothing: seed %i', async (seed) => {
    const world = await startWorld(await openFresh());
    await signedPilot(world, 'Claims triage', { fields: START });
    await register(world, 'Churn model');
    await addCriterion(world, 'churn-model');
    const trail = await actAtRandom(world, seed, STEPS);
    const before = trail.slice(-5).join('\n');
    expect(world.complaints, before).toEqual([]);
    expect(await breaches(world), before).toEqual([]);
    expect(await verify(world.db)).toBeNull();
    // Most of it could be done at all.
    expect(trail.filter((line) => line.includes(' cannot: ')).length).toBeLessThan(STEPS / 2);
  }, 60_000);
});
