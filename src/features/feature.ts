/** What is a feature, and what may its handlers use? */
import type { Day } from '../core/day.ts';
import type { Person } from '../core/person.ts';
import type { Viewer } from '../core/pilot.ts';
import type { Place as PlaceOnEarth } from '../core/typed-calendar.ts';
import type { Database } from '../db/database.ts';
import type { OutboxRow } from '../db/queries/outbox.ts';
import type { TokenRow } from '../db/queries/tokens.ts';
import type { HttpAnswer, HttpRoute } from '../http/route.ts';
import type { Message, View } from '../slack/blocks.ts';
import type { Button } from '../slack/button.ts';
import type { CommandEntry } from '../slack/command.ts';
import type { SlackChannel } from '../slack/courier.ts';
import type { OutgoingFile } from '../slack/courier-upload.ts';
import type { Fields, Form, Place, SubmittedView, ValuesOf } from '../slack/form.ts';
import type { Incoming } from '../slack/incoming.ts';
import type { Outcome } from '../slack/outcome.ts';
import { type Reply, refuse, say } from '../slack/reply.ts';
import type { ExportTask } from './export-task.ts';
import type { TakeFile } from './take-file.ts';

/** People as the app knows them. */
export interface Directory {
  /** Asks Slack when what is known is older than an hour; falls back to what is known. */
  person(workspace: string, id: string): Promise<Person>;
  /** Slack says that something about somebody has changed: asks what. */
  changed(workspace: string, id: string): Promise<void>;
  /** Names for a list of ids; somebody unknown is called by their id. Never asks Slack. */
  names(workspace: string, ids: readonly (string | undefined | null)[]): Promise<ReadonlyMap<string, string>>;
  /** Whether Slack has ever said who somebody is: before that, they may be a guest or a stranger. */
  isKnown(workspace: string, id: string): Promise<boolean>;
  /** Whether somebody belongs to the programme office. */
  isOffice(workspace: string, person: Person): Promise<boolean>;
  /** What people call the programme office here. */
  officeName(workspace: string): Promise<string>;
}

/** A public holiday, by its English name. */
export interface Holiday {
  readonly day: Day;
  readonly name: string;
}

/** A request that hands in values: whose token it came with, and what it says. Plain data. */
export interface ValuesRequest {
  readonly token: TokenRow;
  readonly contentType: string;
  readonly text: string;
  /** All or nothing. */
  readonly atomic: boolean;
}

/** Makes the file of an export: a ZIP. */
export type ExportFile = (task: ExportTask) => Promise<Uint8Array>;

/** Work that takes long, done where nobody waits for it. */
export interface LongWork {
  readonly takeFile: TakeFile;
  takeRequest(request: ValuesRequest): Promise<HttpAnswer>;
  exportFile: ExportFile;
}

/** What every part of a feature can use: the database, the time, ids, people. No handler reads a clock. */
export interface Parts {
  readonly db: Database;
  readonly now: () => number;
  readonly newId: () => string;
  readonly people: Directory;
  readonly channel: (workspace: string, id: string) => Promise<Outcome<SlackChannel>>;
  /** Fetches a file somebody dropped, of at most `limit` bytes. */
  readonly file: (workspace: string, url: string, limit: number) => Promise<Outcome<Uint8Array>>;
  /** Shares a file of ours under a message. */
  readonly upload: (workspace: string, file: OutgoingFile) => Promise<Outcome<null>>;
  readonly exportFile: ExportFile;
  /** Suggests the public holidays of a place in some years, oldest first. */
  readonly holidays: (place: PlaceOnEarth, years: readonly number[]) => readonly Holiday[];
  /** Null where everything is done here: a database in memory belongs to one thread. */
  readonly longWork: LongWork | null;
  /** The slash command as it is called here, `/pilot` by default. */
  readonly command: string;
  /** Lets those go first who wait for an answer. Work that nobody waits for calls it between steps of some milliseconds. */
  readonly giveWay: () => Promise<void>;
}

/** Somebody acts, here and now. */
export interface Scene extends Parts {
  readonly workspace: string;
  /** The instant at which the handler was called, epoch ms. */
  readonly at: number;
  readonly actor: Person;
  /** The actor as the rules see them. */
  readonly viewer: Viewer;
  /** IANA zone of the actor, else of the workspace. */
  readonly zone: string;
  /** IANA zone of the workspace: the periods and deadlines of criteria are days there. */
  readonly workspaceZone: string;
  readonly incoming: Incoming;
  readonly place: Place;
}

/** A message is about to be sent: no person acts. */
export interface Moment extends Parts {
  readonly workspace: string;
  readonly at: number;
  /** IANA zone of the reader, else of the workspace. */
  readonly zone: string;
  readonly workspaceZone: string;
}

/** A subcommand with what it does. */
export interface Command extends CommandEntry {
  run(scene: Scene, rest: string): Promise<Reply>;
}

