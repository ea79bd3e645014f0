/** Which small rules are payloads checked with? */
import { codePoints, isObject, type JsonObject } from '../json.ts';
import type { Problem } from './problems.ts';

/** Notes what is wrong with a value that stands at a JSON pointer. */
export type Shape = (value: unknown, pointer: string, found: Problem[]) => void;

/** Accepts anything. */
const anything: Shape = () => undefined;

/** A text of a length in code points. */
export function text({ least = 0, most = Number.POSITIVE_INFINITY } = {}): Shape {
  return (value, pointer, found) => {
    if (typeof value !== 'string') return note(found, pointer, 'must be a string');
    const length = codePoints(value);
    if (length < least) {
      note(found, pointer, `must be more than ${least - 1} characters`, {
        type: 'min_length',
        expected: least,
      });
    }
    if (length > most) {
      note(found, pointer, `must be less than ${most + 1} characters`, {
        type: 'max_length',
        expected: most,
      });
    }
  };
}

/** A text that fits a pattern. */
export function pattern(expression: RegExp, message: string): Shape {
  return (value, pointer, found) => {
    if (typeof value !== 'string' || !expression.test(value)) note(found, pointer, message);
  };
}

/** An absolute address. */
export function address({ most, secure = false }: { most: number; secure?: boolean }): Shape {
  const length = text({ least: 1, most });
  return (value, pointer, found) => {
    length(value, pointer, found);
    if (typeof value !== 'string' || value === '') return;
    const good =
      URL.canParse(value) && (secure ? value.startsWith('https:') : /^[a-z][a-z+.-]*:/i.test(value));
    if (!good) note(found, pointer, secure ? 'must be a valid https URL' : 'must be a valid URL');
  };
}

/** One of several texts. */
export function oneOf(...values: readonly string[]): Shape {
  return (value, pointer, found) => {
    if (!values.includes(value as string)) {
      note(found, pointer, 'must be a valid enum value', { type: 'enum', expected: values });
    }
  };
}

/** true or false. */
export const flag: Shape = (value, pointer, found) => {
  if (typeof value !== 'boolean') note(found, pointer, 'must be a boolean');
};

/** A number between bounds. */
export function number({
  least = Number.NEGATIVE_INFINITY,
  most = Number.POSITIVE_INFINITY,
  whole = true,
} = {}): Shape {
  return (value, pointer, found) => {
    if (typeof value !== 'number' || (whole && !Number.isInteger(value))) {
      return note(found, pointer, whole ? 'must be an integer' : 'must be a number');
    }
    if (value < least)
      note(found, pointer, `must be more than ${least - 1}`, { type: 'min', expected: least });
    if (value > most) note(found, pointer, `must be less than ${most + 1}`, { type: 'max', expected: most });
  };
}

/** A list of one kind of thing. */
export function list(of: Shape, { least = 0, most = Number.POSITIVE_INFINITY } = {}): Shape {
  return (value, pointer, found) => {
    if (!Array.isArray(value)) return note(found, pointer, 'must provide an array');
    if (value.length < least) {
      note(found, pointer, `must provide at least ${least} items`, { type: 'min_items', expected: least });
    }
    if (value.length > most) {
      note(found, pointer, `no more than ${most} items allowed`, { type: 'max_items', expected: most });
    }
    for (const [index, item] of value.entries()) of(item, `${pointer}/${index}`, found);
  };
}

/** The fields of an object; those not named are refused. */
export interface Fields {
  required?: Record<string, Shape>;
  optional?: Record<string, Shape>;
  /** Rules about several fields together. */
  also?: (object: JsonObject, pointer: string, found: Problem[]) => void;
}

/** An object with certain fields. */
export function object({ required = {}, optional = {}, also }: Fields): Shape {
  return (value, pointer, found) => {
    if (!isObject(value)) return note(found, pointer, 'must provide an object');
    for (const [name, shape] of Object.entries(required)) {
      if (value[name] === undefined || value[name] === null)
        note(found, pointer, `missing required field: ${name}`);
      else shape(value[name], `${pointer}/${name}`, found);
    }
    for (const [name, inner] of Object.entries(value)) {
      if (name in required) continue;
      const shape = optional[name];
      if (shape === undefined) note(found, pointer, `invalid additional property: ${name}`);
      // A field that is null counts as one that was not given.
      else if (inner !== null && inner !== undefined) shape(inner, `${pointer}/${name}`, found);
    }
    also?.(value, pointer, found);
  };
}

/** An object whose `type` says which fields it has. */
export function byType(shapes: Readonly<Record<string, Shape>>): Shape {
  return (value, pointer, found) => {
    if (!isObject(value)) return note(found, pointer, 'must provide an object');
    if (value['type'] === undefined) return note(found, pointer, 'missing required field: type');
    const shape = typeof value['type'] === 'string' ? shapes[value['type']] : undefined;
    if (shape !== undefined) return shape(value, pointer, found);
    const expected = Object.keys(shapes);
    note(found, `${pointer}/type`, `unsupported type: ${String(value['type'])}`, { type: 'enum', expected });
  };
}

/** Some of a table of shapes. */
export function pick(
  shapes: Readonly<Record<string, Shape>>,
  ...names: readonly string[]
): Record<string, Shape> {
  return Object.fromEntries(names.map((name) => [name, shapes[name] ?? anything]));
}

/** Notes a problem. */
export function note(found: Problem[], pointer: string, message: string, constraint?: JsonObject): void {
  found.push(constraint === undefined ? { pointer, message } : { pointer, message, constraint });
}
