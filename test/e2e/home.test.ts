/** What do people see on the Home tab, in the bare command and on their first visit? */
import { expect, it } from 'vitest';
import { addCriterion, asks, askToSign, register, told } from '../support/acts.ts';
import { onBothEngines } from '../support/databases.ts';
import { startWorld, type World } from '../support/world.ts';

async function home(world: World, who: string): Promise<string> {
  await world.control.openHome(who);
  await world.settle();
  const view = world.control.read.home(who);
  return view === null ? '' : world.control.read.text(view);
}

onBothEngines('finding one’s way', (openFresh) => {
  it('answers the bare command, help and unknown words with usage', async () => {
    const world = await startWorld(await openFresh());
    expect(await asks(world, 'ana', '/pilot')).toMatch(/Nothing waits for you[\s\S]*\/pilot register/);
    const help = await asks(world, 'ana', '/pilot help');
    for (const name of ['register', 'criteria', 'sign-off', 'record', 'show', 'list', 'mine', 'digest']) {
      expect(help).toMatch(new RegExp(`/pilot ${name}`));
    }
    expect(await asks(world, 'ana', '/pilot frobnicate <!channel>')).toMatch(/I do not know "frobnicate"/);
  });

  it('welcomes the programme office once, and nobody else', async () => {
    const world = await startWorld(await openFresh());
    await home(world, 'ana');
    await home(world, 'lena');
    await home(world, 'lena');
    expect(told(world, 'ana')).toEqual([]);
    expect(told(world, 'lena')).toHaveLength(1);
    expect(told(world, 'lena')[0]).toMatch(/Pilotage is ready[\s\S]*\[Preferences\]/);
  });

  it('shows what waits for each person, and changes without being opened again', async () => {
    const world = await startWorld(await openFresh());
    expect(await home(world, 'priya')).toMatch(/Nothing waits for you[\s\S]*My pilots: 0/);
    await register(world);
    await addCriterion(world);
    expect(await home(world, 'ana')).toMatch(/Waiting for me: 1[\s\S]*2 things are missing/);
    await askToSign(world);
    const view = world.control.read.home('priya');
    expect(view === null ? '' : world.control.read.text(view)).toMatch(
      /Waiting for me: 1[\s\S]*waits for your signature/,
    );
    await world.control.pressHome('priya', 'Read and answer');
    await world.settle();
    expect(told(world, 'priya').at(-1)).toMatch(/\[Sign charter\]/);
    expect(await asks(world, 'priya', '/pilot mine')).toMatch(/Claims triage: waits for your signature/);
    expect(world.complaints).toEqual([]);
  });

  it('keeps outsiders out with a sentence', async () => {
    const world = await startWorld(await openFresh());
    await world.control.type('eve', '#with-partner', 'hello');
    await register(world);
    await addCriterion(world);
    await askToSign(world);
    expect(await asks(world, 'greg', '/pilot show claims-triage', '#claims')).toMatch(/no pilot/);
  });

  it('stops when the app is removed from the workspace', async () => {
    const world = await startWorld(await openFresh());
    await register(world);
    await world.control.apps.uninstall();
    await world.settle();
    const [workspace] = await world.db.q.select().from(world.db.tables.workspaces);
    expect(workspace?.uninstalledAt).not.toBeNull();
  });
});
