/** What does the sponsor read when a charter waits for a signature, and what remains of it afterwards? */
import type { Day } from '../core/day.ts';
import { firstName } from '../core/person.ts';
import type { CharterVersion } from '../core/pilot-facts.ts';
import { criteriaOfVersion } from '../core/pilot-facts.ts';
import type { Message } from '../slack/blocks.ts';
import { message } from '../slack/blocks.ts';
import { menu } from '../slack/button.ts';
import { shorten } from '../slack/limits.ts';
import { bold, type Line } from '../slack/text.ts';
import * as buttons from './buttons.ts';
import { limitText, promiseText, ratesBehind } from './criterion-text.ts';
import { dayText, weekdayText } from './day-text.ts';
import { type CardFacts, nameOf } from './pilot-card.ts';
import { confirmText, refusedText } from './sponsor-text.ts';

/** What a request says when it is asked again: how it opens, what has been so far, and who is asked after this reader. */
export interface AskedAgain {
  readonly opening: string;
  readonly before: string;
  readonly after: string;
}

/** The request as it stands open: one question, the promise, what signing means, and what happens without an answer. */
export function openRequest(card: CardFacts, answerBy: Day, asked: AskedAgain | null = null): Message {
  const { facts, names, today } = card;
  const { charter, pilot, holders } = facts;
  const { sponsorAnswers = {} } = card;
  const refused = refusedText(sponsorAnswers);
  const owner = nameOf(names, charter.askedBy ?? holders.owner);
  const metrics = new Map(facts.metrics.map((metric) => [metric.id, metric]));
  const criteria = criteriaOfVersion(facts, charter.n).flatMap((criterion) => {
    const metric = metrics.get(criterion.metric);
    return metric === undefined ? [] : [{ criterion, metric }];
  });
  const required = criteria.filter(({ criterion }) => criterion.role === 'required');
  const guardrails = criteria.filter(({ criterion }) => criterion.role === 'guardrail');
  const first = required[0];
  const decision = charter.fields.decision;
  const words = charter.fields.note ?? charter.fields.outcome ?? '';
  const again = charter.n === 1 ? '' : ` (version ${charter.n})`;
  const next =
    holders.delegate === undefined
      ? `${card.office ?? 'the programme office'} asks you.`
      : `${nameOf(names, holders.delegate)}, your delegate, is asked.`;
  const lines: Line[] = [
    ...(asked === null ? [] : [asked.before]),
    ...(words === '' ? [] : [[bold(`${owner}: `), `"${shorten(words, 600)}"`] as Line]),
    ...(charter.fields.note !== null && charter.fields.outcome !== null
      ? [[bold('Outcome: '), shorten(charter.fields.outcome, 400)] as Line]
      : []),
    ...required
      .slice(0, 6)
      .map(({ criterion, metric }) => [bold('Promise: '), promiseText(criterion, metric, today)]),
    ...guardrails
      .slice(0, 6)
      .map(({ criterion, metric }) => [
        bold('Must not get worse: '),
        `${metric.name}, ${limitText(criterion, metric)}${ratesBehind(criterion, metric)}`,
      ]),
    ...(criteria.length > required.slice(0, 6).length + guardrails.slice(0, 6).length
      ? ['More criteria stand under Read all.']
      : []),
    [
      bold('You sign '),
      `that the result is yours${refused === '' ? ' (unit, budget, own goal)' : ''}${decision === null ? '' : `; you decide on ${weekdayText(decision, today)}`}.`,
    ],
    ...(refused === '' ? [] : [[bold('Recorded of you: '), `${refused}.`] as Line]),
    ...(charter.resultsKnown ? ['Numbers were already known when this was written.'] : []),
    [
      bold(`Unsigned on ${weekdayText(answerBy, today)}: `),
      `${facts.signed === null ? 'nothing starts' : `version ${facts.signed.n} keeps counting`}; ${asked?.after ?? next}`,
    ],
  ];
  const about = { pilot: pilot.id, version: charter.n, revision: charter.revision };
  const promise =
    first === undefined
      ? ''
      : `: ${limitText(first.criterion, first.metric)} by ${dayText(first.criterion.deadline, today)}`;
  return message({
    notice: `${asked?.opening ?? ''}${owner} asks you to sign ${pilot.name}${again}${promise}. Answer by ${weekdayText(answerBy, today)}.`,
    title: `${pilot.name}: do you sign this${again}?`,
    lines,
    buttons: [
      [
        buttons.signCharter.element(about, {
          style: 'primary',
          confirm: {
            title: 'Sign this charter?',
            text: confirmText(sponsorAnswers),
            yes: 'Sign charter',
            no: 'Not now',
          },
        }),
        buttons.requestChanges.element(about),
        buttons.declineCharter.element(about),
      ],
      [
        buttons.askOwner.element(
          { pilot: pilot.id },
          { label: `Ask ${firstName(nameOf(names, holders.owner))}` },
        ),
        buttons.readAll.element({ pilot: pilot.id }),
        ...menu([
          buttons.aboutSponsor.choice({ pilot: pilot.id }),
          buttons.preferences.choice({ about: 'me' }),
        ]),
      ],
    ],
  });
}

