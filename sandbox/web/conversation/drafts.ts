/** What has been typed and not been sent, and what was typed for the person? */
import { useEffect, useRef } from 'react';

const drafts = new Map<string, string>();
let waiting: TypedFor | null = null;
const listeners = new Set<() => void>();

/** Words for the box of a place, and who is to write them; null is whoever, or wherever. */
export interface TypedFor {
  /** A person's handle. */
  person: string | null;
  /** The name a place has in the page's address. */
  place: string | null;
  text: string;
}

/** What stands unsent in a box. */
export function draftOf(place: string): string {
  return drafts.get(place) ?? '';
}

/** Remembers it while the page is open. */
export function keepDraft(place: string, text: string): void {
  if (text === '') drafts.delete(place);
  else drafts.set(place, text);
}

/** Puts words into a box as soon as it is the one that is meant. */
export function typeFor(words: TypedFor): void {
  waiting = words;
  for (const listener of listeners) listener();
}

/** Takes the words that are meant for this box; null for a box that takes none. */
export function useTypedForMe(
  box: { person: string; place: string } | null,
  take: (text: string) => void,
): void {
  const taking = useRef(take);
  taking.current = take;
  const person = box?.person;
  const place = box?.place;
  useEffect(() => {
    if (person === undefined || place === undefined) return;
    const look = (): void => {
      if (waiting === null || (waiting.person ?? person) !== person || (waiting.place ?? place) !== place)
        return;
      const { text } = waiting;
      waiting = null;
      taking.current(text);
    };
    look();
    listeners.add(look);
    return () => void listeners.delete(look);
  }, [person, place]);
}
