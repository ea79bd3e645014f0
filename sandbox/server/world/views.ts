/** Which modals and Homes do people have open? */
import { fillIn } from '../block-kit/fill-in.ts';
import { carryState, initialState, stateEntry } from '../block-kit/state.ts';
import { placedElements } from '../block-kit/walk.ts';
import type { JsonObject } from '../json.ts';
import { objectsAt, textAt } from '../json.ts';
import { offersConversation } from './channels.ts';
import type { InstalledApp, OpenView, Workspace } from './workspace.ts';
import { secondsNow } from './workspace.ts';

/** The modals a person has open, the one in front last. */
export function modalsOf(workspace: Workspace, userId: string): OpenView[] {
  return workspace.modals.get(userId) ?? [];
}

/** The modal in front, or undefined. */
export function frontModal(workspace: Workspace, userId: string): OpenView | undefined {
  return modalsOf(workspace, userId).at(-1);
}

/** The Home an app has published for a person. */
export function homeOf(workspace: Workspace, appId: string, userId: string): OpenView | undefined {
  return workspace.homes.get(`${appId}:${userId}`);
}

/** An open view by its id. */
export function findView(workspace: Workspace, id: string): OpenView | undefined {
  return openViews(workspace).find((view) => view.id === id);
}

/** An open view of an app by the id the app gave it. */
export function findViewByExternalId(
  workspace: Workspace,
  appId: string,
  externalId: string,
): OpenView | undefined {
  return openViews(workspace).find(
    (view) => view.appId === appId && view.definition['external_id'] === externalId && externalId !== '',
  );
}

/**
 * Opens a modal in front of what is there.
 * @param conversation the one the person was in, which menus may start with
 */
export function showModal(
  workspace: Workspace,
  app: InstalledApp,
  userId: string,
  definition: JsonObject,
  conversation: string | null = null,
): OpenView {
  const stack = modalsOf(workspace, userId);
  const view = createView(workspace, app, userId, definition, 'modal');
  if (conversation !== null) presetConversation(workspace, view, conversation);
  const root = stack[0];
  if (root !== undefined) {
    view.rootViewId = root.id;
    view.previousViewId = stack.at(-1)?.id ?? null;
  }
  workspace.modals.set(userId, [...stack, view]);
  tellView(workspace, view, 'opened');
  return view;
}

/** Closes the modal in front and answers it. */
export function closeFront(workspace: Workspace, userId: string): OpenView | undefined {
  const stack = modalsOf(workspace, userId);
  const view = stack.at(-1);
  workspace.modals.set(userId, stack.slice(0, -1));
  if (view !== undefined) tellView(workspace, view, 'closed');
  return view;
}

/** Closes all modals of a person and answers them, the one in front first. */
export function closeAll(workspace: Workspace, userId: string): OpenView[] {
  const stack = [...modalsOf(workspace, userId)].reverse();
  workspace.modals.set(userId, []);
  for (const view of stack) tellView(workspace, view, 'closed');
  return stack;
}

/** Gives an open view new content; what was entered stays where the ids stay. */
export function redefine(workspace: Workspace, view: OpenView, definition: JsonObject): void {
  view.definition = complete(workspace, definition);
  view.state = carryState(view.state, blocksOf(view));
  view.hash = nextHash(workspace);
  view.errors = {};
  tellView(workspace, view, 'changed');
}

/** Publishes a Home. */
export function publishHome(
  workspace: Workspace,
  app: InstalledApp,
  userId: string,
  definition: JsonObject,
): OpenView {
  const existing = homeOf(workspace, app.id, userId);
  if (existing !== undefined) {
    redefine(workspace, existing, definition);
    return existing;
  }
  const view = createView(workspace, app, userId, definition, 'home');
  workspace.homes.set(`${app.id}:${userId}`, view);
  tellView(workspace, view, 'opened');
  return view;
}

/** Remembers what a person entered. */
export function enter(
  workspace: Workspace,
  view: OpenView,
  blockId: string,
  actionId: string,
  entry: JsonObject,
): void {
  view.state[blockId] = { ...view.state[blockId], [actionId]: entry };
  Reflect.deleteProperty(view.errors, blockId);
  tellView(workspace, view, 'entered');
}

/** Shows sentences beside inputs. */
export function showErrors(workspace: Workspace, view: OpenView, errors: Record<string, string>): void {
  view.errors = errors;
  tellView(workspace, view, 'refused');
}

/** The blocks of a view. */
export function blocksOf(view: OpenView): JsonObject[] {
  return objectsAt(view.definition['blocks']);
}

/** A view as payloads and the Web API carry it. */
export function describeView(workspace: Workspace, view: OpenView): JsonObject {
  const app = workspace.apps.get(view.appId);
  const { definition } = view;
  const modal = view.type === 'modal';
  return {
    id: view.id,
    team_id: workspace.team.id,
    type: view.type,
    blocks: structuredClone(blocksOf(view)),
    private_metadata: textAt(definition['private_metadata']),
    callback_id: textAt(definition['callback_id']),
    state: { values: structuredClone(view.state) },
    hash: view.hash,
    title: modal ? definition['title'] : { type: 'plain_text', text: 'View Title', emoji: true },
    clear_on_close: definition['clear_on_close'] === true,
    notify_on_close: definition['notify_on_close'] === true,
    close: definition['close'] ?? null,
    submit: definition['submit'] ?? null,
    previous_view_id: view.previousViewId,
    root_view_id: view.rootViewId,
    app_id: view.appId,
    external_id: textAt(definition['external_id']),
    app_installed_team_id: workspace.team.id,
    bot_id: app?.botId ?? '',
  };
}

function openViews(workspace: Workspace): OpenView[] {
  return [...[...workspace.modals.values()].flat(), ...workspace.homes.values()];
}

function createView(
  workspace: Workspace,
  app: InstalledApp,
  userId: string,
  definition: JsonObject,
  type: OpenView['type'],
): OpenView {
  const id = workspace.ids.next('V');
  const completed = complete(workspace, definition);
  return {
    id,
    appId: app.id,
    userId,
    type,
    definition: completed,
    state: initialState(objectsAt(completed['blocks'])),
    hash: nextHash(workspace),
    rootViewId: id,
    previousViewId: null,
    errors: {},
  };
}

/** Sets menus that start with the current conversation, where they offer it. */
function presetConversation(workspace: Workspace, view: OpenView, conversation: string): void {
  const channel = workspace.channels.get(conversation);
  for (const { block, element } of placedElements(blocksOf(view))) {
    if (element['default_to_current_conversation'] !== true || channel === undefined) continue;
    if (element['initial_conversation'] !== undefined || !offersConversation(element, channel)) continue;
    const blockId = textAt(block['block_id']);
    const value = textAt(element['type']).startsWith('multi_') ? [conversation] : conversation;
    const entry = stateEntry(element, value);
    view.state[blockId] = { ...view.state[blockId], [textAt(element['action_id'])]: entry };
  }
}

function complete(workspace: Workspace, definition: JsonObject): JsonObject {
  return { ...structuredClone(definition), blocks: fillIn(objectsAt(definition['blocks']), workspace.ids) };
}

function nextHash(workspace: Workspace): string {
  return `${secondsNow(workspace)}.${workspace.ids.secret('hash', 8)}`;
}

function tellView(workspace: Workspace, view: OpenView, what: string): void {
  workspace.feed.tell(view.type === 'home' ? 'home' : 'view', {
    user: view.userId,
    detail: { view: view.id, app: view.appId, what },
  });
}
