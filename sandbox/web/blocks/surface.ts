/** What can a person do with the elements of the message, modal or Home around them? */
import { createContext, useContext } from 'react';
import { initialState, valueField } from '../../server/block-kit/state.ts';
import { type JsonObject, textAt } from '../../server/json.ts';

/** An element and the block it stands in. */
export interface Placed {
  block: JsonObject;
  element: JsonObject;
}

/** What is done with an element beside pressing it. */
export interface Use {
  /** The words on the chosen entry, where an element has several. */
  label?: string;
  /** What a menu or input is set to. */
  value?: unknown;
}

export interface Surface {
  kind: 'message' | 'modal' | 'home';
  /** What was entered into an element, in the shape of `state.values`. */
  entryOf(placed: Placed): JsonObject | undefined;
  /** Remembers what was entered without telling the app. */
  enter(placed: Placed, value: unknown): void;
  /** Tells the app; false when that went wrong, which the person has then been told. */
  use(placed: Placed, how?: Use): Promise<boolean>;
  /** What the app offers for what was typed into a menu. */
  choices(placed: Placed, query: string): Promise<JsonObject[]>;
  /** The sentence beside an input after a refused submission. */
  errorOf(blockId: string): string | undefined;
  /** True while the app has not answered to this element. */
  isBusy(placed: Placed): boolean;
  /** Sends what has been entered and not been sent yet. */
  flush(): Promise<void>;
}

const nowhere: Surface = {
  kind: 'message',
  entryOf: () => undefined,
  enter: () => undefined,
  use: () => Promise.resolve(false),
  choices: () => Promise.resolve([]),
  errorOf: () => undefined,
  isBusy: () => false,
  flush: () => Promise.resolve(),
};

export const SurfaceContext = createContext<Surface>(nowhere);

export function useSurface(): Surface {
  return useContext(SurfaceContext);
}

/** The ids of an element and its block, as one text. */
export function keyOf({ block, element }: Placed): string {
  return `${textAt(block['block_id'])}/${textAt(element['action_id'])}`;
}

/** What an element holds: what was entered, else what it came with. */
export function valueIn(surface: Surface, placed: Placed): unknown {
  const blockId = textAt(placed.block['block_id']);
  const actionId = textAt(placed.element['action_id']);
  const entry = surface.entryOf(placed) ?? initialState([placed.block])[blockId]?.[actionId] ?? {};
  return entry[valueField(textAt(placed.element['type'])) ?? 'value'] ?? null;
}

/** Inputs tell the app of changes only when they ask for it; everything else always does. */
export function tellsApp({ block }: Placed): boolean {
  return block['type'] !== 'input' || block['dispatch_action'] === true;
}
