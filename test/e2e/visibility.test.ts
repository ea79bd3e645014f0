/** Does anybody ever read a word of a pilot they may not see? */
import { expect, it } from 'vitest';
import type { Database } from '../../src/db/database.ts';
import { features } from '../../src/features/index.ts';
import { takePilots } from '../../src/features/take-pilots.ts';
import type { Button } from '../../src/slack/button.ts';
import * as plainButtons from '../../src/views/buttons.ts';
import * as caseButtons from '../../src/views/case-buttons.ts';
import { addCriterion, asks, askToSign, register, told } from '../support/acts.ts';
import { csvOf } from '../support/csv.ts';
import { onBothEngines } from '../support/databases.ts';
import { faultsOf } from '../support/failing.ts';
import { type Actor, commandBody, homeBody, idOf, pressBody, sendRaw } from '../support/raw-acts.ts';
import { startWorld, type World } from '../support/world.ts';

const START = { 'Start date': '2026-01-05', 'Decision date': '2026-04-05' };

/** Each pilot by the word that stands in everything that is said of it. */
const PILOTS = ['zebra', 'falcon', 'heron', 'osprey'] as const;
type Pilot = (typeof PILOTS)[number];

/** Who they are to the pilots, and which of these they may see. */
const READERS: readonly (readonly [string, Actor, readonly Pilot[]])[] = [
  ['the owner', { id: idOf('ana') }, ['zebra', 'falcon', 'heron']],
  ['the backup', { id: idOf('jonas') }, ['zebra', 'falcon', 'heron']],
  ['the programme office', { id: idOf('lena') }, PILOTS],
  ['the sponsor', { id: idOf('priya') }, ['falcon', 'heron']],
  ['the production owner', { id: idOf('omar') }, ['falcon', 'heron']],
  ['a member', { id: idOf('marek') }, ['heron']],
  ['a guest', { id: idOf('greg') }, []],
  ['somebody deactivated', { id: idOf('karl') }, []],
  ['somebody of another company', { id: idOf('eve'), team: 'T0OTHERCO01' }, []],
  ['somebody of another company who claims to be of this one', { id: idOf('eve') }, []],
  ['an app', { id: 'USLACKBOT' }, []],
];

/** What can be typed after each command; KEY stands for the key of a pilot. */
const COMMANDS: Readonly<Record<string, readonly string[]>> = {
  register: ['', 'Another one'],
  criteria: ['', 'KEY'],
  'sign-off': ['KEY', 'KEY As agreed.'],
  record: ['KEY', 'KEY cost 12', 'KEY KEY-cost 12 2026-01-08'],
  'check-in': ['KEY'],
  blocker: ['KEY', 'KEY no access'],
  decide: ['KEY'],
  stalls: [''],
  pause: ['', 'KEY', 'KEY until 2026-02-02 no budget'],
  resume: ['', 'KEY'],
  'hand-over': ['', 'KEY', '<@U0MAREK0001>', '<@U0ANA000001> <@U0MAREK0001>'],
  away: ['', 'until friday'],
  settings: ['', 'workspace', 'sending'],
  import: ['', 'observations'],
  watch: ['', 'KEY'],
  export: ['', 'KEY', 'KEY csv'],
  show: ['', 'KEY'],
  follow: ['', 'KEY'],
  unfollow: ['', 'KEY'],
  list: ['', 'mine', 'waiting', 'stalled', 'all', 'all KEY', 'e'],
  mine: [''],
  digest: ['', 'me', 'me off'],
};

/** Every command as it could be typed; KEY stands for the key of a pilot. */
const typed = Object.entries(COMMANDS).flatMap(([name, rests]) => rests.map((rest) => `${name} ${rest}`));

