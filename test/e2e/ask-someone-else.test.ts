/** Can a check-in be handed to somebody else, this once, and come back, without anybody being chased? */
import { expect, it } from 'vitest';
import { verify } from '../../src/db/verify.ts';
import { asks, signedPilot, told } from '../support/acts.ts';
import { onBothEngines } from '../support/databases.ts';
import { startWorld, type World } from '../support/world.ts';

const START = { 'Start date': '2026-01-05', 'Decision date': '2026-04-05' };
const at = (text: string): number => Date.parse(text);
const REMINDED = at('2026-01-16T08:01:00Z');

const asked = (world: World, who: string): string[] =>
  told(world, who).filter((text) => /asks you for this check-in|this check-in|Nothing left to do/.test(text));
const press = async (world: World, who: string, label: string) => {
  await world.control.press(who, { channel: 'Pilotage', label });
  await world.settle();
};

/** Ana has been reminded of Claims triage. */
async function reminded(world: World, fields: Record<string, string> = {}): Promise<void> {
  await signedPilot(world, 'Claims triage', { fields: { ...START, ...fields } });
  await world.time.advanceTo(REMINDED);
}

/** Ana asks somebody by the form; answers what the form says against it. */
async function asksElse(world: World, who: string, note = ''): Promise<Record<string, string>> {
  if (world.control.openView('ana') === null) await press(world, 'ana', 'Ask someone else');
  await world.control.fill('ana', { 'Who has it': who, 'A word to them': note });
  const done = await world.control.submit('ana');
  await world.settle();
  return done.errorsByLabel;
}

/** What somebody's Home shows now, without opening it again. */
const home = (world: World, who: string): string => JSON.stringify(world.control.read.home(who));

