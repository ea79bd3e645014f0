/** Does everybody get as a file what they may see, and nothing else? */
import { expect, it } from 'vitest';
import { columnLists } from '../../src/db/bulk-insert.ts';
import { addCriterion, asks, askToSign, register, signedPilot, told } from '../support/acts.ts';
import { onBothEngines } from '../support/databases.ts';
import { findFiles } from '../support/files.ts';
import { unzip } from '../support/unzip.ts';
import { startWorld, type World } from '../support/world.ts';

type Records = Record<string, Record<string, unknown>[]>;

/** Asks for an export and gives what comes: the answer, the message, and the files. */
async function exported(world: World, who: string, words = '') {
  const answer = await asks(world, who, `/pilot export ${words}`);
  await world.time.advanceTo(world.clock.now() + 10_000);
  const found = await findFiles(world, who);
  const zip = found.at(-1);
  return { answer, names: found.map(({ name }) => name), files: zip === undefined ? {} : unzip(zip.bytes) };
}

const json = (files: Record<string, string>): Records =>
  JSON.parse(files['pilotage.json'] ?? '{}') as Records;
const keys = (records: Records) => records['pilots']?.map(({ key }) => key);

/** Claims triage is signed, Churn model is Ana's draft, Board papers is confidential. */
async function someWorld(world: World): Promise<void> {
  await signedPilot(world);
  await asks(world, 'ana', '/pilot blocker claims-triage Sample letters');
  await register(world, 'Churn model');
  await register(world, 'Board papers', {
    owner: 'marek',
    channel: '#finance-ai',
    fields: { 'Who can see it': 'Only people with a role' },
  });
  await addCriterion(world, 'board-papers', {}, 'marek');
  await askToSign(world, 'board-papers', 'marek');
}

onBothEngines('an export', (openFresh, fresh) => {
  it('comes as a file under a message to whoever asked', async () => {
    const world = await startWorld(await openFresh());
    await someWorld(world);
    const { answer, names, files } = await exported(world, 'ana', 'claims-triage');
    expect(answer).toBe('The export of Claims triage is being put together. It comes as a direct message.');
    expect(told(world, 'ana').join('\n')).toMatch(
      /Your export: Claims triage\nWhat you may see of charters[\s\S]*one JSON document, packed in a ZIP file\.\nThe file follows in the thread\./,
    );
    expect(names).toEqual(['claims-triage.zip']);
    const all = json(files);
    expect(keys(all)).toEqual(['claims-triage']);
    expect(all['criteria']).toHaveLength(1);
    expect(all['people']?.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['Ana Costa', 'Priya Shah']),
    );
    expect(all['logbook']?.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['charter_signed', 'data_exported']),
    );
    expect(world.complaints).toEqual([]);
  });

  it('holds what its reader may see, and no word that is between others', async () => {
    const world = await startWorld(await openFresh());
    await someWorld(world);
    const seen = async (who: string) => json((await exported(world, who)).files);
    expect(keys(await seen('ana'))).toEqual(['claims-triage', 'churn-model']);
    expect(keys(await seen('marek'))).toEqual(['claims-triage', 'board-papers']);
    expect(keys(await seen('lena'))).toEqual(['claims-triage', 'churn-model', 'board-papers']);
    const jonas = await seen('jonas');
    expect(keys(jonas)).toEqual(['claims-triage']);
    expect(jonas['logbook']?.every(({ actor, personal }) => actor === null && personal === null)).toBe(true);
    expect(jonas['charter_versions']?.every(({ note, reason }) => note === null && reason === null)).toBe(
      true,
    );
    for (const set of ['tokens', 'preferences', 'workspaces', 'schedules', 'logbook_heads'])
      expect(jonas[set] ?? []).toEqual([]);
    expect(JSON.stringify(jonas)).not.toMatch(/Churn model|Board papers|Marek/);
    const ana = await seen('ana');
    expect(ana['logbook']?.some(({ actor }) => actor === 'user:U0PRIYA0001')).toBe(true);
  });

  it('is CSV for whoever asks for that', async () => {
    const world = await startWorld(await openFresh());
    await someWorld(world);
    const { files } = await exported(world, 'ana', 'claims-triage CSV');
    expect(Object.keys(files)).toEqual(expect.arrayContaining(['pilots.csv', 'logbook.csv', 'values.csv']));
    expect(files['pilots.csv']).toMatch(
      /^id,key,name,[^\r]*\r\n[^\r]*,claims-triage,Claims triage,[^\r]*\r\n$/,
    );
  });

  it('is refused where there is nothing one may see', async () => {
    const world = await startWorld(await openFresh());
    expect((await exported(world, 'ana')).answer).toMatch(
      /^There is no pilot you can see, so there is nothing to export\./,
    );
    await someWorld(world);
    for (const key of ['board-papers', 'churn-model', 'nonsense'])
      expect((await exported(world, 'jonas', key)).answer).toMatch(
        new RegExp(`There is no pilot "${key}" that you can see`),
      );
    expect(await asks(world, 'greg', '/pilot export', '#claims')).toMatch(/nothing to export/);
    expect(await findFiles(world, 'jonas')).toEqual([]);
  });

  it('holds what they may see when it is made, not when it was asked for', async () => {
    const world = await startWorld(await openFresh());
    await someWorld(world);
    await asks(world, 'jonas', '/pilot export claims-triage');
    await world.db.q.update(world.db.tables.pilots).set({ visibility: 'people' });
    await world.time.advanceTo(world.clock.now() + 10_000);
    expect(await findFiles(world, 'jonas')).toEqual([]);
    expect(told(world, 'jonas').at(-1)).toBe('There is no export: you cannot see these pilots any more.');
  });

  it('says so where Slack takes no files, and tries again where it asks to wait', async () => {
    const world = await startWorld(await openFresh());
    await someWorld(world);
    const { failures } = world.slack;
    failures.call('files.getUploadURLExternal', { kind: 'error', error: 'missing_scope' }, { times: 1 });
    await exported(world, 'ana', 'claims-triage');
    expect(told(world, 'ana').at(-1)).toMatch(/^I may not hand over files here\. .*files:write/);
    failures.call('files.completeUploadExternal', { kind: 'rate_limited', retryAfter: 30 }, { times: 1 });
    expect((await exported(world, 'ana', 'claims-triage')).names).toEqual([]);
    await world.time.advanceTo(world.clock.now() + 120_000);
    expect((await findFiles(world, 'ana')).map(({ name }) => name)).toEqual(['claims-triage.zip']);
  });

  it('of many pilots is made by another thread, and is the same', async () => {
    const url = await fresh.url();
    const world = await startWorld(await fresh.open(url));
    await someWorld(world);
    const { pilots, charterVersions } = world.db.tables;
    const [pilot] = await world.db.q.select().from(pilots);
    const [charter] = await world.db.q.select().from(charterVersions);
    if (pilot === undefined || charter === undefined) throw new Error('no pilot');
    const many = Array.from({ length: 30 }, (_, n) => n);
    await world.db.atomically(pilot.workspace, () => [
      ...world.db.insertMany(
        'pilots',
        columnLists(many.map((n) => ({ ...pilot, id: `many-${n}`, key: `many-${n}` }))),
      ),
      ...world.db.insertMany(
        'charterVersions',
        columnLists(many.map((n) => ({ ...charter, id: `many-${n}`, pilot: `many-${n}` }))),
      ),
    ]);
    const all = json((await exported(world, 'jonas')).files);
    expect(keys(all)).toHaveLength(31);
    expect(world.complaints).toEqual([]);
  });
});
