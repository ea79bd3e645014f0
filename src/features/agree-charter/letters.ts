/** What do the owner, the sponsor and the channel read while a charter is agreed? */
import { stateOf } from '../../core/charter.ts';
import { dayOf } from '../../core/day.ts';
import { answerDay } from '../../core/escalation/press.ts';
import { channelCanSee } from '../../core/pilot.ts';
import type { PilotFacts } from '../../core/pilot-facts.ts';
import { pressDays } from '../../db/queries/looks.ts';
import { pilotById } from '../../db/queries/pilots.ts';
import { message, sentence } from '../../slack/blocks.ts';
import { bold, type Line } from '../../slack/text.ts';
import * as buttons from '../../views/buttons.ts';
import { pilotCard } from '../../views/pilot-card.ts';
import { closedRequest, openRequest, versionAsked } from '../../views/sign-request.ts';
import { deleted, hiddenFromChannel, pilotGone, withAnotherOwner, workingCard } from '../card-letters.ts';
import type { Drawn, Letter, LetterAbout, Moment, Overtaken } from '../feature.ts';
import { answererOf, cardOf, maySee } from '../find-pilot.ts';

/** The owner's card: a draft until it is signed, the living card afterwards. */
const draftLetter: Letter = {
  kind: 'draft-card',
  repeat: 'at_least_once',
  card: true,
  async draw(moment, about) {
    const facts = await pilotById(moment.db, moment.workspace, about.subject);
    if (facts === null) return deleted(about, 'draft');
    const reader = about.addressee.slice('user:'.length);
    const holds = reader === facts.holders.owner || reader === facts.holders.backup;
    return holds ? drawn(facts, await workingCard(moment, facts)) : withAnotherOwner(moment, facts, about);
  },
};

/** The living card in the pilot's channel. */
const channelLetter: Letter = {
  kind: 'pilot-card',
  repeat: 'at_least_once',
  card: true,
  async draw(moment, about) {
    const facts = await pilotById(moment.db, moment.workspace, about.subject);
    if (facts === null) return pilotGone;
    const here = about.addressee.slice('channel:'.length);
    if (!channelCanSee(facts.pilot, facts.everAsked) && !(await isItsPrivateChannel(moment, facts, here))) {
      return hiddenFromChannel(about);
    }
    if (!isOwnChannel(facts, here)) {
      return about.again
        ? { message: sentence(`The card of ${facts.pilot.name} has moved to another channel.`), live: false }
        : { overtaken: 'the pilot has another channel now' };
    }
    const about_ = { pilot: facts.pilot.id };
    const more = [buttons.follow.element(about_), buttons.askUpdate.element(about_)];
    return drawn(facts, pilotCard(await cardOf(moment, facts), { working: true, more }));
  },
};

const isOwnChannel = (facts: PilotFacts, channel: string): boolean =>
  facts.pilot.channel === channel && facts.everAsked;

/** Whoever is in a private channel was let in by name; a public one is open to everybody, whoever chose it. */
async function isItsPrivateChannel(moment: Moment, facts: PilotFacts, channel: string): Promise<boolean> {
  if (!isOwnChannel(facts, channel)) return false;
  const answer = await moment.channel(moment.workspace, channel);
  // What is not known for the moment is asked again; nothing is shown, and nothing taken away, on a guess.
  if (answer.kind === 'later' || answer.kind === 'ambiguous')
    throw new Error(`Slack does not say whether ${channel} is private (${answer.code})`);
  return answer.kind === 'done' && answer.value.isPrivate && !answer.value.isSharedOutside;
}

/** The request to the sponsor; once it is not open any more, what became of it. */
const requestLetter: Letter = {
  kind: 'sign-request',
  repeat: 'at_least_once',
  card: true,
  async draw(moment, about) {
    const facts = await pilotById(moment.db, moment.workspace, about.subject);
    if (facts === null) return deleted(about);
    const card = await cardOf(moment, facts);
    const { version: n, revision } = stateOf(about.version);
    const { charter } = facts;
    const reader = about.addressee.slice('user:'.length);
    const open = charter.n === n && charter.revision === revision && charter.status === 'asked';
    if (open && (reader === facts.holders.sponsor || reader === facts.holders.delegate)) {
      const asked = dayOf(charter.askedAt ?? moment.at, moment.zone);
      return drawn(facts, openRequest(card, answerDay(asked, await pressDays(moment.db, moment.workspace))));
    }
    if (!about.again) return { overtaken: 'the request is not open any more' };
    if (!(await mayStillSee(moment, facts, reader)))
      return { message: sentence('This request is not open any more. Nothing left to do.'), live: false };
    const version = facts.versions.find((candidate) => candidate.n === n) ?? null;
    const shown = versionAsked(version, revision);
    const names = await moment.people.names(moment.workspace, [version?.answeredBy]);
    const day = shown?.answeredAt === null || shown === null ? null : dayOf(shown.answeredAt, moment.zone);
    return drawn(facts, closedRequest({ ...card, names: new Map([...card.names, ...names]) }, shown, day));
  },
};

