/** What do people read when a role changes hands: whoever gets it, whoever had it, and everybody in the channel? */
import { type Holders, ROLES, type Role } from '../core/pilot.ts';
import type { PassedOn } from '../core/roles.ts';
import { type Block, header, type Message, message, paragraph } from '../slack/blocks.ts';
import { bold, type Line, messageText, plainLine } from '../slack/text.ts';
import * as buttons from './buttons.ts';
import { standingLine } from './criterion-text.ts';
import { weekdayText } from './day-text.ts';
import { pilotsText } from './pause-text.ts';
import { type CardFacts, nameOf } from './pilot-card.ts';

/** A role in the words of a sentence. */
export const ROLE_WORDS: Readonly<Record<Role, string>> = {
  owner: 'owner',
  backup: 'backup owner',
  sponsor: 'executive sponsor',
  delegate: 'delegate',
  production_owner: 'production owner',
};

const ROLE_LABELS: Readonly<Record<Role, { readonly text: string; readonly description: string }>> = {
  owner: { text: 'Owner', description: 'leads the pilot and reports on it' },
  backup: { text: 'Backup owner', description: 'may do what the owner may' },
  sponsor: { text: 'Executive sponsor', description: 'give sponsorship to someone else' },
  delegate: { text: 'Delegate of the sponsor', description: 'signs and decides for the sponsor' },
  production_owner: { text: 'Production owner', description: 'runs it once it is live' },
};

/** The roles as a list to choose from. */
export const ROLE_CHOICES = ROLES.map((value) => ({ value, ...ROLE_LABELS[value] }));

/** Why somebody cannot have a role: one they hold does not go with it. */
export const clashText = (name: string, held: Role, pilot: string): string =>
  held === 'owner' || held === 'sponsor'
    ? `${name} is ${ROLE_WORDS[held]} of ${pilot}. Whoever does the work and whoever answers for the result are two people, and so is whoever stands in. Choose somebody else.`
    : `${name} is ${ROLE_WORDS[held]} of ${pilot}, and the two do not go together. Choose somebody else.`;

const said = (who: string, note: string | null): Line[] =>
  note === null ? [] : [[bold(`${who}: `), `"${note}"`]];

const FROM_NOW = 'What was due before today is not yours; what falls due from now on is.';

/** To the new owner: the note above the card that stays with them. */
export function ownerMessage(pilot: string, who: string, note: string | null, card: Message): Message {
  const title = `You own ${pilot} now`;
  const lines: Line[] = [`${who} handed it over to you.`, ...said(who, note), FROM_NOW];
  const blocks: Block[] = [header(title), paragraph(lines)];
  return {
    text: messageText([
      `${title}. ${plainLine(lines[0] ?? '')}`,
      ...lines.slice(1).map(plainLine),
      card.text,
    ]),
    blocks: [...blocks, ...card.blocks],
  };
}

/** To whoever has any other role now. */
export function roleMessage(
  card: CardFacts,
  role: Exclude<Role, 'owner'>,
  who: string,
  note: string | null,
): Message {
  const { facts, names } = card;
  const { pilot, holders } = facts;
  const titles: Readonly<Record<typeof role, string>> = {
    backup: `You are backup owner of ${pilot.name} now`,
    sponsor: `You sponsor ${pilot.name} now`,
    delegate: `You sign and decide for ${nameOf(names, holders.sponsor)} on ${pilot.name} now`,
    production_owner: `You run ${pilot.name} once it is live`,
  };
  const told: Readonly<Record<typeof role, readonly Line[]>> = {
    backup: [
      `You may do everything ${nameOf(names, holders.owner)}, its owner, may, and are asked while they are away.`,
    ],
    sponsor: sponsorLines(card),
    delegate: [
      `What waits for ${nameOf(names, holders.sponsor)} can be answered by you; it is shown as you for ${nameOf(names, holders.sponsor)}.`,
    ],
    production_owner: [
      'You answer for uptime, incidents and improvement once it is live. Nothing is asked of you before.',
    ],
  };
  const lines: Line[] = [`${who} named you.`, ...said(who, note), ...told[role]];
  return message({
    notice: `${titles[role]}. ${who} named you.`,
    title: titles[role],
    lines,
    buttons: [
      [
        buttons.readAll.element({ pilot: pilot.id }),
        buttons.showWaiting.element({}),
        buttons.preferences.element({ about: 'me' }),
      ],
    ],
  });
}

/** What a new sponsor takes over: the promise, how it stands, the day it is decided, and that nothing is to be signed. */
function sponsorLines({ facts, standing, names, today }: CardFacts): Line[] {
  const { signed, charter, holders } = facts;
  const decision = (signed ?? charter).fields.decision;
  return [
    ...standing.criteria
      .filter(({ criterion }) => criterion.role !== 'informative')
      .slice(0, 4)
      .map((entry) => standingLine(entry, today, signed === null ? 'proposed' : 'agreed')),
    ...(decision === null ? [] : [[bold('You decide: '), weekdayText(decision, today)] as Line]),
    [bold('Owner: '), nameOf(names, holders.owner)],
    signed === null
      ? `Nothing is signed yet; ${nameOf(names, holders.owner)} asks you when it is ready.`
      : `Version ${signed.n}, signed by ${nameOf(names, signed.answeredBy)}, counts; there is nothing to sign.`,
    FROM_NOW,
  ];
}