/** What a button may carry; the first shape that fits a kind is pressed. */
const shapes = (ids: Ids): readonly object[] => [
  {
    ...ids,
    about: 'me',
    whose: 'me',
    which: 'all',
    words: '',
    from: 0,
    view: 'green',
    group: 'x',
    mark: 'x',
    place: 'channel:C0PILOTS001',
    role: 'backup',
    digest: 1_768_298_400_000,
  },
  { ...ids, about: 'digest', from: '2026-01-05', until: '2026-01-06', to: idOf('marek'), unit: 'Claims' },
  { ...ids, from: idOf('ana'), to: idOf('marek'), mark: 'x', note: null, unit: 'Claims' },
  { ...ids, key: null, wave: 'none', keys: [], unit: null, owner: null, count: null, day: null, mark: 'x' },
  { ...ids, due: '2026-01-12' },
  {
    version: 0,
    preset: 'strict',
    changed: {},
    brought: { now: { owner: 1, sponsor: 0 }, next: { owner: 2, sponsor: 1 }, pilots: 101 },
  },
];

/** Elements of forms that tell the app of a change; they are no buttons and carry a choice. */
const CHOICES = ['kind', 'every', 'role', 'method'];

interface Ids {
  readonly pilot: string;
  readonly version: number;
  readonly revision: number;
  readonly criterion: string;
  readonly observation: string;
  readonly id: string;
  readonly checkIn: string;
  readonly question: string;
  readonly case: string;
  readonly decision: string;
  readonly condition: string;
  readonly row: string;
  readonly channel: string;
}

async function idsOf(db: Database, pilot: Pilot): Promise<Ids> {
  const t = db.tables;
  const [row] = (await db.q.select().from(t.pilots)).filter(({ key }) => key === keyOf(pilot));
  const of = ({ pilot: id }: { pilot: string }) => id === row?.id;
  const version = (await db.q.select().from(t.charterVersions)).filter(of).at(-1);
  const criterion = (await db.q.select().from(t.criteria)).filter(of).at(-1);
  const observation = (await db.q.select().from(t.observations)).filter(of).at(-1);
  return {
    pilot: row?.id ?? '',
    version: version?.n ?? 0,
    revision: version?.revision ?? 0,
    criterion: criterion?.id ?? '',
    observation: observation?.id ?? 'none',
    id: 'a-new-one',
    checkIn: 'none',
    question: 'none',
    case: 'none',
    decision: 'none',
    condition: 'none',
    row: 'none',
    channel: 'C0PILOTS001',
  };
}

const keyOf = (pilot: Pilot): string => `${pilot}-1`;

const declared = { ...plainButtons, ...caseButtons, ...caseButtons.DECIDE };

const buttonsById = new Map(
  Object.values(declared)
    .filter((value): value is Button<never> => typeof value === 'object' && 'read' in value)
    .map((button) => [button.id, button]),
);

/** What a press of one kind carries about a pilot, or null when nobody has said here what that could be. */
function valueFor(kind: string, ids: Ids): string | null {
  const button = buttonsById.get(kind);
  if (button === undefined) return null;
  const fitting = shapes(ids).find((shape) => button.read(JSON.stringify(shape)) !== null);
  return fitting === undefined ? null : JSON.stringify(fitting);
}

const kinds = [...new Set(features.flatMap(({ presses }) => presses ?? []).map(({ kind }) => kind))].filter(
  (kind) => !CHOICES.includes(kind),
);

/** Registers a pilot in whose every sentence its word stands. */
async function plant(world: World, pilot: Pilot, fields: Readonly<Record<string, string>>): Promise<void> {
  await register(world, `The ${pilot} pilot`, {
    fields: {
      ...START,
      Key: keyOf(pilot),
      Channel: '#ai-pilots',
      'Business outcome': `A ${pilot} costs less`,
      Problem: `Every ${pilot} is read twice`,
      'Business unit': `Unit ${pilot}`,
      ...fields,
    },
  });
  await addCriterion(world, keyOf(pilot), { Metric: `${pilot} cost` });
  const [row] = (await world.db.q.select().from(world.db.tables.pilots)).filter(
    ({ key }) => key === keyOf(pilot),
  );
  await world.db.q.insert(world.db.tables.roles).values({
    workspace: row?.workspace ?? '',
    pilot: row?.id ?? '',
    id: `backup-${pilot}`,
    role: 'backup',
    person: idOf('jonas'),
    since: 0,
  });
}

async function signed(world: World, pilot: Pilot): Promise<void> {
  await askToSign(world, keyOf(pilot));
  await world.control.press('priya', { channel: 'Pilotage', label: 'Sign charter' });
  await world.settle();
}

