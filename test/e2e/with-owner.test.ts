/** Does whoever decides see as theirs only what waits for them? */
import { expect, it } from 'vitest';
import { asks, signedPilot } from '../support/acts.ts';
import { onBothEngines } from '../support/databases.ts';
import { submits } from '../support/measured-pilot.ts';
import { silent } from '../support/silent-pilot.ts';

const at = (text: string): number => Date.parse(text);

onBothEngines('what is still with the owner', (openFresh) => {
  it('is named to the sponsor in one line, without a button to decide, until it is theirs', async () => {
    const world = await silent(await openFresh());
    await world.time.advanceTo(at('2026-01-21T12:00:00Z'));
    const early = await asks(world, 'priya', '/pilot decide claims-triage');
    expect(early).toMatch(
      /^Nothing about Claims triage waits for your decision\.\n2 matters are with Ana, the first until \w+ \d+ Jan\. You are asked when one needs you\.\n\[Ask Ana\] \[Read all\]$/,
    );
    expect(await asks(world, 'ana', '/pilot decide claims-triage')).toMatch(
      /Claims triage: what is the next step\?[\s\S]*\[I'm on it\]/,
    );
    await world.time.advanceTo(at('2026-01-27T12:00:00Z'));
    expect(await asks(world, 'priya', '/pilot decide claims-triage')).toMatch(
      /^Claims triage is stuck\. Can you unblock it\?[\s\S]*\n1 more is with Ana until \w+ \d+ Jan\.\n[\s\S]*\[Unblock\] \[I'm on it\]/,
    );
    expect(await asks(world, 'ana', '/pilot decide claims-triage')).not.toMatch(/more is with/);
    expect(world.complaints).toEqual([]);
  });

  it('is said to wait for nobody while the pilot is paused', async () => {
    const world = await silent(await openFresh());
    await world.time.advanceTo(at('2026-01-21T12:00:00Z'));
    await asks(world, 'ana', '/pilot pause claims-triage');
    expect(await submits(world, 'ana', { Reason: 'Year-end freeze' })).toMatchObject({ ok: true });
    expect(await asks(world, 'priya', '/pilot decide claims-triage')).toMatch(
      /Claims triage is paused\. Nothing is asked meanwhile/,
    );
    expect(world.complaints).toEqual([]);
  });

  it('is left out of what waits, which opens without a key', async () => {
    const world = await silent(await openFresh());
    await world.time.advanceTo(at('2026-01-21T12:00:00Z'));
    const nothing = /^No pilot waits for a decision of yours\./;
    expect(await asks(world, 'priya', '/pilot decide')).toMatch(nothing);
    expect(await asks(world, 'ana', '/pilot decide')).toMatch(/^Claims triage: what is the next step\?/);
    expect(await asks(world, 'marek', '/pilot decide')).toMatch(nothing);
    await world.time.advanceTo(at('2026-01-27T12:00:00Z'));
    expect(await asks(world, 'priya', '/pilot decide')).toMatch(
      /^Claims triage is stuck\. Can you unblock it\?/,
    );
    // A second one of the same kind: each has a button of its own.
    const { pilots, cases } = world.db.tables;
    const [own] = await world.db.q.select().from(pilots);
    const [open] = (await world.db.q.select().from(cases)).filter(({ closedAt }) => closedAt === null);
    if (own === undefined || open === undefined) throw new Error('nothing is open');
    await signedPilot(world, 'Fraud flags', { owner: 'ana', fields: { 'Start date': '2026-01-05' } });
    const [, second] = await world.db.q.select().from(pilots);
    for (const row of (await world.db.q.select().from(cases)).filter(({ pilot }) => pilot === own.id))
      await world.db.q.insert(cases).values({ ...row, id: `second-${row.id}`, pilot: second?.id ?? '' });
    expect(await asks(world, 'priya', '/pilot decide')).toMatch(
      /^2 pilots wait for you\n[\s\S]*Claims triage[\s\S]*Fraud flags[\s\S]*\[My pilots\]/,
    );
    expect(world.complaints).toEqual([]);
  });
});
