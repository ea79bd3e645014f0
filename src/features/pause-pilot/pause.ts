/** What is written when a pilot is paused, when its pause is changed, and when it goes on? */
import { startOfDay } from '../../core/day.ts';
import type { Json, LogbookDraft } from '../../core/logbook.ts';
import { mayPause, whoMayPause } from '../../core/pause.ts';
import type { PilotFacts } from '../../core/pilot-facts.ts';
import { type ActingRole, actingRole } from '../../core/roles.ts';
import { type Guard, guard, type Log, type Statement } from '../../db/database.ts';
import { touched } from '../../db/queries/messages.ts';
import { intend } from '../../db/queries/outbox.ts';
import { changePause, endPause, insertPause, markPaused } from '../../db/queries/pauses.ts';
import { type PauseRow, rethinkCheckIns } from '../../db/queries/rhythm.ts';
import { endSchedule, setSchedule } from '../../db/queries/schedules.ts';
import type { Message } from '../../slack/blocks.ts';
import { cannotText } from '../../views/refusal-text.ts';
import type { Parts, Scene } from '../feature.ts';

/** The kind of the schedules that let a pilot go on at its day. */
export const RESUME = 'resume';

/** Why, and until when. */
export interface PauseTerms {
  readonly reason: string;
  readonly until: string | null;
}

/** Who does it, at which instant, and in which zone a return day begins. */
export interface Doing {
  readonly parts: Pick<Parts, 'db' | 'newId'>;
  readonly workspace: string;
  readonly at: number;
  readonly zone: string;
  /** The person, or null when its day has come. */
  readonly by: string | null;
  readonly role: ActingRole;
}

/** Somebody acts, here and now. */
export const doing = (scene: Scene, facts: PilotFacts): Doing => ({
  parts: scene,
  workspace: scene.workspace,
  at: scene.at,
  zone: scene.workspaceZone,
  by: scene.actor.id,
  role: actingRole(facts.holders, scene.viewer),
});

type List = (Statement | Guard)[];

/** Its owner, and its sponsor once they have heard of it. */
export const toTell = ({ holders, everAsked }: PilotFacts): string[] =>
  [...new Set([holders.owner, everAsked ? holders.sponsor : undefined])].filter((id) => id !== undefined);

/** The sentence for somebody who may neither pause nor resume this pilot, or null. */
export async function mayNot(
  scene: Scene,
  facts: PilotFacts,
  act: 'pause' | 'resume',
): Promise<Message | null> {
  if (mayPause(facts.holders, scene.viewer)) return null;
  const could = whoMayPause(facts.holders);
  const names = await scene.people.names(scene.workspace, could);
  return cannotText(
    `${act} ${facts.pilot.name}`,
    could.map((id) => names.get(id) ?? id),
    'Its owner and its sponsor decide whether it rests.',
    await scene.people.officeName(scene.workspace),
  );
}

/** The statements that pause a pilot which is not paused. `nth` counts its pauses; `tell` is who gets a message. */
export function pauseStatements(
  how: Doing,
  facts: PilotFacts,
  terms: PauseTerms,
  nth: number,
  tell: readonly string[],
  log: Log,
): List {
  const { db, newId } = how.parts;
  const of = { workspace: how.workspace, pilot: facts.pilot.id };
  const pause = newId();
  return [
    guard(markPaused(db, of, how.at), 'pilot'),
    insertPause(db, {
      ...of,
      id: pause,
      since: how.at,
      returnDay: terms.until,
      reason: terms.reason,
      setBy: how.by ?? '',
    }),
    returnSchedule(how, facts, pause, terms.until),
    log(entry(how, facts, 'pilot_paused', { return_day: terms.until }, { reason: terms.reason })),
    ...tell.map((person) =>
      intend(db, how.workspace, newId(), how.at, {
        kind: 'pilot-paused',
        subject: of.pilot,
        version: nth,
        addressee: `user:${person}`,
        dedupeKey: `pilot-paused:${pause}:${person}`,
        notBefore: how.at,
      }),
    ),
    threadLine(how, facts, pause, 'paused', how.at, terms),
    ...afterwards(how, facts),
  ];
}

