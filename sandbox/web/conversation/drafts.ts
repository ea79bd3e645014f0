/** What has been typed and not been sent, and what was typed for the person? */
import { useEffect, useRef } from 'react';

const drafts = new Map<string, string>();
let waiting: { channel: string; text: string } | null = null;
const listeners = new Set<() => void>();

/** What stands unsent in a box. */
export function draftOf(place: string): string {
  return drafts.get(place) ?? '';
}

/** Remembers it while the page is open. */
export function keepDraft(place: string, text: string): void {
  if (text === '') drafts.delete(place);
  else drafts.set(place, text);
}

/** Puts words into the box of a conversation as soon as that is open; `any` means whichever opens. */
export function typeFor(channel: string, text: string): void {
  waiting = { channel, text };
  for (const listener of listeners) listener();
}

/** Takes the words that are meant for this box. */
export function useTypedForMe(channel: string | null, take: (text: string) => void): void {
  const taking = useRef(take);
  taking.current = take;
  useEffect(() => {
    if (channel === null) return;
    const look = (): void => {
      if (waiting === null || (waiting.channel !== channel && waiting.channel !== 'any')) return;
      const { text } = waiting;
      waiting = null;
      taking.current(text);
    };
    look();
    listeners.add(look);
    return () => void listeners.delete(look);
  }, [channel]);
}
