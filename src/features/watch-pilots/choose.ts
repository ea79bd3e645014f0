/** Which of the pilots that are watched only does a release mean, and what follows from it? */
import { nextCheckInStep } from '../../core/check-in.ts';
import { type Day, dayOf } from '../../core/day.ts';
import { nearest } from '../../core/key.ts';
import { isWatched } from '../../core/pilot.ts';
import type { PilotFacts } from '../../core/pilot-facts.ts';
import { sha256 } from '../../db/chain.ts';
import type { FieldErrors } from '../../slack/form.ts';
import { nameOf } from '../../views/pilot-card.ts';
import type { ReleasePlan } from '../../views/watch-text.ts';
import { checkInFacts } from '../check-in-facts.ts';
import type { Parts, Scene } from '../feature.ts';
import { whoIsThere } from '../who-is-there.ts';

/** Which pilots: each of these narrows them down. */
export interface Wanted {
  /** Empty for all. */
  readonly keys: readonly string[];
  readonly unit: string | null;
  readonly owner: string | null;
  readonly count: number | null;
}

/** So many pilots are looked at for their first check-in before a release; it is the same for the others. */
const MOST_LOOKED_AT = 60;

const sameUnit = (facts: PilotFacts, unit: string): boolean =>
  facts.pilot.unit?.trim().toLowerCase() === unit.trim().toLowerCase();

/** Those that are watched only, oldest first. */
export const watchedOf = (all: readonly PilotFacts[]): PilotFacts[] =>
  all
    .filter(({ pilot }) => isWatched(pilot))
    .sort((a, b) => a.pilot.createdAt - b.pilot.createdAt || (a.pilot.id < b.pilot.id ? -1 : 1));

/** Those of them that are wanted. */
export function chosen(all: readonly PilotFacts[], { keys, unit, owner, count }: Wanted): PilotFacts[] {
  const some = watchedOf(all)
    .filter(({ pilot }) => keys.length === 0 || keys.includes(pilot.key))
    .filter((facts) => unit === null || sameUnit(facts, unit))
    .filter(({ holders }) => owner === null || holders.owner === owner);
  return count === null ? some : some.slice(0, count);
}

/** Stands for the pilots somebody was shown, so that no others are released by the same press. */
export const markOf = (pilots: readonly PilotFacts[]): string =>
  sha256(pilots.map(({ pilot }) => pilot.id).join(' ')).slice(0, 16);

/** What is wrong with what somebody typed to choose pilots. */
export function wantedProblems(
  all: readonly PilotFacts[],
  typed: { readonly keys: readonly string[]; readonly unit: string | null; readonly count: string | null },
): FieldErrors {
  const watched = watchedOf(all);
  const errors: FieldErrors = {};
  const unknown = typed.keys.find((key) => !watched.some(({ pilot }) => pilot.key === key));
  if (unknown !== undefined) {
    const near = nearest(
      unknown,
      watched.map(({ pilot }) => pilot.key),
      2,
    );
    errors['keys'] = `No pilot "${unknown.slice(0, 60)}" is in watch only. Near it: ${near.join(', ')}.`;
  }
  const { unit } = typed;
  if (unit !== null && !watched.some((facts) => sameUnit(facts, unit))) {
    const units = [...new Set(watched.flatMap(({ pilot }) => pilot.unit ?? []))];
    const near = nearest(unit, units, 2);
    errors['unit'] =
      near.length === 0
        ? 'No pilot in watch only names a unit. Leave this empty.'
        : `No pilot of "${unit.slice(0, 60)}" is in watch only. Near it: ${near.join(', ')}.`;
  }
  if (typed.count !== null && !/^[1-9]\d{0,3}$/.test(typed.count))
    errors['count'] = `"${typed.count}" is not a number of pilots. Write a whole number, like 10.`;
  return errors;
}

/** Who hears of a release: the owner, and the sponsor of a charter that is signed or asked about. */
export function toHear({ holders, everAsked }: PilotFacts): string[] {
  const { owner, sponsor } = holders;
  return [...new Set([owner, ...(everAsked ? [sponsor] : [])])].filter((id) => id !== undefined);
}

/** When a pilot is first asked about once it is released at an instant; null where nothing is asked. */
export async function firstAsk(parts: Parts, facts: PilotFacts, at: number): Promise<number | null> {
  const released = { ...facts, pilot: { ...facts.pilot, watchedSince: null, releasedAt: at } };
  const known = await checkInFacts(parts, released);
  return known === null ? null : (nextCheckInStep(known, at)?.at ?? null);
}

/** What follows when these are released at an instant. */
export async function planOf(
  scene: Scene,
  pilots: readonly PilotFacts[],
  day: Day | null,
  at: number,
): Promise<ReleasePlan> {
  const { workspace } = scene;
  const hearing = pilots.flatMap((facts) => toHear(facts));
  const owners = pilots.map(({ holders }) => holders.owner);
  const there = await whoIsThere(scene, workspace, [...hearing, ...owners]);
  const heard = [...Map.groupBy(hearing, (id) => id)]
    .filter(([id]) => there.has(id) && id !== scene.actor.id)
    .map(([id, times]) => ({ id, count: times.length }))
    .sort((a, b) => b.count - a.count || (a.id < b.id ? -1 : 1));
  const names = await scene.people.names(
    workspace,
    heard.map(({ id }) => id),
  );
  const signed = pilots.filter((facts) => facts.signed !== null);
  const looked = signed.slice(0, MOST_LOOKED_AT);
  const asks = await Promise.all(looked.map((facts) => firstAsk(scene, facts, at)));
  const days = asks.flatMap((instant) => (instant === null ? [] : [dayOf(instant, scene.zone)]));
  return {
    names: pilots.map(({ pilot }) => pilot.name),
    day,
    heard: heard.map(({ id, count }) => ({ name: nameOf(names, id), count })),
    asks: [...Map.groupBy(days, (one) => one)]
      .map(([one, times]) => ({ day: one, count: times.length }))
      .sort((a, b) => (a.day < b.day ? -1 : 1)),
    unsigned: pilots.length - signed.length,
    ownerless: pilots
      .filter(({ holders }) => holders.owner === undefined || !there.has(holders.owner))
      .map(({ pilot }) => pilot.name),
    unseen: signed.length - looked.length,
  };
}
