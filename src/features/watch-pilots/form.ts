/** What does somebody say when pilots are to be released from watching? */
import { z } from 'zod';
import { dayField, personField, textField } from '../../slack/field.ts';
import { defineForm } from '../../slack/form.ts';

/** Which pilots, and when. Everything may stay empty: then all of them, now. */
export const releaseForm = defineForm({
  id: 'release-pilots',
  title: 'Release pilots',
  submit: 'Show what follows',
  meta: z.object({}),
  fields: {
    keys: textField({
      label: 'Pilots',
      hint: 'Their keys, like claims-triage, churn. Empty: all that the fields below leave',
      max: 400,
    }).optional,
    unit: textField({ label: 'Business unit', hint: 'Only pilots of this unit', max: 80 }).optional,
    owner: personField({ label: 'Owner', hint: 'Only pilots of this owner' }).optional,
    count: textField({ label: 'How many', hint: 'Only the first of them, oldest first', max: 4 }).optional,
    day: dayField({ label: 'Day', hint: 'They are released that day at 9:00. Empty: now' }).optional,
  },
});
