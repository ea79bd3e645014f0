/** Does a pilot that goes silent reach its sponsor, in order, and does the decision reach everybody? */
import { expect, it } from 'vitest';
import { asks, newest, reads, signedPilot, told } from '../support/acts.ts';
import { onBothEngines } from '../support/databases.ts';
import { silent } from '../support/silent-pilot.ts';
import type { World } from '../support/world.ts';

const START = { 'Start date': '2026-01-05', 'Decision date': '2026-04-05' };
const at = (text: string): number => Date.parse(text);

const cards = (world: World, who: string): string[] =>
  told(world, who).filter((text) => /next step\?|is stuck/.test(text));

const submits = async (world: World, who: string, fields: Readonly<Record<string, string>>) => {
  await world.control.fill(who, fields);
  const result = await world.control.submit(who);
  await world.settle();
  return result;
};

const presses = async (world: World, who: string, label: string, channel = 'Pilotage') => {
  await world.control.press(who, { channel, label });
  await world.settle();
};

const openCases = async (world: World) =>
  (await world.db.q.select().from(world.db.tables.cases)).filter(({ closedAt }) => closedAt === null);

onBothEngines('a pilot nobody hears of', (openFresh) => {
  it('reaches its owner, then its sponsor, who stops it from the card three weeks later', async () => {
    const world = await silent(await openFresh());
    await world.time.advanceTo(at('2026-01-26T22:00:00Z'));
    expect(cards(world, 'ana').at(-1)).toMatch(
      /what is the next step\?[\s\S]*In the way: nothing heard since Thu 8 Jan; 3 check-ins without an answer[\s\S]*Priya Shah, the sponsor, is asked/,
    );
    expect(cards(world, 'priya')).toEqual([]);
    await world.time.advanceTo(at('2026-01-27T12:00:00Z'));
    const [card, ...more] = cards(world, 'priya');
    expect(more).toEqual([]);
    expect(card).toMatch(/^Claims triage is stuck\. Can you unblock it\?/);
    expect(card).toMatch(/And: ERP test access, no news since Mon 5 Jan\./);
    expect(card).toMatch(/Measured: Cost per claim: agreed €12.50 or less/);
    expect(card).toMatch(/Suggested: Unblock; this comes before everything else\./);
    expect(card).toMatch(/No answer by Fri 30 Jan: the programme office is asked\./);
    expect(card).toMatch(/\[Unblock\] \[I'm on it\]\n\[Extend\] \[Restructure\] \[Stop\]/);
    expect(await asks(world, 'lena', '/pilot show claims-triage')).toMatch(
      /Needs help: nothing heard since[\s\S]*\[Why it needs help\]/,
    );
    expect(await asks(world, 'lena', '/pilot list stalled')).toMatch(/Claims triage: building · needs help/);
    expect(await asks(world, 'priya', '/pilot mine')).toMatch(/Claims triage: waits for your decision/);
    await presses(world, 'lena', 'Why it needs help', '#general');
    expect(JSON.stringify(world.control.openView('lena'))).toMatch(
      /Check-ins without an answer: critical[\s\S]*from 3 in a row on[\s\S]*Thresholds: strict/,
    );

    // Of the cards of one case only the newest asks.
    const asking = told(world, 'ana').filter((text) => /Claims triage: what is the next step/.test(text));
    const earlier = told(world, 'ana').filter((text) =>
      /Claims triage: you were asked again on \w+ \d+ Jan. That card is the one to answer/.test(text),
    );
    expect([asking.length, earlier.length]).toEqual([1, 2]);

    await presses(world, 'priya', 'Stop');
    expect(world.control.openView('priya')?.title).toMatchObject({ text: 'Stop' });
    await submits(world, 'priya', { 'In one sentence, why': 'The vendor is leaving the market.' });
    expect(newest(world, 'priya', 'Pilotage')).toMatch(
      /Nobody is told for ten minutes; until then you can undo it/,
    );
    expect(told(world, 'ana').join()).not.toMatch(/vendor/);
    await world.time.advanceTo(at('2026-01-27T12:09:00Z'));
    expect(told(world, 'ana').join()).not.toMatch(/vendor/);
    await world.time.advanceTo(at('2026-01-27T12:11:00Z'));
    expect(told(world, 'ana').at(-1)).toMatch(
      /Claims triage: Stop[\s\S]*Decided by: Priya Shah\.[\s\S]*"The vendor is leaving the market\."/,
    );
    expect(cards(world, 'priya')).toEqual([]);
    expect(told(world, 'priya').some((text) => /Claims triage: Stop, decided by Priya Shah/.test(text))).toBe(
      true,
    );
    expect(
      told(world, 'ana').filter((text) => /Stop, decided by Priya Shah on 27 January/.test(text)).length,
    ).toBeGreaterThan(0);
    expect(await openCases(world)).toEqual([]);
    expect(reads(world, 'omar', '#claims')[0]).toMatch(/Claims triage · stopped/);
    expect(reads(world, 'omar', '#claims').join()).not.toMatch(/vendor/);
    await world.time.advanceTo(at('2026-03-31T12:00:00Z'));
    const thread = world.control.read.messages('omar', '#claims').map((one) => world.control.read.text(one));
    expect(thread.join()).not.toMatch(/vendor/);
    expect(told(world, 'ana').join()).not.toMatch(/due today/);

    await presses(world, 'ana', 'What was learned');
    await submits(world, 'ana', { 'What was learned': 'Ask for access first.' });
    expect(newest(world, 'ana', 'Pilotage')).toMatch(/what was learned stands in its history/);
    const log = await world.db.q.select().from(world.db.tables.logbook);
    const decided = log.find(({ kind }) => kind === 'decided');
    expect(JSON.parse(decided?.body ?? '{}')).toMatchObject({
      decision: 'stop',
      role: 'sponsor',
      suggested: 'unblock',
      seen: { standing: 'stalled', verdicts: [{ verdict: 'too_early' }] },
    });
    expect(JSON.parse(decided?.personal ?? '{}').shown).toMatch(/Claims triage is stuck/);
    expect(decided?.body).not.toMatch(/Priya|vendor|U0/);
    expect(world.complaints).toEqual([]);
  });

  it('is open again when a stop is undone in time, and not when it is too late', async () => {
    const world = await silent(await openFresh());
    await world.time.advanceTo(at('2026-01-29T12:00:00Z'));
    await presses(world, 'priya', 'Stop');
    await submits(world, 'priya', { 'In one sentence, why': 'No budget.' });
    await presses(world, 'priya', 'Extend');
    expect(newest(world, 'priya', 'Pilotage')).toMatch(
      /Priya Shah has decided: Stop\. It takes effect ten minutes after/,
    );
    await presses(world, 'priya', 'Undo');
    expect(newest(world, 'priya', 'Pilotage')).toMatch(
      /Stop is undone\. Nobody was told; the card is open again/,
    );
    await presses(world, 'priya', 'Undo');
    expect(newest(world, 'priya', 'Pilotage')).toMatch(/Stop was undone\. Nothing left to do/);
    expect(cards(world, 'priya')).toHaveLength(1);
    await presses(world, 'priya', 'Stop');
    await submits(world, 'priya', { 'In one sentence, why': 'No budget.' });
    await world.time.advanceTo(at('2026-01-29T13:00:00Z'));
    await presses(world, 'priya', 'Undo');
    expect(newest(world, 'priya', 'Pilotage')).toMatch(
      /has taken effect, and people have been told\. It stays/,
    );
    expect(told(world, 'ana').filter((text) => /Decided by/.test(text))).toHaveLength(1);
  });

  it('is unblocked by somebody named with a day, who is told, and whose blocker it is', async () => {
    const world = await silent(await openFresh());
    await world.time.advanceTo(at('2026-01-29T12:00:00Z'));
    await presses(world, 'priya', 'Unblock');
    // Nobody has said of which kind it is.
    expect(JSON.stringify(world.control.openView('priya'))).toMatch(
      /"initial_option":\{[^}]*\}?[^}]*Something else/,
    );
    expect(
      (await submits(world, 'priya', { 'Who does it': '@nora', By: '2026-01-20' })).errorsByLabel['By'],
    ).toMatch(/Tue 20 Jan is not after today\. Choose a later day\./);
    expect(
      (await submits(world, 'priya', { By: '2026-02-05', Kind: 'Security or compliance review' })).ok,
    ).toBe(true);
    expect(newest(world, 'priya', 'Pilotage')).toMatch(/Claims triage: Unblock\. Ana Costa hears now/);
    expect(told(world, 'nora').at(-1)).toMatch(
      /Claims triage waits for you by Thu 5 Feb[\s\S]*"ERP test access"/,
    );
    expect(told(world, 'ana').at(-1)).toMatch(/Unblock[\s\S]*Nora Byrne: "ERP test access", by Thu 5 Feb/);
    const blockers = await world.db.q.select().from(world.db.tables.blockers);
    expect(blockers).toMatchObject([
      { kind: 'security', owner: 'U0NORA00001', neededBy: '2026-02-05', closedAt: null },
    ]);
    expect(await openCases(world)).toEqual([]);
    await presses(world, 'ana', 'Check in');
    await submits(world, 'ana', { 'My view': 'Green, on course' });
    await world.time.advanceTo(at('2026-02-04T12:00:00Z'));
    expect(cards(world, 'priya')).toEqual([]);
  });

  it('takes a decision against the suggestion only with a sentence, extends once, and to a date', async () => {
    const world = await silent(await openFresh());
    await world.time.advanceTo(at('2026-01-29T12:00:00Z'));
    await presses(world, 'priya', 'Extend');
    const why = 'Why not Unblock, as suggested';
    expect((await submits(world, 'priya', { Until: '2026-02-26' })).errorsByLabel[why]).toBeDefined();
    expect(
      (await submits(world, 'priya', { Until: '2026-08-26', [why]: 'It unblocks itself.' })).errorsByLabel[
        'Until'
      ],
    ).toMatch(/more than 12 weeks away/);
    expect((await submits(world, 'priya', { Until: '2026-02-26' })).ok).toBe(true);
    const [row] = await world.db.q.select().from(world.db.tables.decisions);
    expect(row).toMatchObject({
      decision: 'extend',
      until: '2026-02-26',
      reason: 'It unblocks itself.',
      state: 'done',
    });
    await world.time.advanceTo(at('2026-02-27T12:00:00Z'));
    await asks(world, 'priya', '/pilot decide claims-triage');
    expect(newest(world, 'priya', '#general')).not.toMatch(/\[Extend\]/);
  });

  it('restructures into a draft of the next version', async () => {
    const world = await silent(await openFresh());
    await world.time.advanceTo(at('2026-01-29T12:00:00Z'));
    await presses(world, 'priya', 'Restructure');
    await submits(world, 'priya', {
      'What should change': 'Only claims above 1,000 euros.',
      'Why not Unblock, as suggested': 'Access will not come.',
    });
    expect(told(world, 'ana').at(-1)).toMatch(
      /Restructure[\s\S]*draft the new version[\s\S]*\[Add criterion\] \[Edit charter\]/,
    );
    const versions = await world.db.q.select().from(world.db.tables.charterVersions);
    expect(versions.map(({ n, status }) => [n, status])).toEqual([
      [1, 'signed'],
      [2, 'draft'],
    ]);
  });
});

