/** What does the form ask about how a sponsor stands behind a pilot? */
import { z } from 'zod';
import type { Day } from '../../core/day.ts';
import { dayOf } from '../../core/day.ts';
import type { PilotFacts } from '../../core/pilot-facts.ts';
import { reasonFor, SPONSOR_TESTS, type SponsorRecord, type SponsorTest } from '../../core/sponsor.ts';
import type { View } from '../../slack/blocks.ts';
import { choiceField, textField } from '../../slack/field.ts';
import { defineForm, type ValuesOf } from '../../slack/form.ts';
import { dayText } from '../../views/day-text.ts';
import { aboutPilot, nameOf } from '../../views/pilot-card.ts';
import { answersText, TEST_WORDS } from '../../views/sponsor-text.ts';
import type { Scene } from '../feature.ts';

const test = (name: SponsorTest) =>
  choiceField({
    label: TEST_WORDS[name].asked,
    choices: [
      { value: 'yes', text: 'Yes' },
      { value: 'no', text: 'No' },
      { value: 'unknown', text: 'Not known' },
    ],
  }).required;

/** Five questions, and the reason where one of the first two is answered with no. */
export const sponsorForm = defineForm({
  id: 'about-sponsor',
  title: 'About the sponsor',
  submit: 'Save',
  meta: z.object({
    pilot: z.string(),
    /** Whom it is about, and the answers that were shown: somebody else's answers meanwhile make the form old. */
    sponsor: z.string(),
    shown: z.string(),
  }),
  fields: {
    business_side: test('business_side'),
    benefiting_unit: test('benefiting_unit'),
    profit_and_loss: test('profit_and_loss'),
    budget_authority: test('budget_authority'),
    measured_on_outcome: test('measured_on_outcome'),
    reason: textField({
      label: 'Why this sponsor',
      hint: 'Needed where one of the first two is No. It stands on the charter',
      lines: true,
      max: 500,
    }).optional,
  },
});

/** What the form gives. */
export type SponsorValues = ValuesOf<(typeof sponsorForm)['fields']>;

/** What stands in the form for a record. */
export const valuesOf = (record: SponsorRecord): SponsorValues => {
  const chosen = (name: SponsorTest) => {
    const known = record[name];
    if (known === undefined) return 'unknown';
    return known.answer ? 'yes' : 'no';
  };
  return {
    business_side: chosen('business_side'),
    benefiting_unit: chosen('benefiting_unit'),
    profit_and_loss: chosen('profit_and_loss'),
    budget_authority: chosen('budget_authority'),
    measured_on_outcome: chosen('measured_on_outcome'),
    reason: reasonFor(record),
  };
};

/** The state a form was filled from. */
export const markOf = (record: SponsorRecord): string =>
  SPONSOR_TESTS.map((name) => record[name]?.at ?? '').join(' ');

/** The form with what is known, and under each answer who gave it and when. */
export async function sponsorView(scene: Scene, facts: PilotFacts, record: SponsorRecord): Promise<View> {
  const { sponsor = '' } = facts.holders;
  const said = SPONSOR_TESTS.flatMap((name) => record[name]?.by ?? []);
  const names = await scene.people.names(scene.workspace, [sponsor, ...said]);
  const today = dayOf(scene.at, scene.zone);
  const hints = SPONSOR_TESTS.flatMap((name) => {
    const known = record[name];
    return known === undefined ? [] : [[name, knownText(known, names, dayOf(known.at, scene.zone), today)]];
  });
  return sponsorForm.view({ pilot: facts.pilot.id, sponsor, shown: markOf(record) }, scene.place, {
    above: aboutPilot(
      facts.pilot.name,
      `${nameOf(names, sponsor)}, executive sponsor: ${answersText(record)}.`,
    ),
    initial: valuesOf(record),
    hints: Object.fromEntries(hints),
  });
}

/** 'Ana Costa said so on 3 March.' */
function knownText(
  known: NonNullable<SponsorRecord[SponsorTest]>,
  names: ReadonlyMap<string, string>,
  day: Day,
  today: Day,
): string {
  const what = known.isSigned ? 'signed it' : `said ${known.answer ? 'yes' : 'no'}`;
  return `${nameOf(names, known.by)} ${what} on ${dayText(day, today)}`;
}
