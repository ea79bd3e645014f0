import { describe, expect, it } from 'vitest';
import type { RecordedValue } from '../../src/core/pilot-facts.ts';
import { restatedAt, restatedOf } from '../../src/core/restated.ts';
import { standingOf } from '../../src/core/standing.ts';
import { aValue, daysLater, signedFacts } from '../support/facts.ts';

const ZONE = 'Europe/Berlin';
const NOW = daysLater(19);
const FIRST = { periodStart: '2026-01-05', periodEnd: '2026-01-12' } as const;
const SECOND = { periodStart: '2026-01-12', periodEnd: '2026-01-19' } as const;

const row = (
  id: string,
  period: typeof FIRST | typeof SECOND,
  value: string,
  day: number,
  over: Partial<RecordedValue> = {},
) => aValue({ ...period, id, value, recordedAt: daysLater(day), ...over });

function restated(values: readonly RecordedValue[], now = NOW) {
  const [entry] = standingOf(signedFacts(), values, ZONE, now).criteria;
  if (entry === undefined) throw new Error('nothing is judged');
  return restatedOf(entry, values, { start: '2026-01-05', zone: ZONE }, now);
}

const corrected = (end: string, day: number, over: object = {}) => ({
  end,
  at: daysLater(day),
  isWithdrawn: false,
  ...over,
});

// €12.50 or less is agreed; €18.40 is where it starts.
const undone = [row('a', FIRST, '12', 11), row('b', FIRST, '17', 14), row('c', SECOND, '16', 18)];

describe('what was corrected of the numbers that count', () => {
  it.each([
    ['nothing', [row('a', FIRST, '17', 11), row('c', SECOND, '16', 18)], null],
    ['the same again', [row('a', FIRST, '17', 11), row('b', FIRST, '17', 14)], null],
    [
      'a correction after which the word is the same',
      [row('a', FIRST, '17', 11), row('b', FIRST, '17.2', 14), row('c', SECOND, '16', 18)],
      { periods: [corrected('2026-01-12', 14)], changesVerdict: false },
    ],
    [
      'one that undoes an earlier success',
      undone,
      { periods: [corrected('2026-01-12', 14)], changesVerdict: true },
    ],
    [
      'one that was taken back again',
      [row('a', FIRST, '17', 11), row('b', FIRST, '12', 14), row('c', FIRST, '17', 15)],
      { periods: [corrected('2026-01-12', 15)], changesVerdict: false },
    ],
    [
      'a number that was withdrawn',
      [
        row('a', FIRST, '17', 11),
        row('b', SECOND, '12', 18),
        row('c', SECOND, '12', 18.5, { withdrawn: true }),
      ],
      { periods: [corrected('2026-01-19', 18.5, { isWithdrawn: true })], changesVerdict: true },
    ],
    [
      'two of them',
      [
        row('a', FIRST, '17', 11),
        row('b', FIRST, '17.1', 18.5),
        row('c', SECOND, '16', 18),
        row('d', SECOND, '16.1', 18.2),
      ],
      { periods: [corrected('2026-01-12', 18.5), corrected('2026-01-19', 18.2)], changesVerdict: false },
    ],
    [
      'a first row in another unit: it never counted',
      [row('a', FIRST, '1200', 11, { unit: 'minutes' }), row('b', FIRST, '17', 14)],
      null,
    ],
    [
      'a period before the start: it does not count',
      [
        row('a', FIRST, '17', 11),
        aValue({
          periodStart: '2025-12-29',
          periodEnd: '2026-01-05',
          id: 'x',
          value: '18',
          recordedAt: daysLater(5),
        }),
        aValue({
          periodStart: '2025-12-29',
          periodEnd: '2026-01-05',
          id: 'y',
          value: '19',
          recordedAt: daysLater(6),
        }),
      ],
      null,
    ],
  ] as const)('is told of %s', (_what, values, expected) => {
    expect(restated(values)).toEqual(expected);
    expect(restated(values.toReversed())).toEqual(expected);
  });

  it('is not known before it is recorded', () => {
    expect(restated(undone, daysLater(13))).toBeNull();
  });

  it('is of the day of the newest correction', () => {
    expect(
      restatedAt({
        periods: [corrected('2026-01-12', 14), corrected('2026-01-19', 9)],
        changesVerdict: false,
      }),
    ).toBe(daysLater(14));
  });
});
