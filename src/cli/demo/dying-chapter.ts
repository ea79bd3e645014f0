/** How does a newcomer see each way in which pilots die, who is told in time, and what ends or saves them? */
import { type Chapter, decided, happened } from './story-facts.ts';

/** The ways of dying: what Pilotage notices, who hears first, and which decision is asked for. */
export const dyingChapter: Chapter = {
  title: 'Six ways to die',
  steps: [
    {
      id: 'wrong-problem',
      text: '*Wrong problem.* Fraud flags are right 95 times in 100, and the money still goes out. Ana was asked what comes next, then Omar. Read her sentence, and decide: *Stop* is a good answer.',
      as: 'omar',
      where: '#claims',
      command: '/pilot decide fraud-flags',
      done: (facts) => decided(facts, 'fraud-flags'),
    },
    {
      id: 'no-sponsor',
      text: '*No sponsor.* Omar declined Shelf planner: not his budget. Nothing agreed for weeks; Tomás was asked, then Lena of the programme office. Name another sponsor under *Edit charter*.',
      as: 'tomas',
      where: '#ai-pilots',
      command: '/pilot show shelf-planner',
      done: ({ sponsored }) => sponsored.includes('shelf-planner'),
    },
    {
      id: 'bad-data',
      text: '*Bad data.* Most recordings do not say whose call it was, and Call summaries has had no numbers since October. Wei was asked, then Priya. *Unblock* takes a name and a day.',
      as: 'priya',
      where: '#ai-pilots',
      command: '/pilot decide call-summaries',
      done: (facts) => decided(facts, 'call-summaries'),
    },
    {
      id: 'no-integration',
      text: '*No plan for integration.* Invoice matcher only works on an export; the way into the ERP was left for later. Marek was asked, then Diego. Unblock it, or make the promise smaller.',
      as: 'diego',
      where: '#finance-ai',
      command: '/pilot decide invoice-matcher',
      done: (facts) => decided(facts, 'invoice-matcher'),
    },
    {
      id: 'no-criteria',
      text: '*No criteria.* Quote helper promised a model that is right; Priya asked what that changes. Until somebody knew, Jonas was asked, then she, then Lena. The charter of the first step says it, in days.',
      as: 'priya',
      where: '@pilotage',
      done: (facts) => happened(facts, 'charter_signed', 'quote-helper'),
    },
    {
      id: 'no-adoption',
      text: '*No adoption.* Churn model works, and three of the six teams that used it have left. Jonas was asked, then Priya, weeks before the day of decision. *Restructure* is heard at once; *Stop* waits ten minutes, in which you can undo it.',
      as: 'priya',
      where: '#ai-pilots',
      command: '/pilot decide churn-model',
      done: (facts) => decided(facts, 'churn-model'),
    },
  ],
};
