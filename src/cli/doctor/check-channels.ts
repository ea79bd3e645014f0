/** Can the app speak in the channels where it is expected to? */
import type { Database } from '../../db/database.ts';
import { type ChannelInUse, channelsInUse } from '../../db/queries/channels.ts';
import type { SlackChannel } from '../../slack/courier.ts';
import type { Outcome } from '../../slack/outcome.ts';
import { type Finding, findingsOf } from './finding.ts';

const { fine, finding, skipped } = findingsOf('channels');

/** Asks Slack about each channel in turn, until it asks us to wait. */
export async function checkChannels(
  db: Database,
  workspace: string,
  look: (channel: string) => Promise<Outcome<SlackChannel>>,
): Promise<Finding[]> {
  const channels = await channelsInUse(db, workspace);
  if (channels.length === 0) return [fine('No pilot and no digest has a channel yet.')];
  const findings: Finding[] = [];
  for (const [at, use] of channels.entries()) {
    const answer = await look(use.channel);
    if (answer.kind === 'later' || answer.kind === 'ambiguous') {
      return [
        ...findings,
        skipped(
          `${channels.length - at} channels were not looked at: Slack does not answer (${answer.code}).`,
        ),
      ];
    }
    const found = channelFinding(use, answer);
    if (found !== null) findings.push(found);
  }
  if (findings.length > 0) return findings;
  return [
    fine(
      channels.length === 1
        ? 'The one channel can be reached.'
        : `All ${channels.length} channels can be reached.`,
    ),
  ];
}

function channelFinding(use: ChannelInUse, answer: Outcome<SlackChannel>): Finding | null {
  const whose = purposeOf(use);
  if (answer.kind !== 'done') {
    if (answer.kind === 'refused' && answer.code === 'missing_scope') {
      return skipped(`The channel of ${whose} was not looked at: the token may not ask about it.`);
    }
    return finding(
      `The channel ${use.channel} of ${whose} cannot be seen (${answer.code}).`,
      'Type /invite @Pilotage there, or choose another channel.',
    );
  }
  const { name, isArchived, isMember, isSharedOutside } = answer.value;
  if (isArchived) {
    return finding(
      `#${name}, the channel of ${whose}, is archived.`,
      'Have it unarchived, or choose another channel.',
    );
  }
  if (isSharedOutside) {
    return finding(
      `#${name}, the channel of ${whose}, is shared with another company, which reads along.`,
      'Choose a channel of this workspace only.',
    );
  }
  if (isMember) return null;
  return finding(`The app is not in #${name}, the channel of ${whose}.`, 'Type /invite @Pilotage there.');
}

function purposeOf({ pilots, digest }: ChannelInUse): string {
  const named = pilots.slice(0, 3).join(', ') + (pilots.length > 3 ? ` and ${pilots.length - 3} more` : '');
  if (named === '') return 'the digest';
  return digest ? `${named} and the digest` : named;
}