onBothEngines('whoever is asked about a stuck pilot', (openFresh) => {
  it('takes it on with a next step and a day, within limits, and is asked again when the day has passed', async () => {
    const world = await silent(await openFresh());
    await world.time.advanceTo(at('2026-01-21T12:00:00Z'));
    await presses(world, 'ana', "I'm on it");
    expect(
      (await submits(world, 'ana', { 'Next step': 'Ask Finance IT', By: '2026-06-01' })).errorsByLabel['By'],
    ).toBeDefined();
    await submits(world, 'ana', { 'Next step': 'Ask Finance IT', By: '2026-01-28' });
    expect(newest(world, 'ana', 'Pilotage')).toMatch(/Noted: Wed 28 Jan\. Nobody is asked until then/);
    expect(cards(world, 'ana').at(-1)).toMatch(/Ana Costa is on it: "Ask Finance IT", by Wed 28 Jan\./);
    await world.time.advanceTo(at('2026-01-28T12:00:00Z'));
    expect(cards(world, 'priya')).toEqual([]);
    await world.time.advanceTo(at('2026-02-06T12:00:00Z'));
    expect(cards(world, 'priya').length).toBe(1);
  });

  it('adds a view that the sponsor reads, and cannot act for the sponsor', async () => {
    const world = await silent(await openFresh());
    await world.time.advanceTo(at('2026-01-26T12:00:00Z'));
    await presses(world, 'ana', 'Add my view');
    await submits(world, 'ana', { 'My view': 'One named person in Finance IT would do.' });
    await world.time.advanceTo(at('2026-01-27T12:00:00Z'));
    expect(cards(world, 'priya')[0]).toMatch(/Ana Costa, owner: "One named person in Finance IT would do\."/);
    const copy = world.control.read.dm('priya', 'Pilotage').at(-1);
    expect(copy).toBeDefined();
    expect(await asks(world, 'marek', '/pilot decide claims-triage')).toMatch(
      /Claims triage waits for a decision\. Priya Shah can decide\. Nothing has changed/,
    );
  });

  it('can say that it is wrong until the sponsor has it, and then it stays quiet', async () => {
    const world = await silent(await openFresh());
    await world.time.advanceTo(at('2026-01-26T12:00:00Z'));
    await presses(world, 'ana', 'This is wrong');
    await submits(world, 'ana', { Why: 'The check-ins were done by mail.' });
    expect(newest(world, 'ana', 'Pilotage')).toMatch(/Closed\. It stays quiet as long as nothing changes/);
    const cases = await world.db.q.select().from(world.db.tables.cases);
    const stuck = cases.filter(({ cause }) => cause !== 'signature');
    expect(stuck.map(({ closedAs }) => closedAs)).toEqual(['false_alarm', 'false_alarm']);
    await world.time.advanceTo(at('2026-01-30T12:00:00Z'));
    expect(cards(world, 'priya')).toEqual([]);
    await presses(world, 'ana', 'This is wrong').catch(() => {});
  });

  it('is asked nothing while the pilot is paused, and the sponsor sees why', async () => {
    const world = await silent(await openFresh());
    await world.time.advanceTo(at('2026-01-27T12:00:00Z'));
    await asks(world, 'ana', '/pilot pause claims-triage');
    await submits(world, 'ana', { Reason: 'Year-end freeze' }).catch(() => {});
    await world.settle();
    expect((await openCases(world)).map(({ state }) => state)).toEqual(['PAUSED(L2)', 'PAUSED(L3)']);
    expect(
      told(world, 'priya').some((text) => /Claims triage is paused\. Nothing is asked meanwhile/.test(text)),
    ).toBe(true);
    const before = told(world, 'priya').length;
    await world.time.advanceTo(at('2026-02-20T12:00:00Z'));
    expect(told(world, 'priya').length).toBe(before);
    await asks(world, 'ana', '/pilot resume claims-triage');
    await world.settle();
    expect((await openCases(world)).map(({ state }) => state)).toEqual(['L2', 'L3']);
    expect(cards(world, 'priya')).toHaveLength(1);
  });

  it('is decided by whoever stands in while the sponsor is away, for them, and not any more afterwards', async () => {
    const world = await silent(await openFresh());
    await asks(world, 'priya', '/pilot away 2026-01-20 2026-02-06 @omar');
    await submits(world, 'priya', {}).catch(() => undefined);
    await world.time.advanceTo(at('2026-01-28T12:00:00Z'));
    expect(cards(world, 'priya')).toEqual([]);
    expect(cards(world, 'omar').length).toBeGreaterThan(0);
    await presses(world, 'omar', 'Stop');
    await world.time.advanceTo(at('2026-02-09T12:00:00Z'));
    const late = await submits(world, 'omar', { 'In one sentence, why': 'No budget.' });
    expect(late.ok).toBe(true);
    expect(told(world, 'omar').at(-1)).toMatch(
      /You cannot decide about Claims triage\. Priya Shah can\. Nothing has changed/,
    );
    expect(await world.db.q.select().from(world.db.tables.decisions)).toEqual([]);
    await asks(world, 'priya', '/pilot decide claims-triage');
    await presses(world, 'priya', 'Stop', '#general');
    await submits(world, 'priya', { 'In one sentence, why': 'No budget.' });
    await presses(world, 'priya', 'Stop', '#general');
    expect(newest(world, 'priya', '#general')).toMatch(/has decided: Stop/);
    await world.time.advanceTo(at('2026-02-09T13:00:00Z'));
    await presses(world, 'priya', 'Stop', '#general');
    expect(newest(world, 'priya', '#general')).toMatch(
      /Stop, decided by Priya Shah on 9 February\. Nothing left to do/,
    );
    expect(world.complaints).toEqual([]);
  });

  it('gets one card a day, with how many more wait, and the programme office hears where nobody answers', async () => {
    const world = await silent(await openFresh());
    await asks(world, 'lena', '/pilot list');
    await signedPilot(world, 'Churn model', { fields: START });
    await asks(world, 'ana', '/pilot blocker churn-model No data');
    await world.control.submit('ana');
    await world.settle();
    const days: number[] = [];
    for (const day of ['26', '27', '28', '29']) {
      await world.time.advanceTo(at(`2026-01-${day}T22:00:00Z`));
      days.push(cards(world, 'priya').length);
    }
    expect(days.at(-1)).toBe(2);
    expect(Math.max(...days.map((count, index) => count - (days[index - 1] ?? 0)))).toBe(1);
    expect(cards(world, 'priya').some((text) => /1 more waits for you\.[\s\S]*\[Show\]/.test(text))).toBe(
      true,
    );
    expect(cards(world, 'ana').some((text) => /1 more of your pilots needs a next step/.test(text))).toBe(
      true,
    );
    expect(cards(world, 'lena')).toEqual([]);
    await world.time.advanceTo(at('2026-02-04T22:00:00Z'));
    expect(cards(world, 'lena').at(-1)).toMatch(/is stuck\. Who decides\?[\s\S]*\[I'm on it\] \[Hand over\]/);
    expect(world.complaints).toEqual([]);
  }, 90_000);
});
