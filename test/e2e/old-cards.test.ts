/** What do buttons and forms do that are older than what they are about, or that nobody ever made? */
import { expect, it } from 'vitest';
import { verify } from '../../src/db/verify.ts';
import { features } from '../../src/features/index.ts';
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
import { faultsOf, readyToAsk } from '../support/failing.ts';
import { type Actor, chooseBody, idOf, pressBody, sendRaw, submitBody } from '../support/raw-acts.ts';
import { startWorld, type World } from '../support/world.ts';

const START = { 'Start date': '2026-01-05', 'Decision date': '2026-04-05' };
const ANA: Actor = { id: idOf('ana') };
const PRIYA: Actor = { id: idOf('priya') };

const entries = async (world: World) =>
  (await world.db.q.select().from(world.db.tables.logbook)).filter(({ pilot }) => pilot !== null);

const requestOf = async (world: World) => {
  const t = world.db.tables;
  const [pilot] = await world.db.q.select().from(t.pilots);
  const [version] = await world.db.q.select().from(t.charterVersions);
  return { pilot: pilot?.id ?? '', version: version?.n ?? 0, revision: version?.revision ?? 0 };
};

const press = (world: World, actor: Actor, kind: string, value: object | string | undefined) =>
  sendRaw(world, actor, pressBody(actor, kind, typeof value === 'object' ? JSON.stringify(value) : value));

/** Values no button of ours ever carried. */
const FORGED: readonly (string | undefined)[] = [
  undefined,
  '',
  '{',
  'null',
  '{}',
  '{"pilot":7,"version":"1","revision":true}',
  '{"pilot":{"$ne":""},"version":1,"revision":1}',
  '{"pilot":"no-such-pilot","version":1e308,"revision":-1,"criterion":"x","observation":"x","id":"x"}',
  '{"pilot":"\\u0000","version":1,"revision":1,"criterion":"\\u0000","observation":"\\u0000","channel":"\\u0000"}',
  '{"__proto__":{"office":true},"pilot":"__proto__","which":"all","words":"(","from":-5}',
  `{"which":"all","words":"${'x'.repeat(1500)}","from":1e9}`,
  JSON.stringify({ pilot: 'x'.repeat(1900) }),
];

