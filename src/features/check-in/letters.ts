/** What does somebody read on the day a check-in is due, and what does the sponsor read of the question in it? */
import { type CheckInOutcome, checkInOutcomes, nextCheckInStep } from '../../core/check-in.ts';
import type { CheckInForm } from '../../core/check-in-form.ts';
import { type Day, dayOf, startOfDay } from '../../core/day.ts';
import { todayIn } from '../../core/metric.ts';
import { isWatched } from '../../core/pilot.ts';
import type { PilotFacts } from '../../core/pilot-facts.ts';
import { observationsOf } from '../../db/queries/observations.ts';
import { outboxById } from '../../db/queries/outbox.ts';
import { pilotById } from '../../db/queries/pilots.ts';
import {
  askedSince,
  type BlockerRow,
  type CheckInLogRow,
  checkInsOf,
  openBlockers,
} from '../../db/queries/rhythm.ts';
import { type Block, type Message, message } from '../../slack/blocks.ts';
import { bold, type Line } from '../../slack/text.ts';
import { askedElseLine } from '../../views/asked-else-text.ts';
import * as buttons from '../../views/buttons.ts';
import { limitText } from '../../views/criterion-text.ts';
import { periodName, weekdayText } from '../../views/day-text.ts';
import { nameOf } from '../../views/pilot-card.ts';
import { shownValue } from '../../views/value-text.ts';
import { type AskedElse, askedElseFor } from '../asked-else.ts';
import { checkInFacts } from '../check-in-facts.ts';
import type { Letter, LetterAbout, Moment } from '../feature.ts';
import { asked, overLines, VIEWS } from './form.ts';

/** How many pilots one message shows in full. */
const MOST_PILOTS = 6;
const DAY = 24 * 60 * 60 * 1000;

/** One pilot in somebody's message of the day. */
interface Item {
  readonly facts: PilotFacts;
  readonly reminds: boolean;
  readonly done: boolean;
  /** How that day's check-in ended, for the message once its day is over. */
  readonly outcome: CheckInOutcome['outcome'];
  readonly form: CheckInForm;
  readonly blockers: readonly BlockerRow[];
  readonly checkIns: number;
  readonly due: Day;
  /** Whoever else was asked for it, this once. */
  readonly other: { readonly name: string; readonly isBack: boolean } | null;
}

/** What one person's message says of one pilot; null when nothing is theirs there any more. */
export async function itemFor(
  moment: Moment,
  person: string,
  newest: Pick<CheckInLogRow, 'pilot' | 'due' | 'what' | 'at'>,
): Promise<Item | null> {
  const facts = await pilotById(moment.db, moment.workspace, newest.pilot);
  if (facts === null || facts.pilot.pausedSince !== null || facts.pilot.stage === 'stopped') return null;
  // Asked while it was watched only, nobody was told of it.
  if (isWatched(facts.pilot) || newest.at < (facts.pilot.releasedAt ?? 0)) return null;
  const of = { workspace: moment.workspace, pilot: newest.pilot };
  const [rhythm, values, blockers, checkIns, other] = await Promise.all([
    checkInFacts(moment, facts),
    observationsOf(moment.db, moment.workspace, newest.pilot),
    openBlockers(moment.db, of),
    checkInsOf(moment.db, of),
    askedElseFor(moment.db, moment.workspace, newest.pilot, newest.due),
  ]);
  if (rhythm === null) return null;
  // Whoever was asked may not be the one who owes it any more; what was answered is not asked again.
  const owes = rhythm.owner.id === person || rhythm.standIns.some(({ id }) => id === person);
  const isOther = other !== null && other.ended === null && other.person === person;
  if (!owes && !isOther) return null;
  const next = nextCheckInStep(rhythm, moment.at);
  const open = next !== null && next.due === newest.due;
  return {
    facts,
    reminds: newest.what === 'remind',
    done: !open,
    outcome: checkInOutcomes(rhythm, moment.at).find(({ due }) => due === newest.due)?.outcome ?? 'void',
    form: asked(facts, values, person, todayIn(moment.workspaceZone, moment.at), isOther),
    blockers,
    checkIns: checkIns.length,
    due: newest.due,
    other: isOther ? null : await otherOf(moment, other),
  };
}

