/** Which pilots live in the demo, and what happened to each in twenty weeks? */
import type { Answers } from './acts.ts';

/** What happens to a pilot in one week: 1 is the week the demo's history begins. */
export interface DemoPilot {
  readonly key: string;
  readonly name: string;
  readonly owner: string;
  readonly sponsor: string | null;
  readonly channel: string;
  /** The week it is registered in; its work starts on the Monday after. */
  readonly from: number;
  /** Weeks from the start to the decision. */
  readonly weeks: number;
  readonly charter: Answers;
  readonly production: Answers;
  readonly criteria: readonly Answers[];
  readonly sentence: string;
  /** What the sponsor does with the request. */
  readonly answer: 'sign' | 'decline' | 'change' | 'wait' | 'unasked';
  readonly reason?: string;
  /** The system whose export the owner drops in Slack each week; without one the values are typed. */
  readonly source?: string;
  /** Weekly values by metric, from its first week on; null is a week without a number. */
  readonly values: Readonly<Record<string, readonly (number | null)[]>>;
}

export const demoPilots: readonly DemoPilot[] = [
  {
    key: 'claims-triage',
    name: 'Claims triage',
    owner: 'ana',
    sponsor: '@priya',
    channel: '#claims',
    from: 1,
    weeks: 21,
    charter: {
      'Business outcome': 'A claim costs €12.50 or less to handle by summer; now €18.40',
      Problem: 'Every claim is read twice before anyone decides. Simple ones wait behind hard ones.',
      'Business unit': 'Claims',
    },
    production: {
      'Production owner': '@omar',
      'Rollback plan': 'The old queue takes over within ten minutes.',
    },
    criteria: [
      {
        Metric: 'Cost per claim',
        Kind: 'at most',
        Unit: 'EUR per claim',
        Baseline: '18.40',
        Target: '12.50',
      },
      {
        Metric: 'Wrong denials',
        Kind: 'at most',
        Unit: '%',
        Baseline: '2.1',
        Target: '2.5',
        Measures: 'Operations',
        Role: 'Must not get worse (guardrail)',
      },
    ],
    sentence: 'As we agreed on Friday.',
    answer: 'sign',
    values: {
      'cost-per-claim': [
        18.2, 18.4, 17.9, 17.6, 17.1, 16.8, 16.2, 15.8, 15.1, 14.6, 14.2, 13.7, 13.4, 12.9, 12.6, 12.4, 12.1,
        11.9,
      ],
      'wrong-denials': [2.1, 2, 2.2, 2.1, 1.9, 2, 1.8, 1.7, 1.9, 1.8, 1.6, 1.7, 1.6, 1.5, 1.6, 1.4, 1.5, 1.6],
    },
  },
  {
    key: 'contract-finder',
    name: 'Contract finder',
    owner: 'nora',
    sponsor: '@diego',
    channel: '#ai-pilots',
    from: 3,
    weeks: 20,
    charter: {
      'Business outcome': 'A clause is found in 10 minutes or less; now 45',
      Problem: 'Lawyers search shared drives by hand. A question from sales waits half a day.',
      'Business unit': 'Legal',
    },
    production: { 'Production owner': '@tomas', 'Rollback plan': 'Search by hand, as today.' },
    criteria: [
      { Metric: 'Minutes per search', Kind: 'at most', Unit: 'minutes', Baseline: '45', Target: '10' },
      { Metric: 'Teams using it', Kind: 'at least', Measures: 'Adoption', Baseline: '0', Target: '6' },
    ],
    sentence: 'You asked for a number; here it is.',
    answer: 'sign',
    values: {
      'minutes-per-search': [44, 41, 38, 31, 27, 24, 20, 17, 15, 13, 11, 10, 9, 9, 8, 8],
      'teams-using-it': [0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 7],
    },
  },
  {
    key: 'invoice-matcher',
    name: 'Invoice matcher',
    owner: 'marek',
    sponsor: '@diego',
    channel: '#finance-ai',
    from: 4,
    weeks: 19,
    charter: {
      'Business outcome': '85 % of invoices are matched without a person; now 52 %',
      Problem: 'Two people match invoices all day. Late ones cost the early-payment discount.',
      'Business unit': 'Finance',
    },
    production: {
      'Production owner': '@tomas',
      'Rollback plan': 'The matching rules of today stay in place.',
    },
    criteria: [{ Metric: 'Matched invoices', Kind: 'at least', Unit: '%', Baseline: '52', Target: '85' }],
    sentence: 'Finance IT says the access comes in week two.',
    answer: 'sign',
    source: 'ledger',
    values: { 'matched-invoices': [52, 53, 53, 55, 56, 58, 59, 60, 60, 61, 61, 61, 60, 61, 61] },
  },
  {
    key: 'churn-model',
    name: 'Churn model',
    owner: 'jonas',
    sponsor: '@priya',
    channel: '#ai-pilots',
    from: 2,
    weeks: 20,
    charter: {
      'Business outcome': 'Retention of called customers is 5 points higher',
      Problem: 'We call customers at random. Those who leave were often never called.',
      'Business unit': 'Sales',
    },
    production: { 'Production owner': '@wei', 'Rollback plan': 'Call lists by hand.' },
    criteria: [
      { Metric: 'Retention', Kind: 'rise by', Unit: '%', Baseline: '78', Target: '5' },
      {
        Metric: 'Teams using the list',
        Kind: 'at least',
        Measures: 'Adoption',
        Baseline: '0',
        Target: '11',
        Role: 'For information',
      },
    ],
    sentence: 'Same number as in your own goals for the year.',
    answer: 'sign',
    values: {
      retention: [
        78, 78.2, 78.1, 78.6, 79, 79.2, 79.6, 79.8, 80.1, 80, 80.2, 80.1, 80.3, 80.1, 80, 80.1, 80.1,
      ],
      'teams-using-the-list': [0, 1, 2, 2, 3, 3, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4],
    },
  },
  {
    key: 'call-summaries',
    name: 'Call summaries',
    owner: 'wei',
    sponsor: '@priya',
    channel: '#ai-pilots',
    from: 5,
    weeks: 18,
    charter: {
      'Business outcome': 'After-call work takes 60 seconds or less; now 140',
      Problem: 'Agents type a summary after each call. The recordings sit in three systems.',
      'Business unit': 'Service',
    },
    production: { 'Production owner': '@omar', 'Rollback plan': 'Agents type as before.' },
    criteria: [{ Metric: 'After-call work', Kind: 'at most', Unit: 's', Baseline: '140', Target: '60' }],
    sentence: 'The recordings are promised for next week.',
    answer: 'sign',
    values: { 'after-call-work': [140, 138, 131, 126, 124, 121, 122, 120, 121] },
  },
  {
    key: 'quote-helper',
    name: 'Quote helper',
    owner: 'jonas',
    sponsor: '@priya',
    channel: '#ai-pilots',
    from: 21,
    weeks: 16,
    charter: {
      'Business outcome': 'A quote goes out within one day; now three',
      Problem: 'Brokers wait three days for a quote. One in five buys elsewhere meanwhile.',
      'Business unit': 'Sales',
    },
    production: { 'Production owner': '@wei', 'Rollback plan': 'Quotes by hand, as today.' },
    criteria: [
      { Metric: 'Days to quote', Kind: 'at most', Unit: 'days', Baseline: '3', Target: '1' },
      {
        Metric: 'Model accuracy',
        Kind: 'at least',
        Unit: '%',
        Baseline: '80',
        Target: '94',
        Measures: 'Model',
        Role: 'For information',
      },
    ],
    sentence: 'Accuracy is fine; what counts is whether brokers get an answer.',
    answer: 'wait',
    values: {},
  },
  {
    key: 'fraud-flags',
    name: 'Fraud flags',
    owner: 'ana',
    sponsor: '@priya',
    channel: '#claims',
    from: 11,
    weeks: 20,
    charter: { 'Business outcome': 'Fewer false payments', 'Business unit': 'Claims' },
    production: {},
    criteria: [],
    sentence: '',
    answer: 'unasked',
    values: {},
  },
  {
    key: 'shelf-planner',
    name: 'Shelf planner',
    owner: 'tomas',
    sponsor: '@omar',
    channel: '#ai-pilots',
    from: 9,
    weeks: 16,
    charter: {
      'Business outcome': 'Brochure stock costs 20 % less',
      Problem: 'Branches order too many brochures and throw half of them away.',
      'Business unit': 'Branches',
    },
    production: { 'Production owner': '@wei', 'Rollback plan': 'Orders by hand.' },
    criteria: [{ Metric: 'Stock cost', Kind: 'fall by %', Unit: 'EUR', Baseline: '40000', Target: '20' }],
    sentence: 'The branches asked for it.',
    answer: 'decline',
    reason: 'The budget for brochures is not mine. Ask whoever pays for them.',
    values: {},
  },
];
