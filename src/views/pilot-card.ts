/** What does a pilot look like as the living card in its channel? */
import type { Condition } from '../core/condition.ts';
import { type Day, dayOf } from '../core/day.ts';
import type { FirstAgreed } from '../core/first-agreed.ts';
import { isWatched, type Stage } from '../core/pilot.ts';
import { type PilotFacts, versionInForce } from '../core/pilot-facts.ts';
import type { Restated } from '../core/restated.ts';
import type { SponsorRecord } from '../core/sponsor.ts';
import type { CriterionStanding, Standing } from '../core/standing.ts';
import { type Block, type Message, message, paragraph } from '../slack/blocks.ts';
import { shorten } from '../slack/limits.ts';
import { bold, type Line, plainLine } from '../slack/text.ts';
import * as buttons from './buttons.ts';
import { conditionText } from './condition-text.ts';
import { standingLine } from './criterion-text.ts';
import { dayText, weekdayText } from './day-text.ts';
import { type PauseShown, pausedLine } from './pause-text.ts';
import { restatedWords } from './restated-text.ts';
import { type SponsorshipShown, sponsorshipLine } from './sponsor-text.ts';
import { type StandingShown, standingText } from './stall-text.ts';

/** What a card is drawn from. */
export interface CardFacts {
  readonly facts: PilotFacts;
  readonly standing: Standing;
  readonly names: ReadonlyMap<string, string>;
  readonly today: Day;
  /** IANA zone of the reader. */
  readonly zone: string;
  readonly command: string;
  /** What the programme office is called here. */
  readonly office?: string;
  /** What was corrected of the numbers that count, by the id of the criterion. */
  readonly restated?: ReadonlyMap<string, Restated>;
  /** What was agreed first, where something else counts now. */
  readonly first?: FirstAgreed;
  /** Whoever signed the version that counts, by name. */
  readonly signedBy?: string | null;
  /** Where it stands beside its numbers, where something is in the way. */
  readonly stuck?: StandingShown | null;
  /** What must still be done of a go. */
  readonly conditions?: readonly Condition[];
  /** What was answered about its sponsor; left out once it is signed, where only those who work on it read it. */
  readonly sponsorAnswers?: SponsorRecord;
  /** How its sponsor stands behind it: in private answers to those who work on it only. */
  readonly sponsorship?: SponsorshipShown;
  /** The pause that runs, if one does. */
  readonly pause?: (PauseShown & { readonly sinceDay: Day }) | null;
}

/** The stage in a word people use. */
const STAGE_WORDS: Readonly<Record<Stage, string>> = {
  select: 'agreeing on success',
  build: 'building',
  measure: 'measuring',
  deploy: 'going live',
  expand: 'live',
  stopped: 'stopped',
};

/** A person by name; the id where the name is not known. */
export const nameOf = (names: ReadonlyMap<string, string>, id: string | undefined | null): string =>
  id === undefined || id === null ? 'nobody yet' : (names.get(id) ?? id);

/** What a form is about, above its fields: a form on a phone covers the card it was opened from. */
export const aboutPilot = (name: string, ...lines: readonly Line[]): Block[] => [
  paragraph([[bold(name)], ...lines]),
];

/** Where the charter stands, in a few words for titles and lists. */
export function statusWords(facts: PilotFacts): string {
  return isWatched(facts.pilot) ? `watch only · ${charterWords(facts)}` : charterWords(facts);
}

function charterWords(facts: PilotFacts): string {
  if (facts.pilot.stage === 'stopped') return 'stopped';
  if (facts.pilot.pausedSince !== null) return 'paused';
  const { status, n } = facts.charter;
  if (status === 'signed') return STAGE_WORDS[facts.pilot.stage];
  const what = n === 1 ? 'charter' : `version ${n}`;
  switch (status) {
    case 'asked':
      return `${what} waits for signature`;
    case 'changes_requested':
      return `${what}: changes requested`;
    case 'declined':
      return `${what} declined`;
    default:
      return n === 1 ? 'draft' : `${what} in draft`;
  }
}

/** Title and notification: the name, and where it stands. */
export const titleOf = (facts: PilotFacts): string => `${facts.pilot.name} · ${statusWords(facts)}`;

