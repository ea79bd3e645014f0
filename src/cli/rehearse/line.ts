/** What does one line of a rehearsal say, and in which order do lines of the same instant stand? */
import { Temporal } from 'temporal-polyfill';

/** The kinds of lines, in the order in which they stand within one instant. */
const TYPES = ['refused', 'decision', 'state', 'message', 'update', 'held', 'dropped'] as const;

/** Something that happened. */
export interface Happened {
  /** Epoch ms. */
  readonly at: number;
  readonly type: (typeof TYPES)[number];
  /** `@person` or `#channel`; null where nobody is addressed. */
  readonly to: string | null;
  /** The key of the pilot it is about, or null. */
  readonly pilot: string | null;
  readonly kind: string;
  readonly text: string | null;
  readonly cause: string;
  /** The thread it stands in; orders messages, and is not printed. */
  readonly thread?: string;
}

/**
 * Lines in an order that does not depend on which of several calls was answered first: by time, by kind, by whom they go
 * to; what goes to one place stays in the order in which it was sent.
 */
export function inOrder(lines: readonly Happened[]): Happened[] {
  const rank = (line: Happened) => TYPES.indexOf(line.type);
  return lines.toSorted(
    (one, other) =>
      one.at - other.at ||
      rank(one) - rank(other) ||
      compare(one.to ?? '', other.to ?? '') ||
      compare(one.thread ?? '', other.thread ?? ''),
  );
}

/** By code units, which is the same on every machine. */
function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

/** The line as JSON, its time as the clock on the wall shows it in a zone, with the offset. */
export function lineText({ at, type, to, pilot, kind, text, cause }: Happened, zone: string): string {
  const time = timeText(at, zone);
  return `${JSON.stringify({ at: time, type, to, pilot, kind, text, cause })}\n`;
}

/** An instant as `2026-01-15T09:00:00+01:00`. */
export const timeText = (at: number, zone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(at).toString({ timeZone: zone, smallestUnit: 'second' });
