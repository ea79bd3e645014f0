/** Does what waits for somebody's press go to that person, then to whoever stands in, then to the programme office? */
import { expect, it } from 'vitest';
import { addCriterion, asks, askToSign, register, signedPilot, told } from '../support/acts.ts';
import { onBothEngines } from '../support/databases.ts';
import { startWorld, type World } from '../support/world.ts';

const START = { 'Start date': '2026-01-05', 'Decision date': '2026-04-05' };
const at = (text: string): number => Date.parse(text);

async function withDelegate(world: World): Promise<void> {
  await world.control.command('priya', '#general', '/pilot hand-over claims-triage');
  await world.settle();
  await world.control.fill('priya', { Role: 'Delegate of the sponsor', 'New person': '@omar' });
  await world.control.submit('priya');
  await world.settle();
}

/** A pilot whose sponsor has been asked to sign, on Monday morning, and does not. */
async function asked(world: World): Promise<void> {
  await register(world, 'Claims triage', { fields: START });
  await addCriterion(world);
  await askToSign(world);
}

const cases = (world: World) => world.db.q.select().from(world.db.tables.cases);
const requests = (world: World, who: string): string[] =>
  told(world, who).filter((text) => /do you sign this/.test(text));
const presses = async (world: World, who: string, label: string) => {
  await world.control.press(who, { channel: 'Pilotage', label });
  await world.settle();
};

onBothEngines('a signature that waits', (openFresh) => {
  it('is reminded of once, then asked of the delegate, then told to the programme office; the owner hears nothing', async () => {
    const world = await startWorld(await openFresh());
    await asked(world);
    await withDelegate(world);
    await asks(world, 'lena', '/pilot list');
    const owner = told(world, 'ana').length;
    expect(await cases(world)).toMatchObject([{ cause: 'signature', state: 'L1', closedAt: null }]);
    await world.time.advanceTo(at('2026-01-07T07:00:00Z'));
    expect(requests(world, 'priya')).toHaveLength(1);
    await world.time.advanceTo(at('2026-01-08T12:00:00Z'));
    const [, reminder, ...more] = requests(world, 'priya');
    expect(more).toEqual([]);
    expect(reminder).toMatch(
      /^Claims triage: do you sign this\?[\s\S]*Last reminder\. Asked on Mon 5 Jan\.[\s\S]*Unsigned on Thu 8 Jan: nothing starts; Omar Haddad is asked\.[\s\S]*\[Sign charter\] \[Request changes\] \[Decline\]/,
    );
    expect(requests(world, 'omar')).toEqual([]);
    await world.time.advanceTo(at('2026-01-09T12:00:00Z'));
    expect(requests(world, 'omar')).toHaveLength(1);
    expect(requests(world, 'omar')[0]).toMatch(
      /No answer from Priya Shah since Mon 5 Jan; you can answer for them\.[\s\S]*nothing starts; the programme office is asked\./,
    );
    await world.time.advanceTo(at('2026-01-15T12:00:00Z'));
    expect(told(world, 'lena').at(-1)).toMatch(
      /^Claims triage waits for a signature\. Who answers\?[\s\S]*Priya Shah and Omar Haddad were asked on Mon 5 Jan and have not answered\.[\s\S]*\[Hand over\] \[Withdraw request\] \[Read all\]/,
    );
    expect(told(world, 'ana')).toHaveLength(owner);
    expect(await asks(world, 'priya', '/pilot mine')).toMatch(/1 thing waits for you/);
    expect(await asks(world, 'lena', '/pilot mine')).toMatch(/Claims triage: needs help/);

    await presses(world, 'omar', 'Sign charter');
    expect(requests(world, 'omar')).toEqual([]);
    expect(told(world, 'priya').filter((text) => /Claims triage: signed/.test(text))).toHaveLength(2);
    expect(told(world, 'lena').at(-1)).toMatch(/Claims triage: signed/);
    expect(await cases(world)).toMatchObject([{ cause: 'signature', closedAs: 'resolved' }]);
    expect(world.complaints).toEqual([]);
  });

  it('begins anew with another request, and ends where the request is taken back', async () => {
    const world = await startWorld(await openFresh());
    await asked(world);
    await world.time.advanceTo(at('2026-01-06T09:00:00Z'));
    await presses(world, 'priya', 'Request changes');
    await world.control.fill('priya', { 'What should change': 'Name the unit.' });
    await world.control.submit('priya');
    await world.settle();
    expect((await cases(world)).map(({ closedAs }) => closedAs)).toEqual(['resolved']);
    await askToSign(world);
    expect((await cases(world)).map(({ closedAs }) => closedAs)).toEqual(['resolved', null]);
    await world.time.advanceTo(at('2026-01-09T12:00:00Z'));
    expect(requests(world, 'priya')).toHaveLength(2);
    await world.control.press('ana', { channel: '#general', label: 'Withdraw request' });
    await world.settle();
    expect((await cases(world)).map(({ closedAs }) => closedAs)).toEqual(['resolved', 'resolved']);
    const before = told(world, 'priya').length;
    await world.time.advanceTo(at('2026-01-19T12:00:00Z'));
    expect(told(world, 'priya')).toHaveLength(before);
  });

  it('is an amendment once a version counts, and stands still while the pilot is paused', async () => {
    const world = await startWorld(await openFresh());
    await signedPilot(world, 'Claims triage', { fields: START });
    expect((await cases(world)).map(({ cause, closedAs }) => [cause, closedAs])).toEqual([
      ['signature', 'resolved'],
    ]);
    await addCriterion(world, 'claims-triage', { Metric: 'Minutes per claim', Unit: 'minutes', Target: '9' });
    await askToSign(world);
    const amendment = async () => (await cases(world)).find(({ cause }) => cause === 'amendment');
    expect(await amendment()).toMatchObject({ state: 'L1', closedAt: null });
    await asks(world, 'ana', '/pilot pause claims-triage');
    await world.control.fill('ana', { Reason: 'Year-end freeze' }).catch(() => undefined);
    await world.control.submit('ana').catch(() => undefined);
    await world.settle();
    expect((await amendment())?.state).toBe('PAUSED(L1)');
    const before = told(world, 'priya').length;
    await world.time.advanceTo(at('2026-01-19T12:00:00Z'));
    expect(told(world, 'priya')).toHaveLength(before);
    await asks(world, 'ana', '/pilot resume claims-triage');
    await world.time.advanceTo(at('2026-01-22T12:00:00Z'));
    expect(requests(world, 'priya').at(-1)).toMatch(/Last reminder[\s\S]*version 1 keeps counting/);
    expect(await asks(world, 'priya', '/pilot decide claims-triage')).toMatch(/do you sign this/);
  });
});

