/** What becomes of messages when the place, the person or the permission they need is gone meanwhile? */
import { expect, it } from 'vitest';
import { asks, reads, register, signedPilot, told } from '../support/acts.ts';
import { onBothEngines } from '../support/databases.ts';
import { faultsOf, homeOf, passes, readyToAsk } from '../support/failing.ts';
import { startWorld, type World } from '../support/world.ts';

const START = { 'Start date': '2026-01-05', 'Decision date': '2026-04-05' };
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const newestRow = async (world: World, kind: string) => {
  const { outbox } = world.db.tables;
  const rows = await world.db.q.select().from(outbox).orderBy(outbox.id);
  return rows.findLast((row) => row.kind === kind);
};

/** Asks the sponsor while Slack is busy, changes the workspace, and lets the messages go. */
async function askedThen(world: World, change: () => Promise<unknown>): Promise<void> {
  const key = await readyToAsk(world, 'Claims triage', { fields: START });
  const busy = world.slack.failures.call('chat.postMessage', { kind: 'rate_limited', retryAfter: 30 });
  await asks(world, 'ana', `/pilot sign-off ${key}`);
  busy.stop();
  await change();
  await world.settle();
  await passes(world, 5 * MINUTE);
}

onBothEngines('when somebody or something is gone', (openFresh) => {
  it('asks the sponsor although the channel is archived, and names the remedy for the card', async () => {
    const world = await startWorld(await openFresh());
    await askedThen(world, () => world.control.channels.archive('#claims'));
    expect(told(world, 'priya')[0]).toMatch(/do you sign this/);
    expect(await newestRow(world, 'pilot-card')).toMatchObject({ state: 'failed', error: 'is_archived' });
    expect(await homeOf(world, 'lena')).toMatch(/Not delivered this week: 1[\s\S]*choose another/);
    await world.control.press('priya', { channel: 'Pilotage', label: 'Sign charter' });
    await world.settle();
    expect(told(world, 'ana').at(-1)).toMatch(/Priya Shah signed Claims triage/);
    expect(faultsOf(world)).toEqual([]);
  });

  it('puts the card into another channel where the app was removed from the first', async () => {
    const world = await startWorld(await openFresh());
    await askedThen(world, () => world.control.channels.kick('#claims', 'Pilotage'));
    expect(await newestRow(world, 'pilot-card')).toMatchObject({ state: 'failed', error: 'not_in_channel' });
    expect(await homeOf(world, 'lena')).toMatch(/Not delivered this week: 1[\s\S]*\/invite/);
    await world.control.press('ana', { channel: 'Pilotage', label: 'Edit charter' });
    await world.settle();
    await world.control.fill('ana', { Channel: '#ai-pilots' });
    expect((await world.control.submit('ana')).ok).toBe(true);
    await world.settle();
    expect(reads(world, 'omar', '#ai-pilots')[0]).toMatch(/Claims triage · draft/);
  });

  it('tells the programme office when the sponsor is deactivated, and takes another one', async () => {
    const world = await startWorld(await openFresh());
    await askedThen(world, () => world.control.people.deactivate('priya'));
    expect(await newestRow(world, 'sign-request')).toMatchObject({ state: 'failed' });
    expect(await homeOf(world, 'lena')).toMatch(/Not delivered this week: 1[\s\S]*somebody else/);
    await passes(world, 2 * HOUR);
    await world.control.press('ana', { channel: 'Pilotage', label: 'Edit charter' });
    await world.settle();
    expect((await world.control.submit('ana')).errorsByLabel).toEqual({});
    await world.control.press('ana', { channel: 'Pilotage', label: 'Edit charter' });
    await world.settle();
    await world.control.fill('ana', { 'Executive sponsor': '@marek' });
    expect((await world.control.submit('ana')).ok).toBe(true);
    await world.settle();
    await asks(world, 'ana', '/pilot sign-off claims-triage');
    expect(told(world, 'marek')[0]).toMatch(/do you sign this/);
    expect(faultsOf(world)).toEqual([]);
  });

  it('brings a card up to date once its channel is back', async () => {
    const world = await startWorld(await openFresh());
    await signedPilot(world, 'Claims triage', { fields: START });
    await world.time.advanceTo(Date.parse('2026-01-13T08:00:00Z'));
    await world.control.channels.archive('#claims');
    await asks(world, 'ana', '/pilot record claims-triage cost-per-claim 17.90');
    await world.control.channels.unarchive('#claims');
    await world.control.channels.invite('#claims', 'Pilotage').catch(() => undefined);
    await passes(world, 2 * HOUR);
    expect(reads(world, 'omar', '#claims')[0]).toMatch(/€17\.90/);
  });

  it('goes on where it may when a scope is taken away, and says which message failed', async () => {
    const world = await startWorld(await openFresh());
    await homeOf(world, 'lena');
    await register(world);
    await world.control.apps.removeScope('users:read');
    await world.control.apps.removeScope('channels:read');
    expect(await asks(world, 'ana', '/pilot show claims-triage')).toMatch(/Claims triage/);
    // Nobody knows whether somebody new is a guest.
    expect(await asks(world, 'greg', '/pilot list', '#claims')).toMatch(/does not tell me who you are/);
    await asks(world, 'ana', '/pilot register Churn model', '#claims');
    expect(world.control.openView('ana')).not.toBeNull();
    await world.control.closeView('ana');
    await world.control.apps.removeScope('chat:write');
    await readyToAsk(world, 'Call summaries', { fields: { ...START, Channel: '' } });
    expect(await newestRow(world, 'draft-card')).toMatchObject({ state: 'failed', error: 'missing_scope' });
    expect(await homeOf(world, 'lena')).toMatch(/missing|scope/);
    expect(faultsOf(world)).toEqual([]);
  });

  it.each(['revokeToken', 'uninstall'] as const)('sends nothing any more after %s', async (how) => {
    const world = await startWorld(await openFresh());
    await signedPilot(world, 'Claims triage', { fields: START });
    await readyToAsk(world, 'Churn model', { fields: START });
    await asks(world, 'ana', '/pilot digest here weekly monday 9:00', '#ai-pilots');
    await world.control.apps[how]();
    await world.settle();
    const [workspace] = await world.db.q.select().from(world.db.tables.workspaces);
    expect(workspace?.uninstalledAt).not.toBeNull();
    const before = world.control.read.log().at(-1)?.n ?? 0;
    await passes(world, 8 * 24 * HOUR);
    const calls = world.control.read.log({ since: before }).filter(({ direction }) => direction === 'call');
    expect(calls.map(({ name }) => name)).toEqual([]);
    const { outbox } = world.db.tables;
    const rows = await world.db.q.select().from(outbox).orderBy(outbox.id);
    expect(rows.filter(({ kind }) => kind === 'digest').every(({ state }) => state === 'dropped')).toBe(true);
    expect(faultsOf(world)).toEqual([]);
  });

  it('stops on its own when Slack says that the app is gone', async () => {
    const world = await startWorld(await openFresh());
    await register(world);
    world.slack.failures.call('chat.postMessage', { kind: 'error', error: 'account_inactive' });
    await register(world, 'Churn model');
    const [workspace] = await world.db.q.select().from(world.db.tables.workspaces);
    expect(workspace?.uninstalledAt).not.toBeNull();
    world.slack.failures.clear();
    await passes(world, 3 * HOUR);
    expect(told(world, 'ana').join('\n')).not.toMatch(/Churn/);
  });
});
