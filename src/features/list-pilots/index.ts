/** How does somebody find pilots, and what waits for them? */

import { isStuck, needsHelp } from '../../core/digest.ts';
import { todayIn } from '../../core/metric.ts';
import { pausedDays } from '../../core/pause.ts';
import { isWatched } from '../../core/pilot.ts';
import type { PilotFacts } from '../../core/pilot-facts.ts';
import { standingOf } from '../../core/standing.ts';
import { byUrgency, casesOwed, conditionsOwed, type Owed, owedOn, takesPart } from '../../core/worklist.ts';
import { openCasesByPilot } from '../../db/queries/cases.ts';
import { openConditions } from '../../db/queries/decisions.ts';
import { type LookRow, newestLooks } from '../../db/queries/looks.ts';
import { observationsByPilot, valuesOfPilots } from '../../db/queries/observations.ts';
import { pausesByPilot } from '../../db/queries/pauses.ts';
import { allPilots } from '../../db/queries/pilots.ts';
import { countSetAside } from '../../db/queries/set-aside.ts';
import { type Block, type Message, message, type Row } from '../../slack/blocks.ts';
import { type Reply, say } from '../../slack/reply.ts';
import { bold, type Line } from '../../slack/text.ts';
import * as buttons from '../../views/buttons.ts';
import { owedButton, owedLine } from '../../views/owed-text.ts';
import { statusWords } from '../../views/pilot-card.ts';
import { rowMenu } from '../../views/row-menu.ts';
import { standingWord } from '../../views/stall-text.ts';
import { askedOf } from '../asked-else.ts';
import { type Feature, onPress, type Scene } from '../feature.ts';
import { maySee } from '../find-pilot.ts';

const PAGE = 15;
const MOST_OWED = 10;

type Which = 'mine' | 'waiting' | 'stalled' | 'all';

const holds = (facts: PilotFacts, person: string): boolean => Object.values(facts.holders).includes(person);

async function list(scene: Scene, which: Which, words: string, from: number): Promise<Reply> {
  const visible = (await allPilots(scene.db, scene.workspace)).filter((facts) => maySee(facts, scene.viewer));
  const looks = await newestLooks(scene.db, scene.workspace);
  const helpless = which === 'stalled' ? await needingHelp(scene, visible, looks) : null;
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  const matches = visible
    .filter((facts) => which !== 'mine' || holds(facts, scene.actor.id))
    .filter((facts) => which !== 'waiting' || facts.charter.status === 'asked')
    .filter((facts) => helpless === null || helpless.has(facts.pilot.id))
    .filter(({ pilot }) =>
      wanted.every((word) => `${pilot.key} ${pilot.name} ${pilot.unit ?? ''}`.toLowerCase().includes(word)),
    );
  if (matches.length === 0) {
    const where = {
      mine: 'with you in it',
      waiting: 'waiting for a signature',
      stalled: 'that needs help',
      all: 'that you can see',
    }[which];
    const filter = words === '' ? '' : ` and "${words.slice(0, 60)}" in its name`;
    return say(
      message({
        notice: `There is no pilot ${where}${filter}.`,
        lines: [`There is no pilot ${where}${filter}.`],
        buttons: [[buttons.registerPilot.element({})]],
      }),
    );
  }
  const page = matches.slice(from, from + PAGE);
  const lines = page.map((facts): Row => {
    const { pilot } = facts;
    const help = helpWord(facts, looks);
    return {
      line: `${pilot.name}: ${statusWords(facts)}${help} · ${pilot.key}`,
      beside: rowMenu(pilot.id, { first: buttons.showPilot, needsHelp: help !== '' }),
    };
  });
  const rest = matches.length - from - page.length;
  const next =
    rest > 0
      ? [
          buttons.listPage.element(
            { which, words: words.slice(0, 200), from: from + PAGE },
            { label: `Next ${Math.min(rest, PAGE)}` },
          ),
        ]
      : [];
  const range =
    matches.length <= PAGE
      ? `${matches.length}`
      : `${from + 1} to ${from + page.length} of ${matches.length}`;
  const title = {
    mine: 'My pilots',
    waiting: 'Waiting for a signature',
    stalled: 'Need help',
    all: 'Pilots',
  }[which];
  const notice = `${title}: ${range}`;
  return say(
    message({
      notice,
      lines: [[bold(notice)], ...lines],
      buttons: [[...next, buttons.showWaiting.element({})]],
    }),
  );
}

type Looks = ReadonlyMap<string, LookRow>;

/** ' · needs help' behind the status of a pilot that runs and needs some. */
function helpWord({ pilot }: PilotFacts, looks: Looks): string {
  const word = standingWord(looks.get(pilot.id)?.standing);
  return word === null || pilot.pausedSince !== null || pilot.stage === 'stopped' ? '' : ` · ${word}`;
}

