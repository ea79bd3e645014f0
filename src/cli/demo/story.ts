/** What should a newcomer try next, and what have they done already? */
import type { Database } from '../../db/database.ts';
import { beginningChapters } from './beginning-chapters.ts';
import { dyingChapter } from './dying-chapter.ts';
import { makingItChapter } from './making-it-chapter.ts';
import { rhythmChapter } from './rhythm-chapter.ts';
import { type Chapter, factsSince, type HistoryEnd } from './story-facts.ts';

const STORY: readonly Chapter[] = [...beginningChapters, dyingChapter, makingItChapter, rhythmChapter];

/** The story with its ticks, as the page shows it. */
export async function storyNow(db: Database, since: HistoryEnd): Promise<object> {
  const facts = await factsSince(db, since);
  return {
    title: 'Try this',
    intro: 'Harbour Mutual runs eight AI pilots. Twenty weeks have passed. Be anyone: each step names who.',
    chapters: STORY.map(({ title, steps }) => ({
      title,
      steps: steps.map(({ done, ...step }) => ({ ...step, done: done(facts) })),
    })),
  };
}
