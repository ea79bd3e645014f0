/** What is said about a check-in that somebody else was asked for, this once? */
import type { Unfit } from '../core/person.ts';

const UNFIT: Readonly<Record<Unfit, string>> = {
  bot: 'is an app',
  deactivated: 'is deactivated in Slack',
  guest: 'is a guest here',
  external: 'belongs to another company',
};

/** Why somebody cannot be asked, for the field where they were chosen. */
export const unfitToAskText = (name: string, why: Unfit): string =>
  `${name} ${UNFIT[why]}, so cannot be asked for a check-in. Choose a full member of this workspace.`;

/** Whoever decides does not say how the work goes. */
export const decidesText = (name: string, pilot: string): string =>
  `${name} decides about ${pilot}, so somebody else says how it is. Choose another person.`;

/** What a confidential pilot asks for. */
export const notTheirsText = (name: string, pilot: string, command: string): string =>
  `${pilot} is only for people with a role in it, and ${name} has none. Choose another person, or give them a role with ${command} hand-over.`;

/** What the owner reads in their own message meanwhile. */
export const askedElseLine = (who: string, isBack: boolean): string =>
  isBack ? `${who} does not have it, so it is with you again.` : `${who} was asked for it, this once.`;

/** What became of it, for whoever comes to it later. */
export const PAST_ELSE = {
  done: 'checked in. Nothing left to do.',
  over: 'this check-in is over. Nothing left to do.',
} as const;
