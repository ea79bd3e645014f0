/** Does every row that shows a status open what it rests on, for those who may see the pilot? */
import { expect, it } from 'vitest';
import { addDays } from '../../src/core/day.ts';
import { addCriterion, asks, register, signedPilot } from '../support/acts.ts';
import { onBothEngines } from '../support/databases.ts';
import { idOf, pressBody, sendRaw } from '../support/raw-acts.ts';
import { startWorld, type World } from '../support/world.ts';

const START = { 'Start date': '2026-01-05', 'Decision date': '2026-04-05' };
const HOW = 'How is this computed?';
const at = (text: string): number => Date.parse(text);

/** What is open before somebody. */
const opened = (world: World, who: string): string =>
  world.control.openView(who) === null ? '' : world.control.read.text(world.control.openView(who) as never);

/** Presses in the newest message there that says `words`, and reads what opens; else what is said privately. */
async function presses(world: World, who: string, channel: string, words: RegExp): Promise<string> {
  const message = world.control.read
    .messages(who, channel)
    .findLast((one) => words.test(world.control.read.text(one)));
  await world.control.press(who, { channel, label: HOW, ts: message?.ts ?? '' });
  await world.settle();
  const answer = world.control.read.messages(who, channel).at(-1);
  return opened(world, who) || (answer === undefined ? '' : world.control.read.text(answer));
}

async function fromHome(world: World, who: string, label: string): Promise<string> {
  await world.control.openHome(who);
  await world.settle();
  await world.control.pressHome(who, label);
  await world.settle();
  return opened(world, who);
}

/** A pilot with a number in its first week. */
async function measured(world: World): Promise<void> {
  await signedPilot(world, 'Claims triage', { fields: START });
  await world.time.advanceTo(at('2026-01-13T10:00:00Z'));
  await asks(world, 'ana', '/pilot record claims-triage cost-per-claim 17.90');
}

const turnConfidential = async ({ db }: World): Promise<void> => {
  await db.q.update(db.tables.pilots).set({ visibility: 'people' });
};

const PAGE = /Claims triage[\s\S]*Rule: Passes if [\s\S]*Dates: [\s\S]*Rows: 5–11 January €17\.90/;
const UNSEEN = /^This pilot is no longer there, or you cannot see it\. Nothing has changed\.$/;

