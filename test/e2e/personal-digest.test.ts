/** Does each reader get their own week: a unit's channel, a follower, an executive, and what came late? */
import { expect, it } from 'vitest';
import { asks, reads, signedPilot, told } from '../support/acts.ts';
import { onBothEngines } from '../support/databases.ts';
import { faultsOf } from '../support/failing.ts';
import { startWorld, type World } from '../support/world.ts';

const START = { 'Start date': '2026-01-05', 'Decision date': '2026-04-05' };
const at = (text: string): number => Date.parse(text);
const weekly = (world: World, who: string): string[] =>
  told(world, who).filter((text) =>
    /AI pilots this week|^Your \d+ pilot|pilots? of yours or followed/.test(text),
  );
const posted = (world: World, channel: string): string[] =>
  reads(world, 'omar', channel).filter((text) => /AI pilots.* this week/.test(text));

/** Two pilots in different units, the first with a week behind it. */
async function portfolio(world: World): Promise<void> {
  await signedPilot(world, 'Claims triage', { fields: START });
  await signedPilot(world, 'Invoice matcher', {
    owner: 'marek',
    channel: '#finance-ai',
    fields: { ...START, 'Business unit': 'Finance', Channel: '' },
  });
  await world.time.advanceTo(at('2026-01-13T10:00:00Z'));
}

