/** How are a form's fields declared once, so that blocks, ids, reading and error places all come from there? */
import type { z } from 'zod';
import type { Block, View } from './blocks.ts';
import { plainText } from './blocks.ts';
import type { Field } from './field.ts';
import { LIMITS, lengthOf } from './limits.ts';

/** Where a form was opened, so that its answer can be said in the same place. */
export interface Place {
  readonly channel: string | null;
  readonly responseUrl: string | null;
}

/** The fields of a form: their names are block ids, input names and keys of errors at once. */
// biome-ignore lint/suspicious/noExplicitAny: a record of fields of any value; each keeps its own type in ValuesOf
export type Fields = Record<string, Field<any>>;

/** What the fields of a form give when all of them could be read. */
export type ValuesOf<F extends Fields> = { [K in keyof F]: F[K] extends Field<infer T> ? T : never };

/** One sentence per field that could not be read. */
export type FieldErrors = Record<string, string>;

/** What a form shows when it opens. */
export interface FormLook<F extends Fields> {
  readonly title?: string;
  readonly submit?: string;
  readonly initial?: Partial<{ [K in keyof F]: F[K] extends Field<infer T> ? T | null : never }>;
  readonly hints?: Partial<Record<keyof F, string>>;
  readonly labels?: Partial<Record<keyof F, string>>;
  /** Fields to leave out this time. */
  readonly without?: readonly (keyof F)[];
  readonly above?: readonly Block[];
  readonly below?: readonly Block[];
}

/** A submitted form: what it was about, where it was opened, and its values or its errors. */
export type Submitted<Meta, Values> =
  | { readonly ok: true; readonly meta: Meta; readonly place: Place; readonly values: Values }
  | { readonly ok: false; readonly errors: FieldErrors };

/** A declared form. */
export interface Form<Meta, F extends Fields> {
  readonly id: string;
  readonly fields: F;
  view(meta: Meta, place: Place, look?: FormLook<F>): View;
  /** Reads a submission, or the state of the view while somebody is still typing. */
  read(view: SubmittedView): Submitted<Meta, ValuesOf<F>>;
  /** What the view is about, or null if it is not one of ours any more. */
  about(view: SubmittedView): { readonly meta: Meta; readonly place: Place } | null;
  /** The value of one field as it stands, read leniently; null when empty or unreadable. */
  peek<K extends keyof F>(view: SubmittedView, name: K): ValuesOf<F>[K] | null;
}

/** The part of Slack's view that a form reads. */
export interface SubmittedView {
  readonly id?: string;
  readonly hash?: string;
  readonly callback_id?: string;
  readonly private_metadata?: string;
  readonly state?: { readonly values?: Record<string, Record<string, unknown>> };
  readonly blocks?: readonly { readonly block_id?: string }[];
}

/** What to declare of a form. */
export interface FormParts<Meta, F extends Fields> {
  readonly id: string;
  readonly title: string;
  readonly submit: string;
  readonly meta: z.ZodType<Meta>;
  readonly fields: F;
}

/** Declares a form once. */
export function defineForm<Meta, F extends Fields>(parts: FormParts<Meta, F>): Form<Meta, F> {
  const names = Object.keys(parts.fields);

  function about(view: SubmittedView) {
    try {
      const envelope = JSON.parse(view.private_metadata ?? '') as { m?: unknown; c?: unknown; r?: unknown };
      const meta = parts.meta.safeParse(envelope.m);
      if (!meta.success) return null;
      const place: Place = {
        channel: typeof envelope.c === 'string' ? envelope.c : null,
        responseUrl: typeof envelope.r === 'string' ? envelope.r : null,
      };
      return { meta: meta.data, place };
    } catch {
      return null;
    }
  }

  function readField(view: SubmittedView, name: string) {
    const field = parts.fields[name];
    if (field === undefined) throw new Error(`form ${parts.id} has no field ${name}`);
    return field.read(view.state?.values?.[name]?.[name]);
  }

  return {
    id: parts.id,
    fields: parts.fields,
    about,
    view(meta, place, look = {}) {
      const envelope = { m: meta, c: place.channel, r: place.responseUrl };
      let metadata = JSON.stringify(envelope);
      // The answer's address is a convenience; what the form is about is not.
      if (lengthOf(metadata) > LIMITS.view.privateMetadata)
        metadata = JSON.stringify({ ...envelope, r: null });
      if (lengthOf(metadata) > LIMITS.view.privateMetadata)
        throw new Error(`form ${parts.id} carries too much`);
      const inputs = names
        .filter((name) => !(look.without ?? []).includes(name))
        .map((name) =>
          (parts.fields[name] as Field<unknown>).block(name, {
            initial: look.initial?.[name] ?? null,
            ...(look.hints?.[name] === undefined ? {} : { hint: look.hints[name] }),
            ...(look.labels?.[name] === undefined ? {} : { label: look.labels[name] }),
          }),
        );
      return {
        type: 'modal',
        callback_id: parts.id,
        title: plainText(look.title ?? parts.title, LIMITS.view.title),
        submit: plainText(look.submit ?? parts.submit, LIMITS.view.submit),
        close: plainText('Cancel', LIMITS.view.close),
        private_metadata: metadata,
        blocks: [...(look.above ?? []), ...inputs, ...(look.below ?? [])],
      };
    },
    read(view) {
      const known = about(view);
      const shown = new Set((view.blocks ?? []).map((block) => block.block_id));
      // Without its blocks a view does not tell which fields it left out.
      const present = shown.size === 0 ? names : names.filter((name) => shown.has(name));
      const values: Record<string, unknown> = {};
      const errors: FieldErrors = {};
      for (const name of names) {
        if (!present.includes(name)) {
          values[name] = null;
          continue;
        }
        const result = readField(view, name);
        if (result.ok) values[name] = result.value;
        else errors[name] = result.error;
      }
      const first = present[0] ?? names[0] ?? 'form';
      if (known === null)
        return { ok: false, errors: { [first]: 'This form is out of date. Close it and open it again.' } };
      if (Object.keys(errors).length > 0) return { ok: false, errors };
      return { ok: true, meta: known.meta, place: known.place, values: values as ValuesOf<F> };
    },
    peek(view, name) {
      const result = readField(view, String(name));
      return result.ok ? (result.value as ValuesOf<F>[typeof name]) : null;
    },
  };
}
