import { describe, expect, it } from 'vitest';
import { addDays, type Day } from '../../src/core/day.ts';
import { call } from './call.ts';

// One timeline for each kind of trouble: somebody lets exactly this happen, and the rehearsal says by which rule it was seen,
// whose case it became, and who was told. What is wrong besides is answered, so that it does not cover what is shown.

const START: Day = '2026-01-05';

interface Agreed {
  readonly metric: string;
  readonly [key: string]: unknown;
}

const COST: Agreed = {
  metric: 'Cost per claim',
  kind: 'at_most',
  unit: 'EUR per claim',
  baseline: 20,
  target: 10,
  measures: 'business',
  window: 1,
  first_effect: START,
};

interface Pilot {
  readonly decision?: Day | undefined;
  readonly status?: string;
  readonly criteria?: readonly Agreed[];
  readonly sponsor?: string;
}

interface Timeline extends Pilot {
  readonly until: Day;
  /** When somebody leaves the workspace. */
  readonly gone?: { readonly id: string; readonly gone_at: string };
  readonly events?: readonly object[];
}

/** A check-in on a Thursday, with a number before it where there is one. */
const checkIn = (day: Day, value: number | null, view = 'Amber, some risk') => [
  ...(value === null
    ? []
    : [
        {
          at: `${day} 10:00`,
          by: 'ana',
          do: 'record',
          pilot: 'claims-triage',
          metric: 'cost-per-claim',
          value,
        },
      ]),
  { at: `${day} 10:05`, by: 'ana', do: 'type', text: '/pilot check-in claims-triage' },
  { at: `${day} 10:06`, by: 'ana', do: 'fill', fields: { 'My view': view } },
];

/** A check-in on every Thursday: the first before there is any number, the next ones with those of the week before. */
const checkIns = (values: readonly (number | null)[], view?: string): object[] =>
  [null, ...values].flatMap((value, week) => checkIn(addDays(START, 7 * week + 3), value, view));

/** The numbers of a metric, on Wednesdays, without a check-in. */
const records = (metric: string, values: readonly number[]): object[] =>
  values.map((value, week) => ({
    at: `${addDays(START, 7 * week + 9)} 09:00`,
    by: 'ana',
    do: 'record',
    pilot: 'claims-triage',
    metric,
    value,
  }));

const onPace = (weeks: number): number[] => Array.from({ length: weeks }, (_, week) => 19 - 0.8 * week);
const nothing = (weeks: number): null[] => Array.from({ length: weeks }, () => null);

interface Seen {
  readonly rule: string;
  readonly weight: number;
  readonly on: string;
}

interface Played {
  /** What counted whenever the word for the pilot changed, once each. */
  readonly seen: readonly Seen[];
  /** Cause and state of each case, as it moved. */
  readonly cases: readonly string[];
  readonly told: (who: string) => readonly string[];
}

async function play({ until, gone, events = [], ...pilot }: Timeline): Promise<Played> {
  const file = {
    rehearse: 1,
    start: START,
    until,
    workspace: { timezone: 'Europe/Berlin', settings: { members: ['lena'] } },
    people: [{ id: 'ana' }, { id: 'priya' }, { id: 'lena', admin: true }].map((person) =>
      person.id === gone?.id ? { ...person, ...gone } : person,
    ),
    pilots: [
      {
        key: 'claims-triage',
        owner: 'ana',
        sponsor: 'priya',
        start: START,
        decision: '2026-04-06',
        criteria: [COST],
        ...pilot,
      },
    ],
    events,
  };
  const { code, out, err } = await call(['rehearse', '-'], { stdin: JSON.stringify(file) });
  expect({ code, err }).toEqual({ code: 0, err: '' });
  const lines = out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { at: string; type: string; to: string; kind: string; text: string });
  expect(lines.filter(({ type }) => type === 'refused')).toEqual([]);
  const seen = lines
    .filter(({ kind }) => kind === 'standing_changed')
    .flatMap(({ at, text }) => {
      const [, signals = '[]'] = /signals (\[.*?\]);/.exec(text) ?? [];
      return (JSON.parse(signals) as { rule: string; weight: number }[]).map(({ rule, weight }) => ({
        rule,
        weight,
        on: at.slice(0, 10),
      }));
    });
  const cases = lines
    .filter(({ kind }) => kind === 'case_moved')
    .map(({ text }) => {
      const [, cause = ''] = /cause (\w+);/.exec(text) ?? [];
      const [, to = ''] = /to (\S+)$/.exec(text) ?? [];
      return `${cause} ${to}`;
    });
  return {
    seen,
    cases,
    told: (who) =>
      lines.filter(({ type, to }) => type === 'message' && to === `@${who}`).map(({ text }) => text),
  };
}

