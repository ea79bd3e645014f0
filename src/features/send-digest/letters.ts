/** What does a channel read on the day of its digest? */
import { isEmpty } from '../../core/digest.ts';
import { todayIn } from '../../core/metric.ts';
import { channelCanSee } from '../../core/pilot.ts';
import { message } from '../../slack/blocks.ts';
import * as buttons from '../../views/buttons.ts';
import { channelProblem } from '../../views/channel-text.ts';
import { digestDetails, digestMessage } from '../../views/digest-text.ts';
import type { Letter, Moment } from '../feature.ts';
import { weekDigest } from './week.ts';

/** The channel is the part before the slot: `C1@1771833600000`. */
const channelOf = (subject: string): string => subject.split('@', 1)[0] ?? '';

/** A channel shows what its least privileged reader may see. */
const channelDigest = (moment: Moment) =>
  weekDigest(moment, (facts) => channelCanSee(facts.pilot, facts.everAsked));

/** The digest itself. An empty one is not sent; one asked for by hand is. */
export const digestLetter: Letter = {
  kind: 'digest',
  repeat: 'at_most_once',
  card: false,
  latestOnly: true,
  async draw(moment, about) {
    const channel = channelOf(about.subject);
    const answer = await moment.channel(moment.workspace, channel);
    if (answer.kind === 'done' && answer.value.isSharedOutside)
      return { overtaken: channelProblem(answer) ?? 'shared outside' };
    const digest = await channelDigest(moment);
    const asked = (about.details as { asked?: unknown }).asked === true;
    if (isEmpty(digest) && !asked) return { overtaken: 'nothing to tell' };
    const look = [buttons.digestPreferences.element({ channel })];
    return {
      message: digestMessage(
        digest,
        todayIn(moment.zone, moment.at),
        look,
        'Every pilot stands in the thread.',
      ),
    };
  },
};

/** The thread under it: every pilot, a line each. */
export const detailsLetter: Letter = {
  kind: 'digest-details',
  repeat: 'at_most_once',
  card: false,
  async draw(moment) {
    const lines = digestDetails(await channelDigest(moment));
    if (lines.length === 0) return { overtaken: 'nothing to tell' };
    // One message holds what one message can; a larger portfolio is looked up with the list command.
    const shown = lines.slice(0, 40);
    const hidden = lines.length - shown.length;
    const rest = hidden > 0 ? [`and ${hidden} more: ${moment.command} list`] : [];
    return { message: message({ notice: `All ${lines.length} pilots`, lines: [...shown, ...rest] }) };
  },
};
