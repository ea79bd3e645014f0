/** Which lines of the journal does the inspector show? */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { JournalLine } from '../../server/control/journal-lines.ts';
import { ask } from '../live/ask.ts';
import { type Poke, refresher } from '../live/refresh.ts';
import { useSeenPart } from '../live/use-live.ts';

export interface Wanted {
  /** Part of a name; empty for all. */
  name: string;
  /** A person's id; empty for everyone. */
  person: string;
  /** Only failures and warnings. */
  troubled: boolean;
}

/** The sandbox answers with so many at a time. */
const page = 300;
const rest = 250;

/** The newest lines that fit, newest first, and a way to older ones while there are any. */
export function useLines(wanted: Wanted): { lines: readonly JournalLine[]; older: (() => void) | null } {
  const [lines, setLines] = useState<readonly JournalLine[]>([]);
  const [more, setMore] = useState(false);
  const journal = useSeenPart((seen) => seen.journal);
  const change = useSeenPart((seen) => seen.connection);
  const known = useRef<readonly JournalLine[]>([]);
  const poke = useRef<Poke>(() => Promise.resolve());
  const { name, person, troubled } = wanted;

  const put = useCallback((next: readonly JournalLine[]) => {
    known.current = next;
    setLines(next);
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a sandbox that was started anew counts from one again
  useEffect(() => {
    let current = true;
    put([]);
    poke.current = refresher(async () => {
      // What is under way is asked for again, so that it is seen to end.
      const open = known.current.findLast(({ ms }) => ms === null);
      const since = open === undefined ? known.current[0]?.n : open.n - 1;
      const fresh = await ask<JournalLine[]>('page/log', { name, person, troubled, since });
      // What was asked for under another filter may answer late; its lines do not belong here.
      if (!current) return;
      const numbers = new Set(fresh.map(({ n }) => n));
      if (since === undefined) setMore(fresh.length === page);
      put([...fresh.reverse(), ...known.current.filter(({ n }) => !numbers.has(n))]);
    }, rest);
    void poke.current();
    return () => {
      current = false;
    };
  }, [name, person, troubled, change, put]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again after every call and delivery
  useEffect(() => void poke.current().catch(() => undefined), [journal]);

  const older = useCallback(() => {
    const before = known.current.at(-1)?.n;
    ask<JournalLine[]>('page/log', { name, person, troubled, before }).then(
      (found) => {
        if (known.current.at(-1)?.n !== before) return;
        setMore(found.length === page);
        put([...known.current, ...found.reverse()]);
      },
      () => undefined,
    );
  }, [name, person, troubled, put]);

  return { lines, older: more ? older : null };
}