/** The running pilots among these that are stuck, or far from what was promised. */
async function needingHelp(
  scene: Scene,
  pilots: readonly PilotFacts[],
  looks: Looks,
): Promise<ReadonlySet<string>> {
  const { db, workspace, workspaceZone, at } = scene;
  const [values, pauses] = await Promise.all([
    observationsByPilot(db, workspace),
    pausesByPilot(db, workspace),
  ]);
  const needing = pilots.filter(
    (facts) =>
      facts.signed !== null &&
      facts.pilot.stage !== 'stopped' &&
      facts.pilot.pausedSince === null &&
      (isStuck(looks.get(facts.pilot.id)?.standing) ||
        needsHelp(
          standingOf(
            facts,
            values.get(facts.pilot.id) ?? [],
            workspaceZone,
            at,
            pausedDays(pauses.get(facts.pilot.id) ?? [], workspaceZone, at),
          ),
        )),
  );
  return new Set(needing.map(({ pilot }) => pilot.id));
}

/** Everything somebody owes, over all pilots they can see. */
async function owedBy(scene: Scene): Promise<Owed[]> {
  const { db, workspace, actor, viewer } = scene;
  const [pilots, aside, cases, conditions] = await Promise.all([
    allPilots(db, workspace),
    countSetAside(db, workspace),
    openCasesByPilot(db, workspace),
    openConditions(db, workspace),
  ]);
  const visible = pilots.filter((facts) => maySee(facts, viewer) && !isWatched(facts.pilot));
  const own = visible.filter((facts) => takesPart(facts, actor.id));
  const values = await valuesOfPilots(
    db,
    workspace,
    own.map(({ pilot }) => pilot.id),
  );
  const today = todayIn(scene.workspaceZone, scene.at);
  return byUrgency([
    ...(await askedOf(scene, actor.id, visible)),
    ...(viewer.office ? visible : own).flatMap((facts) =>
      casesOwed(
        facts,
        (cases.get(facts.pilot.id) ?? []).map(({ record }) => record),
        actor.id,
      ),
    ),
    ...own.flatMap((facts) => [
      ...conditionsOwed(facts, conditions.get(facts.pilot.id) ?? [], actor.id, today),
      ...owedOn(facts, values.get(facts.pilot.id) ?? [], actor.id, today, aside.get(facts.pilot.id)),
    ]),
  ]);
}

/** What waits for somebody, with the buttons that do it. */
async function waiting(scene: Scene, below: readonly Line[], more: readonly Block[]): Promise<Message> {
  const owed = await owedBy(scene);
  const shown = owed.slice(0, MOST_OWED);
  const notice =
    owed.length === 0
      ? 'Nothing waits for you.'
      : `${owed.length} ${owed.length === 1 ? 'thing waits' : 'things wait'} for you.`;
  const lines: Line[] = [
    [bold(notice)],
    ...shown.map(owedLine),
    ...(owed.length > shown.length
      ? [`and ${owed.length - shown.length} more; they appear as these are done`]
      : []),
    ...below,
  ];
  const named = shown.length > 1;
  const act = shown.slice(0, 5).map((item, index) => owedButton(item, index, { named }));
  return message({ notice, lines, buttons: [act, [...more]] });
}

/** The answer to the bare command: what waits, five commands, and where all of them are. */
export async function overview(scene: Scene, common: readonly Line[]): Promise<Message> {
  return waiting(scene, common, [buttons.allCommands.element({}), buttons.showMine.element({})]);
}

export const listPilots: Feature = {
  name: 'list-pilots',
  commands: [
    {
      name: 'list',
      usage: '[mine | waiting | stalled | all] [words]',
      does: 'find pilots',
      run(scene, rest) {
        const [first = '', ...words] = rest.split(/\s+/);
        const which = (['mine', 'waiting', 'stalled', 'all'] as const).find(
          (name) => name === first.toLowerCase(),
        );
        return list(scene, which ?? 'all', which === undefined ? rest : words.join(' '), 0);
      },
    },
    {
      name: 'mine',
      usage: '',
      does: 'what waits for you',
      common: true,
      run: async (scene) => say(await waiting(scene, [], [buttons.showMine.element({})])),
    },
  ],
  presses: [
    onPress(buttons.listPage, (scene, { which, words, from }) => list(scene, which, words, from)),
    onPress(buttons.showMine, (scene) => list(scene, 'mine', '', 0)),
    onPress(buttons.showWaiting, async (scene) =>
      say(await waiting(scene, [], [buttons.showMine.element({})])),
    ),
  ],
};
