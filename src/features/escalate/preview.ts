/** What would other thresholds have sent in the last four weeks? */
import { type Rehearsed, rehearsedCards } from '../../core/stall/rehearsal.ts';
import type { StallSettings } from '../../core/stall/settings.ts';
import { signalKey } from '../../core/stall/signal.ts';
import { stallLook } from '../../core/stall.ts';
import { allPilots } from '../../db/queries/pilots.ts';
import type { Scene } from '../feature.ts';
import { phasesOfOthers } from './finished.ts';
import { knownAt, readPilot } from './gather.ts';

const DAY = 24 * 60 * 60 * 1000;
const MOST_PILOTS = 300;

/** What each set of thresholds would have sent in the last four weeks. */
export async function rehearse(
  scene: Scene,
  sets: readonly StallSettings[],
): Promise<{ readonly sums: readonly Rehearsed[]; readonly pilots: number; readonly all: number }> {
  const running = (await allPilots(scene.db, scene.workspace)).filter(
    ({ pilot, signed }) => signed !== null && pilot.stage !== 'stopped',
  );
  const pilots = running.slice(0, MOST_PILOTS);
  const others = await phasesOfOthers(scene, scene.workspace, scene.at);
  const sums = sets.map(() => ({ owner: 0, sponsor: 0 }));
  for (const facts of pilots) {
    const read = await readPilot(scene, facts);
    const recent = read.looks.filter((look) => look.at >= scene.at - 28 * DAY);
    for (const [index, settings] of sets.entries()) {
      let seen: readonly string[] = [];
      const looks = recent.map((look) => {
        const { stall } = knownAt(read, look.at, others);
        const now = stallLook({ ...stall, settings }, new Set(seen));
        if (look.isFresh) seen = now.seen.map(signalKey);
        return { day: look.day, score: now.score };
      });
      const cards = rehearsedCards(looks);
      const sum = sums[index];
      if (sum !== undefined) {
        sum.owner += cards.owner;
        sum.sponsor += cards.sponsor;
      }
    }
  }
  return { sums, pilots: pilots.length, all: running.length };
}
