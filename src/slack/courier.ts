/** What does the app ask of Slack, and what does Slack tell? */
import type { Message, View } from './blocks.ts';
import type { OutgoingFile } from './courier-upload.ts';
import type { Outcome } from './outcome.ts';
import type { QuietTime } from './quiet-time.ts';

/** A message that stands in a channel. */
export interface Posted {
  readonly channel: string;
  readonly ts: string;
}

/** Where something is said: a channel or a person, or the thread under a message there. */
export interface Place {
  readonly to: string;
  readonly thread?: string;
}

/** A message of ours that was found again. */
export interface Found extends Posted {
  readonly text: string;
  readonly blocks: readonly unknown[];
}

/** What Slack tells about a person; a field it does not tell is undefined. */
export interface SlackPerson {
  readonly id: string;
  readonly name: string;
  readonly timezone: string | null;
  readonly isBot: boolean;
  readonly isDeactivated: boolean;
  readonly isGuest: boolean;
  readonly isAdmin: boolean;
  readonly team: string | null;
}

/** What Slack tells about a channel. */
export interface SlackChannel {
  readonly id: string;
  readonly name: string;
  readonly isMember: boolean;
  readonly isArchived: boolean;
  readonly isPrivate: boolean;
  readonly isSharedOutside: boolean;
}

/** Who we are in the workspace. */
export interface Identity {
  readonly workspace: string;
  readonly workspaceName: string;
  readonly botUser: string;
  readonly botId: string | null;
}

/** Everything the app asks of Slack. */
export interface Courier {
  identify(): Promise<Outcome<Identity>>;
  post(to: string, message: Message, extra: PostExtra): Promise<Outcome<Posted>>;
  /**
   * Looks for a message of ours by its id; null when it is not there. `refused` where Slack does not let us look, or does
   * not know how.
   */
  find(place: Place, id: string, since: number): Promise<Outcome<Found | null>>;
  edit(where: Posted, message: Message): Promise<Outcome<Posted>>;
  /** Takes a message of ours away. */
  remove(where: Posted): Promise<Outcome<null>>;
  whisper(channel: string, user: string, message: Message): Promise<Outcome<null>>;
  /** Answers an interaction at the address Slack gave for it. */
  respond(address: string, message: Message): Promise<Outcome<null>>;
  openView(trigger: string, view: View): Promise<Outcome<null>>;
  pushView(trigger: string, view: View): Promise<Outcome<null>>;
  updateView(id: string, hash: string | null, view: View): Promise<Outcome<null>>;
  publishHome(user: string, view: View): Promise<Outcome<null>>;
  person(id: string): Promise<Outcome<SlackPerson>>;
  /** The do-not-disturb of a person: the window they are in, or the next one; null without one. */
  quiet(id: string): Promise<Outcome<QuietTime | null>>;
  channel(id: string): Promise<Outcome<SlackChannel>>;
  /** Fetches a file somebody dropped; `refused` with code `too_large` when it has more bytes than `limit`. */
  download(url: string, limit: number): Promise<Outcome<Uint8Array>>;
  /** Uploads a file and shares it under a message. */
  upload(file: OutgoingFile): Promise<Outcome<null>>;
}

/** What goes with a posted message besides its words. */
export interface PostExtra {
  readonly thread?: string;
  /** Our id of the message; Slack may use it to refuse a repeat, and we find the message again by it. */
  readonly id: string;
}
