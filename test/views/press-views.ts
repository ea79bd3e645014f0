/** Which states of the cards about somebody's answer are there? */

import { message } from '../../src/slack/blocks.ts';
import type { CardFacts } from '../../src/views/pilot-card.ts';
import { type PressCard, pressCard, pressLines } from '../../src/views/press-card.ts';
import type { Shown } from '../support/as-text.ts';

/** The cards of a signature that waits (`asked`, with a charter that was asked about) and of a question. */
export function pressViews(asked: CardFacts, say: (text: string) => string): Record<string, Shown> {
  const press = (over: Partial<PressCard> = {}): PressCard => ({
    card: asked,
    cause: 'signature',
    as: 'person',
    answerBy: '2026-01-22',
    askedOn: '2026-01-19',
    isPaused: false,
    isFirst: false,
    version: asked.facts.charter,
    revision: asked.facts.charter.revision,
    question: null,
    ended: null,
    ...over,
  });
  const question = { id: 'Q1', words: say('Can Legal send twenty letters?'), by: 'U0ANA000001' };
  const ended = { on: '2026-01-21', words: 'the question is answered' };
  const asks = (over: Partial<PressCard> = {}) =>
    press({ cause: 'request', version: null, question, ...over });
  return {
    'press: signature, reminder': pressCard(press()),
    'press: signature, shown again at once': pressCard(press({ isFirst: true })),
    'press: signature, the delegate': pressCard(press({ as: 'delegate' })),
    'press: signature, the programme office': pressCard(press({ as: 'office' })),
    'press: signature, paused': pressCard(press({ isPaused: true })),
    'press: signature, over': pressCard(press({ ended })),
    'press: question, reminder': pressCard(asks()),
    'press: question, first, no day': pressCard(asks({ isFirst: true, answerBy: null, askedOn: null })),
    'press: question, the delegate': pressCard(asks({ as: 'delegate' })),
    'press: question, the programme office': pressCard(asks({ as: 'office' })),
    'press: question, over': pressCard(asks({ ended })),
    'press: how it is computed': message({
      notice: 'computed',
      lines: [
        ...pressLines('amendment', '2026-01-19', 3, '2026-01-20'),
        ...pressLines('request', null, 2, '2026-01-20'),
      ],
    }),
  };
}
