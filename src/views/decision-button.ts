/** What does the button of a decision look like, and which of them ask once more? */
import type { Decision } from '../core/escalation/refusal.ts';
import type { Block } from '../slack/blocks.ts';
import type { Confirm } from '../slack/button.ts';
import * as caseButtons from './case-buttons.ts';

const UNDO = 'You can undo it for ten minutes; then the owner hears, before anybody else.';

const CONFIRMS: Readonly<Partial<Record<Decision, Confirm>>> = {
  stop: {
    title: 'Stop this pilot?',
    text: `You say in one sentence why. ${UNDO}`,
    yes: 'Stop',
    no: 'Not now',
  },
  go: { title: 'Go to production?', text: `The pilot goes live. ${UNDO}`, yes: 'Go', no: 'Not now' },
  conditional_go: {
    title: 'Go, on conditions?',
    text: `You name what must be done by when. ${UNDO}`,
    yes: 'Conditional go',
    no: 'Not now',
  },
};

/** A decision's button; what cannot be taken back asks once more. */
export function decisionButton(
  decision: Decision,
  about: { readonly pilot: string; readonly case: string },
  isSuggested: boolean,
): Block {
  const confirm = CONFIRMS[decision];
  return caseButtons.DECIDE[decision].element(about, {
    ...(isSuggested ? ({ style: 'primary' } as const) : {}),
    ...(confirm === undefined ? {} : { confirm }),
  });
}
