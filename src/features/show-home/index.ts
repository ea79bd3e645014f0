/** What does somebody see on the app's Home tab? */
import { todayIn } from '../../core/metric.ts';
import { pausedDays } from '../../core/pause.ts';
import type { Person } from '../../core/person.ts';
import { isWatched, type Viewer } from '../../core/pilot.ts';
import type { PilotFacts } from '../../core/pilot-facts.ts';
import { standingOf } from '../../core/standing.ts';
import { byUrgency, casesOwed, conditionsOwed, owedOn, takesPart } from '../../core/worklist.ts';
import { openCasesByPilot } from '../../db/queries/cases.ts';
import { openConditions } from '../../db/queries/decisions.ts';
import { newestLooks } from '../../db/queries/looks.ts';
import { rememberHome } from '../../db/queries/messages.ts';
import { valuesOfPilots } from '../../db/queries/observations.ts';
import { pausesByPilot } from '../../db/queries/pauses.ts';
import { allPilots } from '../../db/queries/pilots.ts';
import { blockerWords } from '../../db/queries/rhythm.ts';
import { countSetAside } from '../../db/queries/set-aside.ts';
import {
  actions,
  type Block,
  beside,
  context,
  divider,
  header,
  paragraph,
  type View,
} from '../../slack/blocks.ts';
import { bold, plainLine } from '../../slack/text.ts';
import * as buttons from '../../views/buttons.ts';
import { standingLine } from '../../views/criterion-text.ts';
import { owedButton, owedLine } from '../../views/owed-text.ts';
import { statusWords } from '../../views/pilot-card.ts';
import { type RowAbout, rowMenu } from '../../views/row-menu.ts';
import { standingText } from '../../views/stall-text.ts';
import { askedOf } from '../asked-else.ts';
import type { Feature, Moment } from '../feature.ts';
import { maySee, standingShown } from '../find-pilot.ts';
import { heldBlocks } from '../held-blocks.ts';
import { undeliveredBlocks } from '../undelivered-blocks.ts';
import { watchBlocks } from '../watch-blocks.ts';

const MOST_OWED = 8;
const MOST_PILOTS = 12;
const MOST_OTHERS = 10;

async function draw(moment: Moment & { readonly viewer: Viewer; readonly person: Person }): Promise<View> {
  const { viewer, db, workspace } = moment;
  const [everything, aside, pauses, looks, words, cases, conditions] = await Promise.all([
    allPilots(db, workspace),
    countSetAside(db, workspace),
    pausesByPilot(db, workspace),
    newestLooks(db, workspace),
    blockerWords(db, workspace),
    openCasesByPilot(db, workspace),
    openConditions(db, workspace),
  ]);
  const visible = everything.filter((facts) => maySee(facts, viewer));
  const own = visible.filter((facts) => takesPart(facts, viewer.id)).map(({ pilot }) => pilot.id);
  const values = await valuesOfPilots(db, workspace, own);
  const mine = visible.filter(({ holders }) => Object.values(holders).includes(viewer.id));
  const others = visible.filter((facts) => !mine.includes(facts));
  const day = todayIn(moment.workspaceZone, moment.at);
  const asked = await askedOf(
    moment,
    viewer.id,
    visible.filter(({ pilot }) => !isWatched(pilot)),
  );
  const owed = byUrgency([
    ...asked,
    ...visible
      .filter(({ pilot }) => !isWatched(pilot))
      .flatMap((facts) => [
        ...casesOwed(
          facts,
          (cases.get(facts.pilot.id) ?? []).map(({ record }) => record),
          viewer.id,
        ),
        ...conditionsOwed(facts, conditions.get(facts.pilot.id) ?? [], viewer.id, day),
        ...owedOn(facts, values.get(facts.pilot.id) ?? [], viewer.id, day, aside.get(facts.pilot.id)),
      ]),
  ]);
  const today = todayIn(moment.zone, moment.at);
  const blocks: Block[] = [
    header(owed.length === 0 ? 'Nothing waits for you' : `Waiting for me: ${owed.length}`),
    ...owed
      .slice(0, MOST_OWED)
      .flatMap((item, index) => [paragraph([owedLine(item)]), ...actions([owedButton(item, index)])]),
    ...(owed.length > MOST_OWED
      ? [context(`and ${owed.length - MOST_OWED} more; they appear as these are done`)]
      : []),
    divider(),
    header(`My pilots: ${mine.length}`),
    ...(mine.length === 0 ? [paragraph(['You have no role in a pilot yet.'])] : []),
    ...mine.slice(0, MOST_PILOTS).flatMap((facts) => {
      const { at, workspaceZone } = moment;
      const rested = pausedDays(pauses.get(facts.pilot.id) ?? [], workspaceZone, at);
      const standing = standingOf(facts, values.get(facts.pilot.id) ?? [], workspaceZone, at, rested);
      const lead = standing.criteria[0];
      const look = looks.get(facts.pilot.id);
      const runs = facts.pilot.pausedSince === null && facts.pilot.stage !== 'stopped';
      const stuck =
        look === undefined || !runs ? null : standingText(standingShown(standing, look, words, today));
      const measured = lead === undefined ? [] : [plainLine(standingLine(lead, today))];
      return [
        pilotRow(facts, { first: buttons.readAll, needsHelp: stuck !== null }, measured),
        ...(stuck === null
          ? []
          : [paragraph([[bold(`${stuck.slice(0, 1).toUpperCase()}${stuck.slice(1)}.`)]])]),
      ];
    }),
    ...(mine.length > MOST_PILOTS
      ? [context(`and ${mine.length - MOST_PILOTS} more: ${moment.command} list mine`)]
      : []),
    ...actions([
      buttons.registerPilot.element({}, mine.length === 0 ? { style: 'primary' } : {}),
      buttons.preferences.element({ about: 'me' }),
    ]),
    ...(others.length === 0
      ? []
      : [
          divider(),
          header(`Other pilots: ${others.length}`),
          ...others
            .slice(0, MOST_OTHERS)
            .map((facts) => pilotRow(facts, { first: buttons.showPilot, needsHelp: false })),
          ...(others.length > MOST_OTHERS
            ? [context(`and ${others.length - MOST_OTHERS} more: ${moment.command} list`)]
            : []),
        ]),
    ...(viewer.office
      ? [
          ...(await heldBlocks(moment)),
          ...(await watchBlocks(moment, everything)),
          ...(await undeliveredBlocks(moment)),
        ]
      : []),
    divider(),
    context(`Help: ${moment.command} help. Everything here can also be done by command.`),
  ];
  return { type: 'home', blocks };
}

/** A pilot by name and word, with what can be asked about it, and what is measured. */
const pilotRow = (facts: PilotFacts, about: RowAbout, measured: readonly string[] = []): Block =>
  beside(
    [`${facts.pilot.name}: ${statusWords(facts)}`, ...measured].join('. '),
    rowMenu(facts.pilot.id, about),
  );

export const showHome: Feature = {
  name: 'show-home',
  home: draw,
  async homeOpened(scene) {
    await rememberHome(scene.db, {
      workspace: scene.workspace,
      id: scene.newId(),
      user: scene.actor.id,
      now: scene.at,
    });
  },
};
