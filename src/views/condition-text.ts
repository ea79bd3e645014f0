/** What is read of the conditions of a go, and what is pressed when one is done? */
import type { Condition, ConditionStep } from '../core/condition.ts';
import type { Day } from '../core/day.ts';
import { firstName } from '../core/person.ts';
import { type Block, type Message, message } from '../slack/blocks.ts';
import { shorten } from '../slack/limits.ts';
import { bold, type Line } from '../slack/text.ts';
import * as buttons from './buttons.ts';
import * as caseButtons from './case-buttons.ts';
import { weekdayText } from './day-text.ts';

const MOST = 4;

/** 'Audit of the first month, by Fri 6 Mar'; once its day is over 'overdue since'. */
export const conditionText = ({ words, due }: Condition, today: Day): string =>
  `${shorten(words, 200)}, ${due < today ? 'overdue since' : 'by'} ${weekdayText(due, today)}`;

/** The button that says that it is done. */
export const doneButton = (pilot: string, { id, words }: Condition, nth: number): Block =>
  caseButtons.clearCondition.element(
    { pilot, condition: id },
    { nth, label: `Done: ${shorten(words, 40)}`, spoken: `Condition done: ${words}` },
  );

/** A condition, the pilot it belongs to, and what there is to say of it. */
export interface ConditionTold {
  readonly pilot: { readonly id: string; readonly name: string };
  readonly condition: Condition;
  readonly step: ConditionStep;
}

/** Who reads it: whoever works on the pilot, or whoever answers for it. */
export interface ConditionReader {
  readonly as: 'owner' | 'sponsor';
  readonly today: Day;
  /** By the ids of pilots: whoever the owner reads will hear of it, or the sponsor may ask. */
  readonly others: ReadonlyMap<string, string>;
}

const AFTERWARDS: Readonly<Record<ConditionStep, string>> = {
  soon: 'This is the one reminder before its day.',
  overdue: 'This is the last message about it; it stays on the pilot and under what waits for you.',
};

function titleOf(told: readonly ConditionTold[], today: Day): string {
  const [first] = told;
  if (first === undefined) return 'No condition is open any more';
  const whose = isOfOne(told) ? `${first.pilot.name}: ` : '';
  const isLate = told.every(({ step }) => step === 'overdue');
  if (told.length > 1) return `${whose}${told.length} conditions ${isLate ? 'are overdue' : 'come due'}`;
  const day = weekdayText(first.condition.due, today);
  return `${whose}a condition is ${isLate ? 'overdue since' : 'due by'} ${day}`;
}

const isOfOne = (told: readonly ConditionTold[]): boolean =>
  new Set(told.map(({ pilot }) => pilot.id)).size === 1;

/** What is due, or overdue, in one message; the owner says with one press that it is done. */
export function conditionMessage(told: readonly ConditionTold[], reader: ConditionReader): Message {
  const { as, today, others } = reader;
  const shown = told.slice(0, MOST);
  const rest = told.length - shown.length;
  const title = titleOf(told, today);
  const isOne = isOfOne(told);
  const [first] = shown;
  const other = others.get(first?.pilot.id ?? '');
  const isLate = shown.some(({ step }) => step === 'overdue');
  const isMixed = isLate && shown.some(({ step }) => step === 'soon');
  const pilots = [...new Map(shown.map(({ pilot }) => [pilot.id, pilot])).values()];
  const notice = first === undefined ? title : `${title}. ${shorten(first.condition.words, 120)}`;
  const lines: Line[] = [
    ...shown.map(
      ({ pilot, condition }): Line => [
        bold(isOne ? 'Condition: ' : `${pilot.name}: `),
        `${conditionText(condition, today)}.`,
      ],
    ),
    ...(rest > 0 ? [`and ${rest} more${as === 'owner' ? ' under what waits for you' : ''}`] : []),
    ...(as === 'sponsor'
      ? [
          `It was set with the go. ${other === undefined ? 'Whoever owns the pilot' : other} was asked; nothing is needed from you. You hear of it once.`,
        ]
      : [
          ...(isLate && other !== undefined
            ? [`${other}, the sponsor, reads it a working day later, unless it is done by then.`]
            : []),
          ...(isMixed ? [] : [AFTERWARDS[isLate ? 'overdue' : 'soon']]),
        ]),
  ];
  const acts =
    as === 'owner'
      ? shown.map(({ pilot, condition }, nth) => doneButton(pilot.id, condition, nth))
      : pilots.map(({ id, name }, nth) =>
          buttons.askOwner.element(
            { pilot: id },
            {
              nth,
              label: isOne ? `Ask ${firstName(others.get(id) ?? 'owner')}` : `Ask: ${shorten(name, 40)}`,
              spoken: `Ask the owner of ${name}`,
            },
          ),
        );
  return message({
    notice,
    title,
    lines,
    buttons: [
      acts,
      [
        ...pilots
          .slice(0, 1)
          .map(({ id, name }) => buttons.readAll.element({ pilot: id }, { spoken: `Read all of ${name}` })),
        buttons.preferences.element({ about: 'me' }),
      ],
    ],
  });
}
