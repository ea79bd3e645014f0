/** What is said about a message that reached nobody, and what would mend it? */
import { bold, type Line } from '../slack/text.ts';

const REMEDIES: Readonly<Record<string, string>> = {
  not_in_channel: 'type /invite in that channel with my name',
  channel_not_found: 'choose another channel under Edit charter, or invite me if it is private',
  is_archived: 'choose another channel under Edit charter',
  user_disabled: 'give the role to somebody else under Edit charter',
  user_not_found: 'give the role to somebody else under Edit charter',
  cannot_dm_bot: 'give the role to a person under Edit charter',
  messages_tab_disabled: 'switch the Messages tab on in the settings of the Slack app',
  missing_scope: 'reinstall the app with the scopes of its manifest',
};

/** One line: what was to be said to whom, and the remedy. */
export function undeliveredLine(
  row: {
    readonly kind: string;
    readonly addressee: string;
    readonly state: string;
    readonly error: string | null;
  },
  names: ReadonlyMap<string, string>,
): Line {
  const id = row.addressee.replace(/^\w[\w-]*:/, '');
  const what = row.kind.replaceAll('-', ' ');
  if (row.state === 'unknown')
    return [bold(`${what} to ${names.get(id) ?? id}: `), 'Slack gave no answer; it may have arrived'];
  const remedy = REMEDIES[row.error ?? ''] ?? 'look at what the log says about it';
  return [bold(`${what} to ${names.get(id) ?? id}: `), `${row.error ?? 'failed'}; ${remedy}`];
}
