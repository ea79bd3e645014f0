/** Which pilot does somebody mean, may they see it, and how does it stand? */
import { type Day, dayOf } from '../core/day.ts';
import { type Judged, judgedOn } from '../core/judged.ts';
import { nearest } from '../core/key.ts';
import { todayIn } from '../core/metric.ts';
import { pausedDays } from '../core/pause.ts';
import { type Act, canSee, type Viewer, whoCould } from '../core/pilot.ts';
import type { CharterVersion, PilotFacts } from '../core/pilot-facts.ts';
import { type Standing, standingOf } from '../core/standing.ts';
import { conditionsOf } from '../db/queries/decisions.ts';
import { type LookRow, newestLook } from '../db/queries/looks.ts';
import { valuesToJudge } from '../db/queries/observations.ts';
import { allPilots, pilotById, pilotByKey } from '../db/queries/pilots.ts';
import { blockersOf, pausesOf } from '../db/queries/rhythm.ts';
import { sponsorsAt } from '../db/queries/roles.ts';
import { type Block, type Message, sentence } from '../slack/blocks.ts';
import { type CardFacts, nameOf } from '../views/pilot-card.ts';
import { notAllowed } from '../views/refusal-text.ts';
import type { StandingShown } from '../views/stall-text.ts';
import type { Moment, Scene } from './feature.ts';
import { sponsorRecordOf } from './sponsor-signs.ts';

/** A pilot, or what to say instead. */
export type Found = { readonly facts: PilotFacts } | { readonly instead: Message };

/** Finds a pilot by the key somebody typed. One they may not see is answered like one that does not exist. */
export async function findByKey(scene: Scene, typed: string): Promise<Found> {
  const key = typed.trim();
  if (key === '') {
    return {
      instead: sentence(
        `Which pilot? Add its key, like ${scene.command} show claims-triage. ${scene.command} list shows them all.`,
      ),
    };
  }
  const facts = await pilotByKey(scene.db, scene.workspace, key);
  if (facts !== null && maySee(facts, scene.viewer)) return { facts };
  const visible = (await allPilots(scene.db, scene.workspace)).filter((pilot) => maySee(pilot, scene.viewer));
  const near = nearest(
    key,
    visible.map(({ pilot }) => pilot.key),
    2,
  );
  const hint =
    near.length === 0
      ? `There are none yet; ${scene.command} register makes one.`
      : `Near it: ${near.join(', ')}.`;
  return { instead: sentence(`There is no pilot "${key.slice(0, 60)}" that you can see. ${hint}`) };
}

/** Finds a pilot by the id a button carries. */
export async function findById(scene: Scene, id: string): Promise<Found> {
  const facts = await pilotById(scene.db, scene.workspace, id);
  if (facts !== null && maySee(facts, scene.viewer)) return { facts };
  return { instead: sentence('This pilot is no longer there, or you cannot see it. Nothing has changed.') };
}

/** What somebody reads who may not do something with a pilot: who can, and why. */
export async function refusalOf(
  scene: Scene,
  { pilot, holders, charter }: PilotFacts,
  act: Act,
  why: string,
  more: readonly Block[] = [],
): Promise<Message> {
  const could = whoCould(act, holders, act === 'answer-request' ? charter.askedBy : null);
  const [names, office] = await Promise.all([
    scene.people.names(scene.workspace, could),
    scene.people.officeName(scene.workspace),
  ]);
  const able = could.map((id) => names.get(id) ?? id);
  return notAllowed(act, pilot.name, able, why, office, more);
}

/** The one place that decides who sees a pilot: every list, card, Home and digest goes through it. */
export const maySee = (facts: PilotFacts, viewer: Viewer): boolean =>
  canSee(facts.pilot, facts.holders, facts.everAsked, viewer);

