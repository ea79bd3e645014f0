/** What do people read when somebody with a role, or a channel in use, is gone? */
import type { Unfit } from '../core/person.ts';
import { type Pilot, ROLES, type Role } from '../core/pilot.ts';
import type { PilotFacts } from '../core/pilot-facts.ts';
import { answersFor } from '../core/roles.ts';
import { type Message, message } from '../slack/blocks.ts';
import { bold, type Line } from '../slack/text.ts';
import * as buttons from './buttons.ts';
import { ROLE_WORDS } from './hand-over-text.ts';
import { asSubject } from './refusal-text.ts';

const MOST_PILOTS = 10;

const WHY: Readonly<Record<Unfit, string>> = {
  deactivated: 'is not in Slack any more',
  guest: 'is a guest here now, and guests cannot decide',
  external: 'belongs to another company now',
  bot: 'is an app, and nobody signs for an app',
};

/** Why somebody cannot hold a role any more, in a sentence. */
const goneText = (name: string, why: Unfit): string => `${name} ${WHY[why]}`;

/** Who is asked meanwhile in one pilot. */
function meanwhile(
  { holders, charter }: PilotFacts,
  roles: readonly Role[],
  there: ReadonlySet<string>,
  names: ReadonlyMap<string, string>,
): string {
  const role = roles.find((one) => one === 'owner' || one === 'sponsor');
  if (role !== 'owner' && role !== 'sponsor') return 'nothing waits for them';
  const instead = answersFor(role, holders, (id) => there.has(id));
  if (instead !== null) return `${names.get(instead) ?? instead} is asked meanwhile`;
  if (role === 'owner') return 'nobody is asked for check-ins';
  return charter.status === 'asked' ? 'the request to sign waits' : 'nobody decides';
}

/** One message about everything somebody leaves behind that concerns the reader. */
export function goneMessage(about: {
  readonly gone: { readonly id: string; readonly name: string; readonly why: Unfit };
  readonly pilots: readonly PilotFacts[];
  readonly there: ReadonlySet<string>;
  readonly names: ReadonlyMap<string, string>;
  readonly office: string;
  readonly isOffice: boolean;
  readonly reader: string;
}): Message {
  const { gone, pilots, there, names, office, isOffice, reader } = about;
  const shown = pilots.slice(0, MOST_PILOTS);
  const lines = shown.map((facts): Line => {
    const held = ROLES.filter((role) => facts.holders[role] === gone.id);
    const what = held.map((role) => ROLE_WORDS[role]).join(', ');
    return [bold(`${facts.pilot.name}: `), `${what}; ${meanwhile(facts, held, there, names)}`];
  });
  const rest = pilots.length - shown.length;
  const mayGive = (facts: PilotFacts) => facts.holders.owner === gone.id && facts.holders.backup === reader;
  const [own] = pilots.filter(mayGive);
  const first = pilots[0]?.pilot.name ?? '';
  const what = pilots.length === 1 ? first : `${pilots.length} pilots`;
  const why = goneText(gone.name, gone.why);
  const whoCan =
    isOffice || own !== undefined ? 'Name somebody else.' : `${asSubject(office)} names somebody else.`;
  return message({
    notice: `${why}. ${what} ${pilots.length === 1 ? 'needs' : 'need'} somebody else.`,
    title: `Who takes over from ${gone.name}?`,
    lines: [
      `${why}. ${whoCan}`,
      ...lines,
      ...(rest > 0 ? [`and ${rest} more`] : []),
      'Until then nothing is decided by itself.',
    ],
    buttons: [
      [
        ...(isOffice ? [buttons.handOverFrom.element({ from: gone.id }, { style: 'primary' })] : []),
        ...(!isOffice && own !== undefined
          ? [buttons.handOver.element({ pilot: own.pilot.id }, { style: 'primary' })]
          : []),
        buttons.preferences.element({ about: 'me' }),
      ],
    ],
  });
}

/** To whoever has a card or a digest in a channel that was archived. */
export function archivedMessage(about: {
  readonly channel: string;
  readonly pilots: readonly Pick<Pilot, 'id' | 'name'>[];
  readonly digest: boolean;
  readonly command: string;
}): Message {
  const { channel, pilots, digest, command } = about;
  const shown = pilots.slice(0, 4);
  const names = pilots.map(({ name }) => name);
  const cards =
    names.length === 0
      ? []
      : [
          `The ${names.length === 1 ? 'card' : 'cards'} of ${names.slice(0, MOST_PILOTS).join(', ')} ${names.length === 1 ? 'does' : 'do'} not change there any more. Choose another channel under Edit charter, or have this one unarchived.`,
        ];
  return message({
    notice: `${channel} is archived. ${names.length > 0 ? `Choose another channel for ${names.slice(0, 3).join(', ')}.` : 'Its weekly digest has nowhere to go.'}`,
    title: `${channel} is archived`,
    lines: [
      ...cards,
      ...(digest
        ? [
            `Its weekly digest is not posted any more. ${command} digest here in another channel starts it there.`,
          ]
        : []),
    ],
    buttons: [
      [
        ...shown.map(({ id, name }, nth) =>
          buttons.editCharter.element(
            { pilot: id },
            {
              nth,
              spoken: `Edit charter: ${name}`,
              ...(pilots.length > 1 ? { label: `Edit ${name}` } : {}),
            },
          ),
        ),
        buttons.preferences.element({ about: 'me' }),
      ],
    ],
  });
}
