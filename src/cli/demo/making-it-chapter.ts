/** How does a newcomer see two pilots keep their promise and go live? */
import { type Chapter, wentLive } from './story-facts.ts';

/** Met is met: two decisions to go, one that waits already and one of next week. */
export const makingItChapter: Chapter = {
  title: 'Two that make it',
  steps: [
    {
      id: 'first-go',
      text: 'Contract finder is *met*: a clause in 10 minutes or less, as signed in August. Nora read it first, then Diego was asked. Press *Go*. For ten minutes you can undo it; then Nora hears, and the channel tomorrow.',
      as: 'diego',
      where: '#ai-pilots',
      command: '/pilot decide contract-finder',
      done: (facts) => wentLive(facts, 'contract-finder'),
    },
    {
      id: 'digest',
      text: 'Press "Next Monday 09:00" and read the digest in #ai-pilots: decisions first, then who needs help, and the quiet ones as a count.',
      where: '#ai-pilots',
      done: ({ digests }) => digests > 0,
    },
    {
      id: 'second-go',
      text: 'Tuesday is the day agreed for Claims triage. Press "+1 day" and "+1 hour": Priya is asked at half past eight in London. With the number Ana recorded it is *met*. Press *Go*.',
      as: 'priya',
      where: '@pilotage',
      done: (facts) => wentLive(facts, 'claims-triage'),
    },
  ],
};