/** The card in the pilot's channel, and the private answer to *show*: what was agreed, what is measured, the word. */
export function pilotCard(
  card: CardFacts,
  look: { readonly working: boolean; readonly more?: readonly Block[] },
): Message {
  const { facts, standing, names, today } = card;
  const { pilot, holders } = facts;
  const inForce = versionInForce(facts);
  const shown = standing.criteria.slice(0, 12);
  const hidden = standing.criteria.length - shown.length;
  const { outcome, decision } = inForce.fields;
  // Before the signature nothing is agreed yet.
  const agreed = facts.signed === null ? 'proposed' : 'agreed';
  const lineOf = (entry: CriterionStanding): Line =>
    standingLine(entry, today, agreed, restatedNote(card, entry));
  const lines: Line[] = [
    ...watchedLines(facts),
    ...(card.pause === undefined || card.pause === null ? [] : [pausedLine(card.pause, today)]),
    ...stuckLines(card),
    ...(outcome === null ? [] : [shorten(outcome, 400)]),
    [
      bold('Sponsor: '),
      nameOf(names, holders.sponsor),
      '   ',
      bold('Owner: '),
      nameOf(names, holders.owner),
      ...(pilot.unit === null ? [] : ['   ', bold('Unit: '), pilot.unit]),
    ],
    ...(card.sponsorship === undefined ? [] : [sponsorshipLine(card.sponsorship, today)]),
    ...shown.map(lineOf),
    ...(hidden > 0 ? [`and ${hidden} more; Read all shows ${hidden === 1 ? 'it' : 'them'}`] : []),
    ...(standing.criteria.length === 0 ? ['No criteria yet.'] : []),
    ...(decision === null ? [] : [[bold('Decision: '), weekdayText(decision, today)] as Line]),
    ...(card.conditions ?? [])
      .slice(0, 3)
      .map((condition): Line => [bold('Condition: '), conditionText(condition, today)]),
    ...amendmentLines(facts),
  ];
  const lead = shown.find(isWorst(standing)) ?? shown[0];
  const about = { pilot: pilot.id };
  return message({
    notice: `${titleOf(facts)}${lead === undefined ? '' : `. ${plainLine(lineOf(lead))}`}`,
    title: titleOf(facts),
    lines,
    buttons: [
      [
        ...(look.working && facts.metrics.length > 0 ? [buttons.recordValues.element(about)] : []),
        buttons.readAll.element(about),
        ...(facts.metrics.length > 0
          ? [buttons.seeValues.element(about), buttons.howComputed.element(about)]
          : []),
      ],
      look.more ?? [],
    ],
    small: signatureSmall(card),
  });
}

/** While nothing is said about a pilot, whoever may see it reads that. */
export const watchedLines = ({ pilot }: PilotFacts): Line[] =>
  isWatched(pilot) ? [[bold('Watch only: '), 'everything is computed, and nothing is sent about it.']] : [];

/** Where a correction has changed the word, the line says so: nobody is accused of what a wrong number said. */
function restatedNote({ restated, today, zone }: CardFacts, { criterion }: CriterionStanding): string {
  const found = restated?.get(criterion.id);
  return found?.changesVerdict === true ? `; ${restatedWords(found, today, zone)}` : '';
}

function stuckLines({ stuck, facts }: CardFacts): Line[] {
  if (stuck === undefined || stuck === null || facts.pilot.stage === 'stopped') return [];
  const told = standingText(stuck);
  return told === null || facts.pilot.pausedSince !== null
    ? []
    : [[bold(`${told.slice(0, 1).toUpperCase()}${shorten(told.slice(1), 400)}.`)]];
}

function amendmentLines(facts: PilotFacts): Line[] {
  if (facts.signed === null || facts.charter.id === facts.signed.id) return [];
  return [`Version ${facts.charter.n} is being agreed; version ${facts.signed.n} counts until it is signed.`];
}

function signatureSmall({ facts, names, today, zone, signedBy }: CardFacts): string {
  const { signed, pilot } = facts;
  if (signed === null || signed.answeredAt === null) return `${pilot.key} · not signed yet`;
  const day = dayText(dayOf(signed.answeredAt, zone), today);
  return `${pilot.key} · version ${signed.n} signed by ${signedBy ?? nameOf(names, signed.answeredBy)} on ${day}${signed.askedBy === null ? ', outside Pilotage' : ''}`;
}

/** Whether a criterion is what makes the pilot stand where it stands. */
const isWorst =
  ({ worst }: Standing) =>
  ({ criterion, evaluation }: CriterionStanding): boolean =>
    criterion.role !== 'informative' && !('error' in evaluation) && evaluation.verdict === worst;
