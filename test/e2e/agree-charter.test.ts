/** Does a charter get from a name to a signature, with every way back? */
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
import { startWorld } from '../support/world.ts';

onBothEngines('agreeing on a charter', (openFresh) => {
  it('starts as a draft that only the owner and the programme office see', async () => {
    const world = await startWorld(await openFresh());
    await register(world);
    expect(told(world, 'ana')[0]).toMatch(/Claims triage · draft/);
    expect(told(world, 'ana')[0]).toMatch(/1\. One criterion in business numbers/);
    expect(told(world, 'priya')).toEqual([]);
    expect(reads(world, 'omar', '#claims')).toEqual([]);
    expect(await asks(world, 'priya', '/pilot show claims-triage')).toMatch(
      /no pilot "claims-triage" that you can see/,
    );
    expect(await asks(world, 'lena', '/pilot show claims-triage')).toMatch(/Claims triage/);
    expect(await asks(world, 'marek', '/pilot list')).toMatch(/no pilot that you can see/);
    expect(world.complaints).toEqual([]);
  });

  it('is signed by the sponsor with one press, and everyone concerned is told once', async () => {
    const db = await openFresh();
    const world = await startWorld(db);
    await signedPilot(world);
    expect(told(world, 'priya')[0]).toMatch(/Priya Shah signed version 1/);
    expect(told(world, 'priya')[0]).not.toMatch(/\[Sign charter\]/);
    expect(told(world, 'ana').filter((text) => /Priya Shah signed Claims triage/.test(text))).toHaveLength(1);
    expect(reads(world, 'omar', '#claims')[0]).toMatch(/Claims triage · building/);
    expect(reads(world, 'omar', '#claims')[1]).toMatch(/signed version 1/);
    expect(await verify(db)).toBeNull();
    const [version] = await db.q.select().from(db.tables.charterVersions);
    expect(version?.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(JSON.parse(version?.text ?? '').criteria).toHaveLength(1);
    expect(world.complaints).toEqual([]);
  });

  it('opens the first thing that is missing when the sponsor is asked too early', async () => {
    const world = await startWorld(await openFresh());
    await register(world);
    await world.control.press('ana', { channel: 'Pilotage', label: 'Ask sponsor to sign' });
    await world.settle();
    expect(world.control.openView('ana')).toMatchObject({ title: { text: 'Add criterion' } });
    await world.control.closeView('ana');
    await addCriterion(world);
    await world.control.press('ana', { channel: 'Pilotage', label: 'Ask sponsor to sign' });
    await world.settle();
    expect(world.control.read.text(world.control.openView('ana') as never)).toMatch(/Production owner/);
    expect(told(world, 'priya')).toEqual([]);
  });

  it('shows the state to a second press, and refuses the wrong person with who could', async () => {
    const world = await startWorld(await openFresh());
    await register(world);
    await addCriterion(world);
    await askToSign(world);
    const request = world.control.read.dm('priya', 'Pilotage')[0];
    const button = JSON.stringify(request).match(/"value":"(\{[^}]*revision[^}]*\})"/)?.[1];
    expect(button).toBeDefined();
    await world.control.press('priya', { channel: 'Pilotage', label: 'Sign charter' });
    await world.settle();
    expect(await asks(world, 'priya', '/pilot sign-off claims-triage')).toMatch(
      /cannot ask for the signature of Claims triage. Ana Costa can/,
    );
    expect(await asks(world, 'ana', '/pilot sign-off claims-triage')).toMatch(/version 1 is signed/);
    expect(await asks(world, 'marek', '/pilot criteria claims-triage')).toMatch(
      /cannot change the charter of Claims triage. Ana Costa can/,
    );
  });

  it('goes back to the owner with the reason when changes are requested, and can be asked again', async () => {
    const world = await startWorld(await openFresh());
    await register(world);
    await addCriterion(world);
    await askToSign(world);
    await world.control.press('priya', { channel: 'Pilotage', label: 'Request changes' });
    await world.settle();
    await world.control.fill('priya', { 'What should change': 'Use the audited cost.' });
    await world.control.submit('priya');
    await world.settle();
    expect(told(world, 'ana').join('\n')).toMatch(
      /Priya Shah asks for changes to Claims triage[\s\S]*Use the audited cost/,
    );
    expect(told(world, 'priya')[0]).toMatch(/changes requested/);
    await askToSign(world);
    expect(told(world, 'priya').at(-1)).toMatch(/do you sign this/);
    expect(told(world, 'priya')[0]).toMatch(/changed, not open|changes requested/);
  });

  it('needs a reason to decline, keeps what was typed, and then another sponsor', async () => {
    const world = await startWorld(await openFresh());
    await register(world);
    await addCriterion(world);
    await askToSign(world);
    await world.control.press('priya', { channel: 'Pilotage', label: 'Decline' });
    await world.settle();
    const empty = await world.control.submit('priya');
    expect(empty.ok).toBe(false);
    await world.control.fill('priya', { 'Why not': 'Not my unit.' });
    await world.control.submit('priya');
    await world.settle();
    expect(told(world, 'ana').join('\n')).toMatch(/declined Claims triage[\s\S]*Not my unit/);
    expect(await asks(world, 'ana', '/pilot mine')).toMatch(/was declined/);
    // An edit does not make the sponsor's no undone: only somebody else can be asked.
    await addCriterion(world, 'claims-triage', {
      Metric: 'Handling time',
      Unit: 'hours',
      Baseline: '30',
      Target: '20',
    });
    const asked = told(world, 'priya').length;
    expect(await asks(world, 'ana', '/pilot sign-off claims-triage')).toMatch(
      /Priya Shah declined Claims triage and is not asked again\. Name another executive sponsor[\s\S]*\[Edit charter\]/,
    );
    expect(await asks(world, 'ana', '/pilot mine')).toMatch(/was declined/);
    await world.control.press('ana', { channel: '#general', label: 'Edit charter' });
    await world.settle();
    await world.control.fill('ana', { 'Executive sponsor': '@marek' });
    expect((await world.control.submit('ana')).ok).toBe(true);
    await world.settle();
    await asks(world, 'ana', '/pilot sign-off claims-triage');
    expect(told(world, 'marek').at(-1)).toMatch(/do you sign this/);
    expect(told(world, 'priya')).toHaveLength(asked);
  });

  it('makes the request "changed, not open" when the charter changes meanwhile', async () => {
    const world = await startWorld(await openFresh());
    await register(world);
    await addCriterion(world);
    await askToSign(world);
    await addCriterion(world, 'claims-triage', {
      Metric: 'Wrong denials',
      Unit: '%',
      Baseline: '2',
      Target: '2',
      Role: 'Must not get worse (guardrail)',
    });
    expect(told(world, 'priya')[0]).toMatch(/changed, not open/);
    expect(told(world, 'priya')[0]).not.toMatch(/\[Sign charter\]/);
    await askToSign(world);
    expect(told(world, 'priya').at(-1)).toMatch(/Must not get worse: Wrong denials, 2 % or less/);
  });

  it('can be taken back, and the sponsor sees that nothing is left to do', async () => {
    const world = await startWorld(await openFresh());
    await register(world);
    await addCriterion(world);
    await askToSign(world);
    await world.control.press('ana', { channel: 'Pilotage', label: 'Withdraw request' });
    await world.settle();
    expect(told(world, 'priya')[0]).toMatch(/request withdrawn/);
    expect(await asks(world, 'ana', '/pilot mine')).toMatch(/ask the sponsor to sign/);
  });

  it('starts version 2 when a signed charter changes, and version 1 counts until that is signed', async () => {
    const world = await startWorld(await openFresh());
    await signedPilot(world);
    await addCriterion(world, 'claims-triage', {
      Metric: 'Handling time',
      Kind: 'at most',
      Unit: 'hours',
      Baseline: '30',
      Target: '20',
    });
    expect(reads(world, 'omar', '#claims')[0]).toMatch(/Version 2 is being agreed; version 1 counts/);
    await askToSign(world);
    expect(told(world, 'priya').at(-1)).toMatch(/version 2/);
    await world.control.press('priya', { channel: 'Pilotage', label: 'Sign charter' });
    await world.settle();
    expect(reads(world, 'omar', '#claims')[0]).toMatch(/version 2 signed by Priya Shah/);
    expect(reads(world, 'omar', '#claims')[0]).toMatch(/Handling time/);
  });

  it('deletes a draft, and its key is not used again', async () => {
    const world = await startWorld(await openFresh());
    await register(world);
    await world.control.press('ana', { channel: 'Pilotage', label: 'Delete draft' });
    await world.settle();
    expect(told(world, 'ana')[0]).toMatch(/deleted/);
    await register(world);
    expect(await asks(world, 'ana', '/pilot list mine')).toMatch(/claims-triage-2/);
  });

  it('removes a criterion', async () => {
    const world = await startWorld(await openFresh());
    await register(world);
    await addCriterion(world);
    await addCriterion(world, 'claims-triage', {
      Metric: 'Handling time',
      Unit: 'hours',
      Baseline: '30',
      Target: '20',
    });
    await world.control.command('ana', '#general', '/pilot criteria claims-triage');
    await world.settle();
    await world.control.pressInView('ana', { label: 'Remove criterion', blockId: 'remove-0' });
    await world.settle();
    expect(told(world, 'ana')[0]).not.toMatch(/Cost per claim/);
    expect(told(world, 'ana')[0]).toMatch(/Handling time/);
  });

  it('refuses what cannot be registered, field by field, and keeps the form', async () => {
    const world = await startWorld(await openFresh());
    await world.control.command('ana', '#claims', '/pilot register Churn');
    await world.settle();
    const wrong: [Record<string, string>, string, RegExp][] = [
      [{ 'Executive sponsor': '@greg' }, 'Executive sponsor', /guest/],
      [{ 'Executive sponsor': '@karl' }, 'Executive sponsor', /deactivated/],
      [{ 'Executive sponsor': '@eve' }, 'Executive sponsor', /another company/],
      [{ 'Executive sponsor': '@Pilotage' }, 'Executive sponsor', /app/],
      [{ 'Executive sponsor': '@ana' }, 'Executive sponsor', /owner too/],
      [
        { 'Executive sponsor': '@priya', 'Decision date': '2026-01-04' },
        'Decision date',
        /not in the future/,
      ],
      [
        { 'Decision date': '2026-03-01', 'Start date': '2026-03-02' },
        'Decision date',
        /after the start date/,
      ],
      [
        { 'Start date': '2026-01-05', 'Decision date': '2026-04-01', Key: 'no good' },
        'Key',
        /letters, digits and hyphens/,
      ],
      [{ Key: 'churn', Channel: '#with-partner' }, 'Channel', /shared with another company/],
      [{ Channel: '#general' }, 'Channel', /not in #general/],
    ];
    for (const [fields, label, sentence] of wrong) {
      await world.control.fill('ana', fields);
      const answer = await world.control.submit('ana');
      expect(answer.errorsByLabel[label], label).toMatch(sentence);
    }
    await world.control.fill('ana', { Channel: '#claims' });
    expect((await world.control.submit('ana')).ok).toBe(true);
    await world.settle();
    expect(newest(world, 'ana', 'Pilotage')).toMatch(/Churn · draft/);
    await world.control.command('ana', '#claims', '/pilot register Churn');
    await world.settle();
    await world.control.fill('ana', { Key: 'CHURN' });
    expect((await world.control.submit('ana')).errorsByLabel['Key']).toMatch(
      /used already.*"churn-2" is free/,
    );
  });

  it('says the rule while the criterion is typed, and warns before anybody signs', async () => {
    const world = await startWorld(await openFresh());
    await register(world);
    await world.control.command('ana', '#general', '/pilot criteria claims-triage');
    await world.settle();
    await world.control.fill('ana', {
      Metric: 'Cost per claim',
      Unit: 'EUR per claim',
      Baseline: '18.40',
      Target: '19',
    });
    await world.control.fill('ana', { Kind: 'at most' });
    await world.settle();
    const form = world.control.openView('ana');
    const read = form === null ? '' : world.control.read.text(form as never);
    expect(read).toMatch(/Passes if the average of the 4 weeks to 29 March is €19.00 or less/);
    expect(read).toMatch(/reached already today/);
    expect(read).toMatch(/The number it must not exceed/);
  });

  it('takes how a number is worked out and what must stand behind it, and says so to whoever signs', async () => {
    const db = await openFresh();
    const world = await startWorld(db);
    await register(world);
    await world.control.command('ana', '#general', '/pilot criteria claims-triage');
    await world.settle();
    await world.control.fill('ana', {
      Metric: 'Wrong denials',
      Kind: 'at most',
      Unit: '%',
      Baseline: '10',
      Target: '5',
      'Worked out as': 'the share of all their cases',
      'Smallest sample': 'many',
      'Breaches allowed': '-1',
      'Closing days': '61',
      'Proof needed': 'from a file or a system',
    });
    // Choosing a kind has the form drawn again: nobody submits it before that.
    await world.settle();
    const { errorsByLabel } = await world.control.submit('ana');
    expect(errorsByLabel).toEqual({
      'Smallest sample': '"many" is not a number of cases. Write a whole number from 0 to 1,000,000.',
      'Breaches allowed': '"-1" is not a number of periods. Write a whole number from 0 to 99.',
      'Closing days': '"61" is not a number of days. Write a whole number from 0 to 60.',
    });
    await world.control.fill('ana', {
      'Smallest sample': '40',
      'Breaches allowed': '',
      'Closing days': '9',
    });
    await world.settle();
    await world.control.fill('ana', { Role: 'Required: decides' });
    await world.settle();
    const form = world.control.openView('ana');
    expect(form === null ? '' : world.control.read.text(form as never)).toMatch(
      /share of all cases in the 4 weeks .* on 40 cases or more, from a file or a system.*40 cases cannot tell the baseline from the target; about 426 can/s,
    );
    expect((await world.control.submit('ana')).ok).toBe(true);
    await world.settle();
    const workedOut = { agg: 'rate', aggWindow: 4, minN: 40, minTrust: 2, closingDays: 9, budget: null };
    const [kept] = await db.q.select().from(db.tables.criteria);
    expect(kept).toMatchObject(workedOut);
    await world.control.command('ana', '#general', '/pilot criteria claims-triage');
    await world.settle();
    await world.control.pressInView('ana', { label: 'Edit', blockId: 'edit-0' });
    await world.settle();
    expect((await world.control.submit('ana')).ok).toBe(true);
    await world.settle();
    const [edited] = await db.q.select().from(db.tables.criteria);
    expect(edited).toMatchObject(workedOut);
  });

  it('explains how a status is computed', async () => {
    const world = await startWorld(await openFresh());
    await signedPilot(world);
    await world.control.press('omar', { channel: '#claims', label: 'How is this computed?' });
    await world.settle();
    const page = world.control.openView('omar');
    const read = page === null ? '' : world.control.read.text(page as never);
    expect(read).toMatch(/Rule: Passes if the average of the 4 weeks/);
    expect(read).toMatch(/Rows: none/);
    expect(read).toMatch(/Charter version 1; rules 1\.0\.0/);
  });
});
