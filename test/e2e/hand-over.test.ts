/** Does a role, or everything of one person, pass to somebody else, with everybody told once and nothing left open? */
import { expect, it } from 'vitest';
import { verify } from '../../src/db/verify.ts';
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

const START = { 'Start date': '2026-01-05', 'Decision date': '2026-04-05' };

/** Fills the form of one pilot; what is refused comes back by label. */
async function handOver(
  world: World,
  who: string,
  fields: Record<string, string | null>,
  key = 'claims-triage',
) {
  await world.control.command(who, '#general', `/pilot hand-over ${key}`);
  await world.settle();
  if (world.control.openView(who) === null) return newest(world, who, '#general');
  await world.control.fill(who, fields as never);
  const submitted = await world.control.submit(who);
  await world.settle();
  if (submitted.ok) return newest(world, who, '#general');
  await world.control.closeView(who);
  return JSON.stringify(submitted.errorsByLabel);
}

const from = (list: readonly string[], pattern: RegExp) => list.filter((text) => pattern.test(text));

onBothEngines('handing over', (openFresh) => {
  it('gives the pilot to a new owner, who is told once and owes from now on', async () => {
    const db = await openFresh();
    const world = await startWorld(db);
    await signedPilot(world, 'Claims triage', { fields: START });
    const answer = await handOver(world, 'ana', {
      Role: 'Owner',
      'New person': '@marek',
      Note: 'Numbers come from Jonas on Mondays.',
    });
    expect(answer).toMatch(/Marek Nowak is owner of Claims triage now/);
    expect(told(world, 'marek')).toHaveLength(1);
    expect(told(world, 'marek')[0]).toMatch(
      /You own Claims triage now[\s\S]*Ana Costa: "Numbers come from Jonas on Mondays."[\s\S]*Owner: Marek Nowak/,
    );
    expect(told(world, 'ana')[0]).toMatch(/Claims triage is with Marek Nowak now/);
    expect(reads(world, 'omar', '#claims')[0]).toMatch(/Owner: Marek Nowak/);
    expect(reads(world, 'omar', '#claims').join('\n')).toMatch(
      /Marek Nowak is owner now \(before: Ana Costa\)/,
    );
    await world.time.advanceTo(Date.parse('2026-01-08T12:00:00Z'));
    expect(from(told(world, 'marek'), /check-in due/)).toHaveLength(1);
    expect(from(told(world, 'ana'), /check-in due/)).toHaveLength(0);
    expect(await asks(world, 'ana', '/pilot record claims-triage cost-per-claim 17')).toMatch(
      /cannot record values of Claims triage. Marek Nowak can/,
    );
    await asks(world, 'marek', '/pilot pause claims-triage');
    await world.control.fill('marek', { Reason: 'x' });
    await world.control.submit('marek');
    await world.settle();
    expect(told(world, 'marek')[0]).toMatch(/Numbers come from Jonas[\s\S]*paused/);
    const roles = await db.q.select().from(db.tables.roles);
    expect(roles.filter(({ role }) => role === 'owner').map(({ until }) => until === null)).toEqual([
      false,
      true,
    ]);
    const entries = await db.q.select().from(db.tables.logbook);
    expect(entries.find(({ kind }) => kind === 'handed_over')?.body).not.toMatch(/U0/);
    expect(await verify(db)).toBeNull();
    expect(world.complaints).toEqual([]);
  });

  it('closes the request when the sponsor hands over while asked, and the owner asks the new one', async () => {
    const world = await startWorld(await openFresh());
    await register(world, 'Claims triage', { fields: START });
    await addCriterion(world);
    await askToSign(world);
    const answer = await handOver(world, 'priya', { 'New person': '@nora', Note: 'It is her unit.' });
    expect(answer).toMatch(/Nora Byrne is executive sponsor of Claims triage now/);
    expect(answer).toMatch(/The request to sign is not open any more; Ana Costa asks the new sponsor/);
    expect(told(world, 'priya')[0]).toMatch(/changed, not open/);
    expect(told(world, 'priya')[0]).not.toMatch(/\[Sign charter\]/);
    expect(from(told(world, 'nora'), /You sponsor Claims triage now/)).toHaveLength(1);
    const owner = from(told(world, 'ana'), /Nora Byrne sponsors Claims triage now, says Priya Shah/);
    expect(owner).toHaveLength(1);
    expect(owner[0]).toMatch(/"It is her unit."[\s\S]*\[Ask sponsor to sign\]/);
    await world.control.press('ana', { channel: 'Pilotage', label: 'Ask sponsor to sign' });
    await world.settle();
    await world.control.press('nora', { channel: 'Pilotage', label: 'Sign charter' });
    await world.settle();
    expect(reads(world, 'omar', '#claims')[0]).toMatch(/version 1 signed by Nora Byrne/);
    expect(world.complaints).toEqual([]);
  });

  it('tells a new sponsor of a signed pilot what they take over, and asks for no new signature', async () => {
    const db = await openFresh();
    const world = await startWorld(db);
    await signedPilot(world, 'Claims triage', { fields: START });
    await handOver(world, 'priya', { Role: 'Delegate of the sponsor', 'New person': '@omar' });
    expect(told(world, 'omar').at(-1)).toMatch(/You sign and decide for Priya Shah on Claims triage now/);
    const answer = await handOver(world, 'priya', { Role: 'Executive sponsor', 'New person': '@nora' });
    expect(answer).toMatch(/Omar Haddad is not the delegate any more/);
    expect(told(world, 'nora')).toHaveLength(1);
    expect(told(world, 'nora')[0]).toMatch(
      /You sponsor Claims triage now[\s\S]*Cost per claim: [\s\S]*agreed €12.50 or less[\s\S]*You decide: Sun 5 Apr[\s\S]*Owner: Ana Costa[\s\S]*Version 1, signed by Priya Shah, counts; there is nothing to sign/,
    );
    const versions = await db.q.select().from(db.tables.charterVersions);
    expect(versions.map(({ n, status }) => [n, status])).toEqual([[1, 'signed']]);
    const held = (await db.q.select().from(db.tables.roles)).filter(({ until }) => until === null);
    expect(held.map(({ role }) => role).sort()).toEqual(['owner', 'production_owner', 'sponsor']);
    expect(await verify(db)).toBeNull();
  });

  it('refuses whoever cannot hold the role, at the field, in words', async () => {
    const world = await startWorld(await openFresh());
    await signedPilot(world, 'Claims triage', { fields: START });
    const cases: [Record<string, string | null>, RegExp][] = [
      [{ Role: 'Owner', 'New person': '@priya' }, /Priya Shah is executive sponsor of Claims triage/],
      [{ Role: 'Owner', 'New person': '@greg' }, /guest/],
      [{ Role: 'Owner', 'New person': '@karl' }, /deactivated/],
      [{ Role: 'Owner', 'New person': '@eve' }, /another company/],
      [{ Role: 'Owner', 'New person': '@Pilotage' }, /app/],
      [{ Role: 'Owner', 'New person': '@ana' }, /Ana Costa is owner of Claims triage already/],
      [{ Role: 'Owner', 'New person': null }, /needs somebody as owner/],
      [{ Role: 'Backup owner', 'New person': '@priya' }, /Priya Shah is executive sponsor/],
      [{ Role: 'Backup owner', 'New person': null }, /no backup owner of Claims triage who could go/],
      [
        { Role: 'Executive sponsor', 'New person': '@nora' },
        /You cannot name the executive sponsor.*Priya Shah can/,
      ],
      [
        { Role: 'Delegate of the sponsor', 'New person': '@nora' },
        /You cannot name the delegate of Claims triage/,
      ],
    ];
    for (const [fields, words] of cases)
      expect(await handOver(world, 'ana', fields), String(words)).toMatch(words);
    expect(await handOver(world, 'priya', { Role: 'Delegate of the sponsor', 'New person': '@ana' })).toMatch(
      /Ana Costa is owner of Claims triage/,
    );
    expect(await handOver(world, 'marek', {})).toMatch(
      /You cannot hand over a role of Claims triage. Ana Costa or Priya Shah can/,
    );
    expect(await handOver(world, 'lena', { Role: 'Executive sponsor', 'New person': '@nora' })).toMatch(
      /Nora Byrne is executive sponsor/,
    );
    expect(
      from(told(world, 'priya'), /Nora Byrne is executive sponsor of Claims triage now, in your place/),
    ).toHaveLength(1);
  });

  it('names a backup and takes them back; one who becomes owner leaves the place free', async () => {
    const db = await openFresh();
    const world = await startWorld(db);
    await signedPilot(world, 'Claims triage', { fields: START });
    await handOver(world, 'ana', { Role: 'Backup owner', 'New person': '@marek' });
    expect(told(world, 'marek').at(-1)).toMatch(/You are backup owner of Claims triage now/);
    expect(await asks(world, 'marek', '/pilot record claims-triage')).not.toMatch(/cannot record/);
    await handOver(world, 'ana', { Role: 'Backup owner', 'New person': null });
    expect(told(world, 'marek').at(-1)).toMatch(/not backup owner of Claims triage any more/);
    await handOver(world, 'ana', { Role: 'Backup owner', 'New person': '@jonas' });
    await handOver(world, 'ana', { Role: 'Owner', 'New person': '@jonas' });
    const held = (await db.q.select().from(db.tables.roles)).filter(({ until }) => until === null);
    expect(held.map(({ role, person }) => [role, person]).sort()).toEqual([
      ['owner', 'U0JONAS0001'],
      ['production_owner', 'U0OMAR00001'],
      ['sponsor', 'U0PRIYA0001'],
    ]);
    expect(await asks(world, 'jonas', '/pilot hand-over claims-triage')).toBeDefined();
  });

  it('keeps a draft between its owners: a sponsor who was never asked hears nothing', async () => {
    const world = await startWorld(await openFresh());
    await register(world, 'Claims triage', { fields: START });
    await handOver(world, 'lena', { Role: 'Executive sponsor', 'New person': '@nora' });
    await handOver(world, 'ana', { Role: 'Owner', 'New person': '@marek' });
    expect(told(world, 'nora')).toEqual([]);
    expect(told(world, 'priya')).toEqual([]);
    expect(told(world, 'marek')[0]).toMatch(/You own Claims triage now[\s\S]*Before Nora Byrne can sign/);
  });

  it('hands everything of one person over after a preview, one message to the receiver', async () => {
    const db = await openFresh();
    const world = await startWorld(db);
    await signedPilot(world, 'Claims triage', { fields: START });
    await signedPilot(world, 'Claims letters', { fields: START });
    await register(world, 'Fraud flags', { owner: 'marek', channel: '#finance-ai', fields: START });
    await addCriterion(world, 'fraud-flags', { Source: '@ana' }, 'marek');
    await askToSign(world, 'fraud-flags', 'marek');
    await handOver(world, 'ana', { Role: 'Backup owner', 'New person': '@jonas' }, 'claims-letters');
    const plan = await asks(world, 'lena', '/pilot hand-over @ana @jonas');
    expect(plan).toMatch(/Jonas Lind would take over 3 pilots from Ana Costa/);
    expect(plan).toMatch(
      /Claims letters: owner\n.*Claims triage: owner\n.*Fraud flags: types Cost per claim/,
    );
    expect(told(world, 'jonas').filter((text) => /take over/.test(text))).toEqual([]);
    await world.control.press('lena', { channel: '#general', label: 'Hand over 3 pilots' });
    await world.settle();
    expect(newest(world, 'lena', '#general')).toMatch(/3 pilots of Ana Costa are with Jonas Lind now/);
    const got = from(told(world, 'jonas'), /You take over 2 pilots from Ana Costa/);
    expect(got).toHaveLength(1);
    expect(got[0]).toMatch(
      /Lena Fischer handed them over[\s\S]*Claims letters: owner[\s\S]*Claims triage: owner/,
    );
    expect(from(told(world, 'ana'), /Jonas Lind has taken over/)).toHaveLength(1);
    expect(reads(world, 'omar', '#claims').join('\n')).toMatch(/Jonas Lind is owner now/);
    const metrics = await db.q.select().from(db.tables.metrics);
    expect(metrics.filter(({ reporter }) => reporter === 'U0ANA000001')).toEqual([]);
    expect(await asks(world, 'lena', '/pilot hand-over @ana @jonas')).toMatch(/holds nothing/);
    expect(await verify(db)).toBeNull();
    expect(world.complaints).toEqual([]);
  });

  it('leaves what does not go together, and says so', async () => {
    const world = await startWorld(await openFresh());
    await signedPilot(world, 'Claims triage', { fields: START });
    await signedPilot(world, 'Claims letters', { fields: { ...START, 'Executive sponsor': '@priya' } });
    await handOver(world, 'lena', { Role: 'Executive sponsor', 'New person': '@nora' }, 'claims-letters');
    const plan = await asks(world, 'lena', '/pilot hand-over @ana @nora');
    expect(plan).toMatch(/would take over 1 pilot/);
    expect(plan).toMatch(/Claims letters: Ana Costa stays owner, because Nora Byrne is executive sponsor/);
  });

  it('lets people hand over their own, refuses others, and asks again when the plan is old', async () => {
    const world = await startWorld(await openFresh());
    await signedPilot(world, 'Claims triage', { fields: START });
    expect(await asks(world, 'marek', '/pilot hand-over @ana @marek')).toMatch(
      /You cannot hand over what Ana Costa holds/,
    );
    expect(await asks(world, 'ana', '/pilot hand-over @ana @ana')).toMatch(/the same person/);
    expect(await asks(world, 'ana', '/pilot hand-over @greg')).toMatch(/guest/);
    await world.control.command('ana', '#general', '/pilot hand-over');
    await world.settle();
    await world.control.fill('ana', { To: '@marek', Note: 'I move to another team.' });
    expect((await world.control.submit('ana')).ok).toBe(true);
    await world.settle();
    expect(newest(world, 'ana', '#general')).toMatch(/Marek Nowak would take over 1 pilot from Ana Costa/);
    await register(world, 'Claims letters');
    await world.control.press('ana', { channel: '#general', label: 'Hand over 1 pilot' });
    await world.settle();
    expect(newest(world, 'ana', '#general')).toMatch(/something else by now, so nothing was done/);
    await asks(world, 'ana', '/pilot hand-over @marek');
    await world.control.press('ana', { channel: '#general', label: 'Hand over 2 pilots' });
    await world.settle();
    expect(from(told(world, 'marek'), /You take over 2 pilots from Ana Costa/)).toHaveLength(1);
    expect(from(told(world, 'ana'), /has taken over/)).toHaveLength(0);
    expect(await asks(world, 'marek', '/pilot list mine')).toMatch(/Claims letters[\s\S]*Claims triage/);
  });
});
