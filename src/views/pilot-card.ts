/** What does a pilot look like: as a draft to its owner, and as the living card in its channel? */
import type { SignItem } from '../core/charter.ts';
import { missingToSign } from '../core/charter.ts';
import { type Day, dayOf } from '../core/day.ts';
import type { Stage } from '../core/pilot.ts';
import {
  type CharterVersion,
  criteriaOfVersion,
  type PilotFacts,
  versionInForce,
} from '../core/pilot-facts.ts';
import type { Standing } from '../core/standing.ts';
import type { Block, Message } from '../slack/blocks.ts';
import { message } from '../slack/blocks.ts';
import { shorten } from '../slack/limits.ts';
import { bold, code, type Line } from '../slack/text.ts';
import * as buttons from './buttons.ts';
import { promiseText, standingLine } from './criterion-text.ts';
import { dayText, weekdayText } from './day-text.ts';

/** What a card is drawn from. */
export interface CardFacts {
  readonly facts: PilotFacts;
  readonly standing: Standing;
  readonly names: ReadonlyMap<string, string>;
  readonly today: Day;
  /** IANA zone of the reader. */
  readonly zone: string;
  readonly command: string;
}

/** The stage in a word people use. */
export const STAGE_WORDS: Readonly<Record<Stage, string>> = {
  select: 'agreeing on success',
  build: 'building',
  measure: 'measuring',
  deploy: 'going live',
  expand: 'live',
  stopped: 'stopped',
};

const ITEM_WORDS: Readonly<Record<SignItem, { readonly done: string; readonly open: string }>> = {
  outcome: { done: 'outcome', open: 'The business outcome, in one sentence' },
  sponsor: { done: 'sponsor', open: 'The executive sponsor' },
  start: { done: 'start date', open: 'The day work starts' },
  decision: { done: 'decision date', open: 'The day it is decided' },
  criterion: { done: 'criterion', open: 'One criterion in business numbers' },
  production_owner: { done: 'production owner', open: 'Who runs it in production' },
  rollback: { done: 'way back', open: 'How you switch back' },
};

/** A person by name; the id where the name is not known. */
export const nameOf = (names: ReadonlyMap<string, string>, id: string | undefined | null): string =>
  id === undefined || id === null ? 'nobody yet' : (names.get(id) ?? id);

