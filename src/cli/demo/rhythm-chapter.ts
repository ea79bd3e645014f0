/** How does a newcomer see that nobody is asked at the wrong hour, twice, or about what is done? */
import { type Chapter, hasSet } from './story-facts.ts';

/** Miss a check-in, answer late, be away, a holiday, and the change of the clocks. */
export const rhythmChapter: Chapter = {
  title: 'Keep the rhythm',
  steps: [
    {
      id: 'miss',
      text: 'Say nothing for a week: press "+1 day" from Thursday to Tuesday and read what Ana gets. One message on the day, one reminder, and then none.',
      as: 'ana',
      where: '@pilotage',
      done: ({ missed }) => missed.includes('claims-triage'),
    },
    {
      id: 'late',
      text: 'Answer late, as Ana: it still counts, and within the hour it stands in the digest that was posted already.',
      as: 'ana',
      where: '#claims',
      command: '/pilot check-in claims-triage',
      done: ({ late }) => late > 0,
    },
    {
      id: 'away',
      text: 'Go away as Marek and name Wei to stand in. Wei is asked at nine in Singapore, and Marek is left alone.',
      as: 'marek',
      where: '#finance-ai',
      command: '/pilot away',
      done: ({ standIns }) => standIns > 0,
    },
    {
      id: 'holiday',
      text: 'Make a Thursday a day off for everybody, as Lena of the programme office. The question comes on the next working day.',
      as: 'lena',
      where: '#ai-pilots',
      command: '/pilot settings workspace holidays',
      done: (facts) => hasSet(facts, 'workspace_settings_changed', 'holidays'),
    },
    {
      id: 'clocks',
      text: 'Press "Next Monday 09:00" until the clocks have changed in Berlin: the message of the day still comes at nine.',
      as: 'ana',
      where: '@pilotage',
      done: ({ afterClockChange }) => afterClockChange > 0,
    },
  ],
};
