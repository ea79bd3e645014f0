/** Who reads, and what do ids mean to them? */
import type { Parts } from '../parts.ts';

export interface Reader {
  parts: Parts;
  /** IANA zone in which dates are read. */
  tz: string;
}

/** A person's name as others read it. */
export function nameOf(reader: Reader, id: string): string {
  const person = reader.parts.workspace.people.get(id);
  return person === undefined ? `@${id}` : `@${person.realName}`;
}

/** A channel's name as others read it. */
export function channelName(reader: Reader, id: string): string {
  const channel = reader.parts.workspace.channels.get(id);
  return channel === undefined || channel.name === '' ? `#${id}` : `#${channel.name}`;
}
