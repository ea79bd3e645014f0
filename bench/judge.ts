/** Is what was measured within its budget? */
import type { Bench, Budget, Figure, Unit } from './bench.ts';

/** One budget against what was measured. */
export interface Judgement {
  readonly budget: Budget;
  readonly unit: Unit;
  /** The median over the rounds of what the budget compares. */
  readonly value: number;
  /** The smallest and the largest of the rounds: how far apart they are is the noise. */
  readonly low: number;
  readonly high: number;
  readonly met: boolean;
  /** Whether `--check` fails on it: ratios and memory say the same on every machine, other figures are judged by people. */
  readonly checked: boolean;
}

/** Holds every budget of a benchmark against its figures, those of a quick run or of a full one. */
export function judge(
  bench: Pick<Bench<unknown>, 'name' | 'budgets'>,
  figures: readonly Figure[],
  quick = false,
): Judgement[] {
  return bench.budgets.map((budget) => {
    const figure = figures.find(({ name }) => name === budget.figure);
    if (figure === undefined)
      throw new Error(`${bench.name} has a budget for ${budget.figure}, which was not measured`);
    const values = compared(budget, figure);
    const value = median(values);
    return {
      budget,
      unit: figure.unit,
      value,
      low: Math.min(...values),
      high: Math.max(...values),
      met: budget.at === 'most' ? value <= budget.limit : value >= budget.limit,
      checked: (budget.compare === 'ratio' || figure.unit === 'MB') && !(quick && budget.fullOnly === true),
    };
  });
}

/** The exit code of `--check`: 1 when a budget that is checked was missed. */
export const exitCode = (judgements: readonly Judgement[]): 0 | 1 =>
  judgements.some(({ checked, met }) => checked && !met) ? 1 : 0;

function compared({ compare }: Budget, { name, floor, subject }: Figure): number[] {
  if (subject.length === 0) throw new Error(`${name} was measured in no round`);
  if (compare === 'value') return [...subject];
  if (floor.length !== subject.length) throw new Error(`${name} has another number of rounds than its floor`);
  return subject.map((of, round) => {
    const ground = floor[round] ?? Number.NaN;
    return compare === 'ratio' ? of / ground : of - ground;
  });
}

/** The middle one; of an even number, the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? Number.NaN;
  return Number.isInteger(middle) ? ((sorted[middle - 1] ?? Number.NaN) + upper) / 2 : upper;
}

/** The smallest value that at least `share` of the values do not exceed (nearest rank). */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}
