/** What does somebody say who will be away? */
import { z } from 'zod';
import { dayField, personField } from '../../slack/field.ts';
import { defineForm } from '../../slack/form.ts';

/** `stacked` when the form lies on top of another one. */
export const awayForm = defineForm({
  id: 'away',
  title: 'Away',
  submit: 'Save',
  meta: z.object({ stacked: z.boolean() }),
  fields: {
    from: dayField({ label: 'From' }).required,
    until: dayField({ label: 'Last day' }).required,
    delegate: personField({
      label: 'Who stands in',
      hint: 'Signs and reports for you on these days. May stay empty',
    }).optional,
  },
});
