/** What kinds of fields can a form have, and how is what somebody filled in read back? */
import type { Block } from './blocks.ts';
import { plainText } from './blocks.ts';
import { LIMITS, lengthOf, shorten } from './limits.ts';
import { cleanTyped } from './text.ts';

/** A field's answer: a value, or one sentence that says what is wrong and what would be right. */
export type Reading<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: string };

/** How a field looks in one particular form. */
export interface FieldLook<T> {
  readonly initial: T | null;
  readonly hint?: string;
  readonly label?: string;
}

/** A field: how to draw it and how to read it. */
export interface Field<T> {
  readonly label: string;
  block(name: string, look: FieldLook<T>): Block;
  read(element: unknown): Reading<T>;
}

/** What every kind of field may say about itself. */
export interface FieldWords {
  readonly label: string;
  readonly hint?: string;
  readonly placeholder?: string;
  /** Tell the app on every change, so that the form can be redrawn. */
  readonly dispatch?: boolean;
}

/** One choice of a closed list. */
export interface Choice {
  readonly value: string;
  readonly text: string;
  readonly description?: string;
}

type State = Record<string, unknown> | undefined;
const ok = <T>(value: T): Reading<T> => ({ ok: true, value });
const wrong = (error: string): Reading<never> => ({ ok: false, error });

function input<T>(
  words: FieldWords,
  optional: boolean,
  element: (name: string, initial: T | null) => Record<string, unknown>,
): (name: string, look: FieldLook<T>) => Block {
  return (name, look) => ({
    type: 'input',
    block_id: name,
    label: plainText(look.label ?? words.label, LIMITS.input.label),
    optional,
    ...(words.dispatch === true ? { dispatch_action: true } : {}),
    ...((look.hint ?? words.hint) === undefined
      ? {}
      : { hint: plainText(look.hint ?? words.hint ?? '', LIMITS.input.hint) }),
    element: {
      action_id: name,
      ...element(name, look.initial),
      ...(words.placeholder === undefined
        ? {}
        : { placeholder: plainText(words.placeholder, LIMITS.input.placeholder) }),
    },
  });
}

function field<T>(
  words: FieldWords,
  element: (name: string, initial: T | null) => Record<string, unknown>,
  read: (state: State) => Reading<T | null>,
): { required: Field<T>; optional: Field<T | null> } {
  const required: Field<T> = {
    label: words.label,
    block: input(words, false, element),
    read(state) {
      const reading = read(state as State);
      if (!reading.ok) return reading;
      return reading.value === null
        ? wrong(`${words.label} is empty. It is needed here.`)
        : ok(reading.value);
    },
  };
  return {
    required,
    optional: { label: words.label, block: input(words, true, element), read: (s) => read(s as State) },
  };
}

const stringOf = (state: State, key: string): string | null => {
  const value = state?.[key];
  return typeof value === 'string' && value !== '' ? value : null;
};

const oneLine = (typed: string): string => cleanTyped(typed).replace(/\s*\n\s*/g, ' ');

/**
 * Words a person types, cleaned; longer than `max` code points is refused, never cut. Without `lines` they are one line.
 * What stands there already may be longer: then it is shown whole and has to be shortened when it is saved.
 */
export function textField(words: FieldWords & { readonly max?: number; readonly lines?: boolean }) {
  const max = Math.min(words.max ?? LIMITS.input.text, LIMITS.input.text);
  return field<string>(
    words,
    (_name, initial) => ({
      type: 'plain_text_input',
      multiline: words.lines === true,
      max_length: Math.min(Math.max(max, lengthOf(initial ?? '')), LIMITS.input.text),
      ...(words.dispatch === true
        ? { dispatch_action_config: { trigger_actions_on: ['on_enter_pressed'] } }
        : {}),
      ...(initial === null || initial === '' ? {} : { initial_value: shorten(initial, LIMITS.input.text) }),
    }),
    (state) => {
      const typed = stringOf(state, 'value');
      if (typed === null) return ok(null);
      const clean = words.lines === true ? cleanTyped(typed) : oneLine(typed);
      if (lengthOf(clean) > max) {
        return wrong(
          `${words.label} has ${lengthOf(clean).toLocaleString('en')} characters; ${max.toLocaleString('en')} are possible. Shorten it.`,
        );
      }
      return ok(clean === '' ? null : clean);
    },
  );
}

/** A calendar day, 'YYYY-MM-DD'. */
export function dayField(words: FieldWords) {
  return field<string>(
    words,
    (_name, initial) => ({
      type: 'datepicker',
      ...(initial === null || !isCalendarDay(initial) ? {} : { initial_date: initial }),
    }),
    (state) => {
      const day = stringOf(state, 'selected_date');
      if (day === null) return ok(null);
      return isCalendarDay(day)
        ? ok(day)
        : wrong(`${words.label}: "${shorten(cleanTyped(day), 40)}" is not a day. Write it like 2026-03-28.`);
    },
  );
}

const PERSON = /^[UW][A-Z0-9]{1,20}$/;
const CHANNEL = /^[CGD][A-Z0-9]{1,20}$/;

/** One person of the workspace, by id. */
export function personField(words: FieldWords) {
  return field<string>(
    words,
    (_name, initial) => ({
      type: 'users_select',
      ...(initial === null || !PERSON.test(initial) ? {} : { initial_user: initial }),
    }),
    (state) => {
      const person = stringOf(state, 'selected_user');
      if (person === null || PERSON.test(person)) return ok(person);
      return wrong(`${words.label} is not a person of Slack. Choose one from the list.`);
    },
  );
}

