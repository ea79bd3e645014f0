/** What do people read when a role of a pilot has changed hands? */
import { z } from 'zod';
import { ROLES } from '../../core/pilot.ts';
import { outboxById } from '../../db/queries/outbox.ts';
import { pilotById } from '../../db/queries/pilots.ts';
import { sentence } from '../../slack/blocks.ts';
import {
  handOverLine,
  ownerMessage,
  roleGoneMessage,
  roleMessage,
  sponsorChangedMessage,
} from '../../views/hand-over-text.ts';
import { nameOf } from '../../views/pilot-card.ts';
import { deleted, pilotGone, withAnotherOwner, workingCard } from '../card-letters.ts';
import type { Letter, LetterAbout, Moment } from '../feature.ts';
import { cardOf } from '../find-pilot.ts';

const details = z.object({
  role: z.enum(ROLES),
  by: z.string(),
  note: z.string().nullable(),
  to: z.string().nullish(),
  before: z.string().nullish(),
  closed: z.boolean().optional(),
});

const readerOf = (about: LetterAbout): string => about.addressee.slice('user:'.length);

/** The pilot and what was said about the change; null when either cannot be had any more. */
async function read(moment: Moment, about: LetterAbout) {
  const facts = await pilotById(moment.db, moment.workspace, about.subject);
  // A copy that is drawn again does not carry what was said; the row it was sent from does.
  const row = about.again ? await outboxById(moment.db, moment.workspace, about.id) : null;
  const known = details.safeParse(row?.details ?? about.details);
  if (facts === null || !known.success) return null;
  const { by, to, before } = known.data;
  const names = await moment.people.names(moment.workspace, [by, to, before]);
  return { facts, ...known.data, names, who: nameOf(names, by) };
}

/** The new owner's card: it stays with them and is kept up to date, like the one they would have from the beginning. */
const ownerReceived: Letter = {
  kind: 'owner-received',
  repeat: 'at_least_once',
  card: true,
  async draw(moment, about) {
    const facts = await pilotById(moment.db, moment.workspace, about.subject);
    if (facts === null) return deleted(about);
    const { pilot, holders } = facts;
    if (holders.owner !== readerOf(about)) return withAnotherOwner(moment, facts, about);
    const card = await workingCard(moment, facts);
    const known = await read(moment, about);
    return {
      message: known === null ? card : ownerMessage(pilot.name, known.who, known.note, card),
      revision: pilot.revision,
    };
  },
};

/** To whoever has any other role now. */
const roleReceived: Letter = {
  kind: 'role-received',
  repeat: 'at_least_once',
  card: false,
  async draw(moment, about) {
    const known = await read(moment, about);
    if (known === null) return pilotGone;
    const { facts, role, who, note } = known;
    if (facts.holders[role] !== readerOf(about)) return { overtaken: 'somebody else has the role now' };
    if (role === 'owner') return { overtaken: 'the owner has a card' };
    return { message: roleMessage(await cardOf(moment, facts), role, who, note) };
  },
};

/** To whoever had the role. */
const roleGone: Letter = {
  kind: 'role-gone',
  repeat: 'at_least_once',
  card: false,
  async draw(moment, about) {
    const known = await read(moment, about);
    if (known === null) return pilotGone;
    const { facts, role, who, note, to, names } = known;
    if (facts.holders[role] === readerOf(about)) return { overtaken: 'they have it again' };
    const next = to === null || to === undefined ? null : nameOf(names, to);
    return { message: roleGoneMessage(facts.pilot, role, { who, to: next }, note) };
  },
};

/** To the owner: who sponsors it now, and whether somebody has to be asked again. */
const sponsorChanged: Letter = {
  kind: 'sponsor-changed',
  repeat: 'at_least_once',
  card: false,
  async draw(moment, about) {
    const known = await read(moment, about);
    if (known === null) return pilotGone;
    const { facts, who, to, names, note } = known;
    if (facts.holders.sponsor !== to) return { overtaken: 'somebody else is the sponsor now' };
    const closed =
      known.closed === true && facts.charter.status !== 'signed' && facts.charter.status !== 'asked';
    return { message: sponsorChangedMessage(facts.pilot, { who, to: nameOf(names, to) }, closed, note) };
  },
};

/** A line under the card in the channel. */
const line: Letter = {
  kind: 'hand-over-line',
  repeat: 'at_most_once',
  card: false,
  async draw(moment, about) {
    const known = await read(moment, about);
    if (known === null) return pilotGone;
    const { role, to, before, names } = known;
    const name = (id: string | null | undefined) =>
      id === null || id === undefined ? null : nameOf(names, id);
    return { message: sentence(handOverLine(role, name(to), name(before))) };
  },
};

export const letters: readonly Letter[] = [ownerReceived, roleReceived, roleGone, sponsorChanged, line];
