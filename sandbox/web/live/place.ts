/** Which conversation or Home does an address mean, for this person? */
import type { PageApp, PageChannel, PagePerson, PageState } from '../../server/control/page-state.ts';
import type { Address } from './address.ts';

/** What is open. */
export type Place =
  | { kind: 'conversation'; name: string; channel: PageChannel | null; person: PagePerson | null }
  | { kind: 'home'; app: PageApp }
  | { kind: 'nothing'; because: string };

/** The place of an address. */
export function placeOf(state: PageState, address: Address): Place {
  if (address.home !== '') return homeNamed(state, address.home);
  if (address.at === '') return { kind: 'nothing', because: '' };
  return address.at.startsWith('@')
    ? directMessage(state, address.at.slice(1))
    : channelNamed(state, address.at);
}

/** What to write into the address to open a conversation. */
export function nameOfChannel(state: PageState, channel: PageChannel): string {
  return channel.kind === 'im' ? `@${otherIn(state, channel)?.name ?? ''}` : channel.name;
}

/** The other person or bot of a direct message. */
export function otherIn(state: PageState, channel: PageChannel): PagePerson | undefined {
  const other = channel.members.find((member) => member !== state.me) ?? state.me;
  return state.people.find(({ id }) => id === other);
}

/** Where a person who has not said anything is taken to. */
export function firstPlace(state: PageState): Partial<Address> {
  const own = state.channels.filter((channel) => channel.kind === 'channel' && channel.isMember);
  const urgent = state.channels.find((channel) => channel.kind === 'im' && channel.mentions > 0);
  const channel = urgent ?? own.find(({ unread }) => unread > 0) ?? own[0];
  return channel === undefined ? {} : { at: nameOfChannel(state, channel) };
}

function homeNamed(state: PageState, name: string): Place {
  const app = state.apps.find((candidate) => candidate.name === name || candidate.id === name);
  if (app?.homeTab !== true) return { kind: 'nothing', because: `There is no Home of "${name}" here.` };
  return { kind: 'home', app };
}

function directMessage(state: PageState, handle: string): Place {
  const person = state.people.find(({ name, id }) => name === handle || id === handle);
  if (person === undefined) return { kind: 'nothing', because: `There is no @${handle} here.` };
  const channel = state.channels.find(
    (candidate) => candidate.kind === 'im' && otherIn(state, candidate)?.id === person.id,
  );
  return { kind: 'conversation', name: `@${person.name}`, channel: channel ?? null, person };
}

function channelNamed(state: PageState, name: string): Place {
  const channel = state.channels.find((candidate) => candidate.name === name || candidate.id === name);
  if (channel === undefined) {
    const me = state.people.find(({ id }) => id === state.me);
    return { kind: 'nothing', because: `${me?.realName ?? 'This person'} cannot see #${name}.` };
  }
  return { kind: 'conversation', name: channel.name, channel, person: null };
}
