/** What does `/pilot decide` show: the card of one pilot, or what waits for a decision? */
import { isWatched } from '../../core/pilot.ts';
import { byUrgency, casesOwed, type Owed } from '../../core/worklist.ts';
import { openCasesByPilot } from '../../db/queries/cases.ts';
import { pilotById } from '../../db/queries/pilots.ts';
import { message, sentence } from '../../slack/blocks.ts';
import { type Reply, say } from '../../slack/reply.ts';
import * as buttons from '../../views/buttons.ts';
import { owedButton, owedLine } from '../../views/owed-text.ts';
import type { Scene } from '../feature.ts';
import { findByKey, maySee } from '../find-pilot.ts';
import { showCase } from './show-decide.ts';

/** How many are shown at once: each has a button. */
const MOST = 5;

/** Without a key: the only pilot that waits, or all of them with a button each. */
export async function decideCommand(scene: Scene, typed: string): Promise<Reply> {
  if (typed.trim() !== '') {
    const found = await findByKey(scene, typed);
    return 'instead' in found ? say(found.instead) : showCase(scene, found.facts);
  }
  const owed = await owedHere(scene);
  const [first] = owed;
  if (first === undefined) {
    return say(
      sentence(
        `No pilot waits for a decision of yours. With a key, like ${scene.command} decide claims-triage, you see what is known of one.`,
      ),
    );
  }
  if (owed.length === 1) return showCase(scene, first.facts);
  const shown = owed.slice(0, MOST);
  const more = owed.length - shown.length;
  return say(
    message({
      notice: `${owed.length} pilots wait for you.`,
      title: `${owed.length} pilots wait for you`,
      lines: [
        ...shown.map(owedLine),
        ...(more > 0 ? [`and ${more} more; they appear as these are done`] : []),
      ],
      buttons: [
        shown.map((item, index) => owedButton(item, index, { named: true })),
        [buttons.showMine.element({})],
      ],
    }),
  );
}

/** What open cases ask of whoever called, the most urgent of each pilot. */
async function owedHere(scene: Scene): Promise<Owed[]> {
  const { db, workspace, actor, viewer } = scene;
  const owed: Owed[] = [];
  for (const [pilot, cases] of await openCasesByPilot(db, workspace)) {
    const records = cases.map(({ record }) => record);
    // Most cases are somebody else's, and a pilot is read for those only that name this person.
    if (!records.some(({ chain }) => Object.values(chain).flat().includes(actor.id))) continue;
    const facts = await pilotById(db, workspace, pilot);
    if (facts === null || isWatched(facts.pilot) || !maySee(facts, viewer)) continue;
    owed.push(...casesOwed(facts, records, actor.id));
  }
  return byUrgency(owed);
}