onBothEngines('a check-in handed to somebody else', (openFresh) => {
  it('reaches them once, is done by them this once, and the owner reads it', async () => {
    const world = await startWorld(await openFresh());
    await reminded(world);
    expect(told(world, 'ana').at(-1)).toMatch(
      /Last reminder: Claims triage[\s\S]*\[Check in\] \[Raise blocker\] \[Ask someone else\]/,
    );
    expect(await asks(world, 'marek', '/pilot check-in claims-triage')).toMatch(/cannot check in/);
    expect(await asksElse(world, '@marek', 'You have the March report.')).toEqual({});
    expect(told(world, 'marek')).toHaveLength(1);
    expect(told(world, 'marek')[0]).toMatch(
      /Claims triage: Ana Costa asks you for this check-in[\s\S]*"You have the March report\."[\s\S]*From you: Cost per claim, week of 5 Jan[\s\S]*\[Check in\] \[Hand back\]/,
    );
    const mine = told(world, 'ana').find((text) => /Last reminder/.test(text));
    expect(mine).toMatch(/Marek Nowak was asked for it, this once[\s\S]*\[Take back\]/);
    expect(mine).not.toMatch(/Ask someone else/);
    expect(await asks(world, 'marek', '/pilot mine')).toMatch(
      /1 thing waits for you\.[\s\S]*Claims triage: you were asked for its check-in, this once/,
    );
    await press(world, 'marek', 'Check in');
    await world.control.fill('marek', {
      'Cost per claim, EUR per claim, 5–11 January': '17.90',
      'My view': 'Amber, some risk',
    });
    expect((await world.control.submit('marek')).ok).toBe(true);
    await world.settle();
    expect(asked(world, 'marek')[0]).toMatch(/Claims triage: checked in\. Nothing left to do/);
    expect(await asks(world, 'marek', '/pilot mine')).toMatch(/Nothing waits for you\./);
    expect(told(world, 'ana').join()).toMatch(/checked in\. Nothing left to do/);
    const { checkIns } = world.db.tables;
    expect(await world.db.q.select().from(checkIns)).toMatchObject([
      { due: '2026-01-15', submittedBy: 'U0MAREK0001', view: 'amber' },
    ]);
    // Only this once.
    await world.time.advanceTo(at('2026-01-22T08:01:00Z'));
    expect(told(world, 'ana').at(-1)).toMatch(/Claims triage: check-in due today/);
    expect(await asks(world, 'marek', '/pilot check-in claims-triage')).toMatch(/cannot check in/);
    const { logbook } = world.db.tables;
    const kinds = (await world.db.q.select().from(logbook)).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'check_in_passed_on')).toHaveLength(1);
    expect(await verify(world.db)).toBeNull();
    expect(world.complaints).toEqual([]);
  });

  it('is taken back by the owner, or handed back by whoever was asked', async () => {
    const world = await startWorld(await openFresh());
    await reminded(world);
    await asksElse(world, '@marek');
    await world.control.openHome('marek');
    await world.settle();
    expect(home(world, 'marek')).toMatch(/you were asked for its check-in, this once/);
    await press(world, 'ana', 'Take back');
    expect(home(world, 'marek')).toMatch(/Nothing waits for you/);
    expect(told(world, 'ana').at(-1)).toMatch(/taken back\. The check-in is with you again/);
    expect(told(world, 'marek')).toMatchObject([
      expect.stringMatching(/was taken back\. Nothing left to do/),
    ]);
    expect(await asks(world, 'marek', '/pilot check-in claims-triage')).toMatch(/cannot check in/);
    await asksElse(world, '@wei');
    // It is the middle of the day in Singapore.
    await press(world, 'wei', 'Hand back');
    expect(told(world, 'wei').at(-1)).toMatch(/is with Ana Costa again, who is told/);
    expect(told(world, 'ana').at(-1)).toMatch(
      /Wei Chen does not have the check-in of Claims triage[\s\S]*\[Check in\] \[Ask someone else\]/,
    );
    expect(told(world, 'ana').join()).toMatch(/Wei Chen does not have it, so it is with you again/);
    const chased = () =>
      told(world, 'ana').filter((text) => /check-in due|Last reminder|does not have/.test(text));
    const count = chased().length;
    await world.time.advanceTo(at('2026-01-22T07:00:00Z'));
    expect(chased().length).toBeLessThanOrEqual(count);
    expect(world.complaints).toEqual([]);
  });

  it('shows how it stands at the second press, and at a press that comes too late', async () => {
    const world = await startWorld(await openFresh());
    await reminded(world);
    const reminder = world.control.read.dm('ana', 'Pilotage').at(-1);
    await press(world, 'ana', 'Ask someone else');
    await asksElse(world, '@marek');
    const again = { channel: 'Pilotage', ts: reminder?.ts ?? '', label: 'Take back' };
    await world.control.press('ana', again);
    await world.control.press('ana', again).catch(() => undefined);
    await world.settle();
    const ended = told(world, 'ana').filter((text) => /taken back|any more/.test(text));
    expect(ended[0]).toMatch(/taken back/);
    await asksElse(world, '@wei');
    // The form is still open when its time is over.
    await press(world, 'ana', 'Take back');
    await press(world, 'ana', 'Ask someone else');
    await world.time.advanceTo(at('2026-01-20T23:00:00Z'));
    expect(await asksElse(world, '@marek')).toEqual({});
    expect(told(world, 'ana').at(-1)).toMatch(/this check-in is over\. Nothing left to do/);
    expect(told(world, 'marek').filter((text) => /asks you for this check-in/.test(text))).toEqual([]);
    expect(world.complaints).toEqual([]);
  });

  it('is refused for whoever cannot be asked, with a sentence, and the form stays', async () => {
    const world = await startWorld(await openFresh());
    await world.control.people.deactivate('diego');
    await reminded(world);
    const refusals = [
      ['@greg', /Greg Hall is a guest here/],
      ['@diego', /Diego Ramos is deactivated/],
      ['@ana', /That is you/],
      ['@priya', /Priya Shah decides about Claims triage/],
    ] as const;
    await press(world, 'ana', 'Ask someone else');
    for (const [who, why] of refusals) expect((await asksElse(world, who))['Who has it']).toMatch(why);
    expect(await asksElse(world, '@marek')).toEqual({});
    expect(told(world, 'marek')).toHaveLength(1);
    expect(told(world, 'priya').join()).not.toMatch(/asks you for this check-in/);
    const { outbox } = world.db.tables;
    const rows = await world.db.q.select().from(outbox);
    expect(rows.filter(({ kind }) => kind === 'check-in-for').map(({ addressee }) => addressee)).toEqual([
      'user:U0MAREK0001',
    ]);
  });

  it('goes to nobody who may not see the pilot', async () => {
    const world = await startWorld(await openFresh());
    await reminded(world, { 'Who can see it': 'Only people with a role' });
    expect((await asksElse(world, '@marek'))['Who has it']).toMatch(/only for people with a role in it/);
    expect(await asksElse(world, '@lena')).toEqual({});
    expect(told(world, 'lena').at(-1)).toMatch(/asks you for this check-in/);
  });

  it('waits until they work, and is left out when it was done by then', async () => {
    const world = await startWorld(await openFresh());
    await reminded(world);
    // Friday, 9:01 in Berlin is 3:01 in New York.
    await asksElse(world, '@diego');
    expect(told(world, 'ana').at(-1)).toMatch(/as soon as they work again/);
    expect(told(world, 'diego')).toEqual([]);
    await asks(world, 'ana', '/pilot record claims-triage cost-per-claim 17.90');
    await world.time.advanceTo(at('2026-01-16T20:00:00Z'));
    expect(told(world, 'diego')).toEqual([]);
    expect(world.complaints).toEqual([]);
  });
});
