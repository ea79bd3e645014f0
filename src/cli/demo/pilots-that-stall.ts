/** Which pilots of the demo are dying, each of what? */
import type { DemoPilot } from './demo-pilot.ts';

export const pilotsThatStall: readonly DemoPilot[] = [
  // The wrong problem: the model is right, and what it was to change does not change.
  {
    key: 'fraud-flags',
    name: 'Fraud flags',
    owner: 'ana',
    sponsor: '@omar',
    channel: '#claims',
    from: 7,
    days: 112,
    charter: {
      'Business outcome': 'False payments fall to €20,000 a week; now €65,000',
      Problem: 'Money goes out that should not. Fraud is what everybody talks about.',
      'Business unit': 'Payments',
    },
    production: { 'Production owner': '@wei', 'Rollback plan': 'The checks of today stay in place.' },
    criteria: [
      { Metric: 'False payments', Kind: 'at most', Unit: 'EUR', Baseline: '65000', Target: '20000' },
      {
        Metric: 'Flags that are right',
        Kind: 'at least',
        Unit: '%',
        Baseline: '80',
        Target: '90',
        Measures: 'Model',
        Role: 'For information',
        'Measured every': 'month',
        'Average over': '1',
      },
    ],
    sentence: 'The first flags already look very good.',
    answer: 'Sign charter',
    values: {
      'false-payments': [
        65200, 64800, 65300, 65100, 65400, 65000, 65600, 64900, 65300, 64700, 64400, 64600, 64300,
      ],
      'flags-that-are-right': [null, null, null, null, 91, null, null, null, 95],
    },
    acts: [
      {
        week: 20,
        by: 'ana',
        press: 'Add my view',
        form: { 'My view': 'The flags are right. But most of the money goes out with invoices paid twice.' },
      },
    ],
  },
  // No sponsor: whoever was asked does not pay for it.
  {
    key: 'shelf-planner',
    name: 'Shelf planner',
    owner: 'tomas',
    sponsor: '@omar',
    channel: '#ai-pilots',
    from: 13,
    days: 112,
    charter: {
      'Business outcome': 'Brochure stock costs 20 % less',
      Problem: 'Branches order too many brochures and throw half of them away.',
      'Business unit': 'Branches',
    },
    production: { 'Production owner': '@wei', 'Rollback plan': 'Orders by hand.' },
    criteria: [{ Metric: 'Stock cost', Kind: 'fall by %', Unit: 'EUR', Baseline: '40000', Target: '20' }],
    sentence: 'The branches asked for it.',
    answer: 'Decline',
    reason: { 'Why not': 'The budget for brochures is not mine. Ask whoever pays for them.' },
    values: {},
  },
  // Bad data: fine on what was picked by hand, nothing to go on after that.
  {
    key: 'call-summaries',
    name: 'Call summaries',
    owner: 'wei',
    sponsor: '@priya',
    channel: '#ai-pilots',
    from: 7,
    days: 112,
    charter: {
      'Business outcome': 'After-call work takes 60 seconds or less; now 140',
      Problem: 'Agents type a summary after each call. The recordings sit in three systems.',
      'Business unit': 'Service',
    },
    production: { 'Production owner': '@omar', 'Rollback plan': 'Agents type as before.' },
    criteria: [{ Metric: 'After-call work', Kind: 'at most', Unit: 's', Baseline: '140', Target: '60' }],
    sentence: 'The recordings are promised for next week.',
    answer: 'Sign charter',
    values: { 'after-call-work': [140, 139, 137, 135, 130, 124, 118, 112] },
    acts: [
      {
        week: 16,
        by: 'wei',
        command: '/pilot blocker call-summaries Two of three systems record no customer number',
        form: { Kind: 'Data: missing, wrong, or not as in production', 'Who can clear it': '@tomas' },
      },
    ],
  },
  // No plan for integration: it works beside the real system.
  {
    key: 'invoice-matcher',
    name: 'Invoice matcher',
    owner: 'marek',
    sponsor: '@diego',
    channel: '#finance-ai',
    from: 6,
    days: 119,
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
    answer: 'Sign charter',
    source: 'ledger',
    values: {
      'matched-invoices': [52, 53, 54, 56, 57, 58, 59, 60, 60, 61, 60, 61, 61, 60],
    },
    acts: [
      {
        week: 16,
        by: 'marek',
        command: '/pilot blocker invoice-matcher Access to the ERP: so far it only works on an export',
        form: { Kind: 'Integration: access to or work on other systems', 'Who can clear it': '@tomas' },
      },
    ],
  },
  // No criteria: what was to be promised was not what the business needs, and nobody said what is.
  {
    key: 'quote-helper',
    name: 'Quote helper',
    owner: 'jonas',
    sponsor: '@priya',
    channel: '#ai-pilots',
    from: 14,
    days: 112,
    charter: {
      'Business outcome': 'Quotes are written by a model that is right',
      Problem: 'Brokers wait three days for a quote. One in five buys elsewhere meanwhile.',
      'Business unit': 'Sales',
    },
    production: { 'Production owner': '@wei', 'Rollback plan': 'Quotes by hand, as today.' },
    criteria: [{ Metric: 'Model accuracy', Kind: 'at least', Unit: '%', Baseline: '80', Target: '94' }],
    sentence: 'The model is nearly there.',
    answer: 'Request changes',
    reason: {
      'What should change': 'Accuracy is fine. But what does it change for a broker? Give me that number.',
    },
    values: {},
    again: {
      days: 112,
      edited: { 'Business outcome': 'A quote goes out within one day; now three' },
      criterion: { Metric: 'Days to quote', Kind: 'at most', Unit: 'days', Baseline: '3', Target: '1' },
      sentence: 'You asked what changes for a broker: the wait.',
    },
  },
  // No adoption: it works, and fewer and fewer use it.
  {
    key: 'churn-model',
    name: 'Churn model',
    owner: 'jonas',
    sponsor: '@priya',
    channel: '#ai-pilots',
    from: 4,
    days: 147,
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
        'Measured every': 'two weeks',
        'Average over': '1',
      },
    ],
    sentence: 'Same number as in your own goals for the year.',
    answer: 'Sign charter',
    values: {
      retention: [78, 78.2, 78.1, 78.6, 79, 79.5, 79.9, 80.3, 80.6, 80.7, 80.8, 80.5, 80.1, 79.6, 79.2, 79.1],
      'teams-using-the-list': [null, 2, null, 4, null, 6, null, 6, null, 6, null, 4, null, 3, null, 3],
    },
  },
];
