/** What does one line of the journal say, for somebody who looks for a call or delivery? */
import type { JournalEntry } from '../journal.ts';
import { type JsonObject, objectAt, textAt } from '../json.ts';
import type { Parts } from '../parts.ts';

/** A line without what was sent and answered. */
export interface JournalLine extends Omit<JournalEntry, 'request' | 'answer'> {
  /** Id of the person it is about, as far as it says. */
  person: string;
  /** Id of the conversation it is about, as far as it says. */
  channel: string;
}

/** Which lines are wanted. */
export interface Wanted {
  /** Only lines with a number above this one. */
  since?: number;
  /** Only lines with a number below this one. */
  before?: number;
  /** Part of the method's or delivery's name. */
  name?: string;
  /** A person's id. */
  person?: string;
  /** Only what failed or came with a warning. */
  troubled?: boolean;
  /** How many at most, the newest of them. */
  most: number;
}

/** The newest lines that are wanted, oldest first. */
export function journalLines(parts: Parts, wanted: Wanted): JournalLine[] {
  return parts.journal
    .read(wanted.since)
    .map(line)
    .filter((candidate) => fits(candidate, wanted))
    .slice(-wanted.most);
}

/** A whole line: with what was sent and answered. */
export function journalEntry(parts: Parts, n: number): JournalEntry | null {
  return parts.journal.read(n - 1)[0] ?? null;
}

function fits({ n, name, person, failure, warnings }: JournalLine, wanted: Wanted): boolean {
  if (wanted.before !== undefined && n >= wanted.before) return false;
  if (wanted.name !== undefined && !name.toLowerCase().includes(wanted.name.toLowerCase())) return false;
  if (wanted.person !== undefined && person !== wanted.person) return false;
  return wanted.troubled !== true || failure !== null || warnings.length > 0;
}

function line({ request, answer: _, ...entry }: JournalEntry): JournalLine {
  const said = objectAt(request);
  const payload: JsonObject = { ...said, ...objectAt(said['event']) };
  return {
    ...entry,
    person: idOf(payload['user'] ?? payload['user_id']),
    channel: idOf(payload['channel'] ?? payload['channel_id']),
  };
}

function idOf(value: unknown): string {
  return typeof value === 'string' ? value : textAt(objectAt(value)['id']);
}
