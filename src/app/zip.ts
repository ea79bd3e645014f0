/** How do several files become one that every computer opens? A ZIP, written as it comes: the same files give the same bytes. */
import { once } from 'node:events';
import { crc32, createDeflateRaw } from 'node:zlib';

/** A piece of a file; the pieces of one file follow one another. */
export interface ZipPiece {
  readonly file: string;
  readonly text: string;
}

/** What the directory at the end says of a file. */
interface Entry {
  readonly name: Buffer;
  readonly at: number;
  crc: number;
  packed: number;
  size: number;
}

const VERSION = 20;
/** Names are UTF-8, and sizes follow the bytes. */
const FLAGS = 0x0808;
const DEFLATE = 8;
/** 1 January 1980, the first day the format knows: when a file was written is nothing of its content. */
const DATE = 0x0021;
/** Text is compressed in portions of this many characters. */
const PORTION = 1 << 18;

/** Writes the files; none of them may have four gigabytes, nor all of them together. */
export async function* zip(pieces: AsyncIterable<ZipPiece>): AsyncGenerator<Uint8Array> {
  const entries: Entry[] = [];
  let at = 0;
  let packer: Packer | null = null;
  const finish = async function* (): AsyncGenerator<Uint8Array> {
    const entry = entries.at(-1);
    if (packer === null || entry === undefined) return;
    yield* count(packer.end(), entry);
    yield sizesOf(entry);
    at += entry.packed + 16;
  };
  for await (const { file, text } of pieces) {
    const open = entries.at(-1);
    if (packer === null || open?.name.toString() !== file) {
      yield* finish();
      packer = createPacker();
      const entry = { name: Buffer.from(file), at, crc: 0, packed: 0, size: 0 };
      entries.push(entry);
      const head = headOf(entry);
      at += head.length;
      yield head;
    }
    const entry = entries.at(-1);
    for (let from = 0; entry !== undefined && from < text.length; from += PORTION) {
      const bytes = Buffer.from(wholePart(text, from));
      entry.crc = crc32(bytes, entry.crc);
      entry.size += bytes.length;
      yield* count(packer.add(bytes), entry);
    }
  }
  yield* finish();
  yield directoryOf(entries, at);
}

/** A portion of a text; half a surrogate pair at an end belongs to the portion in which it begins. */
function wholePart(text: string, from: number): string {
  const isLow = (at: number) => /[\udc00-\udfff]/.test(text[at] ?? '');
  return text.slice(
    isLow(from) ? from + 1 : from,
    isLow(from + PORTION) ? from + PORTION + 1 : from + PORTION,
  );
}

async function* count(packed: AsyncIterable<Uint8Array>, entry: Entry): AsyncGenerator<Uint8Array> {
  for await (const bytes of packed) {
    entry.packed += bytes.length;
    yield bytes;
  }
}

type Packer = ReturnType<typeof createPacker>;

function createPacker() {
  const deflate = createDeflateRaw();
  const ready: Uint8Array[] = [];
  deflate.on('data', (bytes: Uint8Array) => ready.push(bytes));
  return {
    async *add(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
      await new Promise<void>((resolve, reject) => {
        deflate.write(bytes, (error) => (error ? reject(error) : resolve()));
      });
      yield* ready.splice(0);
    },
    async *end(): AsyncGenerator<Uint8Array> {
      const ended = once(deflate, 'end');
      deflate.end();
      await ended;
      yield* ready.splice(0);
    },
  };
}

/** Numbers of two and four bytes in a row, as the format has them. */
function numbers(...list: readonly (readonly [value: number, bytes: 2 | 4])[]): Buffer {
  return Buffer.concat(
    list.map(([value, bytes]) => {
      const field = Buffer.alloc(bytes);
      field.writeUIntLE(value, 0, bytes);
      return field;
    }),
  );
}

function headOf({ name }: Entry): Buffer {
  const zeros = [
    [0, 4],
    [0, 4],
    [0, 4],
  ] as const;
  const head = numbers(
    [0x04034b50, 4],
    [VERSION, 2],
    [FLAGS, 2],
    [DEFLATE, 2],
    [0, 2],
    [DATE, 2],
    ...zeros,
    [name.length, 2],
    [0, 2],
  );
  return Buffer.concat([head, name]);
}

const sizesOf = ({ crc, packed, size }: Entry): Buffer =>
  numbers([0x08074b50, 4], [crc, 4], [packed, 4], [size, 4]);

function directoryOf(entries: readonly Entry[], at: number): Buffer {
  const list = entries.map((entry) =>
    Buffer.concat([
      numbers([0x02014b50, 4], [VERSION, 2], [VERSION, 2], [FLAGS, 2], [DEFLATE, 2], [0, 2], [DATE, 2]),
      numbers([entry.crc, 4], [entry.packed, 4], [entry.size, 4], [entry.name.length, 2]),
      numbers([0, 2], [0, 2], [0, 2], [0, 2], [0, 4], [entry.at, 4]),
      entry.name,
    ]),
  );
  const size = list.reduce((sum, { length }) => sum + length, 0);
  const counted = numbers(
    [0x06054b50, 4],
    [0, 2],
    [0, 2],
    [entries.length, 2],
    [entries.length, 2],
    [size, 4],
    [at, 4],
    [0, 2],
  );
  return Buffer.concat([...list, counted]);
}
