/** How is said what somebody owes, and which button does it? */
import type { Owed } from '../core/worklist.ts';
import type { Block } from '../slack/blocks.ts';
import { bold, type Line } from '../slack/text.ts';
import * as buttons from './buttons.ts';
import * as caseButtons from './case-buttons.ts';
import { conditionText, doneButton } from './condition-text.ts';

/** One line: the pilot, and what waits. */
export function owedLine(owed: Owed): Line {
  const name = bold(`${owed.facts.pilot.name}: `);
  switch (owed.what) {
    case 'sign':
      return [name, 'waits for your signature'];
    case 'decide':
      return [name, 'waits for your decision'];
    case 'answer':
      return [name, 'its owner waits for your answer'];
    case 'unstick':
      return [name, 'needs help; what is the next step?'];
    case 'change':
      return [
        name,
        owed.facts.charter.status === 'declined'
          ? 'was declined; name another sponsor or leave it'
          : 'the sponsor asks for changes',
      ];
    case 'record':
      return [
        name,
        `numbers to come: ${owed.metrics.slice(0, 3).join(', ')}${owed.metrics.length > 3 ? ` and ${owed.metrics.length - 3} more` : ''}`,
      ];
    case 'check-in':
      return [name, 'you were asked for its check-in, this once'];
    case 'condition':
      return [name, `condition: ${conditionText(owed.condition, owed.today)}`];
    case 'settle':
      return [
        name,
        `${owed.count === 1 ? '1 number is' : `${owed.count} numbers are`} set aside, not counted`,
      ];
    case 'ask':
      return [name, 'is ready; ask the sponsor to sign'];
    case 'complete':
      return [
        name,
        `${owed.missing} ${owed.missing === 1 ? 'thing is' : 'things are'} missing before it can be signed`,
      ];
  }
}

/**
 * The button that does it. `nth` tells the buttons of one surface apart; with `named` the button says which pilot it is
 * for, where nothing beside it does.
 */
export function owedButton(owed: Owed, nth: number, { named = false } = {}): Block {
  const { id: pilot, name } = owed.facts.pilot;
  const look = (words: string) => ({
    nth,
    spoken: `${words}: ${name}`,
    label: named ? `${words}: ${name}` : words,
  });
  switch (owed.what) {
    case 'sign':
      // The card asks; a list has no room for what is being signed.
      return buttons.showRequest.element({ pilot }, look('Read and answer'));
    case 'decide':
      return caseButtons.decide.element({ pilot }, look('Decide'));
    case 'answer':
    case 'unstick':
      return caseButtons.decide.element({ pilot }, look('Show'));
    case 'change':
      return buttons.editCharter.element({ pilot }, look('Edit charter'));
    case 'record':
      return buttons.recordValues.element({ pilot }, look('Record values'));
    case 'check-in':
      return buttons.checkIn.element({ pilot }, look('Check in'));
    case 'condition':
      return doneButton(pilot, owed.condition, nth);
    case 'settle':
      return buttons.seeSetAside.element({ pilot }, look('Look at them'));
    case 'ask':
      return buttons.askSponsor.element({ pilot }, look('Ask sponsor to sign'));
    case 'complete':
      return buttons.askSponsor.element({ pilot }, look('Continue'));
  }
}
