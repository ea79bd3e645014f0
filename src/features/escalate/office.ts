/** How does the programme office see how well its messages work, and who cannot be reached? */
import { isPress } from '../../core/escalation/cause.ts';
import { type FiguredCase, figuresOf } from '../../core/escalation/figures.ts';
import type { ClosedAs } from '../../core/escalation/refusal.ts';
import { LEVELS, type Level } from '../../core/escalation.ts';
import { todayIn } from '../../core/metric.ts';
import type { PilotFacts } from '../../core/pilot-facts.ts';
import { answersOf, heartbeat, sponsorFigures, sponsorRecord, sponsorStrength } from '../../core/sponsor.ts';
import { allCases, copiesOfCases } from '../../db/queries/cases.ts';
import { decisionsMade } from '../../db/queries/decisions.ts';
import { newestSettings, stallSettingsOf } from '../../db/queries/looks.ts';
import { allPilots } from '../../db/queries/pilots.ts';
import { sponsorAnswersByPilot } from '../../db/queries/sponsor-answers.ts';
import { type Message, message } from '../../slack/blocks.ts';
import { type Reply, say } from '../../slack/reply.ts';
import { bold, type Line } from '../../slack/text.ts';
import * as caseButtons from '../../views/case-buttons.ts';
import { gapsByPilot, preflightLines } from '../../views/preflight-text.ts';
import { cannotText } from '../../views/refusal-text.ts';
import { sponsorFiguresLine } from '../../views/sponsor-text.ts';
import { countingLine, figuresLines } from '../../views/threshold-text.ts';
import type { Scene } from '../feature.ts';
import { sponsorDaysByPilot } from '../sponsor-signs.ts';
import { countsUnderWay } from './count-cards.ts';
import { gapsIn, officeState } from './preflight.ts';

/** How many pilots the first screen of the page names on a phone, and how many a page of the rest. */
const FIRST_SCREEN = 5;
const PAGE = 15;
const DAY = 24 * 60 * 60 * 1000;

/** Only the programme office sets what everybody is measured by. */
export async function notOffice(scene: Scene): Promise<Message | null> {
  if (scene.viewer.office) return null;
  const office = await scene.people.officeName(scene.workspace);
  return cannotText(
    'see how stuck pilots are found',
    [],
    `${scene.command} list stalled shows the pilots.`,
    office,
  );
}

/** The office's page: how it went, who cannot be reached, and the thresholds. */
export async function officePage(scene: Scene): Promise<Reply> {
  const refused = await notOffice(scene);
  if (refused !== null) return say(refused);
  const { db, workspace, at } = scene;
  const since = at - 90 * DAY;
  const [cases, decisions, versions, pilots, counts] = await Promise.all([
    allCases(db, workspace),
    decisionsMade(db, workspace),
    stallSettingsOf(db, workspace),
    allPilots(db, workspace),
    countsUnderWay(db, workspace),
  ]);
  const recent = cases.filter(
    ({ openedAt, record }) => openedAt !== null && openedAt >= since && !isPress(record.cause),
  );
  const copies = Map.groupBy(
    recent.length === 0
      ? []
      : await copiesOfCases(
          db,
          workspace,
          recent.map(({ id }) => id),
        ),
    (copy) => copy.case,
  );
  const figured = recent.map(({ id, cause, record, closedAs }): FiguredCase => {
    const sent = (copies.get(id) ?? []).filter(({ outcome }) => outcome === 'sent');
    return {
      state: record.state,
      closedAs: closedAs as ClosedAs | null,
      isDecision: cause === 'decision_overdue',
      reached: LEVELS.findLast((level: Level) => sent.some((copy) => copy.level === level)) ?? null,
      isWithSponsor: sent.some(({ role }) => role === 'sponsor' || role === 'person'),
    };
  });
  const figures = figuresOf(
    figured,
    decisions.filter((row) => row.at >= since),
  );
  const { preset, changed } = newestSettings(versions);
  const own = Object.keys(changed).length;
  const { lines: people, rest } = await peopleLines(scene, pilots, 0, FIRST_SCREEN);
  const notice = 'How stuck pilots are found';
  return say(
    message({
      notice,
      title: notice,
      lines: [
        ...figuresLines(figures),
        ...people,
        [bold('Thresholds: '), `${preset}${own === 0 ? '' : `, ${own} changed`}.`],
        ...counts.map(countingLine),
      ],
      buttons: [
        [...(rest > 0 ? [caseButtons.allGaps.element({ from: 0 })] : []), caseButtons.thresholds.element({})],
      ],
    }),
  );
}

/** What is too long for the first screen of the page, some pilots at a time, the most urgent first. */
export async function gapsPage(scene: Scene, { from }: { readonly from: number }): Promise<Reply> {
  const refused = await notOffice(scene);
  if (refused !== null) return say(refused);
  const pilots = await allPilots(scene.db, scene.workspace);
  const { lines, rest } = await peopleLines(scene, pilots, from, PAGE);
  const notice = from === 0 ? 'Before it matters' : `Before it matters, from ${from + 1} on`;
  const label = `Next ${Math.min(rest, PAGE)}`;
  return say(
    message({
      notice,
      title: notice,
      lines,
      buttons: [rest > 0 ? [caseButtons.allGaps.element({ from: from + PAGE }, { label })] : []],
    }),
  );
}

/** Who could not be reached if something were to be asked, where nobody would stand in, and how sponsors answer. */
async function peopleLines(
  scene: Scene,
  pilots: readonly PilotFacts[],
  from: number,
  most: number,
): Promise<{ readonly lines: Line[]; readonly rest: number }> {
  const { workspace, at, viewer, command } = scene;
  const today = todayIn(scene.workspaceZone, at);
  const running = pilots.filter(
    ({ signed, pilot, holders }) =>
      signed !== null && pilot.stage !== 'stopped' && holders.sponsor !== undefined,
  );
  const [gaps, office, officeName, days, answers, names] = await Promise.all([
    gapsIn(scene, workspace, pilots, at),
    officeState(scene, workspace),
    scene.people.officeName(workspace),
    sponsorDaysByPilot(scene.db, workspace, running, scene.workspaceZone),
    sponsorAnswersByPilot(scene.db, workspace),
    scene.people.names(
      workspace,
      pilots.flatMap(({ holders }) => Object.values(holders)),
    ),
  ]);
  const sponsors = running.map(({ pilot, holders, versions }) => ({
    strength: sponsorStrength(
      answersOf(sponsorRecord(versions, answers.get(pilot.id) ?? [], holders.sponsor)),
    ),
    ...heartbeat(days.get(pilot.id) ?? { askedOn: null, heardOn: null }, today),
  }));
  const reader = { id: viewer.id, isOffice: true, names, today, command, office, officeName };
  return {
    lines: [
      ...(from === 0 ? sponsorFiguresLine(sponsorFigures(sponsors, today)) : []),
      ...preflightLines(gaps, reader, from, most),
    ],
    rest: gapsByPilot(gaps, reader).length - from - most,
  };
}
