/** As whom does somebody begin who did not say? */
import type { PageState } from '../../server/control/page-state.ts';
import { ask } from './ask.ts';

/** The handle of the first person the workspace was given. */
export async function firstPerson(): Promise<string> {
  const people = await ask<PageState['people']>('page/people');
  return people.find(({ isBot, deleted }) => !isBot && !deleted)?.name ?? '';
}
