/** What did somebody do in Slack, in one shape whatever payload it came in? */
import type { Place, SubmittedView } from './form.ts';

/** Who did something, where, and the short-lived addresses Slack gave for answering. */
export interface Incoming {
  readonly workspace: string;
  readonly user: string;
  /** The workspace of the person who acted; differs from `workspace` for people of another company. */
  readonly userTeam: string | null;
  readonly channel: string | null;
  /** The message a press came from. */
  readonly message: string | null;
  /** Opens a view within three seconds, once. */
  readonly trigger: string | null;
  readonly responseUrl: string | null;
  /** The view a press or a submission came from. */
  readonly view: SubmittedView | null;
}

/** The words a person typed or the choice they made in an element that is not a plain button. */
export interface Pressed {
  /** The kind of the button or element: its action id up to `#`. */
  readonly kind: string;
  readonly value: string | undefined;
}

type Body = Record<string, unknown>;
const object = (value: unknown): Body => (typeof value === 'object' && value !== null ? (value as Body) : {});
const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** Reads who and where out of any interactive payload; `home` is the workspace the app is installed in. */
export function readIncoming(body: Body, home: string): Incoming {
  const user = object(body['user']);
  const container = object(body['container']);
  const channel = object(body['channel']);
  const message = object(body['message']);
  const view = typeof body['view'] === 'object' ? (body['view'] as SubmittedView | null) : null;
  const place = view === null ? null : placeOf(view);
  return {
    workspace: text(object(body['team'])['id']) ?? text(body['team_id']) ?? home,
    user: text(user['id']) ?? text(body['user_id']) ?? text(object(body['event'])['user']) ?? '',
    userTeam: text(user['team_id']) ?? null,
    channel:
      text(channel['id']) ??
      text(body['channel_id']) ??
      text(container['channel_id']) ??
      place?.channel ??
      null,
    message: text(message['ts']) ?? text(container['message_ts']),
    trigger: text(body['trigger_id']),
    responseUrl: text(body['response_url']) ?? place?.responseUrl ?? null,
    view,
  };
}

/** Where the form was opened, as its metadata says. */
export function placeOf(view: SubmittedView): Place {
  try {
    const envelope = JSON.parse(view.private_metadata ?? '') as Body;
    return { channel: text(envelope['c']), responseUrl: text(envelope['r']) };
  } catch {
    return { channel: null, responseUrl: null };
  }
}

/** U+0000 and halves of characters, as they stand or as JSON writes them. */
const UNKEEPABLE = /\0|\\u0000|\\ud[89a-f]|[\ud800-\udfff]/iu;

/** What a press carried: a button's value, or the value of the choice that was made. A choice of a `⋯` menu is the press of its button. */
export function readPressed(action: Body): { readonly actionId: string; readonly value: string | undefined } {
  const option = object(action['selected_option']);
  const given = text(action['value']) ?? text(option['value']) ?? undefined;
  // What no database keeps stands in no button of ours: it is read like none at all.
  const value = given !== undefined && UNKEEPABLE.test(given) ? undefined : given;
  const named = action['type'] === 'overflow' ? /^([a-z-]+) (.*)$/s.exec(value ?? '') : null;
  if (named !== null) return { actionId: named[1] ?? '', value: named[2] };
  return { actionId: text(action['action_id']) ?? '', value };
}
