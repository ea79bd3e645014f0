/** Is a pilot decided about on its day: first its owner, then its sponsor, then everybody? */
import { expect, it } from 'vitest';
import { exportPages } from '../../src/db/export.ts';
import { snapshotInPlace } from '../../src/db/snapshot.ts';
import { asks, newest, reads, told } from '../support/acts.ts';
import { onBothEngines } from '../support/databases.ts';
import { measured, presses, submits } from '../support/measured-pilot.ts';
import type { World } from '../support/world.ts';

const at = (text: string): number => Date.parse(text);

const cards = (world: World, who: string): string[] =>
  told(world, who).filter((text) => /Your view\?|Go to production\?|What next\?/.test(text));

onBothEngines('the decision date', (openFresh) => {
  it('shows what was met to the owner, a working day later to the sponsor, who goes on conditions', async () => {
    const world = await measured(await openFresh(), ['12.40', '12.10', '11.90']);
    await world.time.advanceTo(at('2026-02-03T22:00:00Z'));
    const preview = cards(world, 'ana');
    expect(preview.at(-1)).toMatch(
      /Claims triage: met\. Your view\?[\s\S]*Cost per claim: €1\d\.\d\d; agreed €12.50 or less\. Met\./,
    );
    const sponsor = cards(world, 'priya');
    expect(sponsor.length).toBeLessThanOrEqual(1);
    await presses(world, 'ana', 'Add my view');
    expect(JSON.stringify(world.control.openView('ana'))).not.toMatch(/Main cause|The fix/);
    await submits(world, 'ana', { 'My view': 'The clerks ask for it.' });
    expect(cards(world, 'ana').at(-1)).toMatch(/Ana Costa, owner: "The clerks ask for it\."/);
    await world.time.advanceTo(at('2026-02-04T22:00:00Z'));
    const card = cards(world, 'priya').at(-1) ?? '';
    expect(card).toMatch(
      /^Claims triage: met\. Go to production\?[\s\S]*Ana Costa, owner: "The clerks ask for it\."/,
    );
    expect(card).toMatch(/Suggested: Go; everything agreed is met\./);
    expect(card).toMatch(/No decision by \w+ \d+ Feb: the programme office is asked; nothing goes live\./);
    expect(card).toMatch(/\[Go\] \[Conditional go\] \[Not yet\]\n\[Restructure\] \[Stop\]/);
    const result = reads(world, 'omar', '#claims').find((text) => /A decision follows/.test(text)) ?? '';
    expect(result).toMatch(/Claims triage: met/);
    expect(result).not.toMatch(/\[Go\]|Suggested/);

    await presses(world, 'priya', 'Conditional go');
    const why = 'Why not Go, as suggested';
    const refused = await submits(world, 'priya', {
      Condition: 'Audit of the first month',
      By: '2026-03-06',
      'Second by': '2026-03-20',
      [why]: 'Audit has asked for it.',
    });
    expect(refused.errorsByLabel['Second condition']).toMatch(/Say what must be done by that day/);
    expect((await submits(world, 'priya', { 'Second condition': 'A named responder' })).ok).toBe(true);
    expect(told(world, 'ana').join()).not.toMatch(/Conditional go/);
    await world.time.advanceTo(at('2026-02-05T12:00:00Z'));
    expect(
      told(world, 'ana').some((text) =>
        /Claims triage: Conditional go[\s\S]*Condition: Audit of the first month, by Fri 6 Mar/.test(text),
      ),
    ).toBe(true);
    expect(reads(world, 'omar', '#claims')[0]).toMatch(/going live/);
    const conditions = await world.db.q.select().from(world.db.tables.conditions);
    expect(conditions.map(({ words, due }) => [words, due]).sort()).toEqual([
      ['A named responder', '2026-03-20'],
      ['Audit of the first month', '2026-03-06'],
    ]);
    expect(await asks(world, 'ana', '/pilot show claims-triage')).toMatch(
      /Condition: Audit of the first month, by Fri 6 Mar[\s\S]*\[Done: Audit of the first month\]/,
    );
    await world.control.press('ana', { channel: '#general', label: 'Done: Audit of the first month' });
    await world.settle();
    expect(newest(world, 'ana', '#general')).toMatch(/the condition is done\. 1 still open/);
    expect(await asks(world, 'ana', '/pilot show claims-triage')).not.toMatch(/Audit/);
    expect(cards(world, 'priya')).toEqual([]);
    expect(reads(world, 'omar', '#claims').join()).toMatch(
      /Priya Shah decided on 4 February: Conditional go/,
    );
    await world.time.advanceTo(at('2026-02-09T12:00:00Z'));
    await asks(world, 'priya', '/pilot decide claims-triage');
    expect(newest(world, 'priya', '#general')).toMatch(/nothing to decide about Claims triage/);
    await world.time.advanceTo(at('2026-03-20T12:00:00Z'));
    const onItsDay = await asks(world, 'ana', '/pilot show claims-triage');
    expect(onItsDay).toMatch(/Condition: A named responder, by Fri 20 Mar/);
    await world.time.advanceTo(at('2026-03-23T12:00:00Z'));
    expect(await asks(world, 'ana', '/pilot show claims-triage')).toMatch(
      /Condition: A named responder, overdue since Fri 20 Mar/,
    );
    expect(world.complaints).toEqual([]);
  });

  it('shows the cause the owner has confirmed when it was not met, and moves on when it is not yet', async () => {
    const world = await measured(await openFresh(), ['18.00', '17.90', '17.80']);
    await world.time.advanceTo(at('2026-02-03T12:00:00Z'));
    expect(cards(world, 'ana').at(-1)).toMatch(
      /Claims triage: not met\. Your view\?[\s\S]*Say what the main cause is/,
    );
    await presses(world, 'ana', 'Add my view');
    await submits(world, 'ana', { 'Main cause': 'People do not use it', 'The fix': 'Four more teams.' });
    await world.time.advanceTo(at('2026-02-04T12:00:00Z'));
    const card = cards(world, 'priya').at(-1) ?? '';
    expect(card).toMatch(/^Claims triage: not met\. What next\?/);
    expect(card).toMatch(/Main cause, says Ana Costa, owner: people do not use it\./);
    expect(card).toMatch(/The fix: "Four more teams\."/);
    expect(card).toMatch(/Not yet and Stop are good answers too\./);
    await presses(world, 'priya', 'Not yet');
    const view = world.control.openView('priya');
    const isAgainst = JSON.stringify(view).includes('as suggested');
    await submits(world, 'priya', {
      'What is missing': 'Four teams.',
      'Decided again on': '2026-03-06',
      ...(isAgainst ? { 'Why not Restructure, as suggested': 'They start on Monday.' } : {}),
    });
    expect(
      told(world, 'ana').some((text) => /Claims triage: Not yet[\s\S]*Until: Fri 6 Mar/.test(text)),
    ).toBe(true);
    expect(cards(world, 'priya')).toEqual([]);
    await world.time.advanceTo(at('2026-03-05T22:00:00Z'));
    expect(cards(world, 'priya')).toEqual([]);
    await world.time.advanceTo(at('2026-03-10T22:00:00Z'));
    expect(cards(world, 'priya')).toHaveLength(1);
  });

  it('is not closed by what the owner finds wrong with the result: the sponsor reads it, and decides', async () => {
    const world = await measured(await openFresh(), ['18.00', '17.90', '17.80']);
    await world.time.advanceTo(at('2026-02-03T12:00:00Z'));
    await presses(world, 'ana', 'Add my view');
    await submits(world, 'ana', { 'Main cause': 'The data', 'The fix': 'Four more teams.' });
    await presses(world, 'ana', 'This is wrong');
    expect((await submits(world, 'ana', {})).errorsByLabel['What is wrong']).toBeDefined();
    await submits(world, 'ana', { 'What is wrong': 'The last week has no invoices of one site.' });
    await world.time.advanceTo(at('2026-02-04T12:00:00Z'));
    expect(cards(world, 'priya').at(-1)).toMatch(
      /^Claims triage: not met\. What next\?[\s\S]*Main cause, says Ana Costa, owner: the data\.[\s\S]*Ana Costa, owner, says this is wrong: "The last week has no invoices of one site\."[\s\S]*\[Stop\]/,
    );
    await presses(world, 'ana', 'Add my view');
    await submits(world, 'ana', { 'The fix': 'It is right after all.' });
    expect(cards(world, 'priya').at(-1)).not.toMatch(/says this is wrong/);
    expect(world.complaints).toEqual([]);
  });

  it('stands in no file as long as nobody has been told', async () => {
    const world = await measured(await openFresh(), ['12.40', '12.10', '11.90']);
    await world.time.advanceTo(at('2026-02-05T22:00:00Z'));
    expect(cards(world, 'priya').at(-1)).toMatch(/Go to production/);
    await presses(world, 'priya', 'Go');
    expect((await submits(world, 'priya', {})).ok).toBe(true);
    const exported = async () => {
      const { db } = world;
      const [pilot] = await db.q.select().from(db.tables.pilots);
      const found: string[] = [];
      const scope = { workspace: pilot?.workspace ?? '', pilots: [[pilot?.id ?? '', 'all']] as const };
      for await (const page of exportPages(snapshotInPlace(db), scope)) found.push(JSON.stringify(page));
      return found.join('\n');
    };
    expect(await exported()).not.toMatch(/decision_taken|"go"/);
    await world.time.advanceTo(world.clock.now() + 11 * 60_000);
    expect(await exported()).toMatch(/"go"/);
  });

  it('waits in the sponsor’s short digest with a button that opens the same card, until it is decided', async () => {
    const world = await measured(await openFresh(), ['12.40', '12.10', '11.90']);
    await asks(world, 'priya', '/pilot digest me short weekly thursday 10:00');
    const short = () => told(world, 'priya').filter((text) => /^Your 1 pilot/.test(text));
    // Before its card has reached them there is nothing to open.
    await world.time.advanceTo(at('2026-01-29T10:01:00Z'));
    expect(short().at(-1)).toMatch(/Waits for you {2}Claims triage: decision date [\s\S]*\[Waiting for me\]/);
    expect(short().join()).not.toMatch(/\[Decide\]/);
    await world.time.advanceTo(at('2026-02-05T10:01:00Z'));
    expect(short().at(-1)).toMatch(/\[Decide\] \[Waiting for me\] \[My pilots\]/);
    // The digest, the card and the channel name the same day.
    const [, day = 'none'] = /Claims triage: to decide by (\w+ \d+ \w+)/.exec(short().at(-1) ?? '') ?? [];
    const week = await asks(world, 'ana', '/pilot digest');
    expect(week).toMatch(new RegExp(`to decide by ${day}`));
    expect(reads(world, 'omar', '#claims').join()).toMatch(new RegExp(`A decision follows by ${day}`));
    expect(told(world, 'priya').join()).toMatch(new RegExp(`No decision by ${day}`));
    await presses(world, 'priya', 'Decide');
    expect(newest(world, 'priya', 'Pilotage')).toMatch(
      /^Claims triage: met\. Go to production\?[\s\S]*\[Go\] \[Conditional go\] \[Not yet\]/,
    );
    await presses(world, 'priya', 'Go');
    if (world.control.openView('priya') !== null) await submits(world, 'priya', {});
    await world.time.advanceTo(at('2026-02-05T13:00:00Z'));
    await presses(world, 'priya', 'Decide');
    expect(newest(world, 'priya', 'Pilotage')).toMatch(/nothing to decide about Claims triage at the moment/);
    expect(world.complaints).toEqual([]);
  });

  it('does not open from the short digest for whoever has lost sight of the pilot', async () => {
    const world = await measured(await openFresh(), ['12.40', '12.10', '11.90']);
    await asks(world, 'priya', '/pilot digest me short weekly thursday 10:00');
    await world.time.advanceTo(at('2026-02-05T10:01:00Z'));
    const { pilots, roles } = world.db.tables;
    await world.db.q.update(pilots).set({ visibility: 'people' });
    await world.db.q.update(roles).set({ until: world.clock.now() });
    await presses(world, 'priya', 'Decide');
    expect(newest(world, 'priya', 'Pilotage')).toMatch(/no longer there, or you cannot see it/);
  });
});