onBothEngines('old and forged buttons', (openFresh) => {
  it('are answered with a sentence and change nothing', { timeout: 90_000 }, async () => {
    const world = await startWorld(await openFresh(), { mode: 'http' });
    await signedPilot(world, 'Claims triage', { fields: START });
    const before = (await entries(world)).length;
    const kinds = features.flatMap(({ presses }) => presses ?? []).map(({ kind }) => kind);
    const unknown = [
      'approve-gate',
      'sign-charter#7#7',
      '',
      '__proto__',
      'constructor',
      'toString',
      'x'.repeat(255),
    ];
    const bodies = [...kinds, ...unknown].flatMap((kind) =>
      FORGED.flatMap((value) => [
        pressBody(ANA, kind, value),
        ...(value === undefined ? [] : [chooseBody(ANA, `${kind} ${value}`)]),
      ]),
    );
    const seen = await sendRaw(world, ANA, ...bodies);
    expect(faultsOf(world)).toEqual([]);
    expect(seen).not.toMatch(/Something went wrong|undefined|\[object|NaN/);
    expect((await entries(world)).length).toBe(before);
    expect(await press(world, ANA, 'approve-gate', '{"pilot":"x"}')).toMatch(/older version/);
    expect(await press(world, ANA, 'sign-charter', '{')).toMatch(/older version/);
    for (const choice of [undefined, '', 'read-all', 'read-all {', 'approve-gate {"pilot":"x"}'])
      expect(await sendRaw(world, ANA, chooseBody(ANA, choice))).toMatch(/older version/);
    expect(await sendRaw(world, ANA, chooseBody(ANA, 'read-all {"pilot":"none"}'))).toMatch(
      /no longer there/,
    );
    expect(await press(world, ANA, 'read-all', '{"pilot":"no-such-pilot"}')).toMatch(/no longer there/);
    expect(await verify(world.db)).toBeNull();
  });

  it('are forms as well', { timeout: 90_000 }, async () => {
    const world = await startWorld(await openFresh(), { mode: 'http' });
    await signedPilot(world, 'Claims triage', { fields: START });
    const before = (await entries(world)).length;
    const metas = [
      '',
      '{',
      'null',
      '{"m":null}',
      '{"m":{}}',
      '{"m":{"pilot":"no-such-pilot","version":1,"revision":1}}',
    ];
    const forms = [
      ...features.flatMap((feature) => feature.forms ?? []).map(({ form }) => form),
      'no-such-form',
      '',
    ];
    const values = { name: { value: 'x' }, reason: { value: 'x' }, day: { selected_date: 'soon' } };
    const bodies = forms.flatMap((form) => metas.map((meta) => submitBody(ANA, form, meta, values)));
    const seen = await sendRaw(world, ANA, ...bodies);
    expect(faultsOf(world)).toEqual([]);
    expect(seen).not.toMatch(/Something went wrong|undefined|\[object|NaN/);
    expect((await entries(world)).length).toBe(before);
    expect(await sendRaw(world, ANA, submitBody(ANA, 'no-such-form', '', values))).toMatch(/older version/);
  });

  it('do not sign what was not shown', async () => {
    const world = await startWorld(await openFresh(), { mode: 'http' });
    const key = await readyToAsk(world, 'Claims triage', { fields: START });
    await asks(world, 'ana', `/pilot sign-off ${key}`);
    const first = await requestOf(world);
    await addCriterion(world, key, { Metric: 'Handling time', Unit: 'hours', Baseline: '30', Target: '20' });
    expect(await press(world, PRIYA, 'sign-charter', first)).toMatch(/older state[\s\S]*Nothing has changed/);
    await askToSign(world, key);
    const second = await requestOf(world);
    expect(await press(world, PRIYA, 'sign-charter', first)).toMatch(/older state[\s\S]*Nothing has changed/);
    expect(await press(world, PRIYA, 'request-changes', first)).toMatch(/older state/);
    expect(await press(world, PRIYA, 'sign-charter', { ...second, version: 2 })).toMatch(
      /Nothing has changed/,
    );
    expect(await press(world, ANA, 'withdraw-request', first)).toMatch(/earlier request/);
    for (const who of ['ana', 'marek', 'lena', 'omar', 'greg']) {
      const actor = { id: idOf(who) };
      expect(await press(world, actor, 'sign-charter', second), who).toMatch(/Nothing has changed/);
      expect(await press(world, actor, 'decline', second), who).not.toMatch(/views\.open|"Why not"/);
    }
    expect((await requestOf(world)).revision).toBe(second.revision);
    expect(await press(world, PRIYA, 'sign-charter', second)).toMatch(/Signed\./);
    expect(await press(world, PRIYA, 'sign-charter', second)).toMatch(
      /You signed this on[\s\S]*Nothing left to do/,
    );
    expect(await press(world, PRIYA, 'sign-charter', first)).toMatch(
      /You signed this on[\s\S]*Nothing left to do/,
    );
    expect(await press(world, PRIYA, 'decline-charter', second)).toMatch(/You signed this on/);
    expect((await entries(world)).filter(({ kind }) => kind === 'charter_signed')).toHaveLength(1);
    expect(faultsOf(world)).toEqual([]);
  });

  it('about a draft that was deleted say that it is gone', async () => {
    const world = await startWorld(await openFresh(), { mode: 'http' });
    await register(world);
    const { pilot } = await requestOf(world);
    await world.control.press('ana', { channel: 'Pilotage', label: 'Delete draft' });
    await world.settle();
    const before = (await entries(world)).length;
    const kinds = [
      'add-criterion',
      'ask-sponsor',
      'edit-charter',
      'delete-draft',
      'read-all',
      'see-values',
      'show-pilot',
    ];
    for (const kind of kinds)
      expect(await press(world, ANA, kind, { pilot }), kind).toMatch(/no longer there/);
    expect(await press(world, PRIYA, 'sign-charter', { pilot, version: 1, revision: 1 })).toMatch(
      /no longer there/,
    );
    expect((await entries(world)).length).toBe(before);
    expect(faultsOf(world)).toEqual([]);
  });

  it('about a value that was corrected or taken back leave it as it is', async () => {
    const world = await startWorld(await openFresh(), { mode: 'http' });
    await signedPilot(world, 'Claims triage', { fields: START });
    await world.time.advanceTo(Date.parse('2026-01-13T08:00:00Z'));
    await asks(world, 'ana', '/pilot record claims-triage cost-per-claim 17.90');
    const [value] = await world.db.q.select().from(world.db.tables.observations);
    const about = { pilot: value?.pilot ?? '', observation: value?.id ?? '' };
    await asks(world, 'ana', '/pilot record claims-triage cost-per-claim 17.80 2026-01-08');
    for (const kind of ['correct-value', 'withdraw-value'])
      expect(await press(world, ANA, kind, about), kind).toMatch(/corrected or withdrawn meanwhile/);
    expect(await press(world, { id: idOf('marek') }, 'withdraw-value', about)).toMatch(/Ana Costa can/);
    expect(await world.db.q.select().from(world.db.tables.observations)).toHaveLength(2);
  });

  it('from another workspace are nobody’s', async () => {
    const world = await startWorld(await openFresh(), { mode: 'http' });
    await signedPilot(world, 'Claims triage', { fields: START });
    const second = await requestOf(world);
    const before = (await entries(world)).length;
    for (const actor of [
      { id: idOf('priya'), team: 'T0OTHERCO01' },
      { id: idOf('eve'), team: 'T0OTHERCO01' },
      { id: 'U0NOBODY001' },
    ]) {
      expect(await press(world, actor, 'sign-charter', second)).toMatch(
        /members of Harbour Mutual|who you are|not /,
      );
      expect(await press(world, actor, 'read-all', { pilot: second.pilot })).not.toMatch(/Claims triage/);
    }
    expect((await entries(world)).length).toBe(before);
    expect(faultsOf(world)).toEqual([]);
  });
});

onBothEngines('forms that were open while the pilot changed', (openFresh) => {
  it('keep what was typed into the charter, and leave the other change alone', async () => {
    const world = await startWorld(await openFresh());
    const { control } = world;
    await register(world, 'Claims triage', { fields: START });
    await control.press('ana', { channel: 'Pilotage', label: 'Edit charter' });
    await world.settle();
    await control.fill('ana', { Problem: 'A long text that took an hour.' });
    await addCriterion(world, 'claims-triage', {}, 'lena');
    const refused = await control.submit('ana');
    expect(Object.values(refused.errorsByLabel)[0]).toMatch(/Somebody changed Claims triage/);
    expect(JSON.stringify(control.openView('ana'))).toMatch(/A long text that took an hour/);
    expect(told(world, 'ana')[0]).toMatch(/Cost per claim/);
  });

  it('leave an open request open when nothing was changed', async () => {
    const world = await startWorld(await openFresh());
    const { control } = world;
    const key = await readyToAsk(world, 'Claims triage', { fields: START });
    await asks(world, 'ana', `/pilot sign-off ${key}`);
    await control.press('ana', { channel: 'Pilotage', label: 'Edit charter' });
    await world.settle();
    expect((await control.submit('ana')).ok).toBe(true);
    await world.settle();
    expect(newest(world, 'priya', 'Pilotage')).toMatch(/do you sign this/);
  });

  it('put a value into the week they named, whatever was recorded meanwhile', async () => {
    const world = await startWorld(await openFresh());
    const { control } = world;
    await signedPilot(world, 'Claims triage', { fields: START });
    await world.time.advanceTo(Date.parse('2026-01-20T08:00:00Z'));
    await asks(world, 'ana', '/pilot record claims-triage');
    await asks(world, 'lena', '/pilot record claims-triage cost-per-claim 17.10');
    await control.fill('ana', { 'Cost per claim, EUR per claim, 12–18 January': '17.90' });
    expect((await control.submit('ana')).ok).toBe(true);
    await world.settle();
    expect(newest(world, 'ana', 'Pilotage') + reads(world, 'ana', '#general').join('\n')).toMatch(
      /12–18 January: €17.90 is recorded; it replaces €17.10/,
    );
    const values = await world.db.q.select().from(world.db.tables.observations);
    expect(new Set(values.map(({ periodEnd }) => periodEnd))).toEqual(new Set(['2026-01-19']));
  });

  it('do not bring back a criterion that was taken out', async () => {
    const world = await startWorld(await openFresh());
    const { control } = world;
    await register(world, 'Claims triage', { fields: START });
    await addCriterion(world);
    await asks(world, 'ana', '/pilot criteria claims-triage');
    await control.pressInView('ana', { label: 'Edit', blockId: 'edit-0' });
    await world.settle();
    await asks(world, 'lena', '/pilot criteria claims-triage');
    await control.pressInView('lena', { label: 'Remove criterion', blockId: 'remove-0' });
    await world.settle();
    await control.fill('ana', { Target: '11' });
    const refused = await control.submit('ana');
    expect(Object.values(refused.errorsByLabel)[0]).toMatch(/changed or taken out/);
    expect(await world.db.q.select().from(world.db.tables.criteria)).toHaveLength(0);
  });

  it('start a new version, and say so, when the charter was signed meanwhile', async () => {
    const world = await startWorld(await openFresh());
    const { control } = world;
    const key = await readyToAsk(world, 'Claims triage', { fields: START });
    await asks(world, 'ana', `/pilot sign-off ${key}`);
    await asks(world, 'ana', '/pilot criteria claims-triage');
    await control.fill('ana', {
      Metric: 'Handling time',
      Kind: 'at most',
      Unit: 'hours',
      Baseline: '30',
      Target: '20',
    });
    await control.press('priya', { channel: 'Pilotage', label: 'Sign charter' });
    await world.settle();
    expect((await control.submit('ana')).ok).toBe(true);
    await world.settle();
    expect(reads(world, 'ana', '#general').join('\n')).toMatch(/Version 2 is started/);
    const versions = await world.db.q.select().from(world.db.tables.charterVersions);
    expect(versions.map(({ n, status }) => `${n} ${status}`).sort()).toEqual(['1 signed', '2 draft']);
  });
});
