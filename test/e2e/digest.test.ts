/** Does a channel hear once a week where its pilots stand, at the hour it chose? */
import { expect, it } from 'vitest';
import { addCriterion, asks, newest, reads, register, signedPilot } from '../support/acts.ts';
import { onBothEngines } from '../support/databases.ts';
import { startWorld } from '../support/world.ts';

const START = { 'Start date': '2026-01-05', 'Decision date': '2026-04-05' };
const instant = (text: string): number => Date.parse(text);

onBothEngines('the weekly digest', (openFresh) => {
  it('is posted at nine on Monday in the zone of whoever set it up, once, with its thread', async () => {
    const world = await startWorld(await openFresh());
    await signedPilot(world, 'Claims triage', { fields: START });
    expect(await asks(world, 'ana', '/pilot digest here weekly monday 9:00', '#ai-pilots')).toMatch(
      /Mondays at 9:00, Europe\/Berlin time \(yours\). Next: Mon 12 Jan, Mon 19 Jan, Mon 26 Jan/,
    );
    await asks(world, 'ana', '/pilot record claims-triage cost-per-claim 17.90');
    await world.time.advanceTo(instant('2026-01-13T07:00:00Z'));
    await asks(world, 'ana', '/pilot record claims-triage cost-per-claim 17.90');
    await world.time.advanceTo(instant('2026-01-19T07:59:59Z'));
    const before = reads(world, 'omar', '#ai-pilots').length;
    await world.time.advanceTo(instant('2026-01-19T08:00:01Z'));
    const after = reads(world, 'omar', '#ai-pilots').slice(before);
    expect(after[0]).toMatch(/AI pilots this week: 1 moved/);
    expect(after[0]).toMatch(/Moved {2}Claims triage: €17.90; agreed €12.50 or less/);
    expect(after[0]).toMatch(/\[Preferences\]/);
    expect(after.filter((text) => /AI pilots this week/.test(text))).toHaveLength(1);
    expect(after[1]).toMatch(/Claims triage: .*€17.90/);
    expect(world.complaints).toEqual([]);
  });

  it('keeps the wall clock when the clocks change', async () => {
    const world = await startWorld(await openFresh(), { at: instant('2026-03-20T10:00:00Z') });
    await register(world, 'Claims triage');
    await addCriterion(world);
    await asks(world, 'ana', '/pilot digest here weekly monday 9:00', '#claims');
    await asks(world, 'ana', '/pilot digest now', '#claims');
    expect(
      reads(world, 'omar', '#claims').some((text) => /AI pilots this week: no pilots yet/.test(text)),
    ).toBe(true);
    const planned = async () =>
      (await world.db.q.select().from(world.db.tables.schedules)).find(
        ({ kind }) => kind === 'channel-digest',
      );
    expect((await planned())?.nextAt).toBe(instant('2026-03-23T08:00:00Z'));
    await world.time.advanceTo(instant('2026-03-24T08:00:00Z'));
    expect((await planned())?.nextAt).toBe(instant('2026-03-30T07:00:00Z'));
  });

  it('says only the latest after downtime, and nothing where nothing is to tell', async () => {
    const world = await startWorld(await openFresh());
    await register(world, 'Claims triage');
    await asks(world, 'ana', '/pilot digest here weekly monday 9:00', '#ai-pilots');
    world.clock.set(instant('2026-02-16T10:00:00Z'));
    await world.settle();
    expect(
      reads(world, 'omar', '#ai-pilots').filter((text) => /AI pilots this week/.test(text)),
    ).toHaveLength(0);
    const rows = await world.db.q.select().from(world.db.tables.outbox);
    expect(rows.filter(({ kind }) => kind === 'digest')).toHaveLength(1);
    expect(rows.find(({ kind }) => kind === 'digest')).toMatchObject({
      state: 'dropped',
      error: 'nothing to tell',
    });
  });

  it('shows in a channel only what its least privileged reader may see', async () => {
    const world = await startWorld(await openFresh());
    await signedPilot(world, 'Claims triage', { fields: START });
    await signedPilot(world, 'Secret plan', {
      fields: { ...START, 'Who can see it': 'Only people with a role' },
    });
    await asks(world, 'ana', '/pilot digest now', '#ai-pilots');
    const everything = reads(world, 'omar', '#ai-pilots').join('\n');
    expect(everything).toMatch(/Claims triage/);
    expect(everything).not.toMatch(/Secret plan/);
    expect(await asks(world, 'ana', '/pilot digest')).toMatch(/2 quiet|2 moved|Quiet {2}2/);
    expect(await asks(world, 'marek', '/pilot digest')).not.toMatch(/2 /);
    expect(await asks(world, 'marek', '/pilot list')).not.toMatch(/Secret/);
    expect(await asks(world, 'marek', '/pilot show secret-plan')).toMatch(/no pilot/);
    await world.control.openHome('marek');
    await world.settle();
    const home = world.control.read.home('marek');
    expect(home === null ? '' : world.control.read.text(home)).not.toMatch(/Secret/);
  });

  it('names the remedy where a digest cannot go, and stops on request', async () => {
    const world = await startWorld(await openFresh());
    const here = '/pilot digest here weekly monday 9:00';
    expect(await asks(world, 'ana', here, '#general')).toMatch(/not in #general. Type \/invite/);
    expect(await asks(world, 'ana', here, '#with-partner')).toMatch(/shared with another company/);
    expect(await asks(world, 'ana', '/pilot digest here someday', '#claims')).toMatch(
      /cannot read "someday"/,
    );
    expect(await asks(world, 'ana', '/pilot digest off', '#claims')).toMatch(
      /no digest, so there is nothing to end/,
    );
    await asks(world, 'ana', here, '#claims');
    expect(await asks(world, 'omar', '/pilot digest off', '#claims')).toMatch(/no digest any more/);
    expect(newest(world, 'omar', '#claims')).toMatch(/starts it again/);
  });
});
