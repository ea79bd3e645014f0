/** What happens when a person submits a modal? */
import { checkView } from '../block-kit/check.ts';
import { refusalMessages } from '../block-kit/problems.ts';
import { placedElements } from '../block-kit/walk.ts';
import { interaction } from '../delivery/payloads.ts';
import { isObject, type JsonObject, objectAt, textAt } from '../json.ts';
import { viewLimits } from '../limits.ts';
import type { Parts } from '../parts.ts';
import {
  blocksOf,
  closeAll,
  closeFront,
  describeView,
  modalsOf,
  redefine,
  showErrors,
  showModal,
} from '../world/views.ts';
import type { InstalledApp, OpenView, Person } from '../world/workspace.ts';
import { type Acted, done, interact, troubleConnecting, troubled } from './acted.ts';
import { actor } from './actor.ts';
import { incompleteInputs } from './client-checks.ts';
import { appOfView, openedModal } from './views.ts';

/**
 * A person presses the submit button of the modal in front. What Slack itself would not let through (an empty
 * required input, a number out of range) is shown beside the input and not sent.
 * @throws Error when there is no modal, or it has no submit button
 */
export async function submit(parts: Parts, user: string): Promise<Acted> {
  const person = actor(parts, user);
  const view = openedModal(parts, person);
  if (!isObject(view.definition['submit'])) throw new Error('This modal has no submit button.');
  const incomplete = incompleteInputs(view);
  if (Object.keys(incomplete).length > 0) return refused(parts, view, incomplete, done());
  const app = appOfView(parts, view);
  const payload = {
    ...interaction(parts.workspace, app, person, 'view_submission'),
    trigger_id: parts.triggers.issue({ appId: app.id, userId: person.id, viewId: view.id, channelId: null }),
    view: describeView(parts.workspace, view),
    response_urls: responseUrlsFor(parts, app, person, view),
  };
  const outcome = await interact(parts, app, person, payload, textAt(view.definition['callback_id']));
  return outcome.ok ? applyAnswer(parts, person, view, outcome) : outcome;
}

/** An address for each conversation that was picked in a menu that asks for one. */
function responseUrlsFor(parts: Parts, app: InstalledApp, person: Person, view: OpenView): JsonObject[] {
  return placedElements(blocksOf(view)).flatMap(({ block, element }) => {
    const blockId = textAt(block['block_id']);
    const actionId = textAt(element['action_id']);
    const entry = view.state[blockId]?.[actionId] ?? {};
    const channelId = textAt(entry['selected_conversation'] ?? entry['selected_channel']);
    if (element['response_url_enabled'] !== true || channelId === '') return [];
    const path = parts.responseUrls.issue({ appId: app.id, userId: person.id, channelId, source: null });
    const ids = { block_id: blockId, action_id: actionId, channel_id: channelId };
    return [{ ...ids, response_url: `${parts.url}${path}` }];
  });
}

function applyAnswer(parts: Parts, person: Person, view: OpenView, outcome: Acted): Acted {
  const { answer } = outcome;
  if (answer === null || answer === '') return close(parts, person, view, outcome);
  if (!isObject(answer)) return unusable(parts, person, view, outcome, ['The answer is not JSON.']);
  switch (answer['response_action']) {
    case undefined:
      return close(parts, person, view, outcome);
    case 'clear':
      closeAll(parts.workspace, person.id);
      return outcome;
    case 'errors':
      return showRefusal(parts, person, view, answer, outcome);
    case 'update':
    case 'push':
      return showAnswered(parts, person, view, answer, outcome);
    default:
      return unusable(parts, person, view, outcome, [
        `Unknown response_action: ${String(answer['response_action'])}.`,
      ]);
  }
}

function close(parts: Parts, person: Person, view: OpenView, outcome: Acted): Acted {
  // The person may have closed it, or the app replaced the stack, while the app was thinking.
  if (modalsOf(parts.workspace, person.id).at(-1) === view) closeFront(parts.workspace, person.id);
  return outcome;
}

function showRefusal(
  parts: Parts,
  person: Person,
  view: OpenView,
  answer: JsonObject,
  outcome: Acted,
): Acted {
  const errors = objectAt(answer['errors']);
  const inputs = new Set(
    blocksOf(view).flatMap((block) => (block['type'] === 'input' ? [textAt(block['block_id'])] : [])),
  );
  const unknown = Object.keys(errors).filter((blockId) => !inputs.has(blockId));
  if (unknown.length > 0 || Object.keys(errors).length === 0) {
    const reason =
      unknown.length > 0
        ? `Errors for blocks that are no inputs: ${unknown.join(', ')}.`
        : 'No errors given.';
    return unusable(parts, person, view, outcome, [reason]);
  }
  return refused(
    parts,
    view,
    Object.fromEntries(Object.entries(errors).map(([id, text]) => [id, String(text)])),
    outcome,
  );
}

function showAnswered(
  parts: Parts,
  person: Person,
  view: OpenView,
  answer: JsonObject,
  outcome: Acted,
): Acted {
  const definition = answer['view'];
  const problems = isObject(definition)
    ? checkView(definition, ['modal'])
    : [{ pointer: '/view', message: 'must provide an object' }];
  const pushing = answer['response_action'] === 'push';
  const tooDeep = pushing && modalsOf(parts.workspace, person.id).length >= viewLimits.stack;
  if (!isObject(definition) || problems.length > 0 || tooDeep) {
    const reasons = tooDeep ? ['push_limit_reached'] : refusalMessages(problems);
    return unusable(parts, person, view, outcome, reasons);
  }
  if (pushing) showModal(parts.workspace, appOfView(parts, view), person.id, definition);
  else redefine(parts.workspace, view, definition);
  return outcome;
}

function refused(parts: Parts, view: OpenView, errors: Record<string, string>, outcome: Acted): Acted {
  showErrors(parts.workspace, view, errors);
  const errorsByLabel: Record<string, string> = {};
  for (const block of blocksOf(view)) {
    const error = errors[textAt(block['block_id'])];
    if (error !== undefined) errorsByLabel[textAt(objectAt(block['label'])['text'])] = error;
  }
  return { ...outcome, ok: false, errors, errorsByLabel };
}

/** An answer Slack cannot use: the person sees the same as when nothing had come. */
function unusable(parts: Parts, person: Person, view: OpenView, outcome: Acted, reasons: string[]): Acted {
  const note = parts.journal.begin({
    direction: 'delivery',
    name: 'unusable answer',
    app: view.appId,
    request: outcome.answer,
  });
  note({ failure: 'unusable_answer', warnings: reasons });
  return troubled(parts, person, troubleConnecting, textAt(view.definition['callback_id']), {
    ms: outcome.ms,
    answer: outcome.answer,
  });
}
