/** Which pilots does a digest tell of: all, those of a business unit, those of an owner? */
import { z } from 'zod';
import type { PilotFacts } from '../../core/pilot-facts.ts';
import { mentionedPerson } from '../../slack/text.ts';

/** What a digest is about; both null means everything its readers may see. */
export interface Filter {
  readonly unit: string | null;
  /** The id of a person. */
  readonly owner: string | null;
}

export const EVERYTHING: Filter = { unit: null, owner: null };

const shape = z.object({
  unit: z.string().nullable().catch(null),
  owner: z.string().nullable().catch(null),
});

/** A filter as it is kept; what cannot be read filters nothing. */
export function keptFilter(details: unknown): Filter {
  const read = shape.safeParse(details);
  return read.success ? read.data : EVERYTHING;
}

/** What was typed: the schedule's words, and the filter at their end. `problem` names a filter that cannot be read. */
export function readFilter(text: string): {
  readonly words: string;
  readonly filter: Filter;
  readonly problem: 'unit' | 'owner' | null;
} {
  const found = /^(.*?)(?:^|\s)(unit|owner)(?:\s+(.*))?$/is.exec(text);
  if (found === null) return { words: text, filter: EVERYTHING, problem: null };
  const [, words = '', kind = '', rest = ''] = found;
  const given = rest.trim();
  if (kind.toLowerCase() === 'unit')
    return {
      words: words.trim(),
      filter: { unit: given === '' ? null : given.slice(0, 80), owner: null },
      problem: given === '' ? 'unit' : null,
    };
  const owner = mentionedPerson(given);
  return { words: words.trim(), filter: { unit: null, owner }, problem: owner === null ? 'owner' : null };
}

const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/** Whether a pilot is one the digest tells of. */
export const passes = ({ pilot, holders }: PilotFacts, { unit, owner }: Filter): boolean =>
  (unit === null || (pilot.unit !== null && same(pilot.unit, unit))) &&
  (owner === null || holders.owner === owner);

/** What it is about, after "AI pilots": '', ' of Claims', ' of Ana Costa'. */
export function filterWords({ unit, owner }: Filter, names: ReadonlyMap<string, string>): string {
  if (unit !== null) return ` of ${unit}`;
  return owner === null ? '' : ` of ${names.get(owner) ?? owner}`;
}
