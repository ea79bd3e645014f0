/** What is read before it matters: who could not be reached, where nobody would stand in, and what to press? */
import type { Day } from '../core/day.ts';
import type { Role } from '../core/pilot.ts';
import type { PilotFacts } from '../core/pilot-facts.ts';
import type { Gap } from '../core/preflight.ts';
import { type Block, type Message, message } from '../slack/blocks.ts';
import { shorten } from '../slack/limits.ts';
import { bold, type Line } from '../slack/text.ts';
import * as buttons from './buttons.ts';
import { weekdayText } from './day-text.ts';
import { nameOf } from './pilot-card.ts';

/** One thing in one pilot. */
export interface GapShown {
  readonly facts: Pick<PilotFacts, 'pilot' | 'holders'>;
  readonly gap: Gap;
}

/** Who reads it, and what their words need. */
export interface PreflightReader {
  readonly id: string;
  readonly isOffice: boolean;
  readonly names: ReadonlyMap<string, string>;
  readonly today: Day;
  readonly command: string;
  readonly officeName: string;
  /** Nobody is named as programme office, so what nobody answers goes to the workspace's admins, or to nobody. */
  readonly office: 'named' | 'admins' | 'nobody';
}

const MOST = 4;
const MOST_PILOTS = 6;

/** 'Ana Costa is away from Mon 2 March to Fri 13 March, and nobody stands in.' */
function gapText(
  { facts, gap }: GapShown,
  { names, today, id }: Pick<PreflightReader, 'names' | 'today' | 'id'>,
): string {
  const { owner, sponsor } = facts.holders;
  const on = (day: Day) => weekdayText(day, today);
  switch (gap.why) {
    case 'missing': {
      const nobody = gap.role === 'owner' ? 'nobody owns it' : 'it has no sponsor';
      return gap.person === null ? nobody : `${nameOf(names, gap.person)} is not in the workspace any more`;
    }
    case 'away': {
      const who = gap.person === id ? 'you are' : `${nameOf(names, gap.person)} is`;
      const then = gap.role === 'owner' ? 'nobody stands in' : 'nobody decides meanwhile';
      return `${who} away from ${on(gap.from)} to ${on(gap.until)}, and ${then}`;
    }
    case 'unanswered':
      return `a question to its sponsor has waited since ${on(gap.since)}; somebody else may decide`;
    case 'no_deputy':
      return gap.role === 'owner'
        ? `no backup is named who answers when ${owner === id ? 'you' : nameOf(names, owner)} cannot`
        : `no delegate is named who decides when ${nameOf(names, sponsor)} cannot`;
  }
}

/** Which role has to be filled. */
function remedyOf(gap: Gap): Extract<Role, 'owner' | 'sponsor' | 'backup' | 'delegate'> {
  if (gap.why === 'missing') return gap.role;
  return gap.role === 'owner' ? 'backup' : 'delegate';
}

const REMEDIES = {
  owner: 'Name an owner',
  sponsor: 'Name a sponsor',
  backup: 'Name a backup',
  delegate: 'Name a delegate',
} as const;

function remedyButton({ facts, gap }: GapShown, nth: number, isOnly: boolean): Block {
  const role = remedyOf(gap);
  const { id, name } = facts.pilot;
  return buttons.nameHolder.element(
    { pilot: id, role },
    {
      nth,
      label: isOnly ? REMEDIES[role] : `${REMEDIES[role]}: ${shorten(name, 40)}`,
      spoken: `${REMEDIES[role]}: ${name}`,
      ...(nth === 0 ? ({ style: 'primary' } as const) : {}),
    },
  );
}

/** That nobody is named, or nobody is there, who hears what nobody answers; null where somebody is. */
function officeWords({ office, officeName }: Pick<PreflightReader, 'office' | 'officeName'>): string | null {
  switch (office) {
    case 'named':
      return null;
    case 'admins':
      return `Nobody is named for ${officeName}. Until somebody is, what nobody answers goes to you and the other admins of this workspace.`;
    case 'nobody':
      return `Nobody is there for ${officeName}, so what nobody answers reaches nobody. An admin of this workspace can name its members in the workspace settings.`;
  }
}