/** Who else was asked, by name, and whether they have handed it back; null while it is with its owner. */
async function otherOf(moment: Moment, other: AskedElse | null): Promise<Item['other']> {
  if (other === null) return null;
  const isBack = other.ended?.by === other.person;
  if (other.ended !== null && !isBack) return null;
  return { name: nameOf(await moment.people.names(moment.workspace, [other.person]), other.person), isBack };
}

/** What is to come of a pilot, and what is here. */
export function itemLines(item: Item, alone: boolean, today: string): Line[] {
  const { facts, form, blockers } = item;
  const { name } = facts.pilot;
  if (item.done) return [[bold(`${name}: `), 'checked in. Nothing left to do.']];
  const lines: Line[] = alone ? [] : [[bold(name)]];
  for (const { metric, criterion, period, last } of form.fields) {
    const before = last === null ? '' : ` Last ${shownValue(last, metric)};`;
    lines.push([
      bold('From you: '),
      `${metric.name}, ${periodName(period, metric.cadence)}.${before} agreed ${limitText(criterion, metric)}.`,
    ]);
  }
  const here = form.arrived
    .slice(0, 3)
    .map(({ metric, value }) => `${metric.name} ${value === null ? '' : shownValue(value, metric)}`);
  if (here.length > 0) lines.push([bold('Here already: '), here.join('; ')]);
  lines.push(...overLines(form, today));
  if (item.other !== null) lines.push(askedElseLine(item.other.name, item.other.isBack));
  if (form.isOnlyView)
    lines.push(`${form.over.length > 0 ? '' : 'No number is missing. '}One press says how it is going.`);
  for (const blocker of blockers.slice(0, 3)) {
    const by = blocker.neededBy === null ? '' : `, needed by ${weekdayText(blocker.neededBy, today)}`;
    lines.push([bold('Open blocker: '), `${blocker.words}${by}`]);
  }
  return lines;
}

/** The reminder offers to ask somebody else; what was asked of them can be taken back. */
function otherButtons({ facts, due, other, reminds }: Item, nth: number): Block[] {
  const about = { pilot: facts.pilot.id, due };
  const spoken = (words: string) => ({ nth, spoken: `${words}: ${facts.pilot.name}` });
  if (other !== null && !other.isBack) return [buttons.takeBackCheckIn.element(about, spoken('Take back'))];
  return reminds ? [buttons.askSomeoneElse.element(about, spoken('Ask someone else'))] : [];
}

function itemButtons(item: Item, nth: number): Block[] {
  if (item.done) return [];
  const about = { pilot: item.facts.pilot.id };
  const spoken = (words: string) => ({ nth, spoken: `${words}: ${item.facts.pilot.name}` });
  const other = otherButtons(item, nth);
  if (item.form.isOnlyView) {
    const id = `${item.facts.pilot.id}:${item.checkIns}`;
    return [
      ...VIEWS.map(({ value, text }, index) =>
        buttons.quickView.element(
          { ...about, view: value, id },
          { label: text, nth: nth * 10 + index, spoken: `${text}: ${item.facts.pilot.name}` },
        ),
      ),
      buttons.checkIn.element(about, { ...spoken('Say more'), label: 'Say more' }),
      ...other,
    ];
  }
  return [
    buttons.checkIn.element(about, { ...spoken('Check in'), style: 'primary' }),
    buttons.raiseBlocker.element(about, spoken('Raise blocker')),
    ...other,
  ];
}

/** The one message of the day: everything that is due, the most at once; drawn again as things are done. */
export const daily: Letter = {
  kind: 'daily',
  repeat: 'at_most_once',
  card: true,
  inHours: true,
  latestOnly: true,
  async draw(moment, about) {
    const [, person = '', day = ''] = about.subject.split(':');
    const today = dayOf(moment.at, moment.zone);
    const entries = await askedSince(moment.db, moment.workspace, person, startOfDay(day, moment.zone));
    const ofDay = entries.filter(
      ({ at, what }) => what !== 'miss' && at < startOfDay(day, moment.zone) + DAY,
    );
    const items = (
      await Promise.all(
        [...Map.groupBy(ofDay, ({ pilot }) => pilot).values()].map((of) => {
          const newest = of.at(-1);
          return newest === undefined ? null : itemFor(moment, person, newest);
        }),
      )
    ).filter((item) => item !== null);
    const open = items.filter(({ done }) => !done);
    if (!about.again && open.length === 0) return { overtaken: 'everything was done by other means' };
    // It may have come later than on its day, when Slack was away: then that day is the one it belongs to.
    const saidOn = today > day ? await dayItWasSaid(moment, about, today) : day;
    if (today > saidOn) return { message: pastMessage(items, day, today), live: false };
    return { message: dailyMessage(items, open, today, today > day ? day : null) };
  },
};