onBothEngines('how a status is computed, from a row of a list', (openFresh) => {
  it('opens from the list, and is looked at anew when it is pressed', async () => {
    const world = await startWorld(await openFresh());
    await measured(world);
    expect(await asks(world, 'marek', '/pilot list')).toMatch(
      /Claims triage: measuring · claims-triage\n\[Show \/ How is this computed\?\]/,
    );
    expect(await presses(world, 'marek', '#general', /^Pilots: 1/)).toMatch(PAGE);
    await world.control.closeView('marek');
    await turnConfidential(world);
    expect(await presses(world, 'marek', '#general', /^Pilots: 1/)).toMatch(UNSEEN);
    expect(await asks(world, 'priya', '/pilot list')).toMatch(/Claims triage/);
    expect(await presses(world, 'priya', '#general', /^Pilots: 1/)).toMatch(PAGE);
    expect(world.complaints).toEqual([]);
  });

  it('explains as many criteria as a page holds, names the rest, and says whether the newest number is unusual', async () => {
    const world = await startWorld(await openFresh());
    await measured(world);
    const { db } = world;
    const { metrics, criteria, observations } = db.tables;
    const [metric] = await db.q.select().from(metrics);
    const [criterion] = await db.q.select().from(criteria);
    const [value] = await db.q.select().from(observations);
    if (metric === undefined || criterion === undefined || value === undefined)
      throw new Error('not measured');
    for (let n = 0; n < 59; n += 1) {
      const own = { id: `metric-${n}`, key: `metric-${n}`, name: `Metric ${n} ${'long '.repeat(10)}` };
      await db.q.insert(metrics).values({ ...metric, ...own });
      const position = criterion.position + n + 1;
      await db.q
        .insert(criteria)
        .values({ ...criterion, id: `criterion-${n}`, lineage: `criterion-${n}`, metric: own.id, position });
    }
    for (const [week, typed] of ['17', '18', '17', '18', '17', '18', '9'].entries()) {
      const periodStart = addDays(value.periodStart, 7 * (week + 1));
      const periodEnd = addDays(periodStart, 7);
      await db.q
        .insert(observations)
        .values({ ...value, id: `value-${week}`, periodStart, periodEnd, value: typed, ingestKey: null });
    }
    await world.time.advanceTo(at('2026-03-04T10:00:00Z'));
    await asks(world, 'ana', '/pilot list');
    const page = await presses(world, 'ana', '#general', /^Pilots: 1/);
    expect(page).toMatch(
      /Newest number: outside the usual ups and downs of the 7 before it \(€15–€20\), so the change may be real\./,
    );
    expect(page.match(/Rule: Passes if/g)).toHaveLength(45);
    expect(page).toMatch(/and 15 more; \/pilot export hands out all of them\./);
    expect(world.complaints).toEqual([]);
  });

  it('says so where the draft was deleted meanwhile', async () => {
    const world = await startWorld(await openFresh());
    await register(world);
    await addCriterion(world);
    await asks(world, 'ana', '/pilot list mine');
    expect(await presses(world, 'ana', '#general', /My pilots: 1/)).toMatch(/Rule: Passes if/);
    await world.control.closeView('ana');
    await world.control.press('ana', { channel: 'Pilotage', label: 'Delete draft' });
    await world.settle();
    expect(await presses(world, 'ana', '#general', /My pilots: 1/)).toMatch(UNSEEN);
  });

  it('opens from Home, of own pilots and of others', async () => {
    const world = await startWorld(await openFresh());
    await measured(world);
    expect(await fromHome(world, 'ana', HOW)).toMatch(PAGE);
    await world.control.closeView('ana');
    expect(await fromHome(world, 'ana', 'Read all')).toMatch(/Claims triage/);
    expect(await fromHome(world, 'wei', HOW)).toMatch(PAGE);
    const view = world.control.read.home('wei');
    expect(view === null ? '' : world.control.read.text(view)).toMatch(
      /Other pilots: 1\nClaims triage: measuring\n\[Show \/ How is this computed\?\]/,
    );
    expect(world.complaints).toEqual([]);
  });

  it('opens from the thread of a digest in a channel, for whoever may see the pilot, as of now', async () => {
    const world = await startWorld(await openFresh(), { mode: 'http' });
    await measured(world);
    await asks(world, 'ana', '/pilot digest now', '#ai-pilots');
    const row = /^Claims triage: measuring; €17\.90/;
    const same = await presses(world, 'marek', '#ai-pilots', row);
    expect(same).toMatch(PAGE);
    expect(same).not.toMatch(/the digest was of/);
    await world.control.closeView('marek');
    await world.time.advanceTo(at('2026-01-20T10:00:00Z'));
    await asks(world, 'ana', '/pilot record claims-triage cost-per-claim 16.20');
    const later = await presses(world, 'marek', '#ai-pilots', row);
    expect(later).toMatch(/As of today; the digest was of 13 January\.[\s\S]*12–18 January €16\.20/);
    await world.control.closeView('marek');
    await turnConfidential(world);
    expect(await presses(world, 'marek', '#ai-pilots', row)).toMatch(UNSEEN);
    expect(await presses(world, 'priya', '#ai-pilots', row)).toMatch(PAGE);
    // A guest reads the channel, but sees no pilot; a day that nobody made opens nothing.
    const [pilot] = await world.db.q.select().from(world.db.tables.pilots);
    const about = { pilot: pilot?.id, digest: at('2026-01-13T10:00:00Z') };
    const guest = { id: idOf('greg') };
    expect(await sendRaw(world, guest, pressBody(guest, 'how-computed', JSON.stringify(about)))).toMatch(
      /you cannot see it/,
    );
    const owner = { id: idOf('ana') };
    for (const digest of [-1, 1e300, 'monday'])
      expect(
        await sendRaw(world, owner, pressBody(owner, 'how-computed', JSON.stringify({ ...about, digest }))),
      ).toMatch(/from an older version and does nothing any more/);
    expect(world.complaints).toEqual([]);
  });

  it('opens from the list that a message of one’s own leads to, the whole week and the short one', async () => {
    const world = await startWorld(await openFresh());
    await measured(world);
    await asks(world, 'marek', '/pilot follow claims-triage');
    await asks(world, 'marek', '/pilot digest me full weekly monday 9:00');
    await asks(world, 'priya', '/pilot digest me short weekly monday 9:00');
    await world.time.advanceTo(at('2026-01-19T12:00:00Z'));
    await world.control.press('marek', { channel: 'Pilotage', label: 'Show all 1' });
    await world.settle();
    expect(await presses(world, 'marek', 'Pilotage', /^Pilots: 1/)).toMatch(PAGE);
    await world.time.advanceTo(at('2026-04-01T12:00:00Z'));
    await world.control.press('priya', { channel: 'Pilotage', label: 'My pilots' });
    await world.settle();
    expect(await presses(world, 'priya', 'Pilotage', /^My pilots: 1/)).toMatch(PAGE);
    expect(world.complaints).toEqual([]);
  });
});
