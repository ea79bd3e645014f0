/** How does an error get from one thread to another, with what callers look at? */
import type { EncodingProblem } from '../core/incoming-problem.ts';
import { DatabaseProblem, Stale } from '../db/database.ts';
import { errorCodes } from '../db/storable.ts';
import { ExportTooLarge } from '../features/export-task.ts';
import { TooManyForAtomic } from '../features/take-file.ts';
import { HttpProblem } from '../http/route.ts';
import { Undecodable } from '../metrics/decode.ts';

/** An error as plain data. */
export type Failure =
  | { readonly kind: 'undecodable'; readonly problem: EncodingProblem }
  | { readonly kind: 'too_many' }
  | { readonly kind: 'too_large' }
  | { readonly kind: 'stale'; readonly what: string }
  | { readonly kind: 'database'; readonly message: string }
  | {
      readonly kind: 'http';
      readonly status: number;
      readonly code: string;
      readonly message: string;
      readonly headers: Readonly<Record<string, string>>;
    }
  | {
      readonly kind: 'other';
      readonly message: string;
      readonly stack: string;
      readonly codes: readonly string[];
    };

/** Something went wrong in another thread; `code` is that of the database, where it was the database. */
class Elsewhere extends Error {
  override readonly name = 'Elsewhere';
  readonly code: string | undefined;

  constructor(message: string, code: string | undefined, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** What is handed over of an error. */
export function failureOf(error: unknown): Failure {
  if (error instanceof Undecodable) return { kind: 'undecodable', problem: error.problem };
  if (error instanceof TooManyForAtomic) return { kind: 'too_many' };
  if (error instanceof ExportTooLarge) return { kind: 'too_large' };
  if (error instanceof Stale) return { kind: 'stale', what: error.what };
  if (error instanceof DatabaseProblem) return { kind: 'database', message: error.message };
  if (error instanceof HttpProblem) {
    const { status, code, message, headers } = error;
    return { kind: 'http', status, code, message, headers };
  }
  const message = error instanceof Error ? error.message : String(error);
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  return { kind: 'other', message, stack, codes: errorCodes(error) };
}

/** The error again. */
export function failureFrom(failure: Failure): Error {
  switch (failure.kind) {
    case 'undecodable':
      return new Undecodable(failure.problem);
    case 'too_many':
      return new TooManyForAtomic();
    case 'too_large':
      return new ExportTooLarge();
    case 'stale':
      return new Stale(failure.what);
    case 'database':
      return new DatabaseProblem(failure.message);
    case 'http':
      return new HttpProblem(failure.status, failure.code, failure.message, failure.headers);
    case 'other': {
      const [first, ...causes] = failure.codes.toReversed();
      const cause = causes.reduce(
        (inner, code) => new Elsewhere(failure.message, code, { cause: inner }),
        new Elsewhere(failure.message, first),
      );
      cause.stack = failure.stack;
      return cause;
    }
  }
}
