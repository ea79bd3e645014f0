/** What follows when Slack says that somebody moved, is called otherwise or is gone, or that a channel is? */
import { expect, it } from 'vitest';
import { asks, reads, register, signedPilot, told } from '../support/acts.ts';
import { onBothEngines } from '../support/databases.ts';
import { faultsOf, readyToAsk } from '../support/failing.ts';
import { startWorld, type World } from '../support/world.ts';

const START = { 'Start date': '2026-01-05', 'Decision date': '2026-04-05' };
const at = (text: string): number => Date.parse(text);
const dailies = (world: World, who: string): string[] =>
  told(world, who).filter((text) => /check-in due|Last reminder/.test(text));
const gone = (world: World, who: string): string[] =>
  told(world, who).filter((text) => /Who takes over from/.test(text));

/** Gives somebody a role by the form. */
async function name(world: World, who: string, role: string, person: string): Promise<void> {
  await world.control.command(who, '#general', '/pilot hand-over claims-triage');
  await world.settle();
  await world.control.fill(who, { Role: role, 'New person': person });
  const done = await world.control.submit(who);
  if (!done.ok) throw new Error(JSON.stringify(done.errorsByLabel));
  await world.settle();
}

onBothEngines('when Slack tells of a change', (openFresh) => {
  it('asks at the hour of the new zone at once, unless somebody has set their own', async () => {
    const world = await startWorld(await openFresh());
    await signedPilot(world, 'Claims triage', { fields: START });
    await world.control.people.setTimezone('ana', 'America/New_York');
    await world.time.advanceTo(at('2026-01-08T13:59:00Z'));
    expect(dailies(world, 'ana')).toEqual([]);
    await world.time.advanceTo(at('2026-01-08T14:01:00Z'));
    expect(dailies(world, 'ana')).toHaveLength(1);
    await world.control.command('ana', '#general', '/pilot settings');
    await world.settle();
    await world.control.fill('ana', { 'Time zone': 'Asia/Singapore' });
    await world.control.submit('ana');
    await world.control.people.setTimezone('ana', 'Europe/Berlin');
    await world.time.advanceTo(at('2026-01-15T01:01:00Z'));
    expect(dailies(world, 'ana').at(-1)).toMatch(/week of 5 Jan/);
    expect(world.complaints).toEqual([]);
  });

  it('asks when do-not-disturb is over, and not before', async () => {
    const world = await startWorld(await openFresh());
    await signedPilot(world, 'Claims triage', { fields: START });
    await world.control.people.doNotDisturb('ana', {
      from: at('2026-01-08T06:00:00Z'),
      until: at('2026-01-08T10:30:00Z'),
    });
    await world.time.advanceTo(at('2026-01-08T10:29:00Z'));
    expect(dailies(world, 'ana')).toEqual([]);
    await world.time.advanceTo(at('2026-01-08T10:31:00Z'));
    expect(dailies(world, 'ana')).toHaveLength(1);
    await world.control.people.doNotDisturb('ana', {
      from: at('2026-01-15T06:00:00Z'),
      until: at('2026-01-15T14:00:00Z'),
    });
    await world.time.advanceTo(at('2026-01-15T06:30:00Z'));
    await world.control.people.doNotDisturb('ana', null);
    await world.time.advanceTo(at('2026-01-15T08:01:00Z'));
    expect(dailies(world, 'ana').at(-1)).toMatch(/week of 5 Jan/);
    expect(world.complaints).toEqual([]);
  });

  it('knows of do-not-disturb that was set before the app came, and of the one of the next day', async () => {
    const world = await startWorld(await openFresh());
    const quiet = (day: string) => ({ from: at(`${day}T06:00:00Z`), until: at(`${day}T10:30:00Z`) });
    await world.control.apps.subscribe(['app_home_opened']);
    await world.control.people.doNotDisturb('ana', quiet('2026-01-08'));
    await signedPilot(world, 'Claims triage', { fields: START });
    const asked = () => world.control.read.log().filter(({ name: called }) => called === 'dnd.info').length;
    await world.time.advanceTo(at('2026-01-08T10:29:00Z'));
    expect(dailies(world, 'ana')).toEqual([]);
    const before = asked();
    // Somebody who rests every morning: Slack tells of one morning at a time.
    await world.control.people.doNotDisturb('ana', quiet('2026-01-09'));
    await world.time.advanceTo(at('2026-01-08T10:31:00Z'));
    expect(dailies(world, 'ana')).toHaveLength(1);
    await world.time.advanceTo(at('2026-01-09T10:29:00Z'));
    expect(dailies(world, 'ana')).toHaveLength(1);
    await world.time.advanceTo(at('2026-01-09T10:31:00Z'));
    expect(dailies(world, 'ana')).toHaveLength(2);
    expect(asked() - before).toBeLessThanOrEqual(2);
    expect(world.complaints).toEqual([]);
  });

  it.each([
    { kind: 'error', error: 'unknown_method' },
    { kind: 'status', status: 503 },
    { kind: 'rate_limited', retryAfter: 30 },
  ] as const)('asks at the usual hour when Slack does not tell: $kind', async (failure) => {
    const world = await startWorld(await openFresh());
    world.slack.failures.call('dnd.info', failure);
    await signedPilot(world, 'Claims triage', { fields: START });
    await world.time.advanceTo(at('2026-01-08T08:01:00Z'));
    expect(dailies(world, 'ana')).toHaveLength(1);
    expect(world.complaints).toEqual([]);
  });

  it('asks at the usual hour without the scope', async () => {
    const world = await startWorld(await openFresh());
    await world.control.apps.removeScope('dnd:read');
    await signedPilot(world, 'Claims triage', { fields: START });
    await world.time.advanceTo(at('2026-01-08T08:01:00Z'));
    expect(dailies(world, 'ana')).toHaveLength(1);
    const calls = world.control.read.log().filter(({ name: called }) => called === 'dnd.info');
    expect(calls.length).toBeLessThanOrEqual(6);
    expect(world.complaints).toEqual([]);
  });

  it('shows a new name on the cards, and asks Slack about nobody it does not know', async () => {
    const world = await startWorld(await openFresh());
    await signedPilot(world, 'Claims triage', { fields: START });
    await world.control.people.rename('priya', { realName: 'Priya Shah-Miller' });
    await world.settle();
    expect(reads(world, 'omar', '#claims')[0]).toMatch(/Sponsor: Priya Shah-Miller/);
    const before = world.control.read.log().at(-1)?.n ?? 0;
    await world.control.people.rename('tomas', { realName: 'Tom Silva' });
    await world.settle();
    const calls = world.control.read.log({ since: before }).map(({ name: called }) => called);
    expect(calls).not.toContain('users.info');
  });

  it('asks the backup for check-ins when the owner is gone, and tells whoever can name another', async () => {
    const world = await startWorld(await openFresh());
    await signedPilot(world, 'Claims triage', { fields: START });
    await asks(world, 'lena', '/pilot list');
    await name(world, 'ana', 'Backup owner', '@wei');
    await world.control.people.deactivate('ana');
    await world.time.advanceTo(at('2026-01-06T12:00:00Z'));
    expect(gone(world, 'lena')).toHaveLength(1);
    expect(gone(world, 'lena')[0]).toMatch(
      /Ana Costa is not in Slack any more\. Name somebody else\.[\s\S]*Claims triage: owner; Wei Chen is asked meanwhile[\s\S]*\[Hand over\]/,
    );
    expect(gone(world, 'wei')[0]).toMatch(/\[Hand over\] \[Preferences\]/);
    await world.time.advanceTo(at('2026-01-08T01:01:00Z'));
    expect(dailies(world, 'wei')).toHaveLength(1);
    await asks(world, 'omar', '/pilot show claims-triage', '#claims');
    await world.control.press('lena', { channel: 'Pilotage', label: 'Hand over' });
    await world.settle();
    await world.control.fill('lena', { To: '@marek' });
    expect((await world.control.submit('lena')).errorsByLabel).toEqual({});
    await world.settle();
    await world.control.press('lena', { channel: 'Pilotage', label: 'Hand over 1 pilot' });
    await world.settle();
    expect(told(world, 'marek').at(-1)).toMatch(/Claims triage/);
    expect(faultsOf(world)).toEqual([]);
  });

  it('brings an open request to the delegate when the sponsor is gone, and tells the owner', async () => {
    const world = await startWorld(await openFresh());
    const key = await readyToAsk(world, 'Claims triage', { fields: START });
    await asks(world, 'lena', '/pilot list');
    await name(world, 'lena', 'Delegate of the sponsor', '@omar');
    await asks(world, 'ana', `/pilot sign-off ${key}`);
    expect(told(world, 'omar').join()).not.toMatch(/do you sign this/);
    await world.control.people.deactivate('priya');
    await world.settle();
    expect(told(world, 'omar').at(-1)).toMatch(/do you sign this/);
    expect(gone(world, 'ana')[0]).toMatch(
      /Priya Shah is not in Slack any more\. The programme office names somebody else\.[\s\S]*executive sponsor; Omar Haddad is asked meanwhile/,
    );
    await world.control.press('omar', { channel: 'Pilotage', label: 'Sign charter' });
    await world.settle();
    expect(told(world, 'ana').at(-1)).toMatch(/signed Claims triage/);
    expect(faultsOf(world)).toEqual([]);
  });

  it('says nothing about somebody who came back before the message went out, or whose role is taken', async () => {
    const world = await startWorld(await openFresh(), { at: at('2026-01-09T20:00:00Z') });
    await register(world);
    await asks(world, 'lena', '/pilot list');
    await world.control.people.deactivate('ana');
    await world.settle();
    await world.control.people.reactivate('ana');
    await world.time.advanceTo(at('2026-01-12T12:00:00Z'));
    expect(gone(world, 'lena')).toEqual([]);
    expect(faultsOf(world)).toEqual([]);
  });

  it('brings questions to whoever stands in, and says so where nobody does', async () => {
    const world = await startWorld(await openFresh());
    const key = await readyToAsk(world, 'Claims triage', { fields: START });
    await asks(world, 'lena', '/pilot list');
    await asks(world, 'ana', `/pilot sign-off ${key}`);
    await world.control.people.deactivate('ana');
    await world.settle();
    const ask = async (): Promise<string> => {
      await world.control.press('priya', { channel: 'Pilotage', label: 'Ask Ana' });
      await world.settle();
      return told(world, 'priya').at(-1) ?? '';
    };
    expect(await ask()).toMatch(/has no owner to ask at the moment; the programme office names one/);
    await name(world, 'lena', 'Backup owner', '@wei');
    await ask();
    await world.control.fill('priya', { 'Your question': 'Who pays?' });
    await world.control.submit('priya');
    await world.time.advanceTo(at('2026-01-06T12:00:00Z'));
    expect(told(world, 'wei').join()).toMatch(/Priya Shah has a question[\s\S]*Who pays/);
    expect(faultsOf(world)).toEqual([]);
  });

  it('tells the owner and whoever set up the digest when a channel is archived', async () => {
    const world = await startWorld(await openFresh());
    await signedPilot(world, 'Claims triage', { fields: START });
    await asks(world, 'omar', '/pilot digest here weekly monday 9:00', '#claims');
    await world.control.channels.archive('#claims');
    await world.settle();
    expect(told(world, 'ana').at(-1)).toMatch(
      /#claims is archived[\s\S]*Choose another channel under Edit charter[\s\S]*\[Edit charter\] \[Preferences\]/,
    );
    expect(told(world, 'omar').at(-1)).toMatch(/weekly digest is not posted any more/);
    await world.control.channels.rename('#ai-pilots', 'pilots');
    await world.control.press('ana', { channel: 'Pilotage', label: 'Edit charter' });
    await world.settle();
    await world.control.fill('ana', { Channel: '#pilots' });
    expect((await world.control.submit('ana')).ok).toBe(true);
    await world.settle();
    expect(reads(world, 'omar', '#pilots')[0]).toMatch(/Claims triage/);
    expect(faultsOf(world)).toEqual([]);
  });
});
