/** In which words are the kinds of things in a pilot's way offered? */
import type { BlockerKind } from '../core/blocker.ts';

/** The kinds as one chooses among them. */
export const BLOCKER_CHOICES: readonly { readonly value: BlockerKind; readonly text: string }[] = [
  { value: 'data', text: 'Data: missing, wrong, or not as in production' },
  { value: 'integration', text: 'Integration: access to or work on other systems' },
  { value: 'alignment', text: 'A function has not agreed' },
  { value: 'security', text: 'Security or compliance review' },
  { value: 'evaluation', text: 'Nobody can tell whether it works' },
  { value: 'scale', text: 'Cost, speed or volume' },
  { value: 'operations', text: 'Nobody runs it afterwards' },
  { value: 'change', text: 'The people it is for' },
  { value: 'other', text: 'Something else' },
];