/** What is let happen, and what has to be seen of it: the rule with its weight, on which day, and the way of its case. */
interface Shown {
  readonly timeline: Timeline;
  readonly seen: readonly Seen[];
  readonly cases: readonly string[];
  /** What somebody is told of it. */
  readonly tells: Readonly<Record<string, RegExp>>;
  /** Who is never asked for a next step. */
  readonly silent?: readonly string[];
}

const blocker = (day: Day): object[] => [
  { at: `${day} 09:00`, by: 'ana', do: 'type', text: '/pilot blocker claims-triage ERP access' },
  { at: `${day} 09:01`, by: 'ana', do: 'fill', fields: {} },
];

/** A version with another target, signed on the same day. */
const easier = (day: Day, target: number): object[] => [
  { at: `${day} 11:00`, by: 'ana', do: 'type', text: '/pilot criteria claims-triage' },
  { at: `${day} 11:01`, by: 'ana', do: 'press', in: 'form', button: 'Edit' },
  { at: `${day} 11:02`, by: 'ana', do: 'fill', fields: { Target: target } },
  { at: `${day} 11:05`, by: 'ana', do: 'type', text: '/pilot sign-off claims-triage' },
  { at: `${day} 12:00`, by: 'priya', do: 'press', button: 'Sign charter' },
];

/** On pace, then every week a little slower than promised. */
const slower = (weeks: number): number[] => [
  ...onPace(5),
  ...Array.from({ length: weeks }, (_, week) => Math.round((15.8 - 0.6 * (week + 1)) * 100) / 100),
];

const DENIALS: Agreed = {
  metric: 'Wrong denials',
  kind: 'at_most',
  unit: '%',
  baseline: 2,
  target: 2,
  role: 'guardrail',
  agg: 'rate',
  window: 4,
  first_effect: START,
};

const USERS: Agreed = {
  metric: 'Users',
  kind: 'at_least',
  unit: 'users',
  target: 100,
  baseline: 0,
  measures: 'adoption',
  window: 1,
  first_effect: START,
};

