/** May the app speak in a channel, and what must somebody do so that it may? */
import type { SlackChannel } from '../slack/courier.ts';
import type { Outcome } from '../slack/outcome.ts';

/**
 * What stands against a channel, in one sentence with the remedy; null when nothing does, or when Slack cannot be asked
 * (then the first message shows it).
 */
export function channelProblem(answer: Outcome<SlackChannel>): string | null {
  if (answer.kind === 'unreachable') {
    return 'I cannot see this channel. If it is private, type /invite there with my name, then try again; or leave the field empty.';
  }
  if (answer.kind !== 'done') return null;
  const { name, isArchived, isMember, isSharedOutside } = answer.value;
  if (isArchived) return `#${name} is archived. Choose another channel, or have it unarchived first.`;
  if (isSharedOutside) {
    return `#${name} is shared with another company, which would read along. Choose a channel of this workspace only.`;
  }
  if (!isMember)
    return `I am not in #${name}. Type /invite there with my name, then try again; or leave the field empty.`;
  return null;
}