/** A pilot that was signed outside and imported: it is watched only. */
async function imported(world: World, pilot: Pilot): Promise<void> {
  const row = {
    key: keyOf(pilot),
    name: `The ${pilot} pilot`,
    outcome: `A ${pilot} costs less`,
    owner: idOf('ana'),
    backup: idOf('jonas'),
    sponsor: idOf('priya'),
    production_owner: idOf('omar'),
    business_unit: `Unit ${pilot}`,
    start: '2026-01-05',
    decision: '2026-04-05',
    rollback: 'One switch back.',
    channel: 'C0PILOTS001',
    signed: '2026-01-02',
    metric: `${pilot} cost`,
    kind: 'at most',
    target: '12',
  };
  async function* bytes() {
    yield new TextEncoder().encode(csvOf(Object.keys(row), [row]));
  }
  const refused: unknown[] = [];
  const sink = { accept() {}, repeat() {}, refuse: (one: unknown) => void refused.push(one) };
  const ids = Array.from({ length: 20 }, (_, nth) => `import-${pilot}-${nth}`).values();
  const parts = { db: world.db, now: world.clock.now, newId: () => ids.next().value ?? '' };
  const task = { workspace: 'T0HARBOUR01', actor: 'system:import', file: 'pilots.csv' };
  await takePilots(parts, { ...task, dryRun: false, atomic: false, ask: null }, bytes(), sink);
  expect(refused).toEqual([]);
  await world.settle();
}

/**
 * A draft, a confidential pilot and one that everybody may see, the latter two with a value, and one that is watched only;
 * over HTTP.
 */
async function startPlanted(db: Database): Promise<World> {
  const world = await startWorld(db, { mode: 'http' });
  await plant(world, 'zebra', {});
  await plant(world, 'falcon', { 'Who can see it': 'Only people with a role' });
  await plant(world, 'heron', {});
  await signed(world, 'falcon');
  await signed(world, 'heron');
  await imported(world, 'osprey');
  await world.time.advanceTo(Date.parse('2026-01-13T12:00:00Z'));
  for (const pilot of ['falcon', 'heron'])
    await asks(world, 'ana', `/pilot record ${pilot}-1 ${pilot}-cost 17.90`);
  await asks(world, 'ana', '/pilot digest now', '#ai-pilots');
  return world;
}

/** A text without what the person typed and reads back in quotation marks. */
const withoutEcho = (seen: string, pilot: Pilot): string =>
  seen.replaceAll('\\"', '"').replaceAll(new RegExp(`"[^"]{0,20}${pilot}-[^"]{0,20}"`, 'g'), '');

const mentions = (seen: string, pilot: Pilot): boolean => withoutEcho(seen, pilot).includes(pilot);

/** Where in a text a pilot is spoken of. */
function near(seen: string, pilot: Pilot): string {
  const text = withoutEcho(seen, pilot);
  return text.slice(Math.max(0, text.indexOf(pilot) - 150), text.indexOf(pilot) + 100);
}

const hiddenFrom = (visible: readonly Pilot[]): Pilot[] => PILOTS.filter((pilot) => !visible.includes(pilot));