/** Where the charter stands, in a few words for titles and lists. */
export function statusWords(facts: PilotFacts): string {
  if (facts.pilot.stage === 'stopped') return 'stopped';
  const { status, n } = facts.charter;
  if (status === 'signed')
    return facts.pilot.pausedSince === null ? STAGE_WORDS[facts.pilot.stage] : 'paused';
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
const titleOf = (facts: PilotFacts): string => `${facts.pilot.name} · ${statusWords(facts)}`;

/** The card as its owner sees it while the charter is not signed: what is done, what is missing, what to press. */
export function draftCard(card: CardFacts): Message {
  const { facts, names, today } = card;
  const { charter, holders, pilot } = facts;
  const criteria = criteriaOfVersion(facts, charter.n);
  const missing = missingToSign(charter.fields, holders, criteria);
  const done = (Object.keys(ITEM_WORDS) as SignItem[]).filter((item) => !missing.includes(item));
  const sponsor = holders.sponsor === undefined ? 'The sponsor' : nameOf(names, holders.sponsor);
  const later = [
    charter.fields.problem === null ? 'the problem in two sentences' : null,
    pilot.unit === null ? 'the business unit' : null,
    'five selection questions',
    "five functions' views",
  ].filter((item) => item !== null);
  const lines: Line[] = [
    [code(pilot.key), `  ${privacyLine(facts, sponsor)}`],
    ...reasonLines(charter, names),
    ...(done.length > 0
      ? [[bold('Done: '), done.map((item) => ITEM_WORDS[item].done).join(', ')] as Line]
      : []),
    ...criterionPromises(card),
    ...(missing.length > 0
      ? [
          bold(`Before ${holders.sponsor === undefined ? 'the sponsor' : sponsor} can sign:`),
          ...missing.map((item, index) => `${index + 1}. ${ITEM_WORDS[item].open}`),
        ]
      : [`Everything is there. ${sponsor} can be asked to sign.`]),
    [bold('Not recorded yet: '), `${later.join(', ')}. Due before building.`],
  ];
  const next =
    missing.length === 0
      ? 'Next: ask the sponsor to sign.'
      : `Next: ${lowerFirst(ITEM_WORDS[missing[0] as SignItem].open)}.`;
  return message({
    notice: `${pilot.name} is ${charter.status === 'draft' ? 'saved as a draft' : statusWords(facts)}. ${next}`,
    title: titleOf(facts),
    lines,
    buttons: draftButtons(facts, missing),
    small: decisionSmall(charter, today),
  });
}

function privacyLine(facts: PilotFacts, sponsor: string): string {
  return facts.everAsked
    ? `Saved. ${sponsor} sees the change when you ask again.`
    : `Only you and the programme office see it. ${sponsor} is told when you ask for the signature.`;
}

function reasonLines(charter: CharterVersion, names: ReadonlyMap<string, string>): Line[] {
  if (charter.reason === null) return [];
  const who = nameOf(names, charter.answeredBy);
  const what = charter.status === 'declined' ? 'declined' : 'asked for changes';
  return [[bold(`${who} ${what}: `), `"${charter.reason}"`]];
}

function draftButtons(facts: PilotFacts, missing: readonly SignItem[]): Block[][] {
  const about = { pilot: facts.pilot.id };
  const add = buttons.addCriterion.element(about, missing.includes('criterion') ? { style: 'primary' } : {});
  const ask = buttons.askSponsor.element(about, missing.length === 0 ? { style: 'primary' } : {});
  const first = missing.length === 0 ? [ask, add] : [add, ask];
  const record = facts.metrics.length > 0 ? [buttons.recordValues.element(about)] : [];
  const remove = facts.everAsked
    ? []
    : [
        buttons.deleteDraft.element(about, {
          confirm: {
            title: 'Delete this draft?',
            text: `${facts.pilot.name} and its criteria are gone then, and the key ${facts.pilot.key} is not used again.`,
            yes: 'Delete draft',
            no: 'Keep it',
          },
        }),
      ];
  return [
    [...first, buttons.editCharter.element(about)],
    [...record, buttons.readAll.element(about), ...remove],
  ];
}

function criterionPromises({ facts, today }: CardFacts): Line[] {
  const metrics = new Map(facts.metrics.map((metric) => [metric.id, metric]));
  return criteriaOfVersion(facts, facts.charter.n)
    .slice(0, 8)
    .flatMap((criterion) => {
      const metric = metrics.get(criterion.metric);
      if (metric === undefined) return [];
      const label = criterion.role === 'guardrail' ? 'Must not get worse: ' : 'Promise: ';
      return [[bold(label), promiseText(criterion, metric, today)]];
    });
}

const decisionSmall = (charter: CharterVersion, today: Day): string =>
  charter.fields.decision === null
    ? 'No decision date yet'
    : `Decision on ${weekdayText(charter.fields.decision, today)}`;

/** The card in the pilot's channel, and the private answer to *show*: what was agreed, what is measured, the word. */
export function pilotCard(card: CardFacts, look: { readonly working: boolean }): Message {
  const { facts, standing, names, today } = card;
  const { pilot, holders } = facts;
  const inForce = versionInForce(facts);
  const shown = standing.criteria.slice(0, 12);
  const hidden = standing.criteria.length - shown.length;
  const { outcome, decision } = inForce.fields;
  const lines: Line[] = [
    ...(outcome === null ? [] : [shorten(outcome, 400)]),
    [
      bold('Sponsor: '),
      nameOf(names, holders.sponsor),
      '   ',
      bold('Owner: '),
      nameOf(names, holders.owner),
      ...(pilot.unit === null ? [] : ['   ', bold('Unit: '), pilot.unit]),
    ],
    ...shown.map((entry) => standingLine(entry, today)),
    ...(hidden > 0 ? [`and ${hidden} more; Read all shows them`] : []),
    ...(standing.criteria.length === 0 ? ['No criteria yet.'] : []),
    ...(decision === null ? [] : [[bold('Decision: '), `on ${weekdayText(decision, today)}`] as Line]),
    ...amendmentLines(facts),
  ];
  const first = shown[0];
  const about = { pilot: pilot.id };
  return message({
    notice: `${titleOf(facts)}${first === undefined ? '' : `. ${plainStanding(first, today)}`}`,
    title: titleOf(facts),
    lines,
    buttons: [
      [
        ...(look.working && facts.metrics.length > 0 ? [buttons.recordValues.element(about)] : []),
        buttons.readAll.element(about),
        ...(facts.metrics.length > 0 ? [buttons.seeValues.element(about)] : []),
      ],
    ],
    small: signatureSmall(card),
  });
}

function amendmentLines(facts: PilotFacts): Line[] {
  if (facts.signed === null || facts.charter.id === facts.signed.id) return [];
  return [`Version ${facts.charter.n} is being agreed; version ${facts.signed.n} counts until it is signed.`];
}

function signatureSmall({ facts, names, today, zone }: CardFacts): string {
  const { signed, pilot } = facts;
  if (signed === null || signed.answeredAt === null) return `${pilot.key} · not signed yet`;
  const day = dayText(dayOf(signed.answeredAt, zone), today);
  return `${pilot.key} · version ${signed.n} signed by ${nameOf(names, signed.answeredBy)} on ${day}`;
}

const plainStanding = (entry: Standing['criteria'][number], today: Day): string =>
  (standingLine(entry, today) as readonly (string | { bold: string })[])
    .map((piece) => (typeof piece === 'string' ? piece : piece.bold))
    .join('');

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
