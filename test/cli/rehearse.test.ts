import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { call } from './call.ts';

const PAGE = readFileSync(fileURLToPath(new URL('../../docs/rehearse.md', import.meta.url)), 'utf8');

interface Line {
  readonly at: string;
  readonly type: string;
  readonly to: string | null;
  readonly pilot: string | null;
  readonly kind: string;
  readonly text: string | null;
  readonly cause: string;
}

/** Plays a file from standard input. */
async function play(file: string): Promise<Line[]> {
  const { code, out, err } = await call(['rehearse', '-'], { stdin: file });
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
}

/** As the page shows lines: what its jq says. */
const shortened = (lines: readonly Line[]): string =>
  lines
    .filter(({ type }) => type !== 'update' && type !== 'held')
    .map(({ at, type, to, pilot, kind, text, cause }) =>
      [at.slice(5, 16), type, to ?? pilot ?? '', kind, (text ?? cause).split('\n')[0]].join(' | '),
    )
    .join('\n');

const EXAMPLES = [...PAGE.matchAll(/^## (.+)\n\n```yaml\n([\s\S]*?)```\n\n```text\n([\s\S]*?)```/gm)].map(
  ([, title = '', file = '', answer = '']) => ({ title, file, answer: answer.trimEnd() }),
);

describe('the examples of docs/rehearse.md', () => {
  it('are three', () => {
    expect(EXAMPLES).toHaveLength(3);
  });

  it.each(EXAMPLES)('$title: gives what stands there', async ({ file, answer }) => {
    expect(shortened(await play(file))).toBe(answer);
  });
});

const FILE = {
  rehearse: 1,
  start: '2026-01-05',
  until: '2026-01-16',
  workspace: {
    timezone: 'Europe/Berlin',
    settings: { office_name: 'AI office', check_ins: 'every Tuesday 9:30' },
  },
  people: [
    { id: 'ana', hours: '8:00–16:00' },
    { id: 'priya', timezone: 'Europe/London', gone_at: '2026-01-14 12:00' },
    { id: 'lena', name: 'Lena Fischer', admin: true },
  ],
  pilots: [
    {
      key: 'claims-triage',
      owner: 'ana',
      sponsor: 'priya',
      channel: '#claims',
      status: 'asked',
      start: '2025-12-29',
      decision: '2026-03-29',
      criteria: [
        {
          metric: 'Cost per claim',
          kind: 'at_most',
          unit: 'EUR per claim',
          baseline: 18.4,
          target: 12.5,
          window: 2,
          sustain: 2,
          every: 'week',
          role: 'required',
          deadline: '2026-03-22',
          first_effect: '2026-02-01',
          measures: 'cost',
          agg: 'rate',
          min_n: 40,
          closing_days: 6,
          min_trust: 0,
        },
        { name: 'Share of late claims', kind: 'between', unit: '%', target: [2, 3], baseline: 5 },
      ],
    },
    {
      key: 'churn-model',
      name: 'Churn model',
      owner: 'ana',
      start: '2026-01-05',
      decision: '2026-03-29',
      status: 'draft',
    },
  ],
  events: [
    { at: '2026-01-06 10:00', by: 'priya', do: 'press', button: 'Sign charter', pilot: 'claims-triage' },
    { at: '2026-01-06 11:00', by: 'priya', do: 'press', button: 'Go live' },
    {
      at: '2026-01-07 09:00',
      by: 'ana',
      do: 'record',
      pilot: 'claims-triage',
      metric: 'cost-per-claim',
      value: 'soon',
    },
    {
      at: '2026-01-08T08:00:00Z',
      by: 'ana',
      do: 'import',
      csv: 'pilot,metric,end,value,unit\nclaims-triage,cost-per-claim,2026-01-05,17.90,EUR/claim\n',
    },
    { at: '2026-01-09 09:00', by: 'ana', do: 'type', in: '#claims', text: '/pilot register Contract finder' },
    {
      at: '2026-01-09 09:01',
      by: 'ana',
      do: 'fill',
      fields: { Name: 'Contract finder', Key: 'claims-triage' },
    },
    { at: '2026-01-12 09:00', by: 'ana', do: 'press', in: 'home', button: 'Preferences' },
    { at: '2026-01-12 09:01', by: 'ana', do: 'fill', fields: { 'Working hours': '10:00–18:00' } },
    { at: '2026-01-13 08:00', slack: { method: 'chat.postMessage', fail: 'channel_not_found', times: 2 } },
  ],
};

describe('a rehearsal', () => {
  it('plays acts of every kind through the app, and tells what came of each', async () => {
    const lines = await play(JSON.stringify(FILE));
    const of = (day: string) => lines.filter(({ at }) => at.startsWith(day));
    expect(of('2026-01-06')).toMatchObject([
      { type: 'decision', pilot: 'claims-triage', kind: 'charter_signed', at: '2026-01-06T10:00:00+01:00' },
      // The signature is not waited for any more.
      { type: 'state', kind: 'case_moved' },
      { type: 'state', kind: 'status' },
      { type: 'state', kind: 'status' },
      ...of('2026-01-06').slice(4, -1),
      { type: 'refused', to: '@priya', kind: 'act', text: expect.stringContaining('There are: ') },
    ]);
    expect(of('2026-01-06').some(({ type, to }) => type === 'message' && to === '@ana')).toBe(true);
    expect(of('2026-01-07')).toMatchObject([
      { type: 'held', to: '@lena', kind: 'pre-flight', cause: 'until 2026-01-07T09:00:00+01:00' },
      {
        type: 'message',
        to: '@lena',
        kind: 'pre-flight',
        text: expect.stringContaining('Nobody is named for AI office'),
      },
      {
        type: 'message',
        to: '@ana',
        kind: 'answer',
        text: expect.stringContaining('"soon"'),
      },
    ]);
    expect(of('2026-01-08').map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['import-dry-run', 'values_imported', 'answer']),
    );
    expect(of('2026-01-09')).toMatchObject([
      { type: 'message', to: '@ana', kind: 'form', text: expect.stringMatching(/^Register a pilot: Name/) },
      { type: 'refused', to: '@ana', kind: 'Key', text: expect.stringContaining('claims-triage') },
    ]);
    expect(of('2026-01-12').map(({ kind }) => kind)).toContain('preferences_changed');
    expect(of('2026-01-13')).toMatchObject([
      { type: 'state', kind: 'check_in_asked', to: '@ana', at: '2026-01-13T10:00:00+01:00' },
      { type: 'dropped', kind: 'daily', to: '@ana', cause: expect.stringContaining('channel_not_found') },
    ]);
    expect(lines.map(({ at }) => at)).toEqual(lines.map(({ at }) => at).toSorted());
  });

  it('agrees on percentiles of single values and on conversions', async () => {
    const [pilot] = FILE.pilots;
    const kind = 'at_most';
    const criteria = [
      { metric: 'Handling time', kind, unit: 'hours', target: 8, agg: 'percentile', percentile: 99.9 },
      {
        metric: 'Cost per claim',
        kind,
        unit: 'EUR per claim',
        target: 12.5,
        rates: { USD: 0.92, GBP: 1.17 },
      },
    ];
    const lines = await play(JSON.stringify({ ...FILE, pilots: [{ ...pilot, criteria }], events: [] }));
    expect(lines.find(({ kind, to }) => kind === 'sign-request' && to === '@priya')?.text).toMatch(
      /8 hours or less for 999 of 1,000 by .*€12.50 or less by .*; 1 GBP = 1.17 EUR; 1 USD = 0.92 EUR/s,
    );
  });

  it('prints the same bytes on every run', async () => {
    const runs = [await call(['rehearse', '-'], { stdin: JSON.stringify(FILE) })];
    runs.push(await call(['rehearse', '-'], { stdin: JSON.stringify(FILE) }));
    expect(runs[0]?.out.length).toBeGreaterThan(1000);
    expect(runs[1]).toEqual(runs[0]);
  });
});

