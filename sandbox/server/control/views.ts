/** What happens when a person uses a modal or a Home? */
import { stateEntry, valueField } from '../block-kit/state.ts';
import { type Placed, placedElements } from '../block-kit/walk.ts';
import { announce } from '../delivery/events.ts';
import { interaction, viewSource } from '../delivery/payloads.ts';
import { sendViewClosed } from '../delivery/view-closed.ts';
import { type JsonObject, objectAt, textAt } from '../json.ts';
import type { Parts } from '../parts.ts';
import { openDirectMessage } from '../world/channels.ts';
import { appNamed } from '../world/names.ts';
import { blocksOf, closeAll, closeFront, describeView, enter, frontModal, homeOf } from '../world/views.ts';
import type { InstalledApp, OpenView, Person } from '../world/workspace.ts';
import { type Acted, done, interact } from './acted.ts';
import { actionOf } from './actions.ts';
import { actor } from './actor.ts';
import { labelsOf, onePressable, type Pointing, type Pressable } from './find-control.ts';
import { slowest } from './speak.ts';
import { askForOptions } from './suggestions.ts';
import { enteredValue } from './values.ts';

/** What to press in a view, and whether to confirm. */
export interface ViewPointing extends Pointing {
  value?: unknown;
  confirm?: boolean;
  /** The app whose Home it is, where there are several. */
  app?: string;
}

/** A person opens the Home of an app, or its Messages tab. */
export async function openAppTab(
  parts: Parts,
  user: string,
  tab: 'home' | 'messages',
  appName?: string,
): Promise<Acted> {
  const person = actor(parts, user);
  const app = appNamed(parts.workspace, appName);
  if (tab === 'home' && !app.homeTab) throw new Error(`${app.name} has no Home.`);
  const channel = openDirectMessage(parts.workspace, app.botUserId, person.id);
  const home = homeOf(parts.workspace, app.id, person.id);
  const event = {
    type: 'app_home_opened',
    user: person.id,
    channel: channel.id,
    tab,
    ...(home === undefined || tab !== 'home' ? {} : { view: describeView(parts.workspace, home) }),
    event_ts: parts.workspace.timestamp(),
  };
  return done(slowest(await announce(parts, event, { app })));
}

/** A person presses something in a Home. */
export function pressHome(parts: Parts, user: string, at: ViewPointing): Promise<Acted> {
  const person = actor(parts, user);
  return pressInView(parts, person, openedHome(parts, person, at.app), at);
}

/** A person presses something in the modal in front. */
export function pressModal(parts: Parts, user: string, at: ViewPointing): Promise<Acted> {
  const person = actor(parts, user);
  return pressInView(parts, person, openedModal(parts, person), at);
}

/**
 * A person enters values, each found by its label, one after the other.
 * @param home true (or an app's name) enters into a Home instead of the modal in front
 * @throws Error when a label is not there or a value does not fit
 */
export async function fill(
  parts: Parts,
  user: string,
  values: Record<string, unknown>,
  home: boolean | string = false,
): Promise<Acted> {
  const person = actor(parts, user);
  let outcome = done();
  for (const [label, given] of Object.entries(values)) {
    const view =
      home === false
        ? openedModal(parts, person)
        : openedHome(parts, person, home === true ? undefined : home);
    const hit = inputLabelled(view, label);
    outcome = await enterInto(parts, person, view, hit, given);
    // The app may answer a change with a new view; a person looks at that before going on.
    if (dispatches(hit)) await parts.inFlight.settled();
  }
  return outcome;
}

/**
 * A person closes the modal in front with its Cancel button.
 * @param all true closes the whole stack, as the cross in the corner does
 */
export async function closeView(parts: Parts, user: string, all = false): Promise<Acted> {
  const person = actor(parts, user);
  const front = openedModal(parts, person);
  const cleared = all || front.definition['clear_on_close'] === true;
  const closed = cleared
    ? closeAll(parts.workspace, person.id)
    : [closeFront(parts.workspace, person.id) ?? front];
  const told = await Promise.all(closed.map((view) => sendViewClosed(parts, view, cleared)));
  return done(slowest(told.filter((acknowledgement) => acknowledgement !== null)));
}

