/** Which choices does an app offer for what was typed? */

import { optionsOf } from '../block-kit/walk.ts';
import { deliver } from '../delivery/deliver.ts';
import { interaction } from '../delivery/payloads.ts';
import type { JsonObject } from '../json.ts';
import { objectAt } from '../json.ts';
import type { Parts } from '../parts.ts';
import type { InstalledApp, Person } from '../world/workspace.ts';
import type { Pressable } from './find-control.ts';

/**
 * Sends `block_suggestion` and reads the choices.
 * @param origin the view or message the menu stands in, as payloads carry it
 * @returns the choices; none when the app did not answer in time
 */
export async function askForOptions(...asked: Parameters<typeof askApp>): Promise<JsonObject[]> {
  return (await askApp(...asked)) ?? [];
}

/** The same, but undefined when the app did not answer in time. */
export async function askApp(
  parts: Parts,
  app: InstalledApp,
  person: Person,
  { block, element }: Pressable,
  origin: JsonObject,
  query: string,
): Promise<JsonObject[] | undefined> {
  const payload = {
    ...interaction(parts.workspace, app, person, 'block_suggestion'),
    ...origin,
    action_id: element['action_id'],
    block_id: block['block_id'],
    value: query,
  };
  const acknowledgement = await deliver(parts, app, 'interactive', 'block_suggestion', payload);
  return acknowledgement.ok ? optionsOf(objectAt(acknowledgement.body)) : undefined;
}