const SHOWN: Readonly<Record<string, Shown>> = {
  'A, check-ins that nobody answers, up to the sponsor': {
    timeline: { until: '2026-02-12' },
    seen: [
      { rule: 'missed_check_ins', weight: 1, on: '2026-01-12' },
      { rule: 'missed_check_ins', weight: 2, on: '2026-01-19' },
      { rule: 'missed_check_ins', weight: 4, on: '2026-02-02' },
    ],
    cases: ['rhythm L1', 'rhythm L2', 'rhythm L3'],
    tells: { ana: /what is the next step\? Nothing heard since/, priya: /is stuck: nothing heard since/ },
  },
  'B, check-ins without the number that was asked for': {
    timeline: {
      until: '2026-02-04',
      events: [...checkIns([19, 18, null]), ...blocker('2026-02-01')],
    },
    seen: [{ rule: 'old_data', weight: 1, on: '2026-02-01' }],
    cases: ['rhythm L1'],
    tells: {},
  },
  'C, off track at two check-ins running': {
    timeline: { until: '2026-02-18', events: checkIns([20, 20, 20, 20, 20], 'Red, needs help') },
    seen: [{ rule: 'off_track', weight: 2, on: '2026-02-12' }],
    cases: ['progress L1', 'progress L2'],
    tells: { ana: /what is the next step\? Cost per claim: off track twice running/ },
  },
  'C, hardly a move in six numbers': {
    timeline: {
      until: '2026-03-06',
      events: checkIns([20, 20, 19.9, 19.9, 19.9, 19.8, 19.8], 'Red, needs help'),
    },
    seen: [
      { rule: 'off_track', weight: 4, on: '2026-02-26' },
      { rule: 'flat', weight: 2, on: '2026-02-26' },
    ],
    cases: ['progress L1', 'progress L2', 'progress L3'],
    tells: { ana: /off track 4 times running/ },
  },
  'C, reached once and lost again': {
    timeline: { until: '2026-02-18', events: checkIns([14, 9.5, 9, 14, 14], 'Red, needs help') },
    seen: [{ rule: 'regressed', weight: 2, on: '2026-02-12' }],
    cases: ['progress L1', 'progress L2'],
    tells: { ana: /what is the next step\? Cost per claim: slipped back twice running/ },
  },
  'C, a course that ends short of what was promised, late in the time': {
    timeline: { until: '2026-04-03', events: checkIns(slower(7), 'Red, needs help') },
    seen: [{ rule: 'forecast_short', weight: 4, on: '2026-03-19' }],
    cases: ['progress L1', 'progress L2', 'progress L3', 'progress L4'],
    tells: {
      ana: /on its course it falls short, with \d+ % of the time gone/,
      priya: /is stuck: Cost per claim: on its course it falls short/,
    },
  },
  'C, a sign that does not come back at the next check-in': {
    timeline: {
      until: '2026-04-01',
      events: checkIns([...onPace(8), 13.2, 13, 12.8], 'Red, needs help'),
    },
    seen: [],
    cases: [],
    tells: {},
    silent: ['ana', 'priya'],
  },
  'C, harm beyond doubt: the sponsor hears at once, of whatever else': {
    timeline: {
      until: '2026-01-21',
      criteria: [COST, DENIALS],
      events: [
        ...checkIns([19]),
        {
          at: '2026-01-20 11:00',
          by: 'ana',
          do: 'import',
          csv: 'pilot,metric,end,num,den\nclaims-triage,wrong-denials,2026-01-19,30,200\n',
        },
      ],
    },
    seen: [{ rule: 'harm', weight: 4, on: '2026-01-20' }],
    cases: ['progress L3'],
    tells: {
      ana: /Wrong denials: got worse than agreed, beyond doubt/,
      priya: /is stuck: Wrong denials: got worse than agreed, beyond doubt\. Does it end here\?/,
    },
  },
  'D, no day on which it is decided about': {
    // It is long stalled by then, for want of an agreement: only its own case shows it.
    timeline: { until: '2026-05-07', status: 'draft', decision: undefined },
    seen: [],
    cases: ['purgatory L1', 'purgatory L2', 'purgatory L4'],
    tells: { lena: /running for 17 weeks without a day on which it is decided about/ },
  },
  'D, a phase that takes too long, then six months without progress': {
    // An effect is expected late: until then no number is missing.
    timeline: {
      until: '2026-07-13',
      decision: '2026-12-28',
      criteria: [{ ...COST, first_effect: '2026-08-03' }],
      events: checkIns(nothing(26)),
    },
    seen: [
      { rule: 'late_phase', weight: 1, on: '2026-03-05' },
      { rule: 'late_phase', weight: 2, on: '2026-04-02' },
      { rule: 'purgatory', weight: 4, on: '2026-07-06' },
    ],
    cases: ['late_phase L1', 'late_phase L2', 'purgatory L1', 'purgatory L2', 'purgatory L3'],
    tells: { ana: /for 26 weeks nothing was reached, cleared or newly agreed/, priya: /no progress since/ },
  },
  'D, a decision that is not made': {
    timeline: { until: '2026-03-06', decision: '2026-02-23', events: checkIns([19, 17, 15, 13, 11, 10]) },
    seen: [
      { rule: 'decision_overdue', weight: 1, on: '2026-03-02' },
      { rule: 'decision_overdue', weight: 4, on: '2026-03-04' },
    ],
    cases: ['decision_overdue L1', 'decision_overdue L2', 'decision_overdue L4'],
    tells: { priya: /met\. Cost per claim €10\.00; agreed €10\.00 or less\. Decide by/ },
  },
  'E, a sponsor who leaves': {
    timeline: {
      until: '2026-01-30',
      gone: { id: 'priya', gone_at: '2026-01-20 12:00' },
      events: checkIns(onPace(3)),
    },
    seen: [{ rule: 'no_sponsor', weight: 2, on: '2026-01-20' }],
    cases: ['people L1', 'people L2'],
    tells: { ana: /It has no sponsor/ },
  },
  'E, an owner who leaves: the sponsor hears at once': {
    timeline: { until: '2026-01-23', gone: { id: 'ana', gone_at: '2026-01-20 12:00' } },
    seen: [],
    cases: ['people L3'],
    tells: { priya: /is stuck: nobody owns it/ },
  },
  'E, a sponsor who lets a request wait': {
    timeline: { until: '2026-02-22', status: 'asked' },
    seen: [
      { rule: 'silent_sponsor', weight: 1, on: '2026-02-06' },
      { rule: 'silent_sponsor', weight: 2, on: '2026-02-20' },
    ],
    // Who is asked about it is the sponsor, then whoever stands in: the case of the signature, never the owner's.
    cases: ['signature L2', 'signature L4'],
    tells: { priya: /^Last reminder: Ana asks you to sign/ },
    silent: ['ana'],
  },
  'F, something in the way without news': {
    timeline: {
      until: '2026-02-13',
      events: [
        ...blocker('2026-01-06'),
        ...checkIn('2026-01-08', null),
        ...records('cost-per-claim', onPace(5)),
      ],
    },
    seen: [
      { rule: 'old_blocker', weight: 1, on: '2026-01-28' },
      { rule: 'old_blocker', weight: 2, on: '2026-02-11' },
    ],
    cases: ['blockers L1', 'blockers L2'],
    tells: { ana: /ERP access, no news since/ },
  },
  'G, an owner who sees it otherwise than the numbers': {
    timeline: { until: '2026-02-04', events: checkIns([20, 20, 20], 'Green, on course') },
    seen: [{ rule: 'watermelon', weight: 2, on: '2026-01-29' }],
    cases: ['honesty L1', 'honesty L2'],
    tells: { ana: /The view of the owner and the numbers differ/ },
  },
  'G, an owner who says it goes well without a number': {
    timeline: { until: '2026-02-04', events: checkIns([19, null, null], 'Green, on course') },
    seen: [{ rule: 'blind_green', weight: 1, on: '2026-01-29' }],
    cases: ['honesty L1', 'honesty L2'],
    tells: {},
  },
  'G, a target that is made easier for the second time': {
    timeline: {
      until: '2026-01-30',
      events: [...checkIns(onPace(2)), ...easier('2026-01-20', 11), ...easier('2026-01-27', 12)],
    },
    seen: [{ rule: 'loosened', weight: 1, on: '2026-01-27' }],
    cases: ['honesty L1'],
    tells: { ana: /Targets were made easier twice/ },
  },
  'H, fewer than half of the users at half-time': {
    timeline: {
      until: '2026-02-20',
      criteria: [COST, USERS],
      events: [...checkIns(onPace(6)), ...records('users', [5, 8, 12, 16, 20, 24])],
    },
    // It changes no word for the pilot, whose numbers are off track by then: only its own case shows it.
    seen: [],
    cases: ['adoption L1'],
    tells: {},
  },
  'H, users who leave': {
    timeline: {
      until: '2026-03-04',
      criteria: [COST, USERS],
      events: [...checkIns(onPace(7)), ...records('users', [20, 40, 60, 80, 90, 50, 50])],
    },
    seen: [{ rule: 'users_leave', weight: 2, on: '2026-02-25' }],
    cases: ['adoption L1', 'adoption L2'],
    tells: { ana: /Users: down to 50 from 90/ },
  },
  'I, work without an agreement': {
    timeline: { until: '2026-01-23', status: 'draft' },
    seen: [{ rule: 'no_criteria', weight: 2, on: '2026-01-19' }],
    cases: ['setup L1', 'setup L2'],
    tells: { ana: /Nothing is agreed 14 days after the start/ },
  },
  'I, a draft without a criterion that nobody touches again': {
    timeline: { until: '2026-01-23', status: 'draft', criteria: [] },
    seen: [{ rule: 'no_criteria', weight: 2, on: '2026-01-19' }],
    cases: ['setup L1', 'setup L2'],
    tells: { ana: /Nothing is agreed 14 days after the start/ },
  },
  'I, a promise without what is measured today': {
    timeline: {
      until: '2026-02-02',
      criteria: [{ ...COST, baseline: undefined }],
      events: checkIns([19, 18, 17]),
    },
    seen: [{ rule: 'no_baseline', weight: 1, on: '2026-01-29' }],
    cases: ['setup L1'],
    tells: {},
  },
  'a signature that waits: the sponsor again, then the programme office': {
    timeline: { until: '2026-01-16', status: 'asked' },
    seen: [],
    cases: ['signature L2', 'signature L4'],
    tells: { priya: /^Last reminder: Ana asks you to sign/, lena: /waits for a signature\. Who answers\?/ },
  },
};

// Drift of the data has no source yet: its rule is held by test/core/stall/rules.test.ts alone.
describe('each kind of trouble, rehearsed', () => {
  it.each(Object.entries(SHOWN))('%s', async (_name, { timeline, seen, cases, tells, silent = [] }) => {
    const played = await play(timeline);
    for (const one of seen) expect(played.seen).toContainEqual(one);
    const causes = new Set(cases.map((entry) => entry.split(' ')[0]));
    const climbed = played.cases.filter((entry) => causes.has(entry.split(' ')[0]) && / L\d$/.test(entry));
    expect(climbed).toEqual(cases);
    for (const who of silent) expect(played.told(who).join('\n')).not.toMatch(/next step/);
    for (const [who, words] of Object.entries(tells))
      expect(
        played.told(who).some((text) => words.test(text)),
        `${who}: ${words}`,
      ).toBe(true);
  });
});
