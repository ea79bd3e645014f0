/** Are the five answers about a sponsor kept one by one, with who gave them and when? */
import { expect, it } from 'vitest';
import {
  addCriterion,
  asks,
  askToSign,
  newest,
  reads,
  register,
  signedPilot,
  told,
} from '../support/acts.ts';
import { onBothEngines } from '../support/databases.ts';
import { startWorld, type World } from '../support/world.ts';

const at = (text: string): number => Date.parse(text);

/** Opens the form from the answer to `/pilot show`. */
async function opens(world: World, who: string): Promise<void> {
  await asks(world, who, '/pilot show claims-triage');
  await world.control.press(who, { channel: '#general', label: 'About the sponsor' });
  await world.settle();
}

async function answers(world: World, who: string, fields: Readonly<Record<string, string>>) {
  await world.control.fill(who, fields);
  const submitted = await world.control.submit(who);
  await world.settle();
  return submitted;
}

const form = (world: World, who: string): string => JSON.stringify(world.control.openView(who) ?? null);

onBothEngines('how a sponsor stands behind a pilot', (openFresh) => {
  it('is answered one by one, shown as a count with what is missing, and kept with who said it and when', async () => {
    const db = await openFresh();
    const world = await startWorld(db);
    await signedPilot(world);
    await asks(world, 'ana', '/pilot hand-over claims-triage');
    await world.time.advanceTo(at('2026-01-13T10:00:00Z'));
    await asks(world, 'lena', '/pilot hand-over claims-triage');
    await answers(world, 'lena', { Role: 'Executive sponsor', 'New person': '@diego' });
    expect(await asks(world, 'ana', '/pilot show claims-triage')).toMatch(
      /The sponsor: 0 of 5 confirmed, nothing known yet; has not signed it themselves/,
    );
    await opens(world, 'ana');
    expect(form(world, 'ana')).toMatch(/Claims triage/);
    expect(
      await answers(world, 'ana', {
        'From the business side?': 'Yes',
        'From the unit that benefits?': 'Yes',
        'Decides on its budget?': 'No',
      }),
    ).toMatchObject({ ok: true });
    expect(newest(world, 'ana', '#general')).toBe(
      'Claims triage: saved. Diego Ramos: 2 of 5 confirmed; not known: answers for its result, measured on this outcome; does not decide on its budget.',
    );
    await world.time.advanceTo(at('2026-01-15T10:00:00Z'));
    await opens(world, 'diego');
    expect(form(world, 'diego')).toMatch(/Ana Costa said yes on 13 January/);
    await answers(world, 'diego', { 'Decides on its budget?': 'Yes', 'Measured on this outcome?': 'Yes' });
    expect(await asks(world, 'lena', '/pilot show claims-triage')).toMatch(
      /The sponsor: 4 of 5 confirmed; not known: answers for its result;/,
    );
    const kept = await db.q.select().from(db.tables.sponsorAnswers);
    expect(kept.map(({ test, answer }) => `${test} ${answer}`)).toEqual([
      'business_side yes',
      'benefiting_unit yes',
      'budget_authority no',
      'budget_authority yes',
      'measured_on_outcome yes',
    ]);
    expect(new Set(kept.map(({ by }) => by)).size).toBe(2);
    const log = await db.q.select().from(db.tables.logbook);
    const described = log.filter(({ kind }) => kind === 'sponsor_described');
    expect(described.map(({ body }) => JSON.parse(String(body)))).toEqual([
      { answers: { business_side: 'yes', benefiting_unit: 'yes', budget_authority: 'no' } },
      { answers: { budget_authority: 'yes', measured_on_outcome: 'yes' } },
    ]);
    expect(world.complaints).toEqual([]);
  });

  it('needs a reason for a sponsor from outside, which stands on the charter and in the request, and is not signed away', async () => {
    const world = await startWorld(await openFresh());
    await register(world);
    await addCriterion(world);
    expect(newest(world, 'ana', 'Pilotage')).toMatch(/how the sponsor stands behind it/);
    await opens(world, 'ana');
    expect(await answers(world, 'ana', { 'From the business side?': 'No' })).toMatchObject({
      ok: false,
      errorsByLabel: { 'Why this sponsor': expect.stringMatching(/needs a reason/) },
    });
    expect(
      await answers(world, 'ana', { 'Why this sponsor': 'Priya runs claims from April.' }),
    ).toMatchObject({ ok: true });
    await askToSign(world);
    const request = newest(world, 'priya', 'Pilotage');
    expect(request).toMatch(/not from the business side \("Priya runs claims from April\."\)/);
    expect(request).not.toMatch(/unit, budget, own goal/);
    const dialog = JSON.stringify(world.control.read.messages('priya', 'Pilotage').at(-1));
    expect(dialog).not.toMatch(/I am from the business side/);
    expect(dialog).toMatch(/I am measured on this outcome/);
    await world.control.press('priya', { channel: 'Pilotage', label: 'Sign charter' });
    await world.settle();
    expect(await asks(world, 'ana', '/pilot show claims-triage')).toMatch(
      /The sponsor: 4 of 5 confirmed; not from the business side \("Priya runs claims from April\."\)/,
    );
    await world.control.press('nora', { channel: '#claims', label: 'Read all' });
    await world.settle();
    expect(form(world, 'nora')).toMatch(/Why this sponsor: .*Priya runs claims from April/);
    expect(world.complaints).toEqual([]);
  });

  it('shows the state to whoever sends it again, saves nothing over what somebody else said, and refuses strangers', async () => {
    const db = await openFresh();
    const world = await startWorld(db);
    await signedPilot(world);
    await opens(world, 'ana');
    expect(form(world, 'ana')).toMatch(/Priya Shah signed it on/);
    await opens(world, 'priya');
    expect(await answers(world, 'ana', { 'Decides on its budget?': 'Not known' })).toMatchObject({
      ok: true,
    });
    expect(await answers(world, 'priya', { 'Answers for its result?': 'No' })).toMatchObject({
      ok: false,
      errorsByLabel: { 'From the business side?': expect.stringMatching(/nothing was saved/) },
    });
    await opens(world, 'lena');
    await answers(world, 'lena', {});
    expect(newest(world, 'lena', '#general')).toBe(
      'Claims triage: nothing was changed. Priya Shah: 4 of 5 confirmed; not known: decides on its budget.',
    );
    expect(await db.q.select().from(db.tables.sponsorAnswers)).toHaveLength(1);
    expect(await asks(world, 'nora', '/pilot show claims-triage')).not.toMatch(/The sponsor:/);
    // A button that was shown to somebody who had a role then.
    await opens(world, 'ana');
    await asks(world, 'lena', '/pilot hand-over claims-triage');
    await answers(world, 'lena', { Role: 'Owner', 'New person': '@marek' });
    const before = (await db.q.select().from(db.tables.sponsorAnswers)).length;
    await answers(world, 'ana', { 'Measured on this outcome?': 'No' });
    expect(reads(world, 'ana', '#general').join() + told(world, 'ana').join()).toMatch(
      /You cannot say how the sponsor stands behind Claims triage\. Marek Nowak or Priya Shah can\. Nothing has changed\./,
    );
    expect(await db.q.select().from(db.tables.sponsorAnswers)).toHaveLength(before);
    expect(world.complaints).toEqual([]);
  });
});