/** Whoever was asked and has no part in a confidential pilot any more does not read on in it. */
async function mayStillSee(moment: Moment, facts: PilotFacts, reader: string): Promise<boolean> {
  const person = await moment.people.person(moment.workspace, reader);
  const office = await moment.people.isOffice(moment.workspace, person);
  return maySee(facts, { id: reader, office, person });
}

/** The name of whoever has just answered, for whom they did where they stand in. */
const answererNamed = (moment: Moment, facts: PilotFacts, by: string): Promise<string> => {
  const version = facts.versions.findLast(({ answeredBy }) => answeredBy === by);
  return answererOf(moment, facts, { answeredBy: by, answeredAt: version?.answeredAt ?? moment.at });
};

/** To whoever asked: what the sponsor answered, with the reason, and what comes next. */
const answeredLetter: Letter = {
  kind: 'request-answered',
  repeat: 'at_least_once',
  card: false,
  async draw(moment, about) {
    const facts = await pilotById(moment.db, moment.workspace, about.subject);
    if (facts === null) return pilotGone;
    const { answer, reason, by } = answered(about);
    const who = await answererNamed(moment, facts, by);
    const { pilot } = facts;
    const what = {
      sign: `${who} signed ${pilot.name}, version ${about.version}. Building can start.`,
      'request-changes': `${who} asks for changes to ${pilot.name}.`,
      decline: `${who} declined ${pilot.name}.`,
    }[answer];
    const next = {
      sign: 'Next: record the first values as soon as there are some.',
      'request-changes': 'Next: change the charter, then ask again.',
      decline: 'Next: name another sponsor under Edit charter, or leave the pilot.',
    }[answer];
    const lines: Line[] = [what, ...(reason === null ? [] : [[bold('Reason: '), `"${reason}"`]]), next];
    const about_ = { pilot: pilot.id };
    const row =
      answer === 'sign'
        ? [buttons.recordValues.element(about_)]
        : [buttons.editCharter.element(about_), buttons.askSponsor.element(about_)];
    return {
      message: message({
        notice: `${what}${reason === null ? '' : ` Reason: "${reason}"`} ${next}`,
        lines,
        buttons: [[...row, buttons.preferences.element({ about: 'me' })]],
      }),
    };
  },
};

/** The line under the card in the channel when a charter is signed. */
const signedLetter: Letter = {
  kind: 'signed-line',
  repeat: 'at_most_once',
  card: false,
  async draw(moment: Moment, about: LetterAbout): Promise<Drawn | Overtaken> {
    const facts = await pilotById(moment.db, moment.workspace, about.subject);
    if (facts === null) return pilotGone;
    const who = await answererNamed(moment, facts, answered(about).by);
    return {
      message: sentence(`${who} signed version ${about.version} of ${facts.pilot.name}. Work can start.`),
    };
  },
};

function answered(about: LetterAbout): {
  answer: 'sign' | 'request-changes' | 'decline';
  reason: string | null;
  by: string;
} {
  const details = about.details as { answer?: unknown; reason?: unknown; by?: unknown };
  const answer =
    details.answer === 'sign' || details.answer === 'decline' ? details.answer : 'request-changes';
  return {
    answer,
    reason: typeof details.reason === 'string' ? details.reason : null,
    by: typeof details.by === 'string' ? details.by : '',
  };
}

const drawn = (facts: PilotFacts, said: Drawn['message']): Drawn => ({
  message: said,
  revision: facts.pilot.revision,
});

export const letters: readonly Letter[] = [
  draftLetter,
  channelLetter,
  requestLetter,
  answeredLetter,
  signedLetter,
];
