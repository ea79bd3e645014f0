/** How is said what somebody owes, and which button does it? */
import type { Owed } from '../core/worklist.ts';
import type { Block } from '../slack/blocks.ts';
import { bold, type Line } from '../slack/text.ts';
import * as buttons from './buttons.ts';

/** One line: the pilot, and what waits. */
export function owedLine(owed: Owed): Line {
  const name = bold(`${owed.facts.pilot.name}: `);
  switch (owed.what) {
    case 'sign':
      return [name, 'waits for your signature'];
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

/** The button that does it. `nth` tells the buttons of one surface apart. */
export function owedButton(owed: Owed, nth: number): Block {
  const about = { pilot: owed.facts.pilot.id };
  const spoken = (words: string) => ({ nth, spoken: `${words}: ${owed.facts.pilot.name}` });
  switch (owed.what) {
    case 'sign':
      // The card asks; a list has no room for what is being signed.
      return buttons.showRequest.element(about, { ...spoken('Read and answer'), label: 'Read and answer' });
    case 'change':
      return buttons.editCharter.element(about, spoken('Edit charter'));
    case 'record':
      return buttons.recordValues.element(about, spoken('Record values'));
    case 'settle':
      return buttons.seeSetAside.element(about, spoken('Look at them'));
    case 'ask':
    case 'complete':
      return buttons.askSponsor.element(about, {
        ...spoken('Continue'),
        label: owed.what === 'ask' ? 'Ask sponsor to sign' : 'Continue',
      });
  }
}