/** What a press of one kind of button does. */
export interface PressHandler {
  readonly kind: string;
  run(scene: Scene, value: string | undefined): Promise<Reply>;
}

/** What submitting one form does. */
export interface FormHandler {
  readonly form: string;
  run(scene: Scene, view: SubmittedView): Promise<Reply>;
}

/** What is done when Slack tells of something that no person did with the app. */
export interface EventHandler {
  /** The type of the event, as the manifest subscribes to it. */
  readonly type: string;
  run(parts: Parts, workspace: string, event: Readonly<Record<string, unknown>>): Promise<void>;
}

/** A message as drawn: what it says, and which state of its subject it shows. */
export interface Drawn {
  readonly message: Message;
  /** The revision of the pilot that is shown; copies that show less are drawn again. */
  readonly revision?: number;
  /** False when this copy needs no further care. */
  readonly live?: boolean;
}

/** Why a message is not sent after all. */
export interface Overtaken {
  readonly overtaken: string;
}

/** A message that is not sent yet: it is looked at again at `heldUntil` (epoch ms), or sooner when what it is about changes. */
export interface Held {
  readonly heldUntil: number;
}

/** A place a message may go to, once the addressee has been looked up. */
export interface Letter {
  /** The kind of outbox rows this draws. */
  readonly kind: string;
  /** Reminders and digests are said at most once when it is unclear whether Slack has them; requests and decisions at least once. */
  readonly repeat: 'at_most_once' | 'at_least_once';
  /** Kept up to date for as long as its subject changes. */
  readonly card: boolean;
  /** Started by the app: said to a person only while they work, whenever it is that it can be sent. */
  readonly inHours?: true;
  /** When several wait for the same place, as after downtime, only the newest is said. */
  readonly latestOnly?: true;
  draw(moment: Moment, what: LetterAbout): Promise<Drawn | Overtaken | Held>;
}

/** What a letter is about: the row of the outbox, or the copy that is drawn again. */
export interface LetterAbout
  extends Pick<OutboxRow, 'kind' | 'subject' | 'version' | 'addressee' | 'details' | 'dedupeKey' | 'id'> {
  /** True when an existing copy is drawn again. */
  readonly again: boolean;
}

/** Work that falls due by the clock. */
export interface Duty {
  readonly name: string;
  /** People are asked because of deadlines: it waits for a while when those have passed while nobody looked. */
  readonly waitsAfterGap?: true;
  /** The next instant at which there is something to do, or null. */
  nextDue(parts: Parts): Promise<number | null>;
  /** Does what is due at `at`; must be harmless when called twice. */
  run(parts: Parts, at: number): Promise<void>;
  /** The clock ran ahead and has gone back to `at`: plans anew what was planned from the wrong instant. */
  rethink?(parts: Parts, at: number): Promise<void>;
}

/** Something people can do or receive. */
export interface Feature {
  readonly name: string;
  readonly commands?: readonly Command[];
  readonly presses?: readonly PressHandler[];
  readonly forms?: readonly FormHandler[];
  readonly events?: readonly EventHandler[];
  readonly shortcuts?: readonly { readonly id: string; run(scene: Scene): Promise<Reply> }[];
  readonly letters?: readonly Letter[];
  readonly duties?: readonly Duty[];
  /** Endpoints for programs. */
  readonly endpoints?: (parts: Parts) => readonly HttpRoute[];
  /** Draws somebody's Home tab; exactly one feature does. */
  readonly home?: (scene: Moment & { readonly viewer: Viewer; readonly person: Person }) => Promise<View>;
  /** Called when somebody, or the app itself, joins a channel. */
  readonly joined?: (parts: Parts, workspace: string, user: string, channel: string) => Promise<void>;
  /** Called when somebody opens the Home tab. */
  readonly homeOpened?: (scene: Scene) => Promise<void>;
}

/** Joins a button to what its press does. A button whose value cannot be read is answered, not ignored. */
export function onPress<Value>(
  button: Button<Value>,
  run: (scene: Scene, value: Value) => Promise<Reply>,
): PressHandler {
  return {
    kind: button.id,
    async run(scene, raw) {
      const value = button.read(raw);
      if (value === null) return say(outOfDate(scene.command));
      return run(scene, value);
    },
  };
}

/** Joins a form to what submitting it does. Fields that cannot be read keep the form open with a sentence each. */
export function onSubmit<Meta, F extends Fields>(
  form: Form<Meta, F>,
  run: (scene: Scene, values: ValuesOf<F>, meta: Meta) => Promise<Reply>,
): FormHandler {
  return {
    form: form.id,
    async run(scene, view) {
      const read = form.read(view);
      return read.ok ? run(scene, read.values, read.meta) : refuse(read.errors);
    },
  };
}

function outOfDate(command: string): Message {
  const words = `This button is from an older version and does nothing any more. Type ${command} mine to see what waits for you.`;
  return {
    text: words,
    blocks: [{ type: 'section', text: { type: 'plain_text', text: words, emoji: false } }],
  };
}
