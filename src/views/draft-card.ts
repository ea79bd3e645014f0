/** What does the owner see while a charter is being agreed: what is done, what is missing, what to press? */
import { isDeclined, missingToSign, SIGN_ITEMS, type SignItem } from '../core/charter.ts';
import { type Day, dayOf } from '../core/day.ts';
import type { Role } from '../core/evaluate/criterion.ts';
import { isHidden } from '../core/pilot.ts';
import { type CharterVersion, criteriaOfVersion, type PilotFacts } from '../core/pilot-facts.ts';
import { type Block, type Message, message } from '../slack/blocks.ts';
import { menu } from '../slack/button.ts';
import { bold, code, type Line } from '../slack/text.ts';
import * as buttons from './buttons.ts';
import { promiseText } from './criterion-text.ts';
import { weekdayText } from './day-text.ts';
import { type CardFacts, nameOf, titleOf, watchedLines } from './pilot-card.ts';
import { answersText } from './sponsor-text.ts';

interface ItemWords {
  readonly done: string;
  readonly open: string;
  /** What to do about it, after "Next:". */
  readonly next: string;
}

const ITEM_WORDS: Readonly<Record<SignItem, ItemWords>> = {
  outcome: {
    done: 'outcome',
    open: 'The business outcome, in one sentence',
    next: 'write the business outcome, one sentence',
  },
  sponsor: { done: 'sponsor', open: 'The executive sponsor', next: 'name the executive sponsor' },
  start: { done: 'start date', open: 'The day work starts', next: 'say when work starts' },
  decision: { done: 'decision date', open: 'The day it is decided', next: 'say when it is decided' },
  criterion: {
    done: 'criterion',
    open: 'One criterion in business numbers',
    next: 'add a criterion, about a minute',
  },
  production_owner: {
    done: 'production owner',
    open: 'Who runs it in production',
    next: 'say who runs it in production',
  },
  rollback: { done: 'way back', open: 'How you switch back', next: 'say how you switch back' },
};

const ROLE_LABELS: Readonly<Record<Role, string>> = {
  required: 'Promise: ',
  guardrail: 'Must not get worse: ',
  informative: 'For information: ',
};

/** How many promises the card shows; Read all shows every one. */
const MOST_PROMISES = 8;

/** The owner's card of a charter that is not signed. */
export function draftCard(card: CardFacts): Message {
  const { facts, names, today } = card;
  const { charter, holders, pilot } = facts;
  const missing = missingToSign(charter.fields, holders, criteriaOfVersion(facts, charter.n));
  const done = SIGN_ITEMS.filter((item) => !missing.includes(item)).map((item) => ITEM_WORDS[item].done);
  const sponsor = holders.sponsor === undefined ? 'The sponsor' : nameOf(names, holders.sponsor);
  const asked = charter.status === 'asked';
  return message({
    notice: `${pilot.name}${statusSentence(facts, nameOf(names, charter.answeredBy))} ${nextWords(facts, missing, sponsor)}`,
    title: titleOf(facts),
    lines: [
      [code(pilot.key), `  ${stateLine(card, sponsor)}`],
      ...watchedLines(facts),
      ...reasonLines(charter, names),
      ...(done.length > 0 && !asked ? [[bold('Done: '), done.join(', ')] as Line] : []),
      ...promiseLines(card),
      ...missingLines(facts, missing, sponsor),
      ...sponsorLines(card),
      ...laterLines(card),
    ],
    buttons: draftButtons(facts, missing),
    small: decisionSmall(charter, today),
  });
}

/** What follows the name: where the charter stands, as a sentence. `who` answered. */
function statusSentence(facts: PilotFacts, who: string): string {
  const { n, status } = facts.charter;
  const version = n === 1 ? '' : `, version ${n},`;
  switch (status) {
    case 'asked':
      return `${version} waits for the signature.`;
    case 'changes_requested':
      return `: ${who} asks for changes.`;
    case 'declined':
      return `: ${who} declined.`;
    case 'withdrawn':
      return ': the request is taken back.';
    default:
      return `${version} is saved as a draft.`;
  }
}

function nextWords({ charter, holders }: PilotFacts, missing: readonly SignItem[], sponsor: string): string {
  if (charter.status === 'asked') return `${sponsor} has been asked.`;
  if (isDeclined(charter, holders))
    return 'Next: name another sponsor under Edit charter, or leave the pilot.';
  const first = missing[0];
  if (first !== undefined) return `Next: ${ITEM_WORDS[first].next}.`;
  return charter.status === 'changes_requested'
    ? 'Next: change the charter, then ask again.'
    : 'Next: ask the sponsor to sign.';
}

function stateLine({ facts, today, zone, office }: CardFacts, sponsor: string): string {
  const { charter } = facts;
  if (charter.status === 'asked' && charter.askedAt !== null) {
    return `${sponsor} was asked on ${weekdayText(dayOf(charter.askedAt, zone), today)}. You hear as soon as there is an answer.`;
  }
  if (isDeclined(charter, facts.holders)) return 'Nobody is asked to sign it now.';
  if (isHidden(facts.pilot)) return `Only ${office ?? 'the programme office'} sees it until it is released.`;
  return facts.everAsked
    ? `${sponsor} sees changes when you ask again.`
    : `Only you and ${office ?? 'the programme office'} see it. ${sponsor} is told when you ask for the signature.`;
}

