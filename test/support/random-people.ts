/** What do people do who press and type whatever is there? The same for the same seed. */

import { isObject, type JsonObject, objectsAt, textAt } from '../../sandbox/server/json.ts';
import { createRandom } from '../../sandbox/server/random.ts';
import { features } from '../../src/features/index.ts';
import { HOSTILE } from './hostile.ts';
import { COMMAND_ROWS } from './hostile-rows.ts';
import type { World } from './world.ts';

const PEOPLE = ['ana', 'priya', 'omar', 'marek', 'lena', 'jonas', 'greg'] as const;
/** Where somebody can type; the guest is in one channel only. */
const placesOf = (who: string): readonly string[] =>
  who === 'greg'
    ? ['#claims']
    : ['#general', '#ai-pilots', ...(/ana|priya|omar/.test(who) ? ['#claims'] : [])];
const HOUR = 3_600_000;
/** What can be typed behind a command or into a field, sensible or not. */
const WORDS = [
  'claims-triage',
  'churn-model',
  '12.50',
  '0',
  'No access',
  '2026-01-19',
  '9:00',
  'EUR',
  '@omar',
  ...Object.values(HOSTILE).filter((text) => text.length < 3000),
];
const DAYS = ['2025-01-01', '2026-01-05', '2026-01-12', '2026-04-05', '2031-12-31'];

/**
 * Lets people act `steps` times: commands, presses of any button they can see however old, forms filled by half, the Home
 * tab, and time that goes by.
 *
 * @returns what they did, for whoever wants to know what came before a fault
 */
export async function actAtRandom(world: World, seed: number, steps: number): Promise<string[]> {
  const random = createRandom(seed);
  const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)];
  const trail: string[] = [];
  for (let step = 0; step < steps; step += 1) {
    const who = pick(PEOPLE) ?? 'ana';
    const roll = random();
    const act = world.control.openView(who) !== null && roll < 0.8 ? fillIn : byChance(random());
    try {
      trail.push(`${who}: ${await act(world, who, random, pick)}`);
    } catch (error) {
      // Slack itself does not let everybody act everywhere.
      trail.push(`${who} cannot: ${String(error)}`);
    }
    await world.settle();
  }
  return trail;
}

type Pick = <T>(list: readonly T[]) => T | undefined;
type Act = (world: World, who: string, random: () => number, pick: Pick) => Promise<string>;

const byChance = (roll: number): Act => {
  if (roll < 0.4) return typeCommand;
  if (roll < 0.85) return pressSomething;
  return roll < 0.93 ? openHome : letTimePass;
};

const typeCommand: Act = async ({ control }, who, random, pick) => {
  const { name = 'list' } = pick(features.flatMap((feature) => feature.commands ?? [])) ?? {};
  const row = COMMAND_ROWS[name];
  const rest = random() < 0.5 ? 'claims-triage' : (pick(row?.lines(pick(WORDS) ?? '') ?? ['']) ?? '');
  const place = pick(placesOf(who)) ?? '#general';
  await control.command(who, place, `/pilot ${name} ${rest}`);
  return `/pilot ${name} ${rest} in ${place}`;
};

const pressSomething: Act = async ({ control }, who, random, pick) => {
  const place = pick([...placesOf(who), 'Pilotage']) ?? '#general';
  const all = control.read
    .messages(who, place)
    .flatMap((message) => buttonsIn(message).map((label) => ({ channel: place, ts: message.ts, label })));
  const chosen = pick(all);
  if (chosen === undefined) return `nothing to press in ${place}`;
  await control.press(who, chosen);
  if (random() < 0.2) await control.press(who, chosen);
  return `presses ${chosen.label} in ${place}`;
};

const openHome: Act = async (world, who, _random, pick) => {
  await world.control.openHome(who);
  await world.settle();
  const label = pick(buttonsIn(world.control.read.home(who) ?? {}));
  if (label === undefined) return 'opens the Home tab';
  await world.control.pressHome(who, label);
  return `presses ${label} in the Home tab`;
};

const letTimePass: Act = async (world, _who, random) => {
  const hours = Math.floor(random() * 72);
  await world.time.advanceTo(world.clock.now() + hours * HOUR);
  return `${hours} hours later`;
};

const fillIn: Act = async (world, who, random, pick) => {
  const { control } = world;
  const view = control.openView(who);
  const inputs = objectsAt(view?.blocks).filter((block) => block['type'] === 'input' && random() < 0.6);
  for (const block of inputs) {
    const label = isObject(block['label']) ? textAt(block['label']['text']) : '';
    const value = valueFor(isObject(block['element']) ? block['element'] : {}, pick);
    // What the field itself does not take is not typed.
    if (value !== undefined) await control.fill(who, { [label]: value }).catch(() => undefined);
    await world.settle();
  }
  if (control.openView(who) === null) return 'looks at a form that closes';
  if (random() < 0.85) await control.submit(who);
  else await control.closeView(who);
  return `fills ${view?.callback_id}`;
};

function valueFor(element: JsonObject, pick: Pick): unknown {
  switch (element['type']) {
    case 'plain_text_input':
      return pick(WORDS);
    case 'number_input':
      return pick(['1', '12.5', '-3', '0']);
    case 'datepicker':
      return pick(DAYS);
    case 'users_select':
      return `@${pick([...PEOPLE, 'karl'])}`;
    case 'conversations_select':
    case 'channels_select':
      return pick(['#claims', '#general', '#old-project', '#with-partner']);
    case 'static_select':
    case 'radio_buttons':
      return labelOf(pick(objectsAt(element['options'])));
    case 'checkboxes':
      return [labelOf(pick(objectsAt(element['options'])))];
    default:
      return undefined;
  }
}

const labelOf = (option: JsonObject | undefined): string =>
  isObject(option?.['text']) ? textAt(option['text']['text']) : '';

function buttonsIn(shown: JsonObject): string[] {
  return objectsAt(shown['blocks'])
    .flatMap((block) => [...objectsAt(block['elements']), ...objectsAt([block['accessory']])])
    .filter((element) => element['type'] === 'button')
    .map(labelOf);
}
