/** What does a channel read on the day of its digest, and until values can come late no more? */
import { isEmpty } from '../../core/digest.ts';
import { todayIn } from '../../core/metric.ts';
import { channelCanSee } from '../../core/pilot.ts';
import { outboxById } from '../../db/queries/outbox.ts';
import { message, sentence } from '../../slack/blocks.ts';
import * as buttons from '../../views/buttons.ts';
import { channelProblem } from '../../views/channel-text.ts';
import { digestDetails, digestMessage, everyEntry } from '../../views/digest-text.ts';
import type { Drawn, Letter, LetterAbout, Moment, Overtaken } from '../feature.ts';
import { filterWords, keptFilter, passes } from './filter.ts';
import { weekDigest } from './week.ts';

/** How long a digest is edited when values come late. */
export const EDITED_MS = 3 * 24 * 60 * 60 * 1000;

/** The channel is the part before the slot: `C1@1771833600000`. */
const channelOf = (subject: string): string => subject.split('@', 1)[0] ?? '';

/** What was ordered: when, for which pilots, and whether by hand. Null when the order is not there any more. */
async function orderOf(moment: Moment, about: LetterAbout) {
  const row = await outboxById(moment.db, moment.workspace, about.id);
  if (row === null) return null;
  const asked = (row.details as { asked?: unknown }).asked === true;
  return { posted: row.createdAt, asked, filter: keptFilter(row.details) };
}

type Order = NonNullable<Awaited<ReturnType<typeof orderOf>>>;

/** A channel shows what its least privileged reader may see. */
const channelDigest = (moment: Moment, { filter, posted }: Order) =>
  weekDigest(moment, (facts) => channelCanSee(facts.pilot, facts.everAsked) && passes(facts, filter), posted);

/** After its days of grace a digest stays as it is. */
const stays = (moment: Moment, { posted }: Order): boolean => moment.at > posted + EDITED_MS;

/** The digest itself. An empty one is not sent; one asked for by hand is. */
export const digestLetter: Letter = {
  kind: 'digest',
  repeat: 'at_most_once',
  card: true,
  latestOnly: true,
  async draw(moment, about): Promise<Drawn | Overtaken> {
    const channel = channelOf(about.subject);
    const order = await orderOf(moment, about);
    if (order === null) return { overtaken: 'the order is not there any more' };
    if (about.again && stays(moment, order)) return { overtaken: 'its week is over' };
    const answer = await moment.channel(moment.workspace, channel);
    if (answer.kind === 'done' && answer.value.isSharedOutside)
      return { overtaken: channelProblem(answer) ?? 'shared outside' };
    const digest = await channelDigest(moment, order);
    if (isEmpty(digest) && !order.asked && !about.again) return { overtaken: 'nothing to tell' };
    const total = everyEntry(digest).length;
    const names = await moment.people.names(moment.workspace, [order.filter.owner]);
    const look = [
      ...(total === 0
        ? []
        : [
            buttons.listPage.element(
              { which: 'all', words: order.filter.unit ?? '', from: 0 },
              { label: `Show all ${total}` },
            ),
          ]),
      buttons.followDigest.element({}),
      buttons.digestPreferences.element({ channel }),
    ];
    const small = about.again
      ? 'Every pilot stands in the thread. What came after it was posted is in.'
      : 'Every pilot stands in the thread.';
    return {
      message: digestMessage(
        digest,
        todayIn(moment.zone, moment.at),
        look,
        small,
        filterWords(order.filter, names),
      ),
    };
  },
};

/** The thread under it: every pilot, a line each. */
export const detailsLetter: Letter = {
  kind: 'digest-details',
  repeat: 'at_most_once',
  card: true,
  async draw(moment, about): Promise<Drawn | Overtaken> {
    const order = await orderOf(moment, about);
    if (order === null) return { overtaken: 'the order is not there any more' };
    if (about.again && stays(moment, order)) return { overtaken: 'its week is over' };
    const lines = digestDetails(await channelDigest(moment, order), order.posted);
    if (lines.length === 0)
      return about.again
        ? { message: sentence('No pilot is shown here any more.') }
        : { overtaken: 'nothing to tell' };
    // One message holds what one message can; a larger portfolio is looked up with the list command.
    const shown = lines.slice(0, 40);
    const hidden = lines.length - shown.length;
    const rest = hidden > 0 ? [`and ${hidden} more: ${moment.command} list`] : [];
    return { message: message({ notice: `All ${lines.length} pilots`, lines: [...shown, ...rest] }) };
  },
};
