import { describe, expect, it } from 'vitest';
import { type FinishedPilot, finishedPhases } from '../../../src/core/stall/phases.ts';

const pilot = (over: Partial<FinishedPilot> = {}): FinishedPilot => ({
  start: '2026-01-05',
  created: '2026-01-02',
  agreed: '2026-01-14',
  measured: '2026-02-20',
  ended: '2026-04-07',
  pauses: [],
  released: null,
  ...over,
});

const days = (over: Partial<FinishedPilot>) =>
  Object.fromEntries(finishedPhases(pilot(over)).map((phase) => [phase.stage, phase.days]));

describe('what the phases of finished pilots say about how long others need', () => {
  it.each([
    ['all three, from start date to decision', {}, { select: 9, build: 37, measure: 46 }],
    ['days of a pause are left out', { pauses: [['2026-02-01', '2026-02-11']] }, { build: 27 }],
    ['nothing of one that never was agreed', { agreed: null }, { select: undefined, build: undefined }],
    [
      'building that was broken off is no measure',
      { measured: null },
      { select: 9, build: undefined, measure: undefined },
    ],
    [
      'nor is building that a decision ended before the first number came',
      { measured: '2026-04-08' },
      { select: 9, build: undefined, measure: undefined },
    ],
    ['numbers that were there before building began', { measured: '2026-01-02' }, { build: 0, measure: 83 }],
    ['registered in its second week', { created: '2026-01-14' }, { select: 0, build: 37 }],
    [
      'registered long after it began',
      { start: '2025-12-01', created: '2026-01-02' },
      { select: undefined, build: undefined, measure: undefined },
    ],
    [
      'signed before it was brought in from a file',
      { created: '2026-01-16', released: '2026-01-19', start: '2026-01-05' },
      { select: undefined, build: undefined, measure: 46 },
    ],
    [
      'released in the middle of building',
      { created: '2026-01-05', released: '2026-02-02' },
      { select: undefined, build: undefined, measure: 46 },
    ],
    [
      'released after everything had happened',
      { released: '2026-03-02' },
      { select: undefined, build: undefined, measure: undefined },
    ],
  ] as const)('%s', (_name, over, expected) => {
    expect(days(over)).toMatchObject(
      Object.fromEntries(Object.entries(expected).filter(([, value]) => value !== undefined)),
    );
    const missing = Object.entries(expected).filter(([, value]) => value === undefined);
    for (const [stage] of missing) expect(days(over)).not.toHaveProperty(stage);
  });
});
