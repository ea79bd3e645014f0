/** What is said about a message that reached nobody, and what would mend it? */
import { bold, type Line } from '../slack/text.ts';

/** What Slack said, in words, and the remedy. */
const REASONS: Readonly<Record<string, string>> = {
  not_in_channel: 'I am not in that channel; type /invite there with my name',
  channel_not_found:
    'I cannot see that channel; choose another one under Edit charter, or invite me if it is private',
  is_archived: 'that channel is archived; choose another one under Edit charter',
  user_disabled: 'this person is not in Slack any more; give the role to somebody else under Edit charter',
  user_not_found: 'this person is not in Slack any more; give the role to somebody else under Edit charter',
  cannot_dm_bot: 'this is an app; give the role to a person under Edit charter',
  messages_tab_disabled: 'my Messages tab is switched off; switch it on in the settings of the Slack app',
  missing_scope: 'I lack a permission; reinstall the app with the scopes of its manifest',
  fault: 'I could not make it; the log says why',
};

/** What was to be said, by the kind of its row; a kind without words is called by its name. */
const KINDS: Readonly<Record<string, string>> = {
  'draft-card': 'the card of a pilot',
  'pilot-card': 'the card of a pilot',
  'sign-request': 'a request to sign',
  'request-answered': "the sponsor's answer",
  'signed-line': 'the line about a signature',
  'word-changed': 'the line about a changed status',
  digest: 'the digest',
  'digest-details': "the digest's thread",
  welcome: 'the welcome',
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
  const what = KINDS[row.kind] ?? row.kind.replaceAll('-', ' ');
  const label = bold(`${what[0]?.toUpperCase() ?? ''}${what.slice(1)}, to ${names.get(id) ?? id}: `);
  if (row.state === 'unknown') return [label, 'Slack gave no answer; it may have arrived'];
  if (row.error === null) return [label, 'it did not arrive; the log says why'];
  return [label, REASONS[row.error] ?? `Slack said ${row.error}; the log says more`];
}
