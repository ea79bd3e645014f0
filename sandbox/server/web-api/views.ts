/** How do apps open, change and publish modals and Homes? */
import { checkView } from '../block-kit/check.ts';
import { refusalMessages } from '../block-kit/problems.ts';
import type { Trigger } from '../delivery/triggers.ts';
import { sendViewClosed } from '../delivery/view-closed.ts';
import { isObject, type JsonObject, textAt } from '../json.ts';
import { viewLimits } from '../limits.ts';
import {
  closeAll,
  describeView,
  findView,
  findViewByExternalId,
  homeOf,
  modalsOf,
  publishHome,
  redefine,
  showModal,
} from '../world/views.ts';
import type { OpenView } from '../world/workspace.ts';
import { refuse, refuseArguments } from './answer.ts';
import { invalid, structuredArgument, textArgument } from './arguments.ts';
import { personArgument } from './find.ts';
import type { Call, Methods } from './method.ts';

/** Methods about modals and Homes. */
export const viewMethods: Methods = {
  'views.open': {
    tier: 4,
    required: ['view'],
    optional: ['trigger_id', 'interactivity_pointer'],
    handle(call) {
      const definition = viewArgument(call, ['modal']);
      refuseTakenExternalId(call, definition);
      const trigger = redeemTrigger(call);
      const replaced = closeAll(call.parts.workspace, trigger.userId);
      for (const view of replaced) call.afterwards(() => sendViewClosed(call.parts, view, true));
      const view = showModal(call.parts.workspace, call.app, trigger.userId, definition, trigger.channelId);
      return { view: describeView(call.parts.workspace, view) };
    },
  },
  'views.push': {
    tier: 4,
    required: ['view'],
    optional: ['trigger_id', 'interactivity_pointer'],
    handle(call) {
      const { workspace } = call.parts;
      const definition = viewArgument(call, ['modal']);
      refuseTakenExternalId(call, definition);
      const trigger = redeemTrigger(call);
      const stack = modalsOf(workspace, trigger.userId);
      if (trigger.viewId === null || stack.length === 0) refuse('not_found');
      if (stack.length >= viewLimits.stack) refuse('push_limit_reached');
      return { view: describeView(workspace, showModal(workspace, call.app, trigger.userId, definition)) };
    },
  },
  'views.update': {
    tier: 4,
    required: ['view'],
    optional: ['view_id', 'external_id', 'hash'],
    handle(call) {
      const { workspace } = call.parts;
      const definition = viewArgument(call, ['modal', 'home']);
      const id = textArgument(call.args, 'view_id');
      const externalId = textArgument(call.args, 'external_id');
      if (id === undefined && externalId === undefined) refuseArguments('missing required field: view_id');
      const view =
        id === undefined
          ? findViewByExternalId(workspace, call.app.id, externalId ?? '')
          : findView(workspace, id);
      if (view === undefined || view.appId !== call.app.id) refuse('not_found');
      if (view.type !== definition['type']) {
        refuseArguments('must match the `type` of the view being updated [json-pointer:/view/type]');
      }
      refuseStaleHash(call, view);
      refuseTakenExternalId(call, definition, view);
      redefine(workspace, view, definition);
      return { view: describeView(workspace, view) };
    },
  },
  'views.publish': {
    tier: 4,
    required: ['user_id', 'view'],
    optional: ['hash', 'interactivity_pointer'],
    handle(call) {
      const { workspace } = call.parts;
      const definition = viewArgument(call, ['home']);
      if (!call.app.homeTab) refuse('not_enabled');
      const person = personArgument(call, 'user_id');
      const existing = homeOf(workspace, call.app.id, person.id);
      refuseStaleHash(call, existing);
      refuseTakenExternalId(call, definition, existing);
      return { view: describeView(workspace, publishHome(workspace, call.app, person.id, definition)) };
    },
  },
};

/** The view of a call, checked against every limit. */
function viewArgument(call: Call, types: readonly string[]): JsonObject {
  const view = structuredArgument(call.args, 'view');
  if (view === invalid || !isObject(view)) refuseArguments('must provide an object [json-pointer:/view]');
  if (Buffer.byteLength(JSON.stringify(view)) > viewLimits.bytes) refuse('view_too_large');
  const problems = checkView(view, types);
  if (problems.length === 0) return view;
  const messages = refusalMessages(problems);
  return refuse('invalid_arguments', { response_metadata: { messages } });
}

function redeemTrigger(call: Call): Trigger {
  const id = textArgument(call.args, 'trigger_id') ?? textArgument(call.args, 'interactivity_pointer') ?? '';
  const redeemed = call.parts.triggers.redeem(call.app, id);
  return typeof redeemed === 'string' ? refuse(redeemed) : redeemed;
}

function refuseStaleHash(call: Call, view: OpenView | undefined): void {
  const hash = textArgument(call.args, 'hash');
  if (hash !== undefined && hash !== '' && view !== undefined && hash !== view.hash) refuse('hash_conflict');
}

function refuseTakenExternalId(call: Call, definition: JsonObject, self?: OpenView): void {
  const taken = findViewByExternalId(call.parts.workspace, call.app.id, textAt(definition['external_id']));
  if (taken !== undefined && taken !== self) refuse('duplicate_external_id');
}
