import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type IncomingPilot, pilotIndex } from '../../src/core/incoming-pilots.ts';
import type { GivenValue } from '../../src/core/incoming-problem.ts';
import { valueReader } from '../../src/core/incoming-reader.ts';
import { incomingValue } from '../../src/core/incoming-value.ts';

const TODAY = '2026-06-02';
const PILOTS: readonly IncomingPilot[] = [
  {
    id: 'P1',
    key: 'claims-triage',
    start: '2026-01-05',
    metrics: [
      { id: 'M1', key: 'handling-time', name: 'Handling time', unit: 'min', cadence: 'week' },
      { id: 'M2', key: 'accuracy', name: 'Accuracy', unit: 'percent', cadence: 'fortnight' },
      { id: 'M3', key: 'cost', name: 'Cost per case', unit: 'EUR/case', cadence: 'month' },
      { id: 'M4', key: 'live', name: 'Live', unit: 'bool', cadence: 'week' },
    ],
  },
  { id: 'P2', key: 'churn', start: null, metrics: [] },
];

/** Mostly what systems write, now and then what is nearly that, and sometimes anything. */
const oneOf = (...texts: string[]) =>
  fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...texts) },
    { weight: 1, arbitrary: fc.constantFrom(...texts).map((text) => ` ${text}`) },
    { weight: 1, arbitrary: fc.string({ maxLength: 12, unit: 'binary' }) },
  );
const number = fc.oneof(
  fc.integer({ min: -50, max: 5000 }).map(String),
  fc.double({ min: -10, max: 1000, noNaN: true }).map((value) => value.toFixed(2)),
  fc.constantFrom(
    '',
    '0',
    '-0',
    '007',
    '.5',
    '5.',
    '1,5',
    '1.234',
    '1,234',
    '1e3',
    'NaN',
    'yes',
    'no',
    '12 min',
  ),
);
const day = oneOf(
  '',
  '2026-01-12',
  '2026-01-19',
  '2026-02-05',
  '2026-05-31',
  '2026-06-02',
  '2026-01-13',
  '12/01/2026',
);
const plain = fc.record({
  pilot: fc.constant('claims-triage'),
  metric: fc.constantFrom('handling-time', 'Handling time'),
  end: fc.constantFrom('2026-01-12', '2026-01-19', '2026-05-25', '2026-06-08'),
  value: fc.integer({ min: 0, max: 5000 }).map((tenths) => String(tenths / 10)),
});
const odd: { readonly [Field in keyof GivenValue]: fc.Arbitrary<string> } = {
  pilot: oneOf('Claims-Triage', 'churn', 'clams', ''),
  metric: oneOf('accuracy', 'cost', 'live', 'HANDLING-TIME', 'Cost per case', ''),
  end: day,
  day,
  value: number,
  num: number,
  den: number,
  raw: fc.constantFrom('1|2|3', '[1, 2]', '1,5'),
  unit: oneOf('', 'min', 'percent', '%', 'EUR/case', 'h', 'bananas'),
  n: fc.constantFrom('430', '-1', '3.5', '007'),
  source: oneOf('warehouse', 'data\u202ewarehouse'),
  evidence: oneOf('https://example.com/report', 'é'),
  key: oneOf('wh-1', 'x'.repeat(300)),
};
/** A plain row of which up to three fields are something else. */
const row: fc.Arbitrary<GivenValue> = fc
  .tuple(
    plain,
    fc.subarray(Object.keys(odd), { maxLength: 3 }),
    fc.record(odd as Record<string, fc.Arbitrary<string>>),
  )
  .map(([given, fields, others]) => ({
    ...given,
    ...Object.fromEntries(fields.map((field) => [field, others[field]])),
  }));

it('reads every row of a file as it would be read alone, whatever came before', () => {
  let [taken, refused] = [0, 0];
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 40 }), (rows) => {
      const index = pilotIndex(PILOTS);
      const read = valueReader(index, TODAY);
      for (const given of rows) {
        const result = read(given);
        expect(result).toEqual(incomingValue(given, index, TODAY));
        if ('value' in result) taken += 1;
        else refused += 1;
      }
    }),
    { numRuns: 300 },
  );
  // Both ways are met often enough to say something.
  expect(taken).toBeGreaterThan(100);
  expect(refused).toBeGreaterThan(100);
});
