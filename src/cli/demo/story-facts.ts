/** From what does the story tell which of its steps have been done? */
import type { LogbookDraft } from '../../core/logbook.ts';

/** One thing to try. */
interface Step {
  readonly id: string;
  readonly text: string;
  readonly as?: string;
  readonly where?: string;
  readonly command?: string;
  /** True once somebody has done it, by whatever way: read from what the app has kept. */
  readonly done: (facts: StoryFacts) => boolean;
}

/** Steps that belong together. */
export interface Chapter {
  readonly title: string;
  readonly steps: readonly Step[];
}

/** What the ticks are read from: what has happened since the demo began. */
export interface StoryFacts {
  readonly entries: readonly {
    readonly kind: LogbookDraft['kind'];
    readonly pilot: string | null;
    readonly body: string;
  }[];
  readonly keys: ReadonlyMap<string, string>;
  /** Digests sent. */
  readonly digests: number;
  /** Check-ins nobody answered in time. */
  readonly missed: number;
  /** Check-ins made after one was missed, on the same pilot. */
  readonly late: number;
  /** Messages of the day sent after the clocks changed. */
  readonly afterClockChange: number;
}

/** Whether something was written down, about one pilot or any. */
export const happened = (facts: StoryFacts, kind: string, key?: string): boolean =>
  facts.entries.some(
    (entry) => entry.kind === kind && (key === undefined || facts.keys.get(entry.pilot ?? '') === key),
  );

/** Whether somebody changed a setting, by its name. */
export const hasSet = (facts: StoryFacts, kind: string, name: string): boolean =>
  facts.entries.some((entry) => {
    const { changed } = JSON.parse(entry.body) as { changed?: unknown };
    return entry.kind === kind && Array.isArray(changed) && changed.includes(name);
  });