/** Everything a card shows: the pilot, its verdicts as known now, names, and today where the reader is. */
export async function cardOf(moment: Moment | Scene, facts: PilotFacts): Promise<CardFacts> {
  const names = await moment.people.names(moment.workspace, [
    ...Object.values(facts.holders),
    facts.charter.askedBy,
    facts.charter.answeredBy,
    facts.signed?.answeredBy,
  ]);
  const of = { workspace: moment.workspace, pilot: facts.pilot.id };
  const [{ standing, restated, first }, pause, office, signedBy, look, conditions, sponsorAnswers] =
    await Promise.all([
      judgedNow(moment, facts),
      pauseNow(moment, facts),
      moment.people.officeName(moment.workspace),
      signerOf(moment, facts, names),
      newestLook(moment.db, of),
      facts.pilot.stage === 'deploy' ? conditionsOf(moment.db, of) : [],
      facts.charter.status === 'signed' ? {} : sponsorRecordOf(moment.db, facts),
    ]);
  const today = todayIn(moment.zone, moment.at);
  const blockers = look === null ? [] : await blockersOf(moment.db, of);
  return {
    facts,
    standing,
    restated,
    first,
    names,
    today,
    zone: moment.zone,
    command: moment.command,
    pause,
    office,
    signedBy,
    conditions: conditions.filter(({ clearedAt }) => clearedAt === null),
    sponsorAnswers,
    stuck:
      look === null
        ? null
        : standingShown(standing, look, new Map(blockers.map(({ id, words }) => [id, words])), today),
  };
}

/** Where a pilot stands by its newest look, with the names its words need. */
export function standingShown(
  { criteria }: Standing,
  look: LookRow,
  blockers: ReadonlyMap<string, string>,
  today: Day,
): StandingShown {
  const names = new Map(criteria.map(({ criterion, metric }) => [criterion.id, metric.name]));
  return {
    standing: look.standing,
    signals: look.counted,
    evidence: { criteria: names, blockers, today, seenOn: look.day },
  };
}

/** Whoever signed the version that counts, by name; null before that. */
async function signerOf(
  moment: Moment | Scene,
  facts: PilotFacts,
  names: ReadonlyMap<string, string>,
): Promise<string | null> {
  const { signed, holders } = facts;
  if (signed === null) return null;
  // Nearly always it was the sponsor, whose name is known here.
  if (signed.answeredBy !== null && signed.answeredBy === holders.sponsor)
    return nameOf(names, signed.answeredBy);
  return answererOf(moment, facts, signed);
}

/** Whoever answered a request, by name: 'Omar Haddad for Priya Shah' where the delegate did. */
export async function answererOf(
  moment: Moment | Scene,
  { pilot, holders }: PilotFacts,
  { answeredBy, answeredAt }: Pick<CharterVersion, 'answeredBy' | 'answeredAt'>,
): Promise<string> {
  const { db, workspace } = moment;
  const sponsors =
    answeredBy === null || answeredAt === null || answeredBy === holders.sponsor
      ? []
      : await sponsorsAt(db, workspace, pilot.id, answeredAt);
  const sponsor = answeredBy === null || sponsors.includes(answeredBy) ? undefined : sponsors[0];
  const names = await moment.people.names(workspace, [answeredBy, sponsor]);
  const who = nameOf(names, answeredBy);
  return sponsor === undefined ? who : `${who} for ${nameOf(names, sponsor)}`;
}

/** The pause a pilot is in, or null. */
async function pauseNow(
  moment: Moment | Scene,
  facts: PilotFacts,
): Promise<NonNullable<CardFacts['pause']> | null> {
  if (facts.pilot.pausedSince === null) return null;
  const rows = await pausesOf(moment.db, { workspace: moment.workspace, pilot: facts.pilot.id });
  const row = rows.findLast(({ until }) => until === null);
  return row === undefined ? null : { ...row, sinceDay: dayOf(row.since, moment.zone) };
}

/** The verdicts as known now, in the workspace's zone. */
export const standingNow = async (moment: Moment | Scene, facts: PilotFacts): Promise<Standing> =>
  standingOf(...(await judgedBy(moment, facts)));

const judgedNow = async (moment: Moment | Scene, facts: PilotFacts): Promise<Judged> =>
  judgedOn(...(await judgedBy(moment, facts)));

/** What a pilot is judged by now. */
async function judgedBy(moment: Moment | Scene, facts: PilotFacts) {
  const { db, workspace, workspaceZone, at } = moment;
  const pilot = facts.pilot.id;
  const [values, pauses] =
    facts.metrics.length === 0
      ? [[], []]
      : await Promise.all([valuesToJudge(db, workspace, pilot), pausesOf(db, { workspace, pilot })]);
  return [facts, values, workspaceZone, at, pausedDays(pauses, workspaceZone, at)] as const;
}
