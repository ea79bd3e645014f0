/** What is the card of a press that is waited for drawn from? */
import { stateOf } from '../../core/charter.ts';
import { dayOf } from '../../core/day.ts';
import type { Addressee, PressCause } from '../../core/escalation/cause.ts';
import { isAnswered } from '../../core/escalation/press.ts';
import { partsOf } from '../../core/escalation.ts';
import type { CaseRow } from '../../db/queries/cases.ts';
import { pressLettersOf } from '../../db/queries/press-letters.ts';
import type { Message } from '../../slack/blocks.ts';
import type { CardFacts } from '../../views/pilot-card.ts';
import { pressCard } from '../../views/press-card.ts';
import type { Moment, Scene } from '../feature.ts';

/** The card of a press for somebody in a role, as it stands now. */
export async function pressCardFor(
  moment: Moment | Scene,
  card: CardFacts,
  row: CaseRow,
  as: Addressee,
  answerBy: string | null,
): Promise<Message> {
  const { db, workspace, zone } = moment;
  const { pilot, versions } = card.facts;
  const request = row.said.press?.request ?? '';
  const isQuestion = row.cause === 'request';
  const { version: n, revision } = stateOf(isQuestion ? 0 : Number(request));
  const version = versions.find((one) => one.n === n) ?? null;
  const letters = isQuestion ? await pressLettersOf(db, { workspace, pilot: pilot.id }) : [];
  const asked = letters.find(({ id }) => id === request);
  const names = await moment.people.names(workspace, [asked?.by, version?.answeredBy]);
  const { closed } = row.record;
  const answeredAt = version?.answeredAt ?? closed?.at ?? null;
  return pressCard({
    card: { ...card, names: new Map([...card.names, ...names]) },
    cause: row.cause as PressCause,
    as,
    answerBy,
    askedOn: row.openedAt === null ? null : dayOf(row.openedAt, zone),
    isPaused: partsOf(row.record.state).isPaused,
    isFirst: partsOf(row.record.state).level === 'L1',
    version,
    revision,
    question:
      isQuestion && asked !== undefined
        ? { id: asked.id, words: asked.words ?? '', by: asked.by ?? '' }
        : null,
    ended:
      closed === null
        ? null
        : {
            on: answeredAt === null ? null : dayOf(answeredAt, zone),
            words: isAnswered(request, letters)
              ? 'the question is answered'
              : 'this question is not open any more',
          },
  });
}
