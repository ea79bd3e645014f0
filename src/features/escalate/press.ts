/** What becomes of the cases of those whose press is waited for: who is asked, and when is it over? */
import { isPress } from '../../core/escalation/cause.ts';
import { addressing } from '../../core/escalation/delivery.ts';
import { type AwaitedPress, awaitedPresses } from '../../core/escalation/press.ts';
import type { CaseRow } from '../../db/queries/cases.ts';
import { overTurn } from './decision-date.ts';
import type { Gathered } from './facts.ts';
import { chainOf } from './people.ts';
import { type Adopted, type Around, beginning, type Turn, turn } from './perform.ts';

/** What of a pilot tells whose press is waited for. */
type Asked = Pick<Gathered, 'facts' | 'letters' | 'checkIns' | 'decisions'>;

/** The presses a pilot waits for. */
function pressesOf({ facts, letters, checkIns, decisions }: Asked): AwaitedPress[] {
  const asks = checkIns.flatMap(({ ask }) => (ask === null ? [] : [ask]));
  const made = decisions.filter(({ state }) => state !== 'undone').map(({ at }) => at);
  return awaitedPresses(facts, letters, { asks, decidedAt: Math.max(0, ...made) });
}

/** What a look does to them: a request that is out opens a case, its answer ends it, another request begins another case. */
export function pressTurns(around: Around, known: Gathered): Turn[] {
  const awaited = pressesOf(known);
  const open = known.cases.filter((row) => row.closedAt === null && isPress(row.record.cause));
  const isWaitedFor = (row: CaseRow) =>
    awaited.some(({ cause, request }) => cause === row.cause && request === row.said.press?.request);
  const over = open.filter((row) => !isWaitedFor(row));
  const begun = awaited.filter(
    ({ cause, request }) =>
      !known.cases.some((row) => row.cause === cause && row.said.press?.request === request),
  );
  return [
    ...over.map((row) => overTurn(around, row)),
    ...begun.map((press) => beginningOf(around, known, press)),
  ];
}

/** The case of a request. The request itself is its first message: the time for an answer runs from its delivery. */
function beginningOf(around: Around, known: Gathered, press: AwaitedPress): Turn {
  const { cause, request, letters } = press;
  const row = beginning(around, cause, chainOf(known, cause), known.settings.version);
  const happening = { event: 'cond_true_immediate', at: around.at } as const;
  const turned = turn(around, { ...row, said: { press: { request } } }, happening, true);
  const { notice } = turned.after.record;
  // Where nobody on the first rung can be reached, the next one hears at once.
  if (notice === null || notice.level !== 'L1') return turned;
  const { copies } = addressing(turned.after.record, notice, around.desk, around.at);
  const sent = letters.flatMap(({ id, person }): Adopted[] =>
    person === null ? [] : [{ id, person, as: 'person', asked: true }],
  );
  const reached = sent.filter(({ person }) => copies.some((copy) => copy.person === person));
  return { ...turned, copies: [], adopted: reached.length > 0 ? reached : sent };
}