/** What stands in place of the request once it is no longer open: who answered, when, and that nothing is left to do. */
export function closedRequest(
  card: CardFacts,
  version: CharterVersion | null,
  dayOfAnswer: Day | null,
): Message {
  const { facts, names, today } = card;
  const { pilot } = facts;
  const title = `${pilot.name}: ${closedTitle(version)}`;
  const words = closedWords(version, names, dayOfAnswer === null ? null : dayText(dayOfAnswer, today));
  return message({
    notice: `${title}. ${words}`,
    title,
    lines: [
      words,
      ...(version?.reason === null || version === null
        ? []
        : [[bold('Reason: '), `"${version.reason}"`] as Line]),
    ],
    buttons: [[buttons.readAll.element({ pilot: pilot.id })]],
  });
}

/** The version as far as a request is concerned: another state of it reads as changed since. */
export function versionAsked(version: CharterVersion | null, revision: number): CharterVersion | null {
  if (version === null || answeredThis(version, revision)) return version;
  return { ...version, status: 'draft', reason: null };
}

/** The answer counts one change after the state that was asked about, superseding it one more. */
const answeredThis = (version: CharterVersion, revision: number): boolean =>
  version.status === 'withdrawn' ||
  ((version.status === 'signed' || version.status === 'superseded' || version.answeredAt !== null) &&
    version.revision > revision);

function closedTitle(version: CharterVersion | null): string {
  switch (version?.status) {
    case 'signed':
      return 'signed';
    case 'superseded':
      return 'signed, replaced since';
    case 'changes_requested':
      return 'changes requested';
    case 'declined':
      return 'declined';
    case 'withdrawn':
      return 'request withdrawn';
    case 'draft':
    case 'asked':
      return 'changed, not open';
    default:
      return 'no longer there';
  }
}

function closedWords(
  version: CharterVersion | null,
  names: ReadonlyMap<string, string>,
  day: string | null,
): string {
  const who = nameOf(names, version?.answeredBy);
  const when = day === null ? '' : ` on ${day}`;
  switch (version?.status) {
    case 'signed':
      return `${who} signed version ${version.n}${when}. Nothing left to do.`;
    case 'superseded':
      return `${who} signed version ${version.n}${when}; a newer version has replaced it. Nothing left to do.`;
    case 'changes_requested':
      return `${who} asked for changes${when}. You hear when it is ready again.`;
    case 'declined':
      return `${who} declined${when}. Nothing left to do.`;
    case 'withdrawn':
      return 'The owner took the request back. Nothing left to do.';
    case 'draft':
    case 'asked':
      return 'The charter was changed after you were asked, so this request is not open any more. You get a new one when it is ready.';
    default:
      return 'This charter is no longer there. Nothing left to do.';
  }
}
