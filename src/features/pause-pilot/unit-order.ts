/** How is an order about all pilots of a unit carried out to the end, and who is told? */

import { z } from 'zod';
import { todayIn } from '../../core/metric.ts';
import { isWatched } from '../../core/pilot.ts';
import type { PilotFacts } from '../../core/pilot-facts.ts';
import { type Guard, guard, type Statement, unlessStale } from '../../db/database.ts';
import { intend } from '../../db/queries/outbox.ts';
import { workspaceById } from '../../db/queries/people.ts';
import { allPilots } from '../../db/queries/pilots.ts';
import { pausesOf } from '../../db/queries/rhythm.ts';
import { moveOn, type ScheduleRow, setSchedule } from '../../db/queries/schedules.ts';
import { message } from '../../slack/blocks.ts';
import { bold, type Line } from '../../slack/text.ts';
import * as buttons from '../../views/buttons.ts';
import { namesText, pilotsText, untilText } from '../../views/pause-text.ts';
import type { Letter, Parts, Scene } from '../feature.ts';
import { ordersDuty, PER_LOOK } from '../orders.ts';
import { type Doing, pauseStatements, resumeStatements, toTell } from './pause.ts';

const KIND = 'unit-order';

export type UnitAct = 'pause' | 'resume';

const order = z.object({
  act: z.enum(['pause', 'resume']),
  unit: z.string(),
  reason: z.string(),
  until: z.string().nullable(),
  by: z.string(),
  since: z.number(),
});
type Order = z.infer<typeof order>;

export const sameUnit = (facts: PilotFacts, unit: string): boolean =>
  facts.pilot.unit !== null && facts.pilot.unit.trim().toLowerCase() === unit.trim().toLowerCase();

/** The pilots of a unit that an act is about, by key. */
export const concerned = (pilots: readonly PilotFacts[], unit: string, act: UnitAct): PilotFacts[] =>
  pilots.filter(
    (facts) =>
      sameUnit(facts, unit) &&
      facts.pilot.stage !== 'stopped' &&
      (facts.pilot.pausedSince === null) === (act === 'pause'),
  );

/** The order is a row, so that it is carried out to the end whatever happens to this process. */
export async function placeOrder(
  scene: Scene,
  given: Pick<Order, 'act' | 'unit' | 'reason' | 'until'>,
): Promise<void> {
  const { db, workspace, at } = scene;
  const placed: Order = { ...given, by: scene.actor.id, since: at };
  await db.atomically(workspace, (log): (Statement | Guard)[] => [
    setSchedule(db, {
      workspace,
      id: scene.newId(),
      kind: KIND,
      subject: `${given.act}:${given.unit.toLowerCase()}`,
      rule: {},
      timezone: scene.workspaceZone,
      nextAt: at,
      details: placed,
      setBy: scene.actor.id,
      setAt: at,
    }),
    log({
      at,
      kind: given.act === 'pause' ? 'unit_paused' : 'unit_resumed',
      pilot: null,
      actor: `user:${scene.actor.id}`,
      body: { role: 'office', return_day: given.until },
      personal: { unit: given.unit, reason: given.reason },
    }),
  ]);
}

/** Carries orders out, one batch per pilot; what was done before a crash is not done again. */
export const unitDuty = ordersDuty(KIND, order, carryOut);

async function carryOut(parts: Parts, row: ScheduleRow, given: Order, at: number): Promise<void> {
  const { db } = parts;
  const { workspace } = row;
  const zone = (await workspaceById(db, workspace))?.timezone ?? row.timezone;
  const left = concerned(await allPilots(db, workspace), given.unit, given.act);
  for (const facts of left.slice(0, PER_LOOK)) {
    const how: Doing = { parts, workspace, at, zone, by: given.by, role: 'office' };
    const earlier = await pausesOf(db, { workspace, pilot: facts.pilot.id });
    await unlessStale(
      db.atomically(workspace, (log) =>
        given.act === 'pause'
          ? pauseStatements(
              how,
              facts,
              { reason: given.reason, until: given.until },
              earlier.length + 1,
              [],
              log,
            )
          : resumeStatements(how, facts, [], at, log),
      ),
    );
  }
  const done = left.length <= PER_LOOK;
  const letters = done ? await lettersFor(parts, workspace, given, at) : [];
  await unlessStale(
    db.atomically(workspace, () => [guard(moveOn(db, row, done ? null : at), 'schedule'), ...letters]),
  );
}

