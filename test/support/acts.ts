/** How do people in a test do what the product is for, in their own words? */
import type { World } from './world.ts';

/** What a test may say about a pilot it registers; the rest is filled with sample data. */
export interface SamplePilot {
  readonly owner?: string;
  readonly channel?: string;
  readonly fields?: Readonly<Record<string, string>>;
}

/** Registers "Claims triage" (or another name) by form, as its owner. */
export async function register(
  world: World,
  name = 'Claims triage',
  sample: SamplePilot = {},
): Promise<void> {
  const { control } = world;
  const owner = sample.owner ?? 'ana';
  await control.command(owner, sample.channel ?? '#claims', `/pilot register ${name}`);
  await world.settle();
  await control.fill(owner, {
    'Business outcome': 'A claim costs €12.50 or less by April; now €18.40',
    Problem: 'Handlers read every claim twice.',
    'Executive sponsor': '@priya',
    'Business unit': 'Claims',
    ...sample.fields,
  });
  const submitted = await control.submit(owner);
  if (!submitted.ok) throw new Error(`not registered: ${JSON.stringify(submitted.errorsByLabel)}`);
  await world.settle();
}

/** Adds a criterion by form; the sample is a cost per claim of €12.50 or less. */
export async function addCriterion(
  world: World,
  key = 'claims-triage',
  fields: Readonly<Record<string, string>> = {},
  who = 'ana',
): Promise<void> {
  const { control } = world;
  await control.command(who, '#general', `/pilot criteria ${key}`);
  await world.settle();
  await control.fill(who, {
    Metric: 'Cost per claim',
    Kind: 'at most',
    Unit: 'EUR per claim',
    Baseline: '18.40',
    Target: '12.50',
    ...fields,
  });
  await world.settle();
  const submitted = await control.submit(who);
  if (!submitted.ok) throw new Error(`no criterion: ${JSON.stringify(submitted.errorsByLabel)}`);
  await world.settle();
}

/** Fills in what is still missing and asks the sponsor, by the buttons of the owner's card. */
export async function askToSign(world: World, key = 'claims-triage', who = 'ana'): Promise<void> {
  const { control } = world;
  const answers: Readonly<Record<string, string>> = {
    'Production owner': '@omar',
    'Rollback plan': 'The old queue is one switch away.',
  };
  for (let turn = 0; turn < 4; turn += 1) {
    await control.command(who, '#general', `/pilot sign-off ${key}`);
    await world.settle();
    const view = control.openView(who);
    if (view === null) return;
    const labels = view.blocks.map((block) => (block as { label?: { text: string } }).label?.text);
    const known = labels.filter((label): label is string => label !== undefined && label in answers);
    if (known.length === 0) throw new Error(`nothing known to fill in: ${labels.join(', ')}`);
    await control.fill(who, Object.fromEntries(known.map((label) => [label, answers[label] ?? ''])));
    await control.submit(who);
    await world.settle();
  }
  throw new Error('the sponsor could not be asked');
}

/** Registers, agrees one criterion, asks, and signs. */
export async function signedPilot(
  world: World,
  name = 'Claims triage',
  sample: SamplePilot = {},
): Promise<void> {
  const key = name.toLowerCase().replaceAll(' ', '-');
  await register(world, name, sample);
  await addCriterion(world, key, {}, sample.owner ?? 'ana');
  await askToSign(world, key, sample.owner ?? 'ana');
  await world.control.press('priya', { channel: 'Pilotage', label: 'Sign charter' });
  await world.settle();
}

/** Everything a person can read in a place, oldest first, as plain text. */
export const reads = (world: World, who: string, place: string): string[] =>
  world.control.read.messages(who, place).map((message) => world.control.read.text(message));

/** The newest thing a person can read in a place. */
export const newest = (world: World, who: string, place: string): string =>
  reads(world, who, place).at(-1) ?? '';

/** What the app has told one person directly, oldest first. */
export const told = (world: World, who: string): string[] =>
  world.control.read.dm(who, 'Pilotage').map((message) => world.control.read.text(message));

/** The answer a command gets, as only the person who typed it sees it. */
export async function asks(world: World, who: string, words: string, place = '#general'): Promise<string> {
  await world.control.command(who, place, words);
  await world.settle();
  return newest(world, who, place);
}
