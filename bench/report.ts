/** How do people and programs read what was measured? */
import { cpus, loadavg } from 'node:os';
import type { Bench, Figure, Unit } from './bench.ts';
import { type Judgement, median } from './judge.ts';

/** A benchmark that has been run. */
export interface Result {
  readonly bench: Pick<Bench<unknown>, 'name' | 'what' | 'floor' | 'subject' | 'notes'>;
  readonly figures: readonly Figure[];
  readonly judgements: readonly Judgement[];
}

/** On what it was measured. */
export interface Surroundings {
  readonly node: string;
  readonly processor: string;
  readonly cores: number;
  /** Processes that wanted a core, in the last minute, before the first measurement. */
  readonly load: number;
}

/** What this machine is and how busy. */
export const surroundings = (): Surroundings => ({
  node: process.version,
  processor: cpus()[0]?.model.trim() ?? 'unknown',
  cores: cpus().length,
  load: loadavg()[0] ?? 0,
});

/** One table per benchmark. */
export function table({ bench, figures, judgements }: Result): string {
  const head = ['', 'floor', 'subject', 'compared', 'rounds', 'budget', ''];
  const rows = figures.flatMap((figure) => {
    const own = judgements.filter(({ budget }) => budget.figure === figure.name);
    const measured = [
      figure.name,
      figure.floor.length === 0 ? '' : amount(median(figure.floor), figure.unit),
      amount(median(figure.subject), figure.unit),
    ];
    if (own.length === 0) return [[...measured, '', '', '', '']];
    return own.map((judgement, index) => [
      ...(index === 0 ? measured : ['', '', '']),
      ...judgementCells(judgement),
    ]);
  });
  return [
    `${bench.name}: ${bench.what}`,
    `  floor:   ${bench.floor}`,
    `  subject: ${bench.subject}`,
    ...bench.notes.map((note) => `  ${note}`),
    '',
    ...columns([head, ...rows]).map((line) => `  ${line}`),
    '',
  ].join('\n');
}

function judgementCells({ budget, unit, value, low, high, met, checked }: Judgement): string[] {
  const show = (of: number): string => {
    if (budget.compare === 'ratio') return `${of.toFixed(2)}×`;
    return `${budget.compare === 'difference' && of >= 0 ? '+' : ''}${amount(of, unit)}`;
  };
  const verdict = met ? 'met' : 'missed';
  return [
    show(value),
    low === high ? '' : `${show(low)} to ${show(high)}`,
    `${budget.at === 'most' ? '≤' : '≥'} ${show(budget.limit)}`,
    checked ? verdict : `${verdict}, for people to judge`,
  ];
}

function amount(value: number, unit: Unit): string {
  // Three digits, but no more than two behind the point.
  const whole = Math.floor(Math.log10(Math.max(1, Math.abs(value))));
  return `${value.toFixed(Math.max(0, 2 - whole))} ${unit}`;
}

function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('   ')
      .trimEnd(),
  );
}