/** What became of the check-in of a day that is over. */
const PAST_WORDS: Readonly<Record<CheckInOutcome['outcome'], string>> = {
  done: 'checked in.',
  late: 'checked in later.',
  covered: 'the numbers came.',
  missed: 'nothing heard. A number can still be recorded.',
  open: 'nothing heard that day. A number can still be recorded.',
  void: 'nothing to do any more.',
};

/** The day on which a message was said; today for one that is about to be. */
async function dayItWasSaid(moment: Moment, about: LetterAbout, today: string): Promise<string> {
  if (!about.again) return today;
  const row = await outboxById(moment.db, moment.workspace, about.id);
  return row?.finishedAt === null || row === null ? today : dayOf(row.finishedAt, moment.zone);
}

/** What remains of the message once its day is over: what was done, and what was not heard. */
function pastMessage(items: readonly Item[], day: string, today: string): Message {
  const lines = items.map((item): Line => [bold(`${item.facts.pilot.name}: `), PAST_WORDS[item.outcome]]);
  const notice = `Check-ins of ${weekdayText(day, today)}`;
  return message({ notice, lines: lines.length === 0 ? [notice] : [[bold(notice)], ...lines] });
}

/** `due` is the day it should have come on, when it comes late. */
function dailyMessage(
  items: readonly Item[],
  open: readonly Item[],
  today: string,
  due: string | null,
): Message {
  const first = open[0] ?? items[0];
  const name = first?.facts.pilot.name ?? '';
  const alone = items.length === 1;
  const reminds = open.length > 0 && open.every((item) => item.reminds);
  const title = titleOf(open, name, reminds, due === null ? null : weekdayText(due, today));
  const shown = items.slice(0, MOST_PILOTS);
  const lines: Line[] = [
    ...shown.flatMap((item) => itemLines(item, alone, today)),
    ...(items.length > shown.length ? [`and ${items.length - shown.length} more on the Home tab`] : []),
    ...(open.length === 0
      ? []
      : [
          reminds
            ? 'This is the last reminder. Stuck, away, or does someone else have the number? Say so.'
            : 'If a number arrives by itself, ignore this.',
        ]),
  ];
  return message({
    notice: open.length === 0 ? 'Checked in. Nothing left to do.' : `${title}. ${numbersText(open)}`,
    title,
    lines,
    buttons: [
      ...shown.map((item, nth) => itemButtons(item, nth)),
      [...(open.length > 0 ? [buttons.away.element({})] : []), buttons.preferences.element({ about: 'me' })],
    ],
  });
}

function titleOf(open: readonly Item[], name: string, reminds: boolean, late: string | null): string {
  if (open.length === 0) return 'Checked in';
  if (open.length > 1) {
    return reminds
      ? `Last reminder: ${open.length} check-ins still to come`
      : `${open.length} check-ins ${late === null ? 'due today' : `were due ${late}`}`;
  }
  if (reminds) return `Last reminder: ${name} is still to come`;
  return `${name}: check-in ${late === null ? 'due today' : `was due ${late}`}`;
}

/** Which numbers are to come, for the notice. */
export function numbersText(open: readonly Pick<Item, 'form'>[]): string {
  const numbers = open.flatMap(({ form }) =>
    form.fields.map(({ metric, period }) => `${metric.name}, ${periodName(period, metric.cadence)}`),
  );
  if (numbers.length === 0) return 'No number is missing; one press is enough.';
  return `${numbers.length === 1 ? 'One number' : `${numbers.length} numbers`}: ${numbers.slice(0, 3).join('; ')}.`;
}