/** To whoever had the role: it is somebody else's now. */
export function roleGoneMessage(
  pilot: { readonly id: string; readonly name: string },
  role: Role,
  names: { readonly who: string; readonly to: string | null },
  note: string | null,
): Message {
  const line =
    names.to === null
      ? `You are not ${ROLE_WORDS[role]} of ${pilot.name} any more.`
      : `${names.to} is ${ROLE_WORDS[role]} of ${pilot.name} now, in your place.`;
  return message({
    notice: `${line} ${names.who} said so.`,
    title: `${pilot.name}: handed over`,
    lines: [line, `${names.who} said so. Nothing left to do for you.`, ...said(names.who, note)],
    buttons: [[buttons.preferences.element({ about: 'me' })]],
  });
}

/** To the owner: another sponsor, and what that means for an open request. */
export function sponsorChangedMessage(
  pilot: { readonly id: string; readonly name: string },
  names: { readonly who: string; readonly to: string },
  closed: boolean,
  note: string | null,
): Message {
  const line = `${names.to} sponsors ${pilot.name} now, says ${names.who}.`;
  const next = closed
    ? 'The request to sign is not open any more. Next: ask the new sponsor to sign.'
    : 'What was signed counts on; nothing is to be done.';
  const about = { pilot: pilot.id };
  return message({
    notice: `${line} ${next}`,
    title: `${pilot.name}: another sponsor`,
    lines: [line, ...said(names.who, note), next],
    buttons: [
      [
        ...(closed ? [buttons.askSponsor.element(about, { style: 'primary' })] : []),
        buttons.readAll.element(about),
        buttons.preferences.element({ about: 'me' }),
      ],
    ],
  });
}

/** The line under the card in the channel. */
export const handOverLine = (role: Role, to: string | null, before: string | null): string => {
  const was = before === null ? '' : ` (before: ${before})`;
  return to === null
    ? `There is no ${ROLE_WORDS[role]} any more${was}.`
    : `${to} is ${ROLE_WORDS[role]} now${was}.`;
};

/** One pilot in a plan to hand everything over. */
export interface PlannedPilot {
  readonly name: string;
  readonly passed: Pick<PassedOn, 'given' | 'kept'>;
  /** Names of metrics whose numbers the person types. */
  readonly metrics: readonly string[];
}

/** 'owner, types Cost per claim' */
const givenText = ({ passed, metrics }: PlannedPilot): string =>
  [
    ...passed.given.map((role) => ROLE_WORDS[role]),
    ...(metrics.length === 0 ? [] : [`types ${metrics.join(', ')}`]),
  ].join(', ');

/** Why a role stays where it is. */
function keptText({ name, passed }: PlannedPilot, from: string, to: string): string[] {
  return passed.kept.map(({ role, because }) =>
    because === null
      ? `${name}: only the sponsor names a delegate, so this stays with ${from}`
      : `${name}: ${from} stays ${ROLE_WORDS[role]}, because ${to} is ${ROLE_WORDS[because]}`,
  );
}

/** What would change hands, with the press that does it; `confirm` is that button. */
export function planMessage(
  plan: readonly PlannedPilot[],
  names: { readonly from: string; readonly to: string },
  confirm: readonly Block[],
): Message {
  const moved = plan.filter((pilot) => givenText(pilot) !== '');
  const kept = plan.flatMap((pilot) => keptText(pilot, names.from, names.to));
  const notice =
    moved.length === 0
      ? `${names.from} holds nothing that ${names.to} could take over.`
      : `${names.to} would take over ${pilotsText(moved.length)} from ${names.from}.`;
  const shown = moved.slice(0, 15);
  return message({
    notice,
    lines: [
      [bold(notice)],
      ...shown.map((pilot): Line => [bold(`${pilot.name}: `), givenText(pilot)]),
      ...(moved.length > shown.length ? [`and ${moved.length - shown.length} more`] : []),
      ...(kept.length === 0 ? [] : [bold('This stays:') as Line, ...kept.slice(0, 10)]),
      ...(moved.length === 0
        ? ['Nothing has changed.']
        : [`Nothing has changed yet. ${names.to} is told once, when you press.`]),
    ],
    buttons: moved.length === 0 ? [] : [confirm],
  });
}

/** To whoever has taken everything over. */
export function everythingMessage(
  roles: readonly { readonly name: string; readonly roles: readonly Role[] }[],
  names: { readonly who: string; readonly from: string },
  note: string | null,
): Message {
  const title = `You take over ${pilotsText(roles.length)} from ${names.from}`;
  const shown = roles.slice(0, 15);
  return message({
    notice: `${title}. ${names.who} handed them over.`,
    title,
    lines: [
      `${names.who} handed them over.`,
      ...said(names.who, note),
      ...shown.map(
        (pilot): Line => [bold(`${pilot.name}: `), pilot.roles.map((role) => ROLE_WORDS[role]).join(', ')],
      ),
      ...(roles.length > shown.length ? [`and ${roles.length - shown.length} more`] : []),
      FROM_NOW,
    ],
    buttons: [
      [
        buttons.showWaiting.element({}),
        buttons.showMine.element({}),
        buttons.preferences.element({ about: 'me' }),
      ],
    ],
  });
}

/** To whoever has handed everything over by another's hand. */
export function everythingGoneMessage(
  names: { readonly who: string; readonly to: string },
  count: number,
): Message {
  const line = `${names.to} has taken over ${pilotsText(count)} from you; ${names.who} handed them over.`;
  return message({
    notice: line,
    title: 'Your pilots are handed over',
    lines: [line, 'Nothing left to do for you.'],
    buttons: [[buttons.showMine.element({}), buttons.preferences.element({ about: 'me' })]],
  });
}

/** Which roles somebody holds in a pilot, in their usual order. */
export const rolesHeld = (holders: Holders, person: string): Role[] =>
  ROLES.filter((role) => holders[role] === person);
