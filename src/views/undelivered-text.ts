/** What is said about a message that reached nobody, and what would mend it? */
import { bold, type Line } from '../slack/text.ts';

const GONE = 'this person is not in Slack any more; give the role to somebody else under Edit charter';
const ARCHIVED =
  'that channel is archived; have it unarchived and invite me, or choose another one under Edit charter';
const CLOSED =
  'only some people may write in that channel; choose another one under Edit charter, or ask a Slack admin';

/** What Slack said, in words, and the remedy. */
const REASONS: Readonly<Record<string, string>> = {
  not_in_channel: 'I am not in that channel; type /invite there with my name, then press Retry',
  channel_not_found:
    'I cannot see that channel; choose another one under Edit charter, or invite me if it is private',
  is_archived: ARCHIVED,
  is_inactive: ARCHIVED,
  channel_is_limited_access: CLOSED,
  no_permission: CLOSED,
  posting_to_channel_denied: CLOSED,
  user_disabled: GONE,
  user_not_found: GONE,
  user_not_visible: GONE,
  invalid_user_combination: 'this person and I share no channel; give the role to somebody of this workspace',
  cannot_dm_bot: 'this is an app; give the role to a person under Edit charter',
  messages_tab_disabled: 'my Messages tab is switched off; switch it on in the settings of the Slack app',
  missing_scope: 'I lack a permission; reinstall the app with the scopes of its manifest',
  fault: 'I could not make it; the log says why',
};

/** What would mend it. */
export const remedyText = (error: string): string =>
  REASONS[error] ??
  (error.startsWith('restricted_action') ? CLOSED : `Slack said ${error}; the log says more`);

/** How many messages. */
export const waitingText = (count: number): string => (count === 1 ? 'one message' : `${count} messages`);

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
  daily: "the day's check-ins",
  'check-in-for': 'a check-in asked of somebody else',
  'check-in-handed-back': 'a check-in that was handed back',
  'daily-reminder': 'the reminder of a check-in',
  'case-card': 'what is in the way, or a question to decide',
  'decision-preview': 'what the sponsor is about to be asked',
  'verdict-card': 'the result in the channel',
  released: 'what was released to them',
  undelivered: 'what could not be delivered',
};

/** What a kind of message is called. */
export const kindText = (kind: string): string => KINDS[kind] ?? kind.replaceAll('-', ' ');

const capital = (words: string): string => `${words[0]?.toUpperCase() ?? ''}${words.slice(1)}`;

const MOST_KINDS = 6;

/** To whoever can help: what waits for a place, why, and what to do. */
export function undeliveredMessage(
  rows: readonly { readonly kind: string; readonly state: string; readonly error: string | null }[],
  place: string,
) {
  const count = rows.length;
  const error = rows.findLast((row) => row.state === 'failed')?.error ?? null;
  const title = `${capital(waitingText(count))} ${error === null ? 'may not have reached' : 'cannot reach'} ${place}`;
  const why =
    error === null ? 'Slack gave no answer; it may have arrived.' : `${capital(remedyText(error))}.`;
  const kinds = [...new Set(rows.map(({ kind }) => kindText(kind)))];
  const rest = kinds.length > MOST_KINDS ? `; and ${kinds.length - MOST_KINDS} more kinds` : '';
  return {
    notice: `${title}. ${why}`,
    title,
    lines: [why, `Waiting: ${kinds.slice(0, MOST_KINDS).join('; ')}${rest}.`],
    small: 'What has become unnecessary by then is left out.',
  };
}

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
  const label = bold(`${capital(kindText(row.kind))}, to ${names.get(id) ?? id}: `);
  if (row.state === 'unknown') return [label, 'Slack gave no answer; it may have arrived'];
  if (row.error === null) return [label, 'it did not arrive; the log says why'];
  return [label, remedyText(row.error)];
}