/** The statements that change why and until when a pilot is paused, as long as that pause runs. */
export function changeStatements(
  how: Doing,
  facts: PilotFacts,
  pause: PauseRow,
  terms: PauseTerms,
  log: Log,
): List {
  return [
    guard(changePause(how.parts.db, pause, { reason: terms.reason, returnDay: terms.until }), 'pause'),
    returnSchedule(how, facts, pause.id, terms.until),
    log(entry(how, facts, 'pause_changed', { return_day: terms.until }, { reason: terms.reason })),
    ...afterwards(how, facts),
  ];
}

/** The statements that let a paused pilot go on. `tellAt` is when the messages may go out. */
export function resumeStatements(
  how: Doing,
  facts: PilotFacts,
  tell: readonly { readonly person: string; readonly at: number }[],
  lineAt: number,
  log: Log,
): List {
  const { db, newId } = how.parts;
  const of = { workspace: how.workspace, pilot: facts.pilot.id };
  const since = facts.pilot.pausedSince ?? how.at;
  return [
    guard(markPaused(db, of, null), 'pilot'),
    endPause(db, of, how.at),
    endSchedule(db, how.workspace, RESUME, of.pilot),
    log(entry(how, facts, 'pilot_resumed', { by_itself: how.by === null }, null)),
    ...tell.map(({ person, at }) =>
      intend(db, how.workspace, newId(), how.at, {
        kind: 'pilot-resumed',
        subject: of.pilot,
        version: 1,
        addressee: `user:${person}`,
        details: { by: how.by },
        dedupeKey: `pilot-resumed:${of.pilot}:${since}:${person}`,
        notBefore: at,
      }),
    ),
    threadLine(how, facts, `${since}`, 'resumed', lineAt, null),
    ...afterwards(how, facts),
  ];
}

function entry(
  how: Doing,
  facts: PilotFacts,
  kind: string,
  body: { [key: string]: Json },
  personal: Json | null,
): LogbookDraft {
  return {
    at: how.at,
    kind,
    pilot: facts.pilot.id,
    actor: how.by === null ? 'system:resume' : `user:${how.by}`,
    body: { ...body, role: how.role },
    ...(personal === null ? {} : { personal }),
  };
}

/** It goes on when its day begins where its periods are counted; without a day nothing is planned. */
function returnSchedule(how: Doing, facts: PilotFacts, pause: string, day: string | null): Statement {
  const { db, newId } = how.parts;
  if (day === null) return endSchedule(db, how.workspace, RESUME, facts.pilot.id);
  return setSchedule(db, {
    workspace: how.workspace,
    id: newId(),
    kind: RESUME,
    subject: facts.pilot.id,
    rule: { day },
    timezone: how.zone,
    nextAt: startOfDay(day, how.zone),
    details: { pause },
    setBy: how.by ?? '',
    setAt: how.at,
  });
}

/** A line under the card in the pilot's channel. */
function threadLine(
  how: Doing,
  facts: PilotFacts,
  pause: string,
  what: 'paused' | 'resumed',
  notBefore: number,
  terms: PauseTerms | null,
): Statement {
  const pilot = facts.pilot.id;
  return intend(how.parts.db, how.workspace, how.parts.newId(), how.at, {
    kind: 'pause-line',
    subject: pilot,
    version: 1,
    addressee: `pilot-card:${pilot}`,
    details: { what, by: how.by, reason: terms?.reason ?? null, until: terms?.until ?? null },
    dedupeKey: `pause-line:${what}:${pilot}:${pause}`,
    notBefore,
  });
}

const afterwards = (how: Doing, facts: PilotFacts): Statement[] => [
  rethinkCheckIns(how.parts.db, how.workspace, [facts.pilot.id]),
  ...touched(how.parts.db, how.workspace, facts.pilot.id),
];
