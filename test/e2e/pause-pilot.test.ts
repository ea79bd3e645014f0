/** Can a pilot rest and go on, alone or with its unit, without anybody asking it anything meanwhile? */
import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { insertToken } from '../../src/db/queries/tokens.ts';
import { newToken } from '../../src/db/token-secret.ts';
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
import { aCharter, aPilot } from '../support/rows.ts';
import { startWorld, type World } from '../support/world.ts';

const START = { 'Start date': '2026-01-05', 'Decision date': '2026-04-05' };

const from = (list: readonly string[], pattern: RegExp) => list.filter((text) => pattern.test(text));
const at = (world: World, instant: string) => world.time.advanceTo(Date.parse(instant));

/** Pauses by command and form; the answer is what the person reads then. */
async function pause(world: World, who: string, fields: Record<string, string>, key = 'claims-triage') {
  await world.control.command(who, '#general', `/pilot pause ${key}`);
  await world.settle();
  await world.control.fill(who, fields);
  const submitted = await world.control.submit(who);
  await world.settle();
  return submitted.ok ? newest(world, who, '#general') : JSON.stringify(submitted.errorsByLabel);
}

onBothEngines('pausing a pilot', (openFresh) => {
  it('shows it on every card, tells owner and sponsor once, and asks nobody anything', async () => {
    const db = await openFresh();
    const world = await startWorld(db);
    await signedPilot(world, 'Claims triage', { fields: START });
    expect(await asks(world, 'ana', '/pilot pause')).toMatch(/Which pilot/);
    const answer = await pause(world, 'priya', { Reason: 'The data contract is under review.' });
    expect(answer).toMatch(/Claims triage is paused until somebody resumes it/);
    expect(reads(world, 'omar', '#claims')[0]).toMatch(
      /Claims triage · paused[\s\S]*Paused: since Mon 5 Jan, until somebody resumes it: "The data contract is under review."/,
    );
    expect(reads(world, 'omar', '#claims').join('\n')).toMatch(
      /Paused by Priya Shah until somebody resumes it/,
    );
    const messages = told(world, 'ana').filter((text) => /Claims triage is paused/.test(text));
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatch(
      /Priya Shah: "The data contract is under review."[\s\S]*\[Resume\][\s\S]*\[Preferences\]/,
    );
    expect(told(world, 'priya').some((text) => /is paused/.test(text))).toBe(false);
    await at(world, '2026-01-16T09:00:00Z');
    expect(told(world, 'ana').some((text) => /check-in due/.test(text))).toBe(false);
    expect(await asks(world, 'ana', '/pilot mine')).toMatch(/Nothing waits for you/);
    const pauses = await db.q.select().from(db.tables.pauses);
    expect(pauses).toMatchObject([
      { reason: 'The data contract is under review.', until: null, returnDay: null },
    ]);
    expect(await verify(db)).toBeNull();
    expect(world.complaints).toEqual([]);
  });

  it('goes on by a press, with a full period before anybody is asked', async () => {
    const world = await startWorld(await openFresh());
    await signedPilot(world, 'Claims triage', { fields: START });
    await pause(world, 'ana', { Reason: 'Holidays of the team' });
    await at(world, '2026-01-13T09:00:00Z');
    await world.control.press('priya', { channel: 'Pilotage', label: 'Resume' });
    await world.settle();
    expect(told(world, 'priya').join('\n')).toMatch(/was paused and goes on since Tue 13 Jan/);
    expect(told(world, 'ana').filter((text) => /Priya Shah resumed it/.test(text))).toHaveLength(1);
    expect(reads(world, 'omar', '#claims')[0]).toMatch(/Claims triage · building/);
    expect(await asks(world, 'ana', '/pilot resume claims-triage')).toMatch(
      /is not paused. Nothing has changed/,
    );
    await at(world, '2026-01-15T15:00:00Z');
    expect(told(world, 'ana').some((text) => /check-in due/.test(text))).toBe(false);
    await at(world, '2026-01-22T15:00:00Z');
    expect(told(world, 'ana').some((text) => /check-in due/.test(text))).toBe(true);
    expect(world.complaints).toEqual([]);
  });

  it('goes on by itself on its return day, and the owner hears in the morning', async () => {
    const db = await openFresh();
    const world = await startWorld(db);
    await signedPilot(world, 'Claims triage', { fields: START });
    expect(await pause(world, 'ana', { Reason: 'Waiting for access', 'Return day': '2026-01-05' })).toMatch(
      /5 January is not ahead/,
    );
    await world.control.fill('ana', { 'Return day': '2026-01-19' });
    await world.control.submit('ana');
    await world.settle();
    expect(reads(world, 'omar', '#claims')[0]).toMatch(/until Mon 19 Jan: "Waiting for access"/);
    await at(world, '2026-01-18T22:59:00Z');
    expect(reads(world, 'omar', '#claims')[0]).toMatch(/paused/);
    await at(world, '2026-01-18T23:00:00Z');
    expect(reads(world, 'omar', '#claims')[0]).toMatch(/building/);
    expect(told(world, 'ana').some((text) => /goes on/.test(text))).toBe(false);
    await at(world, '2026-01-19T08:00:00Z');
    expect(told(world, 'ana').filter((text) => /Its return day has come/.test(text))).toHaveLength(1);
    expect(reads(world, 'omar', '#claims').join('\n')).toMatch(/Goes on: its return day has come/);
    const entries = await db.q.select().from(db.tables.logbook);
    expect(entries.map(({ kind }) => kind).filter((kind) => /pause|resume/.test(kind))).toEqual([
      'pilot_paused',
      'pilot_resumed',
    ]);
    expect(await verify(db)).toBeNull();
    expect(world.complaints).toEqual([]);
  });

  it('lets reason and return day be changed, and the old day means nothing then', async () => {
    const world = await startWorld(await openFresh());
    await signedPilot(world, 'Claims triage', { fields: START });
    await pause(world, 'ana', { Reason: 'Waiting for access', 'Return day': '2026-01-19' });
    await world.control.press('ana', { channel: '#general', label: 'Change the pause' });
    await world.settle();
    const form = world.control.openView('ana');
    expect(world.control.read.text(form as never)).toMatch(/Change the pause[\s\S]*Waiting for access/);
    await world.control.fill('ana', { Reason: 'Access comes in February', 'Return day': '2026-02-02' });
    await world.control.submit('ana');
    await world.settle();
    expect(told(world, 'priya').at(-1)).toMatch(/Access comes in February[\s\S]*by itself on Mon 2 Feb/);
    await at(world, '2026-01-20T12:00:00Z');
    expect(reads(world, 'omar', '#claims')[0]).toMatch(/paused/);
    await asks(world, 'ana', '/pilot resume claims-triage');
    await pause(world, 'ana', { Reason: 'And again' });
    await at(world, '2026-02-03T12:00:00Z');
    expect(reads(world, 'omar', '#claims')[0]).toMatch(/paused/);
  });

  it('takes no time from the promise', async () => {
    const world = await startWorld(await openFresh());
    await signedPilot(world, 'Claims triage', { fields: START });
    await pause(world, 'ana', { Reason: 'Waiting for access', 'Return day': '2026-02-02' });
    await at(world, '2026-02-16T09:00:00Z');
    await world.control.press('omar', { channel: '#claims', label: 'How is this computed?' });
    await world.settle();
    expect(world.control.read.text(world.control.openView('omar') as never)).toMatch(
      /Paused: 5 January–1 February. These days do not count against it/,
    );
  });

  it('is known wherever a status is shown: command, card, Home, digest, list, request and page', async () => {
    const db = await openFresh();
    const world = await startWorld(db, { httpPort: 0 });
    const promise = { 'Average over': '1', 'First effect expected': '2026-01-05' };
    for (const name of ['Claims triage', 'Claims letters']) {
      const key = name.toLowerCase().replace(' ', '-');
      await register(world, name, { fields: START });
      await addCriterion(world, key, promise);
      await askToSign(world, key);
      await world.control.press('priya', { channel: 'Pilotage', label: 'Sign charter' });
      await world.settle();
    }
    await at(world, '2026-01-12T08:00:00Z');
    for (const key of ['claims-triage', 'claims-letters'])
      await asks(world, 'ana', `/pilot record ${key} cost-per-claim 18.35`);
    await pause(world, 'ana', { Reason: 'Access', 'Return day': '2026-01-26' });
    await at(world, '2026-02-03T08:00:00Z');
    const rested = /17.80; agreed €12.50 or less by 29 March; on track/;
    const worked = /17.80; agreed €12.50 or less by 29 March; (?!on track)/;
    expect(await asks(world, 'ana', '/pilot record claims-triage cost-per-claim 17.80')).toMatch(rested);
    expect(await asks(world, 'ana', '/pilot record claims-letters cost-per-claim 17.80')).toMatch(worked);
    expect(await asks(world, 'omar', '/pilot show claims-triage')).toMatch(rested);
    const cards = reads(world, 'omar', '#claims');
    expect(cards.find((text) => /^Claims triage/.test(text))).toMatch(rested);
    await world.control.openHome('ana');
    await world.settle();
    const home = world.control.read.text(world.control.read.home('ana') as never);
    expect(home).toMatch(/Claims triage: measuring\. .*17.80; agreed .*; on track\n\[Read all /);
    expect(await asks(world, 'ana', '/pilot digest')).toMatch(
      /Claims triage: €17.80; agreed €12.50 or less; on track/,
    );
    const token = newToken(randomBytes(8), randomBytes(32));
    const [tenant] = await db.q.select().from(db.tables.workspaces);
    const workspace = tenant?.id ?? '';
    await db.atomically(workspace, () => [
      insertToken(db, {
        workspace,
        id: token.id,
        name: 'reader',
        digest: token.digest,
        pilot: null,
        createdAt: world.clock.now(),
        expiresAt: null,
      }),
    ]);
    const get = async (path: string) => {
      const answer = await fetch(`http://127.0.0.1:${world.app.httpPort()}/api/v1/pilots${path}`, {
        headers: { authorization: `Bearer ${token.text}` },
      });
      return (await answer.json()) as { verdict: string; pilots: { key: string; verdict: string }[] };
    };
    expect((await get('/claims-triage')).verdict).toBe('on_track');
    expect((await get('/claims-letters')).verdict).not.toBe('on_track');
    expect((await get('')).pilots.find(({ key }) => key === 'claims-triage')?.verdict).toBe('on_track');
    expect(world.complaints).toEqual([]);
  });

  it('is refused to anybody else, with who could, however the press comes', async () => {
    const world = await startWorld(await openFresh());
    await signedPilot(world, 'Claims triage', { fields: START });
    expect(await asks(world, 'marek', '/pilot pause claims-triage')).toMatch(
      /You cannot pause Claims triage. Ana Costa or Priya Shah can. Nothing has changed/,
    );
    await world.control.command('ana', '#general', '/pilot pause claims-triage because of  the audit');
    await world.settle();
    expect(world.control.read.text(world.control.openView('ana') as never)).toMatch(/because of the audit/);
    expect((await world.control.submit('ana')).ok).toBe(true);
    await world.settle();
    expect(await asks(world, 'marek', '/pilot resume claims-triage')).toMatch(
      /You cannot resume Claims triage. Ana Costa or Priya Shah can/,
    );
    expect(await asks(world, 'lena', '/pilot resume claims-triage')).toMatch(/Claims triage goes on/);
    expect((await pause(world, 'ana', { Reason: ' ' })).length).toBeGreaterThan(2);
    expect(reads(world, 'omar', '#claims')[0]).toMatch(/building/);
  });

  it('is stale for the second of two who press at once', async () => {
    const world = await startWorld(await openFresh());
    await signedPilot(world, 'Claims triage', { fields: START });
    for (const who of ['ana', 'priya']) {
      await world.control.command(who, '#general', '/pilot pause claims-triage');
      await world.settle();
      await world.control.fill(who, { Reason: `says ${who}` });
    }
    await world.control.submit('ana');
    await world.settle();
    await world.control.submit('priya');
    await world.settle();
    expect(newest(world, 'priya', '#general')).toMatch(/Somebody changed Claims triage a moment ago/);
    expect(reads(world, 'omar', '#claims')[0]).toMatch(/"says ana"/);
  });

  it('reaches a whole unit after a preview, for the programme office only, and back', async () => {
    const db = await openFresh();
    const world = await startWorld(db);
    await signedPilot(world, 'Claims triage', { fields: START });
    await signedPilot(world, 'Claims letters', { fields: START });
    await register(world, 'Claims search', { fields: START });
    await register(world, 'Fraud flags', {
      owner: 'marek',
      channel: '#finance-ai',
      fields: { 'Business unit': 'Fraud' },
    });
    expect(await asks(world, 'ana', '/pilot pause unit Claims')).toMatch(
      /cannot pause a whole unit. The programme office can/,
    );
    expect(await asks(world, 'lena', '/pilot pause unit Clams')).toMatch(
      /no unit "Clams" among the pilots. Near it: Claims/,
    );
    await world.control.command('lena', '#general', '/pilot pause unit claims');
    await world.settle();
    const form = world.control.openView('lena');
    expect(world.control.read.text(form as never)).toMatch(
      /3 pilots of Claims will be paused: Claims letters, Claims search, Claims triage/,
    );
    expect(form).toMatchObject({ submit: { text: 'Pause 3 pilots' } });
    await world.control.fill('lena', { Reason: 'Reorganisation', 'Return day': '2026-03-02' });
    await world.control.submit('lena');
    await world.settle();
    expect(newest(world, 'lena', '#general')).toMatch(/3 pilots of Claims are paused until Mon 2 Mar/);
    const paused = await db.q.select().from(db.tables.pilots);
    expect(paused.map(({ key, pausedSince }) => [key, pausedSince !== null]).sort()).toEqual([
      ['claims-letters', true],
      ['claims-search', true],
      ['claims-triage', true],
      ['fraud-flags', false],
    ]);
    for (const who of ['ana', 'priya']) {
      const messages = told(world, who).filter((text) => /of Claims (?:is|are) paused/.test(text));
      expect(messages, who).toHaveLength(1);
      expect(messages[0]).toMatch(/Lena Fischer: "Reorganisation"/);
    }
    expect(told(world, 'priya').join('\n')).not.toMatch(/Claims search/);
    expect(await asks(world, 'lena', '/pilot pause unit Claims')).toMatch(/No pilot of Claims is running/);
    expect(await asks(world, 'lena', '/pilot resume unit Claims')).toMatch(/3 pilots of Claims are paused/);
    await world.control.press('lena', { channel: '#general', label: 'Resume 3 pilots' });
    await world.settle();
    const running = await db.q.select().from(db.tables.pilots);
    expect(running.every(({ pausedSince }) => pausedSince === null)).toBe(true);
    expect(told(world, 'ana').filter((text) => /3 pilots of Claims go on/.test(text))).toHaveLength(1);
    expect(await verify(db)).toBeNull();
    expect(world.complaints).toEqual([]);
  });

  it('asks the office to look again when the unit has changed since the preview', async () => {
    const world = await startWorld(await openFresh());
    await register(world, 'Claims triage');
    await world.control.command('lena', '#general', '/pilot pause unit Claims');
    await world.settle();
    await register(world, 'Claims letters');
    await world.control.fill('lena', { Reason: 'Reorganisation' });
    const submitted = await world.control.submit('lena');
    expect(submitted.errorsByLabel['Reason']).toMatch(/2 pilots would be paused now/);
  });

  it('reaches every pilot of a unit, however many one look takes on', async () => {
    const db = await openFresh();
    const world = await startWorld(db);
    await register(world, 'Claims triage');
    const [known] = await db.q.select().from(db.tables.pilots);
    const workspace = known?.workspace ?? '';
    for (let nth = 0; nth < 120; nth += 1) {
      const id = `P-${nth}`;
      await db.q
        .insert(db.tables.pilots)
        .values(aPilot({ workspace, id, key: `claims-${nth}`, name: `Claims ${nth}` }));
      await db.q.insert(db.tables.charterVersions).values(aCharter({ workspace, id: `V-${nth}`, pilot: id }));
    }
    await world.control.command('lena', '#general', '/pilot pause unit Claims');
    await world.settle();
    await world.control.fill('lena', { Reason: 'Reorganisation', 'Return day': '2026-02-02' });
    await world.control.submit('lena');
    await world.settle();
    const paused = await db.q.select().from(db.tables.pilots);
    expect(paused.filter(({ pausedSince }) => pausedSince !== null)).toHaveLength(121);
    expect(from(told(world, 'ana'), /1 pilot of Claims is paused/)).toHaveLength(1);
    await at(world, '2026-02-01T23:00:00Z');
    const running = await db.q.select().from(db.tables.pilots);
    expect(running.filter(({ pausedSince }) => pausedSince !== null)).toEqual([]);
    expect(await verify(db)).toBeNull();
    expect(world.complaints).toEqual([]);
  });
});