interface Changeable {
  readonly people: readonly object[];
  readonly pilots: readonly [{ readonly criteria: readonly [object] }, object];
  readonly events: readonly object[];
}

/** The file as YAML-like JSON, one key per line, with one thing changed. */
const changed = (change: (file: Changeable) => void): string => {
  const file = structuredClone(FILE) as never;
  change(file);
  return JSON.stringify(file, null, 2);
};

describe('a file that cannot be played', () => {
  it.each<[what: string, file: string, sentence: RegExp]>([
    ['nothing', '', /line 1: "nothing" is not keys and values; see docs\/rehearse\.md/],
    ['no YAML', 'rehearse: 1\nstart: [2026', /line 2: this is neither YAML nor JSON: .*docs\/rehearse\.md/],
    [
      'another version',
      'rehearse: 2\nstart: 2026-01-05\nuntil: 2026-01-06\npeople: [{id: ana}]',
      /line 1: rehearse: .*write rehearse: 1/,
    ],
    [
      'a missing key',
      'rehearse: 1\nuntil: 2026-01-06\npeople: [{id: ana}]',
      /line 1: start: "start" is missing; add it/,
    ],
    [
      'no people',
      'rehearse: 1\nstart: 2026-01-05\nuntil: 2026-01-06\npeople: []',
      /line 4: people: .*make it more/,
    ],
    [
      'an unknown key',
      'rehearse: 1\nstart: 2026-01-05\nuntil: 2026-01-06\npeople:\n  - id: ana\n    zone: UTC',
      /line 6: people\[0\]: there is no "zone" here; leave it out/,
    ],
    [
      'an unknown zone',
      'rehearse: 1\nstart: 2026-01-05\nuntil: 2026-01-06\npeople:\n  - id: ana\n    timezone: Berlin',
      /line 6: people\[0\]\.timezone: "Berlin" is not a time zone; write it like Europe\/Berlin/,
    ],
    [
      'an unreadable time',
      changed((file) => Object.assign(file, { start: 'Monday' })),
      /line 3: start: "Monday" is not a time; write it like 2026-01-15 09:30/,
    ],
    [
      'an end before the start',
      changed((file) => Object.assign(file, { until: '2026-01-04' })),
      /line 4: until: this comes before start; choose a later time/,
    ],
    ['a life', changed((file) => Object.assign(file, { until: '2036-01-04' })), /line 4: until: .*two years/],
    [
      'a stranger',
      changed((file) => Object.assign(file.pilots[0] ?? {}, { owner: 'bob' })),
      /pilots\[0\]\.owner: nobody here is called "bob"; add them to people, or write one of ana, priya, lena/,
    ],
    [
      'a pilot twice',
      changed((file) => Object.assign(file.pilots[1] ?? {}, { key: 'claims-triage' })),
      /pilots\[1\]\.key: "claims-triage" is there already/,
    ],
    [
      'a signature without a sponsor',
      changed((file) => Object.assign(file.pilots[1] ?? {}, { status: 'signed' })),
      /"churn-model" cannot be signed without a sponsor and a criterion/,
    ],
    [
      'an unknown act',
      changed((file) => Object.assign(file.events[0] ?? {}, { do: 'shout' })),
      /events\[0\]\.do: "shout" is not something a person does; write type, press, fill, record or import/,
    ],
    [
      'an act outside of its time',
      changed((file) => Object.assign(file.events[0] ?? {}, { at: '2026-02-06 10:00' })),
      /events\[0\]\.at: "2026-02-06 10:00" is not between start and until/,
    ],
    [
      'what belongs to another act',
      changed((file) => Object.assign(file.events[0] ?? {}, { text: 'x' })),
      /events\[0\]: there is no "text" here/,
    ],
    [
      'what the form does not take',
      changed((file) => Object.assign(file.pilots[0].criteria[0], { kind: 'most' })),
      /criteria\[0\]\.kind: "most" is not possible here; write one of at_least, at_most/,
    ],
    [
      'what the app refuses',
      changed((file) => Object.assign(file.pilots[0].criteria[0], { target: 'cheap' })),
      /pilots\[0\]: the app refuses this: Target: "cheap" is not a number/,
    ],
    [
      'hours nobody works',
      changed((file) => Object.assign(file.people[0] ?? {}, { hours: 'late' })),
      /people\[0\]\.hours: the app refuses this: Working hours: "late"/,
    ],
  ])('%s is said in one sentence with its line', async (_what, file, sentence) => {
    const { code, out, err } = await call(['rehearse', '-'], { stdin: file });
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(sentence);
    expect(err).toMatch(/^standard input, line \d+: [^\n]+\.\n$/);
  });

  it('is wrong use when it is not there', async () => {
    expect(await call(['rehearse', '/nowhere/quarter.yml'])).toEqual({
      code: 2,
      out: '',
      err: 'There is no file /nowhere/quarter.yml; check the path.\n',
    });
  });
});
