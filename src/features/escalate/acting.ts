/** Who presses a button on a case's card, what may they do, and what is said when they may not? */
import { awayOn } from '../../core/calendar.ts';
import { dayOf } from '../../core/day.ts';
import type { Addressee } from '../../core/escalation/cause.ts';
import { type Act, type ActRefusal, refusalOf } from '../../core/escalation/refusal.ts';
import { unfitFor } from '../../core/person.ts';
import type { PilotFacts } from '../../core/pilot-facts.ts';
import { type CaseRow, type CopyRow, copiesOfPilot } from '../../db/queries/cases.ts';
import { type Message, message, sentence } from '../../slack/blocks.ts';
import type { AboutCase } from '../../views/case-buttons.ts';
import * as caseButtons from '../../views/case-buttons.ts';
import { caseRefusalText } from '../../views/case-refusal-text.ts';
import { nameOf } from '../../views/pilot-card.ts';
import { cannotText, unfitText } from '../../views/refusal-text.ts';
import type { Scene } from '../feature.ts';
import { findById } from '../find-pilot.ts';
import { roleOf } from './people.ts';
import type { Around } from './perform.ts';
import { type CasesNow, casesNow, isStuck, pendingText, shownCase } from './show.ts';

/** Somebody who may act on a case, here and now. */
export interface Acting {
  readonly facts: PilotFacts;
  readonly now: CasesNow;
  readonly row: CaseRow;
  readonly as: Addressee;
  readonly copies: readonly CopyRow[];
  readonly around: Around;
}

/** The case a button is about and the actor's part in it; or what to say instead: the state as it is. */
export async function acting(
  scene: Scene,
  about: AboutCase,
  what: string,
): Promise<Acting | { readonly instead: Message }> {
  const found = await findById(scene, about.pilot);
  if ('instead' in found) return found;
  const { facts } = found;
  const [now, copies] = await Promise.all([
    casesNow(scene, facts),
    copiesOfPilot(scene.db, { workspace: scene.workspace, pilot: facts.pilot.id }),
  ]);
  const row = now.cases.find(({ id }) => id === about.case);
  if (row === undefined)
    return {
      instead: sentence(`There is nothing open about ${facts.pilot.name} here. Nothing has changed.`),
    };
  if (row.closedAt !== null) return { instead: await endedText(scene, now, row) };
  const as = roleOf(
    facts,
    { id: scene.actor.id, office: scene.viewer.office },
    row.record.cause,
    now.desk,
    scene.at,
  );
  if (as === null) return { instead: await wrongPerson(scene, now, what) };
  const unfit = unfitFor(scene.actor);
  if (unfit !== null) return { instead: sentence(unfitText(scene.actor.name, unfit, 'who answers this')) };
  const around = { parts: scene, facts, at: scene.at, desk: now.desk, cadenceDays: 7 };
  return { facts, now, row, as, copies, around };
}

/** 'Invoice matcher: Stop, decided by Priya Shah on 1 March. Nothing left to do.' */
async function endedText(scene: Scene, now: CasesNow, row: CaseRow): Promise<Message> {
  const { ended } = await shownCase(scene, now, row);
  return sentence(`${now.card.facts.pilot.name}: ${ended?.words ?? 'it is closed'}. Nothing left to do.`);
}

/** Who could, to somebody who cannot. */
export async function wrongPerson(scene: Scene, { card, desk }: CasesNow, what: string): Promise<Message> {
  const { sponsor, delegate, owner, backup } = card.facts.holders;
  const decides = what.startsWith('decide');
  const away =
    sponsor === undefined
      ? null
      : awayOn(desk.calendarOf(sponsor), dayOf(scene.at, desk.calendarOf(sponsor).zone));
  const standIn = delegate ?? away?.delegate ?? undefined;
  const names = await scene.people.names(scene.workspace, [sponsor, standIn, owner, backup]);
  const forSponsor = standIn === undefined ? [] : [`${nameOf(names, standIn)} for ${nameOf(names, sponsor)}`];
  const could = decides
    ? [...(sponsor === undefined ? [] : [nameOf(names, sponsor)]), ...forSponsor]
    : [owner, backup, sponsor].filter((id) => id !== undefined).map((id) => nameOf(names, id));
  const why = decides
    ? 'The executive sponsor decides, or the delegate the sponsor named.'
    : 'Its owner answers, or its sponsor.';
  const office = await scene.people.officeName(scene.workspace);
  return cannotText(`${what} ${card.facts.pilot.name}`, could, why, office);
}

/** Why an act is refused on a case, or null. */
export function refused({ now, copies, as }: Acting, row: CaseRow, act: Act): ActRefusal | null {
  const isSponsorTold = copies.some(
    (copy) => copy.case === row.id && copy.role === 'sponsor' && copy.outcome === 'sent',
  );
  const { cause, state, extensions, snoozes } = row.record;
  return refusalOf(act, as, { cause, state, extensions, snoozes, isExtended: now.isExtended, isSponsorTold });
}

/** The open cases of the pilot that an act closes or moves together with the one of the card. */
export function together(acting: Acting, act: Act): CaseRow[] {
  if (!isStuck(acting.row)) return [acting.row];
  return acting.now.cases.filter((row) => isStuck(row) && refused(acting, row, act) === null);
}

/** What to say when an act is refused: who could, or the state. */
export async function refusalMessage(
  scene: Scene,
  { now, row }: Acting,
  refusal: ActRefusal,
  what: string,
): Promise<Message> {
  if (refusal === 'not_yours') return wrongPerson(scene, now, what);
  if (refusal === 'closed') return endedText(scene, now, row);
  return sentence(caseRefusalText(refusal, now.card.facts.pilot.name));
}

/** While a decision can still be undone nothing else happens; null when none waits. */
export async function pendingMessage(scene: Scene, { now }: Pick<Acting, 'now'>): Promise<Message | null> {
  const words = await pendingText(scene, now);
  const pending = now.decisions.find(({ state }) => state === 'pending');
  if (words === null || pending === undefined) return null;
  const about = { pilot: now.card.facts.pilot.id, decision: pending.id };
  return message({
    notice: words,
    lines: [words],
    buttons: pending.by === scene.actor.id ? [[caseButtons.undo.element(about)]] : [],
  });
}
