/** Is there a story to try, and how far has it come? */
import { useEffect, useState } from 'react';
import { askDemo } from '../live/ask.ts';
import { keepEqual } from '../live/keep-equal.ts';
import { refresher } from '../live/refresh.ts';
import { useSeenPart } from '../live/use-live.ts';

/** One thing to try. */
export interface Step {
  id: string;
  text: string;
  /** Handle of the person to be. */
  as?: string;
  /** Where: `#claims`, `@omar`, or the name of an app for its Home. */
  where?: string;
  /** What to type there. */
  command?: string;
  done: boolean;
}

export interface StoryContent {
  title: string;
  intro: string;
  chapters: { title: string; steps: Step[] }[];
}

const rest = 300;

/** The story, kept fresh; null where there is none. */
export function useStory(): StoryContent | null {
  const [story, setStory] = useState<StoryContent | null>(null);
  const [poke] = useState(() =>
    refresher(async () => {
      const fresh = await askDemo<StoryContent>('story').catch(() => undefined);
      if (fresh !== undefined) setStory((before) => keepEqual(before, fresh));
    }, rest),
  );
  const change = useSeenPart((seen) => seen.change);
  const connection = useSeenPart((seen) => seen.connection);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again after every change
  useEffect(() => {
    if (connection === 'live') void poke();
  }, [poke, change, connection]);
  return story;
}
