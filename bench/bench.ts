/** What is a benchmark: a subject, the floor it is held against in the same run, and what it may cost more? */

/** How far a figure may go. What is compared with the limit is the median over the rounds. */
export interface Budget {
  /** The name of the figure it is about. */
  readonly figure: string;
  /** `ratio`: subject by floor; `difference`: subject less floor; `value`: the subject alone. */
  readonly compare: 'ratio' | 'difference' | 'value';
  readonly at: 'most' | 'least';
  /** Without a unit for a ratio, else in the unit of the figure. */
  readonly limit: number;
  /** A quick run holds too little to judge it by: it is printed, and checked in a full run only. */
  readonly fullOnly?: boolean;
}

/** The units figures come in. */
export type Unit = 'ms' | 'µs' | '/s' | 'MB';

/** What was measured: one number per round, of the subject and of the floor where that has such a figure. */
export interface Figure {
  readonly name: string;
  readonly unit: Unit;
  readonly floor: readonly number[];
  readonly subject: readonly number[];
}

/** What makes a process worse on purpose, so that a test can see a budget missed. */
export interface Handicap {
  /** Milliseconds of work added to every request, start or portion. */
  readonly slowMs: number;
  /** Megabytes held for nothing. */
  readonly heavyMb: number;
}

/** What a measurement is told besides its effort. */
export interface Run {
  readonly subject: Handicap;
  readonly floor: Handicap;
  /** Tells whoever waits what is going on. */
  say(words: string): void;
}

/** One benchmark, declared as data. */
export interface Bench<Effort> {
  readonly name: string;
  readonly what: string;
  readonly floor: string;
  readonly subject: string;
  readonly budgets: readonly Budget[];
  /** What a reader has to know to trust the figures. */
  readonly notes: readonly string[];
  readonly full: Effort;
  readonly quick: Effort;
  measure(effort: Effort, run: Run): Promise<readonly Figure[]>;
}

/** No handicap. */
export const FAIR: Handicap = { slowMs: 0, heavyMb: 0 };

/** Keeps the processor busy, as slow code does. */
export function busy(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}