/** One channel, public or private, by id. */
export function channelField(words: FieldWords) {
  return field<string>(
    words,
    (_name, initial) => ({
      type: 'conversations_select',
      filter: { include: ['public', 'private'], exclude_bot_users: true },
      ...(initial === null || !CHANNEL.test(initial) ? {} : { initial_conversation: initial }),
    }),
    (state) => {
      const channel = stringOf(state, 'selected_conversation') ?? stringOf(state, 'selected_channel');
      if (channel === null || CHANNEL.test(channel)) return ok(channel);
      return wrong(`${words.label} is not a channel of Slack. Choose one from the list.`);
    },
  );
}

/** One of a closed list. */
export function choiceField<V extends string>(
  words: FieldWords & {
    readonly choices: readonly (Choice & { readonly value: V })[];
    readonly radio?: boolean;
  },
) {
  const option = (choice: Choice) => ({
    text: plainText(choice.text, LIMITS.option.text),
    value: choice.value,
    ...(choice.description === undefined
      ? {}
      : { description: plainText(choice.description, LIMITS.option.description) }),
  });
  return field<V>(
    words,
    (_name, initial) => {
      const chosen = words.choices.find((choice) => choice.value === initial);
      return {
        type: words.radio === true ? 'radio_buttons' : 'static_select',
        options: words.choices.map(option),
        ...(chosen === undefined ? {} : { initial_option: option(chosen) }),
      };
    },
    (state) => {
      const selected = state?.['selected_option'] as { value?: unknown } | null | undefined;
      if (selected === null || selected === undefined) return ok(null);
      const found = words.choices.find((choice) => choice.value === selected.value);
      return found === undefined
        ? wrong(`${words.label}: ${named(selected.value)} is not on the list. Choose one of it.`)
        : ok(found.value);
    },
  );
}

/** Something that was sent in the place of a choice, short enough to be said back. */
const named = (value: unknown): string =>
  typeof value === 'string' ? `"${shorten(cleanTyped(value), 40)}"` : 'this';

/** True for a day that exists: '2026-02-29' does not. */
function isCalendarDay(day: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day);
  if (match === null) return false;
  const [year, month, date] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const last = [
    31,
    year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28,
    31,
    30,
    31,
    30,
    31,
    31,
    30,
    31,
    30,
    31,
  ];
  return year >= 1900 && month >= 1 && month <= 12 && date >= 1 && date <= (last[month - 1] ?? 0);
}

/** A file somebody dropped into a form, as Slack tells about it. */
export interface DroppedFile {
  readonly id: string;
  readonly name: string;
  readonly size: number;
  /** Where it can be fetched with the app's token. */
  readonly url: string;
}

const LONGEST_NAME = 255;

/** One file. `types` are endings without the dot. */
export function fileField(words: FieldWords & { readonly types: readonly string[] }) {
  return field<DroppedFile>(
    words,
    () => ({ type: 'file_input', filetypes: [...words.types], max_files: 1 }),
    (state) => {
      const files = state?.['files'];
      const dropped: unknown = Array.isArray(files) ? files[0] : null;
      if (typeof dropped !== 'object' || dropped === null) return ok(null);
      const file = dropped as Record<string, unknown>;
      const url = file['url_private_download'] ?? file['url_private'];
      if (typeof url !== 'string')
        return wrong(`${words.label}: Slack does not say where the file is. Drop it again.`);
      const called = typeof file['name'] === 'string' ? oneLine(file['name']) : '';
      const name = called === '' ? 'file' : shorten(called, LONGEST_NAME);
      const size = Number(file['size'] ?? 0);
      // A size that is no number counts as too large rather than as nothing.
      return ok({ id: String(file['id'] ?? ''), name, size: size >= 0 ? size : Number.MAX_VALUE, url });
    },
  );
}

/** Several of a closed list: boxes to tick, and a menu where there are more than ten, at most a hundred. */
export function choicesField(words: FieldWords & { readonly choices: readonly Choice[] }) {
  const isLong = words.choices.length > LIMITS.radio;
  const option = (choice: Choice) => ({
    text: plainText(choice.text, LIMITS.option.text),
    value: choice.value,
  });
  return field<readonly string[]>(
    words,
    (_name, initial) => {
      const shown = words.choices.slice(0, LIMITS.select);
      const ticked = shown.filter(({ value }) => initial?.includes(value) === true).map(option);
      return {
        type: isLong ? 'multi_static_select' : 'checkboxes',
        options: shown.map(option),
        ...(ticked.length === 0 ? {} : { initial_options: ticked }),
      };
    },
    (state) => {
      const selected = state?.['selected_options'];
      const values = Array.isArray(selected)
        ? selected.map((one) => (one as { value?: unknown } | null)?.value)
        : [];
      const known = values.filter((value) => words.choices.some((choice) => choice.value === value));
      const stranger = values.find((value) => !known.includes(value));
      return known.length === values.length
        ? ok([...new Set(known as string[])])
        : wrong(`${words.label}: ${named(stranger)} is not on the list. Tick what is on it.`);
    },
  );
}

/** Several people of the workspace, by id. */
export function peopleField(words: FieldWords) {
  return field<readonly string[]>(
    words,
    (_name, initial) => {
      const people = Array.isArray(initial) ? initial.filter((id) => PERSON.test(id)) : [];
      return { type: 'multi_users_select', ...(people.length === 0 ? {} : { initial_users: people }) };
    },
    (state) => {
      const selected = state?.['selected_users'];
      const people: unknown[] = Array.isArray(selected) ? selected : [];
      const known = people.filter((id): id is string => typeof id === 'string' && PERSON.test(id));
      if (known.length === people.length) return ok(known.length === 0 ? null : [...new Set(known)]);
      return wrong(`${words.label}: somebody is not a person of Slack. Choose from the list.`);
    },
  );
}
