/** How is an order to hand everything over carried out, and what do the two people read? */
import { isWatched } from '../../core/pilot.ts';
import { actingRole } from '../../core/roles.ts';
import { guard, type Statement, unlessStale } from '../../db/database.ts';
import { intend } from '../../db/queries/outbox.ts';
import { allPilots } from '../../db/queries/pilots.ts';
import { rolesSince } from '../../db/queries/roles.ts';
import { moveOn, type ScheduleRow } from '../../db/queries/schedules.ts';
import { everythingGoneMessage, everythingMessage, rolesHeld } from '../../views/hand-over-text.ts';
import { nameOf } from '../../views/pilot-card.ts';
import type { Letter, Moment, Parts } from '../feature.ts';
import { ordersDuty, PER_LOOK } from '../orders.ts';
import { moves, ORDER, type Order, orderShape, planOf } from './everything.ts';
import { handOverStatements } from './hand-over.ts';

/** Carries orders out, one batch per pilot; what was done before a crash is not done again. */
export const orderDuty = ordersDuty(ORDER, orderShape, carryOut);

async function carryOut(parts: Parts, row: ScheduleRow, order: Order, at: number): Promise<void> {
  const { db } = parts;
  const { workspace } = row;
  const left = planOf(await allPilots(db, workspace), order).filter(moves);
  for (const { facts, passed, metrics } of left.slice(0, PER_LOOK)) {
    const role = order.office ? 'office' : actingRole(facts.holders, { id: order.by, office: false });
    const how = { parts, workspace, at, by: order.by, role, note: order.note };
    const change = { after: passed.after, metrics, reporter: order.to, tellHolders: false };
    await unlessStale(db.atomically(workspace, (log) => handOverStatements(how, facts, change, log)));
  }
  const done = left.length <= PER_LOOK;
  const letters = done ? await lettersFor(parts, workspace, order, at) : [];
  await unlessStale(
    db.atomically(workspace, () => [guard(moveOn(db, row, done ? null : at), 'schedule'), ...letters]),
  );
}

/** One message to the receiver, and one to whoever had it all, unless they did it themselves or are gone. */
async function lettersFor(parts: Parts, workspace: string, order: Order, at: number): Promise<Statement[]> {
  const from = await parts.people.person(workspace, order.from);
  const letter = (kind: string, person: string): Statement =>
    intend(parts.db, workspace, parts.newId(), at, {
      kind,
      subject: `hand-over:${order.from}:${order.to}`,
      version: 1,
      addressee: `user:${person}`,
      details: order,
      dedupeKey: `${kind}:${order.from}:${order.to}:${order.since}`,
      notBefore: at,
    });
  return [
    ...(order.to === order.by ? [] : [letter('everything-received', order.to)]),
    ...(order.from === order.by || from.isDeactivated ? [] : [letter('everything-gone', order.from)]),
  ];
}

/** The pilots in which the receiver has got a role by this order, with what they hold there now. */
async function received(moment: Moment, order: Order) {
  const { db, workspace } = moment;
  const [rows, pilots] = await Promise.all([
    rolesSince(db, workspace, order.to, order.since),
    allPilots(db, workspace),
  ]);
  const ids = new Set(rows.map(({ pilot }) => pilot));
  return pilots
    .filter(({ pilot }) => ids.has(pilot.id) && !isWatched(pilot))
    .map(({ pilot, holders, everAsked }) => ({
      name: pilot.name,
      // Before the signature was asked for, only its owners know of a pilot.
      roles: rolesHeld(holders, order.to).filter(
        (role) => everAsked || role === 'owner' || role === 'backup',
      ),
    }))
    .filter(({ roles }) => roles.length > 0);
}

async function read(moment: Moment, details: unknown) {
  const known = orderShape.safeParse(details);
  if (!known.success) return null;
  const order = known.data;
  const roles = await received(moment, order);
  if (roles.length === 0) return null;
  const names = await moment.people.names(moment.workspace, [order.by, order.from, order.to]);
  const called = {
    who: nameOf(names, order.by),
    from: nameOf(names, order.from),
    to: nameOf(names, order.to),
  };
  return { order, roles, called };
}

const overtaken = { overtaken: 'nothing of it is left' } as const;

export const orderLetters: readonly Letter[] = [
  {
    kind: 'everything-received',
    repeat: 'at_least_once',
    card: false,
    async draw(moment, about) {
      const known = await read(moment, about.details);
      if (known === null) return overtaken;
      return { message: everythingMessage(known.roles, known.called, known.order.note) };
    },
  },
  {
    kind: 'everything-gone',
    repeat: 'at_least_once',
    card: false,
    async draw(moment, about) {
      const known = await read(moment, about.details);
      if (known === null) return overtaken;
      return { message: everythingGoneMessage(known.called, known.roles.length) };
    },
  },
];
