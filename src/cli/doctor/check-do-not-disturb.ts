/** Does Slack say when it holds messages back from people? */
import type { Database } from '../../db/database.ts';
import { somebody } from '../../db/queries/people.ts';
import type { Outcome } from '../../slack/outcome.ts';
import type { QuietTime } from '../../slack/quiet-time.ts';
import { type Finding, findingsOf } from './finding.ts';

const { fine, skipped } = findingsOf('do-not-disturb');

/** Asks Slack about one person the app knows. Without an answer nothing is wrong: people are asked in their hours. */
export async function checkDoNotDisturb(
  db: Database,
  workspace: string,
  look: (person: string) => Promise<Outcome<QuietTime | null>>,
): Promise<Finding> {
  const person = await somebody(db, workspace);
  if (person === null) return fine('Nobody is known yet whose do-not-disturb could be asked about.');
  const answer = await look(person);
  if (answer.kind === 'done' || answer.code === 'user_not_found')
    return fine('Slack says when it holds messages back from people.');
  const why = answer.code === 'missing_scope' ? 'the token may not ask about it' : answer.code;
  return skipped(
    `Nobody's do-not-disturb is known (${why}). People are asked in their working hours all the same.`,
  );
}
