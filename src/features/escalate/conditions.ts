/** Who is reminded of the conditions of a go before their day, and who hears that one is overdue? */
import { z } from 'zod';
import { firstSendable, nextSlot } from '../../core/business-time.ts';
import { awayOn } from '../../core/calendar.ts';
import { type ConditionStep, conditionKey, conditionStep, waitsForConditions } from '../../core/condition.ts';
import { addDays, type Day, dayOf, startOfDay } from '../../core/day.ts';
import { todayIn } from '../../core/metric.ts';
import { isWatched } from '../../core/pilot.ts';
import type { PilotFacts } from '../../core/pilot-facts.ts';
import { answersFor } from '../../core/roles.ts';
import { sha256 } from '../../db/chain.ts';
import type { Statement } from '../../db/database.ts';
import { lastSentTo } from '../../db/queries/cases.ts';
import { type ConditionRow, openConditions } from '../../db/queries/decisions.ts';
import { intend, isIntended } from '../../db/queries/outbox.ts';
import { workspaceById } from '../../db/queries/people.ts';
import { allPilots } from '../../db/queries/pilots.ts';
import { type ConditionTold, conditionMessage } from '../../views/condition-text.ts';
import { nameOf } from '../../views/pilot-card.ts';
import { calendarsOf } from '../calendars.ts';
import type { Letter, Moment, Parts } from '../feature.ts';
import { DECIDERS, deskFor, type PeopleDesk } from './people.ts';

const KIND = 'conditions';
const MINUTE = 60_000;
const READERS = ['owner', 'sponsor'] as const;
type Reading = (typeof READERS)[number];

/** What a letter was to say: of which conditions what. */
const details = z.object({
  as: z.enum(READERS),
  told: z.array(z.object({ condition: z.string(), step: z.enum(['soon', 'overdue']) })),
});

/** A condition of which somebody is to be told now. */
interface Due {
  readonly facts: PilotFacts;
  readonly condition: ConditionRow;
  readonly as: Reading;
  readonly person: string;
  readonly step: ConditionStep;
  readonly key: string;
}

/** What is due by now, and the keys of what rests with its pilot: what was told before a pause is not told again after it. */
interface Looked {
  readonly due: readonly Due[];
  readonly resting: ReadonlySet<string>;
}

/** Whoever reads it: the holder, or whoever stands in while they are away or gone. */
function readerOf(facts: PilotFacts, as: Reading, desk: PeopleDesk, at: number): string | null {
  const isAtWork = (person: string): boolean => {
    const calendar = desk.calendarOf(person);
    return desk.isThere(person) && awayOn(calendar, dayOf(at, calendar.zone)) === null;
  };
  const { holders } = facts;
  return answersFor(as, holders, isAtWork) ?? answersFor(as, holders, desk.isThere);
}

async function lookAt(parts: Parts, workspace: string, at: number): Promise<Looked> {
  const { db } = parts;
  const open = await openConditions(db, workspace);
  if (open.size === 0) return { due: [], resting: new Set() };
  const pilots = (await allPilots(db, workspace)).filter(
    ({ pilot }) => open.has(pilot.id) && !isWatched(pilot) && pilot.stage !== 'stopped',
  );
  const zone = (await workspaceById(db, workspace))?.timezone ?? 'UTC';
  const today = dayOf(at, zone);
  const desk = await deskFor(
    parts,
    workspace,
    pilots.flatMap(({ holders }) => Object.values(holders)),
  );
  const found = pilots.flatMap((facts) =>
    (open.get(facts.pilot.id) ?? []).flatMap((condition) =>
      READERS.flatMap((as): Due[] => {
        const person = readerOf(facts, as, desk, at);
        const calendar = desk.calendarOf(facts.holders.owner ?? '');
        const step = conditionStep(condition, as, today, calendar);
        if (person === null || step === null) return [];
        const key = `${sha256(person).slice(0, 12)}:${conditionKey(condition, step)}`;
        return [{ facts, condition, as, person, step, key }];
      }),
    ),
  );
  const waits = ({ facts }: Due): boolean => waitsForConditions(facts.pilot);
  return {
    due: found.filter(waits),
    resting: new Set(found.filter((one) => !waits(one)).map(({ key }) => key)),
  };
}

/**
 * The letters about conditions that somebody has not been told of, each to be sent in their slot, and what is told by then.
 * `before` is what was told at earlier looks.
 */
