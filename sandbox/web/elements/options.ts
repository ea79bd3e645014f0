/** What does a menu offer, and how does what was chosen in it read? */

import type { PageChannel, PagePerson, PageState } from '../../server/control/page-state.ts';
import { type JsonObject, objectAt, objectsAt, textAt } from '../../server/json.ts';
import { otherIn } from '../live/place.ts';

/** One entry of a menu. */
export interface Option {
  key: string;
  label: string;
  /** A second line. */
  hint: string;
  group: string;
  /** What goes to the sandbox when it is chosen. */
  value: unknown;
}

/** The element's type without `multi_`. */
export function menuType(element: JsonObject): string {
  return textAt(element['type']).replace('multi_', '');
}

/** The entries of a menu that does not ask the app. */
export function optionsOf(element: JsonObject, state: PageState): Option[] {
  switch (menuType(element)) {
    case 'users_select':
      return state.people.filter(({ deleted }) => !deleted).map((person) => personOption(state, person));
    case 'channels_select':
      return offeredChannels(state, ['public'], false, false);
    case 'conversations_select':
      return filteredConversations(element, state);
    default:
      return staticOptions(element);
  }
}

/** An option object as an entry. */
export function objectOption(option: JsonObject, group = ''): Option {
  return {
    key: `${textAt(option['value'])} ${textAt(objectAt(option['text'])['text'])}`,
    label: textAt(objectAt(option['text'])['text']),
    hint: textAt(objectAt(option['description'])['text']),
    group,
    value: option,
  };
}

/** What was chosen, as an entry: an option object or an id. */
export function chosenOption(chosen: unknown, state: PageState): Option {
  if (typeof chosen !== 'string') return objectOption(objectAt(chosen));
  const person = state.people.find(({ id }) => id === chosen);
  if (person !== undefined) return personOption(state, person);
  const channel = state.channels.find(({ id }) => id === chosen);
  if (channel !== undefined) return channelOption(state, channel);
  return { key: chosen, label: chosen, hint: '', group: '', value: chosen };
}

/** The entries that fit what was typed. */
export function fitting(options: readonly Option[], query: string): Option[] {
  const words = plain(query)
    .split(/\s+/)
    .filter((word) => word !== '');
  return options.filter(({ label, hint }) => {
    const text = plain(`${label} ${hint}`);
    return words.every((word) => text.includes(word));
  });
}

function plain(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
}

function staticOptions(element: JsonObject): Option[] {
  const groups = objectsAt(element['option_groups']).flatMap((group) => {
    const label = textAt(objectAt(group['label'])['text']);
    return objectsAt(group['options']).map((option) => objectOption(option, label));
  });
  return [...objectsAt(element['options']).map((option) => objectOption(option)), ...groups];
}

function filteredConversations(element: JsonObject, state: PageState): Option[] {
  const filter = objectAt(element['filter']);
  const include = Array.isArray(filter['include'])
    ? filter['include'].map(String)
    : ['im', 'private', 'public'];
  const noShared = filter['exclude_external_shared_channels'] === true;
  return offeredChannels(state, include, noShared, filter['exclude_bot_users'] === true);
}

function offeredChannels(
  state: PageState,
  include: readonly string[],
  noShared: boolean,
  noBots: boolean,
): Option[] {
  return state.channels
    .filter((channel) => {
      if (channel.isArchived || (noShared && channel.isExtShared)) return false;
      if (channel.kind === 'im')
        return include.includes('im') && !(noBots && otherIn(state, channel)?.isBot === true);
      return include.includes(channel.isPrivate ? 'private' : 'public');
    })
    .map((channel) => channelOption(state, channel))
    .sort((one, other) => one.group.localeCompare(other.group) || one.label.localeCompare(other.label));
}

function channelOption(state: PageState, channel: PageChannel): Option {
  if (channel.kind === 'im') {
    const other = otherIn(state, channel);
    return {
      key: channel.id,
      label: other?.realName ?? '',
      hint: `@${other?.name ?? ''}`,
      group: 'Direct messages',
      value: channel.id,
    };
  }
  const hint = [channel.isPrivate && 'private', channel.isExtShared && 'shared with another company']
    .filter((word) => word !== false)
    .join(', ');
  return { key: channel.id, label: `#${channel.name}`, hint, group: 'Channels', value: channel.id };
}

function personOption(state: PageState, person: PagePerson): Option {
  const marks = [
    `@${person.name}`,
    person.id === state.me && 'you',
    person.isBot && 'app',
    person.guest !== null && 'guest',
    person.isExternal && 'other company',
    person.deleted && 'deactivated',
  ];
  return {
    key: person.id,
    label: person.realName,
    hint: marks.filter((mark) => mark !== false).join(' · '),
    group: '',
    value: person.id,
  };
}