onBothEngines('what people may not see', (openFresh) => {
  it('has a row here for every command and every button', async () => {
    const names = features.flatMap(({ commands }) => commands ?? []).map(({ name }) => name);
    expect(names.filter((name) => !(name in COMMANDS))).toEqual([]);
    const ids = await idsOf(await openFresh(), 'heron');
    expect(kinds.filter((kind) => valueFor(kind, ids) === null)).toEqual([]);
  });

  it('is not told by any command, button or Home tab', { timeout: 120_000 }, async () => {
    const world = await startPlanted(await openFresh());
    const ids = Object.fromEntries(
      await Promise.all(PILOTS.map(async (pilot) => [pilot, await idsOf(world.db, pilot)] as const)),
    ) as Record<Pilot, Ids>;
    const { logbook } = world.db.tables;
    const before = await world.db.q.select().from(logbook).orderBy(logbook.n);
    const leaks: string[] = [];
    for (const [who, actor, visible] of READERS) {
      const hidden = hiddenFrom(visible);
      const listed = await sendRaw(world, actor, commandBody(actor, 'list'));
      expect(mentions(listed, 'heron'), who).toBe(visible.includes('heron'));
      // Every act about one of the pilots, in turn: what decides is the same for all acts.
      const acts = [...typed, ...kinds].map((act, index) => {
        const pilot = hidden[index % hidden.length] ?? 'zebra';
        return kinds.includes(act)
          ? pressBody(actor, act, valueFor(act, ids[pilot]) ?? '', 'C0PILOTS001')
          : commandBody(actor, act.replaceAll('KEY', keyOf(pilot)), 'C0PILOTS001');
      });
      if (hidden.length === 0) continue;
      const seen = await sendRaw(world, actor, homeBody(actor), ...acts);
      for (const pilot of hidden)
        if (mentions(seen, pilot)) leaks.push(`${who} reads of ${pilot}: ${near(seen, pilot)}`);
    }
    expect(leaks).toEqual([]);
    const after = await world.db.q.select().from(logbook).orderBy(logbook.n);
    const written = after.slice(before.length).filter(({ pilot }) => pilot !== null);
    expect(written).toEqual([]);
    expect(faultsOf(world)).toEqual([]);
  });

  it('stands in no channel, message or Home tab that they can open', async () => {
    const world = await startPlanted(await openFresh());
    const { control } = world;
    const leaks: string[] = [];
    for (const who of ['priya', 'omar', 'marek', 'greg', 'wei']) {
      const visible = READERS.find(([, { id }]) => id === idOf(who))?.[2] ?? (['heron'] as const);
      await control.openHome(who);
      await world.settle();
      const home = control.read.home(who);
      const channels = control.read.channels(who).filter(({ isMember }) => isMember);
      const texts = [
        home === null ? '' : control.read.text(home),
        ...told(world, who),
        ...channels.flatMap(({ id }) => control.read.messages(who, id)).map((one) => JSON.stringify(one)),
      ];
      for (const pilot of hiddenFrom(visible))
        if (texts.some((text) => mentions(text, pilot))) leaks.push(`${who}: ${pilot}`);
    }
    expect(leaks).toEqual([]);
    expect(told(world, 'priya').join('\n')).toMatch(/falcon/);
  });

  it('is not said any more in a channel once a pilot turns confidential, and said again afterwards', async () => {
    const world = await startPlanted(await openFresh());
    const { control } = world;
    const change = async (fields: Readonly<Record<string, string>>) => {
      await control.press('ana', { channel: 'Pilotage', label: 'Edit charter', ts: card?.ts ?? '' });
      await world.settle();
      await control.fill('ana', fields);
      expect((await control.submit('ana')).ok).toBe(true);
      await world.settle();
    };
    const said = () =>
      control.read.messages('marek', '#ai-pilots').filter((one) => mentions(JSON.stringify(one), 'heron'))
        .length;
    await addCriterion(world, 'heron-1', { Metric: 'heron hours', Unit: 'hours' });
    const card = control.read
      .dm('ana', 'Pilotage')
      .find((one) => /The heron pilot · /.test(control.read.text(one)));
    const before = said();
    expect(before).toBeGreaterThan(0);
    await change({ 'Who can see it': 'Only people with a role' });
    const cards = control.read.messages('marek', '#ai-pilots').map((one) => control.read.text(one));
    expect(cards.filter((text) => /confidential now/.test(text))).toHaveLength(1);
    expect(said()).toBeLessThan(before);
    const left = said();
    for (const day of ['2026-01-20', '2026-02-24']) {
      await world.time.advanceTo(Date.parse(`${day}T12:00:00Z`));
      await asks(world, 'ana', '/pilot record heron-1 heron-cost 12.10');
    }
    await asks(world, 'ana', '/pilot digest now', '#ai-pilots');
    await askToSign(world, 'heron-1').catch(() => undefined);
    // A digest that was posted before is edited: it tells of the pilot no more.
    const still = said();
    expect(still).toBeLessThan(left);
    await change({ 'Who can see it': 'Everyone in the workspace' });
    expect(said()).toBe(still + 1);
    expect(faultsOf(world)).toEqual([]);
  });
});
