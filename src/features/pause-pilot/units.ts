/** How does the programme office let all pilots of a unit rest, or go on? */
import { nearest } from '../../core/key.ts';
import { todayIn } from '../../core/metric.ts';
import type { PilotFacts } from '../../core/pilot-facts.ts';
import { sha256 } from '../../db/chain.ts';
import { allPilots } from '../../db/queries/pilots.ts';
import { type Message, message, paragraph, sentence } from '../../slack/blocks.ts';
import { close, open, type Reply, refuse, say } from '../../slack/reply.ts';
import { bold, type Line } from '../../slack/text.ts';
import * as buttons from '../../views/buttons.ts';
import { namesText, pilotsText, untilText } from '../../views/pause-text.ts';
import { cannotText } from '../../views/refusal-text.ts';
import type { Scene } from '../feature.ts';
import { pauseUnitForm } from './form.ts';
import type { PauseTerms } from './pause.ts';
import { concerned, placeOrder, sameUnit, type UnitAct } from './unit-order.ts';

const officeOnly = async (scene: Scene): Promise<Message> =>
  cannotText(
    'pause a whole unit',
    [],
    'One pilot can be paused by its owner and its sponsor.',
    await scene.people.officeName(scene.workspace),
  );

const markOf = (pilots: readonly PilotFacts[]): string =>
  sha256(pilots.map(({ pilot }) => pilot.id).join(' ')).slice(0, 16);

/** `pause unit NAME` and `resume unit NAME`: what would happen, and the press that does it. */
export async function previewUnit(scene: Scene, act: UnitAct, typed: string): Promise<Reply> {
  if (!scene.viewer.office) return say(await officeOnly(scene));
  const all = await allPilots(scene.db, scene.workspace);
  const named = all.find((facts) => sameUnit(facts, typed))?.pilot.unit ?? null;
  if (named === null) return say(noUnit(all, typed));
  const pilots = concerned(all, named, act);
  const others = all.filter((facts) => sameUnit(facts, named)).length - pilots.length;
  const names = namesText(
    pilots.map(({ pilot }) => pilot.name),
    12,
  );
  if (pilots.length === 0) {
    return say(
      sentence(
        act === 'pause'
          ? `No pilot of ${named} is running, so there is nothing to pause.`
          : `No pilot of ${named} is paused, so there is nothing to resume.`,
      ),
    );
  }
  if (act === 'resume') {
    const line = `${pilotsText(pilots.length)} of ${named} ${pilots.length === 1 ? 'is' : 'are'} paused: ${names}.`;
    const confirm = {
      title: `Resume ${pilotsText(pilots.length)}?`,
      text: 'Their owners are told. Check-ins are asked for again after one full period.',
      yes: 'Resume',
      no: 'Not now',
    };
    return say(
      message({
        notice: line,
        lines: [line],
        buttons: [
          [
            buttons.resumeUnit.element(
              { unit: named, mark: markOf(pilots) },
              { label: `Resume ${pilotsText(pilots.length)}`, confirm },
            ),
          ],
        ],
      }),
    );
  }
  const lines: Line[] = [
    [bold(`${pilotsText(pilots.length)} of ${named} will be paused: `), names],
    ...(others > 0
      ? [`${pilotsText(others)} of it ${others === 1 ? 'is' : 'are'} paused or stopped already.`]
      : []),
    'Each owner and each sponsor is told once.',
  ];
  return open(
    pauseUnitForm.view({ unit: named, mark: markOf(pilots) }, scene.place, {
      submit: `Pause ${pilotsText(pilots.length)}`,
      above: [paragraph(lines)],
    }),
  );
}

function noUnit(all: readonly PilotFacts[], typed: string): Message {
  const units = [...new Set(all.flatMap(({ pilot }) => pilot.unit ?? []))];
  const near = nearest(typed, units, 2);
  const hint = near.length === 0 ? 'No pilot names a unit yet.' : `Near it: ${near.join(', ')}.`;
  return sentence(`There is no unit "${typed.slice(0, 60)}" among the pilots. ${hint}`);
}

/** Orders that the pilots somebody has been shown are paused. */
export async function orderPause(
  scene: Scene,
  terms: PauseTerms,
  meta: { readonly unit: string; readonly mark: string },
): Promise<Reply> {
  if (!scene.viewer.office) return close(await officeOnly(scene));
  const pilots = concerned(await allPilots(scene.db, scene.workspace), meta.unit, 'pause');
  if (markOf(pilots) !== meta.mark) {
    return refuse({
      reason: `The pilots of ${meta.unit} have changed since this was opened: ${pilotsText(pilots.length)} would be paused now. Close it and open it again.`,
    });
  }
  await placeOrder(scene, { act: 'pause', unit: meta.unit, reason: terms.reason, until: terms.until });
  const today = todayIn(scene.zone, scene.at);
  return close(
    sentence(
      `${pilotsText(pilots.length)} of ${meta.unit} ${pilots.length === 1 ? 'is' : 'are'} paused ${untilText(terms.until, today)}. ${scene.command} resume unit ${meta.unit} takes it back.`,
    ),
  );
}

/** Orders that the pilots somebody has been shown go on. */
export async function orderResume(
  scene: Scene,
  about: { readonly unit: string; readonly mark: string },
): Promise<Reply> {
  if (!scene.viewer.office) return say(await officeOnly(scene));
  const pilots = concerned(await allPilots(scene.db, scene.workspace), about.unit, 'resume');
  if (markOf(pilots) !== about.mark) {
    return say(
      sentence(
        `The pilots of ${about.unit} have changed since this was shown, so nothing was done. ${scene.command} resume unit ${about.unit} shows them as they are now.`,
      ),
    );
  }
  await placeOrder(scene, { act: 'resume', unit: about.unit, reason: '', until: null });
  return say(
    sentence(`${pilotsText(pilots.length)} of ${about.unit} ${pilots.length === 1 ? 'goes' : 'go'} on.`),
  );
}
