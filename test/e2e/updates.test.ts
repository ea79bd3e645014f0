/** Can somebody without a part in a pilot follow it and ask how it goes, without the owner being asked twice? */
import { expect, it } from 'vitest';
import { asks, signedPilot, told } from '../support/acts.ts';
import { onBothEngines } from '../support/databases.ts';
import { faultsOf } from '../support/failing.ts';
import { startWorld, type World } from '../support/world.ts';

const START = { 'Start date': '2026-01-05', 'Decision date': '2026-04-05' };
const at = (text: string): number => Date.parse(text);

const press = async (world: World, who: string, label: string, channel = '#general'): Promise<string> => {
  await world.control.press(who, { channel, label });
  await world.settle();
  return (
    world.control.read
      .messages(who, channel)
      .map((message) => world.control.read.text(message))
      .at(-1) ?? ''
  );
};
const asked = (world: World): string[] => told(world, 'ana').filter((text) => /how does it go\?/.test(text));

async function running(world: World): Promise<void> {
  await signedPilot(world, 'Claims triage', { fields: START });
  await world.time.advanceTo(at('2026-01-12T10:00:00Z'));
}

onBothEngines('an update', (openFresh) => {
  it('is asked of the owner once, and answers everybody who asked meanwhile', async () => {
    const world = await startWorld(await openFresh());
    await running(world);
    await asks(world, 'omar', '/pilot show claims-triage');
    expect(await press(world, 'omar', 'Ask for an update')).toMatch(
      /Ana Costa is asked for an update on Claims triage\. The answer comes to you directly/,
    );
    expect(await press(world, 'omar', 'Ask for an update')).toMatch(/You have asked already/);
    await asks(world, 'wei', '/pilot show claims-triage');
    expect(await press(world, 'wei', 'Ask for an update')).toMatch(
      /Omar Haddad has asked about Claims triage already; you get the answer too/,
    );
    expect(asked(world)).toHaveLength(1);
    expect(asked(world)[0]).toMatch(
      /Omar Haddad and Wei Chen ask for an update[\s\S]*\[Answer\] \[Check in\]/,
    );
    await world.control.press('ana', { channel: 'Pilotage', label: 'Answer' });
    await world.settle();
    expect(JSON.stringify(world.control.openView('ana')?.blocks)).toMatch(/"Claims triage"/);
    await world.control.fill('ana', { 'How it goes': 'The letters came; numbers on Thursday.' });
    expect((await world.control.submit('ana')).ok).toBe(true);
    await world.settle();
    expect(told(world, 'ana').join('\n')).toMatch(/Claims triage: the update is given\. Nothing left to do/);
    await world.time.advanceTo(at('2026-01-13T09:00:00Z'));
    for (const who of ['omar', 'wei'])
      expect(told(world, who).at(-1)).toMatch(
        /the update you asked for[\s\S]*Ana Costa: "The letters came; numbers on Thursday\."[\s\S]*\[Follow\] \[Read all\] \[Preferences\]/,
      );
    await asks(world, 'nora', '/pilot show claims-triage');
    expect(await press(world, 'nora', 'Ask for an update')).toMatch(
      /Ana Costa said on Mon 12 Jan: "The letters came; numbers on Thursday\."\. Nothing was sent/,
    );
    expect(faultsOf(world)).toEqual([]);
  });

  it('is given by a check-in as well, which stands for three working days', async () => {
    const world = await startWorld(await openFresh());
    await running(world);
    await asks(world, 'omar', '/pilot show claims-triage');
    await press(world, 'omar', 'Ask for an update');
    await world.time.advanceTo(at('2026-01-12T11:00:00Z'));
    await world.control.press('ana', { channel: 'Pilotage', label: 'Check in' });
    await world.settle();
    await world.control.fill('ana', { 'My view': 'Amber, some risk', 'New blocker': 'Sample letters' });
    expect((await world.control.submit('ana')).ok).toBe(true);
    await world.settle();
    expect(told(world, 'omar').at(-1)).toMatch(
      /Ana Costa: "Amber, some risk\. In the way: Sample letters\."/,
    );
    await asks(world, 'wei', '/pilot show claims-triage');
    expect(await press(world, 'wei', 'Ask for an update')).toMatch(/Amber, some risk.*Nothing was sent/);
    await world.time.advanceTo(at('2026-01-20T10:00:00Z'));
    expect(await press(world, 'wei', 'Ask for an update')).toMatch(/Ana Costa is asked/);
    expect(faultsOf(world)).toEqual([]);
  });

  it('waits for the hours of the owner, and is not asked of a pilot that rests', async () => {
    const world = await startWorld(await openFresh());
    await running(world);
    await world.time.advanceTo(at('2026-01-12T22:00:00Z'));
    await asks(world, 'omar', '/pilot show claims-triage');
    await press(world, 'omar', 'Ask for an update');
    expect(asked(world)).toEqual([]);
    await world.time.advanceTo(at('2026-01-13T08:01:00Z'));
    expect(asked(world)).toHaveLength(1);
    await asks(world, 'lena', '/pilot pause claims-triage Waiting for Legal');
    if (world.control.openView('lena') !== null) await world.control.submit('lena');
    await world.settle();
    expect(await press(world, 'omar', 'Ask for an update')).toMatch(/is paused, so nobody is asked/);
    expect(faultsOf(world)).toEqual([]);
  });

  it('is not for people who may not see the pilot, nor for old buttons', async () => {
    const world = await startWorld(await openFresh());
    await running(world);
    await asks(world, 'omar', '/pilot show claims-triage');
    await press(world, 'omar', 'Ask for an update');
    await world.control.command('ana', '#general', '/pilot hand-over claims-triage');
    await world.settle();
    await world.control.fill('ana', { Role: 'Owner', 'New person': '@marek' });
    await world.control.submit('ana');
    await world.settle();
    expect(asked(world)).toEqual([]);
    expect(await asks(world, 'greg', '/pilot follow claims-triage', '#claims')).toMatch(/There is no pilot/);
    expect(faultsOf(world)).toEqual([]);
  });
});

onBothEngines('following', (openFresh) => {
  it('begins and ends with a press, and a second press is harmless', async () => {
    const world = await startWorld(await openFresh());
    await running(world);
    expect(await press(world, 'marek', 'Follow', '#ai-pilots').catch(String)).toMatch(/No message there has/);
    expect(await asks(world, 'marek', '/pilot follow claims-triage')).toMatch(
      /You follow Claims triage\. It stands in your weekly message, Mondays at 9:00, when something waits or has changed\.[\s\S]*\[Unfollow\] \[How often\]/,
    );
    expect(await asks(world, 'marek', '/pilot follow claims-triage')).toMatch(/You follow Claims triage/);
    const { follows, schedules } = world.db.tables;
    expect(await world.db.q.select().from(follows)).toHaveLength(1);
    const rows = await world.db.q.select().from(schedules);
    expect(rows.filter(({ kind }) => kind === 'personal-digest')).toMatchObject([
      { timezone: 'Europe/Warsaw', nextAt: at('2026-01-19T08:00:00Z') },
    ]);
    expect(await asks(world, 'marek', '/pilot unfollow claims-triage')).toMatch(/do not follow .* any more/);
    expect(await asks(world, 'marek', '/pilot unfollow claims-triage')).toMatch(
      /do not follow .* Nothing has/,
    );
    expect(faultsOf(world)).toEqual([]);
  });
});
