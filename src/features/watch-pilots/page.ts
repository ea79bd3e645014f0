/** What does the programme office see when it asks what is watched only? */
import { dayOf } from '../../core/day.ts';
import { todayIn } from '../../core/metric.ts';
import { isWatched } from '../../core/pilot.ts';
import type { PilotFacts } from '../../core/pilot-facts.ts';
import { allPilots } from '../../db/queries/pilots.ts';
import { type WatchedRow, wouldHaveHeard, wouldHaveSaid } from '../../db/queries/watched.ts';
import { type Message, message, sentence } from '../../slack/blocks.ts';
import type { Line } from '../../slack/text.ts';
import * as buttons from '../../views/buttons.ts';
import { weekdayText } from '../../views/day-text.ts';
import { cannotText } from '../../views/refusal-text.ts';
import { heardText, pilotsText, wouldLine } from '../../views/watch-text.ts';
import type { Scene } from '../feature.ts';
import { placeNames } from '../undelivered-blocks.ts';
import { watchedOf } from './choose.ts';
import { plannedWaves } from './wave.ts';

const PAGE = 12;
const MOST_WAVES = 3;

export const officeOnly = async (scene: Scene): Promise<Message> =>
  cannotText(
    'see or change what is watched only',
    [],
    'It is how pilots are brought in, before anybody hears of them.',
    await scene.people.officeName(scene.workspace),
  );

/** All of it, newest first, a page at a time. */
export async function watchPage(scene: Scene, from: number, pilot: string | null): Promise<Message> {
  const { db, workspace } = scene;
  const all = await allPilots(db, workspace);
  const one = pilot === null ? null : (all.find((facts) => facts.pilot.id === pilot) ?? null);
  if (one !== null && !isWatched(one.pilot)) return offerWatch(one);
  const watched = watchedOf(all);
  if (watched.length === 0) return nothingWatched(scene);
  const about = pilot === null ? {} : { pilot };
  const [heard, rows] = await Promise.all([
    wouldHaveHeard(db, workspace, about.pilot),
    wouldHaveSaid(db, workspace, { from, limit: PAGE + 1, ...about }),
  ]);
  const shown = rows.slice(0, PAGE);
  const title =
    one === null ? `Watch only: ${pilotsText(watched.length)}` : `${one.pilot.name} is in watch only`;
  const waves = from === 0 && one === null ? await plannedWaves(scene) : [];
  const today = todayIn(scene.zone, scene.at);
  return message({
    notice: `${title}. ${heardText(heard)}`,
    title,
    lines: [
      ...(from === 0 ? [heardText(heard)] : []),
      ...waves
        .slice(0, MOST_WAVES)
        .map(
          ({ at, count }): Line => [
            `Released on ${weekdayText(dayOf(at, scene.zone), today)}: ${pilotsText(count)}`,
          ],
        ),
      ...(await linesOf(scene, shown, all, today)),
    ],
    buttons: [
      [
        buttons.openRelease.element({ key: one?.pilot.key ?? null }, { style: 'primary' }),
        ...(rows.length > PAGE
          ? [buttons.showWatch.element({ from: from + PAGE, pilot }, { label: 'Older' })]
          : []),
      ],
      waves
        .slice(0, MOST_WAVES)
        .map(({ id, at }, nth) =>
          buttons.cancelWave.element(
            { wave: id },
            { nth, label: `Cancel ${weekdayText(dayOf(at, scene.zone), today)}` },
          ),
        ),
    ],
  });
}

async function linesOf(
  scene: Scene,
  rows: readonly WatchedRow[],
  all: readonly PilotFacts[],
  today: string,
): Promise<Line[]> {
  const names = new Map(all.map(({ pilot }) => [pilot.id, pilot.name]));
  const places = await placeNames(scene, rows);
  return rows.map((row) =>
    wouldLine(row, {
      pilot: names.get(row.pilot) ?? row.pilot,
      to:
        row.addressee.startsWith('user:') || row.addressee.startsWith('channel:')
          ? (places.get(row.addressee.replace(/^\w+:/, '')) ?? row.addressee)
          : 'the thread of its card',
      day: weekdayText(dayOf(row.at, scene.zone), today),
      zone: scene.zone,
    }),
  );
}

const nothingWatched = (scene: Scene): Message =>
  sentence(
    `No pilot is in watch only. Pilots that are imported (${scene.command} import) begin there; ${scene.command} watch KEY puts one back.`,
  );

function offerWatch({ pilot }: PilotFacts): Message {
  const line = `${pilot.name} is not in watch only. Put it back, and nothing is sent about it to anybody until it is released again.`;
  return message({
    notice: line,
    lines: [line],
    buttons: [
      [
        buttons.watchAgain.element(
          { pilot: pilot.id },
          {
            confirm: {
              title: `Watch ${pilot.name} only?`.slice(0, 90),
              text: 'Nothing is sent about it until it is released again. People with a role still see it.',
              yes: 'Watch only',
              no: 'Not now',
            },
          },
        ),
      ],
    ],
  });
}