export async function conditionsToTell(
  parts: Parts,
  workspace: string,
  before: ReadonlySet<string>,
  at: number,
): Promise<{ readonly letters: readonly Statement[]; readonly keys: readonly string[] }> {
  const { due, resting } = await lookAt(parts, workspace, at);
  const fresh = Map.groupBy(
    due.filter(({ key }) => !before.has(key)),
    ({ as, person }) => `${as}:${person}`,
  );
  const calendars = await calendarsOf(
    parts,
    workspace,
    due.map(({ person }) => person),
  );
  const letters = [...fresh.values()].flatMap((own): Statement[] => {
    const [first] = own;
    if (first === undefined) return [];
    const { as, person } = first;
    const calendar = calendars.get(person);
    const slot = calendar === undefined ? at : firstSendable(calendar, at, 'slot');
    return [
      intend(parts.db, workspace, parts.newId(), at, {
        kind: KIND,
        subject: `${KIND}:${as}:${person}`,
        version: 1,
        addressee: `user:${person}`,
        details: { as, told: own.map(({ condition, step }) => ({ condition: condition.id, step })) },
        dedupeKey: `${KIND}:${as}:${person}:${sha256(own.map(({ key }) => key).join()).slice(0, 12)}`,
        // What asks for a decision comes first, and then this waits for another day.
        notBefore: as === 'sponsor' ? slot + MINUTE : slot,
      }),
    ];
  });
  return {
    letters,
    keys: [...due.map(({ key }) => key), ...[...resting].filter((key) => before.has(key))],
  };
}

/** Whether somebody has another message of the day, into which this one would only break. */
async function hasOther({ db, workspace }: Moment, person: string, day: Day): Promise<boolean> {
  const others = await Promise.all(
    ['daily', 'pre-flight'].map((kind) => isIntended(db, workspace, `${kind}:${person}:${day}`)),
  );
  return others.includes(true);
}

/** One message with what came up, checked once more when it goes out; never on the day of a check-in or of a card to decide. */
export const conditionLetter: Letter = {
  kind: KIND,
  repeat: 'at_most_once',
  card: false,
  inHours: true,
  async draw(moment, letter) {
    const { db, workspace, at } = moment;
    const given = details.safeParse(letter.details);
    const person = letter.addressee.slice('user:'.length);
    if (!given.success) return { overtaken: 'nothing is known of it any more' };
    const { as, told } = given.data;
    const conditions = told.map(({ condition }) => condition);
    const open = [...(await openConditions(db, workspace)).values()].flat();
    if (!open.some(({ id }) => conditions.includes(id))) return { overtaken: 'the conditions are done' };
    const calendar = (await calendarsOf(moment, workspace, [person])).get(person);
    const day = dayOf(at, calendar?.zone ?? moment.zone);
    const decided = as === 'sponsor' ? await lastSentTo(db, workspace, person, DECIDERS) : null;
    const isTaken =
      (await hasOther(moment, person, day)) ||
      (decided !== null && dayOf(decided, calendar?.zone ?? moment.zone) === day);
    const { due } = await lookAt(moment, workspace, at);
    const found = due.filter(
      (one) =>
        one.person === person &&
        one.as === as &&
        told.some(({ condition, step }) => condition === one.condition.id && step === one.step),
    );
    if (calendar !== undefined && (isTaken || found.length === 0)) {
      const tomorrow = nextSlot(calendar, startOfDay(addDays(day, 1), calendar.zone));
      // Its pilot rests, or its day has moved: it may be due again.
      const rests = found.length > 0 || (await isResting(moment, conditions));
      return rests ? { heldUntil: tomorrow } : { overtaken: 'nothing is due of it any more' };
    }
    const other = as === 'owner' ? 'sponsor' : 'owner';
    const people = found.flatMap(({ facts }) => facts.holders[other] ?? []);
    const names = await moment.people.names(workspace, people);
    return {
      message: conditionMessage(
        found.map(({ facts, condition, step }): ConditionTold => ({ pilot: facts.pilot, condition, step })),
        {
          as,
          today: todayIn(moment.zone, at),
          others: new Map(
            found.flatMap(({ facts }): [string, string][] =>
              facts.holders[other] === undefined
                ? []
                : [[facts.pilot.id, nameOf(names, facts.holders[other])]],
            ),
          ),
        },
      ),
    };
  },
};

/** Whether one of these conditions belongs to a pilot that is paused. */
async function isResting({ db, workspace }: Moment, ids: readonly string[]): Promise<boolean> {
  const open = await openConditions(db, workspace);
  const pilots = await allPilots(db, workspace);
  return pilots.some(
    ({ pilot }) =>
      pilot.stage === 'deploy' &&
      pilot.pausedSince !== null &&
      (open.get(pilot.id) ?? []).some(({ id }) => ids.includes(id)),
  );
}
