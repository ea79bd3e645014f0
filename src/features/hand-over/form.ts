/** What does somebody say who hands a role over, or everything of one person? */
import { z } from 'zod';
import { choiceField, personField, textField } from '../../slack/field.ts';
import { defineForm } from '../../slack/form.ts';
import { ROLE_CHOICES } from '../../views/hand-over-text.ts';

const note = textField({
  label: 'Note',
  hint: 'What the other person should know. They read it',
  lines: true,
  max: 500,
}).optional;

/** One role of one pilot. */
export const handOverForm = defineForm({
  id: 'hand-over',
  title: 'Hand over',
  submit: 'Hand over',
  meta: z.object({ pilot: z.string() }),
  fields: {
    role: choiceField({ label: 'Role', choices: ROLE_CHOICES }).required,
    person: personField({
      label: 'New person',
      hint: 'Empty: nobody, for a backup owner or a delegate',
    }).optional,
    note,
  },
});

/** Everything one person holds. */
export const everythingForm = defineForm({
  id: 'hand-over-everything',
  title: 'Hand over everything',
  submit: 'Show me first',
  meta: z.object({}),
  fields: {
    from: personField({ label: 'From' }).required,
    to: personField({ label: 'To' }).required,
    note,
  },
});
