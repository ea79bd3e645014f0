/** What may people set for themselves, and the programme office for the workspace? */
import { z } from 'zod';
import { choicesField, peopleField, textField } from '../../slack/field.ts';
import { defineForm, type Fields } from '../../slack/form.ts';
import { holidayText } from '../../views/settings-text.ts';
import type { Holiday } from '../feature.ts';

/** One's own working time. */
export const mineForm = defineForm({
  id: 'my-settings',
  title: 'My settings',
  submit: 'Save',
  meta: z.object({}),
  fields: {
    zone: textField({ label: 'Time zone', hint: 'Like Europe/Berlin. Empty: as in Slack', max: 60 }).optional,
    hours: textField({ label: 'Working hours', hint: 'Like 9:00–17:30. Empty: 9:00–17:00', max: 40 })
      .optional,
    weekend: textField({
      label: 'Days off each week',
      hint: 'Like Saturday, Sunday. Empty: as usual in your country',
      max: 80,
    }).optional,
    place: textField({
      label: 'Country',
      hint: 'Like Germany, or DE-BY for a part of it. Says the weekend and suggests holidays',
      max: 60,
    }).optional,
    slot: textField({ label: 'Message of the day', hint: 'When it comes', max: 10 }).optional,
  },
});

/** What holds for everybody here; `mark` stands for the settings that were shown. */
export const workspaceForm = defineForm({
  id: 'workspace-settings',
  title: 'Workspace settings',
  submit: 'Save',
  meta: z.object({ mark: z.string() }),
  fields: {
    officeName: textField({
      label: 'Name of the programme office',
      hint: 'What people call it here',
      max: 40,
    }).optional,
    members: peopleField({
      label: 'Members of the programme office',
      hint: 'They see every pilot. Empty: the admins of this workspace',
    }).optional,
    zone: textField({ label: 'Time zone', hint: 'Days and deadlines are counted in it', max: 60 }).required,
    rhythm: textField({
      label: 'Check-ins',
      hint: 'Like every Thursday, every Tuesday 9:30, every other Friday, first Monday of the month',
      max: 60,
    }).required,
    place: textField({
      label: 'Country',
      hint: 'Like Germany, or DE-BY for a part of it. Suggests holidays',
      max: 60,
    }).optional,
  },
});

/** Whose holidays they are, and what was suggested; `stacked` when the form lies on top of another one. */
export const holidaysMeta = z.object({
  whose: z.enum(['me', 'workspace']),
  place: z.string().nullable(),
  year: z.number(),
  stacked: z.boolean(),
});

/** The days off, out of those that were suggested and others. Its declaration depends on the suggestions. */
export function holidaysForm(suggested: readonly Holiday[]) {
  const chosen: Fields =
    suggested.length === 0
      ? {}
      : {
          chosen: choicesField({
            label: 'Public holidays',
            hint: 'Suggestions. Take out the days on which you work',
            choices: suggested.map((holiday) => ({ value: holiday.day, text: holidayText(holiday) })),
          }).optional,
        };
  return defineForm({
    id: 'holidays',
    title: 'Holidays',
    submit: 'Save',
    meta: holidaysMeta,
    fields: {
      ...chosen,
      others: textField({
        label: 'Other days off',
        hint: 'One per line, like 2026-12-24',
        lines: true,
        max: 1500,
      }).optional,
    },
  });
}
