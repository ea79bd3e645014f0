/** What is the shortest form that makes each decision real? */
import { z } from 'zod';
import type { BlockerKind } from '../../core/blocker.ts';
import { DECISIONS, type Decision } from '../../core/escalation/refusal.ts';
import { choiceField, dayField, personField, textField } from '../../slack/field.ts';
import { defineForm } from '../../slack/form.ts';
import { BLOCKER_CHOICES } from '../../views/blocker-text.ts';

/** What a decision is about, and what was suggested when it was opened. */
const decideMeta = z.object({
  pilot: z.string(),
  case: z.string(),
  decision: z.enum(DECISIONS),
  suggested: z.string(),
  blocker: z.string().nullable(),
});
export type DecideMeta = z.infer<typeof decideMeta>;

const why = textField({
  label: 'Why not as suggested',
  hint: 'One sentence. It stays in the history',
  max: 300,
}).required;

/** Somebody named and a day: an unblock is as real as that. */
export const unblockForm = defineForm({
  id: 'decide-unblock',
  title: 'Unblock',
  submit: 'Unblock',
  meta: decideMeta,
  fields: {
    words: textField({ label: 'What has to happen', max: 300 }).required,
    person: personField({ label: 'Who does it', hint: 'They are told' }).required,
    until: dayField({ label: 'By' }).required,
    kind: choiceField({ label: 'Kind', choices: BLOCKER_CHOICES }).optional,
    why,
  },
});

/** Once, to a date. */
export const extendForm = defineForm({
  id: 'decide-extend',
  title: 'Extend',
  submit: 'Extend',
  meta: decideMeta,
  fields: {
    until: dayField({ label: 'Until', hint: 'Once, within 12 weeks' }).required,
    why,
  },
});

/** A new shape: what is to change; the owner writes the new version. */
export const restructureForm = defineForm({
  id: 'decide-restructure',
  title: 'Restructure',
  submit: 'Restructure',
  meta: decideMeta,
  fields: {
    words: textField({
      label: 'What should change',
      hint: 'Smaller scope, new criteria. The owner drafts it, you sign it',
      lines: true,
      max: 500,
    }).required,
    why,
  },
});

/** One sentence; the rest is the owner's. */
export const stopForm = defineForm({
  id: 'decide-stop',
  title: 'Stop',
  submit: 'Stop',
  meta: decideMeta,
  fields: {
    words: textField({ label: 'In one sentence, why', hint: 'The owner reads it first', max: 300 }).required,
  },
});

/** Nothing to fill in where it is suggested. */
export const goForm = defineForm({
  id: 'decide-go',
  title: 'Go',
  submit: 'Go',
  meta: decideMeta,
  fields: {
    words: textField({ label: 'A word to the team', max: 300 }).optional,
    why,
  },
});

/** What must be done by when. */
export const conditionalGoForm = defineForm({
  id: 'decide-conditional-go',
  title: 'Conditional go',
  submit: 'Conditional go',
  meta: decideMeta,
  fields: {
    first: textField({
      label: 'Condition',
      hint: 'What is still to be done. The owner is reminded before its day',
      max: 200,
    }).required,
    firstBy: dayField({ label: 'By' }).required,
    second: textField({ label: 'Second condition', max: 200 }).optional,
    secondBy: dayField({ label: 'Second by' }).optional,
    third: textField({ label: 'Third condition', max: 200 }).optional,
    thirdBy: dayField({ label: 'Third by' }).optional,
    why,
  },
});

/** What is missing, and when it is decided again. */
export const notYetForm = defineForm({
  id: 'decide-not-yet',
  title: 'Not yet',
  submit: 'Not yet',
  meta: decideMeta,
  fields: {
    words: textField({ label: 'What is missing', max: 300 }).required,
    until: dayField({ label: 'Decided again on', hint: 'Within 12 weeks' }).required,
    why,
  },
});

/** The form of each decision. */
export const FORMS = {
  unblock: unblockForm,
  extend: extendForm,
  restructure: restructureForm,
  stop: stopForm,
  go: goForm,
  conditional_go: conditionalGoForm,
  not_yet: notYetForm,
} as const satisfies Record<Decision, { readonly id: string }>;

/** What the forms give, whichever it was. */
export interface Given {
  readonly words?: string | null;
  readonly person?: string | null;
  readonly until?: string | null;
  readonly kind?: BlockerKind | null;
  readonly why?: string | null;
  readonly first?: string | null;
  readonly firstBy?: string | null;
  readonly second?: string | null;
  readonly secondBy?: string | null;
  readonly third?: string | null;
  readonly thirdBy?: string | null;
}
