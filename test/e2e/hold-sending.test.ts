/** Can the programme office hold everything that goes out, see what waits, and let it go or drop it? */
import { expect, it } from 'vitest';
import { asks, newest, reads, register, signedPilot, told } from '../support/acts.ts';
import { onBothEngines } from '../support/databases.ts';
import { faultsOf, homeOf, passes, readyToAsk, rowsOf } from '../support/failing.ts';
import { startWorld, type World } from '../support/world.ts';

const START = { 'Start date': '2026-01-05', 'Decision date': '2026-04-05' };
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

const page = (world: World, who: string): string => {
  const view = world.control.openView(who);
  return view === null ? '' : world.control.read.text(view as never);
};

/** Opens the page by command and presses something on it. */
async function presses(world: World, label: string): Promise<string> {
  if (world.control.openView('lena') === null) await asks(world, 'lena', '/pilot settings sending');
  await world.control.pressInView('lena', { label });
  await world.settle();
  return page(world, 'lena');
}

onBothEngines('holding all sending', (openFresh) => {
  it('keeps everything back but answers to whoever acts, and says so', async () => {
    const world = await startWorld(await openFresh());
    const key = await readyToAsk(world, 'Claims triage', { fields: START });
    expect(await asks(world, 'ana', '/pilot settings sending')).toMatch(/You cannot hold or release/);
    expect(await presses(world, 'Hold all sending')).toMatch(/Held\. Nothing goes out[\s\S]*by Lena Fischer/);
    await world.control.closeView('lena');
    const before = told(world, 'priya').length;
    expect(await asks(world, 'ana', `/pilot sign-off ${key}`)).toMatch(
      /has been asked[\s\S]*Sending is held here, so 2 messages to others wait/,
    );
    await register(world, 'Churn model');
    expect(told(world, 'ana').join('\n')).toMatch(/Churn model · draft/);
    await passes(world, MINUTE);
    expect(await asks(world, 'ana', '/pilot list mine')).not.toMatch(/Sending is held/);
    expect(told(world, 'priya').length).toBe(before);
    expect(await homeOf(world, 'lena')).toMatch(
      /All sending is held since[\s\S]*by Lena Fischer\. 2 messages wait[\s\S]*a request to sign/,
    );
    expect(await homeOf(world, 'ana')).not.toMatch(/held/);
    expect(await presses(world, 'Release')).toMatch(/Released/);
    expect(told(world, 'priya').at(-1)).toMatch(/do you sign this/);
    expect(reads(world, 'omar', '#claims').join('\n')).toMatch(/Claims triage/);
    expect(await homeOf(world, 'lena')).not.toMatch(/held/);
    const kinds = (await world.db.q.select().from(world.db.tables.logbook)).map(({ kind }) => kind);
    expect(kinds.filter((kind) => /^sending_/.test(kind))).toEqual(['sending_held', 'sending_released']);
    expect(faultsOf(world)).toEqual([]);
  });

  it('leaves out on release what has become unnecessary, and of several the older ones', async () => {
    const world = await startWorld(await openFresh());
    await signedPilot(world, 'Claims triage', { fields: START });
    const key = await readyToAsk(world, 'Churn model', { fields: START });
    await asks(world, 'ana', '/pilot digest here weekly tuesday 9:00', '#ai-pilots');
    await presses(world, 'Hold all sending');
    const asked = told(world, 'ana').length;
    await asks(world, 'ana', `/pilot sign-off ${key}`);
    await world.control.press('ana', { channel: '#general', label: 'Withdraw request' });
    await world.settle();
    // Two weeks of check-ins and digests.
    await passes(world, 14 * DAY);
    expect(told(world, 'ana').length).toBe(asked);
    expect((await rowsOf(world, 'digest')).map(({ state }) => state)).toEqual(['ready', 'ready']);
    await presses(world, 'Release');
    expect((await rowsOf(world, 'digest')).map(({ state }) => state)).toEqual(['dropped', expect.anything()]);
    expect((await rowsOf(world, 'sign-request')).map(({ state }) => state)).toContain('dropped');
    await passes(world, DAY);
    // One message about check-ins; that a pilot needs a next step, or a backup, is another matter.
    const after = told(world, 'ana').slice(asked);
    expect(
      after.filter((text) => !/what is the next step\?|^Before it matters/.test(text)).length,
    ).toBeLessThanOrEqual(1);
    expect((await rowsOf(world, 'daily')).filter(({ state }) => state === 'ready')).toEqual([]);
    expect(told(world, 'priya').join('\n')).not.toMatch(/Churn model: do you sign/);
    expect(faultsOf(world)).toEqual([]);
  });

  it('drops what waits on request, and stays held', async () => {
    const world = await startWorld(await openFresh());
    const key = await readyToAsk(world, 'Claims triage', { fields: START });
    await presses(world, 'Hold all sending');
    await world.control.closeView('lena');
    await asks(world, 'ana', `/pilot sign-off ${key}`);
    expect(await presses(world, 'Drop what waits')).toMatch(/2 messages were dropped[\s\S]*Nothing waits/);
    await presses(world, 'Release');
    await passes(world, 5 * MINUTE);
    expect(told(world, 'priya').join('\n')).not.toMatch(/do you sign/);
    // What waits for somebody stands on their Home whatever becomes of messages.
    expect(await homeOf(world, 'priya')).toMatch(/Claims triage/);
    expect(newest(world, 'lena', '#general')).not.toMatch(/wrong/);
    expect(faultsOf(world)).toEqual([]);
  });

  it('shows the state to the second of two who press', async () => {
    const world = await startWorld(await openFresh());
    await presses(world, 'Hold all sending');
    const [old] = [world.control.openView('lena')];
    expect(old).not.toBeNull();
    await world.db.q.update(world.db.tables.workspaces).set({ heldSince: null, heldBy: null });
    expect(await presses(world, 'Release')).toMatch(/It was released already/);
    expect(faultsOf(world)).toEqual([]);
  });
});