/** The modal in front of a person. */
export function openedModal(parts: Parts, person: Person): OpenView {
  const view = frontModal(parts.workspace, person.id);
  if (view === undefined) throw new Error(`@${person.name} has no modal open.`);
  return view;
}

/** The app a view belongs to. */
export function appOfView(parts: Parts, view: OpenView): InstalledApp {
  return appNamed(parts.workspace, view.appId);
}

async function pressInView(parts: Parts, person: Person, view: OpenView, at: ViewPointing): Promise<Acted> {
  const hit = onePressable(blocksOf(view), at, `"${titleOf(view)}"`);
  if (hit.element['confirm'] !== undefined && at.confirm === false) return done();
  if (valueField(textAt(hit.element['type'])) !== undefined)
    return enterInto(parts, person, view, hit, at.value);
  return sendAction(parts, person, view, hit, undefined);
}

async function enterInto(
  parts: Parts,
  person: Person,
  view: OpenView,
  hit: Pressable,
  given: unknown,
): Promise<Acted> {
  const app = appOfView(parts, view);
  const suggest = (query: string): Promise<JsonObject[]> =>
    askForOptions(parts, app, person, hit, viewSource(parts.workspace, view), query);
  const value = await enteredValue({ parts, person, suggest }, hit.element, given);
  const entry = stateEntry(hit.element, value);
  enter(parts.workspace, view, textAt(hit.block['block_id']), textAt(hit.element['action_id']), entry);
  return dispatches(hit) ? sendAction(parts, person, view, hit, entry) : done();
}

function sendAction(
  parts: Parts,
  person: Person,
  view: OpenView,
  hit: Pressable,
  entry: JsonObject | undefined,
): Promise<Acted> {
  const app = appOfView(parts, view);
  const payload = {
    ...interaction(parts.workspace, app, person, 'block_actions'),
    ...viewSource(parts.workspace, view),
    trigger_id: parts.triggers.issue({
      appId: app.id,
      userId: person.id,
      viewId: view.type === 'modal' ? view.id : null,
      channelId: null,
    }),
    actions: [actionOf(hit, entry, parts.workspace.timestamp())],
  };
  return interact(parts, app, person, payload, textAt(hit.element['action_id']));
}

/** Inputs tell the app only when they ask for it; everything else always does. */
function dispatches({ block }: Placed): boolean {
  return block['type'] !== 'input' || block['dispatch_action'] === true;
}

function inputLabelled(view: OpenView, label: string): Placed {
  const inputs = placedElements(blocksOf(view)).filter(
    ({ element }) => valueField(textAt(element['type'])) !== undefined,
  );
  const hits = inputs.filter((placed) =>
    labelsOf(placed).some((candidate) => candidate.trim() === label.trim()),
  );
  const exact = hits.filter(({ block }) => textAt(objectAt(block['label'])['text']).trim() === label.trim());
  const [hit] = exact.length > 0 ? exact : hits;
  if (hit !== undefined && (exact.length === 1 || hits.length === 1)) return hit;
  const labels = inputs.map((placed) => labelsOf(placed).at(-1) ?? '');
  const found = hits.length === 0 ? `No input "${label}"` : `${hits.length} inputs "${label}"`;
  throw new Error(`${found} in "${titleOf(view)}". There are: ${labels.join(' · ')}.`);
}

function openedHome(parts: Parts, person: Person, appName: string | undefined): OpenView {
  const app = appNamed(parts.workspace, appName);
  const view = homeOf(parts.workspace, app.id, person.id);
  if (view === undefined) throw new Error(`${app.name} has published no Home for @${person.name}.`);
  return view;
}

function titleOf(view: OpenView): string {
  return view.type === 'home' ? 'Home' : textAt(objectAt(view.definition['title'])['text']);
}
