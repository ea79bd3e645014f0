/** What does somebody say when a pilot, or all pilots of a unit, are to rest? */
import { z } from 'zod';
import { dayField, textField } from '../../slack/field.ts';
import { defineForm } from '../../slack/form.ts';

const fields = {
  reason: textField({ label: 'Reason', hint: 'Stands on the card', max: 300 }).required,
  until: dayField({
    label: 'Return day',
    hint: 'It goes on by itself that day. Empty: until somebody resumes it',
  }).optional,
};

/** One pilot; `pause` is the running pause that is changed, null for a new one. */
export const pauseForm = defineForm({
  id: 'pause-pilot',
  title: 'Pause',
  submit: 'Pause',
  meta: z.object({ pilot: z.string(), pause: z.string().nullable() }),
  fields,
});

/** All pilots of a unit; `mark` stands for the pilots that were counted, so that others are not paused unseen. */
export const pauseUnitForm = defineForm({
  id: 'pause-unit',
  title: 'Pause a unit',
  submit: 'Pause',
  meta: z.object({ unit: z.string(), mark: z.string() }),
  fields,
});
