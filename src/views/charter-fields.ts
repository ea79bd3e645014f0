/** Which fields of the charter are asked on more than one form, and what do they say? */
import { textField } from '../slack/field.ts';

export const charterFields = {
  outcome: textField({
    label: 'Business outcome',
    hint: 'One sentence with a number finance knows: "A claim costs €12.50 or less by April; now €18.40"',
    lines: true,
    max: 500,
  }).optional,
  problem: textField({
    label: 'Problem',
    hint: 'Who loses what today? Two sentences do',
    lines: true,
    max: 3000,
  }).optional,
  rollback: textField({
    label: 'Rollback plan',
    hint: 'How you switch back if it goes wrong, and how fast',
    lines: true,
    max: 2000,
  }).optional,
  budget: textField({ label: 'Budget', hint: 'For example €40,000 until the decision', max: 200 }).optional,
};
