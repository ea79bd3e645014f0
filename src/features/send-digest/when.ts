/** On which day of the week and at what time does somebody want a digest, as a form asks it? */
import { readWeekly, WEEKDAYS, type WeeklyRule } from '../../core/schedule.ts';
import { choiceField, textField } from '../../slack/field.ts';
import type { FieldErrors } from '../../slack/form.ts';

/** The two fields; `off` is what not having one is called, `time` the hint. */
export const whenFields = (words: { readonly off: string; readonly time: string }) => ({
  weekday: choiceField({
    label: 'Day',
    choices: [
      ...WEEKDAYS.map((text, index) => ({ value: String(index + 1), text })),
      { value: 'off', text: words.off },
    ],
  }).required,
  time: textField({ label: 'Time', hint: words.time, max: 10 }).required,
});

/** What was chosen: a rule, `off`, or what is wrong. */
export function readWhen(values: {
  readonly weekday: string;
  readonly time: string;
}): { readonly rule: WeeklyRule } | 'off' | { readonly errors: FieldErrors } {
  if (values.weekday === 'off') return 'off';
  const rule = readWeekly(`${WEEKDAYS[Number(values.weekday) - 1]} ${values.time}`);
  return rule === null
    ? { errors: { time: `"${values.time}" is not a time. Write it like 9:00.` } }
    : { rule };
}
