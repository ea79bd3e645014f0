import { expect, it } from 'vitest';
import { type ZipPiece, zip } from '../../src/app/zip.ts';
import { unzip } from '../support/unzip.ts';

async function zipped(pieces: readonly ZipPiece[]): Promise<Buffer> {
  async function* all() {
    yield* pieces;
  }
  const chunks: Uint8Array[] = [];
  for await (const bytes of zip(all())) chunks.push(bytes);
  return Buffer.concat(chunks);
}

const long = '😀'.repeat(300_001);
const pieces: ZipPiece[] = [
  { file: 'a.csv', text: 'one\n' },
  { file: 'a.csv', text: 'two\n' },
  { file: 'empty.csv', text: '' },
  { file: 'çà.json', text: `x${long}` },
  { file: 'çà.json', text: long },
];

it('gives back every file as it was, whatever the pieces', async () => {
  expect(unzip(await zipped(pieces))).toEqual({
    'a.csv': 'one\ntwo\n',
    'empty.csv': '',
    'çà.json': `x${long}${long}`,
  });
  expect(unzip(await zipped([]))).toEqual({});
});

it('gives the same bytes for the same files', async () => {
  expect(await zipped(pieces)).toEqual(await zipped(pieces));
});
