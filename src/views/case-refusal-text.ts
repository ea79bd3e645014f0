/** In which words is somebody told that they cannot do something to a case, and what they can do instead? */
import type { StallCause } from '../core/escalation/cause.ts';
import { type ActRefusal, LIMITS } from '../core/escalation/refusal.ts';

/** What a case is about, in words to choose by. */
export const CAUSE_WORDS: Readonly<Record<StallCause, string>> = {
  rhythm: 'Check-ins without an answer',
  data: 'Numbers that are out of date',
  progress: 'Too little progress',
  late_phase: 'A phase that takes long',
  purgatory: 'Six months without progress',
  decision_overdue: 'A decision that waits',
  people: 'Somebody is missing',
  blockers: 'Something in the way, without news',
  honesty: 'View and numbers differ',
  adoption: 'Too few people use it',
  setup: 'Something is not set up',
  drift: 'The data has changed',
};

/** Why not, in one sentence; the state of a case that is closed or paused is said elsewhere. */
export function caseRefusalText(refusal: ActRefusal, pilot: string): string {
  switch (refusal) {
    case 'closed':
    case 'not_open':
      return `There is nothing open about ${pilot} at the moment. Nothing has changed.`;
    case 'not_resolving':
      return `${pilot} does not look right at the moment, so there is something to answer. Nothing has changed.`;
    case 'paused':
      return `${pilot} is paused. Nothing is asked meanwhile, so there is nothing to answer. Nothing has changed.`;
    case 'not_yours':
      return `This is the sponsor's to decide now. Nothing has changed.`;
    case 'needs_next_step':
      return 'Say what the next step is, in a few words.';
    case 'needs_reason':
      return 'Say why, in a few words.';
    case 'needs_date':
      return 'Choose a working day after today.';
    case 'too_long':
      return `Choose an earlier day: a next step within ${LIMITS.planDays} working days, a snooze within ${LIMITS.snoozeDays}.`;
    case 'too_often':
      return 'This has been put off as often as it can be. What is left is to decide. Nothing has changed.';
    case 'not_for_this':
      return `${pilot} cannot be put aside with this: only a decision ends it. Nothing has changed.`;
    case 'extension_used':
      return `${pilot} has had its one extension. What is left is another decision. Nothing has changed.`;
  }
}
