/** What does the form ask that registers a pilot? */
import { z } from 'zod';
import { channelField, choiceField, dayField, personField, textField } from '../../slack/field.ts';
import { defineForm } from '../../slack/form.ts';
import { charterFields } from '../../views/charter-fields.ts';

/** Eleven fields, about 75 seconds; everything but the name may wait. */
export const registerForm = defineForm({
  id: 'register-pilot',
  title: 'Register a pilot',
  submit: 'Save draft',
  meta: z.object({ id: z.string() }),
  fields: {
    name: textField({ label: 'Name', hint: 'What people call it', max: 80 }).required,
    outcome: charterFields.outcome,
    problem: charterFields.problem,
    sponsor: personField({
      label: 'Executive sponsor',
      hint: 'Runs the unit that benefits and is measured on the result. Not told until you ask them to sign',
    }).optional,
    start: dayField({ label: 'Start date', hint: 'When work starts; clocks count from here' }).optional,
    decision: dayField({ label: 'Decision date', hint: 'When met or not met is called' }).optional,
    visibility: choiceField({
      label: 'Who can see it',
      choices: [
        { value: 'workspace', text: 'Everyone in the workspace' },
        { value: 'people', text: 'Only people with a role' },
      ],
    }).required,
    channel: channelField({ label: 'Channel', hint: 'For card and digest, once asked to sign' }).optional,
    unit: textField({ label: 'Business unit', max: 80 }).optional,
    owner: personField({ label: 'Owner' }).required,
    key: textField({
      label: 'Key',
      hint: 'What people type, like claims-triage. Made from Name if left empty',
      max: 40,
    }).optional,
  },
});