function reasonLines(charter: CharterVersion, names: ReadonlyMap<string, string>): Line[] {
  if (charter.reason === null) return [];
  const who = nameOf(names, charter.answeredBy);
  const what = charter.status === 'declined' ? 'declined' : 'asked for changes';
  return [[bold(`${who} ${what}: `), `"${charter.reason}"`]];
}

function promiseLines({ facts, today }: CardFacts): Line[] {
  const metrics = new Map(facts.metrics.map((metric) => [metric.id, metric]));
  const criteria = criteriaOfVersion(facts, facts.charter.n);
  const lines = criteria.slice(0, MOST_PROMISES).flatMap((criterion): Line[] => {
    const metric = metrics.get(criterion.metric);
    if (metric === undefined) return [];
    return [[bold(ROLE_LABELS[criterion.role]), promiseText(criterion, metric, today)]];
  });
  const hidden = criteria.length - lines.length;
  return hidden > 0
    ? [...lines, `and ${hidden} more; Read all shows ${hidden === 1 ? 'it' : 'them'}`]
    : lines;
}

function missingLines(
  { charter, holders }: PilotFacts,
  missing: readonly SignItem[],
  sponsor: string,
): Line[] {
  if (charter.status === 'asked') return [];
  if (missing.length === 0 && isDeclined(charter, holders)) {
    return ['Name another sponsor under Edit charter, or leave the pilot.'];
  }
  if (missing.length === 0) return [`Everything is there. ${sponsor} can be asked to sign.`];
  return [
    bold(`Before ${sponsor === 'The sponsor' ? 'the sponsor' : sponsor} can sign:`),
    ...missing.map((item, index) => `${index + 1}. ${ITEM_WORDS[item].open}`),
  ];
}

/** What was answered about the sponsor, once something was. */
function sponsorLines({ facts, sponsorAnswers = {} }: CardFacts): Line[] {
  if (facts.holders.sponsor === undefined || isEmpty(sponsorAnswers)) return [];
  return [[bold('The sponsor: '), `${answersText(sponsorAnswers)}.`]];
}

const isEmpty = (record: object): boolean => Object.keys(record).length === 0;

/** What is due before building; once a pilot is built there is nothing to say about it. */
function laterLines({ facts, sponsorAnswers = {} }: CardFacts): Line[] {
  if (facts.pilot.stage !== 'select') return [];
  const items = [
    facts.charter.fields.problem === null ? 'the problem in two sentences' : null,
    facts.pilot.unit === null ? 'the business unit' : null,
    facts.holders.sponsor !== undefined && isEmpty(sponsorAnswers)
      ? 'how the sponsor stands behind it'
      : null,
    'five selection questions',
    "five functions' views",
  ].filter((item) => item !== null);
  return [[bold('Not recorded yet: '), `${items.join(', ')}. Due before building.`]];
}

function draftButtons(facts: PilotFacts, missing: readonly SignItem[]): Block[][] {
  const about = { pilot: facts.pilot.id };
  const { charter } = facts;
  const seldom = [
    ...(facts.metrics.length > 0 ? [buttons.recordValues.choice(about)] : []),
    ...(facts.holders.sponsor === undefined ? [] : [buttons.aboutSponsor.choice(about)]),
    buttons.readAll.choice(about),
  ];
  if (charter.status === 'asked') {
    const shown = { ...about, version: charter.n, revision: charter.revision };
    return [
      [
        buttons.withdrawRequest.element(shown),
        buttons.addSentence.element(about),
        buttons.editCharter.element(about),
        ...menu([buttons.addCriterion.choice(about), ...seldom]),
      ],
    ];
  }
  const next = nextPress(facts, missing);
  const look = (press: Press) => (press === next ? ({ style: 'primary' } as const) : {});
  const presses: Readonly<Record<Press, Block>> = {
    add: buttons.addCriterion.element(about, look('add')),
    ask: buttons.askSponsor.element(about, look('ask')),
    edit: buttons.editCharter.element(about, look('edit')),
  };
  const order: readonly Press[] = missing.includes('criterion') ? ['add', 'ask'] : ['ask', 'add'];
  const row: readonly Press[] = next === 'edit' ? ['edit', ...order] : [...order, 'edit'];
  return [[...row.map((press) => presses[press]), ...menu(seldom)], deleteButton(facts)];
}

type Press = 'add' | 'ask' | 'edit';

/** What most owners press now; null where nothing stands out. */
function nextPress({ charter, holders }: PilotFacts, missing: readonly SignItem[]): Press | null {
  if (isDeclined(charter, holders) || charter.status === 'changes_requested') return 'edit';
  if (missing.includes('criterion')) return 'add';
  return missing.length === 0 ? 'ask' : null;
}

function deleteButton(facts: PilotFacts): Block[] {
  if (facts.everAsked) return [];
  const { id, name, key } = facts.pilot;
  const confirm = {
    title: 'Delete this draft?',
    text: `${name} and its criteria are gone then, and the key ${key} is not used again.`,
    yes: 'Delete draft',
    no: 'Keep it',
  };
  return [buttons.deleteDraft.element({ pilot: id }, { confirm })];
}

const decisionSmall = (charter: CharterVersion, today: Day): string =>
  charter.fields.decision === null
    ? 'No decision date yet'
    : `Decision on ${weekdayText(charter.fields.decision, today)}`;
