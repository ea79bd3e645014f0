/** Is a choice of a `⋯` menu held to the same rules as the button it stands for? */
import { expect, it } from 'vitest';
import { newest, told } from '../support/acts.ts';
import { onBothEngines } from '../support/databases.ts';
import { type Actor, chooseBody, idOf, pressBody, sendRaw } from '../support/raw-acts.ts';
import { silent } from '../support/silent-pilot.ts';
import type { World } from '../support/world.ts';

const at = (text: string): number => Date.parse(text);
const PRIYA: Actor = { id: idOf('priya') };
const JONAS: Actor = { id: idOf('jonas') };

/** What the sponsor's open card offers, row by row; a menu as one. */
function offered(world: World): string[][] {
  const card = world.control.read
    .dm('priya', 'Pilotage')
    .findLast((message) => /is stuck/.test(world.control.read.text(message)));
  const rows = (card?.blocks ?? []) as { type: string; elements?: Element[] }[];
  return rows
    .filter(({ type }) => type === 'actions')
    .map(({ elements = [] }) =>
      elements.map(
        ({ text, options = [] }) => text?.text ?? `⋯ ${options.map((one) => one.text.text).join(' · ')}`,
      ),
    );
}

interface Element {
  readonly text?: { readonly text: string };
  readonly options?: readonly { readonly text: { readonly text: string } }[];
}

const aboutOf = async (world: World): Promise<string> => {
  const rows = await world.db.q.select().from(world.db.tables.cases);
  const row = rows.find(({ closedAt }) => closedAt === null);
  return JSON.stringify({ pilot: row?.pilot, case: row?.id });
};

const states = async (world: World): Promise<string[]> =>
  (await world.db.q.select().from(world.db.tables.cases)).map(({ state }) => state);

onBothEngines('the menu on the card of a stuck pilot', (openFresh) => {
  it('holds what is pressed less often, and a choice of it is the press of its button', async () => {
    const world = await silent(await openFresh());
    await world.time.advanceTo(at('2026-01-27T12:00:00Z'));
    expect(offered(world)).toEqual([
      ['Unblock', "I'm on it"],
      ['Extend', 'Restructure', 'Stop', '⋯ Ask Ana · Snooze · Hand over · This is wrong · Known, accepted'],
      ['How is this computed?', 'Preferences'],
    ]);
    await world.control.press('priya', { channel: 'Pilotage', label: 'Known, accepted' });
    await world.settle();
    expect(world.control.openView('priya')?.title).toMatchObject({ text: 'Known, accepted' });
    await world.control.fill('priya', { Why: 'The vendor is late; we wait.' });
    expect(await world.control.submit('priya')).toMatchObject({ ok: true });
    await world.settle();
    expect(newest(world, 'priya', 'Pilotage')).toMatch(/Closed\. It stays quiet/);
    expect(told(world, 'priya').join()).toMatch(/known and accepted by Priya Shah/);
    expect(world.complaints).toEqual([]);
  });

  it('is checked on the server: wrong person, second press, late press, and the buttons of older cards', async () => {
    const world = await silent(await openFresh(), { mode: 'http' });
    await world.time.advanceTo(at('2026-01-27T12:00:00Z'));
    const about = await aboutOf(world);
    const before = await states(world);
    const wrong = await sendRaw(world, JONAS, chooseBody(JONAS, `snooze ${about}`));
    expect(wrong).toMatch(/You cannot answer for Claims triage/);
    expect(await states(world)).toEqual(before);
    // The same words stood on plain buttons before; those still open their forms.
    for (const body of [pressBody(PRIYA, 'snooze', about), chooseBody(PRIYA, `snooze ${about}`)])
      expect(await sendRaw(world, PRIYA, body)).toMatch(/callback_id\W+snooze/);
    await world.control.press('priya', { channel: 'Pilotage', label: 'Stop' });
    await world.settle();
    await world.control.fill('priya', { 'In one sentence, why': 'No budget.' });
    await world.control.submit('priya');
    await world.settle();
    expect(await sendRaw(world, PRIYA, chooseBody(PRIYA, `snooze ${about}`))).toMatch(
      /Priya Shah has decided: Stop/,
    );
    await world.time.advanceTo(at('2026-01-27T13:00:00Z'));
    for (const choice of ['snooze', 'is-wrong', 'known-accepted'])
      expect(await sendRaw(world, PRIYA, chooseBody(PRIYA, `${choice} ${about}`))).toMatch(
        /Claims triage: Stop, decided by Priya Shah on 27 January\. Nothing left to do/,
      );
    expect(world.complaints).toEqual([]);
  });
});
