/** How does what a person does in a message, modal or Home reach the sandbox? */
import { useEffect, useMemo, useState } from 'react';
import type { Acted } from '../../server/control/acted.ts';
import { type JsonObject, objectAt, textAt } from '../../server/json.ts';
import { ask } from '../live/ask.ts';
import { say } from '../shell/notices.ts';
import { createPending, type Pending } from './pending.ts';
import { keyOf, type Placed, type Surface, type Use } from './surface.ts';

/** Where the elements stand, for whom. */
export type Standing =
  | { kind: 'message'; user: string; channel: string; ts: string }
  | { kind: 'modal'; user: string; view: string }
  | { kind: 'home'; user: string; view: string; app: string };

/** What the sandbox knows of the elements. */
export interface Known {
  /** Block id → action id → entry. */
  entered: unknown;
  /** Block id → sentence. */
  errors?: Record<string, string>;
}

const presses = { message: 'press', modal: 'press-in-view', home: 'press-home' } as const;

/** The surface for what stands here. */
export function useSurfaceOf(standing: Standing, known: Known): Surface {
  const [busy, setBusy] = useState<ReadonlySet<string>>(new Set());
  const where = JSON.stringify(standing);
  const acting = useMemo(() => createActing(JSON.parse(where) as Standing, setBusy), [where]);
  useEffect(() => () => void acting.pending.flush(), [acting]);
  return useMemo<Surface>(() => {
    const { pending, use, choices } = acting;
    return {
      kind: acting.kind,
      entryOf: ({ block, element }) => {
        const entry = objectAt(objectAt(known.entered)[textAt(block['block_id'])])[
          textAt(element['action_id'])
        ];
        return entry === undefined ? undefined : objectAt(entry);
      },
      enter: pending.put,
      use,
      choices,
      errorOf: (blockId) => known.errors?.[blockId],
      isBusy: (placed) => busy.has(keyOf(placed)),
      flush: pending.flush,
    };
  }, [acting, busy, known.entered, known.errors]);
}

interface Acting extends Pick<Surface, 'kind' | 'use' | 'choices'> {
  pending: Pending;
}

type SetBusy = (change: (before: ReadonlySet<string>) => ReadonlySet<string>) => void;

function createActing(standing: Standing, setBusy: SetBusy): Acting {
  const { kind, ...ids } = standing;
  const pointing = ({ block, element }: Placed): object => ({
    ...ids,
    blockId: textAt(block['block_id']),
    actionId: textAt(element['action_id']),
  });
  const pending = createPending((placed, value) => tried(ask('page/enter', { ...pointing(placed), value })));
  return {
    kind,
    pending,
    async use(placed: Placed, how: Use = {}) {
      const key = keyOf(placed);
      setBusy((before) => new Set(before).add(key));
      try {
        await pending.flush();
        const acted = await tried(ask<Acted>(presses[kind], { ...pointing(placed), ...how }));
        if (typeof acted?.notice === 'string') say(acted.notice, 'trouble');
        return acted?.ok === true;
      } finally {
        setBusy((before) => new Set([...before].filter((other) => other !== key)));
      }
    },
    choices: (placed, query) => ask<JsonObject[]>('page/choices', { ...pointing(placed), query }),
  };
}

/** What came back, or undefined after the person was told why nothing did. */
async function tried<Answer>(work: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await work;
  } catch (error) {
    say(error instanceof Error ? error.message : String(error), 'trouble');
    return undefined;
  }
}
