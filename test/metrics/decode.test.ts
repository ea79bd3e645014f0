import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeText, Undecodable } from '../../src/metrics/decode.ts';

const TEXT = 'pilot,metric\nclaims,€ ü 😀\n';

function utf16(text: string, order: 'le' | 'be'): Buffer {
  const bytes = Buffer.from(`\ufeff${text}`, 'utf16le');
  return order === 'le' ? bytes : bytes.swap16();
}

async function read(...pieces: readonly Uint8Array[]): Promise<string> {
  async function* bytes() {
    yield* pieces;
  }
  let text = '';
  for await (const piece of decodeText(bytes())) text += piece;
  return text;
}

const refused = (...pieces: readonly Uint8Array[]) =>
  read(...pieces).then(
    (text) => text,
    (error: unknown) => (error instanceof Undecodable ? error.problem : error),
  );

const cutAt = (bytes: Uint8Array, places: readonly number[]) => {
  const cuts = [...new Set(places.map((place) => place % (bytes.length + 1)))].sort((a, b) => a - b);
  return [0, ...cuts].map((from, at) => bytes.subarray(from, cuts[at] ?? bytes.length));
};

const ENCODINGS: [string, (text: string) => Buffer][] = [
  ['UTF-8', (text) => Buffer.from(text)],
  ['UTF-8 with a byte order mark', (text) => Buffer.from(`\ufeff${text}`)],
  ['UTF-16, little end first', (text) => utf16(text, 'le')],
  ['UTF-16, big end first', (text) => utf16(text, 'be')],
];

describe.each(ENCODINGS)('%s', (name, encode) => {
  it('is read, without the mark', async () => {
    expect(await read(encode(TEXT))).toBe(TEXT);
  });

  it('is read wherever the bytes are cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'binary' }),
        fc.array(fc.nat(), { maxLength: 6 }),
        async (text, cuts) => {
          const whole = `pilot${text}`;
          expect(await read(...cutAt(encode(whole), cuts))).toBe(whole);
        },
      ),
      { numRuns: 100, seed: 3 },
    );
  });

  it('may be empty', async () => {
    expect(await read(encode(''))).toBe('');
    expect(await read()).toBe('');
  });

  it('that ends in the middle of a character is refused with the place', async () => {
    const bytes = encode('ab\ncd😀');
    const code = name.startsWith('UTF-8') ? 'not_utf8' : 'not_utf16';
    expect(await refused(bytes.subarray(0, bytes.length - 1))).toEqual({ code, line: 2, column: 3 });
  });
});

describe('what is not UTF', () => {
  const latin = Buffer.from('pilot,metric\nclaims,caf\xe9,1\nmore\n', 'latin1');

  it('is refused with line and character', async () => {
    expect(await refused(latin)).toEqual({ code: 'not_utf8', line: 2, column: 11 });
  });

  it('is refused with the same place wherever the bytes are cut', async () => {
    for (let cut = 0; cut <= latin.length; cut += 1) {
      expect(await refused(...cutAt(latin, [cut])), `cut at ${cut}`).toEqual({
        code: 'not_utf8',
        line: 2,
        column: 11,
      });
    }
  });

  it('counts characters, not bytes, before the place', async () => {
    const bytes = Buffer.concat([Buffer.from('a\nü€x'), Buffer.from([0xff]), Buffer.from('y')]);
    expect(await refused(bytes)).toEqual({ code: 'not_utf8', line: 2, column: 4 });
  });

  it.each([
    [
      'half a surrogate pair in UTF-16',
      utf16('ab\nc\ud800d', 'le'),
      { code: 'not_utf16', line: 2, column: 2 },
    ],
    ['UTF-16 without its mark', utf16(TEXT, 'le').subarray(2), { code: 'no_byte_order_mark' }],
    ['UTF-16 without its mark, big end first', utf16(TEXT, 'be').subarray(2), { code: 'no_byte_order_mark' }],
    ['UTF-32', Buffer.from([0xff, 0xfe, 0, 0, 0x41, 0, 0, 0]), { code: 'utf32' }],
    ['a workbook', Buffer.from('PK\u0003\u0004rest'), { code: 'workbook' }],
  ])('is refused: %s', async (_, bytes, problem) => {
    expect(await refused(bytes)).toEqual(problem);
  });
});
