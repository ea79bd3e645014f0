/** What does a newcomer try first: sign as a sponsor, record and register as an owner? */
import { type Chapter, happened } from './story-facts.ts';

/** The two people Pilotage is for. */
export const beginningChapters: readonly Chapter[] = [
  {
    title: 'Be the sponsor',
    steps: [
      {
        id: 'sign',
        text: 'Priya is asked to sign what Quote helper must achieve. Read it as she would, in thirty seconds, and sign.',
        as: 'priya',
        where: '@pilotage',
        done: (facts) => happened(facts, 'charter_signed', 'quote-helper'),
      },
    ],
  },
  {
    title: 'Be the owner',
    steps: [
      {
        id: 'record',
        text: 'A week is over, the last that counts for Claims triage. Record what a claim cost, and look at the card in #claims.',
        as: 'ana',
        where: '#claims',
        command: '/pilot record claims-triage cost-per-claim 11.70',
        done: (facts) => happened(facts, 'value_recorded', 'claims-triage'),
      },
      {
        id: 'register',
        text: 'Register a pilot of your own. The name is enough; the draft tells what is missing.',
        as: 'diego',
        where: '#finance-ai',
        command: '/pilot register',
        done: (facts) => happened(facts, 'pilot_registered'),
      },
      {
        id: 'criterion',
        text: 'Press *Add criterion* on the draft: one promise in business numbers. The last line of the form says when it passes.',
        as: 'diego',
        where: '@pilotage',
        done: (facts) => happened(facts, 'criterion_added'),
      },
    ],
  },
];
