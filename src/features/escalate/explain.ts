/** How is it computed that a pilot is stuck: what was seen, by which rule, from which point on? */
import { dayOf } from '../../core/day.ts';
import { isPress, type PressCause } from '../../core/escalation/cause.ts';
import type { PilotFacts } from '../../core/pilot-facts.ts';
import { context, divider, header, paragraph, plainText, type View } from '../../slack/blocks.ts';
import { LIMITS } from '../../slack/limits.ts';
import { bold } from '../../slack/text.ts';
import { dayText } from '../../views/day-text.ts';
import { pressLines } from '../../views/press-card.ts';
import { signalLines, sumText } from '../../views/rule-of-stall-text.ts';
import { standingWord } from '../../views/stall-text.ts';
import type { Scene } from '../feature.ts';
import { phasesOfOthers } from './finished.ts';
import { gather } from './gather.ts';
import { lookOf } from './look.ts';

const MOST = 12;

/** The page: looked at anew, by the rules and thresholds that count now. */
export async function stuckPage(scene: Scene, facts: PilotFacts): Promise<View> {
  const others = await phasesOfOthers(scene, scene.workspace, scene.at);
  const known = await gather(scene, facts, scene.at, others);
  const look = lookOf(known, known.settings.version);
  const today = dayOf(scene.at, scene.zone);
  const names = {
    criteria: new Map(known.standing.criteria.map(({ criterion, metric }) => [criterion.id, metric.name])),
    blockers: new Map(known.blockers.map((row) => [row.id, row.words])),
    today,
  };
  const word = standingWord(look.standing) ?? 'nothing in its way';
  const parts = signalLines(look, names).slice(0, MOST);
  const waiting = known.cases
    .filter(({ closedAt, record }) => closedAt === null && isPress(record.cause))
    .map(({ record, openedAt, settings }) =>
      pressLines(
        record.cause as PressCause,
        openedAt === null ? null : dayOf(openedAt, known.zone),
        (known.versions.get(settings) ?? known.settings).settings.press_days,
        today,
      ),
    );
  const own = Object.keys(known.settings.changed).length;
  return {
    type: 'modal',
    callback_id: 'why-stuck',
    title: plainText('How is this computed?', LIMITS.view.title),
    close: plainText('Close', LIMITS.view.close),
    blocks: [
      header(facts.pilot.name),
      paragraph([[bold(`Now: ${word}`)], sumText(look)]),
      ...parts.flatMap((lines) => [divider(), paragraph(lines)]),
      ...waiting.flatMap((lines) => [divider(), paragraph(lines)]),
      divider(),
      context(
        `Thresholds: ${known.settings.preset}${own === 0 ? '' : `, ${own} changed`}, version ${known.settings.version}. A case keeps those under which it was opened. As known on ${dayText(today, today)}; days in ${known.zone}.`,
      ),
    ],
  };
}