onBothEngines('a question of the owner', (openFresh) => {
  it('goes to the sponsor, is reminded of once, and whoever stands in can answer it', async () => {
    const world = await startWorld(await openFresh());
    await signedPilot(world, 'Claims triage', { fields: START });
    await withDelegate(world);
    await world.time.advanceTo(at('2026-01-08T12:00:00Z'));
    await presses(world, 'ana', 'Say more');
    await world.control.fill('ana', {
      'My view': 'Green, on course',
      'Ask of the sponsor': 'Can Legal send twenty letters?',
    });
    await world.control.submit('ana');
    await world.settle();
    const questions = (who: string) =>
      told(world, who).filter((text) => /twenty letters/.test(text) && !/You asked/.test(text));
    await world.time.advanceTo(at('2026-01-09T12:00:00Z'));
    expect(questions('priya')).toHaveLength(1);
    expect(questions('priya')[0]).toMatch(/you are reminded once; then Omar Haddad is asked/);
    expect((await cases(world)).find(({ cause }) => cause === 'request')).toMatchObject({ state: 'L1' });
    await world.time.advanceTo(at('2026-01-14T12:00:00Z'));
    expect(questions('priya')[1]).toMatch(
      /Ana Costa has a question[\s\S]*Last reminder[\s\S]*Omar Haddad is asked\.[\s\S]*\[Answer\]/,
    );
    expect(await asks(world, 'priya', '/pilot mine')).toMatch(/its owner waits for your answer/);
    await world.time.advanceTo(at('2026-01-15T12:00:00Z'));
    expect(questions('omar')).toHaveLength(1);
    await presses(world, 'omar', 'Answer');
    await world.control.fill('omar', { Answer: 'They come on Monday.' });
    await world.control.submit('omar');
    await world.settle();
    expect(told(world, 'ana').at(-1)).toMatch(/Omar Haddad: "They come on Monday\."/);
    expect((await cases(world)).find(({ cause }) => cause === 'request')).toMatchObject({
      closedAs: 'resolved',
    });
    for (const who of ['omar', 'priya'])
      expect(told(world, who).join('\n')).toMatch(/Claims triage: the question is answered\. Nothing left/);
    expect(world.complaints).toEqual([]);
  });
});