/** One thing for each press that mends it: who is named for a leave stands in for good. */
function oncePerRemedy(found: readonly GapShown[]): GapShown[] {
  const seen = new Set<string>();
  return found.filter(({ facts, gap }) => {
    const remedy = `${facts.pilot.id}:${remedyOf(gap)}`;
    const isNew = !seen.has(remedy);
    seen.add(remedy);
    return isNew;
  });
}

/** Everything that would be in the way, in one message; a button for each remedy the reader may press. */
export function preflightMessage(found: readonly GapShown[], reader: PreflightReader): Message {
  const { office, isOffice, command } = reader;
  const forOffice = officeWords(reader);
  const things = oncePerRemedy(found);
  const shown = things.slice(0, MOST);
  const rest = things.length - shown.length;
  const told = shown.map((one): Line => [bold(`${one.facts.pilot.name}: `), `${gapText(one, reader)}.`]);
  const pressable = shown.filter(({ gap }) => isOffice || gap.role === 'owner');
  const [first] = shown;
  const count = things.length + (forOffice === null ? 0 : 1);
  const words =
    first === undefined
      ? `Before it matters. ${forOffice ?? ''}`
      : `${first.facts.pilot.name}, before it matters: ${gapText(first, reader)}.`;
  return message({
    notice: `${words}${count > 1 ? ` ${count - 1} more.` : ''}`,
    title:
      count === 1 ? 'Before it matters: one thing to set up' : `Before it matters: ${count} things to set up`,
    lines: [
      ...told,
      ...(rest > 0 ? [`and ${rest} more${isOffice ? `: ${command} stalls` : ''}`] : []),
      ...(forOffice === null ? [] : [forOffice]),
      'You hear of it again only when something new comes up.',
    ],
    buttons: [
      pressable.map((one, nth) => remedyButton(one, nth, pressable.length === 1)),
      [
        ...(office === 'admins' && isOffice
          ? [buttons.workspaceSettings.element({}, { label: 'Name its members' })]
          : []),
        buttons.preferences.element({ about: 'me' }),
      ],
    ],
  });
}

/** What is told of each pilot, the most urgent first. */
export function gapsByPilot(
  found: readonly GapShown[],
  { today }: Pick<PreflightReader, 'today'>,
): (readonly GapShown[])[] {
  const isTold = ({ gap }: GapShown) => gap.why !== 'unanswered' || gap.tellOn <= today;
  const first = (own: readonly GapShown[]) => own.map(({ gap }) => gap.tellOn).toSorted()[0] ?? '';
  return [...Map.groupBy(found.filter(isTold), ({ facts }) => facts.pilot.id).values()].toSorted(
    (one, other) => (first(one) < first(other) ? -1 : Number(first(one) > first(other))),
  );
}

/** The same for the programme office's page: a line for each pilot, also of what is still to come. */
export function preflightLines(
  found: readonly GapShown[],
  reader: PreflightReader,
  from = 0,
  most = MOST_PILOTS,
): Line[] {
  const byPilot = gapsByPilot(found, reader).slice(from);
  const rest = byPilot.length - most;
  const forOffice = officeWords(reader);
  return [
    ...(forOffice === null ? [] : [forOffice]),
    ...(byPilot.length === 0 ? [] : [bold('Before it matters:') as Line]),
    ...byPilot
      .slice(0, most)
      .map(
        (own): Line => [
          bold(`${own[0]?.facts.pilot.name ?? ''}: `),
          `${own.map((one) => gapText(one, reader)).join('; ')}.`,
        ],
      ),
    ...(rest > 0 ? [`and ${rest} more ${rest === 1 ? 'pilot' : 'pilots'}`] : []),
  ];
}
