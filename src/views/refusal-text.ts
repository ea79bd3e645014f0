/** In which words is somebody told that something cannot be done, why, and who could? */

import type { Unfit } from '../core/person.ts';
import type { Act } from '../core/pilot.ts';
import type { Block } from '../slack/blocks.ts';
import { type Message, message, sentence } from '../slack/blocks.ts';

const ACT_WORDS: Readonly<Record<Act, string>> = {
  'check-in': 'check in for',
  'edit-charter': 'change the charter of',
  'ask-sponsor': 'ask for the signature of',
  'answer-request': 'answer the request for',
  'record-value': 'record values of',
  'delete-draft': 'delete the draft of',
  'describe-sponsor': 'say how the sponsor stands behind',
};

/** What the programme office is called, at the beginning of a sentence. */
export const asSubject = (office: string): string => office.replace(/^the /, 'The ');

/** Why somebody may not do something, who can (`office` is what the programme office is called), and that nothing has changed. */
export function notAllowed(
  act: Act,
  pilot: string,
  could: readonly string[],
  why: string,
  office: string,
  more: readonly Block[] = [],
): Message {
  const nobody =
    act === 'answer-request' ? 'Nobody can until another sponsor is named.' : `${asSubject(office)} can.`;
  const who = could.length === 0 ? nobody : `${could.join(' or ')} can.`;
  const line = `You cannot ${ACT_WORDS[act]} ${pilot}. ${who} Nothing has changed.`;
  return message({ notice: line, lines: [line, why], buttons: more.length === 0 ? [] : [more] });
}

/** The same for what is no act of the table; `office` is what the programme office is called: 'You cannot pause Claims triage. Ana Costa can. Nothing has changed.' */
export function cannotText(what: string, could: readonly string[], why: string, office: string): Message {
  const named = could.length === 0 ? asSubject(office) : could.join(' or ');
  const who = `${named} can.`;
  const line = `You cannot ${what}. ${who} Nothing has changed.`;
  return message({ notice: line, lines: [line, why] });
}

const UNFIT_WORDS: Readonly<Record<Unfit, string>> = {
  bot: 'is an app, and nobody signs for an app',
  deactivated: 'is deactivated in Slack',
  guest: 'is a guest here, and guests cannot decide',
  external: 'belongs to another company',
};

/** Why a person cannot hold a role, for the field where they were chosen. */
export const unfitText = (name: string, why: Unfit, role: string): string =>
  `${name} ${UNFIT_WORDS[why]}, so cannot be ${role}. Choose a full member of this workspace.`;

/** Somebody chose themselves, or the same person, for both sides. */
export const ownerIsSponsorText = (name: string): string =>
  `${name} is the owner too. The sponsor answers for the result and the owner for the work; choose two people.`;

/** The state somebody saw is not the state there is. */
export const changedMeanwhile = (pilot: string): Message =>
  sentence(
    `Somebody changed ${pilot} a moment ago, so nothing was saved. Look at its newest card and try again.`,
  );