/** One message to each owner and each sponsor, whoever gave the order left aside. */
async function lettersFor(parts: Parts, workspace: string, given: Order, at: number): Promise<Statement[]> {
  const touchedPilots = (await ofOrder(parts, workspace, given)).filter(({ pilot }) => !isWatched(pilot));
  const people = new Set(
    touchedPilots.flatMap((facts) => (given.act === 'pause' ? toTell(facts) : [facts.holders.owner])),
  );
  people.delete(given.by);
  return [...people].flatMap((person) =>
    person === undefined
      ? []
      : [
          intend(parts.db, workspace, parts.newId(), at, {
            kind: 'unit-order',
            subject: `unit:${given.unit}`,
            version: 1,
            addressee: `user:${person}`,
            details: given,
            dedupeKey: `unit-order:${given.act}:${given.unit}:${given.since}:${person}`,
            notBefore: at,
          }),
        ],
  );
}

/** The pilots an order has reached and nothing else has changed since. */
async function ofOrder(parts: Parts, workspace: string, given: Order): Promise<PilotFacts[]> {
  const pilots = (await allPilots(parts.db, workspace)).filter((facts) => sameUnit(facts, given.unit));
  if (given.act === 'pause')
    return pilots.filter(({ pilot }) => pilot.pausedSince !== null && pilot.pausedSince >= given.since);
  const ended = await Promise.all(
    pilots.map(async ({ pilot }) => (await pausesOf(parts.db, { workspace, pilot: pilot.id })).at(-1)?.until),
  );
  return pilots.filter((_facts, index) => (ended[index] ?? 0) >= given.since);
}

/** To one owner or sponsor: which of their pilots rest now, or go on. */
export const unitLetter: Letter = {
  kind: 'unit-order',
  repeat: 'at_least_once',
  card: false,
  async draw(moment, about) {
    const known = order.safeParse(about.details);
    if (!known.success) return { overtaken: 'the order cannot be read' };
    const given = known.data;
    const reader = about.addressee.slice('user:'.length);
    const mine = (await ofOrder(moment, moment.workspace, given)).filter(
      (facts) => !isWatched(facts.pilot) && toTell(facts).includes(reader),
    );
    if (mine.length === 0) return { overtaken: 'nothing of it concerns them any more' };
    const who = (await moment.people.names(moment.workspace, [given.by])).get(given.by) ?? given.by;
    const names = namesText(
      mine.map(({ pilot }) => pilot.name),
      20,
    );
    const count = pilotsText(mine.length);
    const today = todayIn(moment.zone, moment.at);
    const pauses = given.act === 'pause';
    const title = pauses
      ? `${count} of ${given.unit} ${mine.length === 1 ? 'is' : 'are'} paused`
      : `${count} of ${given.unit} ${mine.length === 1 ? 'goes' : 'go'} on`;
    const lines: Line[] = pauses
      ? [
          [bold(`${who}: `), `"${given.reason}"`],
          [bold('Paused: '), names],
          `They rest ${given.until === null ? 'until somebody resumes them' : untilText(given.until, today)}. Until then nothing is asked, and the days do not count against them.`,
        ]
      : [[bold('They go on: '), names], 'Check-ins are asked for again after one full period.'];
    return {
      message: message({
        notice: pauses
          ? `${title} ${untilText(given.until, today)}: ${names}. ${who}: "${given.reason}"`
          : `${title}: ${names}`,
        title,
        lines,
        buttons: [[buttons.showMine.element({}), buttons.preferences.element({ about: 'me' })]],
      }),
    };
  },
};
