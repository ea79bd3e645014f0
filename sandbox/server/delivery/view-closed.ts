/** Does the app want to know that a modal was closed? */
import type { Parts } from '../parts.ts';
import { describeView } from '../world/views.ts';
import type { OpenView } from '../world/workspace.ts';
import type { Acknowledgement } from './acknowledgement.ts';
import { deliver } from './deliver.ts';
import { interaction } from './payloads.ts';

/**
 * Sends `view_closed` for a closed view that asked for it.
 * @param cleared true when the whole stack went, as with the cross in the corner
 * @returns the acknowledgement, or null when the view did not ask
 */
export async function sendViewClosed(
  parts: Parts,
  view: OpenView,
  cleared: boolean,
): Promise<Acknowledgement | null> {
  const app = parts.workspace.apps.get(view.appId);
  const person = parts.workspace.people.get(view.userId);
  if (view.definition['notify_on_close'] !== true || app === undefined || person === undefined) return null;
  const payload = {
    ...interaction(parts.workspace, app, person, 'view_closed'),
    view: describeView(parts.workspace, view),
    is_cleared: cleared,
  };
  return deliver(parts, app, 'interactive', 'view_closed', payload);
}