onBothEngines('a digest of its own', (openFresh) => {
  it('tells a channel of one business unit, or of one owner, and names what is unknown', async () => {
    const world = await startWorld(await openFresh());
    await portfolio(world);
    expect(await asks(world, 'ana', '/pilot digest here monday 9:00 unit Finances', '#claims')).toMatch(
      /no business unit "Finances" with a pilot you can see\. Near it: Finance/,
    );
    expect(await asks(world, 'ana', '/pilot digest here unit', '#claims')).toMatch(/Which business unit\?/);
    expect(await asks(world, 'ana', '/pilot digest here owner nobody', '#claims')).toMatch(
      /Mention the owner/,
    );
    expect(await asks(world, 'ana', '/pilot digest here monday 9:00 unit claims', '#claims')).toMatch(
      /This channel gets its digest, pilots of claims only, Mondays at 9:00/,
    );
    await asks(world, 'ana', '/pilot digest here monday 9:00 owner @marek', '#ai-pilots');
    await asks(world, 'ana', '/pilot record claims-triage cost-per-claim 17.90');
    await asks(world, 'marek', '/pilot record invoice-matcher cost-per-claim 17.10');
    await world.time.advanceTo(at('2026-01-19T08:01:00Z'));
    expect(posted(world, '#claims')[0]).toMatch(/AI pilots of claims this week: 1 moved/);
    expect(posted(world, '#claims')[0]).not.toMatch(/Invoice/);
    expect(posted(world, '#ai-pilots')[0]).toMatch(
      /AI pilots of Marek Nowak this week[\s\S]*Invoice matcher: €17\.10/,
    );
    expect(posted(world, '#ai-pilots')[0]).not.toMatch(/Claims triage/);
    await world.control.press('omar', { channel: '#claims', label: 'Preferences' });
    await world.settle();
    await world.control.fill('omar', { 'Only business unit': 'Nowhere' });
    expect((await world.control.submit('omar')).errorsByLabel['Only business unit']).toMatch(
      /no business unit/,
    );
    await world.control.fill('omar', { 'Only business unit': '' });
    expect((await world.control.submit('omar')).ok).toBe(true);
    await world.settle();
    expect(faultsOf(world)).toEqual([]);
  });

  it('is edited when values come late, with its thread, and stays as it is after three days', async () => {
    const world = await startWorld(await openFresh());
    await portfolio(world);
    await asks(world, 'ana', '/pilot digest here weekly monday 9:00', '#ai-pilots');
    await asks(world, 'ana', '/pilot record claims-triage cost-per-claim 17.90');
    await world.time.advanceTo(at('2026-01-19T08:01:00Z'));
    const count = reads(world, 'omar', '#ai-pilots').length;
    expect(posted(world, '#ai-pilots')[0]).toMatch(/1 moved, 1 quiet/);
    await asks(world, 'marek', '/pilot record invoice-matcher cost-per-claim 17.10');
    expect(posted(world, '#ai-pilots')[0]).toMatch(/1 moved, 1 quiet/);
    await world.time.advanceTo(at('2026-01-19T09:01:00Z'));
    expect(posted(world, '#ai-pilots')[0]).toMatch(
      /2 moved[\s\S]*Invoice matcher: €17\.10[\s\S]*came after it was posted is in/,
    );
    expect(reads(world, 'omar', '#ai-pilots')).toHaveLength(count);
    expect(reads(world, 'omar', '#ai-pilots').at(-1)).toMatch(/Invoice matcher: .*€17\.10/);
    const edits = () => world.control.read.log().filter(({ name }) => name === 'chat.update').length;
    const before = edits();
    await world.time.advanceTo(at('2026-01-21T06:00:00Z'));
    // Only when something has changed, and never more than once an hour.
    expect(edits() - before).toBeLessThan(10);
    await world.time.advanceTo(at('2026-01-23T10:00:00Z'));
    const stays = posted(world, '#ai-pilots')[0];
    await asks(world, 'marek', '/pilot record invoice-matcher cost-per-claim 16.10');
    await world.time.advanceTo(at('2026-01-23T20:00:00Z'));
    expect(posted(world, '#ai-pilots')[0]).toBe(stays);
    expect(faultsOf(world)).toEqual([]);
  });

  it('brings a follower what moved in the pilots they follow, and nothing in quiet weeks', async () => {
    const world = await startWorld(await openFresh());
    await portfolio(world);
    await asks(world, 'wei', '/pilot follow claims-triage');
    await asks(world, 'ana', '/pilot record claims-triage cost-per-claim 17.90');
    await asks(world, 'marek', '/pilot record invoice-matcher cost-per-claim 17.10');
    await world.time.advanceTo(at('2026-01-19T00:59:00Z'));
    expect(weekly(world, 'wei')).toEqual([]);
    await world.time.advanceTo(at('2026-01-19T01:01:00Z'));
    expect(weekly(world, 'wei')).toHaveLength(1);
    expect(weekly(world, 'wei')[0]).toMatch(
      /AI pilots this week: 1 moved[\s\S]*Claims triage: €17\.90[\s\S]*\[How often\] \[Preferences\]/,
    );
    expect(weekly(world, 'wei')[0]).not.toMatch(/Invoice/);
    await asks(world, 'ana', '/pilot pause claims-triage Waiting');
    if (world.control.openView('ana') !== null) await world.control.submit('ana');
    await world.time.advanceTo(at('2026-02-09T12:00:00Z'));
    expect(weekly(world, 'wei')).toHaveLength(1);
    expect(await asks(world, 'wei', '/pilot digest me off')).toMatch(/You get no weekly message any more/);
    expect(await asks(world, 'wei', '/pilot digest me off')).toMatch(/nothing to end/);
    expect(await asks(world, 'wei', '/pilot follow invoice-matcher')).toMatch(/switched off/);
    expect(faultsOf(world)).toEqual([]);
  });

  it('tells an executive in thirty seconds what waits, what got worse and what got better', {
    timeout: 120_000,
  }, async () => {
    const world = await startWorld(await openFresh());
    await portfolio(world);
    expect(await asks(world, 'priya', '/pilot digest me weekly someday')).toMatch(
      /cannot read "weekly someday"/,
    );
    expect(await asks(world, 'priya', '/pilot digest me weekly monday 8:30')).toMatch(
      /weekly message Mondays at 8:30, Europe\/London time \(yours\)\. Next: Mon 19 Jan/,
    );
    await world.time.advanceTo(at('2026-03-24T10:00:00Z'));
    await asks(world, 'ana', '/pilot record claims-triage cost-per-claim 12.10 2026-03-18');
    await world.time.advanceTo(at('2026-03-30T12:00:00Z'));
    const message = weekly(world, 'priya').at(-1) ?? '';
    expect(message).toMatch(/Your 2 pilots: 2 wait for you/);
    expect(message).toMatch(/Waits for you {2}Claims triage: decision date Sun 5 Apr/);
    expect(message).toMatch(/Sent only when something waits or has changed/);
    expect(message).toMatch(/\[Waiting for me\] \[My pilots\] \[How often\] \[Preferences\]/);
    await world.control.press('priya', { channel: 'Pilotage', label: 'How often' });
    await world.settle();
    await world.control.fill('priya', { Day: 'Wednesday', Time: 'at noon' });
    expect((await world.control.submit('priya')).errorsByLabel['Time']).toMatch(/"at noon" is not a time/);
    await world.control.fill('priya', { Time: '12:00', 'How much': 'The whole week' });
    expect((await world.control.submit('priya')).ok).toBe(true);
    await world.time.advanceTo(at('2026-04-01T11:01:00Z'));
    expect(weekly(world, 'priya').at(-1)).toMatch(/AI pilots this week: 2 to decide/);
    expect(faultsOf(world)).toEqual([]);
  });

  it('shows nobody what they may not see, not even after they have lost sight of it', async () => {
    const world = await startWorld(await openFresh());
    await portfolio(world);
    await asks(world, 'wei', '/pilot follow claims-triage');
    await asks(world, 'wei', '/pilot digest me full monday 9:00');
    const { pilots } = world.db.tables;
    await world.db.q.update(pilots).set({ visibility: 'people' });
    await asks(world, 'ana', '/pilot record claims-triage cost-per-claim 17.90');
    await world.time.advanceTo(at('2026-01-19T02:00:00Z'));
    expect(weekly(world, 'wei')).toEqual([]);
    expect(faultsOf(world)).toEqual([]);
  });
});
