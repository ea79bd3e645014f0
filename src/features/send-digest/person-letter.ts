/** What does somebody read in their own weekly message? */
import { digestOf, isEmpty, type WeekOfPilot } from '../../core/digest.ts';
import { todayIn } from '../../core/metric.ts';
import type { Viewer } from '../../core/pilot.ts';
import type { PilotFacts } from '../../core/pilot-facts.ts';
import { isQuiet, weekOfPerson } from '../../core/week-of-person.ts';
import { casesOwed } from '../../core/worklist.ts';
import { openCasesByPilot } from '../../db/queries/cases.ts';
import { followedBy } from '../../db/queries/follows.ts';
import * as buttons from '../../views/buttons.ts';
import { digestMessage, everyEntry } from '../../views/digest-text.ts';
import { shortDigest } from '../../views/short-digest-text.ts';
import type { Drawn, Letter, Moment, Overtaken } from '../feature.ts';
import { maySee } from '../find-pilot.ts';
import { personalDigest, usualLength } from './person.ts';
import { weekOf } from './week.ts';

/** The reader as the rules see them, at the moment of sending. */
async function viewerOf(moment: Moment, id: string): Promise<Viewer> {
  const person = await moment.people.person(moment.workspace, id);
  return { id, office: await moment.people.isOffice(moment.workspace, person), person };
}

const hasPart = ({ holders }: PilotFacts, person: string): boolean => Object.values(holders).includes(person);

/** The pilots, by id, whose card for a decision has reached the reader. */
async function decidesNow(
  { db, workspace }: Moment,
  week: readonly WeekOfPilot[],
  reader: string,
): Promise<ReadonlySet<string>> {
  const cases = await openCasesByPilot(db, workspace);
  const isAsked = ({ facts }: WeekOfPilot): boolean =>
    casesOwed(
      facts,
      (cases.get(facts.pilot.id) ?? []).map(({ record }) => record),
      reader,
    ).some(({ what }) => what === 'decide');
  return new Set(week.filter(isAsked).map(({ facts }) => facts.pilot.id));
}

/** Their own pilots and those they follow, or all they may see. Nothing is sent when nothing waits or has changed. */
export const personalLetter: Letter = {
  kind: 'personal-digest',
  repeat: 'at_most_once',
  card: false,
  inHours: true,
  latestOnly: true,
  async draw(moment, about): Promise<Drawn | Overtaken> {
    const reader = about.addressee.slice('user:'.length);
    const { which, length } = personalDigest(about.details);
    const [viewer, followed] = await Promise.all([
      viewerOf(moment, reader),
      followedBy(moment.db, moment.workspace, reader),
    ]);
    const week = await weekOf(
      moment,
      (facts) =>
        maySee(facts, viewer) && (which === 'all' || hasPart(facts, reader) || followed.has(facts.pilot.id)),
    );
    const today = todayIn(moment.zone, moment.at);
    const more = [buttons.howOften.element({}), buttons.preferences.element({ about: 'me' })];
    if ((length ?? (await usualLength(moment, reader))) === 'short') {
      const decides = await decidesNow(moment, week, reader);
      const short = weekOfPerson(week, reader, todayIn(moment.workspaceZone, moment.at), decides);
      if (isQuiet(short)) return { overtaken: 'nothing waits and nothing has changed' };
      const isTheirs = week.every(({ facts }) => hasPart(facts, reader));
      return { message: shortDigest(short, week.length, isTheirs, today, decides, more) };
    }
    const digest = digestOf(week, todayIn(moment.workspaceZone, moment.at));
    if (isEmpty(digest)) return { overtaken: 'nothing to tell' };
    const total = everyEntry(digest).length;
    const look = [
      buttons.listPage.element({ which: 'all', words: '', from: 0 }, { label: `Show all ${total}` }),
      ...more,
    ];
    const small = which === 'all' ? 'All pilots you may see.' : 'Your pilots, and those you follow.';
    return { message: digestMessage(digest, today, look, small) };
  },
};
