/** Is an owner asked on the day, once, only for what is missing, and left alone when it is done? */
import { expect, it } from 'vitest';
import { addCriterion, asks, reads, signedPilot, told } from '../support/acts.ts';
import { onBothEngines } from '../support/databases.ts';
import { startWorld, type World } from '../support/world.ts';

const START = { 'Start date': '2026-01-05', 'Decision date': '2026-04-05' };
const at = (text: string): number => Date.parse(text);
const dailies = (world: World, who: string): string[] =>
  told(world, who).filter((text) =>
    /check-in due|check-ins due|Check-ins of|Checked in|reminder|checked in/.test(text),
  );

onBothEngines('check-ins', (openFresh) => {
  it('ask on Thursday at the start of the day, remind once on Friday, and then stop', async () => {
    const world = await startWorld(await openFresh());
    await signedPilot(world, 'Claims triage', { fields: START });
    await world.time.advanceTo(at('2026-01-15T07:59:00Z'));
    expect(dailies(world, 'ana').join()).not.toMatch(/5–11|week of 5 Jan/);
    await world.time.advanceTo(at('2026-01-15T08:01:00Z'));
    const thursday = dailies(world, 'ana').at(-1) ?? '';
    expect(thursday).toMatch(/Claims triage: check-in due today/);
    expect(thursday).toMatch(/Cost per claim, week of 5 Jan\. agreed €12.50 or less/);
    expect(thursday).toMatch(/\[Check in\] \[Raise blocker\]/);
    const count = dailies(world, 'ana').length;
    await world.time.advanceTo(at('2026-01-16T08:01:00Z'));
    expect(dailies(world, 'ana').at(-1)).toMatch(/Last reminder: Claims triage/);
    await world.time.advanceTo(at('2026-01-21T22:00:00Z'));
    expect(dailies(world, 'ana').length).toBe(count + 1);
    const log = await world.db.q.select().from(world.db.tables.checkInLog);
    expect(
      log
        .filter(({ due }) => due === '2026-01-15')
        .map(({ what }) => what)
        .sort(),
    ).toEqual(['ask', 'miss', 'remind']);
    expect(world.complaints).toEqual([]);
  });

  it('ask for no number after the last one that counts, and say why', async () => {
    const world = await startWorld(await openFresh());
    await signedPilot(world, 'Claims triage', {
      fields: { 'Start date': '2026-01-05', 'Decision date': '2026-03-01' },
    });
    await world.time.advanceTo(at('2026-02-26T12:00:00Z'));
    expect(dailies(world, 'ana').at(-1)).toMatch(/From you: Cost per claim, week of 16 Feb/);
    await world.time.advanceTo(at('2026-03-05T12:00:00Z'));
    const [after = ''] = dailies(world, 'ana').filter((text) =>
      /Claims triage: check-in due today/.test(text),
    );
    expect(after).toMatch(/Cost per claim is not asked for any more: numbers count up to 22 February\./);
    expect(after).not.toMatch(/From you/);
    await asks(world, 'ana', '/pilot check-in claims-triage');
    const view = JSON.stringify(world.control.openView('ana'));
    expect(view).toMatch(/"Claims triage"/);
    expect(view).toMatch(/Cost per claim is not asked for any more/);
    expect(view).not.toMatch(/Cost per claim, EUR/);
    expect(world.complaints).toEqual([]);
  });

  it('take numbers, view, blocker and question in one form, and bring the question to the sponsor next morning', async () => {
    const world = await startWorld(await openFresh());
    await signedPilot(world, 'Claims triage', { fields: START });
    await world.time.advanceTo(at('2026-01-15T09:30:00Z'));
    await world.control.press('ana', { channel: 'Pilotage', label: 'Check in' });
    await world.settle();
    const label = 'Cost per claim, EUR per claim, 5–11 January';
    await world.control.fill('ana', { [label]: 'soon' });
    expect((await world.control.submit('ana')).errorsByLabel[label]).toMatch(/"soon" is not a number/);
    await world.control.fill('ana', {
      [label]: '17.90',
      'My view': 'Amber, some risk',
      'New blocker': 'Sample letters from Legal',
      'Ask of the sponsor': 'Can Legal send twenty letters?',
    });
    expect((await world.control.submit('ana')).ok).toBe(true);
    await world.settle();
    expect(told(world, 'ana').at(-1)).toMatch(
      /Claims triage: checked in\.[\s\S]*17.90 is recorded[\s\S]*Priya Shah/,
    );
    expect(dailies(world, 'ana').some((text) => /checked in. Nothing left to do/.test(text))).toBe(true);
    expect(reads(world, 'omar', '#claims')[0]).toMatch(/€17.90/);
    expect(told(world, 'priya').join()).not.toMatch(/twenty letters/);
    await world.time.advanceTo(at('2026-01-16T10:00:00Z'));
    expect(told(world, 'priya').at(-1)).toMatch(
      /Ana Costa has a question[\s\S]*Can Legal send twenty letters/,
    );
    expect(dailies(world, 'ana').join()).not.toMatch(/reminder/);
    await world.control.press('priya', { channel: 'Pilotage', label: 'Answer' });
    await world.settle();
    await world.control.fill('priya', { Answer: 'They come on Monday.' });
    await world.control.submit('priya');
    await world.settle();
    expect(told(world, 'ana').at(-1)).toMatch(/Priya Shah: "They come on Monday."/);
    await world.time.advanceTo(at('2026-01-22T09:00:00Z'));
    expect(dailies(world, 'ana').at(-1)).toMatch(/Open blocker: Sample letters from Legal/);
    expect(world.complaints).toEqual([]);
  });

  it('are not asked for when the number came by other means', async () => {
    const world = await startWorld(await openFresh());
    await signedPilot(world, 'Claims triage', { fields: START });
    await world.time.advanceTo(at('2026-01-13T09:00:00Z'));
    await asks(world, 'ana', '/pilot record claims-triage cost-per-claim 17.90');
    await world.time.advanceTo(at('2026-01-20T09:00:00Z'));
    expect(dailies(world, 'ana').filter((text) => /due today|reminder/.test(text))).toEqual([]);
  });

  it('come as one message for several pilots, and only for what is open', async () => {
    const world = await startWorld(await openFresh());
    await signedPilot(world, 'Claims triage', { fields: START });
    await signedPilot(world, 'Churn model', { fields: START });
    await world.time.advanceTo(at('2026-01-14T09:00:00Z'));
    const before = dailies(world, 'ana').length;
    await world.time.advanceTo(at('2026-01-15T09:00:00Z'));
    const message = dailies(world, 'ana').slice(before);
    expect(message).toHaveLength(1);
    expect(message[0]).toMatch(/2 check-ins due today/);
    expect(message[0]).toMatch(/Claims triage[\s\S]*Churn model|Churn model[\s\S]*Claims triage/);
  });

  it('take one press where no number is missing, and the second press is harmless', async () => {
    const world = await startWorld(await openFresh());
    await signedPilot(world, 'Claims triage', { fields: START });
    await addCriterion(world, 'claims-triage', {
      Metric: 'Handling time',
      Unit: 'hours',
      Baseline: '30',
      Target: '20',
      'Measured every': 'month',
    });
    await world.time.advanceTo(at('2026-01-08T09:00:00Z'));
    expect(dailies(world, 'ana').at(-1)).toMatch(/One press says how it is going/);
    await world.control.press('ana', { channel: 'Pilotage', label: 'Green, on course' });
    await world.settle();
    const rows = await world.db.q.select().from(world.db.tables.checkIns);
    expect(rows).toMatchObject([{ view: 'green', due: '2026-01-08' }]);
    expect(dailies(world, 'ana')[0]).toMatch(/^Checked in\nClaims triage: checked in\. Nothing left to do/);
  });

  it('are refused from the wrong person, and before the signature', async () => {
    const world = await startWorld(await openFresh());
    await signedPilot(world, 'Claims triage', { fields: START });
    expect(await asks(world, 'marek', '/pilot check-in claims-triage')).toMatch(
      /cannot check in for Claims triage. Ana Costa can/,
    );
    expect(await asks(world, 'marek', '/pilot blocker claims-triage no data')).toMatch(/cannot check in/);
  });

  it('come on the day and at the hour the workspace has chosen, with the reminder the next working day', async () => {
    const world = await startWorld(await openFresh());
    await world.control.command('lena', '#general', '/pilot settings workspace');
    await world.settle();
    await world.control.fill('lena', { 'Check-ins': 'every Friday 14:30' });
    expect((await world.control.submit('lena')).ok).toBe(true);
    await world.settle();
    await signedPilot(world, 'Claims triage', { fields: START });
    await world.time.advanceTo(at('2026-01-16T13:29:00Z'));
    const before = dailies(world, 'ana').length;
    await world.time.advanceTo(at('2026-01-16T13:31:00Z'));
    expect(dailies(world, 'ana').slice(before)).toMatchObject([
      expect.stringMatching(/Claims triage: check-in due today[\s\S]*week of 5 Jan/),
    ]);
    await world.time.advanceTo(at('2026-01-19T07:59:00Z'));
    expect(dailies(world, 'ana')).toHaveLength(before + 1);
    await world.time.advanceTo(at('2026-01-19T08:01:00Z'));
    expect(dailies(world, 'ana').at(-1)).toMatch(/Last reminder: Claims triage/);
    await world.time.advanceTo(at('2026-01-22T22:00:00Z'));
    expect(dailies(world, 'ana')).toHaveLength(before + 2);
    const log = await world.db.q.select().from(world.db.tables.checkInLog);
    expect(
      log
        .filter(({ due }) => due === '2026-01-16')
        .map(({ what }) => what)
        .sort(),
    ).toEqual(['ask', 'miss', 'remind']);
  });

  it('tell the truth of a day that was missed, also once a later one is answered', async () => {
    const world = await startWorld(await openFresh());
    await signedPilot(world, 'Claims triage', { fields: START });
    await world.time.advanceTo(at('2026-01-15T09:00:00Z'));
    await world.control.press('ana', { channel: 'Pilotage', label: 'Check in' });
    await world.settle();
    await world.control.fill('ana', { 'My view': 'Green, on course' });
    await world.control.submit('ana');
    await world.settle();
    const past = told(world, 'ana').filter((text) => /^Check-ins of/.test(text));
    expect(past.length).toBeGreaterThan(0);
    for (const text of past) expect(text).toMatch(/Claims triage: nothing heard/);
  });

  it('are put off by a press on Away in the message itself', async () => {
    const world = await startWorld(await openFresh());
    await signedPilot(world, 'Claims triage', { fields: START });
    await world.time.advanceTo(at('2026-01-15T08:01:00Z'));
    expect(dailies(world, 'ana').at(-1)).toMatch(/\[Away\] \[Preferences\]/);
    await world.control.press('ana', { channel: 'Pilotage', label: 'Away' });
    await world.settle();
    await world.control.fill('ana', { From: '2026-01-15', 'Last day': '2026-01-30' });
    expect((await world.control.submit('ana')).ok).toBe(true);
    await world.settle();
    const before = told(world, 'ana').length;
    await world.time.advanceTo(at('2026-01-30T20:00:00Z'));
    expect(told(world, 'ana')).toHaveLength(before);
    await world.time.advanceTo(at('2026-02-05T08:01:00Z'));
    expect(dailies(world, 'ana').at(-1)).toMatch(/check-in due today/);
  });

  it('say only the latest after downtime', async () => {
    const world = await startWorld(await openFresh());
    await signedPilot(world, 'Claims triage', { fields: START });
    world.clock.set(at('2026-02-12T10:00:00Z'));
    await world.settle();
    expect(dailies(world, 'ana').filter((text) => /due today|reminder/.test(text))).toHaveLength(1);
    const log = await world.db.q.select().from(world.db.tables.checkInLog);
    expect(log.map(({ due, what }) => [due, what])).toEqual([['2026-02-12', 'ask']]);
  });
});
