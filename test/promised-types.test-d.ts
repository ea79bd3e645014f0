/** Do the types say what the code promises? Checked by `tsc`, never run. */
import { expectTypeOf } from 'vitest';
import { z } from 'zod';
import type { SignItem } from '../src/core/charter.ts';
import { missingToSign } from '../src/core/charter.ts';
import type { CriterionProblem, CriterionReading, DefinedCriterion } from '../src/core/define-criterion.ts';
import type { Owed } from '../src/core/worklist.ts';
import { answerForm, charterForm, criterionForm } from '../src/features/agree-charter/forms.ts';
import type { registerForm } from '../src/features/register-pilot/form.ts';
import { defineButton } from '../src/slack/button.ts';
import { choiceField, dayField, personField, textField } from '../src/slack/field.ts';
import { defineForm, type ValuesOf } from '../src/slack/form.ts';
import type { Outcome } from '../src/slack/outcome.ts';
import type { Reply } from '../src/slack/reply.ts';

// A form's declared fields become the types of its values.
const form = defineForm({
  id: 'sample',
  title: 'Sample',
  submit: 'Save',
  meta: z.object({ pilot: z.string(), version: z.number() }),
  fields: {
    name: textField({ label: 'Name' }).required,
    note: textField({ label: 'Note' }).optional,
    start: dayField({ label: 'Start' }).optional,
    owner: personField({ label: 'Owner' }).required,
    role: choiceField({
      label: 'Role',
      choices: [
        { value: 'required', text: 'Required' },
        { value: 'guardrail', text: 'Guardrail' },
      ],
    }).required,
  },
});
type Sample = ValuesOf<(typeof form)['fields']>;
expectTypeOf<Sample>().toEqualTypeOf<{
  name: string;
  note: string | null;
  start: string | null;
  owner: string;
  role: 'required' | 'guardrail';
}>();

type Read = ReturnType<typeof form.read>;
type Good = Extract<Read, { ok: true }>;
type Bad = Extract<Read, { ok: false }>;
expectTypeOf<Good['values']>().toEqualTypeOf<Sample>();
expectTypeOf<Good['meta']>().toEqualTypeOf<{ pilot: string; version: number }>();
expectTypeOf<Sample>().not.toHaveProperty('budget');
expectTypeOf<Bad['errors']>().toEqualTypeOf<Record<string, string>>();
expectTypeOf<Bad>().not.toHaveProperty('values');
expectTypeOf(form.peek({}, 'role')).toEqualTypeOf<'required' | 'guardrail' | null>();
// @ts-expect-error a field that was not declared cannot be looked at
form.peek({}, 'budget');
form.view(
  { pilot: 'P1', version: 1 },
  { channel: null, responseUrl: null },
  { initial: { role: 'required' } },
);
// @ts-expect-error what the form is about is part of it
form.view({ pilot: 'P1' }, { channel: null, responseUrl: null });
// @ts-expect-error only a choice of the list can be chosen at the start
form.view({ pilot: 'P1', version: 1 }, { channel: null, responseUrl: null }, { initial: { role: 'x' } });
// @ts-expect-error only a declared field can be left out
form.view({ pilot: 'P1', version: 1 }, { channel: null, responseUrl: null }, { without: ['budget'] });

// The forms of the product.
expectTypeOf<ValuesOf<(typeof registerForm)['fields']>['name']>().toEqualTypeOf<string>();
expectTypeOf<ValuesOf<(typeof registerForm)['fields']>['sponsor']>().toEqualTypeOf<string | null>();
expectTypeOf<ValuesOf<(typeof registerForm)['fields']>['visibility']>().toEqualTypeOf<
  'workspace' | 'people'
>();
expectTypeOf<ValuesOf<(typeof charterForm)['fields']>['owner']>().toEqualTypeOf<string>();
expectTypeOf<ValuesOf<(typeof answerForm)['fields']>>().toEqualTypeOf<{ reason: string }>();
expectTypeOf(criterionForm.peek({}, 'kind')).toExtend<DefinedCriterion['kind'] | null>();
expectTypeOf(criterionForm.peek({}, 'every')).toExtend<DefinedCriterion['cadence'] | null>();
charterForm.about({})?.meta.only satisfies readonly string[] | undefined;
answerForm.about({})?.meta.answer satisfies 'request-changes' | 'decline' | undefined;

// A button gives back what it carries, or nothing.
const button = defineButton('sign', 'Sign', z.object({ pilot: z.string(), version: z.number() }));
expectTypeOf(button.read('')).toEqualTypeOf<{ pilot: string; version: number } | null>();
// @ts-expect-error a button carries all that it is about
button.element({ pilot: 'P1' });

// What is missing is one of the open items, so that each of them has words.
expectTypeOf(missingToSign).returns.toEqualTypeOf<SignItem[]>();

// A problem carries what its sentence needs, and a reading is either one or the other.
expectTypeOf<Extract<CriterionProblem, { code: 'unit_differs' }>>().toHaveProperty('unit');
expectTypeOf<Extract<CriterionReading, { ok: true }>>().not.toHaveProperty('problems');
expectTypeOf<Extract<Owed, { what: 'record' }>['metrics']>().toEqualTypeOf<readonly string[]>();
expectTypeOf<Extract<Outcome<number>, { kind: 'done' }>['value']>().toEqualTypeOf<number>();
expectTypeOf<Extract<Reply, { do: 'refuse' }>['errors']>().toEqualTypeOf<Record<string, string>>();
