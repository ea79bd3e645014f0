/** Which pilots of the demo keep their promise? */
import type { DemoPilot } from './demo-pilot.ts';

export const pilotsThatMakeIt: readonly DemoPilot[] = [
  {
    key: 'claims-triage',
    name: 'Claims triage',
    owner: 'ana',
    sponsor: '@priya',
    channel: '#claims',
    from: 1,
    // A Tuesday: by then the last number is final, and Ana has read the result on Monday.
    days: 141,
    charter: {
      'Business outcome': 'A claim costs €12.50 or less to handle by winter; now €18.40',
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
        'Measured every': 'two weeks',
      },
    ],
    sentence: 'As we agreed on Friday.',
    answer: 'Sign charter',
    // The last week of the cost is left to whoever plays Ana.
    values: {
      'cost-per-claim': [
        18.2, 18.4, 17.9, 17.6, 17.1, 16.8, 16.2, 15.8, 15.1, 14.6, 14.2, 13.7, 13.4, 12.9, 12.6, 12.4, 12.1,
        11.9,
      ],
      'wrong-denials': [
        null,
        2.1,
        null,
        2.2,
        null,
        1.9,
        null,
        1.8,
        null,
        1.9,
        null,
        1.6,
        null,
        1.6,
        null,
        1.5,
        null,
        1.6,
      ],
    },
  },
  {
    key: 'contract-finder',
    name: 'Contract finder',
    owner: 'nora',
    sponsor: '@diego',
    channel: '#ai-pilots',
    from: 7,
    // A Thursday, so that the card waits since the end of last week.
    days: 87,
    charter: {
      'Business outcome': 'A clause is found in 10 minutes or less; now 45',
      Problem: 'Lawyers search shared drives by hand. A question from sales waits half a day.',
      'Business unit': 'Legal',
    },
    production: { 'Production owner': '@tomas', 'Rollback plan': 'Search by hand, as today.' },
    criteria: [
      { Metric: 'Minutes per search', Kind: 'at most', Unit: 'minutes', Baseline: '45', Target: '10' },
      {
        Metric: 'Teams using it',
        Kind: 'at least',
        Measures: 'Adoption',
        Baseline: '0',
        Target: '6',
        'Measured every': 'two weeks',
        'Average over': '1',
      },
    ],
    sentence: 'You asked for a number; here it is.',
    answer: 'Sign charter',
    values: {
      'minutes-per-search': [44, 41, 36, 29, 23, 18, 14, 11, 10, 9, 9, 8, 8],
      'teams-using-it': [null, 1, null, 3, null, 4, null, 6, null, 7, null, 7],
    },
  },
];
